"""The sheets beside the forms (附表): line items, notes, other figures and the rest, by the shared layout."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from assistant.domain.base import Frozen
from assistant.domain.finding import Finding
from assistant.domain.register import finding
from assistant.domain.workbook_layout import LAST_YEAR, OWNER, SEPARATOR, Column, SideSheet
from assistant.intake.cells import Reader
from assistant.intake.grid import Cell, Grid

_OWNER_WORDS = {OWNER, "子项目", "项目", "项目名称", "所属项目", "所属子项目"}


class Owner(Frozen):
    """Whose a row is: this year's or last year's; `project` is None for the whole report."""

    last_year: bool = False
    project: int | None = None


class Owners:
    """The names under which side sheets may refer to the sub-projects of either year."""

    def __init__(self, now: Sequence[tuple[str, str]], before: Sequence[tuple[str, str]]) -> None:
        """Take (sheet, project name) pairs of this year and of last year."""
        self._known: dict[str, Owner] = {"": Owner(), LAST_YEAR: Owner(last_year=True)}
        self.single = len(now) == 1
        for last_year, pairs in ((False, now), (True, before)):
            for which in (1, 0):
                for position, pair in enumerate(pairs):
                    self._add(pair[which], Owner(last_year=last_year, project=position))

    def _add(self, name: str, owner: Owner) -> None:
        """Make a name known; sheet names win over project names."""
        plain = name.removeprefix(f"{LAST_YEAR}{SEPARATOR}").strip()
        if plain:
            self._known[f"{LAST_YEAR}{SEPARATOR}{plain}" if owner.last_year else plain] = owner

    def find(self, words: str) -> Owner | None:
        """Return the owner of that name, None where nobody is called so."""
        return self._known.get(words.strip())


def read_side_sheet(
    reader: Reader, layout: SideSheet, owners: Owners, found: dict[Owner, dict[str, list[Any]]]
) -> None:
    """Add the rows of a side sheet to `found`, by owner and attribute."""
    for owner, values, cell in rows_of(reader, layout.columns, owners, layout.name):
        unowned = (owner.project is None and not layout.of_report) or (
            owner.project is not None and not layout.of_project
        )
        if unowned:
            reader.findings.append(no_owner(reader.grid, cell, "", "该表的行须写明所属子项目"))
            continue
        value = values[""] if layout.row is None else layout.row(**values)
        found.setdefault(owner, {}).setdefault(layout.attribute, []).append(value)


def rows_of(
    reader: Reader, columns: Sequence[Column], owners: Owners, name: str
) -> Iterator[tuple[Owner, dict[str, Any], Cell]]:
    """Yield every filled row with its owner and the values that were read."""
    grid = reader.grid
    header, places = _header(grid, columns)
    if not places:
        message = f"工作表“{grid.name}”：没有找到表头（{'、'.join(column.header for column in columns)}）"
        reader.findings.append(finding("I03", message, remedy="请核对表头文字"))
        return
    owner_column = next((cell for cell in grid.row(header) if cell.plain in _OWNER_WORDS), None)
    for row in grid.rows(header + 1):
        cells = {
            column.field: grid.at(row, places[column.field].column)
            for column in columns
            if column.field in places
        }
        if not any(cell.text.strip() for cell in cells.values()):
            continue
        words = grid.at(row, owner_column.column).text if owner_column else _suffix(grid.name, name)
        owner = _owner(owners, words, owner_column is not None)
        if owner is None:
            first = next(iter(cells.values()))
            reader.findings.append(no_owner(grid, first, words, "不是任何子项目或工作表的名称"))
            continue
        yield owner, _values(reader, columns, cells), next(iter(cells.values()))


def _owner(owners: Owners, words: str, stated: bool) -> Owner | None:
    """Return whose a row is; a table without the column belongs to the only sub-project."""
    if not stated and not words.strip() and owners.single:
        return Owner(project=0)
    return owners.find(words)


def _suffix(sheet: str, name: str) -> str:
    """Return what a sheet name adds to the name of its kind: 明细-协商平台 gives 协商平台."""
    return re.sub(r"^[\s\-—_·：:（(]+|[）)\s]+$", "", sheet.removeprefix(name))


def _header(grid: Grid, columns: Sequence[Column]) -> tuple[int, Mapping[str, Cell]]:
    """Return the header row and its cells by field: the first row that names a column."""
    wanted = {_bare(column.header): column.field for column in columns}
    for row in grid.rows():
        found = {wanted[_bare(cell.plain)]: cell for cell in grid.row(row) if _bare(cell.plain) in wanted}
        if len(found) >= min(2, len(columns)):
            return row, found
    return 0, {}


def _bare(header: str) -> str:
    """Return a header without its unit in brackets."""
    return re.sub(r"[（(].*$", "", header).strip()


def _values(reader: Reader, columns: Sequence[Column], cells: Mapping[str, Cell]) -> dict[str, Any]:
    """Return the values of a row by field."""
    return {
        column.field: _value(reader, column, cells[column.field])
        for column in columns
        if column.field in cells
    }


def _value(reader: Reader, column: Column, cell: Cell) -> Any:
    """Return the value of a cell as its column asks."""
    if column.kind == "amount":
        return reader.amount(cell, _bare(column.header))
    if column.kind == "number":
        return reader.points(cell, _bare(column.header))
    return reader.whole(cell, column.header) if column.kind == "whole" else reader.text(cell)


def no_owner(grid: Grid, cell: Cell, words: str, why: str) -> Finding:
    """Return the finding about a row that belongs to nobody."""
    place = grid.place(cell)
    named = f"{OWNER}“{words.strip()}”" if words.strip() else ""
    return finding(
        "I01", f"{place}：{named}{why}，该行未被采用", remedy=f"请在“{OWNER}”列填写子项目名称", place=place
    )
