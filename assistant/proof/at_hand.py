"""Numbers that the figures in sight explain where no reading of the sentence does (视野内的推算).

In sight are the rows whose names share a word with the paragraph so far, and the money of the whole. From
each follow its values of both years, their differences and ratios; from rows of one kind their sums, shares
and averages. A number with few digits tells little: it must be a difference that the words speak of.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from assistant.domain.facts import Role
from assistant.domain.figures import places_of
from assistant.domain.mention import Bound, Mention
from assistant.domain.numerals import MentionKind
from assistant.domain.units import compatible, within
from assistant.proof.amounts import (
    COUNTED,
    YUAN,
    Value,
    averages,
    gaps,
    gaps_between,
    of_several,
    parts_of_counts,
    ratios,
    ratios_between,
)
from assistant.proof.claim import Claim
from assistant.proof.entries import Entry
from assistant.proof.frames import Relation
from assistant.proof.ledger import Ledger
from assistant.proof.lexicon import LAST_YEAR
from assistant.proof.matching import is_malformed
from assistant.proof.naming import WHOLE_REPORT, Subject
from assistant.proof.stated import plain_unit

_EXACT = 6
_TELLING = 3
_VALUES = frozenset(
    {"actual", "value", "target", "budget", "spent", "initial", "price", "quantity", "unspent"}
)
_GAP = re.compile("[比较差缺少多增减降升高低超余节]|不足|净|空编|未|距")
_SUM = re.compile("合计|共|累计|之和|总|净|[两三四五六七八九十]项|加")
_MEAN = re.compile("[均每单]")
_THEN = re.compile("上年|去年|上一年|往年|同比|20[0-9]{2}年")
_BESIDE_TARGET = re.compile(
    "(?:[超多高少低差省距离欠缺晚早快慢]|优于|好于)[^，。；0-9]{0,10}(?:[0-9.]+[^，。；0-9]{0,8})?$"
)
_NEAR = 20
_PLAIN = (Relation.VALUE, Relation.SUM)
#: A number of so many digits is hardly another by chance; one of fewer than the first says little by itself.
_DISTINCT = 4
_COMMON = ("", "分", "个", "项", "条", "次", "件", "份", "人", "名", "家", "处", "天", "%")
_FROM = re.compile("[由从][^，。；0-9]{0,14}$")
_TO_AFTER = re.compile("[^，。；]{0,8}[升降增减压提到至]")
_LAST_BEFORE = re.compile(r"(?:上年|去年|上一年|往年|20[0-9]{2}年)[^，。；0-9]{0,10}$")


#: More sub-projects than these are in sight only where they are named.
_MOST = 8


class AtHand:
    """What the figures in sight of a sentence amount to."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger
        self._projects = [s for last, s in ledger.index if not last and s[0] and s[1:] == ("", 0)][:_MOST]

    def explains(self, claim: Claim, text: str, seen: Sequence[Subject], *, meant: bool = False) -> bool:
        """Return whether a number of prose is a figure in sight, or follows from two or more of them.

        `meant` says that the sentence means a figure, though of nobody named: then it must be one of that role.
        """
        mention = claim.mention
        if mention.value is None or mention.kind is not MentionKind.QUANTITY or claim.row or mention.sign:
            return False
        if is_malformed(mention) or mention.high is not None:
            return False
        if mention.chinese or (meant and _digits(mention) < _TELLING):
            return False
        last = claim.last_year or LAST_YEAR.search(text, claim.sentence.start, claim.sentence.end) is not None
        last = (
            last
            or _GAP.search(text, max(claim.sentence.start, mention.start - _NEAR), mention.start) is not None
        )
        spoken = [s for s in claim.near if s[1]] if meant else self._in_sight(claim, seen)
        rows = self._rows(spoken, last=last)
        if meant and claim.worded and claim.frame.relation in _PLAIN:
            rows = [[one for one in row if one.attribute in claim.attributes] for row in rows]
        before = text[claim.sentence.start : mention.start]
        values = [
            *_own(rows, mention, claim, before, text),
            *(() if meant else self._anywhere(mention, last=claim.last_year)),
        ]
        derived = (one for one in _derived(rows, claim, before) if one.sign * claim.frame.sign >= 0)
        return any(_agrees(mention, one) for one in (*values, *derived))

    def is_gap_of(self, claim: Claim, text: str, subject: Subject) -> bool:
        """Return whether a number is the gap between result and target of the row it is said of (超目标7家)."""
        mention, before = claim.mention, text[claim.sentence.start : claim.mention.start]
        if mention.value is None or claim.row or mention.sign or mention.unit == "%" or is_malformed(mention):
            return False
        clause = before.rpartition("，")[2]
        if not _BESIDE_TARGET.search(clause) or _THEN.search(clause):
            return False
        row = next(iter(self._rows([subject], last=False)), [])
        return any(
            _agrees(mention, one) for one in gaps([row], "") if one.sign and one.sign * claim.frame.sign >= 0
        )

    def _anywhere(self, mention: Mention, *, last: bool) -> Iterator[Value]:
        """Every figure of the report, for a number of so many digits that it can hardly be another."""
        if _digits(mention) >= _DISTINCT and mention.bound is Bound.EXACT:
            yield from (
                Value(one.fact.value, one.fact.unit)
                for one in self._ledger.entries
                if one.attribute in COUNTED and one.last_year == last and one.fact.role is not Role.TEXT
            )

    def _in_sight(self, claim: Claim, seen: Sequence[Subject]) -> list[Subject]:
        """The rows that share a word with the paragraph so far, the sub-projects and the whole."""
        levels = (s for level in claim.levels for s in level)
        projects = [(claim.project, "", 0)] if claim.project else self._projects
        return list(dict.fromkeys([*seen, *claim.near, *levels, *projects, WHOLE_REPORT]))

    def _rows(self, subjects: Iterable[Subject], *, last: bool) -> list[list[Entry]]:
        """The numeric entries of subjects, those of last year where it is spoken of."""
        years = (False, True) if last else (False,)
        found = (
            [
                one
                for year in years
                for one in self._ledger.index.get((year, subject), ())
                if one.attribute in _VALUES and one.fact.role is not Role.TEXT
            ]
            for subject in subjects
        )
        return [row for row in found if row]


