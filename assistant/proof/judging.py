"""Whether a claim is true: the figure of its role and subject, a source, or a calculation on its sentence.

A claim whose role and subject are known must show that figure (N02, N03, N09); one without a role must
show some figure near by, repeat a source, or follow from the numbers beside it (N01, N04).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from assistant.domain.facts import Role
from assistant.domain.figures import places_of
from assistant.domain.finding import Finding
from assistant.domain.numerals import Bound, Mention, MentionKind
from assistant.domain.units import DURATIONS, compatible, within
from assistant.proof.claims import Claim
from assistant.proof.layout import clause_around
from assistant.proof.ledger import Entry, Ledger
from assistant.proof.lexicon import COMPUTING, PLAN, UnitClass, unit_class
from assistant.proof.matching import Match, compare
from assistant.proof.sources import Sources, neighbours
from assistant.proof.spots import spot

_CHANGE = ("change.", "growth.", "adjustment")
_LONGEST_PLAN = 60
_GOOD = (Match.EQUAL, Match.NEEDLESS, Match.ROUNDED_SCORE)


@dataclass(frozen=True, slots=True)
class Verdict:
    """A judged claim: the figure it shows, the figure it should have shown, and how far off it is."""

    claim: Claim
    shown: Entry | None = None
    wanted: Entry | None = None
    match: Match = Match.NONE
    sourced: bool = False

    @property
    def true(self) -> bool:
        """Whether the claim is accounted for."""
        return self.sourced or self.match in _GOOD


class Judge:
    """Judges claims against one ledger and its sources."""

    def __init__(self, ledger: Ledger, sources: Sources) -> None:
        self.ledger = ledger
        self.sources = sources

    def judge(self, text: str, claims: Sequence[Claim]) -> list[Finding]:
        """Return what is wrong with the numbers of one sentence or table row."""
        verdicts = [self._verdict(text, claim) for claim in claims]
        known = [verdict.shown.fact.value for verdict in verdicts if verdict.shown is not None]
        found: list[Finding] = []
        for verdict in verdicts:
            if not verdict.true and self._follows(text, verdict, known):
                continue
            found += _report(text, verdict)
        return found

    def _verdict(self, text: str, claim: Claim) -> Verdict:
        wanted = self.wanted(claim)
        verdict = _best(claim, wanted) if wanted else Verdict(claim)
        if verdict.true:
            return verdict
        if wanted and _strict(claim):
            return verdict
        if self._repeats_source(text, claim):
            return Verdict(claim, sourced=True)
        if claim.mention.kind is not MentionKind.QUANTITY:
            return Verdict(claim, sourced=True)
        pooled = _best(claim, self._pool(claim, bool(wanted)), loose=True)
        if pooled.true or not wanted:
            return pooled
        return verdict

    def wanted(self, claim: Claim) -> list[Entry]:
        """The figures of the nearest subject that has the claimed attribute."""
        for subjects in claim.levels if claim.attributes else ():
            found = [
                entry
                for subject in subjects
                for entry in self.ledger.of(subject, claim.attributes, claim.last_year)
            ]
            if found and _usable(claim.mention, found):
                return found
        return []

    def _pool(self, claim: Claim, resolved: bool) -> list[Entry]:
        """Every figure of the subjects in sight; all figures where no row is in sight."""
        subjects = {subject for level in claim.levels for subject in level}
        rows = {subject for subject in subjects if subject[1] in ("i", "o", "l")}
        own = [
            entry for subject in subjects for entry in self.ledger.index.get((claim.last_year, subject), ())
        ]
        if resolved:
            return [entry for entry in own if entry.attribute in claim.attributes]
        if rows or unit_class(claim.mention.unit) is UnitClass.SCORE:
            return own
        return [entry for entry in self.ledger.entries if entry.last_year == claim.last_year]

    def _repeats_source(self, text: str, claim: Claim) -> bool:
        mention = claim.mention
        if claim.row:
            return False
        return self.sources.knows(mention, neighbours(text, mention.start, mention.end)) or _is_plan_time(
            text, claim
        )

    def _follows(self, text: str, verdict: Verdict, known: Sequence[Decimal]) -> bool:
        """Whether a number is the sum, difference or ratio of true numbers of its sentence."""
        claim, mention = verdict.claim, verdict.claim.mention
        clause = clause_around(text, mention.start, mention.end)
        if claim.row or mention.value is None or not COMPUTING.search(text, clause.start, clause.end):
            return False
        if verdict.wanted is not None and claim.explicit:
            return False
        return any(
            within(mention.value, mention.places, value, max(places_of(value), 4))
            for value in _derived(known, mention.unit)
        )


def _derived(known: Sequence[Decimal], unit: str) -> Iterable[Decimal]:
    if len(known) > 1:
        yield sum(known, Decimal(0))
        yield sum(known, Decimal(0)) / len(known)
    for at, first in enumerate(known):
        for second in known[at + 1 :]:
            yield abs(first - second)
            if unit == "%" and first and second:
                yield first / second * 100
                yield second / first * 100
                yield abs(first - second) / second * 100
                yield abs(first - second) / first * 100


def _usable(mention: Mention, entries: Sequence[Entry]) -> bool:
    """Whether one of the figures can have the unit of the mention, a mere slip of money unit aside."""
    if any(entry.fact.role is Role.TEXT and re.search("[0-9]", entry.fact.shown) for entry in entries):
        return True
    if mention.kind is not MentionKind.QUANTITY:
        return False
    kind = unit_class("万元" if mention.unit == "万" else mention.unit)
    if all(entry.fact.role is Role.COUNT for entry in entries):
        return kind in (UnitClass.COUNT, UnitClass.BARE)
    entries = [entry for entry in entries if entry.fact.role is not Role.TEXT]
    kinds = {unit_class(entry.fact.unit) for entry in entries}
    if kind is UnitClass.BARE or (kind in kinds and kind is not UnitClass.COUNT):
        return True
    if kind is UnitClass.COUNT:
        return any(compatible(mention.unit, entry.fact.unit) for entry in entries)
    percents = {UnitClass.PERCENT, UnitClass.POINTS}
    return (kind in percents and bool(kinds & percents)) or (
        kind is UnitClass.PERCENT and UnitClass.SCORE in kinds
    )


def _strict(claim: Claim) -> bool:
    """Whether only the named subject may speak: it stands in the sentence, or the number is small."""
    small = claim.mention.value is not None and unit_class(claim.mention.unit) in (
        UnitClass.COUNT,
        UnitClass.SCORE,
    )
    return claim.explicit or claim.row or small


def _best(claim: Claim, entries: Sequence[Entry], loose: bool = False) -> Verdict:
    """The best match among admissible figures; the first one is what should have stood there."""
    best = Verdict(claim, wanted=entries[0] if entries else None)
    order = list(Match)
    for entry in entries:
        signed = not entry.attribute.startswith(_CHANGE)
        match = compare(claim.mention, entry.fact, signed=signed, loose=loose)
        if order.index(match) < order.index(best.match):
            best = Verdict(claim, shown=entry if match in _GOOD else None, wanted=entry, match=match)
    return best


def _is_plan_time(text: str, claim: Claim) -> bool:
    """A length of time in a plan (10个工作日内): no figure of the form."""
    short = claim.mention.value is not None and claim.mention.value <= _LONGEST_PLAN
    return (
        short
        and claim.mention.unit in DURATIONS
        and bool(PLAN.search(text, claim.sentence.start, claim.sentence.end))
    )


def _report(text: str, verdict: Verdict) -> list[Finding]:
    mention, shown = verdict.claim.mention, _shown(verdict.shown or verdict.wanted)
    if verdict.sourced or verdict.match is Match.EQUAL:
        return []
    span = (mention.start, mention.end)
    if verdict.match is Match.NEEDLESS:
        return [spot("B20", text, span, f"“{mention.text}”是约数，数据为{shown}", "请写确数", expected=shown)]
    if verdict.match is Match.ROUNDED_SCORE:
        message = f"“{mention.text}”取了整，数据为{shown}"
        return [spot("N10", text, span, message, "得分请保留两位小数", expected=shown)]
    rule, message = _fault(verdict)
    if rule == "N01":
        return [spot(rule, text, span, message, "请改用填报数据，或把它填入“其他数据”并注明来源，或删去")]
    return [spot(rule, text, span, message, f"请改为{shown}，或先更正填报数据", expected=shown)]


def _fault(verdict: Verdict) -> tuple[str, str]:
    claim, mention, wanted = verdict.claim, verdict.claim.mention, verdict.wanted
    if wanted is None or not claim.attributes and verdict.match is Match.NONE:
        return "N01", f"“{mention.text.strip()}”在填报数据中没有出处"
    label = wanted.fact.label or wanted.fact.role.value
    if verdict.match in (Match.UNIT, Match.SCALE):
        return "N03", f"{label}应为{_shown(wanted)}，文中为“{mention.text.strip()}”，单位不符"
    if mention.bound is not Bound.EXACT and not mention.sign:
        return "N10" if _nearly(
            mention, wanted
        ) else "N02", f"{label}为{_shown(wanted)}，与文中“{mention.text.strip()}”不符"
    if claim.last_year:
        return "N09", f"上年的{label}应为{_shown(wanted)}，文中为“{mention.text.strip()}”"
    return "N02", f"{label}应为{_shown(wanted)}，文中为“{mention.text.strip()}”"


def _nearly(mention: Mention, wanted: Entry) -> bool:
    return mention.value is not None and abs(mention.value - wanted.fact.value) <= abs(wanted.fact.value) / 10


def _shown(entry: Entry | None) -> str:
    return entry.fact.shown if entry else ""
