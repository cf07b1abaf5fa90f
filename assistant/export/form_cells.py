"""Writes single cells of a form (单元格): exact numbers, text that never becomes a formula, fonts and borders."""

from __future__ import annotations

from decimal import Decimal

from openpyxl.cell.cell import Cell, MergedCell
from openpyxl.styles import Alignment, Border, Font, Protection, Side
from openpyxl.worksheet.worksheet import Worksheet

from assistant.domain.figures import places_of

AnyCell = Cell | MergedCell

_THIN = Side(style="thin")
_BORDER = Border(left=_THIN, right=_THIN, top=_THIN, bottom=_THIN)
_TITLE = Font(name="黑体", size=16)
_HEADER = Font(name="黑体", size=10.5)
_BODY = Font(name="宋体", size=10.5)
#: A spreadsheet keeps 15 significant digits; longer figures are written as text, so that none is lost.
_DIGITS = 15


def put_text(sheet: Worksheet, row: int, column: int, text: str) -> AnyCell:
    """Write text as text: `=100%` stays the words of a target and is no formula."""
    cell = sheet.cell(row, column)
    if text:
        cell.value = text
        cell.data_type = "s"
        cell.quotePrefix = text[0] in "=+-@'"
    return styled(cell)


def put_number(sheet: Worksheet, row: int, column: int, value: Decimal | None) -> AnyCell:
    """Write a figure with the places it was written with."""
    if value is None:
        return styled(sheet.cell(row, column), centred=True)
    plain = Decimal(f"{value:f}")
    if len(plain.as_tuple().digits) > _DIGITS:
        return styled(put_text(sheet, row, column, f"{plain:f}"), centred=True)
    cell = sheet.cell(row, column)
    cell.value = plain
    cell.number_format = f"0.{'0' * places_of(plain)}" if places_of(plain) else "0"
    return styled(cell, centred=True)


def put_formula(sheet: Worksheet, row: int, column: int, formula: str, number_format: str) -> AnyCell:
    """Write a live formula."""
    cell = sheet.cell(row, column)
    cell.value = formula
    cell.number_format = number_format
    return lock(styled(cell, centred=True))


def lock(cell: AnyCell) -> AnyCell:
    """Keep a cell from being typed into while its sheet is protected."""
    cell.protection = Protection(locked=True)
    return cell


def put_header(sheet: Worksheet, row: int, column: int, text: str) -> AnyCell:
    """Write a label of the form."""
    cell = styled(put_text(sheet, row, column, text), centred=True)
    cell.font = _HEADER
    return lock(cell)


def put_title(sheet: Worksheet, row: int, text: str, last_column: int, *, main: bool = False) -> None:
    """Write a centred line over the whole width."""
    cell = sheet.cell(row, 1, text or None)
    cell.font = _TITLE if main else _BODY
    cell.alignment = Alignment(horizontal="center", vertical="center")
    sheet.merge_cells(start_row=row, start_column=1, end_row=row, end_column=last_column)


def merge(sheet: Worksheet, first: tuple[int, int], last: tuple[int, int]) -> None:
    """Merge the cells from `first` to `last` (row, column), borders kept; a single cell is left alone."""
    for row in range(first[0], last[0] + 1):
        for column in range(first[1], last[1] + 1):
            sheet.cell(row, column).border = _BORDER
    if first != last:
        sheet.merge_cells(start_row=first[0], start_column=first[1], end_row=last[0], end_column=last[1])


def styled(cell: AnyCell, *, centred: bool = False) -> AnyCell:
    """Give a cell font, border and wrapping, and let people type into it."""
    cell.protection = Protection(locked=False)
    cell.font = _BODY
    cell.border = _BORDER
    cell.alignment = Alignment(horizontal="center" if centred else "left", vertical="center", wrap_text=True)
    return cell
