"""Holds what a form prints in computed cells against what its own figures give (表内勾稽: A01–A03, A05, A07).

Printed numbers stand for intervals: correct rounding raises nothing. Formulas are not looked at.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from assistant.domain.figures import CENT, percentage, places_of, round_half_up
from assistant.domain.finding import Finding
from assistant.domain.register import finding
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


def _half_place(value: Decimal) -> Decimal:
    """Return half of the last place that a printed number shows."""
    return HALF.scaleb(-places_of(value))


def _slack(printed: Decimal, parts: Sequence[Decimal]) -> Decimal:
    """Return how far a printed sum may stand from its parts by rounding alone (§5.0).

    Half a cent an item; half the last place where the sum is printed coarser than its parts.
    """
    slack = max(CENT, CENT / 2 * (len(parts) + 1))
    coarser = places_of(printed) < max(places_of(part) for part in parts)
    return max(slack, _half_place(printed)) if coarser else slack


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
            found.append(
                _contradiction(
                    "A01", form, f"年度资金总额的{NAMES[column]}", printed, sum_of_parts, "万元", total
                )
            )
    return found


def _rates(form: ProjectForm) -> list[Finding]:
    """Return A02 where a printed rate is not 全年执行数 over 全年预算数."""
    rows = [*form.funding.rows, *([form.funding.total] if form.funding.total else [])]
    found = []
    for row in rows:
        budget, spent = row.amounts.get("annual_budget"), row.amounts.get("expenditure")
        rate = percentage(spent, budget) if budget is not None and spent is not None else None
        if row.rate is None or rate is None:
            continue
        if abs(row.rate - rate) > _half_place(row.rate):
            found.append(
                _contradiction("A02", form, f"“{row.label}”的执行率", row.rate, round_half_up(rate), "%", row)
            )
    return found


def _budget_score(form: ProjectForm) -> list[Finding]:
    """Return A03 where the printed 预算执行得分 is above its 分值, or neither the linear nor the banded rule gives it."""
    total = _budget_row(form)
    if total is None or total.score is None or total.weight is None:
        return []
    if total.score > total.weight:
        return [
            _contradiction("A03", form, "预算执行得分（不超过分值）", total.score, total.weight, "分", total)
        ]
    rate = _rate(form)
    if rate is None:
        return []
    linear = round_half_up(min(rate, _FULL) * total.weight / _FULL)
    banded = next((share * total.weight for least, share in _BANDS if rate >= least), ZERO)
    slack = max(CENT, _half_place(total.score))
    if abs(total.score - linear) <= slack or total.score == banded:
        return []
    return [_contradiction("A03", form, "预算执行得分", total.score, linear, "分", total)]


def _rate(form: ProjectForm) -> Decimal | None:
    """Return the execution rate by the sources, by the printed total where there are none."""
    rows = form.funding.rows or ((form.funding.total,) if form.funding.total else ())
    budget = sum((row.amounts.get("annual_budget") or ZERO for row in rows), ZERO)
    spent = sum((row.amounts.get("expenditure") or ZERO for row in rows), ZERO)
    return percentage(spent, budget)


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
    row = PrintedRow(label="总分", place=form.indicators.total_place)
    return [_contradiction("A07", form, "总分", printed, expected, "分", row)]


def _contradiction(
    rule: str, form: ProjectForm, what: str, printed: Decimal, expected: Decimal, unit: str, row: PrintedRow
) -> Finding:
    """Return the finding about a printed figure that the form's own figures do not give."""
    message = (
        f"{row.place}：“{form.project.name}”{what}填为{printed:f}{unit}，按表内数据应为{expected:f}{unit}"
    )
    return finding(
        rule,
        message,
        remedy="请核对分项与合计，改正不一致的一处",
        observed=f"{printed:f}{unit}",
        expected=f"{expected:f}{unit}",
        place=row.place,
    )
