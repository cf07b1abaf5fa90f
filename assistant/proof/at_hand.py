"""Numbers that the figures in sight explain where no reading of the sentence does (视野内的推算).

In sight are the rows whose names share a word with the paragraph so far, and the money of the whole. From
each follow its values of both years, their differences and ratios; from rows of one kind their sums, shares
and averages. A number with few digits tells little: it must be a difference that the words speak of.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from itertools import combinations
from typing import NamedTuple

from assistant.domain.facts import Role
from assistant.domain.figures import places_of, trimmed
from assistant.domain.mention import Bound, Mention
from assistant.domain.numerals import MentionKind
from assistant.domain.units import compatible, within
from assistant.proof.claim import Claim
from assistant.proof.entries import Entry
from assistant.proof.frames import Relation
from assistant.proof.ledger import Ledger
from assistant.proof.lexicon import LAST_YEAR
from assistant.proof.matching import is_malformed
from assistant.proof.naming import WHOLE_REPORT, Subject
from assistant.proof.stated import plain_unit

_HUNDRED = Decimal(100)
_EXACT = 6
_TELLING = 3
_VALUES = frozenset(
    {"actual", "value", "target", "budget", "spent", "initial", "price", "quantity", "unspent"}
)
_COUNTED = frozenset({"actual", "value", "quantity"})
_RESULTS, _AIMS = frozenset({"actual", "spent"}), frozenset({"target", "budget", "initial"})
_GAP = re.compile("[比较差缺少多增减降升高低超余节]|不足|净|空编|未|距")
_SUM = re.compile("合计|共|累计|之和|总|净|[两三四五六七八九十]项|加")
_THEN = re.compile("上年|去年|上一年|往年|同比|20[0-9]{2}年")
_MEAN = re.compile("[均每单]")
_BESIDE_TARGET = re.compile(
    "(?:[超多高少低差省距离欠缺晚早快慢]|优于|好于)[^，。；0-9]{0,10}(?:[0-9.]+[^，。；0-9]{0,8})?$"
)
_NEAR = 20
#: A number of so many digits is hardly another by chance; one of fewer than the first says little by itself.
_DISTINCT = 4
_COMMON = ("", "分", "个", "项", "条", "次", "件", "份", "人", "名", "家", "处", "天", "%")
_FROM = re.compile("[由从][^，。；0-9]{0,14}$")
_TO_AFTER = re.compile("[^，。；]{0,8}[升降增减压提到至]")
_LAST_BEFORE = re.compile(r"(?:上年|去年|上一年|往年|20[0-9]{2}年)[^，。；0-9]{0,10}$")
#: Rows of one kind of which more than these are in sight say nothing about a sum.
_MOST = 8
_YUAN = {"元": Decimal(10_000), "万元": Decimal(1), "亿元": Decimal("0.0001")}


class _Value(NamedTuple):
    """What figures amount to; `sign` is that of now against before, of the result against its target, 0 for none; `dated`: of two years."""

    value: Decimal
    unit: str
    sign: int = 0
    dated: bool = False


class AtHand:
    """What the figures in sight of a sentence amount to."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger

    def explains(self, claim: Claim, text: str, seen: Sequence[Subject], *, meant: bool = False) -> bool:
        """Return whether a number of prose is a figure in sight, or follows from two or more of them.

        Where another figure may be `meant`, only the rows count that share a word with its own clause.
        """
        mention = claim.mention
        if mention.value is None or mention.kind is not MentionKind.QUANTITY or claim.row or mention.sign:
            return False
        if is_malformed(mention) or mention.high is not None or mention.chinese:
            return False
        last = claim.last_year or LAST_YEAR.search(text, claim.sentence.start, claim.sentence.end) is not None
        rows = self._rows(claim.near if meant else self._in_sight(claim, seen), last=last)
        if meant:
            rows = [[one for one in row if one.attribute in claim.attributes] for row in rows]
        before = text[claim.sentence.start : mention.start]
        values = list(_own(rows, mention, claim, before, text))
        if not meant:
            values += self._anywhere(mention, last=claim.last_year)
        derived = (one for one in _derived(rows, mention, before) if one.sign * claim.frame.sign >= 0)
        return any(_agrees(mention, one) for one in (*values, *derived))

    def is_gap_of(self, claim: Claim, text: str, subject: Subject) -> bool:
        """Return whether a number is the gap between result and target of the row it is said of (超目标7家)."""
        mention, before = claim.mention, text[claim.sentence.start : claim.mention.start]
        if mention.value is None or claim.row or mention.sign or is_malformed(mention):
            return False
        clause = before.rpartition("，")[2] if "，" in before else before
        if not _BESIDE_TARGET.search(clause) or _THEN.search(clause):
            return False
        row = [
            one
            for one in self._ledger.index.get((False, subject), ())
            if one.attribute in _RESULTS | _AIMS and one.fact.role is not Role.TEXT
        ]
        return any(_agrees(mention, one) for one in _gaps([row]) if one.sign * claim.frame.sign >= 0)

    def _anywhere(self, mention: Mention, *, last: bool) -> Iterator[_Value]:
        """Every figure of the report, for a number of so many digits that it can hardly be another."""
        if _digits(mention) >= _DISTINCT and mention.bound is Bound.EXACT:
            yield from (
                _Value(one.fact.value, one.fact.unit)
                for one in self._ledger.entries
                if one.attribute in _COUNTED and one.last_year == last and one.fact.role is not Role.TEXT
            )

    def _in_sight(self, claim: Claim, seen: Sequence[Subject]) -> Iterable[Subject]:
        """The rows of the paragraph, those the number may be of, its sub-project and the whole."""
        levels = (subject for level in claim.levels for subject in level)
        return dict.fromkeys([*seen, *levels, (claim.project, "", 0), WHOLE_REPORT])

    def _rows(self, subjects: Iterable[Subject], *, last: bool) -> list[list[Entry]]:
        """The numeric entries of every subject, those of last year where it is spoken of."""
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
    return len(mention.value.as_tuple().digits) if mention.value is not None else 0


