"""One 项目支出绩效自评表 on one grid: read by anchors and header words, never by fixed cells."""

from __future__ import annotations

import re

from assistant.domain.base import Frozen
from assistant.domain.finding import Finding
from assistant.domain.register import finding
from assistant.domain.report import Goal, Project, Task
from assistant.intake.cells import Reader
from assistant.intake.columns import field_of, header_columns
from assistant.intake.funding_block import FundingBlock, find_funding, read_funding
from assistant.intake.grid import Cell, Grid
from assistant.intake.indicator_block import IndicatorBlock, find_indicators, read_indicators
from assistant.intake.periods import check_period
from assistant.intake.task_block import find_tasks, read_tasks

_YEAR = re.compile(r"(\d{4})\s*年度")
_TITLE_YEAR = re.compile(r"(\d{4})\s*年.*(?:自评表|自评报告)")
_DEPARTMENT = re.compile("部门整体(?:支出)?(?:预算)?绩效(?:自评|目标(?:申报)?)表")
_UNIT = re.compile(r"(?:单位|部门)名称\s*[:：]\s*(?P<unit>[^:：\n]{2,40}?)(?:\s{2,}.*)?", re.DOTALL)
_LINE = 80
_TITLE = re.compile(r"自评表[（(](?!\d{4}\s*年)([^，,（()）]+)[，,）)]")


class ProjectForm(Frozen):
    """What one form holds: the sub-project, its year, the unit it names, the blocks as printed, the findings.

    `department` says that it is about a department as a whole, `plan` that it is a 申报表.
    """

    project: Project
    year: int | None
    sheet: str
    tasks: tuple[Task, ...] = ()
    unit: str = ""
    department: bool = False
    plan: bool = False
    funding: FundingBlock
    indicators: IndicatorBlock
    findings: tuple[Finding, ...] = ()


def is_project_form(grid: Grid) -> bool:
    """Return whether a grid is a 自评表: it has an indicator header or a funds header with a name."""
    if find_indicators(grid) is not None:
        return True
    return find_funding(grid) is not None and _label(grid, "name") is not None


def read_project_form(grid: Grid) -> ProjectForm:
    """Return the form on a grid; a block that is missing is empty and said (I07)."""
    reader = Reader(grid, in_yuan=_in_yuan(grid))
    funds, rows = find_funding(grid), find_indicators(grid)
    goals = _goal_row(grid, after=funds or 0)
    end = min((row for row in (goals, rows) if row is not None), default=grid.last_row + 1)
    tasks = find_tasks(grid) if grid.kind != "文件" else None
    before = min(end, tasks) if tasks is not None and funds is not None and tasks > funds else end
    funding = read_funding(reader, funds, before) if funds is not None else FundingBlock()
    indicators = read_indicators(reader, rows) if rows is not None else IndicatorBlock()
    department = any(_DEPARTMENT.search(cell.plain) for cell in grid.cells)
    project = Project(
        name=_value(reader, "name") if _label(grid, "name") else _titled(reader, department=department),
        supervising_department=_value(reader, "supervising_department"),
        implementing_unit=_value(reader, "implementing_unit"),
        funding=funding.funding,
        goal=_goal(reader, goals),
        indicators=indicators.indicators,
        self_grade=_stated_grade(reader),
    )
    missing = _missing(grid, funds, rows)
    year = _year(grid, min((row for row in (funds, rows) if row is not None), default=0))
    return ProjectForm(
        project=project,
        year=year,
        sheet=grid.name,
        tasks=read_tasks(reader, tasks, end) if tasks is not None and tasks < end else (),
        unit=_unit(reader),
        department=department,
        funding=funding,
        indicators=indicators,
        findings=(*reader.findings, *missing, *_blank_fields(grid, project), *_period(grid, year)),
    )


def _in_yuan(grid: Grid) -> bool:
    """Return whether the form says that its money stands in 元."""
    return any(
        re.search(r"单位[:：]元|项目资金\((?:单位[:：])?元\)|预算数\(元\)|金额\(元\)", cell.plain)
        for cell in grid.cells
    )


