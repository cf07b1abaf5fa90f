"""Averages (平均每场、月均、单件): money or counts of a subject divided by its quantity.

Knows the ledger and one claim.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from assistant.domain.facts import Role
from assistant.domain.figures import round_half_up
from assistant.domain.mention import Bound
from assistant.proof.candidates import Candidate, Expectation
from assistant.proof.claim import Claim
from assistant.proof.entries import Entry, entry
from assistant.proof.ledger import Ledger
from assistant.proof.lexicon import UnitClass, unit_class
from assistant.proof.naming import WHOLE_REPORT, Subject

_WHOLES = ("spent", "budget", "actual", "value")
_COUNTS = ("actual", "quantity", "value", "target")
_MONTHS = entry("月数", Role.OTHER, Decimal(12), "个月", "12个月", (0, "", 0), "months")


def means(claim: Claim, ledger: Ledger) -> Expectation:
    """Return the averages of the nearest subject, its own price and results first."""
    found: list[Candidate] = []
    for position, subjects in enumerate(claim.levels):
        own = [
            one
            for s in subjects
            for one in ledger.of(s, claim.attributes | {"price", "actual"}, claim.last_year)
        ]
        kind = unit_class(claim.mention.unit)
        level = [
            Candidate(one)
            for one in own
            if unit_class(one.fact.unit) is kind and one.fact.role is not Role.TEXT
        ]
        level += [Candidate(one) for one in _divided(subjects, kind, ledger)]
        found += level
        if level and position < claim.named:
            break
    kind = unit_class(claim.mention.unit)
    prices = [
        Candidate(one)
        for s in claim.near
        for one in ledger.of(s, ("actual",))
        if unit_class(one.fact.unit) is kind
    ]
    everyone = (
        [s for last, s in ledger.index if not last and s[1] in ("i", "o")] if _covers_year(claim) else []
    )
    months = [Candidate(one) for s in everyone for one in _divided((s,), kind, ledger, yearly=True)]
    return Expectation((*found, *prices, *months, *_over_anything(claim, kind, ledger)))


def _over_anything(claim: Claim, kind: UnitClass, ledger: Ledger) -> Iterator[Candidate]:
    """The money of the whole, or of the sub-project, for each of anything counted (平均每页成本)."""
    if kind is not UnitClass.MONEY:
        return
    counted = [s for last, s in ledger.index if not last and s[1] in ("i", "l", "o")]
    for whole in dict.fromkeys([(claim.project, "", 0), WHOLE_REPORT]):
        for one in counted:
            if whole == WHOLE_REPORT or one[0] == whole[0]:
                yield from map(Candidate, _divided((whole, one), kind, ledger))


def _covers_year(claim: Claim) -> bool:
    """Whether no subject is known, so that a monthly mean may be of anything."""
    return claim.mention.bound is not Bound.EXACT or unit_class(claim.mention.unit) is UnitClass.COUNT


def _divided(
    subjects: Sequence[Subject], kind: UnitClass, ledger: Ledger, *, yearly: bool = False
) -> Iterator[Entry]:
    wholes = [one for s in subjects for one in ledger.of(s, _WHOLES) if unit_class(one.fact.unit) is kind]
    counts = [
        one for s in subjects for one in ledger.of(s, _COUNTS) if unit_class(one.fact.unit) is UnitClass.COUNT
    ]
    for whole in wholes:
        for count in [_MONTHS] if yearly else [*counts, _MONTHS]:
            if count.fact.value and whole is not count and count.fact.role is not Role.TEXT:
                many = count.fact.value * (10_000 if count.fact.unit.startswith("万") else 1)
                value, unit = whole.fact.value / many, whole.fact.unit
                shown = f"{round_half_up(value):f}{unit}"
                yield entry(
                    f"{whole.fact.label}的平均数", Role.OTHER, value, unit, shown, whole.subject, "mean"
                )
