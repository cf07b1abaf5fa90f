"""Opens .xlsx workbooks and .docx tables as grids (打开表格文件); knows nothing of forms."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import docx
from docx.oxml.ns import qn
from openpyxl import load_workbook
from openpyxl.cell.cell import Cell as SheetCell
from openpyxl.worksheet.worksheet import Worksheet

from assistant.domain.figures import places_of, round_half_up
from assistant.errors import DamagedFile, EmptyFile
from assistant.intake.grid import Cell, Grid
from assistant.intake.packages import FAULTS, check_package

#: No form has more columns than this; a wider span is a slip of the file.
_WIDEST = 200


def open_xlsx(path: Path) -> list[Grid]:
    """Return the worksheets that hold anything; DamagedFile or EmptyFile otherwise."""
    check_package(path)
    try:
        written, cached = load_workbook(path), load_workbook(path, data_only=True)
        grids = [_sheet(sheet, cached[sheet.title]) for sheet in written.worksheets]
    except FAULTS as error:
        raise DamagedFile(path, f"不是完整的 .xlsx 文件（{type(error).__name__}）") from None
    grids = [grid for grid in grids if grid.cells]
    if not grids:
        raise EmptyFile(path)
    return grids


def _sheet(sheet: Worksheet, values: Worksheet) -> Grid:
    """Return a worksheet as a grid; merged cells become one cell with its span."""
    filled = [cell for row in sheet.iter_rows() for cell in row if cell.value is not None]
    bottom = max((cell.row for cell in filled), default=1)
    right = min(max((cell.column for cell in filled), default=1), _WIDEST)
    spans = {
        (area.min_row, area.min_col): (min(area.max_row, bottom), min(area.max_col, right))
        for area in sheet.merged_cells.ranges
        if area.min_row <= bottom and area.min_col <= right
    }
    cells = []
    for row in sheet.iter_rows():
        for cell in row:
            if (
                isinstance(cell, SheetCell)
                and cell.column <= right
                and (cell.value is not None or (cell.row, cell.column) in spans)
            ):
                last = spans.get((cell.row, cell.column), (cell.row, cell.column))
                cells.append(_cell(cell, values.cell(cell.row, cell.column).value, last))
    return Grid(sheet.title, cells)


def _cell(cell: SheetCell, value: Any, last: tuple[int, int]) -> Cell:
    """Return one cell with its text as displayed."""
    formula = cell.data_type == "f"
    return Cell(
        row=cell.row,
        column=cell.column,
        last_row=last[0],
        last_column=last[1],
        text=_shown(value, cell.number_format),
        formula=formula,
        cached=not formula or value is not None,
    )


def _shown(value: Any, number_format: str) -> str:
    """Return a value as its cell shows it: 92.40% for 0.924 in a percent format, 186.50 for 186.5."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, datetime | date):
        return f"{value.year}年{value.month}月{value.day}日"
    if isinstance(value, int | float):
        return _number(value, number_format)
    return str(value).strip()


def _number(value: int | float, number_format: str) -> str:
    """Return a number with the places of its format, unless that would lose digits."""
    exact = Decimal(value) if isinstance(value, int) else Decimal(format(value, ".15g"))
    mark = "%" if "%" in number_format else ""
    exact = exact * 100 if mark else exact
    shown = number_format.split(";")[0].partition(".")[2]
    places = len(shown) - len(shown.lstrip("0"))
    if mark:
        return f"{round_half_up(exact, max(places, 0)):f}%"
    if places_of(exact) <= places:
        return f"{exact.quantize(Decimal(1).scaleb(-places)):f}"
    return f"{exact:f}"


def open_docx(path: Path) -> list[Grid]:
    """Return the tables of a Word file, none for mere prose; DamagedFile where it cannot be opened."""
    check_package(path)
    try:
        tables = docx.Document(str(path)).element.body.iter(qn("w:tbl"))
        grids = [_table(table, _heading(table), number) for number, table in enumerate(tables, start=1)]
    except FAULTS as error:
        raise DamagedFile(path, f"不是完整的 .docx 文件（{type(error).__name__}）") from None
    return [grid for grid in grids if any(cell.text for cell in grid.cells)]


def _heading(table: Any) -> str:
    """Return the paragraphs just above a table, which hold its title and year."""
    lines: list[str] = []
    element = table.getprevious()
    while element is not None and element.tag == qn("w:p") and len(lines) < 4:
        lines.insert(0, _text(element))
        element = element.getprevious()
    return "\n".join(line for line in lines if line)


def _text(element: Any) -> str:
    """Return the text of a Word element, paragraphs on lines of their own."""
    paragraphs = [element] if element.tag == qn("w:p") else list(element.iter(qn("w:p")))
    lines = ["".join(node.text or "" for node in paragraph.iter(qn("w:t"))) for paragraph in paragraphs]
    return "\n".join(lines).strip()


def _table(table: Any, heading: str, number: int) -> Grid:
    """Return a Word table as a grid: gridSpan across, vMerge down; its heading is row 0."""
    cells: list[Cell] = []
    open_below: dict[int, int] = {}
    for row, element in enumerate(table.findall(qn("w:tr")), start=1):
        column = 1
        for box in element.findall(qn("w:tc")):
            span, continues = _spans(box)
            if continues and column in open_below:
                position = open_below[column]
                cells[position] = cells[position].model_copy(update={"last_row": row})
            else:
                open_below[column] = len(cells)
                last = column + span - 1
                cells.append(Cell(row=row, column=column, last_row=row, last_column=last, text=_text(box)))
            column += span
    width = max((cell.last_column for cell in cells), default=1)
    title = Cell(row=0, column=1, last_row=0, last_column=width, text=heading)
    return Grid(f"第{number}个表", [title, *cells], kind="文档")


def _spans(box: Any) -> tuple[int, bool]:
    """Return how many columns a Word cell covers, and whether it continues the one above."""
    properties = box.find(qn("w:tcPr"))
    if properties is None:
        return 1, False
    wide, down = properties.find(qn("w:gridSpan")), properties.find(qn("w:vMerge"))
    written = str(wide.get(qn("w:val"), "1")) if wide is not None else "1"
    span = min(max(int(written), 1), _WIDEST) if written.isdecimal() else 1
    return span, down is not None and down.get(qn("w:val"), "continue") == "continue"
