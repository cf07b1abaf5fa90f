"""Numbers that follow from true numbers said before: sums, differences, ratios, products (N04).

Exact decimals; whether two printed numbers are equal is a matter of their intervals (domain §5.0).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import combinations

from assistant.domain.figures import places_of
from assistant.domain.mention import Bound, Mention
from assistant.domain.units import within
from assistant.proof.claim import Claim
from assistant.proof.frames import Relation
from assistant.proof.layout import clause_around
from assistant.proof.ledger import Ledger
from assistant.proof.matching import is_malformed
from assistant.proof.naming import WHOLE_REPORT
from assistant.proof.stated import Stated, plain_unit

_HUNDRED = Decimal(100)
_EXACT = 6
_LATEST = 10
_ESTIMATED = re.compile("测算|估算|折算")
_RATIO_TO_ONE = re.compile("[∶:：][0-9]")
_RATES = frozenset({"rate", "completion"})
_OF_WHOLES = (Relation.SHARE, Relation.TIMES)
_RATE = re.compile("率|比例|占|比重|百分之")


def follows(claim: Claim, stated: Sequence[Stated], text: str, ledger: Ledger) -> bool:
    """Return whether a number is computed from true ones, and its words say so."""
    mention, relation = claim.mention, claim.frame.relation
    grouped = relation is Relation.SUM and bool(claim.levels) and claim.levels[0][0][1] == "c"
    if mention.value is None or grouped or claim.row or is_malformed(mention) or mention.sign:
        return False
    latest = [one for one in stated if one.start != mention.start][-_LATEST:]
    wholes = _wholes(claim, ledger) if relation in _OF_WHOLES else []
    return any(
        _agrees(mention, value)
        for value in (*_computed(claim, relation, latest, text), *_of_wholes(claim, latest, wholes))
    )


def _agrees(mention: Mention, value: Decimal) -> bool:
    """Whether a printed number shows a computed value, as exactly as it is meant."""
    if mention.value is None:
        return False
    if within(mention.value, mention.places, value, max(places_of(value), _EXACT)):
        return True
    return (
        mention.bound is not Bound.EXACT
        and abs(mention.value - value) <= abs(value) / 10
        and mention.fits(value)
    )


def _wholes(claim: Claim, ledger: Ledger) -> list[Stated]:
    """The amounts of the whole and of the sub-project that a number can be a part of."""
    subjects = dict.fromkeys(
        [WHOLE_REPORT, (claim.project, "", 0), *(s for level in claim.levels for s in level)]
    )
    return [
        Stated(one.fact.value, plain_unit(one.fact.unit), -1)
        for subject in subjects
        for one in ledger.of(
            subject, ("budget", "spent", "initial", "unspent", "actual", "target", "total", "full")
        )
        if one.fact.value
    ]


def _of_wholes(claim: Claim, stated: Sequence[Stated], wholes: Sequence[Stated]) -> Iterator[Decimal]:
    """The share or multiple of the number said last in what stands behind 占."""
    scale = _HUNDRED if claim.mention.unit == "%" else 1
    for part in stated[-2:]:
        if part.start < claim.mention.start:
            yield from (part.value / one.value * scale for one in wholes if one.unit == part.unit)


def _computed(claim: Claim, relation: Relation, stated: Sequence[Stated], text: str) -> Iterator[Decimal]:
    unit = plain_unit(claim.mention.unit)
    same = [one.value for one in stated if one.unit == unit]
    if relation is Relation.DIFFERENCE and not (claim.mention.unit == "%" and unit == "%"):
        yield from (abs(a - b) for a, b in combinations(same, 2))
    if relation in (Relation.SUM, Relation.MEAN, Relation.REST):
        yield from _runs(same)
    if relation is Relation.MEAN:
        yield from (sum(same[-count:], Decimal(0)) / count for count in range(2, len(same) + 1))
    if relation in (Relation.MEAN, Relation.TIMES):
        yield from (a.value / b.value for a in stated for b in stated if a is not b and b.value)
    if relation is Relation.REST:
        yield from (abs(total - part) for total in same for part in [*same, *_runs(same)])
    if relation is Relation.VALUE and "unspent" in claim.attributes:
        yield from (abs(a - b) for a, b in combinations(same[-3:], 2))
    if relation is Relation.VALUE and _ESTIMATED.search(text, claim.sentence.start, claim.mention.start):
        yield from _products(stated, unit)
    if _RATIO_TO_ONE.match(text, claim.mention.end):
        yield from (a.value / b.value for a in stated for b in stated if a is not b and b.value)
    clause = clause_around(text, claim.mention.start, claim.mention.end)
    rated = relation in (Relation.SHARE, Relation.DIFFERENCE) or _RATE.search(
        text, clause.start, claim.mention.start
    )
    of_rates = relation is Relation.DIFFERENCE and bool(claim.attributes & _RATES)
    if claim.mention.unit == "%" and rated and not of_rates:
        latest = stated[-3:] if relation is Relation.VALUE else stated
        yield from _ratios(latest, growth=relation is Relation.DIFFERENCE)


def _products(stated: Sequence[Stated], unit: str) -> Iterator[Decimal]:
    """420亩×2000元: a count times money for each."""
    for money in (one for one in stated if one.unit == unit):
        yield from (money.value * one.value for one in stated if one.unit not in (unit, "%"))


def _runs(values: Sequence[Decimal]) -> Iterator[Decimal]:
    """The sums of two and more numbers in a row."""
    for start in range(len(values)):
        for end in range(start + 2, len(values) + 1):
            yield sum(values[start:end], Decimal(0))


def _ratios(stated: Sequence[Stated], *, growth: bool) -> Iterator[Decimal]:
    for a, b in combinations(stated, 2):
        if a.unit != b.unit or a.unit == "%" or not a.value or not b.value:
            continue
        if growth:
            yield from (abs(a.value - b.value) / whole * _HUNDRED for whole in (a.value, b.value))
            yield (
                min(a.value, b.value) / max(a.value, b.value) * _HUNDRED
            )  # 比3645.80万元多174.92万元，增长4.8%
        else:
            yield from (a.value / b.value * _HUNDRED, b.value / a.value * _HUNDRED)
