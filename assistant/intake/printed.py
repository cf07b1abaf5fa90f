"""Holds what a form prints in computed cells against what its own figures give (表内勾稽: A01–A03, A05, A07).

Printed numbers stand for intervals: correct rounding raises nothing. Formulas are not looked at.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from assistant.domain.figures import CENT, places_of, round_half_up
from assistant.domain.finding import Finding
from assistant.domain.units import half_place, ratio_bounds, ratio_holds, sum_slack
from assistant.intake.disagreement import disagreement
from assistant.intake.funding_block import COLUMNS, NAMES, PrintedRow
from assistant.intake.project_form import ProjectForm
from assistant.intake.subtotals import check_subtotals

ZERO = Decimal(0)
HALF = Decimal("0.5")
_FULL = Decimal(100)
#: The banded rule of 财预〔2021〕101号: from this rate on, this share of the weight.
_BANDS = ((_FULL, Decimal(1)), (Decimal(80), Decimal("0.7")), (Decimal(60), HALF))


def check_printed(form: ProjectForm) -> list[Finding]:
    """Return every contradiction between the printed computed cells of a form and its figures."""
    sums = check_subtotals(form.indicators.subtotals)
    return [*_funding_total(form), *_rates(form), *_budget_score(form), *sums, *_total(form)]


def _budget_row(form: ProjectForm) -> PrintedRow | None:
    """Return the row that prints the 预算执行得分: of the money, else the one among the indicators."""
    total = form.funding.total
    return total if total is not None and total.score is not None else form.indicators.execution


def _slack(printed: Decimal, parts: Sequence[Decimal]) -> Decimal:
    """Return how far a printed sum may stand from its parts by rounding alone (§5.0).

    Half a cent an item; half the last place where the sum is printed coarser than its parts.
    """
    coarser = places_of(printed) < max(places_of(part) for part in parts)
    return max(sum_slack(len(parts)), half_place(places_of(printed)) if coarser else ZERO)


def _funding_total(form: ProjectForm) -> list[Finding]:
    """Return A01 where the total row is not the sum of the sources, column by column."""
    total, rows = form.funding.total, form.funding.rows
    if total is None or not rows:
        return []
    found = []
    for column in COLUMNS:
        printed, amounts = total.amounts.get(column), [row.amounts.get(column) for row in rows]
        parts = [amount for amount in amounts if amount is not None]
        if printed is None or not parts:
            continue
        sum_of_parts = sum(parts, ZERO)
        if abs(printed - sum_of_parts) > _slack(printed, parts):
            what = f"“{form.project.name}”年度资金总额的{NAMES[column]}"
            found.append(disagreement("A01", total.place, what, printed, sum_of_parts, "万元"))
    return found


def _rates(form: ProjectForm) -> list[Finding]:
    """Return A02 where a printed rate is not 全年执行数 over 全年预算数."""
    rows = [*form.funding.rows, *([form.funding.total] if form.funding.total else [])]
    found = []
    for row in rows:
        budget, spent = row.amounts.get("annual_budget"), row.amounts.get("expenditure")
        if row.rate is None or budget is None or spent is None or budget <= 0:
            continue
        if not ratio_holds(spent, budget, row.rate):
            what, expected = f"“{form.project.name}”中“{row.label}”的执行率", spent / budget * _FULL
            found.append(disagreement("A02", row.place, what, row.rate, round_half_up(expected), "%"))
    return found


def _budget_score(form: ProjectForm) -> list[Finding]:
    """Return A03 where the printed 预算执行得分 is above its 分值, or neither the linear nor the banded rule gives it."""
    total = _budget_row(form)
    if total is None or total.score is None or total.weight is None:
        return []
    what = f"“{form.project.name}”预算执行得分"
    if total.score > total.weight:
        return [disagreement("A03", total.place, f"{what}（不超过分值）", total.score, total.weight, "分")]
    budget, spent = _amounts(form)
    if budget <= 0 or spent < 0:
        return []
    low, high = (min(rate, _FULL) * total.weight / _FULL for rate in ratio_bounds(spent, budget))
    rate = spent / budget * _FULL
    banded = next((share * total.weight for least, share in _BANDS if rate >= least), ZERO)
    slack = max(CENT, half_place(places_of(total.score)))
    if low - slack <= total.score <= high + slack or total.score == banded:
        return []
    linear = round_half_up(min(rate, _FULL) * total.weight / _FULL)
    return [disagreement("A03", total.place, what, total.score, linear, "分")]


def _amounts(form: ProjectForm) -> tuple[Decimal, Decimal]:
    """Return 全年预算数 and 全年执行数 by the sources, by the printed total where there are none."""
    rows = form.funding.rows or ((form.funding.total,) if form.funding.total else ())
    budget, spent = (
        sum((row.amounts.get(column) or ZERO for row in rows), ZERO)
        for column in ("annual_budget", "expenditure")
    )
    return budget, spent


def _total(form: ProjectForm) -> list[Finding]:
    """Return A07 where the printed 总分 is not the sum of the printed scores."""
    printed, budget = form.indicators.printed_total, _budget_row(form)
    scores = [row.score for row in form.indicators.indicators]
    if printed is None or budget is None or budget.score is None or any(score is None for score in scores):
        return []
    parts = [budget.score, *(score for score in scores if score is not None)]
    expected = sum(parts, ZERO)
    if abs(printed - expected) <= _slack(printed, parts):
        return []
    what = f"“{form.project.name}”总分"
    return [disagreement("A07", form.indicators.total_place, what, printed, expected, "分")]
