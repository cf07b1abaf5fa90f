"""What could have been otherwise (杠杆): an execution amount, one indicator's actual value, one 定性 tier.

A lever has positions: 0 is how things are, `size` is the best there is. Knows nothing of totals.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import dataclass
from decimal import Decimal

from assistant.domain.figures import HUNDRED, places_of, trimmed
from assistant.domain.indicator import Indicator, TargetKind, Tier
from assistant.domain.report import Funding, Project, Report
from assistant.domain.scorecard import Row
from assistant.domain.targets import read_actual
from assistant.scoring.pack import Penalty, Rules
from assistant.scoring.quantitative import banded_satisfaction, comparable

ZERO = Decimal(0)
_ORDER = (Tier.C, Tier.B, Tier.A)


@dataclass(frozen=True)
class Lever(ABC):
    """One thing that can be changed; `path` is its place, `what` the column of the form."""

    path: str
    name: str
    what: str
    project: int
    row: int | None
    size: int

    @abstractmethod
    def shown(self, position: int) -> str:
        """Return the value at a position as a form shows it."""

    @abstractmethod
    def cost(self, position: int) -> Decimal:
        """Return how far a position is from how things are, in percent of the target or the budget."""

    @abstractmethod
    def applied(self, report: Report, position: int) -> Report:
        """Return the report with this one thing changed."""


@dataclass(frozen=True)
class AmountLever(Lever):
    """全年执行数 of a sub-project, or of all that share a card (`project` −1), up to 全年预算数."""

    budget: Decimal
    spent: Decimal
    step: Decimal

    def value(self, position: int) -> Decimal:
        """Return the amount in 万元."""
        return self.budget if position == self.size else self.spent + self.step * position

    def shown(self, position: int) -> str:
        """Return the amount with its unit."""
        return f"{self.value(position):f}万元"

    def cost(self, position: int) -> Decimal:
        """Return the change in percent of the budget."""
        return (self.value(position) - self.spent) * HUNDRED / self.budget

    def applied(self, report: Report, position: int) -> Report:
        """Return the report with more spent, source by source up to its budget."""
        rest = self.value(position) - self.spent
        projects = list(report.projects)
        for index in range(len(projects)) if self.project < 0 else [self.project]:
            projects[index], rest = _spend(projects[index], rest)
        return report.model_copy(update={"projects": tuple(projects)})


def _spend(project: Project, extra: Decimal) -> tuple[Project, Decimal]:
    """Return the sub-project with as much of `extra` spent as its sources have room for, and the rest."""
    rows: list[Funding] = []
    for row in project.funding:
        spent = row.expenditure or ZERO
        more = min(max((row.annual_budget or ZERO) - spent, ZERO), extra)
        extra -= more
        rows.append(row.model_copy(update={"expenditure": spent + more}) if more else row)
    return project.model_copy(update={"funding": tuple(rows)}), extra


@dataclass(frozen=True)
class ActualLever(Lever):
    """实际完成值 of a 定量 row, from what it is to what earns full marks; a filled-in score gives way to the formula."""

    start: Decimal
    end: Decimal
    step: Decimal
    unit: str
    written: str

    def value(self, position: int) -> Decimal:
        """Return the actual value."""
        if position == self.size:
            return self.end
        return self.start + (self.step if self.end > self.start else -self.step) * position

    def shown(self, position: int) -> str:
        """Return the actual value as the form would show it."""
        return self.written if position == 0 else f"{self.value(position):f}{self.unit}"

    def cost(self, position: int) -> Decimal:
        """Return the change in percent of the target (of a target of zero: of the way)."""
        whole = self.end if self.end > 0 else abs(self.start - self.end)
        return abs(self.value(position) - self.start) * HUNDRED / whole

    def applied(self, report: Report, position: int) -> Report:
        """Return the report with another actual value."""
        return _changed(report, self, {"actual": self.shown(position), "tier": None, "score": None})


@dataclass(frozen=True)
class TierLever(Lever):
    """The 定性 tier of a row, up to A; `shares` are the default scores of the positions as shares of the weight."""

    tiers: tuple[Tier | None, ...]
    shares: tuple[Decimal, ...]

    def shown(self, position: int) -> str:
        """Return the tier with its label."""
        tier = self.tiers[position]
        return f"{tier.value}档（{tier.label}）" if tier else "未评档"

    def cost(self, position: int) -> Decimal:
        """Return the change in percent of the weight."""
        return (self.shares[position] - self.shares[0]) * HUNDRED

    def applied(self, report: Report, position: int) -> Report:
        """Return the report with another tier."""
        return _changed(report, self, {"tier": self.tiers[position], "score": None})


def _changed(report: Report, lever: Lever, fields: dict[str, object]) -> Report:
    """Return the report with fields of the lever's indicator changed."""
    project, place = report.projects[lever.project], lever.row or 0
    rows = list(project.indicators)
    rows[place] = rows[place].model_copy(update=fields)
    projects = list(report.projects)
    projects[lever.project] = project.model_copy(update={"indicators": tuple(rows)})
    return report.model_copy(update={"projects": tuple(projects)})


