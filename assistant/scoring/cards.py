"""Scores a report under a rule pack: `score_report` gives rows, subtotals, total, grade and waterfall.

How several sub-projects make one total is decided by their weights: together they fill one card
(`joint`), or each has a full card of its own (`budget_weighted`).
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from assistant.domain.figures import HUNDRED
from assistant.domain.finding import Finding
from assistant.domain.register import finding
from assistant.domain.report import Project, Report, project_path
from assistant.domain.scorecard import (
    ExecutionScore,
    Grade,
    ProjectScore,
    Row,
    Scorecard,
    Subtotal,
    WaterfallStep,
)
from assistant.scoring import formulas
from assistant.scoring.execution import Amounts, doubts, score_execution
from assistant.scoring.rows import score_rows, subtotals
from assistant.scoring.pack import Rules
from assistant.scoring.waterfall import build_waterfall, joint_losses, losses_of, weighted_losses

ZERO = Decimal(0)


def score_report(report: Report, rules: Rules) -> Scorecard:
    """Return the scorecard of a report; a score that was filled in counts (its difference is A08).

    Rows are rounded HALF_UP to 2 places and the total is the sum of the displayed rows. Rows that are
    不适用 are left out and the rest is rescaled (§2.8). What is doubtful stands in `findings`.
    """
    rollup = choose_rollup(report, rules)
    projects, findings = _score_projects(report, rules, counted=rollup != "joint")
    execution = score_execution(Amounts.of(report), rules)
    full, total, waterfall = _ROLLUPS[rollup](projects, execution, rules)
    findings += _borderline(projects, total, rules) if rollup == "budget_weighted" else []
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
        waterfall=waterfall,
        findings=tuple(findings),
    )


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
    left_out = (
        sum((row.weight for row in rows if row.not_applicable), ZERO) + full - weights - execution.weight
    )
    if left_out == 0 or left_out >= full:
        return full, scored
    return full, formulas.rescaled(scored, full - left_out, full)


Rolled = tuple[Decimal, Decimal, tuple[WaterfallStep, ...]]


def _single(projects: Sequence[ProjectScore], execution: ExecutionScore, rules: Rules) -> Rolled:
    """Return full marks, total and waterfall of the only project (of nothing: zeros)."""
    if not projects:
        return execution.weight, execution.score, ()
    card = projects[0]
    return (
        card.full_score,
        card.total_score,
        build_waterfall(card.full_score, card.total_score, losses_of(card)),
    )


def _joint(projects: Sequence[ProjectScore], execution: ExecutionScore, rules: Rules) -> Rolled:
    """Return full marks, total and waterfall of sub-projects that share one card."""
    rows = [row for project in projects for row in project.rows]
    full, total = _full_and_total(rows, execution, rules.execution.weight)
    return full, total, build_waterfall(full, total, joint_losses(projects, execution, full, total))


def _budget_weighted(projects: Sequence[ProjectScore], execution: ExecutionScore, rules: Rules) -> Rolled:
    """Return full marks, total and waterfall of sub-projects with cards of their own.

    Sub-projects without an applicable indicator (only money, such as 保密 ones) do not enter.
    """
    carded = _carded(projects)
    if not carded:
        return execution.weight, execution.score, ()
    budgets = [project.execution.annual_budget for project in carded]
    full = formulas.budget_weighted([project.full_score for project in carded], budgets)
    total = formulas.budget_weighted([project.total_score for project in carded], budgets)
    return full, total, build_waterfall(full, total, weighted_losses(carded, budgets))


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


def _borderline(projects: Sequence[ProjectScore], total: Decimal, rules: Rules) -> list[Finding]:
    """Return a finding where rounding the weighted total changed its grade (等级临界, G13)."""
    carded = _carded(projects)
    budgets = [project.execution.annual_budget for project in carded]
    if not any(budgets):
        return []
    weighted = sum((card.total_score * money for card, money in zip(carded, budgets, strict=True)), ZERO)
    exact = weighted / sum(budgets, ZERO)
    if rules.grade(exact) is rules.grade(total):
        return []
    message = f"总分{total:f}分评为“{rules.grade(total)}”，四舍五入前评为“{rules.grade(exact)}”"
    return [finding("I10", message, remedy="请核对各子项目得分")]
