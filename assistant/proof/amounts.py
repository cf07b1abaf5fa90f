"""What rows of figures amount to: differences, ratios, parts, sums and averages of those given (行间推算).

Knows no texts: which of them a number may be is decided in `at_hand`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from itertools import combinations
from typing import NamedTuple

from assistant.domain.units import compatible
from assistant.proof.entries import Entry

_HUNDRED = Decimal(100)
_RESULTS, _AIMS = frozenset({"actual", "spent"}), frozenset({"target", "budget", "initial"})
_SPREAD = frozenset({"actual", "value", "quantity", "spent", "budget"})
_DIVISORS = (12, 52, 365, 366)
#: Rows of one kind of which more than these are in sight say nothing about a sum.
_MOST = 8
COUNTED = frozenset({"actual", "value", "quantity"})
YUAN = {"元": Decimal(10_000), "万元": Decimal(1), "亿元": Decimal("0.0001")}


class Value(NamedTuple):
    """What figures amount to; `sign` is that of now against before, of the result against its target, 0 for none."""

    value: Decimal
    unit: str
    sign: int = 0


def gaps(rows: Iterable[Sequence[Entry]], against: str) -> Iterator[Value]:
    """Yield the differences of two values of one row: of two years or of one, as what it is held against says."""
    for row in rows:
        for a, b in combinations(row, 2):
            if (a.last_year == b.last_year) is (against == "last") and against:
                continue
            if a.fact.unit == b.fact.unit and a.fact.value != b.fact.value:
                yield Value(abs(a.fact.value - b.fact.value), a.fact.unit, _way(a, b))


def _way(a: Entry, b: Entry) -> int:
    """Whether the later of two figures, or the result, is the greater (1) or the smaller (-1)."""
    if a.last_year != b.last_year:
        later, earlier = (b, a) if a.last_year else (a, b)
    elif a.attribute in _RESULTS and b.attribute in _AIMS:
        later, earlier = a, b
    elif b.attribute in _RESULTS and a.attribute in _AIMS:
        later, earlier = b, a
    else:
        return 0
    return 1 if later.fact.value > earlier.fact.value else -1


def _pairs(rows: Sequence[Sequence[Entry]]) -> Iterator[tuple[Entry, Entry]]:
    """Two results of different rows."""
    for first, second in combinations(rows, 2):
        yield from (
            (a, b)
            for a in first
            for b in second
            if _are_alike(a, b) and "%" not in (a.fact.unit, b.fact.unit)
        )


def _are_alike(a: Entry, b: Entry) -> bool:
    """Whether two figures are both results, or the money of two rows."""
    if a.attribute in COUNTED and b.attribute in COUNTED:
        return True
    money = {"spent", "budget", "initial"}
    mixed = "value" in (a.attribute, b.attribute) and bool({a.attribute, b.attribute} & money)
    return mixed and b.fact.unit in YUAN


def gaps_between(rows: Sequence[Sequence[Entry]]) -> Iterator[Value]:
    """Yield the differences of two results in one unit (旅游综合收入 of two years, as further figures)."""
    for a, b in _pairs(rows):
        if compatible(a.fact.unit, b.fact.unit):
            yield Value(abs(a.fact.value - b.fact.value), a.fact.unit, _way(a, b))


def ratios_between(rows: Sequence[Sequence[Entry]]) -> Iterator[Value]:
    """Yield one result in percent of another, and the growth from one to the other."""
    for a, b in _pairs(rows):
        for part, whole in ((a.fact.value, b.fact.value), (b.fact.value, a.fact.value)):
            if whole:
                yield Value(part / whole * _HUNDRED, "%")
                yield Value(part / whole, "倍")
                if compatible(a.fact.unit, b.fact.unit):
                    yield Value(abs(part - whole) / whole * _HUNDRED, "%", _way(a, b))


def parts_of_counts(rows: Sequence[Sequence[Entry]]) -> Iterator[Value]:
    """Yield a share of a count, both results (即办件占66.5%，折算…件)."""
    shares = [
        one.fact.value for row in rows for one in row if one.fact.unit == "%" and one.attribute == "actual"
    ]
    for row in rows:
        for one in row:
            if one.attribute in COUNTED and one.fact.unit not in (*YUAN, "%"):
                yield from (Value(one.fact.value * share / _HUNDRED, one.fact.unit) for share in shares)


def ratios(row: Sequence[Entry]) -> Iterator[Value]:
    """Yield share, growth and multiple of two values of one row; percentages have none."""
    for a, b in combinations(row, 2):
        if a.fact.unit == b.fact.unit and a.fact.unit != "%" and a.fact.value and b.fact.value:
            for part, whole in ((a.fact.value, b.fact.value), (b.fact.value, a.fact.value)):
                yield Value(part / whole * _HUNDRED, "%")
                yield Value(abs(part - whole) / whole * _HUNDRED, "%", _way(a, b))
                yield Value(part / whole, "倍")


def of_several(rows: Sequence[Sequence[Entry]]) -> Iterator[Value]:
    """Yield sums of rows of one kind, and the share of one in the sum or in the whole."""
    groups: dict[tuple[str, str, str, bool], list[Decimal]] = {}
    for row in rows:
        for one in row:
            if one.fact.unit != "%":
                key = (one.subject[1], one.attribute, one.fact.unit, one.last_year)
                groups.setdefault(key, []).append(one.fact.value)
    for (_, _, unit, _), values in groups.items():
        if not 2 <= len(values) <= _MOST:
            continue
        total = sum(values, Decimal(0))
        for size in range(2, len(values) + 1):
            yield from (Value(sum(some, Decimal(0)), unit) for some in combinations(values, size))
        if total:
            yield from (Value(value / total * _HUNDRED, "%") for value in values)


def averages(rows: Sequence[Sequence[Entry]]) -> Iterator[Value]:
    """Yield money, or one count, for each of what was counted; a year's count for each day, week and month."""
    parts = [one for row in rows for one in row if one.attribute in _SPREAD and one.fact.unit != "%"]
    for a in parts:
        yield from (Value(a.fact.value / many, a.fact.unit) for many in _DIVISORS)
        for b in parts:
            if a is not b and b.fact.unit not in YUAN and b.fact.value and a.last_year == b.last_year:
                many = b.fact.value * (10_000 if b.fact.unit.startswith("万") else 1)
                yield Value(a.fact.value / many, a.fact.unit)
