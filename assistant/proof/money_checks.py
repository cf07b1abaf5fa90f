"""Checks of the amounts of a report: sources, execution, balance, items, tasks (A01, A02, A11, A12, A15, A17, C02)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from assistant.domain.figures import percentage, places_of, round_half_up
from assistant.domain.finding import Finding, Severity
from assistant.domain.register import finding
from assistant.domain.report import Funding, LineItem, Project, Report, ReportKind
from assistant.domain.scorecard import Scorecard
from assistant.domain.units import half_place, sum_slack
from assistant.proof.form_rows import expenditure_rows, placed_projects
from assistant.proof.limits import limits

_COLUMNS = (("initial_budget", "年初预算数"), ("annual_budget", "全年预算数"), ("expenditure", "全年执行数"))
_TOTALS = ("年度资金总额", "资金总额", "合计", "总计", "小计", "来源合计")
_BALANCE = re.compile("(?:年末|本年|当年|年度)?(?:资金|预算)?(?:结转)?结余(?:资金|数|额)?(?P<rate>率)?")
_STATED_TOTAL = re.compile("(?:年度|全年|项目)*(?P<what>资金|预算|支出|执行)(?:总额|合计|总计)")
_YUAN = Decimal(10_000)
_CENT = Decimal("0.01")


def check_total_row(report: Report, scorecard: Scorecard) -> Iterator[Finding]:
    """A01: a row of the whole among the sources of money is their sum, and would be counted twice."""
    for place, project in placed_projects(report):
        totals = [row for row in project.funding if row.source.strip() in _TOTALS]
        parts = [row for row in project.funding if row not in totals]
        for row in totals if parts else ():
            wrong = [said for column, label in _COLUMNS if (said := _not_the_sum(row, parts, column, label))]
            yield finding(
                "A01",
                f"“{project.name}”的资金来源中有合计行“{row.source}”"
                + (f"，且不等于各来源之和：{'；'.join(wrong)}" if wrong else "，会重复计入总额"),
                remedy="请删去合计行，总额由各来源相加得出" + ("；并核对各来源金额" if wrong else ""),
                observed=row.source,
                place=place,
            )


def _not_the_sum(row: Funding, parts: Sequence[Funding], column: str, label: str) -> str:
    """Return in Chinese how a column of the total row differs from its parts, "" where it does not."""
    stated = getattr(row, column)
    amounts = [amount for part in parts if (amount := getattr(part, column)) is not None]
    total = sum(amounts, Decimal(0))
    if stated is None or not amounts or abs(stated - total) <= sum_slack(len(amounts)):
        return ""
    return f"{label}填为{stated:f}万元，各来源之和为{total:f}万元"


def check_spending_has_a_budget(report: Report, scorecard: Scorecard) -> Iterator[Finding]:
    """A02, §2.2: spending needs a budget; amounts are not below zero."""
    for path, project in placed_projects(report):
        for number, row in enumerate(project.funding):
            budget, spent = row.annual_budget or Decimal(0), row.expenditure or Decimal(0)
            place, name = f"{path}.funding[{number}]", f"“{project.name}”的{row.source}"
            if budget < 0 or spent < 0:
                yield finding(
                    "A02",
                    f"{name}：金额应不小于0，现为预算{budget:f}万元、执行{spent:f}万元",
                    remedy="请核对金额；调减写在预算调整里",
                    place=place,
                )
            elif budget == 0 and spent > 0:
                yield finding(
                    "A02",
                    f"{name}：全年预算数为0，全年执行数为{spent:f}万元",
                    remedy="请补填全年预算数；确无预算的，核对执行数或补办追加手续",
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


def check_spending_within_budget(report: Report, scorecard: Scorecard) -> Iterator[Finding]:
    """A17, §2.2: 结余 = 预算 − 执行 is not below zero, unless carried-over or added money explains it."""
    for place, project in placed_projects(report):
        budget, spent = project.total("annual_budget"), project.total("expenditure")
        rate = percentage(spent, budget)
        if rate is None or rate <= limits().most:
            continue
        shown = f"{round_half_up(rate):f}%"
        yield finding(
            "A17",
            f"“{project.name}”：全年执行数{spent:f}万元比全年预算数{budget:f}万元多{spent - budget:f}万元，执行率{shown}",
            remedy="请核对金额；确用了上年结转或追加资金的，计入全年预算数并说明",
            severity=None if _carried_over(project) else Severity.ERROR,
            observed=shown,
            expected="不超过100%",
            place=place,
        )


def _carried_over(project: Project) -> bool:
    """Return whether money from the year before or an addition is named."""
    sources = any(word in row.source for row in project.funding for word in ("结转", "结余"))
    return sources or any("结转" in item.reason or "追加" in item.reason for item in project.adjustments)


def check_stated_balance(report: Report, scorecard: Scorecard) -> Iterator[Finding]:
    """A17: a stated 结余 is budget − expenditure, a stated 结转结余率 its share of the budget."""
    budget, spent = report.total("annual_budget"), report.total("expenditure")
    for figure in report.other_figures:
        match = _BALANCE.fullmatch(figure.name)
        if match is None or figure.value is None or not budget or figure.year not in (None, report.year):
            continue
        share = bool(match["rate"])
        expected = round_half_up((budget - spent) / budget * 100) if share else budget - spent
        unit = "%" if share else "万元"
        if figure.unit == unit and abs(figure.value - expected) > max(
            half_place(places_of(figure.value)), _CENT
        ):
            yield finding(
                "A17",
                f"“{figure.name}”填为{figure.value:f}{unit}，按预算{budget:f}万元、执行{spent:f}万元应为{expected:f}{unit}",
                remedy="请核对结余与预算、执行数",
                observed=f"{figure.value:f}{unit}",
                expected=f"{expected:f}{unit}",
            )


def check_stated_totals(report: Report, scorecard: Scorecard) -> Iterator[Finding]:
    """A12: a stated total of the budget or of the expenditure is the sum over the sub-projects."""
    for figure in report.other_figures:
        match = _STATED_TOTAL.fullmatch(figure.name)
        if match is None or figure.value is None or figure.unit != "万元":
            continue
        total = report.total("expenditure" if match["what"] in ("支出", "执行") else "annual_budget")
        rows = sum(len(project.funding) for project in report.projects)
        if figure.year in (None, report.year) and total and abs(figure.value - total) > sum_slack(rows):
            yield finding(
                "A12",
                f"“{figure.name}”填为{figure.value:f}万元，各项目、各来源之和为{total:f}万元",
                remedy="请核对总额与各项目金额，改正不一致的一处",
                observed=f"{figure.value:f}万元",
                expected=f"{total:f}万元",
            )


def check_money_unit(report: Report, scorecard: Scorecard) -> Iterator[Finding]:
    """C02: no amount of a source is about ten thousand times another: one of them is in 元."""
    for path, project in placed_projects(report):
        for number, row in enumerate(project.funding):
            amounts = [amount for column, _ in _COLUMNS if (amount := getattr(row, column))]
            small, large = min(amounts, default=Decimal(0)), max(amounts, default=Decimal(0))
            if small > 0 and _YUAN / 2 <= large / small <= _YUAN * 2:
                yield finding(
                    "C02",
                    f"“{project.name}”的{row.source}：{large:f}与{small:f}相差约一万倍，疑有一处以元填报",
                    remedy="请统一以万元填报",
                    observed=f"{large:f}",
                    expected=f"{large / _YUAN:.2f}",
                    place=f"{path}.funding[{number}]",
                )


def check_line_item_product(report: Report, scorecard: Scorecard) -> Iterator[Finding]:
    """A11: unit price × quantity = budget of the item, within what rounding of the price allows."""
    for path, project in placed_projects(report):
        for number, item in enumerate(project.line_items):
            if item.quantity is None or item.unit_price is None or item.budget is None:
                continue
            product = item.quantity * item.unit_price
            if abs(product - item.budget) > _product_slack(item):
                yield finding(
                    "A11",
                    f"“{project.name}”的明细“{item.name}”：{item.quantity:f}{item.unit}×{item.unit_price:f}万元={product.normalize():f}万元，小计为{item.budget:f}万元",
                    remedy="请核对数量、单价（万元）和小计，改正不一致的一处",
                    observed=f"{item.budget:f}",
                    expected=f"{product.normalize():f}",
                    place=f"{path}.line_items[{number}]",
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
    for path, project in placed_projects(report):
        for column, total, label in (
            ("budget", project.total("annual_budget"), "全年预算数"),
            ("expenditure", project.total("expenditure"), "全年执行数"),
        ):
            yield from _items_sum(project, column, total, label, path)


def _items_sum(project: Project, column: str, total: Decimal, label: str, place: str) -> Iterator[Finding]:
    amounts = [getattr(item, column) for item in project.line_items]
    if not amounts or any(amount is None for amount in amounts) or not project.funding:
        return
    parts = sum(amounts, Decimal(0))
    if abs(parts - total) <= sum_slack(len(amounts)):
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


def check_tasks_within_expenditure(report: Report, scorecard: Scorecard) -> Iterator[Finding]:
    """A15: the money of the tasks does not exceed 项目支出; where it is less than half, the rest is asked for."""
    amounts = [task.budget for task in report.tasks if task.budget is not None]
    parts, typed = sum(amounts, Decimal(0)), expenditure_rows(report)
    total = sum((row.annual_budget or Decimal(0) for row in typed), Decimal(0)) or report.total(
        "annual_budget"
    )
    label = "项目支出预算" if typed else "全年预算数"
    if not amounts or not total:
        return
    if parts > total + sum_slack(len(amounts)):
        yield finding(
            "A15",
            f"重点任务资金合计{parts:f}万元，超过{label}{total:f}万元",
            remedy="请核对任务资金，是否有重复列报或含基本支出",
            severity=Severity.ERROR,
            observed=f"{parts:f}",
            expected=f"不超过{total:f}",
        )
    elif parts < limits().covered_share * total and (typed or report.kind is not ReportKind.DEPARTMENT):
        yield finding(
            "A15",
            f"重点任务资金合计{parts:f}万元，占{label}{total:f}万元的{parts / total * 100:.1f}%，其余{total - parts:f}万元没有对应任务",
            remedy="如有其他任务请补列；属日常运转的请说明",
            severity=Severity.INFO,
            observed=f"{parts / total * 100:.1f}%",
        )


def check_adjustments_sum(report: Report, scorecard: Scorecard) -> Iterator[Finding]:
    """A12: the adjustments add up to 全年预算数 − 年初预算数."""
    for path, project in placed_projects(report):
        amounts = [item.amount for item in project.adjustments if item.amount is not None]
        if not amounts or any(
            row.initial_budget is None or row.annual_budget is None for row in project.funding
        ):
            continue
        parts, change = (
            sum(amounts, Decimal(0)),
            project.total("annual_budget") - project.total("initial_budget"),
        )
        if abs(parts - change) > sum_slack(len(amounts)):
            yield finding(
                "A12",
                f"“{project.name}”的调整合计{parts:f}万元，全年预算数与年初预算数相差{change:f}万元",
                remedy="请核对各次调整的金额和正负（调减为负）",
                observed=f"{parts:f}",
                expected=f"{change:f}",
                place=path,
            )
