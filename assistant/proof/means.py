"""Averages (平均每场、月均、单件): money or counts of a subject divided by its quantity.

Knows the ledger and one claim.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from assistant.domain.facts import Role
from assistant.domain.figures import round_half_up
from assistant.proof.candidates import Candidate, Expectation
from assistant.proof.claims import Claim
from assistant.proof.derived import entry
from assistant.proof.entries import Entry
from assistant.proof.ledger import Ledger
from assistant.proof.lexicon import UnitClass, unit_class
from assistant.proof.naming import Subject

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
        level += [Candidate(one) for s in subjects for one in _divided(s, kind, ledger)]
        found += level
        if level and position < claim.named:
            break
    return Expectation(tuple(found))


def _divided(subject: Subject, kind: UnitClass, ledger: Ledger) -> Iterator[Entry]:
    wholes = [one for one in ledger.of(subject, _WHOLES) if unit_class(one.fact.unit) is kind]
    counts = [one for one in ledger.of(subject, _COUNTS) if unit_class(one.fact.unit) is UnitClass.COUNT]
    for whole in wholes:
        for count in [*counts, _MONTHS]:
            if count.fact.value and whole is not count and count.fact.role is not Role.TEXT:
                value, unit = whole.fact.value / count.fact.value, whole.fact.unit
                shown = f"{round_half_up(value):f}{unit}"
                yield entry(f"{whole.fact.label}的平均数", Role.OTHER, value, unit, shown, subject, "mean")
