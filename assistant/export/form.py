"""Writes a report as a workbook of official 自评表 (填报表): one sheet a sub-project, side sheets, live formulas.

`assistant.intake` reads the workbook back to the same report, subordinate units with their projects included.
得分 cells hold what the report gives, a live formula where it leaves them to be computed.
"""

from __future__ import annotations

import re
import tempfile
from collections.abc import Iterable
from pathlib import Path

from openpyxl import Workbook
from openpyxl.utils.exceptions import IllegalCharacterError

from assistant.domain.report import Project, Report, ReportKind
from assistant.domain.workbook_layout import INFORMATION, LAST_YEAR, RESERVED, SEPARATOR
from assistant.errors import OutputError
from assistant.export.form_sheet import blank_project, write_project
from assistant.export.form_side import write_information, write_side_sheets
from assistant.export.form_units import projects_of_units, write_units

_LONGEST = 31


def write_form(report: Report | None, path: Path, kind: ReportKind = ReportKind.PROJECT) -> None:
    """Write the workbook of a report, of the blank form of a `kind` for None; OutputError leaves nothing behind."""
    filled = report if report is not None else Report(kind=kind, projects=(blank_project(kind),))
    try:
        workbook = build_form(filled)
    except IllegalCharacterError:
        raise OutputError(path, "文字中含有表格不能保存的控制字符") from None
    _save(workbook, path)


def build_form(report: Report) -> Workbook:
    """Return the workbook of a report."""
    workbook = Workbook()
    information = workbook.worksheets[0]
    information.title = INFORMATION
    write_information(information, report)
    taken = {name.casefold() for name in RESERVED}
    sheets: dict[bool, list[str]] = {}
    named: dict[bool, list[tuple[str, Project]]] = {False: [], True: []}
    formed: set[str] = set()
    for last_year, source in ((False, report), (True, report.last_year)):
        if source is None:
            continue
        of_units = list(projects_of_units(source.units))
        prefix = f"{LAST_YEAR}{SEPARATOR}" if last_year else ""
        named[last_year] = _named([*source.projects, *of_units], prefix, taken)
        sheets[last_year] = [name for name, _ in named[last_year][len(source.projects) :]]
        if _tasks_in_form(source):
            formed.add(LAST_YEAR if last_year else "")
        for position, (name, project) in enumerate(named[last_year]):
            tasks = source.tasks if position == 0 and _tasks_in_form(source) else None
            write_project(workbook.create_sheet(name), project, source, tasks=tasks)
    write_side_sheets(workbook, report, named[False], named[True], tasks_in_form=frozenset(formed))
    write_units(workbook, report, sheets)
    return workbook


def _tasks_in_form(report: Report) -> bool:
    """Return whether the tasks of a report stand in its form: that of a department, where it has one."""
    return report.kind is ReportKind.DEPARTMENT and bool(report.projects)


def _named(projects: Iterable[Project], prefix: str, taken: set[str]) -> list[tuple[str, Project]]:
    """Return the sub-projects with sheet names: their own, as far as a sheet name may hold it."""
    return [
        (_sheet_name(project.name, position, prefix, taken), project)
        for position, project in enumerate(projects, start=1)
    ]


def _sheet_name(name: str, position: int, prefix: str, taken: set[str]) -> str:
    """Return a sheet name that is allowed and not taken, and take it."""
    plain = re.sub(r"[\[\]:*?/\\'\x00-\x1f]", "", name).strip()
    reserved = any(plain.startswith(word) for word in (*RESERVED, LAST_YEAR))
    wanted = f"{prefix}{plain}" if plain and not reserved else f"{prefix}项目{position}"
    made, number = wanted[:_LONGEST], 2
    while made.casefold() in taken:
        suffix = f"（{number}）"
        made, number = f"{wanted[: _LONGEST - len(suffix)]}{suffix}", number + 1
    taken.add(made.casefold())
    return made


def _save(workbook: Workbook, path: Path) -> None:
    """Save beside the target and move it there, so that a half-written file is never seen."""
    try:
        with tempfile.TemporaryDirectory(dir=path.parent, prefix=".zhiji-") as folder:
            draft = Path(folder) / "form.xlsx"
            workbook.save(draft)
            draft.replace(path)
    except OSError as error:
        raise OutputError(path, error.strerror or str(error)) from None
