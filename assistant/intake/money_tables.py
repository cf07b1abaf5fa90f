"""Tables of money inside a past report (资金表): by source, by sub-project, by task, by what was bought, by type.

A table is known by its header words, never by its place. Sums and rates that its own rows do not give are
findings (A12, A18). Knows nothing of indicators.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from decimal import Decimal

from assistant.domain.base import Frozen, Number
from assistant.intake.cells import Reader
from assistant.intake.columns import header_columns, words
from assistant.intake.funding_block import COLUMNS, NAMES
from assistant.intake.grid import Cell, Grid
from assistant.intake.indicator_block import find_indicators

#: What the rows of a table are, by the word over their names, in the order they are tried.
_KINDS = (
    ("sources", r"资金来源|资金渠道|资金性质|项目资金|按来源|收入来源"),
    ("types", r"支出类别|支出类型|支出性质"),
    ("parts", r"子项|按子项"),
    ("tasks", r"任务"),
    ("items", r"支出内容|费用类别|分项|支出项目|建设内容|支出用途|项目|分类|内容"),
)
_TYPES = {"基本支出", "项目支出"}
_SUM = re.compile(r"(?:.{0,6}(?:合计|总计|小计))|年度资金总额|资金总额")
_WHICH = re.compile(r"其中[:：]?")


class MoneyRow(Frozen):
    """A row: its name, the group it stands in, what else is said of it, amounts in 万元, the printed rate in %."""

    name: str
    group: str = ""
    content: str = ""
    completion: str = ""
    amounts: dict[str, Number | None] = {}
    rate: Number | None = None
    place: str = ""

    def amount(self, column: str) -> Decimal | None:
        """Return the amount of a column, None where the table does not give it."""
        return self.amounts.get(column)


class MoneyTable(Frozen):
    """One block of a table: what its rows are, the rows, the printed sum, and the caption above it."""

    kind: str
    rows: tuple[MoneyRow, ...]
    total: MoneyRow | None = None
    caption: str = ""
    children: tuple[MoneyRow, ...] = ()

    @property
    def counted(self) -> tuple[MoneyRow, ...]:
        """The rows that make up the sum: of a group with a 小计 that row alone."""
        partial = {row.group for row in self.rows if _partial(row)}
        return tuple(row for row in self.rows if row.group not in partial or _partial(row))


def money_tables(grids: Iterable[Grid]) -> tuple[MoneyTable, ...]:
    """Return every money table of a report in order."""
    return tuple(table for grid in grids for table in _tables(grid))


def _tables(grid: Grid) -> list[MoneyTable]:
    """Return the blocks of one grid: one, or one a group where its first column parts it."""
    header = _header(grid)
    if header is None:
        return []
    columns = _columns(grid, header)
    label, group = _label_columns(grid, header, columns)
    end = find_indicators(grid) or grid.last_row + 1
    reader = Reader(grid)
    rows = [_row(reader, row, columns, label, group) for row in range(header + 1, max(end, header + 1))]
    filled = [row for row in rows if row.name and any(value is not None for value in row.amounts.values())]
    word = grid.at(header, label).plain
    return _blocks(filled, word, _caption(grid, header))


def _header(grid: Grid) -> int | None:
    """Return the header row: one with at least two amount columns, or with one and words for what was bought."""
    for row in grid.rows():
        found = set(_columns(grid, row)) & set(COLUMNS)
        spent = any(re.search(r"支出内容", cell.plain) for cell in grid.row(row))
        if len(found) >= 2 or (found == {"expenditure"} and spent):
            return row
    return None


def _columns(grid: Grid, row: int) -> dict[str, Cell]:
    """Return the amount and rate columns of a row by field."""
    return header_columns("funding", grid, row)


def _label_columns(grid: Grid, header: int, columns: dict[str, Cell]) -> tuple[int, int]:
    """Return the columns of the row names and of the groups (0 for none)."""
    first = min(cell.column for cell in columns.values())
    before = [cell for cell in grid.row(header) if cell.column < first and cell.plain not in ("序号", "编号")]
    if not before:
        return 1, 0
    named = [cell for cell in before if _kind(cell.plain) and _kind(cell.plain) != "items"]
    merged = any(
        cell.row != cell.last_row and cell.column == before[0].column and cell.row > header
        for cell in grid.cells
    )
    if merged and len(before) > 1:
        return before[1].column, before[0].column
    return (named[0] if named else before[0]).column, 0


def _row(reader: Reader, row: int, columns: dict[str, Cell], label: int, group: int) -> MoneyRow:
    """Return one row as printed; a sum may be merged over the columns before its amounts."""
    grid = reader.grid
    first = grid.at(row, label)
    name = first.text.strip() or next((cell.text.strip() for cell in grid.row(row) if cell.text.strip()), "")
    if not _SUM.fullmatch(name) and _SUM.fullmatch(grid.at(row, 1).plain):
        name = grid.at(row, 1).text.strip()
    amounts = {
        field: _amount(reader, grid.at(row, columns[field].column), f"“{name}”的{NAMES[field]}")
        for field in COLUMNS
        if field in columns
    }
    rate = (
        re.fullmatch(r"(\d+(?:\.\d+)?)[%％]", grid.at(row, columns["rate"].column).plain)
        if "rate" in columns
        else None
    )
    return MoneyRow(
        name=name,
        group=grid.at(row, group).text.strip() if group else "",
        content=_beside(grid, row, ("主要内容", "支出内容", "责任单位", "承担单位"), label),
        completion=_beside(grid, row, ("完成情况", "年末完成情况", "说明"), label),
        amounts=amounts,
        rate=Decimal(rate[1]) if rate else None,
        place=grid.place(first),
    )


def _amount(reader: Reader, cell: Cell, what: str) -> Decimal | None:
    """Return an amount; words in a table of another kind are no slip of a form."""
    return reader.amount(cell, what) if re.match(r"[-+−\d]", cell.text.strip()) else None


def _beside(grid: Grid, row: int, headers: Sequence[str], label: int) -> str:
    """Return the words of a further column, "" where the table has none."""
    for cell in grid.cells:
        if cell.row < row and cell.plain in headers and cell.column != label:
            text = grid.at(row, cell.column).text.strip()
            return "" if text in words("placeholders", "blank") else text
    return ""


def _caption(grid: Grid, header: int) -> str:
    """Return the last line above the header."""
    lines = [line for cell in grid.cells if cell.row < header for line in cell.text.splitlines()]
    return lines[-1] if lines else ""


def _blocks(rows: list[MoneyRow], word: str, caption: str) -> list[MoneyTable]:
    """Return the rows as one block, or as one a group where the groups say what they are (按来源, 按子项)."""
    groups = list(dict.fromkeys(row.group for row in rows))
    if len(groups) > 1 and all(_kind(group) in ("sources", "parts", "types") for group in groups if group):
        parted = [([row for row in rows if row.group == group], group) for group in groups]
        return [_block(part, group, caption) for part, group in parted]
    return [_block(rows, word, caption)] if rows else []


def _block(rows: list[MoneyRow], word: str, caption: str) -> MoneyTable:
    """Return one block with its sum and, apart, the rows that belong to the row above them (其中：)."""
    plain, children = _without_children(rows)
    total = next(
        (row for row in reversed(plain) if _SUM.fullmatch(re.sub(r"\s", "", row.name)) and not _partial(row)),
        None,
    )
    kind = _kind(word) or "items"
    if {row.name for row in plain} & _TYPES:
        kind = "types"
    kept = [row for row in plain if row is not total]
    return MoneyTable(kind=kind, rows=tuple(kept), total=total, caption=caption, children=tuple(children))


def _partial(row: MoneyRow) -> bool:
    """Return whether a sum is that of one group only."""
    return "小计" in row.name


def _without_children(rows: list[MoneyRow]) -> tuple[list[MoneyRow], list[MoneyRow]]:
    """Return the rows, and those that 其中： puts under the row before; after a sum they are the rows themselves."""
    plain: list[MoneyRow] = []
    children: list[MoneyRow] = []
    left: Decimal | None = None
    for row in rows:
        marked = _WHICH.match(row.name)
        named = row.model_copy(update={"name": _WHICH.sub("", row.name, count=1)}) if marked else row
        if marked and plain and not _SUM.fullmatch(re.sub(r"\s", "", plain[-1].name)):
            left = plain[-1].amount("annual_budget")
        amount = row.amount("annual_budget")
        if left is not None and amount is not None and amount <= left:
            children.append(named)
            left -= amount
            left = left or None
        else:
            left = None
            plain.append(named)
    return plain, children


def _kind(word: str) -> str:
    """Return what a header word says the rows are, "" where it says nothing."""
    return next((kind for kind, pattern in _KINDS if re.search(pattern, word)), "")
