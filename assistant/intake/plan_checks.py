"""What a plan form itself shows to be wrong (申报表、目标表的表面问题): year, cycle targets, doubled words (C01, C05, C13, C20).

Only what stands in the cells; the quality of indicators is checked elsewhere.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.domain.finding import Finding, Severity
from assistant.domain.indicator import Indicator, Target
from assistant.domain.register import finding
from assistant.domain.report import Report
from assistant.domain.targets import normalised, read_target
from assistant.intake.grid import Grid

_YEARS = re.compile(r"20\d\d(?:-20\d\d)?年")
_DURATION = re.compile(r"[一二两三四五六七八九十\d]+(?:年|个月|个季度)|长期|全年")
_DOUBLED = re.compile(r"([\u4e00-\u9fff]{2,4})\1")
_LABELS = 20
_WRITTEN_OTHERWISE = "与年度指标值写法不同"


def check_plan(report: Report, grid: Grid) -> list[Finding]:
    """Return the findings of a plan read from one grid, in the order of its rows."""
    rows = [
        (project.name, row)
        for project in report.projects
        if not project.confidential
        for row in project.indicators
    ]
    return [*_year(report, grid), *_doubled(grid), *_cycles(rows)]


def _year(report: Report, grid: Grid) -> list[Finding]:
    """Return C01 where no year is printed, with the years that project names hold."""
    if report.year is not None or any(
        _YEARS.search(cell.text) for cell in grid.cells if "表" in cell.text[:30]
    ):
        return []
    named = sorted({year for project in report.projects for year in _YEARS.findall(project.name)})
    hint = f"，项目名称中有{'、'.join(named)}" if named else ""
    return [
        finding(
            "C01",
            f"{grid.kind}“{grid.name}”没有写年度{hint}",
            remedy="请写明预算年度，系统不作推定",
            observed="、".join(named),
        )
    ]


def _doubled(grid: Grid) -> list[Finding]:
    """Return C20 for labels with a word printed twice (事业事业发展性支出)."""
    found = []
    for cell in grid.cells:
        match = _DOUBLED.search(cell.plain) if len(cell.plain) <= _LABELS else None
        if match:
            place = grid.place(cell)
            message = f"{place}：“{cell.plain}”中“{match[1]}”重复"
            found.append(
                finding(
                    "C20", message, remedy="请删去重复的字", observed=match[0], expected=match[1], place=place
                )
            )
    return found


def _cycles(rows: Sequence[tuple[str, Indicator]]) -> list[Finding]:
    """Return C05 for blank cycle targets and C13 for those that are a time, or differ from the annual one."""
    blank = [row.name for _, row in rows if not row.cycle_target.strip()]
    found = [_missing(blank, len(rows))] if blank else []
    for name, row in rows:
        why = _difference(row)
        if why:
            message = f"“{name}”的指标“{row.name}”：实施周期指标值“{row.cycle_target}”{why}，年度指标值为“{row.annual_target}”"
            found.append(
                finding(
                    "C13",
                    message,
                    remedy="请核对两栏：类型和单位应当相同",
                    severity=Severity.INFO if why == _WRITTEN_OTHERWISE else None,
                    observed=row.annual_target,
                    expected=row.cycle_target,
                )
            )
    return found


def _missing(names: Sequence[str], count: int) -> Finding:
    """Return C05 for indicators without a cycle target."""
    listed = "、".join(f"“{name[:16]}”" for name in names)
    return finding("C05", f"{count}个指标中有{len(names)}个的实施周期指标值未填：{listed}", remedy="请补填")


def _difference(row: Indicator) -> str:
    """Return in Chinese how a cycle target differs from the annual one, "" where it may."""
    cycle, annual = _bare(row.cycle_target), _bare(row.annual_target)
    if not cycle or not annual or cycle == annual:
        return ""
    if _DURATION.fullmatch(cycle) or re.search(r"期限|后\d+个?月", cycle):
        return "是期限，不是指标值"
    first, second = _read(row, row.cycle_target), _read(row, row.annual_target)
    if first.kind is not second.kind:
        return f"是{first.kind.value}，年度指标值是{second.kind.value}"
    if first.unit != second.unit:
        return "与年度指标值的单位不同"
    same = (first.low, first.high, first.comparator) == (second.low, second.high, second.comparator)
    return _WRITTEN_OTHERWISE if same and first.low is not None else "与年度指标值不同"


def _bare(text: str) -> str:
    """Return a target without blanks and its last stop."""
    return re.sub(r"\s", "", normalised(text)).rstrip("。.;；")


def _read(row: Indicator, text: str) -> Target:
    """Return a target of the row."""
    return read_target(text, category=row.category, dimension=row.dimension, name=row.name)
