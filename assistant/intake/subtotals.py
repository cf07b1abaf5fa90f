"""Sums that a form prints among its indicators: 分值 behind a category, rows of 小计; held against the rows (A05, A07).

Knows rows and printed numbers, nothing of cells.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from assistant.domain.base import Frozen, Number
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
        self._found: dict[tuple[str, ...], tuple[str, list[Indicator]]] = {}

    def add(self, path: tuple[str, ...], place: str, row: Indicator) -> None:
        """Count a row below a heading, named by its words and those above it, if a 分值 stands behind them."""
        if weighed(path[-1])[1] is not None:
            self._found.setdefault(path, (place, []))[1].append(row)

    def printed(self) -> tuple[Printed, ...]:
        """Return the headings with their rows."""
        named = ((*weighed(path[-1]), place, rows) for path, (place, rows) in self._found.items())
        return tuple(
            Printed(label=name, place=place, weight=weight, choices=(tuple(rows),))
            for name, weight, place, rows in named
        )


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
