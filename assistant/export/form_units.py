"""The sheet of subordinate units (下属单位) and their own projects, in the order of the tree."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from openpyxl import Workbook

from assistant.domain.report import Project, Report, Unit
from assistant.domain.workbook_layout import LAST_YEAR, OWNER, UNIT_COLUMNS, UNITS
from assistant.export.form_cells import put_header, put_number, put_text
from assistant.export.form_rules import protect


def projects_of_units(units: Iterable[Unit]) -> Iterator[Project]:
    """Yield the projects of units and of the units below them, each unit's own first."""
    for unit in units:
        yield from unit.projects
        yield from projects_of_units(unit.units)


def write_units(workbook: Workbook, report: Report, sheets: Mapping[bool, list[str]]) -> None:
    """Write the units of this year (False) and last year (True); `sheets` names the sheets of their projects."""
    rows = [(False, *row) for row in _rows(report.units, 1)]
    if report.last_year is not None:
        rows += [(True, *row) for row in _rows(report.last_year.units, 1)]
    if not rows:
        return
    sheet = workbook.create_sheet(UNITS)
    for column, words in enumerate((OWNER, *UNIT_COLUMNS), start=1):
        put_header(sheet, 1, column, words)
        sheet.column_dimensions[sheet.cell(1, column).column_letter].width = 24
    left = {year: iter(names) for year, names in sheets.items()}
    for row, (last_year, level, unit) in enumerate(rows, start=2):
        put_text(sheet, row, 1, LAST_YEAR if last_year else "")
        put_text(sheet, row, 2, str(level))
        put_text(sheet, row, 3, unit.name)
        put_number(sheet, row, 4, unit.authorised_posts)
        put_number(sheet, row, 5, unit.staff)
        put_text(sheet, row, 6, "\n".join(next(left[last_year]) for _ in unit.projects))
    sheet.freeze_panes = "A2"
    protect(sheet)


def _rows(units: Iterable[Unit], level: int) -> Iterator[tuple[int, Unit]]:
    """Yield every unit with its level, a unit before those below it."""
    for unit in units:
        yield level, unit
        yield from _rows(unit.units, level + 1)
