"""Sums that a form prints among its indicators: 分值 behind a category, rows of 小计; held against the rows (A05, A07).

Knows rows and printed numbers, nothing of cells.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from assistant.domain.base import Frozen, Number
from assistant.domain.figures import round_half_up
from assistant.domain.finding import Finding
from assistant.domain.indicator import Indicator, weighed
from assistant.domain.units import sum_slack
from assistant.intake.disagreement import disagreement


class Printed(Frozen):
    """A printed sum: what it is called, its place, its 分值 and 得分, and the rows it may be the sum of.

    A row of 小计 does not say how far back it reaches; `choices` are the possible groups.
    """

    label: str
    place: str
    weight: Number | None = None
    score: Number | None = None
    choices: tuple[tuple[Indicator, ...], ...]


class Headings:
    """Gathers the rows below categories and dimensions that have their 分值 printed behind them."""

    def __init__(self) -> None:
        self._found: dict[tuple[str, ...], tuple[str, list[int]]] = {}

    def add(self, path: tuple[str, ...], place: str, position: int) -> None:
        """Count the row at a position below a heading (its words, after those above it), if it has a 分值."""
        if weighed(path[-1])[1] is not None:
            self._found.setdefault(path, (place, []))[1].append(position)

    def printed(self, rows: Sequence[Indicator]) -> tuple[Printed, ...]:
        """Return the headings with their rows."""
        named = ((*weighed(path[-1]), place, found) for path, (place, found) in self._found.items())
        return tuple(
            Printed(label=name, place=place, weight=weight, choices=(tuple(rows[at] for at in found),))
            for name, weight, place, found in named
        )

    def shared_out(self, rows: Sequence[Indicator]) -> dict[int, Decimal]:
        """Return the 分值 of each row where the form has no column for it: the heading's, in equal parts.

        The nearest heading counts. Parts that are no whole cents, or less than a 得分, are left out.
        """
        parts: dict[int, Decimal] = {}
        for path in sorted(self._found, key=len, reverse=True):
            _, found = self._found[path]
            part = (weighed(path[-1])[1] or Decimal(0)) / len(found)
            fits = part == round_half_up(part) and all((rows[at].score or 0) <= part for at in found)
            if fits and not set(found) & set(parts):
                parts |= dict.fromkeys(found, part)
        return parts


def check_subtotals(printed: Sequence[Printed]) -> list[Finding]:
    """Return A05 for a printed 分值, A07 for a printed 得分, that no possible group of rows adds up to."""
    found = []
    for item in printed:
        for rule, field, what in (("A05", "weight", "分值"), ("A07", "score", "得分")):
            stated = getattr(item, field)
            sums = [total for rows in item.choices if (total := _sum(rows, field)) is not None]
            slack = sum_slack(max(map(len, item.choices), default=0))
            if stated is None or not sums or any(abs(total - stated) <= slack for total in sums):
                continue
            why = f"所属各指标{what}合计"
            found.append(disagreement(rule, item.place, f"“{item.label}”{what}", stated, sums[0], "分", why))
    return found


def _sum(rows: Sequence[Indicator], field: str) -> Decimal | None:
    """Return the sum of 分值 or 得分, None where a row has none (but shares that of its group)."""
    amounts = [getattr(row, field) for row in rows if not (row.weight_group and row.weight is None)]
    if not amounts or any(amount is None for amount in amounts):
        return None
    return sum(amounts, Decimal(0))
