"""Word tables built from rows of cells, as XML and in one pass; knows nothing of what they say."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from lxml import etree  # type: ignore[import-untyped]

from assistant.domain.base import Frozen
from assistant.export.roles import Role
from assistant.export.styles import set_fonts

CENTRE = "center"
LEFT = "left"
_MARGIN = 57  # twips left and right of the text of a cell
_ABOVE = 28  # twips above and below it
_SAMPLE = 200  # rows by which a grid is chosen
_LEAST = 397  # height of a row in twips: 7 mm
_LINE = 1.3  # height of a single line by the size of its letters


class Cell(Frozen):
    """One cell: text, how many columns it spans, and its part in a vertical merge."""

    text: str = ""
    span: int = 1
    head: bool = False
    align: str = CENTRE
    merge: str = ""  # "" alone, "restart" the first of a vertical merge, "continue" below it


class Table(Frozen):
    """Rows of cells over a grid in twips; the first `repeat` rows stand on every page.

    `keep_last` keeps the last row (a total) on the page of the row before it, `joined` leaves the lower border to
    the table below.
    """

    rows: tuple[tuple[Cell, ...], ...]
    widths: tuple[int, ...]
    repeat: int = 0
    keep_last: bool = False
    joined: bool = False


class Setting(Frozen):
    """How a table is set: style and fonts of its text, its width and the height of the page, in twips.

    A width of 0 leaves the grid as it is.
    """

    style: str = Role.CELL.value
    head_font: str = "黑体"
    latin: str = "Times New Roman"
    size: float = 10.5
    width: int = 0
    page: int = 8000


def table_element(rows: Sequence[Sequence[Cell]], widths: Sequence[int], repeat: int = 0) -> Any:
    """Return a bordered w:tbl in our own style."""
    return element_of(Table(rows=as_rows(rows), widths=tuple(widths), repeat=repeat), Setting())


def element_of(table: Table, setting: Setting) -> Any:
    """Return a bordered w:tbl; no row is split over two pages unless it is taller than half of one.

    Raises ValueError where a row's spans do not add up to the grid.
    """
    widths = scaled(table.widths, setting.width)
    element = OxmlElement("w:tbl")
    element.append(_table_properties(sum(widths), joined=table.joined))
    grid = _child(element, "w:tblGrid")
    for width in widths:
        _child(grid, "w:gridCol", w=str(width))
    for number, row in enumerate(table.rows):
        if sum(cell.span for cell in row) != len(widths):
            raise ValueError(f"row {number} spans {sum(cell.span for cell in row)} of {len(widths)} columns")
        _row(element, row, widths, setting, header=number < table.repeat)
        if table.keep_last and number == len(table.rows) - 2:
            _keep_with_next(element[-1])
    return element


def as_rows(rows: Sequence[Sequence[Cell]]) -> tuple[tuple[Cell, ...], ...]:
    """Return the rows as a table holds them."""
    return tuple(map(tuple, rows))


def lowest(rows: Sequence[Sequence[Cell]], grids: Sequence[tuple[int, ...]]) -> tuple[int, ...]:
    """Return the grid in which the rows together are least tall; the first of equals."""
    setting = Setting()
    sample = rows[:_SAMPLE]
    return min(grids, key=lambda grid: sum(_height(row, grid, setting) for row in sample))


def scaled(widths: Sequence[int], width: int) -> tuple[int, ...]:
    """Return the grid stretched or shrunk to a width; as it is where that is 0."""
    whole = sum(widths)
    if not width or width == whole:
        return tuple(widths)
    made = [own * width // whole for own in widths]
    made[-1] += width - sum(made)
    return tuple(made)


def _keep_with_next(row: Any) -> None:
    for properties in row.iter(qn("w:pPr")):
        properties.insert(1, OxmlElement("w:keepNext"))


def _table_properties(width: int, *, joined: bool) -> Any:
    properties = OxmlElement("w:tblPr")
    _child(properties, "w:tblW", w=str(width), type="dxa")
    _child(properties, "w:jc", val=CENTRE)
    borders = _child(properties, "w:tblBorders")
    for edge in ("top", "left", "bottom", "right", "insideH", "insideV"):
        line = "nil" if joined and edge == "bottom" else "single"
        _child(borders, f"w:{edge}", val=line, sz="4", space="0", color="000000")  # 0.5 pt
    _child(properties, "w:tblLayout", type="fixed")
    margins = _child(properties, "w:tblCellMar")
    for edge, own in (("top", _ABOVE), ("left", _MARGIN), ("bottom", _ABOVE), ("right", _MARGIN)):
        _child(margins, f"w:{edge}", w=str(own), type="dxa")
    return properties


def _row(table: Any, cells: Sequence[Cell], widths: Sequence[int], setting: Setting, *, header: bool) -> None:
    row = _child(table, "w:tr")
    properties = _child(row, "w:trPr")
    if _height(cells, widths, setting) <= setting.page // 2:
        _child(properties, "w:cantSplit")
    _child(properties, "w:trHeight", val=str(_LEAST), hRule="atLeast")
    if header:
        _child(properties, "w:tblHeader")
    column = 0
    for cell in cells:
        _cell(row, cell, sum(widths[column : column + cell.span]), setting)
        column += cell.span


def _height(cells: Sequence[Cell], widths: Sequence[int], setting: Setting) -> int:
    """Return about how tall the row becomes, in twips."""
    letter, column, most = setting.size * 20, 0, 1
    for cell in cells:
        width = sum(widths[column : column + cell.span]) - 2 * _MARGIN
        column += cell.span
        if len(cell.text) > 1:
            lengths = (_letters(line) * letter / max(width, 1) for line in cell.text.split("\n"))
            most = max(most, sum(max(1, math.ceil(length)) for length in lengths))
    return max(_LEAST, int(most * letter * _LINE) + 2 * _ABOVE)


def _letters(text: str) -> float:
    """Return the width of a text in Chinese letters; western ones count half."""
    return sum(0.5 if letter.isascii() else 1 for letter in text)


def _cell(row: Any, cell: Cell, width: int, setting: Setting) -> None:
    element = _child(row, "w:tc")
    properties = _child(element, "w:tcPr")
    _child(properties, "w:tcW", w=str(width), type="dxa")
    if cell.span > 1:
        _child(properties, "w:gridSpan", val=str(cell.span))
    if cell.merge:
        _child(properties, "w:vMerge", val=cell.merge)
    _child(properties, "w:vAlign", val=CENTRE)
    for line in cell.text.split("\n"):
        _paragraph(element, line, cell, setting)


def _paragraph(parent: Any, text: str, cell: Cell, setting: Setting) -> None:
    paragraph = _child(parent, "w:p")
    properties = _child(paragraph, "w:pPr")
    _child(properties, "w:pStyle", val=setting.style)
    _child(properties, "w:jc", val=cell.align)
    if text:
        run = _child(paragraph, "w:r")
        if cell.head:
            set_fonts(run.get_or_add_rPr(), setting.head_font, setting.latin)
        words = _child(run, "w:t")
        words.text = text
        words.set(qn("xml:space"), "preserve")


def _child(parent: Any, tag: str, **attributes: str) -> Any:
    element = etree.SubElement(parent, qn(tag))
    for name, value in attributes.items():
        element.set(qn(f"w:{name}"), value)
    return element
