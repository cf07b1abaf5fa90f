"""From the grids of a workbook or Word file to a Report (读表): forms, side sheets, last year.

A plain official 自评表 is enough; the side sheets of our own workbook are read where they are. What had
to be supposed is a finding.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from assistant.domain.finding import Finding
from assistant.domain.register import finding
from assistant.domain.report import Project, Report
from assistant.domain.workbook_layout import (
    ATTRIBUTE_COLUMNS,
    ATTRIBUTES,
    FUNDING_ATTRIBUTES,
    FUNDING_COLUMNS,
    INFORMATION,
    INFORMATION_FIELDS,
    KINDS,
    LAST_YEAR,
    SIDE_SHEETS,
    STAGES,
    UNITS,
    SideSheet,
)
from assistant.intake.cells import Reader
from assistant.intake.goal_form import is_goal_form, read_goal_form
from assistant.intake.grid import Grid
from assistant.intake.joining import join_tables
from assistant.intake.plan_checks import check_labels, printed_year
from assistant.intake.plan_form import is_plan_form, read_plan_form
from assistant.intake.plan_table import find_plan_table, read_plan_table
from assistant.intake.printed import check_printed
from assistant.intake.project_form import ProjectForm, is_project_form, read_project_form
from assistant.intake.side_sheets import Owner, Owners, no_owner, read_side_sheet, rows_of
from assistant.intake.unit_sheet import UnitSheet, read_units, units_of

_CODES = {
    "kind": {label: code for code, label in KINDS.items()},
    "stage": {label: code for code, label in STAGES.items()},
}


def report_from_grids(grids: Sequence[Grid]) -> tuple[Report, list[Finding]] | None:
    """Return the report that the grids hold, None where none of them is a form."""
    for grid in grids:
        if (header := find_plan_table(grid)) is not None:
            return _checked(grid, *read_plan_table(grid, header))
        if is_plan_form(grid):
            return _checked(grid, *read_plan_form(grid))
    units = next((read_units(grid) for grid in grids if grid.name.strip() == UNITS), UnitSheet((), ()))
    information, side, forms = _sorted(join_tables(grid for grid in grids if grid.name.strip() != UNITS))
    if not forms and information is None:
        return None
    findings = [found for form in forms for found in (*form.findings, *check_printed(form))]
    fields = _information(information, findings) if information else [{}, {}]
    now, before = _by_year(forms, fields[0].get("year"))
    owners = Owners(
        [(form.sheet, form.project.name) for form in now],
        [(form.sheet, form.project.name) for form in before],
    )
    found: dict[Owner, dict[str, list[Any]]] = {}
    for layout, grid in side:
        reader = Reader(grid)
        _read_side(reader, layout, owners, found)
        findings += reader.findings
    findings += units.findings
    last_year = None
    if before or fields[1] or any(owner.last_year for owner in found):
        last_year = _report(before, fields[1], found, last_year=True)
        last_year = _with_units(last_year, before, units, findings, last_year=True)
    report = _report(now, fields[0], found, last_year=False)
    report = _with_units(report, now, units, findings, last_year=False)
    report = report.model_copy(update={"last_year": last_year})
    return _supposed(report, now, fields[0], findings), findings


def _checked(grid: Grid, report: Report, findings: list[Finding]) -> tuple[Report, list[Finding]]:
    """Return a plan with the year that its title prints and what its labels show to be wrong."""
    return report.model_copy(update={"year": printed_year(grid)}), [*findings, *check_labels(grid)]


def _sorted(
    grids: Sequence[Grid],
) -> tuple[Grid | None, list[tuple[SideSheet | str, Grid]], list[ProjectForm]]:
    """Return the 填报信息 sheet, the side sheets and the forms."""
    information = next((grid for grid in grids if grid.name.strip() == INFORMATION), None)
    side: list[tuple[SideSheet | str, Grid]] = []
    forms = []
    for grid in grids:
        kind = _side_kind(grid)
        if kind is not None:
            side.append((kind, grid))
        elif grid is not information and is_project_form(grid):
            forms.append(read_goal_form(grid) if is_goal_form(grid) else read_project_form(grid))
    return information, side, forms


def _side_kind(grid: Grid) -> SideSheet | str | None:
    """Return which side sheet a grid is, None for a form or anything else."""
    name = grid.name.strip()
    if name in (ATTRIBUTES, FUNDING_ATTRIBUTES):
        return name
    exact = next((layout for layout in SIDE_SHEETS if name == layout.name), None)
    return exact or next(
        (layout for layout in SIDE_SHEETS if name.startswith(layout.name) and not is_project_form(grid)), None
    )


def _read_side(
    reader: Reader, layout: SideSheet | str, owners: Owners, found: dict[Owner, dict[str, list[Any]]]
) -> None:
    """Read one side sheet into `found`."""
    if isinstance(layout, SideSheet):
        read_side_sheet(reader, layout, owners, found)
        return
    columns = ATTRIBUTE_COLUMNS if layout == ATTRIBUTES else FUNDING_COLUMNS
    for owner, values, cell in rows_of(reader, columns, owners, layout):
        if owner.project is None:
            reader.findings.append(no_owner(reader.grid, cell, "", "该表的行须写明所属子项目"))
            continue
        found.setdefault(owner, {}).setdefault(layout, []).append(values)


def _information(grid: Grid, findings: list[Finding]) -> list[dict[str, Any]]:
    """Return the fields of the report and of last year's from the 填报信息 sheet."""
    reader = Reader(grid)
    known = dict(INFORMATION_FIELDS)
    fields: list[dict[str, Any]] = [{}, {}]
    for row in grid.rows():
        field = known.get(grid.at(row, 1).plain)
        if field is None:
            continue
        for column, into in enumerate(fields, start=2):
            cell = grid.at(row, column)
            value = reader.whole(cell, "评价年度") if field == "year" else reader.text(cell)
            value = _CODES.get(field, {}).get(str(value), value)
            if field in _CODES and value and value not in (*KINDS, *STAGES):
                findings.append(finding("I01", f"{grid.place(cell)}：“{value}”不能识别，按默认处理"))
            elif value:
                into[field] = value
    findings += reader.findings
    return fields


