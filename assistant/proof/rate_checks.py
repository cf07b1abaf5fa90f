"""Checks of rates against the amounts they belong to: over the year before, and of the whole (A16, A19)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from assistant.domain.figures import percentage, places_of, round_half_up
from assistant.domain.finding import Finding
from assistant.domain.register import finding
from assistant.domain.report import Report, ReportKind, Task
from assistant.domain.scorecard import Scorecard
from assistant.domain.units import half_place
from assistant.proof.form_rows import expenditure_rows, is_plan

_GROWTH = re.compile(
    r"(?:(?:同比|[比较]上年(?:度|同期)?|[比较]去年(?:同期)?)(?:增长|增加|增幅|下降|减少|降幅|变动)?|增长|增幅|变动)(?:率|幅度)?$"
)
_FALL = re.compile("下降|减少|降幅")
_CENT = Decimal("0.01")
_RATE = re.compile(r"(\d+(?:\.\d+)?)\s*[%％]")


def check_growth(report: Report, scorecard: Scorecard) -> Iterator[Finding]:
    """A16: a stated change over the year before follows from the amounts of both years."""
    for figure in report.other_figures:
        match = _GROWTH.search(figure.name)
        if match is None or figure.value is None or figure.unit not in ("%", "％"):
            continue
        name = figure.name[: match.start()].rstrip("的，,")
        now, before = _amount(report, name, report.year), _amount(report, name, (report.year or 0) - 1)
        stated = -figure.value if _FALL.search(match[0]) else figure.value
        if now is None or before is None or before <= 0 or _growth_holds(now, before, stated):
            continue
        rate = round_half_up((now - before) / before * 100)
        yield finding(
            "A16",
            f"“{figure.name}”填为{figure.value:f}%，上年{before:f}、本年{now:f}，应为{rate:f}%",
            remedy="请核对两年的数值和增减幅度",
            observed=f"{figure.value:f}%",
            expected=f"{rate:f}%",
        )


def _amount(report: Report, name: str, year: int | None) -> Decimal | None:
    """Return the figure of that name and year, from this report, its last year's, or their money."""
    source = report if year == report.year else report.last_year
    for holder in (report, *([report.last_year] if report.last_year else [])):
        for figure in holder.other_figures:
            if figure.name == name and (figure.year or holder.year) == year:
                return figure.value
    if source is None or not re.fullmatch("(?:全年)?(?:预算|支出|执行)(?:总额|合计|数|总数)?", name):
        return None
    total = source.total("annual_budget" if "预算" in name else "expenditure")
    return total or None


def _growth_holds(now: Decimal, before: Decimal, stated: Decimal) -> bool:
    """Return whether the printed change can be that of the printed amounts (§5.0)."""
    half_now, half_before = half_place(places_of(now)), half_place(places_of(before))
    low = ((now - half_now) / (before + half_before) - 1) * 100
    high = ((now + half_now) / (before - half_before) - 1) * 100
    slack = half_place(places_of(stated))
    return low - slack <= stated <= high + slack


def check_rates_around_the_whole(report: Report, scorecard: Scorecard) -> Iterator[Finding]:
    """A19: the execution rate of the whole lies between the lowest and the highest of its tasks."""
    tasks = [*report.tasks, *(task for project in report.projects[:1] for task in project.tasks)]
    rates = [rate for task in tasks if (rate := _rate_of(task)) is not None]
    whole, label = _whole_rate(report)
    if is_plan(report) or whole is None or len(rates) < 2 or len(report.projects) > 1:
        return
    lowest, highest = min(rates), max(rates)
    if whole < lowest - _CENT:
        side, other = "高于", "更低"
    elif whole > highest + _CENT and _all_listed(report, tasks):
        side, other = "低于", "更高"
    else:
        return
    yield finding(
        "A19",
        f"所列{len(rates)}项任务的执行率在{lowest:f}%至{highest:f}%之间，都{side}{label}执行率{whole:f}%",
        remedy=f"必有执行率{other}的任务没有列出，请补列并说明结余原因，或核对各项数据",
        observed=f"{whole:f}%",
        expected=f"{lowest:f}%至{highest:f}%",
    )


def _all_listed(report: Report, tasks: Sequence[Task]) -> bool:
    """Return whether the money of the tasks is at least that of the whole."""
    return sum((task.budget or Decimal(0) for task in tasks), Decimal(0)) >= report.total("annual_budget")


def _rate_of(task: Task) -> Decimal | None:
    """Return the execution rate of a task in percent: of its money, else as its completion states it."""
    if task.budget and task.expenditure is not None:
        return round_half_up(task.expenditure / task.budget * 100)
    match = _RATE.fullmatch(task.completion.strip())
    return Decimal(match[1]) if match else None


def _whole_rate(report: Report) -> tuple[Decimal | None, str]:
    """Return the execution rate of 项目支出 where the funds are by type, else of the whole, with its name.

    The whole of a department holds its 基本支出 as well, which is no task: nothing is returned for it.
    """
    typed = expenditure_rows(report)
    rows = typed or [row for project in report.projects for row in project.funding]
    budget = sum((row.annual_budget or Decimal(0) for row in rows), Decimal(0))
    spent = sum((row.expenditure or Decimal(0) for row in rows), Decimal(0))
    rate = percentage(spent, budget)
    if rate is None or (report.kind is ReportKind.DEPARTMENT and not typed):
        return None, ""
    return round_half_up(rate), "项目支出的" if typed else "总体"
