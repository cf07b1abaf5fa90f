"""Word tables built from rows of cells, as XML and in one pass; knows nothing of what they say."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from docx.oxml import OxmlElement
from docx.oxml.ns import qn

from assistant.domain.base import Frozen
from assistant.export.styles import CELL, HEI_FONT, set_fonts

CENTRE = "center"
LEFT = "left"


class Cell(Frozen):
    """One cell: text, how many columns it spans, and its part in a vertical merge."""

    text: str = ""
    span: int = 1
    head: bool = False
    align: str = CENTRE
    merge: str = ""  # "" alone, "restart" the first of a vertical merge, "continue" below it


def table_element(
    rows: Sequence[Sequence[Cell]], widths: Sequence[int], repeat: int = 0, *, keep_last: bool = False
) -> Any:
    """Return a bordered w:tbl: `widths` of the grid in twips, the first `repeat` rows repeated on each page.

    `keep_last` keeps the last row (a total) on the page of the row before it.

    Raises ValueError where a row's spans do not add up to the grid.
    """
    table = OxmlElement("w:tbl")
    table.append(_table_properties(sum(widths)))
    grid = _child(table, "w:tblGrid")
    for width in widths:
        _child(grid, "w:gridCol", w=str(width))
    for number, row in enumerate(rows):
        if sum(cell.span for cell in row) != len(widths):
            raise ValueError(f"row {number} spans {sum(cell.span for cell in row)} of {len(widths)} columns")
        table.append(_row(row, widths, header=number < repeat))
        if keep_last and number == len(rows) - 2:
            _keep_with_next(table[-1])
    return table


def _keep_with_next(row: Any) -> None:
    for properties in row.iter(qn("w:pPr")):
        properties.insert(1, OxmlElement("w:keepNext"))


def _table_properties(width: int) -> Any:
    properties = OxmlElement("w:tblPr")
    _child(properties, "w:tblW", w=str(width), type="dxa")
    _child(properties, "w:jc", val=CENTRE)
    borders = _child(properties, "w:tblBorders")
    for edge in ("top", "left", "bottom", "right", "insideH", "insideV"):
        _child(borders, f"w:{edge}", val="single", sz="4", space="0", color="000000")  # 0.5 pt
    _child(properties, "w:tblLayout", type="fixed")
    margins = _child(properties, "w:tblCellMar")
    for edge in ("left", "right"):
        _child(margins, f"w:{edge}", w="57", type="dxa")
    return properties


def _row(cells: Sequence[Cell], widths: Sequence[int], *, header: bool) -> Any:
    row = OxmlElement("w:tr")
    properties = _child(row, "w:trPr")
    _child(properties, "w:cantSplit")
    _child(properties, "w:trHeight", val="397", hRule="atLeast")
    if header:
        _child(properties, "w:tblHeader")
    column = 0
    for cell in cells:
        row.append(_cell(cell, sum(widths[column : column + cell.span])))
        column += cell.span
    return row


def _cell(cell: Cell, width: int) -> Any:
    element = OxmlElement("w:tc")
    properties = _child(element, "w:tcPr")
    _child(properties, "w:tcW", w=str(width), type="dxa")
    if cell.span > 1:
        _child(properties, "w:gridSpan", val=str(cell.span))
    if cell.merge:
        _child(properties, "w:vMerge", val=cell.merge)
    _child(properties, "w:vAlign", val=CENTRE)
    for line in cell.text.split("\n"):
        element.append(_paragraph(line, cell))
    return element


def _paragraph(text: str, cell: Cell) -> Any:
    paragraph = OxmlElement("w:p")
    properties = _child(paragraph, "w:pPr")
    _child(properties, "w:pStyle", val=CELL)
    _child(properties, "w:jc", val=cell.align)
    if text:
        run = _child(paragraph, "w:r")
        if cell.head:
            set_fonts(run.get_or_add_rPr(), HEI_FONT)
        words = _child(run, "w:t")
        words.text = text
        words.set(qn("xml:space"), "preserve")
    return paragraph


def _child(parent: Any, tag: str, **attributes: str) -> Any:
    element = OxmlElement(tag)
    for name, value in attributes.items():
        element.set(qn(f"w:{name}"), value)
    parent.append(element)
    return element