def _by_year(forms: Sequence[ProjectForm], year: int | None) -> tuple[list[ProjectForm], list[ProjectForm]]:
    """Return this year's and last year's forms: by the sheet name, else by the year of the title."""
    named = [form for form in forms if form.sheet.startswith(LAST_YEAR)]
    rest = [form for form in forms if form not in named]
    current = year or max((form.year for form in rest if form.year), default=None)
    earlier = [form for form in rest if current and form.year == current - 1 and len(rest) > 1]
    return [form for form in rest if form not in earlier], named + earlier


def _report(
    forms: Sequence[ProjectForm],
    fields: dict[str, Any],
    found: dict[Owner, dict[str, list[Any]]],
    *,
    last_year: bool,
) -> Report:
    """Return a report of one year."""
    projects = [
        _with_side(form.project, found.get(Owner(last_year=last_year, project=position), {}))
        for position, form in enumerate(forms)
    ]
    own = {name: tuple(values) for name, values in found.get(Owner(last_year=last_year), {}).items()}
    year = fields.get("year") or max((form.year for form in forms if form.year), default=None)
    if forms and forms[0].department:
        own["tasks"] = forms[0].tasks + own.get("tasks", ())
        fields = {"kind": "department", **fields}
    if forms and all(form.plan for form in forms):
        fields = {"stage": "plan", **fields}
    return Report.model_validate({**fields, **own, "year": year, "projects": tuple(projects)})


def _with_units(
    report: Report,
    forms: Sequence[ProjectForm],
    sheet: UnitSheet,
    findings: list[Finding],
    *,
    last_year: bool,
) -> Report:
    """Return a report with its subordinate units; forms that belong to units are theirs alone."""
    by_sheet = {form.sheet: project for form, project in zip(forms, report.projects, strict=True)}
    units, found = units_of(sheet, by_sheet, last_year=last_year)
    findings += found
    if not units:
        return report
    owned = sheet.sheets()
    projects = tuple(project for name, project in by_sheet.items() if name not in owned)
    return report.model_copy(update={"units": units, "projects": projects})


def _with_side(project: Project, found: dict[str, list[Any]]) -> Project:
    """Return a sub-project with what the side sheets say of it."""
    own: dict[str, Any] = {}
    for name, values in found.items():
        if name == ATTRIBUTES:
            own |= {**values[0], "confidential": values[0].get("confidential") == "是"}
        elif name != FUNDING_ATTRIBUTES:
            own[name] = tuple(values)
    marks = found.get(FUNDING_ATTRIBUTES, [])
    if marks and len(marks) == len(project.funding):
        own["funding"] = tuple(
            row.model_copy(update={key: mark[key] for key in ("expenditure_type", "level") if key in mark})
            for row, mark in zip(project.funding, marks, strict=True)
        )
    return project.model_copy(update=own)


def _supposed(
    report: Report, forms: Sequence[ProjectForm], fields: dict[str, Any], findings: list[Finding]
) -> Report:
    """Return the report with its unit and title taken from a plain form that has no 填报信息 (I04)."""
    if fields or not forms:
        return report
    project, printed = forms[0].project, forms[0].unit
    unit = printed or project.implementing_unit or project.supervising_department
    title = project.name if len(forms) == 1 and not forms[0].department else ""
    for what, value in (("单位名称", unit), ("报告名称", title)):
        if value and value != printed:
            message = f"没有“{INFORMATION}”工作表，{what}按表中内容取“{value}”"
            findings.append(finding("I04", message, remedy="如不正确，请在填报界面改正"))
    return report.model_copy(update={"unit_name": unit, "title": title})
