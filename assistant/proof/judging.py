"""Whether a claim is true: the figure of its role and subject, a source, or a calculation on its sentence.

A claim whose role and subject are known must show that figure (N02, N03, N09); one without a role must
show some figure near by, repeat a source, or follow from the numbers beside it (N01, N04).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal

from assistant.domain.facts import Role
from assistant.domain.finding import Finding
from assistant.domain.numerals import Bound, Mention, MentionKind
from assistant.domain.units import DURATIONS, compatible
from assistant.proof.calculation import follows
from assistant.proof.claims import Claim
from assistant.proof.directions import check_direction
from assistant.proof.faults import Verdict, report
from assistant.proof.layout import clause_around
from assistant.proof.ledger import Entry, Ledger
from assistant.proof.lexicon import COMPARED, COMPUTING, PLAN, UnitClass, unit_class
from assistant.proof.matching import Match, compare, is_malformed
from assistant.proof.sources import Sources, neighbours

_AS_TARGET = re.compile("指标值[为是：:]?(?![\\s\\S])")
_APART = re.compile("[高低](?:出|了|于目标)?(?![\\s\\S])")
_LONGEST_PLAN = 60
_SHARED = 3
_SMALL = 10
_COMMON_UNITS = ("", "分", "个", "项", "条", "次", "件", "份", "人", "名", "家", "处", "天")
_CHANGE = ("change.", "adjustment")
_GOOD = (Match.EQUAL, Match.NEEDLESS, Match.ROUNDED_SCORE)


class Judge:
    """Judges claims against one ledger and its sources."""

    def __init__(self, ledger: Ledger, sources: Sources) -> None:
        self.ledger = ledger
        self.sources = sources

    def judge(self, text: str, claims: Sequence[Claim], *, planning: bool = False) -> list[Finding]:
        """Return what is wrong with the numbers of one sentence or table row.

        `planning` says that the text speaks of what is to be done, so that its numbers may be new.
        """
        verdicts = [self._verdict(text, claim) for claim in claims]
        known = [verdict.shown.fact.value for verdict in verdicts if verdict.shown is not None]
        found: list[Finding] = []
        for verdict in verdicts:
            if verdict.true:
                found += [*report(text, verdict), *check_direction(text, verdict, self.ledger)]
            elif not self._follows(text, verdict, known) and not _is_small_talk(verdict):
                planned = planning and _is_plan(text, verdict)
                found += report(text, _planned(verdict) if planned else verdict)
        return found

    def _verdict(self, text: str, claim: Claim) -> Verdict:
        wanted, explicit = self.wanted(claim)
        verdict = _best(claim, wanted, explicit=explicit)
        strict = explicit or claim.row or _is_small(claim.mention)
        if verdict.true or (wanted and strict and not self._is_quoted(text, claim, wanted)):
            return verdict
        if claim.mention.kind is not MentionKind.QUANTITY or self._repeats_source(text, claim, bool(wanted)):
            return Verdict(claim, sourced=True)
        pooled = _best(claim, self._pool(claim, bool(wanted)), loose=True)
        if pooled.true or (not wanted and pooled.match is Match.SCALE):
            return pooled
        return verdict if wanted else Verdict(claim)

    def wanted(self, claim: Claim) -> tuple[list[Entry], bool]:
        """Return the figures of the nearest subject that has the claimed attribute, and whether it is named."""
        for position, subjects in enumerate(claim.levels if claim.attributes else ()):
            found = [
                entry
                for subject in subjects
                for entry in self.ledger.of(subject, claim.attributes, claim.last_year)
            ]
            if found and (_usable(claim.mention, found) or _is_pinned(claim, position, found)):
                return found, position < claim.named
        return [], False

    def _pool(self, claim: Claim, resolved: bool) -> list[Entry]:
        """Every figure of the subjects in sight; all figures where no row is in sight."""
        subjects = {subject for level in claim.levels for subject in level}
        own = [
            entry for subject in subjects for entry in self.ledger.index.get((claim.last_year, subject), ())
        ]
        if resolved:
            return [
                entry
                for entry in own
                if entry.attribute in claim.attributes and claim.project in (0, entry.subject[0])
            ]
        if claim.row:
            wanted = claim.attributes
            return [
                entry for entry in self.ledger.entries if entry.attribute in wanted and not entry.last_year
            ]
        rows = any(subject[1] in ("i", "o", "l") for subject in subjects)
        everything = [entry for entry in self.ledger.entries if entry.last_year == claim.last_year]
        if rows or unit_class(claim.mention.unit) is UnitClass.SCORE:
            telling = claim.mention.unit not in _COMMON_UNITS and not claim.fixed
            return [
                *own,
                *(entry for entry in everything if telling and entry.fact.unit == claim.mention.unit),
            ]
        return everything

    def _is_quoted(self, text: str, claim: Claim, wanted: Sequence[Entry]) -> bool:
        """Whether a quantity beside a target that is a date or words stands so in the inputs (供应商不足三家)."""
        words = all(entry.fact.role is Role.TEXT for entry in wanted)
        quantity = claim.mention.kind is MentionKind.QUANTITY
        return words and quantity and self._repeats_source(text, claim, resolved=True)

    def _repeats_source(self, text: str, claim: Claim, resolved: bool) -> bool:
        mention = claim.mention
        if claim.row or is_malformed(mention):
            return False
        around = neighbours(text, mention.start, mention.end)
        return self.sources.knows(mention, around, _SHARED if resolved else 1) or _is_plan_time(text, claim)

    def _follows(self, text: str, verdict: Verdict, known: Sequence[Decimal]) -> bool:
        """Whether a number is computed from true numbers of its sentence, and the sentence says so."""
        claim, mention = verdict.claim, verdict.claim.mention
        clause = clause_around(text, mention.start, mention.end)
        compared = COMPARED.search(text, clause.start, mention.start) is not None
        if (
            claim.row
            or is_malformed(mention)
            or mention.sign
            or (mention.value is not None and mention.value < 0)
            or not (compared or COMPUTING.search(text, clause.start, clause.end))
        ):
            return False
        pinned = claim.fixed or _AS_TARGET.search(text, clause.start, mention.start) is not None
        if verdict.wanted is not None and verdict.explicit and (pinned or not compared):
            return False
        others = [entry.fact.value for entry in self._compared(claim)] if compared else []
        if mention.unit == "%" and _APART.search(text, clause.start, mention.start):
            return follows(mention.model_copy(update={"unit": "×"}), known) is False and follows(
                mention, known
            )
        return follows(mention, [*known, *others])

    def _compared(self, claim: Claim) -> list[Entry]:
        """The figures of the subjects that the sentence compares with."""
        kind = unit_class(claim.mention.unit)
        attributes = {
            UnitClass.POINTS: ("rate", "actual", "completion"),
            UnitClass.SCORE: ("total", "score"),
            UnitClass.MONEY: ("budget", "spent"),
        }.get(kind, ("actual",))
        subjects = [*claim.compared, *(subject for level in claim.levels[: claim.named] for subject in level)]
        return [entry for subject in subjects for entry in self.ledger.of(subject, attributes)]


def _usable(mention: Mention, entries: Sequence[Entry]) -> bool:
    """Whether one of the figures can have the unit of the mention, a mere slip of money unit aside."""
    if any(entry.fact.role is Role.TEXT and re.search("[0-9]", entry.fact.shown) for entry in entries):
        return True
    if mention.kind is not MentionKind.QUANTITY:
        return False
    kind = unit_class("万元" if mention.unit == "万" else mention.unit)
    if all(entry.fact.role is Role.COUNT for entry in entries):
        return kind in (UnitClass.COUNT, UnitClass.BARE)
    units = [entry.fact.unit for entry in entries if entry.fact.role is not Role.TEXT]
    if kind is UnitClass.COUNT:
        return any(compatible(mention.unit, unit) for unit in units)
    kinds, percents = {unit_class(unit) for unit in units}, {UnitClass.PERCENT, UnitClass.POINTS}
    if kind is UnitClass.BARE or kind in kinds:
        return True
    return kind in percents and bool(kinds & (percents | {UnitClass.SCORE}))


def _is_pinned(claim: Claim, position: int, entries: Sequence[Entry]) -> bool:
    """Whether a number can be of nobody else, whatever its unit: “满意度”年度指标值为≥20场."""
    measured = all(entry.fact.role is not Role.TEXT for entry in entries)
    return claim.fixed and position == 0 and measured and claim.mention.kind is MentionKind.QUANTITY


def _is_small(mention: Mention) -> bool:
    """A count or a score: so few values are possible that only the named subject may speak."""
    return mention.value is not None and unit_class(mention.unit) in (UnitClass.COUNT, UnitClass.SCORE)


def _best(claim: Claim, entries: Sequence[Entry], *, loose: bool = False, explicit: bool = False) -> Verdict:
    """The best match among admissible figures; the first one is what should have stood there."""
    best = Verdict(claim, wanted=entries[0] if entries and not loose else None, explicit=explicit)
    order = list(Match)
    for entry in entries:
        signed = not entry.attribute.startswith(_CHANGE)
        match = compare(claim.mention, entry.fact, signed=signed, loose=loose)
        if order.index(match) < order.index(best.match):
            shown = entry if match in _GOOD else None
            best = Verdict(claim, shown=shown, wanted=entry, match=match, explicit=explicit)
    return best


def _is_plan_time(text: str, claim: Claim) -> bool:
    """A length of time in a plan (10个工作日内): no figure of the form."""
    short = claim.mention.value is not None and claim.mention.value <= _LONGEST_PLAN
    plan = PLAN.search(text, claim.sentence.start, claim.sentence.end)
    return short and claim.mention.unit in DURATIONS and plan is not None


def _is_plan(text: str, verdict: Verdict) -> bool:
    """A number of a measure other than money: a target for the time to come, no claim about the results."""
    claim = verdict.claim
    if claim.row or unit_class(claim.mention.unit) is UnitClass.MONEY:
        return False
    if verdict.explicit and claim.mention.sign:
        return False
    loose = verdict.wanted is None or claim.mention.bound is not Bound.EXACT
    return loose or PLAN.search(text, claim.sentence.start, claim.sentence.end) is not None


def _is_small_talk(verdict: Verdict) -> bool:
    """A small Chinese numeral that counts nothing of the form (办了两期, 三次付款)."""
    mention = verdict.claim.mention
    small = mention.chinese and mention.value is not None and mention.value <= _SMALL
    return small and verdict.wanted is None and unit_class(mention.unit) is UnitClass.COUNT


def _planned(verdict: Verdict) -> Verdict:
    return Verdict(verdict.claim, planned=True)