def _own(
    rows: Iterable[Sequence[Entry]], mention: Mention, claim: Claim, before: str, text: str
) -> Iterator[_Value]:
    """The values of the rows in sight; last year's only where they are what is spoken of right before."""
    if _digits(mention) < _TELLING and mention.unit in _COMMON:
        return
    start = claim.frame.relation is Relation.FROM or (
        _FROM.search(before) is not None and _TO_AFTER.match(text, mention.end) is not None
    )
    then = start or _LAST_BEFORE.search(before) is not None
    for row in rows:
        yield from (_Value(one.fact.value, one.fact.unit) for one in row if one.last_year == then)


def _derived(rows: Sequence[Sequence[Entry]], mention: Mention, before: str) -> Iterator[_Value]:
    """What the words right before a number ask for: a difference, a sum, a mean; ratios for percentages."""
    near, telling = before[-_NEAR:], _digits(mention) >= _TELLING
    if _GAP.search(near):
        then = _THEN.search(near) is not None
        yield from (one for one in _gaps(rows) if not then or one.dated)
        if telling:
            yield from _gaps_between(rows)
    if not telling:
        return
    if mention.unit in ("%", "倍"):
        for row in rows:
            yield from _ratios(row)
        yield from _ratios_between(rows)
    if _SUM.search(near) or mention.unit == "%":
        yield from _of_several(rows)
    if _MEAN.search(near) and len(trimmed(mention.value or Decimal(0)).as_tuple().digits) >= _TELLING:
        yield from _averages(rows)
    yield from _parts_of_counts(rows)


def _gaps(rows: Iterable[Sequence[Entry]]) -> Iterator[_Value]:
    """The differences of two values of one row."""
    for row in rows:
        for a, b in combinations(row, 2):
            if a.fact.unit == b.fact.unit and a.fact.value != b.fact.value:
                unit = "个百分点" if a.fact.unit == "%" else a.fact.unit
                dated = a.last_year != b.last_year
                yield _Value(abs(a.fact.value - b.fact.value), unit, _way(a, b), dated)


def _way(a: Entry, b: Entry) -> int:
    """Whether the later of two figures, or the result, is the greater (1) or the smaller (-1)."""
    if a.last_year != b.last_year:
        later, earlier = (b, a) if a.last_year else (a, b)
    elif a.attribute in _RESULTS and b.attribute in _AIMS:
        later, earlier = a, b
    elif b.attribute in _RESULTS and a.attribute in _AIMS:
        later, earlier = b, a
    else:
        return 0
    return 1 if later.fact.value > earlier.fact.value else -1


