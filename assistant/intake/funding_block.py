"""The 项目资金 block of a form: amounts by source, and what is printed on the total row (年度资金总额)."""

from __future__ import annotations

import re
from decimal import Decimal

from assistant.domain.base import Frozen, Number
from assistant.domain.report import Funding
from assistant.intake.cells import Reader
from assistant.intake.columns import header_columns, words
from assistant.intake.grid import Cell, Grid

COLUMNS = ("initial_budget", "annual_budget", "expenditure")
NAMES = {"initial_budget": "年初预算数", "annual_budget": "全年预算数", "expenditure": "全年执行数"}


class PrintedRow(Frozen):
    """A funds row as printed: label, amounts in 万元, rate in %, score and weight in 分, and its place."""

    label: str
    place: str
    total: bool = False
    amounts: dict[str, Number | None] = {}
    rate: Number | None = None
    score: Number | None = None
    weight: Number | None = None


class FundingBlock(Frozen):
    """What the block says: the sources, every printed row, the total row where there is one."""

    funding: tuple[Funding, ...] = ()
    rows: tuple[PrintedRow, ...] = ()
    total: PrintedRow | None = None


def find_funding(grid: Grid) -> int | None:
    """Return the header row of the block: the first with two of the three amount columns."""
    for row in grid.rows():
        if len(set(header_columns("funding", grid, row)) & set(COLUMNS)) >= 2:
            return row
    return None


def read_funding(reader: Reader, header: int, end: int) -> FundingBlock:
    """Return the block below its header row, up to (not including) row `end`."""
    columns = header_columns("funding", reader.grid, header)
    rows: list[PrintedRow] = []
    for row in range(header + 1, end):
        if _ended(reader.grid, row):
            break
        label = _label(reader.grid, row, min(columns[name].column for name in COLUMNS if name in columns))
        if label:
            rows.append(_row(reader, row, label, columns))
    totals = [row for row in rows if row.total]
    sources = [row for row in rows if row not in totals and _has_amount(row)]
    if sources or not totals or not _has_amount(totals[0]):
        funding = tuple(_funding(row) for row in sources)
    else:
        funding = (_funding(totals[0]),)
        cell = Cell(row=header + 1, column=1, last_row=header + 1, last_column=1)
        reader.suppose(cell, "只填了年度资金总额、未分资金来源，按一个来源读入")
    return FundingBlock(funding=funding, rows=tuple(sources), total=totals[0] if totals else None)


def _ended(grid: Grid, row: int) -> bool:
    """Return whether another table or a paragraph begins: in text nothing else parts two tables."""
    another = len(set(header_columns("funding", grid, row)) & {*COLUMNS, "rate"}) >= 2
    return another or (grid.kind == "文件" and len(grid.row(row)) == 1)


def _label(grid: Grid, row: int, first_amount: int) -> str:
    """Return the label of a funds row: the words nearest to the amounts, without 其中."""
    texts = [
        cell.text.strip()
        for cell in grid.row(row)
        if cell.last_column < first_amount and not cell.plain.startswith("项目资金")
    ]
    written = [text for text in texts if text and text.rstrip("：:") != "其中"]
    return written[-1] if written else ""


def _is_total(label: str) -> bool:
    """Return whether a label is that of the total row; what stands behind 其中： is a part, whatever it is called."""
    return re.sub(r"\s|[:：]", "", label) in words("funding_total", "labels")


def _row(reader: Reader, row: int, label: str, columns: dict[str, Cell]) -> PrintedRow:
    """Return one funds row as printed."""
    total = _is_total(label)
    label = re.sub(r"^其中\s*[:：]\s*", "", label)
    cells = {field: reader.grid.at(row, header.column) for field, header in columns.items()}
    wanted = [name for name in COLUMNS if name in cells and not (total and cells[name].formula)]
    return PrintedRow(
        label=label,
        total=total,
        place=reader.grid.place(cells[next(iter(cells))]),
        amounts={name: reader.amount(cells[name], f"“{label}”的{NAMES[name]}") for name in wanted},
        rate=_printed_rate(cells.get("rate")),
        score=_printed_points(reader, cells.get("score"), f"“{label}”的得分"),
        weight=_printed_points(reader, cells.get("weight"), f"“{label}”的分值"),
    )


def _printed_rate(cell: Cell | None) -> Decimal | None:
    """Return a rate as printed, in percent; None for a formula, a dash or words."""
    if cell is None or cell.formula:
        return None
    match = re.fullmatch(r"(\d+(?:\.\d+)?)\s*[%％]?", cell.text.strip())
    return Decimal(match[1]) if match else None


def _printed_points(reader: Reader, cell: Cell | None, what: str) -> Decimal | None:
    """Return printed points; a formula is computed anew, never read."""
    return None if cell is None or cell.formula else reader.points(cell, what)


def _has_amount(row: PrintedRow) -> bool:
    """Return whether any amount was filled in."""
    return any(amount is not None for amount in row.amounts.values())


def _funding(row: PrintedRow) -> Funding:
    """Return the source of a printed row, in the words of the form."""
    return Funding(source=row.label, **row.amounts)
