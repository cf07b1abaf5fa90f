"""What a number is besides a figure: factor, second of a ratio, small talk, settled difference, own mean (数字性质).

Knows one number or verdict at a time, and no figures but those the verdict holds.
"""

from __future__ import annotations

import re

from assistant.domain.mention import Mention
from assistant.domain.units import compatible
from assistant.proof.faults import Verdict
from assistant.proof.frames import Relation
from assistant.proof.lexicon import UnitClass, unit_class

_SMALL = 10
_TIMES = ("×", "*", "✕")


def is_second_of_ratio(text: str, mention: Mention) -> bool:
    """Return whether a number is the 1 of 3.2∶1."""
    return (
        mention.value == 1
        and not mention.unit
        and text[mention.start - 1 : mention.start] in ("∶", ":", "：")
        and text[mention.start - 2 : mention.start - 1].isdigit()
    )


_HOTLINE = re.compile("12[0-9]{3}|9[56][0-9]{3,4}")


def is_hotline(mention: Mention) -> bool:
    """Return whether a number is one that people call (12345热线, 12315平台)."""
    return not mention.unit and _HOTLINE.fullmatch(mention.text.strip()) is not None


def in_product(text: str, mention: Mention) -> bool:
    """Return whether a number is a factor of a calculation written out (15批×1.80万元)."""
    return text[mention.end : mention.end + 1] in _TIMES or text[mention.start - 1 : mention.start] in _TIMES


def is_small(mention: Mention) -> bool:
    """Return whether a number is a count or a score: so few values are possible that only the named subject may speak."""
    return mention.value is not None and unit_class(mention.unit) in (UnitClass.COUNT, UnitClass.SCORE)


def is_settled(verdict: Verdict) -> bool:
    """Return whether a difference is said of what against what, and the figures for both are known."""
    claim = verdict.claim
    difference = claim.frame.relation is Relation.DIFFERENCE and claim.frame.against is not None
    return difference and claim.worded and verdict.wanted is not None


def is_own_mean(verdict: Verdict) -> bool:
    """Return whether a mean is a figure of the form itself (单价), or money, so that the row named must bear it out."""
    wanted = verdict.wanted
    return unit_class(verdict.claim.mention.unit) is UnitClass.MONEY or (
        wanted is not None
        and wanted.attribute != "mean"
        and compatible(verdict.claim.mention.unit, wanted.fact.unit)
    )


def is_negative(verdict: Verdict) -> bool:
    """Return whether a number is below zero."""
    value = verdict.claim.mention.value
    return value is not None and value < 0


def is_small_talk(verdict: Verdict) -> bool:
    """Return whether a number is a small Chinese numeral that counts nothing of the form (办了两期, 三次付款)."""
    mention = verdict.claim.mention
    small = mention.chinese and mention.unit != "倍" and mention.value is not None and mention.value <= _SMALL
    return small and verdict.wanted is None and unit_class(mention.unit) is UnitClass.COUNT
