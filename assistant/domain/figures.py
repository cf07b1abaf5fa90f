"""Numbers that know their unit and how they were written; exact decimal arithmetic only."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Context, Decimal

from assistant.domain.base import Frozen, Number

HUNDRED = Decimal(100)
CENT = Decimal("0.01")
#: Room for the ratio of the largest figure that is read and the smallest.
_WIDE = Context(prec=120)


def round_half_up(value: Decimal, places: int = 2) -> Decimal:
    """Return `value` rounded as the trade rounds (四舍五入), so that 98.30697 becomes 98.31."""
    return value.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP, context=_WIDE)


def percentage(part: Decimal, whole: Decimal) -> Decimal | None:
    """Return part/whole in percent, unrounded; None where the whole is zero (无法计算)."""
    return None if whole == 0 else part / whole * HUNDRED


def places_of(value: Decimal) -> int:
    """Return how many decimal places a number was written with."""
    exponent = value.as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0


def trimmed(value: Decimal) -> Decimal:
    """Return the number without trailing zeros after the point (6.00 becomes 6)."""
    return value.quantize(Decimal(1)) if value == value.to_integral_value() else value.normalize()


class Quantity(Frozen):
    """A number with its unit as printed: value 6, unit 场. Equality is of value and unit as written."""

    value: Number
    unit: str = ""

    @property
    def shown(self) -> str:
        """The quantity as it stands in text: 6场, 98.50%."""
        return f"{self.value:f}{self.unit}"
