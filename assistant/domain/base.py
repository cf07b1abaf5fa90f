"""The frozen base of every value, and the decimal field types of the JSON contract."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation
from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict, PlainSerializer, WithJsonSchema


class Frozen(BaseModel):
    """A value: immutable, compared by content, saved as JSON with Decimals as strings."""

    model_config = ConfigDict(frozen=True, extra="forbid", arbitrary_types_allowed=False)


#: Beyond this many digits before or after the point a figure is a slip, and printing it would take for ever.
_LARGEST = 24


def decimal_from(value: Any) -> Decimal | None:
    """Return the Decimal written in `value`, None for an empty one; digits shown are kept ("98.50").

    Raises ValueError for anything else: text that is no number, infinities, booleans, absurd exponents.
    """
    if value is None:
        return None
    if isinstance(value, bool):
        raise ValueError("应为数字")
    text = str(value).strip().replace(",", "").replace("，", "")
    if not text:
        return None
    try:
        number = Decimal(text)
    except InvalidOperation:
        raise ValueError("应为数字") from None
    if not number.is_finite():
        raise ValueError("应为有限的数字")
    exponent = number.as_tuple().exponent
    if abs(number.adjusted()) > _LARGEST or abs(int(exponent)) > _LARGEST:
        raise ValueError(f"应为不超过{_LARGEST}位的数字")
    return number


def plain(value: Decimal | None) -> str:
    """Return the number as written, without exponent; "" for None."""
    return "" if value is None else format(value, "f")


_SCHEMA = {"type": "string", "pattern": r"^-?\d*(\.\d+)?$"}

#: Decimal or nothing; nothing is "" in JSON (amounts in 万元, weights, quantities).
Amount = Annotated[
    Decimal | None,
    BeforeValidator(decimal_from),
    PlainSerializer(plain, return_type=str),
    WithJsonSchema(_SCHEMA),
]

#: Decimal or nothing; nothing is null in JSON (scores: null means "compute it").
Score = Annotated[
    Decimal | None,
    BeforeValidator(decimal_from),
    PlainSerializer(lambda value: None if value is None else plain(value), return_type=str | None),
    WithJsonSchema({"anyOf": [_SCHEMA, {"type": "null"}]}),
]

#: A Decimal that is always there.
Number = Annotated[Decimal, PlainSerializer(plain, return_type=str)]
