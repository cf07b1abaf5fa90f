"""Wording learnt from past reports (借鉴): digit-free clauses of retrieved passages, with their citation.

Only what asserts nothing about the other unit is taken: for measures an action that begins with a verb,
for problems the bare predicate (仍需进一步…). Figures, names, offices and dates are left behind.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from assistant.domain.base import Frozen
from assistant.domain.passage import Citation, Passage
from assistant.drafting.phrases import Phrases

_CLAUSE = re.compile(r"[^，。；：！？、,;:\s（）()]+(?:、[^，。；：！？、,;:\s（）()]+){0,3}")
_PLAIN = re.compile(r"[\u4e00-\u9fff、]+")
_NUMERAL = re.compile(r"[〇零一二三四五六七八九十百千万亿两半几数]")
_TIME = re.compile(r"今|去年|明年|次年|当年|半年|年底|年末|月底|月末|月初|季末|当前|目前|近日")
_OTHERS = re.compile(r"我[市县区局会办]|本[市县区局会办]|该|其|已|了|过|曾|因|由于|未能|没有")
_NAME = 3
_OFFICE = re.compile(
    r"^[\u4e00-\u9fff]{1,8}?(?:科|股|室|处|局|中心|服务站)(?:会同[\u4e00-\u9fff、]{1,12}?)?(?=按|逐|编|建|通报|及时|同步|定期)"
)
_SHORTEST, _LONGEST, _WORD = 7, 26, 6


class Learned(Frozen):
    """A clause that may be woven into a draft, and where it was found."""

    clause: str
    citation: Citation


def actions(
    passages: Sequence[Passage], phrases: Phrases, taken: set[str], family: str, own: str, most: int
) -> list[Learned]:
    """Return at most so many actions (动宾短语) of past measures that speak of the matter, nearest first.

    A clause that says nothing of the matters near to the family of the problem is left out. A clause is made of the words of the management lexicon and of `own`, the words of this report,
    and of no others: so nothing of another trade comes in. What is returned is added to `taken`.
    """
    known = frozenset(phrases.words("learned.lexicon"))
    verbs, near = phrases.words("learned.verbs"), phrases.entry("learned.near")
    matters = tuple(near.get(family, near["other"]))
    found: dict[str, Learned] = {}
    for passage in passages:
        for clause in _clauses(passage, phrases):
            fresh = len(clause) >= _SHORTEST and clause not in taken
            if clause.startswith(verbs) and fresh and covered(clause, known, own):
                found.setdefault(clause, Learned(clause=clause, citation=passage.citation))
    shared = {clause: sum(word in clause for word in matters) for clause in found}
    chosen = sorted((clause for clause in found if shared[clause]), key=lambda clause: -shared[clause])[:most]
    taken.update(chosen)
    return [found[clause] for clause in chosen]


def covered(clause: str, known: frozenset[str], own: str) -> bool:
    """Return whether a clause can be parted wholly into known words and runs of two or more of `own`."""
    reached = [True] + [False] * len(clause)
    for end in range(1, len(clause) + 1):
        reached[end] = any(
            reached[start] and (clause[start:end] in known or (end - start >= 2 and clause[start:end] in own))
            for start in range(max(0, end - _WORD), end)
        )
    return reached[-1]


def predicates(passages: Sequence[Passage], phrases: Phrases, taken: set[str]) -> Iterator[Learned]:
    """Yield the predicates (仍需进一步加强) of past problems, without their subjects."""
    for passage in passages:
        for clause in _clauses(passage, phrases):
            tail = _predicate(clause, phrases.words("learned.predicates"))
            if tail and tail not in taken:
                taken.add(tail)
                yield Learned(clause=tail, citation=passage.citation)


def quoting(text: str, passages: Sequence[Passage], shortest: int = 8) -> tuple[Citation, ...]:
    """Return the citations of those passages with which a text shares a run of `shortest` characters."""
    runs = [text[i : i + shortest] for i in range(max(0, len(text) - shortest + 1))]
    return tuple(passage.citation for passage in passages if any(run in passage.text for run in runs))


def _clauses(passage: Passage, phrases: Phrases) -> Iterator[str]:
    text = re.sub(r"\s+", "", passage.text)
    for match in _CLAUSE.finditer(text):
        clause = _OFFICE.sub("", match.group())
        if len(clause) <= _LONGEST and _clean(clause, passage, phrases):
            yield clause


def _clean(clause: str, passage: Passage, phrases: Phrases) -> bool:
    """Whether a clause is free of figures, names, offices, dates, and statements about somebody else."""
    bare = clause
    for word in phrases.words("learned.safe"):
        bare = bare.replace(word, "")
    if not _PLAIN.fullmatch(clause) or _NUMERAL.search(bare) or _TIME.search(bare) or _OTHERS.search(bare):
        return False
    if any(place in bare for place in phrases.words("learned.places")):
        return False
    named = passage.unit_name + passage.citation.title
    return not any(clause[i : i + _NAME] in named for i in range(len(clause) - _NAME + 1))


def _predicate(clause: str, openings: Sequence[str]) -> str:
    """Return the end of a clause from 有待/仍需… on, where it is short enough to stand alone."""
    for opening in openings:
        head, found, tail = clause.partition(opening)
        if found and head and 2 <= len(tail) <= 8:
            return found + tail
    return ""
