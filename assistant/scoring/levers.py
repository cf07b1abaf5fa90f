"""What could have been otherwise (杠杆): an execution amount, one indicator's actual value, one 定性 tier.

A lever has positions: 0 is how things are, `size` is the best there is. Knows nothing of totals.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import dataclass
from decimal import Decimal

from assistant.domain.figures import HUNDRED
from assistant.domain.indicator import Tier
from assistant.domain.report import Funding, Project, Report

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


@dataclass(frozen=True)
class WrittenLever(Lever):
    """实际完成值 of a 分段 or 复合 row, as the few ways to write it that earn more; `costs` in percent."""

    values: tuple[str, ...]
    costs: tuple[Decimal, ...]

    def shown(self, position: int) -> str:
        """Return the actual value as the form would show it."""
        return self.values[position]

    def cost(self, position: int) -> Decimal:
        """Return the change in percent of the target."""
        return self.costs[position]

    def applied(self, report: Report, position: int) -> Report:
        """Return the report with another actual value."""
        return _changed(report, self, {"actual": self.values[position], "tier": None, "score": None})


def _changed(report: Report, lever: Lever, fields: dict[str, object]) -> Report:
    """Return the report with fields of the lever's indicator changed."""
    project, place = report.projects[lever.project], lever.row or 0
    rows = list(project.indicators)
    rows[place] = rows[place].model_copy(update=fields)
    projects = list(report.projects)
    projects[lever.project] = project.model_copy(update={"indicators": tuple(rows)})
    return report.model_copy(update={"projects": tuple(projects)})
