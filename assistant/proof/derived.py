"""Figures that follow from the report and its scores beyond the ledger: sums, counts, tasks, single adjustments.

Knows no texts.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal

from assistant.domain.facts import Role
from assistant.domain.figures import percentage, round_half_up
from assistant.domain.report import Report, Task, Unit
from assistant.domain.scorecard import Row, Scorecard
from assistant.proof.entries import Entry, entry
from assistant.proof.naming import Subject
from assistant.proof.pools import PUBLIC, pooled_money
from assistant.proof.subordinate import every_unit, of_units

_ZERO = Decimal(0)


def derived(report: Report, scorecard: Scorecard) -> Iterator[Entry]:
    """Yield everything that follows."""
    yield from _full_execution(report)
    yield from _indicator_sums(scorecard)
    yield from _counts(scorecard)
    yield from _groups_of_rows(scorecard)
    yield from _tasks(report)
    yield from _adjustments(report)
    yield from _posts(report.units)
    yield from of_units(report.units)
    yield from pooled_money(report)


def _full_execution(report: Report) -> Iterator[Entry]:
    """The target of 预算执行 as a row of the form: 100 %."""
    for project in range(len(report.projects) + 1):
        yield entry("预算执行率的目标", Role.TARGET, Decimal(100), "%", "100%", (project, "x", 0), "goal")


def _groups(scorecard: Scorecard) -> list[tuple[int, tuple[Row, ...]]]:
    """The rows of the whole report (0) and of each sub-project.

    A file for the public is silent on the rows of 保密 sub-projects: nothing follows from its rows for the whole.
    """
    silent = any(card.confidential and not card.rows for card in scorecard.projects)
    whole = [] if silent else [(0, scorecard.rows)]
    return [*whole, *((index, card.rows) for index, card in enumerate(scorecard.projects, 1) if card.rows)]


def _judged(scorecard: Scorecard) -> list[tuple[Subject, tuple[Row, ...]]]:
    """The rows of the whole, of all public sub-projects together and of each sub-project."""
    public = tuple(row for card in scorecard.projects if not card.confidential for row in card.rows)
    own: list[tuple[Subject, tuple[Row, ...]]] = [((n, "", 0), rows) for n, rows in _groups(scorecard)]
    return [*own, (PUBLIC, public)]


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
    for subject, rows in _judged(scorecard):
        if not rows:
            continue
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
            if judged:
                rate = Decimal(numbers["met"] * 100) / len(judged)
                shown = f"{round_half_up(rate):f}%"
                yield entry(
                    f"{word}指标达标率",
                    Role.OTHER,
                    rate,
                    "%",
                    shown,
                    subject,
                    "reached" if not word else f"reached.{word}",
                )
            for state, number in numbers.items():
                label = f"{word}{_STATES[state]}数"
                yield _count(label, number, subject, f"count.{word}.{state}")
        yield _count("二级指标数", len({row.dimension for row in rows}), subject, "count.dims")
        yield _count("一级指标数", len({row.category for row in rows}), subject, "count.cats")


_STATES = {"all": "指标", "met": "达标指标", "unmet": "未达标指标", "lost": "失分指标", "full": "满分指标"}


def _count(label: str, number: int, subject: Subject, attribute: str) -> Entry:
    return entry(label, Role.COUNT, Decimal(number), "项", f"{number}项", subject, attribute)


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
            left = task.budget - task.expenditure
            yield entry(
                f"“{task.name}”的未执行金额", Role.UNSPENT, left, "万元", f"{left:f}万元", subject, "unspent"
            )


def _adjustments(report: Report) -> Iterator[Entry]:
    """Each 年中预算调整 by itself, of its sub-project and of the whole."""
    for index, project in enumerate(report.projects, 1):
        for adjustment in () if project.confidential else project.adjustments:
            if adjustment.amount is not None:
                value, label = abs(adjustment.amount), "预算调增额" if adjustment.amount > 0 else "预算调减额"
                shown = f"{value:f}万元"
                for subject in ((index, "", 0), (0, "", 0)):
                    yield entry(label, Role.ADJUSTMENT, value, "万元", shown, subject, "adjusted")


def _posts(units: Sequence[Unit]) -> Iterator[Entry]:
    """Posts and staff of every unit, and how many units there are under each."""
    for unit in units:
        if unit.units:
            count = len(unit.units)
            yield entry("下属单位数", Role.COUNT, Decimal(count), "个", f"{count}个", (0, "", 0), "units")
    for number, unit in enumerate(every_unit(units), 1):
        for attribute, value in (("value", unit.authorised_posts), ("actual", unit.staff)):
            if value is not None:
                label = f"“{unit.name}”的{'编制数' if attribute == 'value' else '在职人数'}"
                yield entry(label, Role.OTHER, value, "名", f"{value:f}名", (0, "u", number), attribute)


def _groups_of_rows(scorecard: Scorecard) -> Iterator[Entry]:
    """Weight, score and lost points of every category and dimension, for the whole and each sub-project."""
    for project, rows in _groups(scorecard):
        for word, number in group_words(scorecard).items():
            own = [row for row in rows if word in (row.category, row.dimension)]
            if not own:
                continue
            weight, score = sum((r.weight for r in own), _ZERO), sum((r.score for r in own), _ZERO)
            subject = (project, "c", number)
            yield entry(f"{word}分值", Role.WEIGHT, weight, "分", f"{weight:f}分", subject, "weight")
            yield entry(
                f"{word}得分", Role.SCORE, score, "分", f"{round_half_up(score):f}分", subject, "score"
            )
            lost = weight - score
            yield entry(f"{word}失分", Role.LOST, lost, "分", f"{round_half_up(lost):f}分", subject, "lost")
            if weight:
                rate = score / weight * 100
                shown = f"{round_half_up(rate):f}%"
                yield entry(f"{word}得分率", Role.OTHER, rate, "%", shown, subject, "scored")


_CATEGORIES, _DIMENSIONS = 500, 700


def group_words(scorecard: Scorecard) -> dict[str, int]:
    """Return the categories and dimensions of a scorecard with the numbers of their subjects."""
    categories = dict.fromkeys(row.category for row in scorecard.rows if row.category)
    dimensions = dict.fromkeys(
        row.dimension for row in scorecard.rows if row.dimension not in ("", *categories)
    )
    return {
        **{word: _CATEGORIES + n for n, word in enumerate(categories)},
        **{word: _DIMENSIONS + n for n, word in enumerate(dimensions)},
    }
