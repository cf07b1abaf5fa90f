"""Reads the sheet of subordinate units (下属单位): the tree by its levels, each unit with the forms it names."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from assistant.domain.base import Amount, Frozen
from assistant.domain.finding import Finding
from assistant.domain.register import finding
from assistant.domain.report import Project, Unit
from assistant.domain.workbook_layout import LAST_YEAR
from assistant.intake.cells import Reader
from assistant.intake.grid import Grid

_COLUMNS = {"层级": "level", "名称": "name", "编制人数": "posts", "在职人数": "staff", "项目工作表": "sheets"}


class UnitRow(Frozen):
    """A row: whose year, the level from 1, the unit, and the sheets of its projects."""

    last_year: bool = False
    level: int = 1
    name: str = ""
    posts: Amount = None
    staff: Amount = None
    sheets: tuple[str, ...] = ()


class UnitSheet(NamedTuple):
    """The rows of the sheet in order, and its findings."""

    rows: tuple[UnitRow, ...]
    findings: tuple[Finding, ...]

    def sheets(self) -> set[str]:
        """Return the sheets whose forms belong to units."""
        return {sheet for row in self.rows for sheet in row.sheets}


def read_units(grid: Grid) -> UnitSheet:
    """Return the sheet as rows; a level that cannot be read is 1."""
    reader = Reader(grid)
    header = {cell.plain: cell.column for cell in grid.row(1)}
    columns = {field: header[words] for words, field in _COLUMNS.items() if words in header}
    rows = []
    for row in grid.rows(2):
        cells = {field: grid.at(row, column) for field, column in columns.items()}
        if not any(cell.text.strip() for cell in cells.values()):
            continue
        rows.append(
            UnitRow(
                last_year=grid.at(row, 1).plain == LAST_YEAR,
                level=(reader.whole(cells["level"], "层级") if "level" in cells else None) or 1,
                name=reader.text(cells["name"]) if "name" in cells else "",
                posts=reader.points(cells["posts"], "编制人数") if "posts" in cells else None,
                staff=reader.points(cells["staff"], "在职人数") if "staff" in cells else None,
                sheets=tuple(cells["sheets"].text.split("\n"))
                if "sheets" in cells and cells["sheets"].text
                else (),
            )
        )
    return UnitSheet(tuple(rows), tuple(reader.findings))


def units_of(
    sheet: UnitSheet, projects: Mapping[str, Project], *, last_year: bool
) -> tuple[tuple[Unit, ...], list[Finding]]:
    """Return the tree of one year with the projects by sheet name; a sheet that is not there is a finding (I01)."""
    rows = [row for row in sheet.rows if row.last_year == last_year]
    findings = [
        finding("I01", f"下属单位“{row.name}”所列工作表“{name}”不存在或不是自评表", remedy="请核对工作表名称")
        for row in rows
        for name in row.sheets
        if name not in projects
    ]
    units, rest = _below(rows, projects, 0)
    while rest:
        more, rest = _below(rest, projects, rest[0].level - 1)
        units += more
    return units, findings


def _below(
    rows: list[UnitRow], projects: Mapping[str, Project], level: int
) -> tuple[tuple[Unit, ...], list[UnitRow]]:
    """Return the units deeper than `level` at the head of the rows, and the rows after them."""
    made: list[Unit] = []
    while rows and rows[0].level > level:
        row = rows[0]
        units, rows = _below(rows[1:], projects, row.level)
        own = tuple(projects[name] for name in row.sheets if name in projects)
        made.append(
            Unit(name=row.name, units=units, projects=own, authorised_posts=row.posts, staff=row.staff)
        )
    return tuple(made), rows
