"""Read an .xlsx: one block for each row that holds anything, cells as they are shown.

A sheet that is written like a page, one cell a row, holds paragraphs; any other is a table.
Values are the ones the office program saved; a formula it never computed is said (I06) and read as
empty. It knows nothing about forms; `intake` does.
"""

from __future__ import annotations

import warnings
import zipfile
from datetime import date, datetime, time
from decimal import Decimal
from pathlib import Path
from typing import Any

from openpyxl import load_workbook
from openpyxl.cell.cell import Cell
from openpyxl.utils.exceptions import InvalidFileException
from openpyxl.workbook.workbook import Workbook

from assistant.errors import DamagedFile
from assistant.library.reading import Reading, paragraph, row
from assistant.library.source import Block, ReadState

#: No form is wider; cells beyond are left out.
_MOST_COLUMNS = 512


def read_sheet(path: Path) -> Reading:
    """Return the rows of every visible worksheet; each sheet is a table or a page of paragraphs."""
    values, formulas = _open(path, computed=True), _open(path, computed=False)
    blocks: list[Block] = []
    remarks: list[tuple[str, str]] = []
    state = ReadState.COMPLETE
    for number, sheet in enumerate(values.worksheets):
        if sheet.sheet_state != "visible":
            remarks.append(("R04", f"已跳过隐藏的工作表“{sheet.title}”"))
            continue
        blocks.extend(_rows(sheet, number))
        missing = _uncomputed(sheet, formulas[sheet.title])
        if missing:
            state = ReadState.PARTIAL
            remarks.append(("I06", f"工作表“{sheet.title}”有 {missing} 个公式没有保存计算值，按空白读取"))
    return Reading(blocks, state, remarks)


def _open(path: Path, *, computed: bool) -> Workbook:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", UserWarning)
            return load_workbook(path, data_only=computed)
    except (
        InvalidFileException,
        zipfile.BadZipFile,
        KeyError,
        ValueError,
        OSError,
        TypeError,
        IndexError,
    ) as error:
        raise DamagedFile(path, f"不是完好的 .xlsx（{type(error).__name__}）") from None


def _rows(sheet: Any, table: int) -> list[Block]:
    shown = _shown(sheet)
    if _is_page(shown):
        return [paragraph(text) for line in shown for text in line if text]
    width = max((index + 1 for line in shown for index, cell in enumerate(line) if cell), default=0)
    return [row(line[:width], table) for line in shown if any(line)]


def _shown(sheet: Any) -> list[list[str]]:
    """Return the cells of every row that holds any, as they are shown; gaps are "".

    Only cells that exist are looked at: one stray cell in the last corner of a sheet is no billion cells.
    """
    lines: dict[int, list[str]] = {}
    for (number, column), cell in sorted(sheet._cells.items()):
        text = shown_value(cell) if column <= _MOST_COLUMNS else ""
        if text:
            line = lines.setdefault(number, [])
            line.extend([""] * (column - 1 - len(line)))
            line.append(text)
    width = max(map(len, lines.values()), default=0)
    return [line + [""] * (width - len(line)) for line in lines.values()]


def _is_page(shown: list[list[str]]) -> bool:
    """Whether a sheet is a page of prose: one filled cell in every row, at least one with a sentence."""
    filled = [[cell for cell in line if cell] for line in shown if any(line)]
    return all(len(cells) == 1 for cells in filled) and any("。" in cells[0] for cells in filled)


def _uncomputed(values: Any, formulas: Any) -> int:
    """Count the formulas whose value was never saved."""
    return sum(
        1
        for cell in formulas._cells.values()
        if cell.data_type == "f" and values[cell.coordinate].value is None
    )


def shown_value(cell: Cell | Any) -> str:
    """Return a cell as the sheet shows it: 92.40%, 2023-12-31, 186.50, 是."""
    value = cell.value
    if value is None:
        return ""
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, int | float):
        return _number(Decimal(repr(value)), str(cell.number_format))
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time() else value.isoformat(" ")
    if isinstance(value, date):
        return value.isoformat()
    return str(value).strip()


def _number(value: Decimal, number_format: str) -> str:
    """Return the number with the decimal places and the per cent sign of its format."""
    pattern = number_format.split(";")[0]
    percent = "%" in pattern
    places = len(pattern.partition(".")[2].rstrip("%_) ")) if "." in pattern and "0" in pattern else None
    shown = value * 100 if percent else value
    if places is not None and pattern != "General":
        text = f"{shown:.{places}f}"
    elif percent and pattern.startswith("0%"):
        text = f"{shown:.0f}"
    else:
        text = format(shown.normalize(), "f")
    return f"{text}%" if percent else text
