"""Puts together what a document printed as two tables (续表): the money of a form and its indicators."""

from __future__ import annotations

from collections.abc import Iterable

from assistant.intake.columns import words
from assistant.intake.funding_block import find_funding
from assistant.intake.grid import Grid
from assistant.intake.indicator_block import find_indicators


def join_tables(grids: Iterable[Grid]) -> list[Grid]:
    """Return the grids, each table of indicators joined to the table of money just before it."""
    joined: list[Grid] = []
    for grid in grids:
        before = joined[-1] if joined else None
        if before is not None and _only_money(before) and _only_indicators(grid):
            joined[-1] = _stacked(before, grid)
        else:
            joined.append(grid)
    return joined


def _only_money(grid: Grid) -> bool:
    """Return whether a grid is the funds block of a form and nothing else."""
    header = find_funding(grid)
    if header is None or find_indicators(grid) is not None:
        return False
    return any(cell.plain in words("funding_header", "labels") for cell in grid.row(header))


def _only_indicators(grid: Grid) -> bool:
    """Return whether a grid is the indicator block of a form without its money."""
    return find_indicators(grid) is not None and find_funding(grid) is None


def _stacked(above: Grid, below: Grid) -> Grid:
    """Return one grid with `below` under `above`."""
    offset = above.last_row + 1
    moved = [
        cell.model_copy(update={"row": cell.row + offset, "last_row": cell.last_row + offset})
        for cell in below.cells
    ]
    return Grid(above.name, [*above.cells, *moved], kind=above.kind)