def _pairs(rows: Sequence[Sequence[Entry]]) -> Iterator[tuple[Entry, Entry]]:
    """Two results of different rows."""
    for first, second in combinations(rows, 2):
        yield from (
            (a, b)
            for a in first
            for b in second
            if a.attribute in _COUNTED and b.attribute in _COUNTED and "%" not in (a.fact.unit, b.fact.unit)
        )


def _gaps_between(rows: Sequence[Sequence[Entry]]) -> Iterator[_Value]:
    """The differences of two results in one unit (旅游综合收入 of two years, as further figures)."""
    for a, b in _pairs(rows):
        if compatible(a.fact.unit, b.fact.unit):
            yield _Value(abs(a.fact.value - b.fact.value), a.fact.unit, _way(a, b))


def _ratios_between(rows: Sequence[Sequence[Entry]]) -> Iterator[_Value]:
    """One result in percent of another, and the growth from one to the other."""
    for a, b in _pairs(rows):
        for part, whole in ((a.fact.value, b.fact.value), (b.fact.value, a.fact.value)):
            if whole:
                yield _Value(part / whole * _HUNDRED, "%")
                if compatible(a.fact.unit, b.fact.unit):
                    yield _Value(abs(part - whole) / whole * _HUNDRED, "%", _way(a, b))


def _parts_of_counts(rows: Sequence[Sequence[Entry]]) -> Iterator[_Value]:
    """A share of a count, both results (即办件占66.5%，折算…件)."""
    shares = [
        one.fact.value for row in rows for one in row if one.fact.unit == "%" and one.attribute == "actual"
    ]
    for row in rows:
        for one in row:
            if one.attribute in _COUNTED and one.fact.unit not in (*_YUAN, "%"):
                yield from (_Value(one.fact.value * share / _HUNDRED, one.fact.unit) for share in shares)


def _ratios(row: Sequence[Entry]) -> Iterator[_Value]:
    """Share, growth and multiple of two values of one row; percentages have none."""
    for a, b in combinations(row, 2):
        if a.fact.unit == b.fact.unit and a.fact.unit != "%" and a.fact.value and b.fact.value:
            for part, whole in ((a.fact.value, b.fact.value), (b.fact.value, a.fact.value)):
                yield _Value(part / whole * _HUNDRED, "%")
                yield _Value(abs(part - whole) / whole * _HUNDRED, "%", _way(a, b))
                yield _Value(part / whole, "倍")


def _of_several(rows: Sequence[Sequence[Entry]]) -> Iterator[_Value]:
    """Sums of rows of one kind, and the share of one in the sum or in the whole."""
    groups: dict[tuple[str, str, str, bool], list[Decimal]] = {}
    for row in rows:
        for one in row:
            if one.fact.unit != "%":
                key = (one.subject[1], one.attribute, one.fact.unit, one.last_year)
                groups.setdefault(key, []).append(one.fact.value)
    for (_, _, unit, _), values in groups.items():
        if not 2 <= len(values) <= _MOST:
            continue
        total = sum(values, Decimal(0))
        for size in range(2, len(values) + 1):
            yield from (_Value(sum(some, Decimal(0)), unit) for some in combinations(values, size))
        if total:
            yield from (_Value(value / total * _HUNDRED, "%") for value in values)


def _averages(rows: Sequence[Sequence[Entry]]) -> Iterator[_Value]:
    """Money for each of what was counted, in 元 and 万元."""
    money = [
        one for row in rows for one in row if one.fact.unit in _YUAN and one.attribute in ("spent", "budget")
    ]
    counted = [
        one for row in rows for one in row if one.attribute in _COUNTED and one.fact.unit not in (*_YUAN, "%")
    ]
    for one in money:
        for count in counted:
            if count.fact.value and count.last_year == one.last_year:
                each = one.fact.value / _YUAN[one.fact.unit] / count.fact.value
                yield _Value(each, "万元")


def _agrees(mention: Mention, one: _Value) -> bool:
    """Whether a number shows a value in its own unit or one of money."""
    value, unit = one.value, one.unit
    if (unit == "个百分点") != (mention.unit in ("个百分点", "百分点")):
        return False
    said, own = plain_unit(mention.unit), plain_unit(unit)
    if said in _YUAN and own in _YUAN:
        value = value / _YUAN[own] * _YUAN[said]
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
