"""Checks of years and periods of a report (C01, C15)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistant.domain.finding import Finding, Severity
from assistant.domain.indicator import TargetKind
from assistant.domain.register import finding
from assistant.domain.report import Report
from assistant.domain.scorecard import Scorecard
from assistant.proof.form_rows import is_plan, placed_projects, public_rows

_YEAR = re.compile(r"(?<!\d)(20\d\d)(?:\s*[-—－–~至]\s*(20\d\d))?\s*年")
_SINCE = re.compile("前|以来|起|上年|去年|结转|〔|批复")


def check_year(report: Report, scorecard: Scorecard) -> Iterator[Finding]:
    """C01: a plan says its year; the title and the days in targets are of the year of the report."""
    if report.year is None:
        if is_plan(report):
            yield _without_year(report)
        return
    titled = _spans(report.title)
    if titled and not any(first <= report.year <= last for first, last in titled):
        yield finding(
            "C01",
            f"报告名称“{report.title}”里的年度与评价年度{report.year}年不一致",
            remedy="请核对评价年度和报告名称",
            observed=report.title,
            expected=f"{report.year}年",
        )
    for name, indicator, row in public_rows(report, scorecard):
        spans = _spans(indicator.annual_target)
        dated = row.target.kind is TargetKind.DATE and not _SINCE.search(indicator.annual_target)
        if dated and spans and max(last for _, last in spans) < report.year:
            yield finding(
                "C01",
                f"{name}：年度指标值“{indicator.annual_target}”在评价年度{report.year}年之前",
                remedy="请核对是否沿用了往年的指标值",
                severity=Severity.WARNING,
                observed=indicator.annual_target,
                expected=f"{report.year}年",
                place=row.path,
            )


def _without_year(report: Report) -> Finding:
    """Return C01 of a plan without a year, with the years that the names of its projects hold."""
    named = sorted({match[0] for project in report.projects for match in _YEAR.finditer(project.name)})
    hint = f"，项目名称中有{'、'.join(named)}" if named else ""
    return finding(
        "C01",
        f"“{report.title or '目标表'}”没有写年度{hint}",
        remedy="请写明预算年度，系统不作推定",
        observed="、".join(named),
    )


def _spans(text: str) -> list[tuple[int, int]]:
    """Return the years and spans of years in a text."""
    return [(int(match[1]), int(match[2] or match[1])) for match in _YEAR.finditer(text)]


def check_milestones_cover_the_year(report: Report, scorecard: Scorecard) -> Iterator[Finding]:
    """C15: the steps of a project come in order of years and cover the year of the report."""
    for place, project in placed_projects(report):
        years = [step.year for step in project.milestones if step.year is not None]
        ordered = years == sorted(years)
        covered = report.year is None or not years or min(years) <= report.year <= max(years)
        if ordered and covered:
            continue
        shown = "、".join(f"{year}年" for year in years)
        yield finding(
            "C15",
            f"“{project.name}”的分年计划为{shown}，"
            + (f"不含评价年度{report.year}年" if ordered else "年份先后颠倒"),
            remedy="请核对项目起止时间和各年计划",
            observed=shown,
            expected=f"{report.year}年" if ordered and report.year else "由先到后",
            place=place,
        )
