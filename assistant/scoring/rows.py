"""From an indicator to its scored row, and from rows to subtotals (评分表的行与小计)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal

from assistant.domain.figures import round_half_up
from assistant.domain.finding import Finding
from assistant.domain.indicator import Indicator, Target, Tier
from assistant.domain.register import finding
from assistant.domain.report import Project, indicator_path
from assistant.domain.scorecard import Row, Subtotal
from assistant.domain.targets import read_target
from assistant.scoring.assessment import assess
from assistant.scoring.judgement import Assessment, Case
from assistant.scoring.pack import Rules

ZERO = Decimal(0)


def score_rows(
    position: int, project: Project, year: int | None, rules: Rules
) -> tuple[tuple[Row, ...], list[Finding]]:
    """Return the scored rows of the sub-project at `position`, and what is doubtful about them."""
    rows, findings = [], []
    for place, indicator in enumerate(project.indicators):
        path = indicator_path(position, place)
        case = Case(
            indicator=indicator,
            target=_target(indicator),
            weight=Decimal(indicator.weight or 0),
            rules=rules,
            year=year,
        )
        assessment = assess(case)
        rows.append(_row(path, project, case, assessment))
        findings += _findings(path, project, indicator, assessment)
    return tuple(rows), findings


def _target(indicator: Indicator) -> Target:
    """Return the parsed 年度指标值 of a row."""
    return read_target(
        indicator.annual_target,
        category=indicator.category,
        dimension=indicator.dimension,
        name=indicator.name,
        tier=indicator.tier,
    )


def _row(path: str, project: Project, case: Case, assessment: Assessment) -> Row:
    """Return the row: a score that was filled in counts, otherwise the formula's, less any 扣减分数."""
    indicator = case.indicator
    exact = _exact(indicator, assessment)
    score = round_half_up(exact)
    return Row(
        path=path,
        project=project.name,
        category=indicator.category,
        dimension=indicator.dimension,
        name=indicator.name,
        weight=case.weight,
        score=score,
        formula_score=assessment.formula_score,
        exact_score=exact,
        completion_rate=assessment.completion_rate,
        basis=_basis(assessment, indicator),
        clause=assessment.clause,
        target=case.target,
        actual=assessment.actual,
        met=assessment.met,
        over_completed=assessment.over_completed,
        reason_required=_reason_required(case, assessment, score),
        not_applicable=assessment.not_applicable,
    )


def _exact(indicator: Indicator, assessment: Assessment) -> Decimal:
    """Return the score of a row before rounding; 扣减分数 is taken off the score as it is displayed (§2.7)."""
    if assessment.not_applicable:
        return ZERO
    score = indicator.score if indicator.score is not None else assessment.exact_score or ZERO
    if not indicator.deduction:
        return score
    return max(round_half_up(score) - indicator.deduction, ZERO)


def _basis(assessment: Assessment, indicator: Indicator) -> str:
    """Return how the score came about; a given score that differs from the formula, and 扣减, are said."""
    given, words = indicator.score, assessment.basis
    if assessment.not_applicable:
        return words
    if given is not None and given != assessment.formula_score:
        words = f"{words}；以填报得分{round_half_up(given):f}分为准"
    return f"{words}；扣减{indicator.deduction:f}分" if indicator.deduction else words


def _reason_required(case: Case, assessment: Assessment, score: Decimal) -> bool:
    """Return whether 偏差原因 must be filled (§2.10)."""
    if assessment.not_applicable:
        return False
    lower_tier = assessment.tier not in (None, Tier.A)
    return score < round_half_up(case.weight) or assessment.over_completed or lower_tier


def _findings(path: str, project: Project, indicator: Indicator, assessment: Assessment) -> list[Finding]:
    """Return the doubts of a row as findings that name it."""
    name = f"“{project.name}”的指标“{indicator.name}”"
    return [
        finding(
            doubt.rule, f"{name}：{doubt.message}", remedy=doubt.remedy, place=path, observed=indicator.actual
        )
        for doubt in assessment.doubts
    ]


def subtotals(rows: Iterable[Row], prefix: str = "") -> tuple[Subtotal, ...]:
    """Return Σ of the displayed rows by 一级 and 二级指标, in order of appearance."""
    groups: dict[tuple[str, ...], list[Row]] = {}
    for row in rows:
        groups.setdefault((row.category,), []).append(row)
        groups.setdefault((row.category, row.dimension), []).append(row)
    ordered = [key for first in groups if len(first) == 1 for key in groups if key[0] == first[0]]
    return tuple(_subtotal(key, groups[key], prefix) for key in ordered)


def _subtotal(key: tuple[str, ...], rows: Sequence[Row], prefix: str) -> Subtotal:
    """Return one subtotal."""
    return Subtotal(
        path=".".join([prefix, *key] if prefix else key),
        name=key[-1],
        level=len(key),
        weight=sum((row.weight for row in rows), ZERO),
        score=sum((row.score for row in rows), ZERO),
    )
