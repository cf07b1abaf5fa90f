"""From the cells of an editor to new frozen rows: pure functions, no drawing.

A cell that cannot be read is left out and named in a complaint; it never stops the other cells.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple, TypeVar

from pydantic import ValidationError

from assistant.domain.base import Frozen
from assistant.domain.indicator import Category, Dimension, Indicator, Tier
from assistant.domain.report import Funding, LineItem, OtherFigure

Row = TypeVar("Row", bound=Frozen)


class Column(NamedTuple):
    """One column of an editor: the field it edits, its Chinese head, its width and its choices."""

    field: str
    head: str
    width: int = 110
    choices: tuple[str, ...] = ()


class Sheet(NamedTuple):
    """One editable table: its Chinese name, the kind of its rows and its columns."""

    name: str
    blank: Frozen
    columns: tuple[Column, ...]


FUNDING = Sheet(
    "资金",
    Funding(source=""),
    (
        Column("source", "资金来源", 220),
        Column("initial_budget", "年初预算数"),
        Column("annual_budget", "全年预算数"),
        Column("expenditure", "全年执行数"),
        Column("expenditure_type", "支出类型"),
        Column("level", "预算级次"),
    ),
)
INDICATORS = Sheet(
    "绩效指标",
    Indicator(),
    (
        Column("category", "一级指标", 110, tuple(Category)),
        Column("dimension", "二级指标", 120, tuple(Dimension)),
        Column("name", "三级指标", 180),
        Column("annual_target", "年度指标值"),
        Column("actual", "实际完成值"),
        Column("weight", "分值", 70),
        Column("score", "填报得分", 95),
        Column("tier", "定性档次", 95, ("", *Tier)),
        Column("deviation_reason", "偏差原因", 220),
        Column("measures", "改进措施", 220),
        Column("cycle_target", "实施周期指标值"),
    ),
)
LINE_ITEMS = Sheet(
    "支出明细",
    LineItem(),
    (
        Column("name", "名称", 220),
        Column("quantity", "数量"),
        Column("unit", "单位"),
        Column("unit_price", "单价（万元）"),
        Column("budget", "预算（万元）"),
        Column("expenditure", "支出（万元）"),
    ),
)
OTHER_FIGURES = Sheet(
    "其他数据",
    OtherFigure(),
    (
        Column("name", "名称", 220),
        Column("value", "数值"),
        Column("unit", "单位"),
        Column("year", "年度"),
        Column("source", "来源", 220),
    ),
)


class Edits(NamedTuple):
    """What a data editor reports: changed cells by row, added rows, deleted rows."""

    edited: Mapping[int, Mapping[str, Any]]
    added: Sequence[Mapping[str, Any]]
    deleted: Sequence[int]

    @classmethod
    def of(cls, state: Mapping[str, Any]) -> Edits:
        """Read the edit state that Streamlit keeps under an editor's key."""
        changed = {int(row): cells for row, cells in state.get("edited_rows", {}).items()}
        return cls(changed, state.get("added_rows", []), state.get("deleted_rows", []))


def cells(row: Frozen, sheet: Sheet) -> dict[str, str]:
    """Return a row as the words that its cells show, numbers as they were written."""
    plain = row.model_dump(mode="json")
    return {
        column.field: "" if plain[column.field] is None else str(plain[column.field])
        for column in sheet.columns
    }


def applied(rows: Sequence[Row], edits: Edits, sheet: Sheet) -> tuple[tuple[Row, ...], tuple[str, ...]]:
    """Return the rows after the edits, and a complaint for every cell that could not be read."""
    complaints: list[str] = []
    kept: list[Any] = []
    for number, row in enumerate(rows):
        if number not in edits.deleted:
            kept.append(_changed(row, edits.edited.get(number, {}), sheet, number + 1, complaints))
    for extra, values in enumerate(edits.added, len(rows) + 1):
        if any(str(value or "").strip() for value in values.values()):
            kept.append(_changed(sheet.blank, values, sheet, extra, complaints))
    return tuple(kept), tuple(complaints)


def _changed(
    row: Frozen, values: Mapping[str, Any], sheet: Sheet, number: int, complaints: list[str]
) -> Frozen:
    heads = {column.field: column.head for column in sheet.columns}
    for name, value in values.items():
        if name not in heads:
            continue
        try:
            row = type(row).model_validate({**dict(row), name: _value(value, row, name)})
        except ValidationError:
            complaints.append(f"{sheet.name}第{number}行“{heads[name]}”不能是“{value}”，这一格没有采用")
    return row


def _value(value: Any, row: Frozen, name: str) -> Any:
    """Return what a cell means for a field: empty is nothing, otherwise the words typed."""
    words = "" if value is None else str(value).strip()
    return type(row).model_fields[name].get_default() if not words and name in {"tier", "year"} else words
