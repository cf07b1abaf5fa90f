"""The ledger (`Facts`): every figure a text may use, with id, value, unit, shown form and origin.

A draft refers to ids, so every number in it is a link. Ids are short and stable: `all.budget`,
`p1.rate`, `p1.i3.actual` (positions from 1); `path` is the place in the report (positions from 0).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from enum import StrEnum

from assistant.domain.base import Frozen, Number


class Role(StrEnum):
    """What a figure says about its subject; the value is the Chinese term a text uses for it."""

    INITIAL_BUDGET = "年初预算数"
    ANNUAL_BUDGET = "全年预算数"
    EXPENDITURE = "全年执行数"
    EXECUTION_RATE = "预算执行率"
    UNSPENT = "未执行金额"
    ADJUSTMENT = "预算调整额"
    ADJUSTMENT_RATE = "预算调整率"
    SHARE = "占比"
    WEIGHT = "分值"
    SCORE = "得分"
    LOST = "失分"
    TOTAL_SCORE = "总分"
    FULL_SCORE = "满分"
    TARGET = "年度指标值"
    CYCLE_TARGET = "实施周期指标值"
    ACTUAL = "实际完成值"
    COMPLETION_RATE = "完成率"
    GAP = "与目标的差距"
    EXCESS = "超出目标的部分"
    DEVIATION_RATE = "偏差率"
    COUNT = "数目"
    UNIT_PRICE = "单价"
    QUANTITY = "数量"
    CHANGE = "比上年增减"
    CHANGE_RATE = "比上年增减幅度"
    YEAR = "年度"
    OTHER = "其他数据"
    TEXT = "文字"


class Origin(StrEnum):
    """Where a figure comes from."""

    FIGURE = "figure"
    COMPUTED = "computed"
    OTHER_FIGURE = "other_figure"
    LAST_YEAR = "last_year"
    NOTE = "note"
    RULE = "rule"


class Fact(Frozen):
    """One figure.

    `value` in `unit` (万元, %, 分, or the unit of the indicator), exact or rounded as displayed;
    `shown` is the form for text, unit included; `formula` and `sources` (ids) say how it was computed;
    `subject` is the name of the project, indicator or source it speaks of, `scope` the name of the
    sub-project that holds it ("" for the whole report); `path` its place in the report.
    """

    id: str
    role: Role
    label: str
    value: Number
    unit: str
    shown: str
    subject: str = ""
    scope: str = ""
    path: str = ""
    origin: Origin = Origin.FIGURE
    formula: str = ""
    sources: tuple[str, ...] = ()
    year: int | None = None
    confidential: bool = False


class Facts(Frozen):
    """The ledger of one report, in the order of the form."""

    items: tuple[Fact, ...] = ()

    def __iter__(self) -> Iterator[Fact]:  # type: ignore[override]
        return iter(self.items)

    def __len__(self) -> int:
        return len(self.items)

    def get(self, fact_id: str) -> Fact | None:
        """Return the fact of that id, None where there is none."""
        return self.by_id().get(fact_id)

    def by_id(self) -> dict[str, Fact]:
        """Return all facts by id."""
        return {fact.id: fact for fact in self.items}

    def public(self) -> Facts:
        """Return the ledger without the confidential (保密) facts."""
        return Facts(items=tuple(fact for fact in self.items if not fact.confidential))


_PLACE = re.compile(r"projects\[(\d+)\](?:\.(indicators|funding|line_items)\[(\d+)\])?$")
_LETTERS = {"indicators": "i", "funding": "s", "line_items": "l"}


def id_prefix(path: str) -> str:
    """Return the beginning of the ids of the facts at `path`: projects[0].indicators[2] is p1.i3, "" is all.

    Raises ValueError for a path that has no ids of its own.
    """
    if not path:
        return "all"
    match = _PLACE.match(path)
    if match is None:
        raise ValueError(f"没有编号的位置：{path}")
    project, kind, index = match.groups()
    inner = f".{_LETTERS[kind]}{int(index) + 1}" if kind else ""
    return f"p{int(project) + 1}{inner}"
