"""Rule packs (评分规则): the numbers of law as named, dated data; knows nothing of formulas.

A pack is a TOML file, ours beside this module or one in a folder of the user's. No number of law stands
in Python.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable
from datetime import date
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Any, Literal

from pydantic import Field, ValidationError, field_validator, model_validator

from assistant.domain.base import Frozen, Number
from assistant.domain.indicator import Tier
from assistant.domain.scorecard import Grade
from assistant.errors import RulesError, UnknownRules

DEFAULT = "mof-2020"


class Band(Frozen):
    """A step of a banded rule: from `at_least` percent on, `share` of the weight (分段计分)."""

    at_least: Number
    share: Number


class Execution(Frozen):
    """预算执行: its weight in 分, how it is scored, and the rate in percent below which a reason is due."""

    weight: Number
    method: Literal["linear", "banded"]
    clause: str
    reason_below: Number
    reason_source: str = ""
    bands: tuple[Band, ...] = ()

    @model_validator(mode="after")
    def _bands_where_banded(self) -> Execution:
        """Refuse a banded pack without bands."""
        if self.method == "banded" and not self.bands:
            raise ValueError("method 为 banded 时须有 bands")
        return self


class Quantitative(Frozen):
    """定量指标: the reverse formula and θ, the multiple of the target that counts as over-completion."""

    clause: str
    reverse: Literal["linear", "ratio"]
    reverse_source: str = ""
    over_threshold: Number
    over_source: str = ""


class TierRule(Frozen):
    """One 定性 tier as shares of the weight: interval [low, high) and the default score."""

    low: Number
    high: Number
    default: Number


class Qualitative(Frozen):
    """定性指标: three tiers."""

    clause: str
    default_source: str = ""
    tiers: dict[Tier, TierRule]


class Satisfaction(Frozen):
    """满意度: by ratio as any quantitative row, or by bands."""

    method: Literal["ratio", "banded"] = "ratio"
    clause: str = ""
    bands: tuple[Band, ...] = ()


class Rollup(Frozen):
    """How sub-projects make one total; `tolerance` in 分."""

    tolerance: Number
    source: str = ""


class NotApplicable(Frozen):
    """不适用的行."""

    clause: str = ""


class Example(Frozen):
    """A golden example inside a pack: `published` in a form, or `derived` from the clause by hand."""

    name: str
    kind: Literal["published", "derived"]
    source: str
    weight: Number
    score: Number
    category: str = ""
    target: str = ""
    actual: str = ""
    annual_budget: Number | None = None
    expenditure: Number | None = None
    rate: Number | None = None


class Rules(Frozen):
    """A rule pack. `weights` are the default 分值 of the categories, `grades` the least total of each."""

    name: str
    title: str
    legal_basis: str
    effective: date
    confidence: str
    execution: Execution
    weights: dict[str, Number]
    quantitative: Quantitative
    qualitative: Qualitative
    satisfaction: Satisfaction = Satisfaction()
    grades: dict[Grade, Number]
    grades_clause: str = ""
    rollup: Rollup
    not_applicable: NotApplicable = NotApplicable()
    examples: tuple[Example, ...] = Field(default=(), alias="example")

    @model_validator(mode="before")
    @classmethod
    def _clause_beside_grades(cls, data: Any) -> Any:
        """Move the clause out of the table of grades."""
        if isinstance(data, dict) and isinstance(data.get("grades"), dict):
            grades = dict(data["grades"])
            return {**data, "grades_clause": grades.pop("clause", ""), "grades": grades}
        return data

    @field_validator("grades")
    @classmethod
    def _every_grade(cls, grades: dict[Grade, Number]) -> dict[Grade, Number]:
        """Refuse a pack that leaves a grade out."""
        if set(grades) != set(Grade):
            raise ValueError("须有优、良、中、差四个等级")
        return grades

    def grade(self, total: Number) -> Grade:
        """Return the 评价等级 of a total out of 100."""
        reached = [(least, grade) for grade, least in self.grades.items() if total >= least]
        return max(reached)[1] if reached else Grade.POOR


def load_rules(name: str = "", folder: Path | None = None) -> Rules:
    """Return the pack of that name, the default one for an empty name.

    `folder` holds packs of the user's own, which come first. Raises UnknownRules, or RulesError for a
    pack that cannot be read.
    """
    packs = {pack.name: pack for pack in reversed(list_rules(folder))}
    wanted = name or DEFAULT
    if wanted not in packs:
        raise UnknownRules(wanted, "、".join(sorted(packs)))
    return packs[wanted]


def list_rules(folder: Path | None = None) -> tuple[Rules, ...]:
    """Return every pack: the user's own, then ours; RulesError for one that cannot be read."""
    own = _read(sorted(folder.glob("*.toml"))) if folder is not None else ()
    return (*own, *_shipped())


@cache
def _shipped() -> tuple[Rules, ...]:
    """Return the packs that come with the program, the default one first."""
    with resources.as_file(resources.files("assistant.scoring") / "rules") as folder:
        packs = _read(sorted(folder.glob("*.toml")))
    return tuple(sorted(packs, key=lambda pack: (pack.name != DEFAULT, pack.name)))


def _read(paths: Iterable[Path]) -> tuple[Rules, ...]:
    """Return the packs of these files."""
    return tuple(_read_one(path) for path in paths)


def _read_one(path: Path) -> Rules:
    """Return the pack of one file; RulesError names the file and the key that is wrong."""
    try:
        return Rules.model_validate(tomllib.loads(path.read_text("utf-8")))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise RulesError(f"评分规则文件“{path.name}”读不出来：{error}", "请核对 TOML 格式") from None
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(str(part) for part in first["loc"])
        raise RulesError(
            f"评分规则文件“{path.name}”的 {place} 有误：{first['msg']}，现为“{first['input']}”",
            "请参照自带的 mof-2020.toml 改正",
        ) from None
