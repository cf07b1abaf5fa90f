"""Money by source, by kind of expenditure and over all public sub-projects; what is left of each row (资金合并口径).

Knows the report, no texts.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from decimal import Decimal

from assistant.domain.facts import Role
from assistant.domain.figures import round_half_up
from assistant.domain.report import Funding, Report
from assistant.proof.entries import Entry, entry
from assistant.proof.naming import Subject

_ZERO = Decimal(0)


def pooled_money(report: Report) -> Iterator[Entry]:
    """Yield the money of this year and of last year, pooled, and what is left of each row."""
    yield from _remainders(report)
    yield from _bought(report)
    yield from _pooled(report, last_year=False)
    if report.last_year is not None:
        yield from _pooled(report.last_year, last_year=True)


def _remainders(report: Report) -> Iterator[Entry]:
    """What was left of each line item and source, and the rate of each line item."""
    for index, project in enumerate(report.projects, 1):
        if project.confidential:
            continue
        for number, item in enumerate(project.line_items, 1):
            if item.budget is not None and item.expenditure is not None:
                money = {"budget": item.budget, "spent": item.expenditure}
                yield from _left(item.name, money, (index, "l", number), rate=True)
        for number, row in enumerate(project.funding, 1):
            if row.annual_budget is not None and row.expenditure is not None:
                money = {"budget": row.annual_budget, "spent": row.expenditure}
                yield from _left(row.source, money, (index, "s", number), rate=False)


def _left(
    name: str, money: Mapping[str, Decimal], subject: Subject, *, rate: bool, last_year: bool = False
) -> Iterator[Entry]:
    left = money["budget"] - money["spent"]
    label = f"“{name}”的未执行金额"
    yield entry(label, Role.UNSPENT, left, "万元", f"{left:f}万元", subject, "unspent", last_year)
    if rate and money["budget"]:
        share = money["spent"] / money["budget"] * 100
        shown = f"{round_half_up(share):f}%"
        yield entry(f"“{name}”的执行率", Role.EXECUTION_RATE, share, "%", shown, subject, "rate", last_year)


_COLUMNS = (
    ("initial", "initial_budget", Role.INITIAL_BUDGET),
    ("budget", "annual_budget", Role.ANNUAL_BUDGET),
    ("spent", "expenditure", Role.EXPENDITURE),
)


def _pooled(report: Report, *, last_year: bool) -> Iterator[Entry]:
    """The money of each source and kind of expenditure over all sub-projects, and of the public ones together."""
    for name, subject, rows in pools(report):
        money = {
            attribute: sum((getattr(row, column) or _ZERO for row in rows), _ZERO)
            for attribute, column, _ in _COLUMNS
        }
        for attribute, _, role in _COLUMNS:
            value = money[attribute]
            label = f"“{name}”的{role.value}"
            yield entry(label, role, value, "万元", f"{value:f}万元", subject, attribute, last_year)
        yield from _left(name, money, subject, rate=True, last_year=last_year)


def pools(report: Report) -> list[tuple[str, Subject, list[Funding]]]:
    """Return the rows of money by source, by kind of expenditure, and of all public sub-projects."""
    rows = [row for project in report.projects for row in project.funding]
    sources = list(dict.fromkeys(row.source for row in rows))
    kinds = list(dict.fromkeys(row.expenditure_type for row in rows if row.expenditure_type))
    found: list[tuple[str, Subject, list[Funding]]] = [
        (name, (0, "s", n), [row for row in rows if row.source == name]) for n, name in enumerate(sources, 1)
    ]
    found += [
        (name, (0, "e", n), [row for row in rows if row.expenditure_type == name])
        for n, name in enumerate(kinds, 1)
    ]
    public = [row for project in report.projects if not project.confidential for row in project.funding]
    return [*found, ("公开子项目", PUBLIC, public)]


#: All public sub-projects together.
PUBLIC: Subject = (0, "p", 0)


_STEM = re.compile("(?P<stem>.+?)(?P<role>预算|执行|支出)(?:数|金额|额)?$")


def _bought(report: Report) -> Iterator[Entry]:
    """Rate and remainder of further figures that are a budget and its spending (政府采购预算, 政府采购执行)."""
    found: dict[tuple[str, int | None], dict[str, tuple[int, Decimal]]] = {}
    for number, figure in enumerate(report.other_figures, 1):
        match = _STEM.match(figure.name)
        if match and figure.value is not None and figure.unit == "万元":
            role = "budget" if match["role"] == "预算" else "spent"
            found.setdefault((match["stem"], figure.year), {})[role] = (number, figure.value)
    for (stem, year), pair in found.items():
        if len(pair) == 2 and (year is None or year == report.year):
            money = {role: value for role, (_, value) in pair.items()}
            for number, _ in pair.values():
                yield from _left(stem, money, (0, "o", number), rate=True)
