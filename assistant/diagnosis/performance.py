"""Triggers on indicators (指标): every row that is not met or lost points, by its dimension."""

from __future__ import annotations

from collections.abc import Iterator

from assistant.diagnosis.candidate import Candidate, Grounds
from assistant.diagnosis.inputs import cause_of, deadline_in, notes_of, owner_in, planned_deadline, said
from assistant.domain.indicator import Category, Dimension, Indicator
from assistant.domain.problem import ProblemSource
from assistant.domain.report import Project
from assistant.domain.scorecard import Row

_BY_DIMENSION = {
    Dimension.QUANTITY: "P06",
    Dimension.QUALITY: "P07",
    Dimension.TIMELINESS: "P08",
    Dimension.COST: "P09",
    Dimension.ECONOMIC_COST: "P09",
    Dimension.SOCIAL_COST: "P09",
    Dimension.ECOLOGICAL_COST: "P09",
    Dimension.BENEFICIARY_SATISFACTION: "P11",
}
_BY_CATEGORY = {
    Category.OUTPUT: "P06",
    Category.COST: "P09",
    Category.BENEFIT: "P10",
    Category.SATISFACTION: "P11",
}


def unmet_rows(grounds: Grounds) -> Iterator[Candidate]:
    """Yield one candidate for each row that was not met or lost points, so that no lost point is left out."""
    for project, indicator, row in grounds.rows():
        if not row.not_applicable and (row.lost > 0 or not row.met):
            yield _candidate(grounds, project, indicator, row)


def type_of(row: Row) -> str:
    """Return the type id of an unmet row by 二级指标, then by 一级指标; P10 for words of neither."""
    dimension, category = Dimension.of(row.dimension), Category.of(row.category)
    if dimension in _BY_DIMENSION:
        return _BY_DIMENSION[dimension]
    return _BY_CATEGORY[category] if category else "P10"


def _candidate(grounds: Grounds, project: Project, indicator: Indicator, row: Row) -> Candidate:
    notes = notes_of(grounds.report, project)
    said_here = (indicator.measures, indicator.deviation_reason)
    return Candidate(
        type_id=type_of(row),
        path=row.path,
        name=row.name,
        facts=grounds.ids(row.path, "target", "actual", "completion", "gap", "weight", "score", "lost"),
        weight=max(row.lost, row.weight * 0),
        source=ProblemSource.PERFORMANCE,
        cause=cause_of(indicator, notes),
        given_measure=said(indicator.measures),
        owner=owner_in(said_here) or project.implementing_unit,
        deadline=planned_deadline(indicator.measures) or deadline_in(said_here),
        rules=("B09", "C16") if not said(indicator.deviation_reason) else ("B09",),
        confidential=project.confidential,
    )
