"""The states that a judging word can say of a row of the 评分表: 达标, 超过目标值, 满分 (指标状态).

Knows one row; None where a state says nothing of such a row (a date is neither above nor below).
"""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

from assistant.domain.scorecard import Row


def holds(says: str, row: Row) -> bool | None:
    """Return whether a state is true of a row, None where it cannot be told."""
    if row.not_applicable:
        return None
    if says in ("met", "unmet"):
        return row.met is (says == "met")
    if says in ("full", "lost"):
        return (row.lost > 0) is (says == "lost")
    bound = row.target.bound
    if row.actual is None or bound is None:
        unmeasured = _UNMEASURED.get(says)
        return unmeasured(row) if unmeasured is not None else None
    return _MEASURED[says](row.actual.value, bound, row.target.reverse)


#: Of a row without numbers.
_UNMEASURED: dict[str, Callable[[Row], bool | None]] = {
    "exceeded": lambda row: row.met or None,
    "at_least": lambda row: row.met,
    "below": lambda row: not row.met,
}

#: Of a row with numbers: result, bound, whether less is better.
_MEASURED: dict[str, Callable[[Decimal, Decimal, bool], bool]] = {
    "exceeded": lambda actual, bound, reverse: actual != bound if reverse else actual > bound,
    "not_exceeded": lambda actual, bound, reverse: actual == bound if reverse else actual <= bound,
    "above": lambda actual, bound, _: actual > bound,
    "at_least": lambda actual, bound, _: actual >= bound,
    "below": lambda actual, bound, _: actual < bound,
    "at_most": lambda actual, bound, _: actual <= bound,
    "level": lambda actual, bound, _: actual == bound,
    "not_level": lambda actual, bound, _: actual != bound,
}
