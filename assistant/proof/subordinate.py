"""Figures of subordinate units (所属单位): their money, the targets and results of their indicators, and their names.

The form holds them beside those of the body itself; no score follows from them. Knows no texts.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from assistant.domain.facts import Role
from assistant.domain.figures import Quantity, percentage, round_half_up
from assistant.domain.report import Project, Unit
from assistant.domain.targets import read_actual, read_target
from assistant.proof.entries import Entry, entry
from assistant.proof.naming import Subject

#: Rows of the unit with number n are those of a sub-project of this number and n.
_BEYOND = 3000
_COLUMNS = (
    ("initial", "initial_budget", Role.INITIAL_BUDGET),
    ("budget", "annual_budget", Role.ANNUAL_BUDGET),
    ("spent", "expenditure", Role.EXPENDITURE),
)


def every_unit(units: Sequence[Unit]) -> Iterator[Unit]:
    """Yield the units and their subordinate units, in the order of the form."""
    for unit in units:
        yield unit
        yield from every_unit(unit.units)


def of_units(units: Sequence[Unit]) -> Iterator[Entry]:
    """Yield the figures of every unit in the order of the form."""
    for number, unit in enumerate(every_unit(units), 1):
        public = [project for project in unit.projects if not project.confidential]
        yield from _money(unit.name, public, (0, "u", number))
        for name, subject in _rows(public, number):
            row = next(one for project in public for one in project.indicators if one.name == name)
            target = read_target(row.annual_target)
            aim = Quantity(value=target.bound, unit=target.unit) if target.bound is not None else None
            yield from _figures(name, aim, read_actual(row.actual), subject)


def names_of_units(units: Sequence[Unit]) -> Iterator[tuple[str, Subject]]:
    """Yield the names of units, of their sub-projects and of their indicators."""
    for number, unit in enumerate(every_unit(units), 1):
        public = [project for project in unit.projects if not project.confidential]
        yield unit.name, (0, "u", number)
        yield from ((project.name, (0, "u", number)) for project in public)
        yield from _rows(public, number)


def _rows(projects: Sequence[Project], number: int) -> Iterator[tuple[str, Subject]]:
    names = dict.fromkeys(row.name for project in projects for row in project.indicators if row.name)
    yield from ((name, (_BEYOND + number, "i", at)) for at, name in enumerate(names, 1))


def _money(name: str, projects: Sequence[Project], subject: Subject) -> Iterator[Entry]:
    if not projects:
        return
    money = {key: sum((p.total(column) for p in projects), Decimal(0)) for key, column, _ in _COLUMNS}
    for key, _, role in _COLUMNS:
        label, shown = f"“{name}”的{role.value}", f"{money[key]:f}万元"
        yield entry(label, role, money[key], "万元", shown, subject, key)
    rate = percentage(money["spent"], money["budget"]) if money["budget"] else None
    if rate is not None:
        shown = f"{round_half_up(rate):f}%"
        yield entry(f"“{name}”的执行率", Role.EXECUTION_RATE, rate, "%", shown, subject, "rate")


def _figures(
    name: str, target: Quantity | None, actual: Quantity | None, subject: Subject
) -> Iterator[Entry]:
    for key, role, one in (("target", Role.TARGET, target), ("actual", Role.ACTUAL, actual)):
        if one is not None:
            yield entry(f"“{name}”的{role.value}", role, one.value, one.unit, one.shown, subject, key)
    if target and actual and target.value:
        rate = actual.value / target.value * 100
        shown = f"{round_half_up(rate):f}%"
        yield entry(f"“{name}”的完成率", Role.COMPLETION_RATE, rate, "%", shown, subject, "completion")