def amount_lever(path: str, name: str, project: int, money: list[Funding]) -> AmountLever | None:
    """Return the lever of an execution, None where nothing is left to spend."""
    budget = sum((row.annual_budget or ZERO for row in money), ZERO)
    spent = sum((row.expenditure or ZERO for row in money), ZERO)
    room = sum((max((row.annual_budget or ZERO) - (row.expenditure or ZERO), ZERO) for row in money), ZERO)
    if budget <= 0 or not 0 < budget - spent <= room:
        return None
    step = Decimal(1).scaleb(-max(2, places_of(budget), places_of(spent)))
    return AmountLever(
        path=path,
        name=name,
        what="全年执行数",
        project=project,
        row=None,
        size=int((budget - spent) / step),
        budget=budget,
        spent=spent,
        step=step,
    )


def row_lever(indicator: Indicator, row: Row, project: int, place: int, rules: Rules) -> Lever | None:
    """Return the lever of an indicator, None where it has all its points or no formula to follow."""
    if row.not_applicable or row.lost <= 0 or row.weight <= 0:
        return None
    if row.target.kind in (TargetKind.NUMBER, TargetKind.RANGE):
        return _actual_lever(indicator, row, project, place, rules)
    if row.target.kind in (TargetKind.QUALITATIVE, TargetKind.DATE) and indicator.tier is not Tier.A:
        return _tier_lever(indicator, row, project, place, rules)
    return None


def _actual_lever(
    indicator: Indicator, row: Row, project: int, place: int, rules: Rules
) -> ActualLever | None:
    """Return the lever of a 定量 row."""
    actual = read_actual(indicator.actual)
    start = comparable(actual, row.target)[0] if actual is not None else ZERO
    penalty = rules.penalty_of(indicator.name)
    end = _full_marks_at(indicator, row, penalty, rules)
    less = row.target.reverse or penalty is not None
    if end is None or end < 0 or (actual is None and less) or start == end:
        return None
    if not less and start > end:
        return None
    step = Decimal(1).scaleb(-max(places_of(trimmed(start)), places_of(trimmed(end))))
    return ActualLever(
        path=row.path,
        name=row.name,
        what="实际完成值",
        project=project,
        row=place,
        size=int(abs(end - start) / step),
        start=start,
        end=end,
        step=step,
        unit=row.target.unit,
        written=indicator.actual.strip() or "未填",
    )


def _full_marks_at(indicator: Indicator, row: Row, penalty: Penalty | None, rules: Rules) -> Decimal | None:
    """Return the actual value at which a row has full marks."""
    target = row.target
    if penalty is not None:
        return target.bound if target.reverse and target.unit == "%" else penalty.limit
    bound = target.low if target.kind is TargetKind.RANGE else target.bound
    if bound is None or not banded_satisfaction(indicator, target, rules):
        return bound
    return max(band.at_least for band in rules.satisfaction.bands if band.share == 1)


def _tier_lever(indicator: Indicator, row: Row, project: int, place: int, rules: Rules) -> TierLever | None:
    """Return the lever of a 定性 row: the tiers above the one it has."""
    now = indicator.tier or next(
        (tier for tier in _ORDER if row.basis.startswith(f"定性指标{tier.value}档")), None
    )
    better = _ORDER[_ORDER.index(now) + 1 :] if now else _ORDER
    if not better:
        return None
    tiers = rules.qualitative.tiers
    first = tiers[now].default if now else ZERO
    return TierLever(
        path=row.path,
        name=row.name,
        what="定性档次",
        project=project,
        row=place,
        size=len(better),
        tiers=(now, *better),
        shares=(first, *(tiers[tier].default for tier in better)),
    )
