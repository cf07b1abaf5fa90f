"""What the library says of a report (资料说明): each field as guessed, what it was guessed from, and the user's own word.

It checks what a user says and finds the report that is meant; it knows nothing about how that is stored.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path

from assistant.domain.base import Frozen
from assistant.errors import InputError
from assistant.search.records import EDITABLE, StoredDocument

#: The Chinese name of each field, in the order they are shown.
LABELS = {
    "unit_name": "单位",
    "year": "年度",
    "kind": "类型",
    "region": "地区",
    "project": "子项目",
    "title": "标题",
}
#: The kinds of report and what people call them.
KINDS = {"project": "项目", "department": "部门整体", "evaluation": "评价", "plan": "目标申报"}
YEARS = range(1990, 2100)
_LONGEST = 200
_SHORTEST_HASH = 8


class Field(Frozen):
    """One field of a description: `value` counts; `guess` and its `evidence` are the file's own words.

    `corrected` says that the value is the user's. Values are words; that of `year` is four digits or "".
    """

    name: str
    label: str
    value: str = ""
    guess: str = ""
    evidence: str = ""
    corrected: bool = False


class Description(Frozen):
    """What is known of one report; `alike` names its other versions, `newest` says that it is the latest of them."""

    source: str
    fields: tuple[Field, ...]
    alike: tuple[str, ...] = ()
    newest: bool = True

    def __getitem__(self, name: str) -> Field:
        """Return the field of that name; KeyError for an unknown one."""
        return {field.name: field for field in self.fields}[name]


def description_of(guess: StoredDocument, document: StoredDocument, said: Mapping[str, str]) -> Description:
    """Return the description of a document: as guessed, as it counts, and what the user said of it."""
    evidence = json.loads(guess.evidence)
    fields = [
        Field(
            name=name,
            label=label,
            value=_word(getattr(document, name)),
            guess=_word(getattr(guess, name)),
            evidence=evidence.get(name, ""),
            corrected=name in said,
        )
        for name, label in LABELS.items()
    ]
    return Description(
        source=document.source, fields=tuple(fields), alike=document.alike, newest=document.newest
    )


def meant(documents: Sequence[StoredDocument], place: Path | str) -> StoredDocument:
    """Return the document that `place` names: its source, its path, its file name, or the start of its sha256.

    Raises InputError where there is none, or more than one.
    """
    word = str(place)
    path = str(Path(word).expanduser().resolve())
    ways = (
        [item for item in documents if item.place == path],
        [item for item in documents if item.source == word],
        [item for item in documents if len(word) >= _SHORTEST_HASH and item.sha256.startswith(word.lower())],
        [item for item in documents if Path(item.source).name == word],
    )
    found = next((way for way in ways if way), [])
    if not found:
        raise InputError(
            f"资料库里没有“{word}”这份报告", "请用 zhiji describe 看有哪些，或先运行 zhiji index"
        )
    if len(found) > 1:
        listed = "、".join(item.place for item in found[:5])
        raise InputError(f"“{word}”在资料库里有 {len(found)} 份：{listed}", "请写全路径")
    return found[0]


def checked(fields: Mapping[str, str | int | None]) -> dict[str, str]:
    """Return what the user said, ready to be kept; "" takes a word back. InputError naming field and bounds."""
    return {
        name: _checked(name, "" if value is None else str(value).strip()) for name, value in fields.items()
    }


def _checked(name: str, value: str) -> str:
    if name not in EDITABLE:
        raise InputError(f"没有“{name}”这一项", f"可改的有 {'、'.join(LABELS)}")
    if name == "kind" and value:
        return _kind(value)
    if name == "year" and value and not (value.isdecimal() and int(value) in YEARS):
        raise InputError(
            f"年度应为 {YEARS.start} 至 {YEARS.stop - 1} 的四位数字，现为“{value}”", "请改正后重试"
        )
    if len(value) > _LONGEST:
        raise InputError(f"{LABELS[name]}最多 {_LONGEST} 个字，现为 {len(value)} 个", "请写短些")
    return str(int(value)) if name == "year" and value else value


def _kind(value: str) -> str:
    for kind, label in KINDS.items():
        if value in (kind, label):
            return kind
    known = "、".join(f"{kind}（{label}）" for kind, label in KINDS.items())
    raise InputError(f"没有“{value}”这个类型", f"可用的有 {known}")


def _word(value: object) -> str:
    return "" if value is None else str(value)
