"""Figures that follow from the report and its scores beyond the ledger: sums, counts, tasks, single adjustments.

Knows no texts.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import Decimal

from assistant.domain.facts import Fact, Origin, Role
from assistant.domain.figures import percentage, round_half_up
from assistant.domain.report import Report, Task
from assistant.domain.scorecard import Row, Scorecard
from assistant.proof.entries import Entry
from assistant.proof.naming import Subject

_ZERO = Decimal(0)


def derived(report: Report, scorecard: Scorecard) -> Iterator[Entry]:
    """Yield everything that follows."""
    yield from _full_execution(report)
    yield from _indicator_sums(scorecard)
    yield from _counts(scorecard)
    yield from _tasks(report)
    yield from _adjustments(report)


def entry(
    label: str, role: Role, value: Decimal, unit: str, shown: str, subject: Subject, attribute: str
) -> Entry:
    """Return a computed figure as an entry of the ledger."""
    name = f"computed.{subject[0]}{subject[1]}{subject[2]}.{attribute}"
    fact = Fact.model_construct(
        id=name, role=role, label=label, value=value, unit=unit, shown=shown, subject="", scope="", path="",
        origin=Origin.COMPUTED, formula="", sources=(), year=None, confidential=False,
    )  # fmt: skip
    return Entry(fact, subject, attribute)


def _full_execution(report: Report) -> Iterator[Entry]:
    """The target of 预算执行 as a row of the form: 100 %."""
    for project in range(len(report.projects) + 1):
        yield entry("预算执行率的目标", Role.TARGET, Decimal(100), "%", "100%", (project, "x", 0), "goal")


def _groups(scorecard: Scorecard) -> list[tuple[int, tuple[Row, ...]]]:
    """The rows of the whole report (0) and of each sub-project."""
    return [(0, scorecard.rows), *((index, card.rows) for index, card in enumerate(scorecard.projects, 1))]


def _indicator_sums(scorecard: Scorecard) -> Iterator[Entry]:
    """Σ weight, score and lost points over the indicators, for the whole and each sub-project."""
    for project, rows in _groups(scorecard):
        weight = sum((row.weight for row in rows), _ZERO)
        score = sum((row.score for row in rows), _ZERO)
        subject = (project, "g", 0)
        yield entry("指标分值合计", Role.WEIGHT, weight, "分", f"{weight:f}分", subject, "weight")
        for name, role, value in (("score", Role.SCORE, score), ("lost", Role.LOST, weight - score)):
            shown = f"{round_half_up(value):f}分"
            yield entry(f"指标{role.value}合计", role, value, "分", shown, subject, name)


def _counts(scorecard: Scorecard) -> Iterator[Entry]:
    """How many rows of each category and dimension there are, met, unmet, with and without lost points."""
    for project, rows in _groups(scorecard):
        words = dict.fromkeys(word for row in rows for word in (row.category, row.dimension) if word)
        for word in ("", *words):
            own = [row for row in rows if word in ("", row.category, row.dimension)]
            judged = [row for row in own if not row.not_applicable]
            numbers = {
                "all": len(own),
                "met": sum(row.met for row in judged),
                "unmet": sum(not row.met for row in judged),
                "lost": sum(row.lost > 0 for row in own),
                "full": sum(row.lost <= 0 for row in own),
            }
            for state, number in numbers.items():
                label = f"{word}{_STATES[state]}数"
                yield _count(label, number, project, f"count.{word}.{state}")
        yield _count("二级指标数", len({row.dimension for row in rows}), project, "count.dims")
        yield _count("一级指标数", len({row.category for row in rows}), project, "count.cats")


_STATES = {"all": "指标", "met": "达标指标", "unmet": "未达标指标", "lost": "失分指标", "full": "满分指标"}


def _count(label: str, number: int, project: int, attribute: str) -> Entry:
    return entry(label, Role.COUNT, Decimal(number), "项", f"{number}项", (project, "", 0), attribute)


def _tasks(report: Report) -> Iterator[Entry]:
    """年度重点工作任务 with its money."""
    yield from _of_tasks(report.tasks, 0)
    for index, project in enumerate(report.projects, 1):
        if not project.confidential:
            yield from _of_tasks(project.tasks, index)


def _of_tasks(tasks: Iterable[Task], project: int) -> Iterator[Entry]:
    for number, task in enumerate(tasks, 1):
        subject = (project, "t", number)
        for attribute, role, value in (
            ("budget", Role.ANNUAL_BUDGET, task.budget),
            ("spent", Role.EXPENDITURE, task.expenditure),
        ):
            if value is not None:
                label = f"“{task.name}”的{role.value}"
                yield entry(label, role, value, "万元", f"{value:f}万元", subject, attribute)
        if task.budget and task.expenditure is not None:
            rate = percentage(task.expenditure, task.budget) or _ZERO
            shown = f"{round_half_up(rate):f}%"
            yield entry(f"“{task.name}”的执行率", Role.EXECUTION_RATE, rate, "%", shown, subject, "rate")


def _adjustments(report: Report) -> Iterator[Entry]:
    """Each 年中预算调整 by itself."""
    for index, project in enumerate(report.projects, 1):
        for adjustment in () if project.confidential else project.adjustments:
            if adjustment.amount is not None:
                value = abs(adjustment.amount)
                word = "调增" if adjustment.amount > 0 else "调减"
                yield entry(
                    f"预算{word}额",
                    Role.ADJUSTMENT,
                    value,
                    "万元",
                    f"{value:f}万元",
                    (index, "", 0),
                    "adjusted",
                )
