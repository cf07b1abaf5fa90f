"""Triggers on the quality of indicators and of the self-evaluation itself (指标质量), independent of points."""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistant.diagnosis.candidate import Candidate, Grounds
from assistant.diagnosis.inputs import said
from assistant.diagnosis.taxonomy import taxonomy
from assistant.domain.figures import HUNDRED, round_half_up
from assistant.domain.indicator import Category, Dimension, Indicator, TargetKind
from assistant.domain.report import Project
from assistant.domain.scorecard import ProjectScore, Row

_BUILDING = re.compile(r"建设|购置|维修|修缮|改造|采购设备|工程")
_DEFINITE = re.compile(r"\d|合格|通过|达标|完成|及时|按时|优|良|到位|健全|规范")
_SAMPLE = re.compile(r"问卷|样本|回收|发放|\d+份")
_SOFT = {Dimension.SOCIAL, Dimension.SUSTAINABILITY, Dimension.ECOLOGICAL}
#: findings about the form that are problems of the indicators themselves
_BY_RULE = {"C08": "P16", "C09": "P16", "C13": "P20", "C11": "P21"}


def quality_rows(grounds: Grounds) -> Iterator[Candidate]:
    """Yield the quality matters of each indicator row: P12–P15, P22–P23."""
    for project, indicator, row in grounds.rows():
        for type_id in _matters(indicator, row):
            found = _candidate(grounds, type_id, project, row)
            told = said(indicator.deviation_reason) if type_id == "P13" else ""
            yield found.model_copy(update={"cause": told})


def missing_dimensions(grounds: Grounds) -> Iterator[Candidate]:
    """Yield P17 for a sub-project without benefit, or building and purchase without cost indicators."""
    for path, project, _ in grounds.projects():
        if project.indicators and _lacks_dimension(project):
            yield Candidate(
                type_id="P17", path=path, name=project.name, rules=("C12",), confidential=project.confidential
            )


def generous_scores(grounds: Grounds) -> Iterator[Candidate]:
    """Yield P22 where the indicators score over five points (百分点) better than the money was spent.

    Where every score follows its formula that is arithmetic and no fault: such a one is not `firm`.
    """
    for path, project, card in grounds.projects():
        if _generous(card):
            yield Candidate(
                type_id="P22",
                path=path,
                name=project.name,
                facts=grounds.ids(path, "full", "total", "rate"),
                firm=any(_above_formula(row) for row in card.rows),
                confidential=project.confidential,
            )


def unproven_rows(grounds: Grounds) -> Iterator[Candidate]:
    """Yield P24 for each sub-project of which no indicator names any evidence."""
    for path, project, _ in grounds.projects():
        proofs = (
            *project.evidence,
            *grounds.report.evidence,
            *(e for i in project.indicators for e in i.evidence),
        )
        if project.indicators and not proofs:
            yield Candidate(type_id="P24", path=path, name=project.name, confidential=project.confidential)


def found_rows(grounds: Grounds) -> Iterator[Candidate]:
    """Yield P16, P20 and P21 for the findings that say so of an indicator row."""
    rows = {row.path: (project, row) for project, _, row in grounds.rows()}
    for finding in grounds.findings:
        type_id = _BY_RULE.get(finding.rule)
        if type_id and finding.place in rows:
            project, row = rows[finding.place]
            found = _candidate(grounds, type_id, project, row)
            yield found.model_copy(update={"rules": (finding.rule,)})


def _matters(indicator: Indicator, row: Row) -> Iterator[str]:
    if row.over_completed:
        yield "P13"
    if row.target.kind is TargetKind.QUALITATIVE and not _DEFINITE.search(indicator.annual_target):
        yield "P14"
    if Dimension.of(row.dimension) in _SOFT and row.target.unit == "%" and not row.name.endswith("率"):
        yield "P15"
    if Category.of(row.category) is Category.SATISFACTION and not _sampled(indicator):
        yield "P12"
    if _above_formula(row):
        yield "P22"
    if row.lost > 0 and _hollow(said(indicator.deviation_reason)):
        yield "P23"


def _above_formula(row: Row) -> bool:
    """Whether somebody filled in more points than the formula gives, or full marks for an unmet row."""
    if row.not_applicable:
        return False
    if row.formula_score is None:
        return not row.met and row.lost == 0
    return row.score > round_half_up(row.formula_score)


def _hollow(reason: str) -> bool:
    """Whether a given reason is a stock phrase or too short to say anything."""
    limits = taxonomy().limits
    stock = any(word in reason for word in limits.stock_excuses) and not re.search(r"\d", reason)
    return bool(reason) and (stock or len(reason) < limits.shortest_reason)


def _sampled(indicator: Indicator) -> bool:
    return bool(indicator.evidence) or bool(_SAMPLE.search(indicator.actual + indicator.deviation_reason))


def _lacks_dimension(project: Project) -> bool:
    categories = {Category.of(item.category) for item in project.indicators}
    dimensions = {Dimension.of(item.dimension) for item in project.indicators}
    costed = Category.COST in categories or Dimension.COST in dimensions
    building = _BUILDING.search(project.name) is not None and not costed
    return not {Category.OUTPUT, Category.BENEFIT} <= categories or building


def _generous(card: ProjectScore) -> bool:
    weight = sum((row.weight for row in card.rows), start=card.execution.weight * 0)
    score = sum((row.score for row in card.rows), start=card.execution.weight * 0)
    if weight == 0 or card.execution.rate is None:
        return False
    return score / weight * HUNDRED - card.execution.rate > taxonomy().limits.score_above_execution


def _candidate(grounds: Grounds, type_id: str, project: Project, row: Row) -> Candidate:
    return Candidate(
        type_id=type_id,
        path=row.path,
        name=row.name,
        facts=grounds.ids(row.path, "target", "actual", "completion", "excess"),
        owner=project.implementing_unit,
        confidential=project.confidential,
    )
