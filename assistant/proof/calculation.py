"""Numbers that follow from other numbers of a sentence: sums, differences, ratios, products (N04).

Exact decimals; whether two printed numbers are equal is a matter of their intervals (domain §5.0).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import combinations

from assistant.domain.figures import places_of
from assistant.domain.numerals import Mention
from assistant.domain.units import within

_HUNDRED = Decimal(100)
_EXACT = 6


def follows(mention: Mention, known: Sequence[Decimal]) -> bool:
    """Return whether a number is computed from two or more of the known ones."""
    stated = mention.value
    if stated is None:
        return False
    return any(
        within(stated, mention.places, value, max(places_of(value), _EXACT))
        for value in computed(known, mention.unit)
    )


def computed(known: Sequence[Decimal], unit: str) -> Iterator[Decimal]:
    """Yield what can be computed: the sum and mean of all, and of each pair difference, product, ratio."""
    if len(known) > 1:
        total = sum(known, Decimal(0))
        yield from (total, total / len(known))
    for first, second in combinations(known, 2):
        yield from (abs(first - second), first + second)
        if unit == "万元":
            yield first * second
        if unit == "%" and first and second:
            yield from _ratios(first, second)


def _ratios(first: Decimal, second: Decimal) -> Iterator[Decimal]:
    gap = abs(first - second)
    for part, whole in ((first, second), (second, first), (gap, first), (gap, second)):
        yield part / whole * _HUNDRED
