"""项目支出绩效目标表: one row a project, its indicators in one cell by a grammar of their own (申报阶段).

cell := item+ ;  item := N、一级 ；二级 ；名称 ；实施周期指标值:值 ；年度指标值:值
"""

from __future__ import annotations

import re
from decimal import Decimal

from assistant.domain.base import Frozen, Number
from assistant.domain.finding import Finding
from assistant.domain.indicator import Indicator
from assistant.domain.register import finding
from assistant.domain.report import Funding, Goal, Project, Report, Stage, Unit
from assistant.domain.units import sum_slack
from assistant.intake.cells import Reader
from assistant.intake.columns import is_blank
from assistant.intake.disagreement import disagreement
from assistant.intake.grid import Cell, Grid

_SOURCES = ("财政拨款", "财政专户拨款", "其他资金")
_ITEM = re.compile(r"(?=(?<!\d)\d+、[1-4]-)")
_INDICATOR = re.compile(
    r"\d+、\d-(?P<category>.*?)[；;](?P<code>\d+)-(?P<dimension>.*?)[；;](?P<name>.*?)[；;]"
    r"\s*实施周期指标值[:：](?P<cycle>.*?)[；;]?\s*年度指标值[:：](?P<annual>.*?)[。.]?\s*",
    re.DOTALL,
)
_CONFIDENTIAL = re.compile(r"保密项目|不予披露")


class Line(Frozen):
    """A row of the table: name, 总计 and the amounts by source in 万元, its cell."""

    cell: Cell
    name: str
    total: Number | None = None
    funding: tuple[Funding, ...] = ()
    goal: str = ""
    indicators: str = ""

    @property
    def is_project(self) -> bool:
        """Whether the row is a project rather than a unit or the sum."""
        return bool(self.goal or self.indicators)


def find_plan_table(grid: Grid) -> int | None:
    """Return the header row: 项目名称…, 总计, 绩效目标 and 绩效指标."""
    for row in grid.rows():
        words = {cell.plain for cell in grid.row(row)}
        if {"总计", "绩效目标", "绩效指标"} <= words:
            return row
    return None


def read_plan_table(grid: Grid, header: int) -> tuple[Report, list[Finding]]:
    """Return the plan as a report of stage 申报: projects with units, and the findings of the table."""
    reader = Reader(grid)
    columns = {cell.plain: cell.column for cell in grid.row(header)}
    lines = [_line(reader, row, columns) for row in grid.rows(header + 1) if grid.at(row, 1).text.strip()]
    department = next((cell.text for cell in grid.cells if cell.plain.startswith("部门名称")), "")
    projects, units, owner = [], [], ""
    for line in lines:
        if line.is_project:
            projects.append(_project(reader, line, owner))
        elif line.name != "合计":
            owner = line.name
            units.append(Unit(name=owner))
    report = Report(
        unit_name=re.sub(r"^.*?[:：]", "", department).strip(),
        title=next((cell.text for cell in grid.cells if "绩效目标表" in cell.plain), ""),
        stage=Stage.PLAN,
        projects=tuple(projects),
        units=tuple(units),
    )
    _note_mixed_signs(reader, lines)
    return report, [*reader.findings, *_sums(grid, lines)]


def _note_mixed_signs(reader: Reader, lines: list[Line]) -> None:
    """Say that some cells part their items by ；： and others by ;: (I04)."""
    narrow = [line for line in lines if "指标值:" in line.indicators and ";" in line.indicators]
    wide = [line for line in lines if "；" in line.indicators]
    for line in narrow if wide else ():
        reader.suppose(line.cell, "绩效指标栏半角、全角标点混用（;与；、:与：），按同一种读入")


def _line(reader: Reader, row: int, columns: dict[str, int]) -> Line:
    """Return one row; an amount of a plan is both 年初预算数 and 全年预算数."""
    at = {name: reader.grid.at(row, column) for name, column in columns.items()}
    name = reader.text(reader.grid.at(row, 1))
    funding = []
    for source in _SOURCES:
        amount = reader.amount(at[source], f"“{name}”的{source}") if source in at else None
        if amount is not None:
            funding.append(Funding(source=source, initial_budget=amount, annual_budget=amount))
    return Line(
        cell=reader.grid.at(row, 1),
        name=name,
        total=reader.amount(at["总计"], f"“{name}”的总计"),
        funding=tuple(funding),
        goal=reader.text(at["绩效目标"]),
        indicators="" if is_blank(at["绩效指标"].text) else at["绩效指标"].text,
    )


def _project(reader: Reader, line: Line, owner: str) -> Project:
    """Return the project of a row; what says that it is 保密 is said as a supposition."""
    confidential = bool(_CONFIDENTIAL.search(line.goal))
    if confidential:
        reader.suppose(line.cell, f"“{line.name}”的绩效目标写明保密，按保密项目读入")
    return Project(
        name=line.name,
        implementing_unit=owner,
        confidential=confidential,
        funding=line.funding,
        goal=Goal(expected=line.goal),
        indicators=_indicators(reader, line),
    )


def _indicators(reader: Reader, line: Line) -> tuple[Indicator, ...]:
    """Return the indicators in a cell; an item that breaks the grammar is a finding (I01)."""
    found = []
    for item in (part.strip() for part in _ITEM.split(line.indicators)):
        match = _INDICATOR.fullmatch(item)
        if match is None and item:
            message = (
                f"{reader.grid.place(line.cell)}：“{line.name}”的指标“{item[:30]}”不合填写格式，未被采用"
            )
            reader.findings.append(finding("I01", message, remedy="请核对分号与“年度指标值”字样"))
        elif match is not None:
            found.append(
                Indicator(
                    category=match["category"].strip(),
                    dimension=match["dimension"].strip(),
                    name=match["name"].strip(),
                    cycle_target=match["cycle"].strip().rstrip("。"),
                    annual_target=match["annual"].strip(),
                    code=match["code"],
                )
            )
    return tuple(found)


def _sums(grid: Grid, lines: list[Line]) -> list[Finding]:
    """Return A14 where 合计, a unit or a row is not the sum of what belongs to it."""
    found = []
    units = [line for line in lines if not line.is_project and line.name != "合计"]
    for line in lines:
        if line.is_project:
            parts = [row.annual_budget for row in line.funding]
        elif line.name == "合计":
            parts = [unit.total for unit in units]
        else:
            start = lines.index(line) + 1
            rest = lines[start:]
            end = next((n for n, other in enumerate(rest) if not other.is_project), len(rest))
            parts = [other.total for other in rest[:end]]
        expected = sum((part or Decimal(0) for part in parts), Decimal(0))
        if line.total is not None and parts and abs(line.total - expected) > sum_slack(len(parts)):
            place, what = grid.place(line.cell), f"“{line.name}”总计"
            found.append(disagreement("A14", place, what, line.total, expected, "万元", "分项之和为"))
    return found
