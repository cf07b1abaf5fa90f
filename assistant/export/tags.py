"""The tags of a template as they stand in a text: {{ 单位 }}, {%tr for 行 in 指标 %}, {%p if 等级 %}, {# 备注 #}.

A closed little language: a tag names something or repeats over a list; nothing is computed and no data is ever
read as a tag. Whoever fills and whoever checks a template reads it here. Knows nothing of Word.
"""

from __future__ import annotations

import re
from enum import StrEnum
from typing import NamedTuple

_NAME = r"[^\W\d]\w*"
_TAG = re.compile(r"\{\{(?P<value>.*?)\}\}|\{%(?P<order>.*?)%\}|\{#.*?#\}", re.DOTALL)
_HALF = re.compile(r"\{[{%#]|[}%#]\}|[｛{][｛%％]|｛\{|[｝%％]｝")
_VALUE = re.compile(rf"(?:[pr] )?\s*(?P<path>{_NAME}(?:\.{_NAME})*)\s*")
_FOR = re.compile(
    rf"(?P<scope>p|tr)?\s+for\s+(?P<variable>{_NAME})\s+in\s+(?P<path>{_NAME}(?:\.{_NAME})*)\s*"
)
_IF = re.compile(rf"(?P<scope>p|tr)?\s+if\s+(?P<negated>not\s+)?(?P<path>{_NAME}(?:\.{_NAME})*)\s*")
_END = re.compile(r"(?P<scope>p|tr)?\s+end(?P<kind>for|if)\s*")


class Kind(StrEnum):
    """What a tag does: put a value in, repeat, keep on a condition, end one of these, or nothing."""

    VALUE = "value"
    FOR = "for"
    IF = "if"
    END_FOR = "endfor"
    END_IF = "endif"
    NOTE = "note"


class Tag(NamedTuple):
    """One tag at [start, end) of a text; `path` is what it names, `variable` what a repetition calls each piece.

    `scope` is "tr" where whole rows of a table are meant, else "".
    """

    kind: Kind
    start: int
    end: int
    text: str
    path: tuple[str, ...] = ()
    variable: str = ""
    negated: bool = False
    scope: str = ""

    @property
    def opens(self) -> bool:
        """Whether an end must follow."""
        return self.kind in (Kind.FOR, Kind.IF)

    @property
    def closes(self) -> bool:
        """Whether it ends a repetition or condition."""
        return self.kind in (Kind.END_FOR, Kind.END_IF)

    @property
    def end_word(self) -> str:
        """The word that ends what this one opens."""
        return f"end{self.kind.value}"


class Slip(NamedTuple):
    """Something at [start, end) that was meant as a tag and cannot be read as one, and why."""

    start: int
    end: int
    text: str
    why: str


def read_tags(text: str) -> tuple[list[Tag], list[Slip]]:
    """Return the tags of a text in order, and what is written like a tag and is none."""
    if "{" not in text and "｛" not in text and "}" not in text:
        return [], []
    tags, slips, last = list[Tag](), list[Slip](), 0
    for found in _TAG.finditer(text):
        slips += _halves(text, last, found.start())
        last = found.end()
        made = _tag(found)
        if isinstance(made, Tag):
            tags.append(made)
        else:
            slips.append(Slip(found.start(), found.end(), found[0], made))
    return tags, [*slips, *_halves(text, last, len(text))]


def _halves(text: str, start: int, end: int) -> list[Slip]:
    found = _HALF.search(text, start, end)
    if found is None:
        return []
    wide = any(char in "｛｝％" for char in found[0])
    why = "用了全角括号，应为半角的 {{ 和 }}" if wide else "没有配对的另一半"
    stop = min(end, found.start() + 20)
    return [Slip(found.start(), stop, text[found.start() : stop], why)]


def _tag(found: re.Match[str]) -> Tag | str:
    """Return the tag, or why it is none."""
    start, end, text = found.start(), found.end(), found[0]
    value, order = found["value"], found["order"]
    if value is not None:
        named = _VALUE.fullmatch(value)
        if named is None:
            return "应只写一个名称，如 {{ 单位 }}；不支持运算、函数和过滤器"
        return Tag(Kind.VALUE, start, end, text, _path(named))
    if order is None:
        return Tag(Kind.NOTE, start, end, text)
    if loop := _FOR.fullmatch(order):
        scope = _scope(loop)
        return Tag(Kind.FOR, start, end, text, _path(loop), loop["variable"], scope=scope)
    if choice := _IF.fullmatch(order):
        negated = bool(choice["negated"])
        return Tag(Kind.IF, start, end, text, _path(choice), negated=negated, scope=_scope(choice))
    if closing := _END.fullmatch(order):
        return Tag(Kind(f"end{closing['kind']}"), start, end, text, scope=_scope(closing))
    return "只支持 {%p for 名 in 清单 %}、{%p if 名称 %}、{%p endfor %}、{%p endif %}，表格行用 {%tr …%}"


def _path(found: re.Match[str]) -> tuple[str, ...]:
    return tuple(found["path"].split("."))


def _scope(found: re.Match[str]) -> str:
    return "tr" if found["scope"] == "tr" else ""
