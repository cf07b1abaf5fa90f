"""Scores a report under a rule pack: `score_report` gives rows, subtotals, total, grade and waterfall.

How several sub-projects make one total is decided by their weights: together they fill one card
(`joint`), or each has a full card of its own (`budget_weighted`).
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from assistant.domain.figures import HUNDRED, round_half_up
from assistant.domain.finding import Finding
from assistant.domain.register import finding
from assistant.domain.report import Project, Report, ReportKind, project_path
from assistant.domain.scorecard import (
    ExecutionScore,
    Grade,
    PackBounds,
    ProjectScore,
    Row,
    Scorecard,
    Subtotal,
)
from assistant.scoring import formulas
from assistant.scoring.critical import borderline, exact_total
from assistant.scoring.execution import Amounts, doubts, score_execution
from assistant.scoring.pack import Confidence, Rules
from assistant.scoring.rows import score_rows, subtotals
from assistant.scoring.waterfall import Loss, build_waterfall, joint_losses, losses_of, weighted_losses

ZERO = Decimal(0)


def score_report(report: Report, rules: Rules) -> Scorecard:
    """Return the scorecard of a report; a score that was filled in counts (its difference is A08).

    Rows are rounded HALF_UP to 2 places and the total is the sum of the displayed rows. Rows that are
    不适用 are left out and the rest is rescaled (§2.8). What is doubtful stands in `findings`.
    """
    rollup = choose_rollup(report, rules)
    inside = holds_execution(report)
    projects, findings = _score_projects(report, rules, counted=rollup != "joint" and not inside)
    execution = score_execution(Amounts.of(report), rules, counted=not inside)
    full, total, exact, losses = _ROLLUPS[rollup](projects, execution, rules)
    findings += borderline(exact, total, rules) + _doubts_of_pack(rules)
    return Scorecard(
        rules=rules.name,
        rules_title=rules.title,
        legal_basis=rules.legal_basis,
        rollup=rollup,
        projects=tuple(projects),
        execution=execution,
        subtotals=_all_subtotals(projects, rollup),
        total_score=total,
        full_score=full,
        grade=rules.grade(total),
        waterfall=build_waterfall(full, total, losses) if losses else (),
        findings=tuple(findings),
        bounds=_bounds(rules),
    )


def holds_execution(report: Report) -> bool:
    """Return whether 预算执行 is judged among the indicators: an evaluation whose own rows make 100 points (§1.2)."""
    sums = [sum((row.weight or ZERO for row in item.indicators), ZERO) for item in report.projects]
    return report.kind is ReportKind.EVALUATION and bool(sums) and all(total == HUNDRED for total in sums)


def choose_rollup(report: Report, rules: Rules) -> str:
    """Return how the sub-projects make one total: single, joint or budget_weighted (§2.9, rule pack)."""
    if len(report.projects) <= 1:
        return "single"
    weights = sum((row.weight or ZERO for project in report.projects for row in project.indicators), ZERO)
    off = abs(weights - (HUNDRED - rules.execution.weight))
    return "joint" if off <= rules.rollup.tolerance else "budget_weighted"


def _score_projects(
    report: Report, rules: Rules, *, counted: bool
) -> tuple[list[ProjectScore], list[Finding]]:
    """Return the card of every sub-project; `counted` says whether each has its own execution row."""
    cards, findings = [], []
    for position, project in enumerate(report.projects):
        rows, found = score_rows(position, project, report.year, rules)
        cards.append(_project_card(position, project, rows, rules, counted))
        findings += found + doubts(Amounts.of(project), project.name, project_path(position))
    return cards, findings


def _project_card(
    position: int, project: Project, rows: tuple[Row, ...], rules: Rules, counted: bool
) -> ProjectScore:
    """Return the card of one sub-project."""
    path = project_path(position)
    execution = score_execution(Amounts.of(project), rules, counted=counted)
    full, total = _full_and_total(rows, execution, rules.execution.weight if counted else ZERO)
    return ProjectScore(
        path=path,
        name=project.name,
        confidential=project.confidential,
        execution=execution,
        rows=rows,
        subtotals=subtotals(rows, path),
        total_score=total,
        full_score=full,
        grade=_grade(rules, total, full, whole=counted and bool(rows)),
    )


def _grade(rules: Rules, total: Decimal, full: Decimal, *, whole: bool) -> Grade:
    """Return the grade of a total; of a card that is only a part, in proportion to its full marks."""
    return rules.grade(total if whole or full == 0 else total / full * HUNDRED)


def _full_and_total(
    rows: Sequence[Row], execution: ExecutionScore, execution_weight: Decimal
) -> tuple[Decimal, Decimal]:
    """Return the full marks and the total of a card, rescaled where something is 不适用 (§2.8)."""
    weights = sum((row.weight for row in rows), ZERO)
    scored = sum((row.score for row in rows), ZERO) + execution.score
    full = weights + execution.weight
    if execution.weight != execution_weight and weights + execution_weight <= HUNDRED:
        full = weights + execution_weight
    applicable = sum((row.weight for row in rows if not row.not_applicable), execution.weight)
    if applicable in (ZERO, full):
        return full, scored
    return full, round_half_up(formulas.rescaled(scored, applicable, full))


#: Full marks, total, total before rounding, losses.
Rolled = tuple[Decimal, Decimal, Decimal, list[Loss]]


def _single(projects: Sequence[ProjectScore], execution: ExecutionScore, rules: Rules) -> Rolled:
    """Return what the only project makes (of nothing: its execution)."""
    if not projects:
        return execution.weight, execution.score, execution.score, []
    card = projects[0]
    exact = exact_total(card.rows, card.execution, card.full_score)
    return card.full_score, card.total_score, exact, losses_of(card, rules)


def _joint(projects: Sequence[ProjectScore], execution: ExecutionScore, rules: Rules) -> Rolled:
    """Return what sub-projects make that share one card."""
    rows = [row for project in projects for row in project.rows]
    full, total = _full_and_total(rows, execution, rules.execution.weight)
    losses = joint_losses(projects, execution, full, total, rules)
    return full, total, exact_total(rows, execution, full), losses


def _budget_weighted(projects: Sequence[ProjectScore], execution: ExecutionScore, rules: Rules) -> Rolled:
    """Return what sub-projects make that have cards of their own.

    Sub-projects without an applicable indicator (only money, such as 保密 ones) do not enter.
    """
    carded = _carded(projects)
    if not carded:
        return execution.weight, execution.score, execution.score, []
    budgets = [project.execution.annual_budget for project in carded]
    full = round_half_up(formulas.budget_weighted([project.full_score for project in carded], budgets))
    total = round_half_up(formulas.budget_weighted([project.total_score for project in carded], budgets))
    exact = formulas.budget_weighted(
        [exact_total(card.rows, card.execution, card.full_score) for card in carded], budgets
    )
    return full, total, exact, weighted_losses(carded, budgets, rules)


def _carded(projects: Sequence[ProjectScore]) -> list[ProjectScore]:
    """Return the sub-projects that have at least one applicable row."""
    return [project for project in projects if has_card(project)]


def has_card(project: ProjectScore) -> bool:
    """Return whether a sub-project was judged by any indicator, so that its total says something."""
    return any(not row.not_applicable for row in project.rows)


_ROLLUPS = {"single": _single, "joint": _joint, "budget_weighted": _budget_weighted}


def _all_subtotals(projects: Sequence[ProjectScore], rollup: str) -> tuple[Subtotal, ...]:
    """Return the subtotals of the whole: of the shared card, else those of every sub-project."""
    if rollup == "budget_weighted":
        return tuple(subtotal for project in projects for subtotal in project.subtotals)
    return subtotals(row for project in projects for row in project.rows)


def _bounds(rules: Rules) -> PackBounds:
    """Return the bounds of the pack that the checks of a form need."""
    splits = (rules.weights, *(variant.weights for variant in rules.variants))
    return PackBounds(
        tiers={tier: (rule.low, rule.high) for tier, rule in rules.qualitative.tiers.items()},
        category_weights=tuple(split for split in splits if split),
        grades=rules.grades,
    )


def _doubts_of_pack(rules: Rules) -> list[Finding]:
    """Return the finding that says how far a pack is to be trusted, where no published example proves it."""
    if rules.confidence is not Confidence.LOW:
        return []
    message = f"评分规则“{rules.name}”的可信程度为低：{rules.confidence_note}"
    return [finding("I14", message, remedy="请对照本地区当年通知核对分值和公式后使用")]
