"""When a number in a text shows a figure: equal as printed, correctly rounded, or truly approximate.

Interval arithmetic of domain §5.0. Knows one number and one figure at a time.
"""

from __future__ import annotations

import re
from decimal import Decimal
from enum import StrEnum

from assistant.domain.facts import Fact, Origin, Role
from assistant.domain.figures import places_of
from assistant.domain.numerals import Bound, Mention, normalise
from assistant.domain.units import compatible, half_place, within

_LEADING_ZERO = re.compile("(?<![0-9.])0[0-9]")
_TWENTIETH = Decimal("0.05")
_LOOSE = Decimal("0.1")


class Match(StrEnum):
    """How a number relates to a figure."""

    EQUAL = "相符"
    ROUNDED_SCORE = "得分取整"
    NEEDLESS = "约数与确数相同"
    UNIT = "单位不符"
    SCALE = "差一万倍"
    NONE = "不符"


def compare(mention: Mention, fact: Fact, *, signed: bool = True, loose: bool = False) -> Match:
    """Return how `mention` relates to `fact`; `signed` False compares without sign (减少 3.73万元).

    `loose` holds approximations to within a tenth, where nothing says which figure is meant.
    """
    if fact.role is Role.TEXT:
        return (
            Match.EQUAL if stands_in(normalise(mention.text).strip(), normalise(fact.shown)) else Match.NONE
        )
    if mention.value is None or is_malformed(mention):
        return Match.NONE
    value, places, unit = _held(mention, fact)
    target = fact.value if signed else abs(fact.value)
    value = value if signed else abs(value)
    if mention.high is not None and not _ends(mention, fact):
        return Match.NONE
    outside = mention.bound in (Bound.ABOVE, Bound.BELOW) and not mention.sign
    same = value == target if outside else _same(value, places, target, fact)
    if not same and mention.bound is not Bound.EXACT and _approximates(mention, value, target, fact, loose):
        return Match.EQUAL if compatible(unit, _spoken(fact, unit)) else Match.UNIT
    if not same:
        return _wrong_scale(mention, value, places, target, fact)
    if not compatible(unit, _spoken(fact, unit)):
        return Match.UNIT
    if unit == "分" and places == 0 and target != value:
        return Match.ROUNDED_SCORE
    return (
        Match.NEEDLESS if mention.approximation in ("约", "近", "大约") and target == value else Match.EQUAL
    )


def is_malformed(mention: Mention) -> bool:
    """Whether a number is written as none is printed: 012.00万元."""
    return _LEADING_ZERO.search(normalise(mention.text)) is not None


def stands_in(number: str, text: str) -> bool:
    """Return whether a number stands in words as a whole, not as a part of a longer one."""
    return re.search(rf"(?<![0-9.]){re.escape(number)}(?![0-9])", text) is not None


def _held(mention: Mention, fact: Fact) -> tuple[Decimal, int, str]:
    """The number in the unit of the figure: 252.36 万 is 万元 beside money; 135万人次 is read as 1350000 人次."""
    value = mention.value if mention.value is not None else Decimal(0)
    if mention.unit == "万":
        return (
            (value, mention.places, "万元")
            if fact.unit == "万元"
            else (value.scaleb(4), mention.places - 4, "")
        )
    if mention.unit == "万元" and fact.unit == "亿元":
        return value.scaleb(-4), mention.places + 4, fact.unit
    if mention.unit == "万元" and fact.unit.startswith("元"):
        return value.scaleb(4), mention.places - 4, fact.unit
    if fact.unit.startswith("万") and fact.unit[1:] == mention.unit:
        return value.scaleb(-4), mention.places + 4, fact.unit
    return value, mention.places, mention.unit


def _spoken(fact: Fact, unit: str) -> str:
    """The unit a figure may be spoken of in: the gap of a percentage in 个百分点, a weight of 20 分 as 20%."""
    if fact.role is Role.COUNT and unit in ("个", "项", "条", "类"):
        return unit
    points = unit in ("个百分点", "百分点") and fact.id.endswith(
        ("gap", "excess", "change.rate", "deviation")
    )
    share = unit == "%" and fact.unit == "分" and fact.id.endswith("weight")
    return unit if points or share else fact.unit


def _ends(mention: Mention, fact: Fact) -> bool:
    """A range shows a target that is written as the same range."""
    shown = fact.shown.replace(" ", "")
    return any(
        f"{low}{dash}{high}" in shown
        for dash in "-–—~～至"
        for low in (f"{mention.value:f}",)
        for high in (f"{mention.high:f}",)
    )


def _same(value: Decimal, places: int, target: Decimal, fact: Fact) -> bool:
    if value == target:
        return True
    if Decimal(0) in (value, target) or (fact.unit == "%" and Decimal(100) in (value, target)):
        return False
    own = places_of(target)
    if places > own:
        exact = fact.role in (Role.FULL_SCORE, Role.WEIGHT, Role.COUNT)
        return not exact and fact.origin is Origin.COMPUTED and within(value, places, target, own)
    return abs(value - target) <= half_place(places) and half_place(places) <= abs(value) * _TWENTIETH


def _approximates(mention: Mention, value: Decimal, target: Decimal, fact: Fact, loose: bool) -> bool:
    if mention.sign or fact.role in (Role.TARGET, Role.CYCLE_TARGET):
        return False
    if not mention.model_copy(update={"value": value}).fits(target):
        return False
    return abs(value - target) <= abs(target) * _LOOSE if loose else True


def _wrong_scale(mention: Mention, value: Decimal, places: int, target: Decimal, fact: Fact) -> Match:
    if fact.unit == "万元" and value and target:
        for power in (4, -4, 8, -8):
            moved = value.scaleb(power)
            if (
                abs(moved - target) <= half_place(places - power)
                and half_place(places - power) <= abs(moved) * _TWENTIETH
            ):
                return Match.SCALE
    return Match.NONE
