"""The words of headers (表头同义词): which column or label of a form means which field; data in columns.toml."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib import resources

from assistant.intake.grid import Cell, Grid

#: No column is headed by more characters than this.
_LONGEST_WORDS = 60


@cache
def _words() -> dict[str, dict[str, list[str]]]:
    """Return columns.toml, read once."""
    return tomllib.loads(resources.files("assistant.intake").joinpath("columns.toml").read_text("utf-8"))


def words(table: str, field: str) -> frozenset[str]:
    """Return every way in which a field of a table is written."""
    return frozenset(_words()[table][field])


def field_of(table: str, cell: Cell) -> str | None:
    """Return the field that a cell names in a table of columns.toml, None where it names none.

    A unit in brackets after the words, such as 年初预算数（万元）, does not matter.
    """
    plain = cell.plain
    if not plain or len(plain) > _LONGEST_WORDS:
        return None
    bare = plain.partition("(")[0] if plain.endswith("元)") else plain
    known = _fields(table)
    named = known.get(plain), known.get(bare)
    return min((field for field in named if field), key=lambda field: field[0], default=(0, None))[1]


@cache
def _fields(table: str) -> dict[str, tuple[int, str]]:
    """Return the field of every way of writing, with its place in the table: the first field has precedence."""
    found: dict[str, tuple[int, str]] = {}
    for place, (field, known) in enumerate(_words()[table].items()):
        for word in known:
            found.setdefault(word, (place, field))
    return found


def header_columns(table: str, grid: Grid, row: int) -> dict[str, Cell]:
    """Return the header cells of a row by field; the first of a field counts."""
    found: dict[str, Cell] = {}
    for cell in grid.row(row):
        field = field_of(table, cell)
        if field is not None and field not in found:
            found[field] = cell
    return found


def is_blank(text: str) -> bool:
    """Return whether a cell says nothing: empty, or a dash."""
    return text.strip() in words("placeholders", "blank") - {"无"}
