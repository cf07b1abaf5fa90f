"""The rows of a form beside their scores, with the name that messages call them by; judges nothing."""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistant.domain.indicator import Indicator, TargetKind, Tier
from assistant.domain.report import Funding, Project, Report, Stage, indicator_path, project_path
from assistant.domain.scorecard import Row, Scorecard
from assistant.domain.target_words import read_tier

NamedRow = tuple[str, Indicator, Row]


def named_rows(report: Report, scorecard: Scorecard) -> Iterator[NamedRow]:
    """Yield (name for messages, indicator, row) of every indicator."""
    rows = {row.path: row for row in scorecard.rows}
    for index, project in enumerate(report.projects):
        for number, indicator in enumerate(project.indicators):
            row = rows.get(indicator_path(index, number))
            if row is not None:
                yield f"“{project.name}”的指标“{indicator.name}”", indicator, row


def public_rows(report: Report, scorecard: Scorecard) -> Iterator[NamedRow]:
    """Yield the rows whose words may be looked at: neither of a 保密 sub-project nor 保密 themselves."""
    hidden = {project_path(index) for index, project in enumerate(report.projects) if project.confidential}
    for name, indicator, row in named_rows(report, scorecard):
        if row.path.split(".")[0] not in hidden and row.target.kind is not TargetKind.CONFIDENTIAL:
            yield name, indicator, row


def placed_projects(report: Report) -> Iterator[tuple[str, Project]]:
    """Yield (path, sub-project) in the order of the report."""
    for index, project in enumerate(report.projects):
        yield project_path(index), project


def is_plan(report: Report) -> bool:
    """Return whether a report is a plan (申报): nothing is done, spent or scored yet."""
    return report.stage is Stage.PLAN


def tier_of(indicator: Indicator, row: Row) -> Tier | None:
    """Return the 定性 tier that was chosen or that the words say (12个乡镇建立，部分达成); None for other rows."""
    if indicator.tier is not None:
        return indicator.tier
    if row.target.kind is TargetKind.QUALITATIVE:
        return read_tier(indicator.actual, indicator.annual_target)
    verdict = re.split("[，,；;。]", indicator.actual.strip().rstrip("。"))[-1]
    return read_tier(verdict) if "达成" in verdict else None


def expenditure_rows(report: Report) -> list[Funding]:
    """Return the funding rows of 项目支出, none where the funds are not told apart by type."""
    rows = (row for project in report.projects for row in project.funding)
    return [row for row in rows if row.expenditure_type == "项目支出"]
