"""Whether figures can be what a number shows, by their units (单位相容). Knows no words."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.domain.facts import Role
from assistant.domain.numerals import Mention, MentionKind
from assistant.domain.units import compatible
from assistant.proof.claim import Claim
from assistant.proof.entries import Entry
from assistant.proof.lexicon import UnitClass, unit_class

_PERCENTS = frozenset({UnitClass.PERCENT, UnitClass.POINTS})


def usable(mention: Mention, entries: Sequence[Entry]) -> bool:
    """Whether one of the figures can have the unit of the mention, a mere slip of money unit aside."""
    if any(one.fact.role is Role.TEXT and re.search("[0-9]", one.fact.shown) for one in entries):
        return True
    if mention.kind is not MentionKind.QUANTITY:
        return False
    kind = unit_class(mention.unit)
    if all(one.fact.role is Role.COUNT for one in entries):
        return kind in (UnitClass.COUNT, UnitClass.BARE)
    units = [one.fact.unit for one in entries if one.fact.role is not Role.TEXT]
    if kind is UnitClass.COUNT:
        return any(compatible(mention.unit, unit.removeprefix("万")) for unit in units)
    kinds = {unit_class(unit) for unit in units}
    if kind is UnitClass.BARE or kind in kinds:
        return True
    return kind in _PERCENTS and bool(kinds & (_PERCENTS | {UnitClass.SCORE}))


def is_pinned(claim: Claim, position: int, entries: Sequence[Entry]) -> bool:
    """Whether a number can be of nobody else, whatever its unit: “满意度”年度指标值为≥20场."""
    measured = all(one.fact.role is not Role.TEXT for one in entries)
    return claim.fixed and position == 0 and measured and claim.mention.kind is MentionKind.QUANTITY
