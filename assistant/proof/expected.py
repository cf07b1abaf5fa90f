"""What the figures say where a number stands: the entries that a claim may show, by its relation (应有数值).

Knows the ledger and one claim; whether the printed number agrees is decided in `judging`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from decimal import Decimal

from assistant.domain.facts import Role
from assistant.domain.figures import round_half_up
from assistant.domain.numerals import Mention
from assistant.domain.units import compatible
from assistant.proof.candidates import Candidate, Expectation
from assistant.proof.claim import Claim
from assistant.proof.dates import days_between
from assistant.proof.entries import Entry, entry
from assistant.proof.fitting import is_pinned, usable
from assistant.proof.frames import Relation
from assistant.proof.ledger import Ledger
from assistant.proof.lexicon import UnitClass, unit_class
from assistant.proof.means import means
from assistant.proof.naming import WHOLE_REPORT, Subject
from assistant.proof.shares import shares

_PERCENTS = frozenset({UnitClass.PERCENT, UnitClass.POINTS})
_NUMERIC = (
    "budget", "spent", "rate", "total", "actual", "unspent", "initial", "score", "completion", "price", "value",
    "quantity", "share", "weight", "exec_score", "adjustment", "target", "unspent_rate",
)  # fmt: skip
_PAIRS: dict[str, tuple[tuple[str, str], ...]] = {
    "initial": (("budget", "initial"), ("spent", "initial")),
    "target": (("actual", "target"), ("actual", "cycle"), ("spent", "budget"), ("rate", "goal")),
    "budget": (("spent", "budget"), ("actual", "target"), ("budget", "initial"), ("rate", "goal")),
    "full": (("total", "full"), ("score", "weight"), ("exec_score", "exec_weight")),
}
_NOT_COMPARED = frozenset({"adjustment", "weight", "share"})
_FINE = Decimal("0.000001")
_UNDONE = re.compile("未完成|未能?实施|未建|未改|剩余|缺口|尚未")
_NOTHING = entry("", Role.OTHER, Decimal(0), "万元", "", WHOLE_REPORT, "nothing")
_TIMES = ("天", "日", "个月", "周")
_KINDS = ("last", "initial", "target", "budget", "full")


def expected(claim: Claim, ledger: Ledger, text: str) -> Expectation:
    """Return what a number may show by its own words."""
    relation = claim.frame.relation
    if relation is Relation.DIFFERENCE:
        days = days_between(claim, ledger) if claim.mention.unit in _TIMES else ()
        return Expectation(days, strict=True) if days else _differences(claim, ledger)
    if relation is Relation.SHARE:
        return shares(claim, ledger, text)
    if relation is Relation.MEAN:
        return means(claim, ledger)
    if relation is Relation.FROM:
        return _origins(claim, ledger)
    if relation is Relation.TO:
        claim = replace(claim, attributes=_after_change(claim.attributes))
    found, explicit = valued(claim, ledger)
    if unit_class(claim.mention.unit) is UnitClass.COUNT and _UNDONE.search(
        text, claim.sentence.start, claim.sentence.end
    ):
        found += [
            c.entry
            for level in claim.levels[: claim.named]
            for s in level
            for c in _of_subject(claim, s, ("target",), ledger)
        ]
    return Expectation(tuple(Candidate(one) for one in found), explicit)


def valued(claim: Claim, ledger: Ledger) -> tuple[list[Entry], bool]:
    """Return the figures of the nearest subject that has the claimed attribute, and whether it is named."""
    for position, subjects in enumerate(claim.levels if claim.attributes else ()):
        found = [one for s in subjects for one in ledger.of(s, claim.attributes, claim.last_year)]
        if "completion" in claim.attributes and any(one.attribute == "completion" for one in found):
            found = [one for one in found if one.attribute != "rate"]
        if found and (usable(claim.mention, found) or is_pinned(claim, position, found)):
            return found, position < claim.named
    return [], False


def _after_change(attributes: frozenset[str]) -> frozenset[str]:
    """由92万元调减至84万元: what it came to is the budget of the year."""
    return attributes - {"initial"} if {"initial", "budget"} <= attributes else attributes


def _origins(claim: Claim, ledger: Ledger) -> Expectation:
    """由92万元…: what it was before, last year or at the beginning of the year."""
    attributes = claim.attributes or frozenset(
        {"actual", "value", "budget", "spent", "initial", "rate", "target"}
    )
    for position, subjects in enumerate(claim.levels):
        found = [
            one
            for s in subjects
            for one in (
                *ledger.of(s, ("initial",) if "budget" in attributes else ()),
                *ledger.of(
                    s,
                    attributes - {"budget"} if "initial" in attributes else attributes,
                    True,
                ),
            )
        ]
        if found and usable(claim.mention, found):
            return Expectation(tuple(map(Candidate, found)), position < claim.named)
    return Expectation()


# --- differences ------------------------------------------------------------------------------------


def _differences(claim: Claim, ledger: Ledger) -> Expectation:
    """The differences that a number can be: of this subject to what it is held against."""
    held = claim.frame.against
    kinds = _KINDS if held is None else (held.kind,)
    if held is not None and held.sign and (own := _operand_itself(claim, ledger)):
        return Expectation(tuple(own), strict=True)
    found: list[Candidate] = []
    for position, subjects in enumerate(claim.levels):
        level = [c for s in subjects for c in _of_subject(claim, s, kinds, ledger)]
        if level and position < claim.named and held is not None:
            return Expectation(tuple(level), strict=True)
        found += level
        if level and position < claim.named:
            return Expectation(tuple(found))
    found += [c for s in claim.near for c in _of_subject(claim, s, kinds, ledger)]
    return Expectation(tuple(found))


def _of_subject(claim: Claim, subject: Subject, kinds: Sequence[str], ledger: Ledger) -> Iterator[Candidate]:
    for kind in kinds:
        for now, before in _pairs(claim, subject, kind, ledger):
            yield from _between(claim.mention, now, before)


def _pairs(claim: Claim, subject: Subject, kind: str, ledger: Ledger) -> Iterator[tuple[Entry, Entry]]:
    """What is held against what."""
    wanted = claim.attributes or frozenset(_NUMERIC)
    if kind == "last":
        for name in _NUMERIC:
            if name in wanted and name not in (_NOT_COMPARED if claim.worded else {*_NOT_COMPARED, "target"}):
                yield from _product(ledger.of(subject, (name,)), ledger.of(subject, (name,), True))
    elif kind == "subject":
        for other in claim.versus:
            for name in _NUMERIC if other != subject else ():
                if name in wanted:
                    yield from _product(ledger.of(subject, (name,)), ledger.of(other, (name,)))
    else:
        if kind == "initial":
            yield from ((one, _NOTHING) for one in ledger.of(subject, ("adjusted",)))
        for first, second in _PAIRS.get(kind, ()):
            if (
                not claim.attributes
                or first in wanted
                or not claim.worded
                or wanted <= {"target", "cycle", "initial"}
            ):
                yield from _product(ledger.of(subject, (first,)), ledger.of(subject, (second,)))


def _product(first: Iterable[Entry], second: Sequence[Entry]) -> Iterator[tuple[Entry, Entry]]:
    for one in first:
        for other in second:
            if one.fact.role is not Role.TEXT and other.fact.role is not Role.TEXT:
                yield one, other


def _between(mention: Mention, now: Entry, before: Entry) -> Iterator[Candidate]:
    """The difference of two figures in the unit of a mention."""
    kind, percents = unit_class(mention.unit), now.fact.unit in ("%", "百分点")
    gap = now.fact.value - before.fact.value
    if before is _NOTHING and "调减" in now.fact.label:
        gap = -gap
    sign = (gap > 0) - (gap < 0)
    if kind is UnitClass.PERCENT:
        if before.fact.value:
            yield _made(now, before, abs(gap / before.fact.value) * 100, "%", sign)
    elif kind is UnitClass.POINTS:
        if percents:
            yield _made(now, before, abs(gap), "个百分点", sign)
    elif kind is UnitClass.BARE or compatible(mention.unit, now.fact.unit) and not percents:
        yield _made(now, before, abs(gap), now.fact.unit, sign)


def _made(now: Entry, before: Entry, value: Decimal, unit: str, sign: int) -> Candidate:
    value = value.quantize(_FINE) if unit not in ("%", "个百分点") else value
    shown = (
        f"{round_half_up(value).normalize():f}{unit}"
        if value != value.quantize(Decimal(1))
        else f"{value:.0f}{unit}"
    )
    label = f"{now.fact.label or now.fact.role.value}与{before.fact.label or before.fact.role.value}的差"
    return Candidate(entry(label, Role.OTHER, value, unit, shown, now.subject, "difference"), sign)


def _operand_itself(claim: Claim, ledger: Ledger) -> list[Candidate]:
    """低于年度指标值≥30趟: the number is the target itself, and the way is that of the result."""
    held = claim.frame.against
    if held is None or held.kind not in ("target", "budget", "initial", "last"):
        return []
    names = {"target": ("target", "cycle"), "budget": ("budget",), "initial": ("initial",)}.get(
        held.kind, tuple(claim.attributes)
    )
    for subjects in claim.levels[: claim.named]:
        for subject in subjects:
            for one in ledger.of(subject, names, held.kind == "last"):
                now = next(iter(ledger.of(subject, ("actual", "spent"))), None)
                if one.fact.role is Role.TEXT or not _shows(claim.mention, one):
                    continue
                gap = (
                    now.fact.value - one.fact.value if now and now.fact.role is not Role.TEXT else Decimal(0)
                )
                return [Candidate(one, (gap > 0) - (gap < 0))]
    return []


def _shows(mention: Mention, one: Entry) -> bool:
    return mention.value == one.fact.value and compatible(mention.unit, one.fact.unit)