def _year(grid: Grid, before: int) -> int | None:
    """Return the year in the title lines above the first block: of a line that names the form, else the nearest 年度."""
    lines = [line for cell in grid.cells if cell.row < before for line in cell.text.splitlines()]
    for pattern in (_TITLE_YEAR, _YEAR):
        match = next((found for line in reversed(lines) if (found := pattern.search(line))), None)
        if match:
            return int(match[1])
    return None


def _unit(reader: Reader) -> str:
    """Return the unit that a form names beside 单位名称, or behind it in the same cell."""
    if _label(reader.grid, "unit") is not None:
        return _value(reader, "unit")
    named = (_UNIT.fullmatch(cell.text.strip()) for cell in reader.grid.cells if len(cell.text) < _LINE)
    return next((match["unit"].strip() for match in named if match), "")


def _titled(reader: Reader, *, department: bool) -> str:
    """Return the sub-project that the title over a table names: 自评表（协商平台经费，2023年度） (I04)."""
    for cell in reader.grid.cells:
        match = _TITLE.search(cell.text)
        if match:
            reader.suppose(cell, f"没有“项目名称”栏，按标题取“{match[1]}”")
            return match[1]
    return "部门整体支出" if department else ""


def _label(grid: Grid, field: str) -> Cell | None:
    """Return the label cell of a field, None where the form has none."""
    return next((cell for cell in grid.cells if field_of("fields", cell) == field), None)


def _value(reader: Reader, field: str) -> str:
    """Return what stands right of a label, "" where nothing or the next label stands there."""
    label = _label(reader.grid, field)
    if label is None:
        return ""
    right = reader.grid.at(label.row, label.last_column + 1)
    return "" if field_of("fields", right) else reader.text(right)


def _stated_grade(reader: Reader) -> str:
    """Return the 等级 that a form states; a formula is computed anew, never read."""
    label = _label(reader.grid, "grade")
    if label is None or reader.grid.at(label.row, label.last_column + 1).formula:
        return ""
    words = _value(reader, "grade")
    return words if re.fullmatch("[优良中差][秀好等]?", words) else ""


def _blank_fields(grid: Grid, project: Project) -> list[Finding]:
    """Return C05 for the departments that a filled form asks for and leaves blank."""
    if not project.indicators:
        return []
    blank = [
        label
        for field in ("supervising_department", "implementing_unit")
        if (label := _label(grid, field)) is not None and not getattr(project, field)
    ]
    return [
        finding(
            "C05",
            f"{grid.place(label)}：“{label.plain}”未填写",
            remedy=f"请填写{label.plain}",
            expected=label.plain,
            place=grid.place(label),
        )
        for label in blank
    ]


def _period(grid: Grid, year: int | None) -> list[Finding]:
    """Return C15 for a stated period that cannot be true."""
    label = _label(grid, "period")
    if label is None:
        return []
    right = grid.at(label.row, label.last_column + 1)
    return check_period(right.text.strip(), year, grid.place(right))


def _goal_row(grid: Grid, after: int) -> int | None:
    """Return the row with 预期目标 and 实际完成情况, None where the form has none."""
    for row in grid.rows(after):
        if {"expected", "achieved"} <= set(header_columns("goal", grid, row)):
            return row
    return None


def _goal(reader: Reader, row: int | None) -> Goal:
    """Return the texts below the two goal headers."""
    if row is None:
        return Goal()
    columns = header_columns("goal", reader.grid, row)
    expected, achieved = (columns[name] for name in ("expected", "achieved"))
    below = (reader.grid.at(header.last_row + 1, header.column) for header in (expected, achieved))
    first, second = (reader.text(cell) for cell in below)
    return Goal(expected=first, achieved=second)


def _missing(grid: Grid, funds: int | None, rows: int | None) -> list[Finding]:
    """Return the findings about blocks that the form lacks (I07)."""
    wanted = (
        ("项目资金表头（年初预算数、全年预算数、全年执行数）", funds),
        ("绩效指标表头（一级指标、三级指标等）", rows),
    )
    return [
        finding("I07", f"{grid.kind}“{grid.name}”：没有找到{what}", remedy="请核对表头文字")
        for what, found in wanted
        if found is None
    ]
