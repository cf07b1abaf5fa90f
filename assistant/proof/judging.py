"""Whether a claim is true: the figure of its role and subject, a source, or a calculation on what was said.

A claim whose role and subject are known must show that figure (N02, N03, N09); a difference must go the way
that the words say (N05); any other number must show some figure near by, repeat a source, or follow from the
true numbers beside it (N01, N04).
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.domain.facts import Role
from assistant.domain.finding import Finding
from assistant.domain.numerals import MentionKind
from assistant.proof.at_hand import AtHand
from assistant.proof.calculation import follows
from assistant.proof.candidates import Candidate, Expectation
from assistant.proof.claim import Claim
from assistant.proof.counting import LEFT_ALONE
from assistant.proof.directions import check_bound, wrong_way
from assistant.proof.entries import Entry
from assistant.proof.expected import expected
from assistant.proof.faults import Verdict, report
from assistant.proof.frames import Relation
from assistant.proof.groups import each_of, sums_of
from assistant.proof.ledger import Ledger
from assistant.proof.lexicon import UnitClass, unit_class
from assistant.proof.limits import is_threshold
from assistant.proof.matching import Match, compare, is_malformed, stands_in
from assistant.proof.naming import Subject
from assistant.proof.plans import is_plan, is_plan_time
from assistant.proof.sources import Sources, neighbours
from assistant.proof.spots import spot
from assistant.proof.stated import Stated
from assistant.proof.traits import (
    in_product,
    is_hotline,
    is_negative,
    is_own_mean,
    is_second_of_ratio,
    is_settled,
    is_small,
    is_small_talk,
)

_SHARED = 3
_TELLING = 3
_COMMON_UNITS = ("", "分", "个", "项", "条", "次", "件", "份", "人", "名", "家", "处", "天")
_GOOD = (Match.EQUAL, Match.NEEDLESS, Match.ROUNDED_SCORE)
_ORDER = {match: at for at, match in enumerate(Match)}


class Judge:
    """Judges claims against one ledger and its sources."""

    def __init__(self, ledger: Ledger, sources: Sources) -> None:
        self.ledger = ledger
        self.sources = sources
        self._at_hand = AtHand(ledger)

    def judge(
        self,
        text: str,
        claims: Sequence[Claim],
        stated: Sequence[Stated] = (),
        *,
        planning: bool = False,
        seen: Sequence[Subject] = (),
    ) -> tuple[list[Finding], list[Stated]]:
        """Return what is wrong with the numbers of one sentence or table row, and the numbers that are true.

        `stated` are the true numbers said before; `planning` says that the text speaks of what is to be
        done, so that its numbers may be new; `seen` are the rows that share a word with the paragraph so far.
        """
        verdicts = [self._verdict(text, claim) for claim in claims]
        true = [
            Stated.of(v.claim.mention, figure=v.shown is not None and v.explicit) for v in verdicts if v.true
        ]
        found: list[Finding] = []
        for verdict in verdicts:
            if verdict.true:
                found += [*report(text, verdict), *check_bound(text, verdict, self.ledger)]
            elif verdict.wrong_way is not None:
                found += wrong_way(text, verdict)
            elif self._is_explained(text, verdict, [*stated, *true], seen):
                true.append(Stated.of(verdict.claim.mention))
            elif not is_small_talk(verdict):
                planned = is_plan(text, verdict, planning=planning)
                found += report(text, verdict.as_plan() if planned else verdict)
                found += [] if planned else self._of_another(text, verdict)
        return found, true

    def _is_explained(
        self, text: str, verdict: Verdict, said: Sequence[Stated], seen: Sequence[Subject]
    ) -> bool:
        """Whether a number follows from those said, or, where nothing else is meant, from the figures in sight."""
        if is_negative(verdict):
            return False
        if not is_settled(verdict) and follows(verdict.claim, said, text, self.ledger):
            return True
        meant = verdict.wanted is not None
        if verdict.claim.frame.relation is Relation.MEAN and not is_own_mean(verdict):
            return self._at_hand.explains(verdict.claim, text, seen)
        if verdict.explicit and verdict.wanted is not None:
            return self._at_hand.is_gap_of(verdict.claim, text, verdict.wanted.subject)
        own = verdict.claim.mention.unit == "分"
        if meant and (own or verdict.claim.frame.relation is Relation.MEAN):
            return False
        return self._at_hand.explains(verdict.claim, text, seen, meant=meant)

    def _of_another(self, text: str, verdict: Verdict) -> list[Finding]:
        """The name beside a wrong number that is the figure of another row: perhaps the name is what is wrong."""
        claim, wanted = verdict.claim, verdict.wanted
        if claim.who is None or wanted is None or not verdict.explicit or claim.row or not wanted.subject[1:]:
            return []
        others = [
            one
            for one in self.ledger.entries
            if one.attribute == wanted.attribute
            and one.subject[1] == wanted.subject[1]
            and one.subject != wanted.subject
            and one.last_year == wanted.last_year
            and one.fact.value == claim.mention.value
            and not one.fact.confidential
        ]
        telling = claim.mention.value is not None and len(claim.mention.value.as_tuple().digits) >= _TELLING
        if len(others) != 1 or not telling or others[0].fact.role is Role.TEXT:
            return []
        span = (claim.who.start, claim.who.end)
        message = f"后文“{claim.mention.text.strip()}”是{others[0].fact.label}，与“{text[slice(*span)]}”不符"
        return [spot("N02", text, span, message, "请核对名称与数字是否对应")]

    def _verdict(self, text: str, claim: Claim) -> Verdict:
        if (
            claim.known
            or claim.attributes == LEFT_ALONE
            or is_threshold(text, claim.mention)
            or is_second_of_ratio(text, claim.mention)
            or is_hotline(claim.mention)
        ):
            return Verdict(claim, sourced=True)
        if claim.each and (every := each_of(claim, self.ledger, text)):
            return _every(claim, every)
        expectation = expected(claim, self.ledger, text)
        verdict = _best(claim, expectation)
        if verdict.true or verdict.wrong_way is not None:
            return verdict
        if (total := _best(claim, sums_of(claim, self.ledger, text))).true:
            return total
        wanted = bool(expectation.candidates)
        if self._stands_in_words(claim):
            return Verdict(claim, sourced=True)
        if in_product(text, claim.mention) and not any(
            c.entry.attribute in ("quantity", "price") for c in expectation.candidates
        ):
            return Verdict(claim, sourced=True)
        strict = expectation.strict or claim.row or is_small(claim.mention)
        if wanted and strict and not self._is_quoted(text, claim, expectation):
            return verdict
        if (
            claim.mention.kind is not MentionKind.QUANTITY
            or self._stands_in_words(claim)
            or self._repeats_source(text, claim, wanted)
        ):
            return Verdict(claim, sourced=True)
        if claim.frame.relation is not Relation.DIFFERENCE or not wanted:
            pool = [*self._pool(claim, wanted), *self._further(claim), *self._results(claim)]
            pooled = _best(claim, Expectation(tuple(map(Candidate, pool))), loose=True)
            if pooled.true or (not wanted and pooled.match is Match.SCALE):
                return pooled
        settled = claim.worded and claim.frame.against is not None
        known = wanted and (strict or settled or claim.frame.relation is not Relation.DIFFERENCE)
        return verdict if known else Verdict(claim)

    def is_worded(self, claim: Claim, text: str) -> bool:
        """Whether a date is the target or result of an indicator that is named or clearly meant."""
        found = expected(claim, self.ledger, text)
        return found.strict and bool(found.candidates)

    def _pool(self, claim: Claim, resolved: bool) -> list[Entry]:
        """Every figure of the subjects in sight; all figures where no row is in sight."""
        subjects = {subject for level in claim.levels for subject in level}
        own = [one for subject in subjects for one in self.ledger.index.get((claim.last_year, subject), ())]
        if resolved:
            return [
                one
                for one in own
                if one.attribute in claim.attributes and claim.project in (0, one.subject[0])
            ]
        before = claim.frame.relation is Relation.FROM
        everything = [one for one in self.ledger.entries if one.last_year == (claim.last_year or before)]
        if claim.row:
            return [one for one in everything if one.attribute in claim.attributes and not one.last_year]
        everything = [one for one in everything if not claim.attributes or one.attribute in claim.attributes]
        rows = any(subject[1] in ("i", "o", "l") for subject in subjects)
        if rows or unit_class(claim.mention.unit) is UnitClass.SCORE:
            telling = claim.mention.unit not in _COMMON_UNITS and not claim.fixed
            return [*own, *(one for one in everything if telling and one.fact.unit == claim.mention.unit)]
        return everything

    def _results(self, claim: Claim) -> list[Entry]:
        """The result of the row that is meant though not named in full, whatever role word stands before it."""
        subjects = claim.levels[0] if claim.levels and not claim.named else ()
        late = claim.frame.relation is Relation.FROM
        return [one for s in subjects if s[1] == "i" for one in self.ledger.of(s, ("actual",), late)]

    def _further(self, claim: Claim) -> list[Entry]:
        """Further figures of the writer, and posts, that a number may be though they are not named in full."""
        return [
            one
            for subject in claim.near
            if subject[1] in ("o", "u", "l")
            for one in self.ledger.index.get((claim.last_year, subject), ())
            if subject[1] != "l" or one.attribute == "quantity"
        ]

    def _stands_in_words(self, claim: Claim) -> bool:
        """Whether a number stands in the target or result in words of a row named (≥85%得100分)."""
        if claim.mention.kind is not MentionKind.QUANTITY or claim.fixed:
            return False
        said = re.sub("^[^0-9]*", "", claim.mention.text.strip())
        return claim.frame.relation is not Relation.DIFFERENCE and any(
            stands_in(said, one.fact.shown)
            for level in claim.levels[: claim.named]
            for subject in level
            for one in self.ledger.of(subject, ("target", "actual"), claim.last_year)
            if one.fact.role is Role.TEXT
        )

    def _is_quoted(self, text: str, claim: Claim, expectation: Expectation) -> bool:
        """Whether a quantity beside a target that is a date or words stands so in the inputs (供应商不足三家)."""
        words = all(one.entry.fact.role is Role.TEXT for one in expectation.candidates)
        quantity = claim.mention.kind is MentionKind.QUANTITY
        return words and quantity and self._repeats_source(text, claim, resolved=True)

    def _repeats_source(self, text: str, claim: Claim, resolved: bool) -> bool:
        mention = claim.mention
        if claim.row or is_malformed(mention):
            return False
        around = neighbours(text, mention.start, mention.end)
        return self.sources.knows(mention, around, _SHARED if resolved else 1) or is_plan_time(text, claim)


def _best(claim: Claim, expectation: Expectation, *, loose: bool = False) -> Verdict:
    """The best match among admissible figures; the first one is what should have stood there."""
    candidates = expectation.candidates
    first = candidates[0].entry if candidates and not loose else None
    best = Verdict(claim, wanted=first, explicit=expectation.strict)
    against: Candidate | None = None
    for candidate in candidates:
        difference = claim.frame.relation is Relation.DIFFERENCE
        signed = not difference and not candidate.entry.attribute.startswith("adjust")
        match = compare(claim.mention, candidate.entry.fact, signed=signed, loose=loose)
        if match in _GOOD and claim.frame.sign * candidate.sign < 0:
            against = against or candidate
        elif _ORDER[match] < _ORDER[best.match]:
            shown = candidate.entry if match in _GOOD else None
            best = Verdict(
                claim, shown=shown, wanted=candidate.entry, match=match, explicit=expectation.strict
            )
    if against is not None and not best.true:
        return Verdict(claim, wanted=against.entry, explicit=True, wrong_way=against.entry)
    return best


def _every(claim: Claim, entries: Sequence[Entry]) -> Verdict:
    """均超过90%: the first figure that a number said of every one does not show."""
    for one in entries:
        match = compare(claim.mention, one.fact)
        if match not in _GOOD:
            return Verdict(claim, wanted=one, match=match, explicit=True)
    return Verdict(claim, shown=entries[0], wanted=entries[0], match=Match.EQUAL)
