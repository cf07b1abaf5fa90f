"""Finds rule packs (评分规则) by name: ours beside this module, or the user's own in a folder.

A pack is a TOML file; no number of law stands in Python. A wrong file is refused by its line, a pack of
the user's own also when its own examples do not come out; an unknown name, or a pack that is not yet in
force, is an error and never replaced by a default.
"""

from __future__ import annotations

import tomllib
from datetime import date
from functools import cache
from importlib import resources
from pathlib import Path

from pydantic import ValidationError

from assistant.errors import RulesError, RulesNotInForce, UnknownRules
from assistant.scoring.pack import (
    Band,
    Confidence,
    Example,
    Penalty,
    Rules,
    TierRule,
)
from assistant.scoring.pack_faults import fault, refused, unreadable
from assistant.scoring.proving import failures

__all__ = [
    "DEFAULT",
    "Band",
    "Confidence",
    "Example",
    "Penalty",
    "Rules",
    "TierRule",
    "check_in_force",
    "list_rules",
    "load_rules",
]

DEFAULT = "mof-2020"


def load_rules(name: str = "", folder: Path | None = None) -> Rules:
    """Return the pack of that name, the default one for an empty name.

    `folder` holds packs of the user's own, which come first. Raises UnknownRules, or RulesError for a
    pack that cannot be used.
    """
    packs = {pack.name: pack for pack in reversed(list_rules(folder))}
    wanted = name or DEFAULT
    if wanted not in packs:
        raise UnknownRules(wanted, "、".join(sorted(packs)))
    return packs[wanted]


def check_in_force(rules: Rules, year: int | None) -> Rules:
    """Return the pack; RulesNotInForce where it took effect only after the report was due.

    The self-evaluation of a year is written in the next: the rule of 2020-02-25 holds for the year 2019.
    """
    if year is not None and rules.effective > date(year + 1, 12, 31):
        raise RulesNotInForce(rules.name, f"{rules.effective:%Y-%m-%d}", year)
    return rules


def list_rules(folder: Path | None = None) -> tuple[Rules, ...]:
    """Return every pack: the user's own, then ours; RulesError for one that cannot be used."""
    return (*_own(folder), *_shipped())


def _own(folder: Path | None) -> tuple[Rules, ...]:
    """Return the packs of the user's folder, each proven by its own examples."""
    if folder is None:
        return ()
    if not folder.is_dir():
        raise RulesError(f"评分规则文件夹“{folder}”不存在", "请核对 ZHIJI_RULES_DIR")
    packs: dict[str, Rules] = {}
    for path in sorted(folder.glob("*.toml")):
        pack = _read(path)
        _prove(path, pack)
        if pack.name in packs:
            raise fault(path, path.read_text("utf-8"), ["name"], f"与另一个文件重名，现为“{pack.name}”")
        packs[pack.name] = pack
    return tuple(packs.values())


def _prove(path: Path, pack: Rules) -> None:
    """Refuse a pack whose own examples do not come out."""
    for position, what in failures(pack):
        raise fault(path, path.read_text("utf-8"), ["example", str(position)], what)


@cache
def _shipped() -> tuple[Rules, ...]:
    """Return the packs that come with the program, the default one first."""
    with resources.as_file(resources.files("assistant.scoring") / "rules") as folder:
        packs = [_read(path) for path in sorted(folder.glob("*.toml"))]
    return tuple(sorted(packs, key=lambda pack: (pack.name != DEFAULT, pack.kind != "project", pack.name)))


def _read(path: Path) -> Rules:
    """Return the pack of one file; RulesError names the file, the line and the key that is wrong."""
    try:
        text = path.read_text("utf-8")
        data = tomllib.loads(text)
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise unreadable(path, error) from None
    try:
        return Rules.model_validate(data)
    except ValidationError as error:
        raise refused(path, text, error) from None
