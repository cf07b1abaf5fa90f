"""Year on year (比上年增减): how budget, spending, rate and score changed, for the whole and by sub-project."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from assistant.domain.facts import Fact, Origin, Role
from assistant.domain.figures import percentage
from assistant.domain.report import Report, project_path
from assistant.scoring.ledger_figures import Scope

_COMPARED = (
    ("budget", Role.ANNUAL_BUDGET, "万元"),
    ("spent", Role.EXPENDITURE, "万元"),
    ("rate", Role.EXECUTION_RATE, "百分点"),
    ("total", Role.TOTAL_SCORE, "分"),
)


def change_facts(
    report: Report, last_year: Report, now: Iterable[Fact], before: Iterable[Fact]
) -> list[Fact]:
    """Return the changes of the whole report, and of sub-projects that had the same name last year.

    Amounts are without sign, as text writes them; the label says 增加 or 减少.
    """
    known = {fact.id: fact for fact in (*now, *before)}
    facts = _changes(Scope(prefix="all.change", year=report.year), "all", "ly.all", known)
    earlier = {project.name: f"ly.p{n}" for n, project in enumerate(last_year.projects, start=1)}
    for position, project in enumerate(report.projects):
        if project.name in earlier:
            scope = Scope(
                prefix=f"p{position + 1}.change",
                subject=project.name,
                scope=project.name,
                path=project_path(position),
                year=report.year,
                confidential=project.confidential,
            )
            facts += _changes(scope, f"p{position + 1}", earlier[project.name], known)
    return facts


def _changes(scope: Scope, now: str, before: str, known: dict[str, Fact]) -> list[Fact]:
    """Return the changes of one scope, of the figures that both years have."""
    facts: list[Fact] = []
    for name, role, unit in _COMPARED:
        current, earlier = known.get(f"{now}.{name}"), known.get(f"{before}.{name}")
        if current is None or earlier is None:
            continue
        change = current.value - earlier.value
        facts.append(_change(scope, name, role, unit, change, (current.id, earlier.id)))
        relative = percentage(abs(change), earlier.value)
        if unit == "万元" and relative is not None:
            facts.append(_relative(scope, name, role, relative, change, (current.id, earlier.id)))
    return facts


def _direction(change: Decimal) -> str:
    """Return the word of the direction."""
    return "增加" if change > 0 else "减少" if change < 0 else "增减"


def _change(
    scope: Scope, name: str, role: Role, unit: str, change: Decimal, sources: tuple[str, str]
) -> Fact:
    """Return one difference to last year."""
    words = f"{role.value}比上年{_direction(change)}"
    shown = f"{abs(change):f}{'个' if unit == '百分点' else ''}{unit}"
    fact = scope.fact(name, Role.CHANGE, abs(change), unit, shown, words=words, formula="本年数−上年数")
    return fact.model_copy(update={"sources": sources, "origin": Origin.COMPUTED})


def _relative(
    scope: Scope, name: str, role: Role, relative: Decimal, change: Decimal, sources: tuple[str, str]
) -> Fact:
    """Return one difference as a share of last year's amount."""
    words = f"{role.value}比上年{_direction(change)}幅度"
    fact = scope.rate(f"{name}_rate", Role.CHANGE_RATE, relative, words=words, formula="增减额÷上年数")
    return fact.model_copy(update={"sources": sources})
