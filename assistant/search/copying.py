"""Where a text stands already (查重): sentence by sentence, in whose report, of which year, and how much of it.

Figures are left out of the comparison: a sentence with new numbers in it is still a copy. What consists of
phrases that every report has (boilerplate.toml), or stands in the reports of several units, is boilerplate.
It knows nothing about files.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Sequence
from decimal import Decimal
from difflib import SequenceMatcher
from enum import StrEnum
from functools import cache
from importlib import resources

from assistant.domain.base import Frozen
from assistant.domain.figures import round_half_up
from assistant.domain.passage import Passage
from assistant.search.words import normalised

#: Letters that a sentence must have to be looked for.
SHORTEST = 8
#: A common run of fewer letters is chance.
_RUN = 4
#: Shares (%) from which on a sentence is a copy, or partly one.
COPIED, PARTLY = Decimal(80), Decimal(50)
#: So many units with the same sentence make it boilerplate.
_UNITS = 3
#: Places that are named for one sentence.
_PLACES = 3
_SENTENCE = re.compile(r"[^。；！？\n]+[。；！？]?")
_FIGURE = re.compile(
    r"\d[\d.,]*\s*(?:个百分点|百分点|万元|亿元|元|人次|[个项件次份条篇期场家人户台套座块处年月日]|%)?"
)

#: Returns the past paragraphs that share most words with a sentence.
Finder = Callable[[str], Sequence[Passage]]


class Verdict(StrEnum):
    """What a sentence is; the value is the word for people."""

    COPIED = "照抄"
    PARTLY = "部分相同"
    BOILERPLATE = "套话"
    OWN = "未见相同"


class Place(Frozen):
    """Where a sentence stands already: the past paragraph, the sentence in it, and the share in %."""

    passage: Passage
    text: str
    share: Decimal


class Judged(Frozen):
    """A sentence of the text with its paragraph (from 0), the highest share in %, and where it stands already."""

    paragraph: int
    text: str
    verdict: Verdict
    share: Decimal = Decimal(0)
    places: tuple[Place, ...] = ()


class Copying(Frozen):
    """Every sentence judged, and what share (%) of the letters stands in copied or partly copied sentences."""

    sentences: tuple[Judged, ...]
    share: Decimal


def copying_of(paragraphs: Sequence[str], finder: Finder) -> Copying:
    """Judge every sentence of the paragraphs; shorter ones than SHORTEST letters are left out."""
    judged = tuple(
        _judged(number, sentence, finder)
        for number, text in enumerate(paragraphs)
        for sentence in sentences_in(text)
        if len(_letters(sentence)) >= SHORTEST
    )
    whole = sum(len(_letters(item.text)) for item in judged)
    copied = sum(
        len(_letters(item.text)) for item in judged if item.verdict in (Verdict.COPIED, Verdict.PARTLY)
    )
    return Copying(sentences=judged, share=_percent(copied, whole))


def sentences_in(text: str) -> list[str]:
    """Return the sentences of a paragraph with their marks; a table row is one."""
    return [part.strip() for part in _SENTENCE.findall(text) if part.strip()]


def share_of(sentence: str, other: str) -> Decimal:
    """Return what share (%) of a sentence's letters stands in another text, in runs of four or more."""
    own, past = _letters(sentence), _letters(other)
    return _percent(sum(length for _, length in _runs(own, past)), len(own))


def _judged(paragraph: int, sentence: str, finder: Finder) -> Judged:
    places = sorted(
        (_place(sentence, passage) for passage in finder(sentence)), key=lambda place: -place.share
    )
    close = tuple(place for place in places if place.share >= PARTLY)
    best = places[0].share if places else Decimal(0)
    return Judged(
        paragraph=paragraph,
        text=sentence,
        verdict=_verdict(sentence, close),
        share=best,
        places=close[:_PLACES],
    )


def _verdict(sentence: str, close: Sequence[Place]) -> Verdict:
    if not close:
        return Verdict.OWN
    units = {place.passage.unit_name for place in close if place.share >= COPIED and place.passage.unit_name}
    if len(units) >= _UNITS or _is_boilerplate(sentence, close[0].text):
        return Verdict.BOILERPLATE
    return Verdict.COPIED if close[0].share >= COPIED else Verdict.PARTLY


def _place(sentence: str, passage: Passage) -> Place:
    """Return the sentence of a past paragraph that is nearest, or the paragraph where the runs go beyond one."""
    parts = sentences_in(passage.text)
    best = max(parts, key=lambda part: share_of(sentence, part), default=passage.text)
    share, whole = share_of(sentence, best), share_of(sentence, passage.text)
    if whole > share + 10:
        best, share = passage.text, whole
    return Place(passage=passage, text=best, share=share)


def _is_boilerplate(sentence: str, past: str) -> bool:
    """Return whether most of what is common to both consists of phrases that every report has."""
    own = _letters(sentence)
    marked = bytearray(len(own))
    for phrase in common_phrases():
        begin = own.find(phrase)
        while begin >= 0:
            marked[begin : begin + len(phrase)] = b"\1" * len(phrase)
            begin = own.find(phrase, begin + 1)
    common = [place for start, length in _runs(own, _letters(past)) for place in range(start, start + length)]
    return bool(common) and sum(marked[place] for place in common) * 10 >= len(common) * 6


def _runs(own: str, past: str) -> list[tuple[int, int]]:
    """Return where the common runs begin in `own` and how long they are."""
    blocks = SequenceMatcher(None, own, past, autojunk=False).get_matching_blocks()
    return [(block.a, block.size) for block in blocks if block.size >= min(_RUN, len(own))]


def _letters(text: str) -> str:
    """Return the letters of a text without figures and their units, marks and blanks."""
    return "".join(char for char in _FIGURE.sub("", normalised(text)) if char.isalpha())


def _percent(part: int, whole: int) -> Decimal:
    return round_half_up(Decimal(part * 100) / Decimal(whole), 2) if whole else Decimal("0.00")


@cache
def common_phrases() -> tuple[str, ...]:
    """Return the phrases that every report has, without marks, longest first."""
    read = resources.files("assistant.search").joinpath("boilerplate.toml").read_text("utf-8")
    return tuple(
        sorted({_letters(phrase) for phrase in tomllib.loads(read)["phrases"]}, key=len, reverse=True)
    )
