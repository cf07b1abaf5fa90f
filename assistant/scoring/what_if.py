"""The total of a report with some things changed, without scoring the rest again (假设分析).

A changed row or amount is scored by the real engine, once for each position; the total follows from the
points of the cards as the roll-up says.
"""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from assistant.domain.figures import round_half_up
from assistant.domain.report import Report, project_path
from assistant.domain.scorecard import ExecutionScore, ProjectScore, Row, Scorecard
from assistant.scoring import formulas
from assistant.scoring.cards import has_card
from assistant.scoring.execution import Amounts, score_execution
from assistant.scoring.lever_search import amount_lever, row_lever
from assistant.scoring.levers import AmountLever, Lever
from assistant.scoring.pack import Rules
from assistant.scoring.rows import score_rows

ZERO = Decimal(0)


class Card:
    """The points of one card as far as totals need them."""

    def __init__(self, rows: Iterable[Row], execution: ExecutionScore, full: Decimal) -> None:
        rows = list(rows)
        self.full = full
        self.points = sum((row.score for row in rows), execution.score)
        self.applicable = sum((row.weight for row in rows if not row.not_applicable), execution.weight)

    def total(self, more: Decimal) -> Decimal:
        """Return the total with `more` points, rescaled as the card is (§2.8)."""
        if self.applicable in (ZERO, self.full):
            return self.points + more
        return round_half_up(formulas.rescaled(self.points + more, self.applicable, self.full))


class WhatIf:
    """A report with its card, the levers it has, and the totals they would give."""

    def __init__(self, report: Report, rules: Rules, card: Scorecard) -> None:
        self.report, self.rules, self.card = report, rules, card
        self._known: dict[tuple[str, int], Decimal] = {}
        self._apart = card.rollup == "budget_weighted"
        self._cards = self._made_cards()
        self._budgets = [card.projects[index].execution.annual_budget for index in self._cards if index >= 0]
        self.levers = [lever for lever in self._found() if self.points(lever, lever.size) > ZERO]

    def _made_cards(self) -> dict[int, Card]:
        """Return the cards by sub-project, −1 for the one that all share."""
        if not self._apart:
            return {-1: Card(self.card.rows, self.card.execution, self.card.full_score)}
        return {
            index: Card(project.rows, project.execution, project.full_score)
            for index, project in enumerate(self.card.projects)
            if has_card(project)
        }

    def _found(self) -> Iterable[Lever]:
        """Yield every lever of the report."""
        if not self._apart:
            money = [row for project in self.report.projects for row in project.funding]
            yield from _there(amount_lever("execution", "预算执行", -1, money))
        for index, project in enumerate(self.report.projects):
            if self._apart and index not in self._cards:
                continue
            scored = self.card.projects[index]
            if self._apart:
                path, name = f"{project_path(index)}.execution", f"{project.name}·预算执行"
                yield from _there(amount_lever(path, name, index, list(project.funding)))
            yield from self._rows_of(index, scored)

    def _rows_of(self, index: int, scored: ProjectScore) -> Iterable[Lever]:
        """Yield the levers of the rows of a sub-project."""
        indicators = self.report.projects[index].indicators
        for place, (indicator, row) in enumerate(zip(indicators, scored.rows, strict=True)):
            yield from _there(row_lever(indicator, row, index, place, self.rules))

    def points(self, lever: Lever, position: int) -> Decimal:
        """Return how many points of its card a lever moves at a position."""
        key = (lever.path, position)
        if key not in self._known:
            self._known[key] = self._scored(lever, position)
        return self._known[key]

    def _scored(self, lever: Lever, position: int) -> Decimal:
        """Return the same, by the real engine."""
        if isinstance(lever, AmountLever):
            return self._scored_amount(lever, position)
        changed = lever.applied(self.report, position).projects[lever.project]
        place = lever.row or 0
        one = changed.model_copy(update={"indicators": (changed.indicators[place],)})
        rows, _ = score_rows(0, one, self.report.year, self.rules)
        return rows[0].score - self.card.projects[lever.project].rows[place].score

    def _scored_amount(self, lever: AmountLever, position: int) -> Decimal:
        """Return the points that another 全年执行数 moves."""
        before = self.card.execution if lever.project < 0 else self.card.projects[lever.project].execution
        amounts = Amounts(
            initial_budget=before.initial_budget,
            annual_budget=before.annual_budget,
            expenditure=lever.value(position),
        )
        return score_execution(amounts, self.rules).score - before.score

    def total(self, moves: Iterable[tuple[Lever, int]]) -> Decimal:
        """Return the total of the report with some levers moved."""
        more: dict[int, Decimal] = {}
        for lever, position in moves:
            card = lever.project if self._apart else -1
            more[card] = more.get(card, ZERO) + self.points(lever, position)
        totals = [card.total(more.get(index, ZERO)) for index, card in self._cards.items()]
        if not self._apart:
            return totals[0]
        if not totals:
            return self.card.total_score
        return round_half_up(formulas.budget_weighted(totals, self._budgets))


def _there(lever: Lever | None) -> Iterable[Lever]:
    """Yield the lever if there is one."""
    if lever is not None:
        yield lever
