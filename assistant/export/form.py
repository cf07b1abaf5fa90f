"""Writes a report as a workbook of official 自评表 (填报表): one sheet a sub-project, side sheets, live formulas.

`assistant.intake` reads the workbook back to the same report. Subordinate units (`Report.units`) have no
sheet. Knows nothing of scores: 得分 cells hold what the report gives.
"""

from __future__ import annotations

import re
import tempfile
from collections.abc import Iterable
from pathlib import Path

from openpyxl import Workbook
from openpyxl.utils.exceptions import IllegalCharacterError

from assistant.domain.report import Project, Report
from assistant.domain.workbook_layout import INFORMATION, LAST_YEAR, RESERVED, SEPARATOR
from assistant.errors import OutputError
from assistant.export.form_sheet import blank_project, write_project
from assistant.export.form_side import write_information, write_side_sheets

_LONGEST = 31


def write_form(report: Report | None, path: Path) -> None:
    """Write the workbook of a report, of the blank form for None; OutputError leaves nothing behind."""
    filled = report if report is not None else Report(projects=(blank_project(),))
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
    earlier = report.last_year.projects if report.last_year else ()
    now = _named(report.projects, "", taken)
    before = _named(earlier, f"{LAST_YEAR}{SEPARATOR}", taken)
    for name, project in now:
        write_project(workbook.create_sheet(name), project, report.year)
    for name, project in before:
        write_project(
            workbook.create_sheet(name), project, report.last_year.year if report.last_year else None
        )
    write_side_sheets(workbook, report, now, before)
    return workbook


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
