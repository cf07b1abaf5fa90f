"""What would it take (反事实)? The cheapest single and pairwise changes that reach a grade or a score.

Each row is scored by the real engine at every position that is tried, and each option is scored once more
as a whole report before it is offered. Cost is how far things move, in percent of their own target.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from decimal import Decimal, InvalidOperation
from functools import cached_property
from itertools import combinations

from assistant.domain.base import Frozen, Number
from assistant.domain.report import Report
from assistant.domain.scorecard import Grade, Scorecard
from assistant.errors import InputError
from assistant.scoring.cards import score_report
from assistant.scoring.levers import Lever
from assistant.scoring.pack import Rules
from assistant.scoring.what_if import WhatIf

MOST_OPTIONS = 5
#: Pairs are sought among this many levers, those that move the total most.
MOST_LEVERS = 24
#: A lever with so few positions is tried at every one of them.
SMALL = 48


class Change(Frozen):
    """One thing to change: its place, the column, from what to what, and how far in percent."""

    path: str
    name: str
    what: str
    before: str
    after: str
    cost: Number


class Option(Frozen):
    """One or two changes, and what the whole report then gets."""

    changes: tuple[Change, ...]
    cost: Number
    total_score: Number
    grade: Grade


class Counterfactual(Frozen):
    """The answer. `best_score` is what everything at its best would give; `levers` how many things could move."""

    target: str
    target_score: Number
    total_score: Number
    grade: Grade
    reached: bool
    best_score: Number
    levers: int
    singles: tuple[Option, ...] = ()
    pairs: tuple[Option, ...] = ()


Move = tuple[Lever, int]


def read_goal(words: str, rules: Rules) -> Decimal:
    """Return the total that a goal asks for: a grade (优) or points (95); InputError for anything else."""
    if words in {grade.value for grade in Grade}:
        return rules.grades[Grade(words)]
    try:
        goal = Decimal(words)
    except InvalidOperation:
        goal = Decimal(-1)
    if not (goal.is_finite() and 0 <= goal <= 100):
        raise InputError(f"目标应为优、良、中、差之一或0至100的分数，现为“{words}”", "例如 --target 优")
    return goal


def counterfactual(report: Report, rules: Rules, goal: str) -> Counterfactual:
    """Return the cheapest changes by which a report would reach a goal, a grade or points (反事实)."""
    wanted = read_goal(goal, rules)
    return _Search(report, rules, score_report(report, rules), wanted).answer(goal)


class _Search:
    """One search: the report, its card, and what is wanted."""

    def __init__(self, report: Report, rules: Rules, card: Scorecard, wanted: Decimal) -> None:
        self.report, self.rules, self.card, self.wanted = report, rules, card, wanted
        self.what_if = WhatIf(report, rules, card)

    def answer(self, goal: str) -> Counterfactual:
        """Return the whole answer."""
        reached = self.card.total_score >= self.wanted
        best = self.what_if.total([(lever, lever.size) for lever in self.what_if.levers])
        singles = [] if reached else sorted(self._singles(), key=_cost)
        pairs = [] if reached or best < self.wanted else sorted(self._pairs(singles), key=_cost)
        return Counterfactual(
            target=goal,
            target_score=self.wanted,
            total_score=self.card.total_score,
            grade=self.card.grade,
            reached=reached,
            best_score=max(best, self.card.total_score),
            levers=len(self.what_if.levers),
            singles=self._options(singles),
            pairs=self._options(pairs),
        )

    def _singles(self) -> Iterator[list[Move]]:
        """Yield for every lever its nearest position that reaches the goal alone."""
        for lever in self.what_if.levers:
            if (position := self._nearest(lever, [])) is not None:
                yield [(lever, position)]

    def _pairs(self, singles: Sequence[list[Move]]) -> Iterator[list[Move]]:
        """Yield for every two levers their cheapest positions, where no lever of the two is cheaper alone."""
        alone = {moves[0][0].path: _cost(moves) for moves in singles}
        for first, second in combinations(self._strongest, 2):
            found = [*self._joined(first, second), *self._joined(second, first)]
            if not found:
                continue
            cheapest = min(found, key=_cost)
            bounds = [alone[lever.path] for lever in (first, second) if lever.path in alone]
            if all(_cost(cheapest) < bound for bound in bounds):
                yield cheapest

    @cached_property
    def _strongest(self) -> list[Lever]:
        """The levers that move the total most."""
        ranked = sorted(self.what_if.levers, key=lambda lever: -self.what_if.total([(lever, lever.size)]))
        return ranked[:MOST_LEVERS]

    def _joined(self, first: Lever, second: Lever) -> Iterator[list[Move]]:
        """Yield both levers with the first at each position worth trying and the second as near as can be."""
        for position in self._worth_trying(first):
            if self.what_if.total([(first, position)]) >= self.wanted:
                continue
            if (other := self._nearest(second, [(first, position)])) is not None:
                yield sorted([(first, position), (second, other)], key=lambda move: move[0].path)

    def _worth_trying(self, lever: Lever) -> list[int]:
        """Return every position of a small lever; of a large one its end and where its score jumps."""
        if lever.size <= SMALL:
            return list(range(1, lever.size + 1))
        spread = [lever.size * n // SMALL for n in range(1, SMALL + 1)]
        points = [self.what_if.points(lever, position) for position in spread]
        if len(set(points)) > SMALL // 4:
            return [lever.size]
        return sorted({self._jump(lever, value) for value in points} | {lever.size})

    def _jump(self, lever: Lever, points: Decimal) -> int:
        """Return the first position at which a lever has that many points."""
        positions = range(1, lever.size + 1)
        return 1 + bisect_left(positions, points, key=lambda at: self.what_if.points(lever, at))

    def _nearest(self, lever: Lever, moves: list[Move]) -> int | None:
        """Return the nearest position of a lever that reaches the goal beside other moves, None for none."""
        if self.what_if.total([*moves, (lever, lever.size)]) < self.wanted:
            return None
        positions = range(1, lever.size + 1)
        return 1 + bisect_left(
            positions, self.wanted, key=lambda position: self.what_if.total([*moves, (lever, position)])
        )

    def _options(self, found: Sequence[list[Move]]) -> tuple[Option, ...]:
        """Return the cheapest moves as options, each scored anew as a whole report."""
        options = (self._option(moves) for moves in found[:MOST_OPTIONS])
        return tuple(option for option in options if option.total_score >= self.wanted)

    def _option(self, moves: list[Move]) -> Option:
        """Return the option of some moves with what the real engine gives for the changed report."""
        changed = self.report
        for lever, position in moves:
            changed = lever.applied(changed, position)
        card = score_report(changed, self.rules)
        return Option(
            changes=tuple(_change(lever, position) for lever, position in moves),
            cost=_cost(moves),
            total_score=card.total_score,
            grade=card.grade,
        )


def _cost(moves: Sequence[Move]) -> Decimal:
    """Return how far some moves go together."""
    return sum((lever.cost(position) for lever, position in moves), Decimal(0))


def _change(lever: Lever, position: int) -> Change:
    """Return one move in words."""
    return Change(
        path=lever.path,
        name=lever.name,
        what=lever.what,
        before=lever.shown(0),
        after=lever.shown(position),
        cost=lever.cost(position),
    )
