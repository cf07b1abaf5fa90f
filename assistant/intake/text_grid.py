"""Tables inside running text as one grid (文字里的表格): a line or table row is a row, cells as they were parted."""

from __future__ import annotations

from assistant.intake.grid import Cell, Grid
from assistant.library.source import SourceText


def grid_of_source(name: str, source: SourceText) -> Grid:
    """Return the blocks of a text as a grid; a paragraph is a row of one cell."""
    cells = []
    for row, block in enumerate(source.blocks, start=1):
        for column, text in enumerate(block.cells or (block.text,), start=1):
            cells.append(Cell(row=row, column=column, last_row=row, last_column=column, text=text.strip()))
    return Grid(name, cells, kind="文件")
