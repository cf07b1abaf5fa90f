"""Checks of the amounts of a report: execution, line items, tasks, adjustments (A02, A11, A12, A15, A17)."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from assistant.domain.figures import percentage, places_of, round_half_up
from assistant.domain.finding import Finding, Severity
from assistant.domain.register import finding
from assistant.domain.report import LineItem, Project, Report, project_path
from assistant.domain.scorecard import Scorecard
from assistant.domain.units import half_place
from assistant.proof.limits import limits

_CARRIED = ("结转", "结余")
_CENT = Decimal("0.01")


def check_execution_rate(report: Report, scorecard: Scorecard) -> Iterator[Finding]:
    """A02, §2.2: spending needs a budget, and stays within it."""
    for index, project in enumerate(report.projects):
        for number, row in enumerate(project.funding):
            budget, spent = row.annual_budget or Decimal(0), row.expenditure or Decimal(0)
            place = f"{project_path(index)}.funding[{number}]"
            name = f"“{project.name}”的{row.source}"
            if budget == 0 and spent > 0:
                yield finding(
                    "A02",
                    f"{name}：全年预算数为0，全年执行数为{spent:f}万元",
                    remedy="请核对预算数或补办追加手续",
                    observed=f"{spent:f}",
                    expected="0",
                    place=place,
                )
            elif budget == 0 and (row.annual_budget is not None or row.initial_budget):
                yield finding(
                    "A02",
                    f"{name}：全年预算数为0，执行率无法计算",
                    remedy="请确认本来源是否适用",
                    severity=Severity.WARNING,
                    place=place,
                )
            elif budget < 0 or spent < 0:
                yield finding(
                    "A02",
                    f"{name}：金额应不小于0，现为预算{budget:f}、执行{spent:f}万元",
                    remedy="请核对金额",
                    place=place,
                )


def check_overspending_has_carry_over(report: Report, scorecard: Scorecard) -> Iterator[Finding]:
    """A02, A17, §2.2: a rate above 100 % is an error unless carried-over money explains it."""
    for index, project in enumerate(report.projects):
        budget, spent = project.total("annual_budget"), project.total("expenditure")
        rate = percentage(spent, budget)
        if rate is None or rate <= limits().most:
            continue
        explained = any(word in row.source for row in project.funding for word in _CARRIED) or any(
            "结转" in item.reason or "追加" in item.reason for item in project.adjustments
        )
        shown = f"{round_half_up(rate):f}%"
        yield finding(
            "A17" if explained else "A02",
            f"“{project.name}”：全年执行数{spent:f}万元大于全年预算数{budget:f}万元，执行率{shown}",
            remedy="请核对金额；确有结转或追加的，计入全年预算数并说明",
            observed=shown,
            expected="不超过100%",
            place=project_path(index),
        )


def check_line_item_product(report: Report, scorecard: Scorecard) -> Iterator[Finding]:
    """A11: unit price × quantity = budget of the item, within what rounding of the price allows."""
    for index, project in enumerate(report.projects):
        for number, item in enumerate(project.line_items):
            if item.quantity is None or item.unit_price is None or item.budget is None:
                continue
            product = item.quantity * item.unit_price
            if abs(product - item.budget) > _product_slack(item):
                yield finding(
                    "A11",
                    f"“{project.name}”的明细“{item.name}”：{item.quantity:f}{item.unit}×{item.unit_price:f}万元={product.normalize():f}万元，小计为{item.budget:f}万元",
                    remedy="请核对数量、单价和小计",
                    observed=f"{item.budget:f}",
                    expected=f"{product.normalize():f}",
                    place=f"{project_path(index)}.line_items[{number}]",
                )


def _product_slack(item: LineItem) -> Decimal:
    """Half a place of the subtotal; a price with two or more places may itself be rounded."""
    quantity, price, budget = (
        item.quantity or Decimal(0),
        item.unit_price or Decimal(0),
        item.budget or Decimal(0),
    )
    rounded = half_place(places_of(price)) * abs(quantity) if places_of(price) >= 2 else Decimal(0)
    return half_place(max(places_of(budget), 2)) + min(rounded, abs(budget) / 100)


def check_line_items_sum(report: Report, scorecard: Scorecard) -> Iterator[Finding]:
    """A12: the items of a sub-project add up to its budget and to its expenditure."""
    for index, project in enumerate(report.projects):
        for column, total, label in (
            ("budget", project.total("annual_budget"), "全年预算数"),
            ("expenditure", project.total("expenditure"), "全年执行数"),
        ):
            yield from _items_sum(project, column, total, label, project_path(index))


def _items_sum(project: Project, column: str, total: Decimal, label: str, place: str) -> Iterator[Finding]:
    amounts = [getattr(item, column) for item in project.line_items]
    if not amounts or any(amount is None for amount in amounts) or not project.funding:
        return
    parts = sum(amounts, Decimal(0))
    if abs(parts - total) <= _sum_slack(len(amounts)):
        return
    less = parts < total
    yield finding(
        "A12",
        f"“{project.name}”的明细合计{parts:f}万元，{label}为{total:f}万元，相差{abs(parts - total):f}万元",
        remedy="请补齐明细或核对金额",
        severity=Severity.WARNING if less else None,
        observed=f"{parts:f}",
        expected=f"{total:f}",
        place=place,
    )


def _sum_slack(count: int) -> Decimal:
    """What rounding of `count` printed parts and their sum allows (§5.0): 0.005·(n+1), at least 0.01."""
    return max(_CENT, Decimal("0.005") * (count + 1))


def check_tasks_within_expenditure(report: Report, scorecard: Scorecard) -> Iterator[Finding]:
    """A15: the money of the tasks does not exceed the budget of the report."""
    amounts = [task.budget for task in report.tasks if task.budget is not None]
    total = report.total("annual_budget")
    if amounts and total and sum(amounts, Decimal(0)) > total + _sum_slack(len(amounts)):
        parts = sum(amounts, Decimal(0))
        yield finding(
            "A15",
            f"重点任务资金合计{parts:f}万元，超过全年预算数{total:f}万元",
            remedy="请核对任务资金",
            observed=f"{parts:f}",
            expected=f"不超过{total:f}",
        )


def check_adjustments_sum(report: Report, scorecard: Scorecard) -> Iterator[Finding]:
    """A12: the adjustments add up to 全年预算数 − 年初预算数."""
    for index, project in enumerate(report.projects):
        amounts = [item.amount for item in project.adjustments if item.amount is not None]
        if not amounts or any(
            row.initial_budget is None or row.annual_budget is None for row in project.funding
        ):
            continue
        parts, change = (
            sum(amounts, Decimal(0)),
            project.total("annual_budget") - project.total("initial_budget"),
        )
        if abs(parts - change) > _sum_slack(len(amounts)):
            yield finding(
                "A12",
                f"“{project.name}”的调整合计{parts:f}万元，全年预算数与年初预算数相差{change:f}万元",
                remedy="请核对调整金额",
                observed=f"{parts:f}",
                expected=f"{change:f}",
                place=project_path(index),
            )
