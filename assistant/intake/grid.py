"""Tables as grids of text (表格网格): merged cells resolved by their spans, whatever the file was.

Knows where a text stands and what it covers, nothing of what it means.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from functools import cached_property

from assistant.domain.base import Frozen

#: So many cells are named one by one.
_MOST_PLACES = 24


class Cell(Frozen):
    """A cell with its text.

    It covers rows `row`–`last_row` and columns `column`–`last_column`, counted from 1
    (row 0 is the heading above a Word table).

    `formula` says that the text comes from a formula, `cached` that the formula had a stored value.
    """

    row: int
    column: int
    last_row: int
    last_column: int
    text: str = ""
    formula: bool = False
    cached: bool = True

    @cached_property
    def plain(self) -> str:
        """The text for matching: no blanks, half-width brackets and colons, no trailing colon."""
        folded = unicodedata.normalize("NFKC", re.sub(r"\s", "", self.text))
        return folded.rstrip(":")

    @property
    def reference(self) -> str:
        """The cell as spreadsheets name it: F15."""
        letters, number = "", self.column
        while number:
            number, rest = divmod(number - 1, 26)
            letters = chr(ord("A") + rest) + letters
        return f"{letters}{self.row}"


class Grid:
    """One table or worksheet; every position knows the cell that covers it."""

    def __init__(self, name: str, cells: list[Cell], kind: str = "工作表") -> None:
        self.name = name
        self.kind = kind
        self.cells = sorted(cells, key=lambda cell: (cell.row, cell.column))
        self._at = {
            (row, column): cell
            for cell in self.cells
            for row in range(cell.row, cell.last_row + 1)
            for column in range(cell.column, cell.last_column + 1)
        }
        self.last_row = max((cell.last_row for cell in cells), default=0)
        self.last_column = max((cell.last_column for cell in cells), default=0)
        self._rows: dict[int, list[Cell]] = {}

    def at(self, row: int, column: int) -> Cell:
        """Return the cell that covers a position; an empty one where nothing stands."""
        return self._at.get((row, column)) or Cell(row=row, column=column, last_row=row, last_column=column)

    def row(self, row: int) -> list[Cell]:
        """Return the different cells of a row from left to right, those that reach into it included."""
        if row not in self._rows:
            found: list[Cell] = []
            for column in range(1, self.last_column + 1):
                cell = self._at.get((row, column))
                if cell is not None and (not found or found[-1] is not cell):
                    found.append(cell)
            self._rows[row] = found
        return self._rows[row]

    def rows(self, first: int = 0) -> Iterator[int]:
        """Yield the row numbers from `first` on."""
        return iter(range(first, self.last_row + 1))

    def place(self, cell: Cell) -> str:
        """Return where a cell stands, in Chinese: 工作表“X”F15（第15行第6列）."""
        return f"{self.kind}“{self.name}”{cell.reference}（第{cell.row}行第{cell.column}列）"

    def places(self, cells: Sequence[Cell]) -> str:
        """Return where several cells stand: 工作表“X”A3、A4、A5; a single one as `place` has it."""
        if len(cells) == 1:
            return self.place(cells[0])
        shown = "、".join(cell.reference for cell in cells[:_MOST_PLACES])
        more = f"等{len(cells)}处" if len(cells) > _MOST_PLACES else ""
        return f"{self.kind}“{self.name}”{shown}{more}"
