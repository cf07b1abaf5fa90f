"""A number that was said and found true; later ones may be computed from it."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from assistant.domain.mention import Mention

_SAME = {"个百分点": "%", "百分点": "%", "万": "万元", "场次": "场", "批次": "批", "台套": "台"}


@dataclass(frozen=True, slots=True)
class Stated:
    """A true number that was said."""

    value: Decimal
    unit: str
    start: int
    figure: bool = True

    @classmethod
    def of(cls, mention: Mention, *, figure: bool = True) -> Stated:
        """Return what a mention states; `figure` says that it shows a figure of the report."""
        value = mention.value if mention.value is not None else Decimal(0)
        return cls(value, plain_unit(mention.unit), mention.start, figure)


def plain_unit(unit: str) -> str:
    """Return one unit for those that add up: 场次 with 场, 个百分点 with %."""
    return _SAME.get(unit, unit)