def _digits(mention: Mention) -> int:
    """How many digits tell something: zeros at the end count as one (8400 as three)."""
    if mention.value is None:
        return 0
    digits = "".join(map(str, mention.value.as_tuple().digits))
    plain = digits.rstrip("0")
    return len(plain) + (plain != digits)


def _own(
    rows: Iterable[Sequence[Entry]], mention: Mention, claim: Claim, before: str, text: str
) -> Iterator[Value]:
    """The values of the rows in sight; last year's only where they are what is spoken of right before."""
    if _digits(mention) < _TELLING and mention.unit in _COMMON:
        return
    start = claim.frame.relation is Relation.FROM or (
        _FROM.search(before) is not None and _TO_AFTER.match(text, mention.end) is not None
    )
    then = start or _LAST_BEFORE.search(before) is not None
    for row in rows:
        yield from (Value(one.fact.value, one.fact.unit) for one in row if one.last_year == then)


def _derived(rows: Sequence[Sequence[Entry]], claim: Claim, before: str) -> Iterator[Value]:
    """What the words right before a number ask for: a difference, a sum, a mean; ratios for percentages."""
    mention, held = claim.mention, claim.frame.against
    near, telling = before[-_NEAR:], _digits(mention) >= _TELLING
    if _GAP.search(near):
        kind, points = held.kind if held is not None else "", mention.unit == "%"
        yield from gaps([row for row in rows if not points or row[0].fact.unit != "%"], kind)
        if telling and kind in ("", "last", "subject"):
            yield from gaps_between(rows)
    if not telling:
        return
    if mention.unit in ("%", "倍"):
        for row in rows:
            yield from ratios(row)
        yield from ratios_between(rows)
    if _SUM.search(near) or mention.unit == "%":
        yield from of_several(rows)
    if _MEAN.search(near):
        yield from averages(rows)
    yield from parts_of_counts(rows)


def _agrees(mention: Mention, one: Value) -> bool:
    """Whether a number shows a value in its own unit or one of money."""
    value, unit, _ = one
    said, own = plain_unit(mention.unit), plain_unit(unit)
    if said in YUAN and own in YUAN:
        value = value / YUAN[own] * YUAN[said]
    elif own.startswith("万") and own[1:] == said:
        value = value * 10_000
    elif said != own and not compatible(mention.unit, unit):
        return False
    if mention.value is None:
        return False
    if within(mention.value, mention.places, value, max(places_of(value), _EXACT)):
        return True
    near = abs(mention.value - value) <= abs(value) / 20
    return mention.bound is not Bound.EXACT and near and mention.fits(value)
