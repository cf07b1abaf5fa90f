"""Words of the inputs repeated with one thing changed: another school, another town, 三次 for 两次 (与填报文字不符).

Knows the words a report was filled in with, none of its figures.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from assistant.domain.finding import Finding, Severity
from assistant.domain.numerals import Mention, normalise
from assistant.domain.report import Report, Unit
from assistant.proof.layout import Span, clause_around
from assistant.proof.sources import bigrams, free_texts
from assistant.proof.spots import spot
from assistant.proof.subjects import Named

_CLAUSE = re.compile("[^，,。；;：:！？\n]+")
_OTHER = re.compile("[^\u4e00-\u9fff]")
_FUNCTION = re.compile("[了的已将于为由在到把被因其之]")
_COUNT = re.compile("([一两二三四五六七八九十])([次期处座家笔场])(?=([\u4e00-\u9fff]{2}))")
_NUMERALS = {word: str(at) for at, word in enumerate("一二三四五六七八九十", 1)} | {"两": "2"}
#: The name of a town, a village, an area.
PLACE = re.compile(
    "[^\\W0-9a-zA-Z_起将由和与在的及各本该每个处家把被对从到向是]{2}(?:片区|乡|镇|(?<![农乡])村(?![级民委集])|街道|景区|社区)"
)
_LEAST_SHARED = 2
_CONTRASTS = frozenset("东西南北中上下左右前后内外新老大小甲乙丙丁春夏秋冬")
_SHORTEST, _LEAST_ALIKE, _LEAST_HELD = 8, 40, 0.5
_LEAST_NEW, _ANCHOR, _LONG_ANCHOR = 4, 2, 6


#: How a piece of a source became a piece of a text: what was done, [from, to) there, [from, to) here.
Block = tuple[str, int, int, int, int]


@dataclass(frozen=True)
class Altered:
    """The pieces, names, counts and places of one report."""

    pieces: tuple[tuple[str, frozenset[str]], ...]
    numbered: tuple[tuple[str, frozenset[str]], ...]
    words: frozenset[str]
    names: tuple[str, ...]
    counts: dict[str, frozenset[str]]
    places: dict[tuple[int, int], frozenset[str]]
    about: dict[str, frozenset[str]]

    def check(self, text: str, sentence: Span, named: Sequence[Named]) -> Iterator[Finding]:
        """Yield what stands in the inputs with one thing else in its place."""
        for clause in _CLAUSE.finditer(text, sentence.start, sentence.end):
            yield from self._changed(text, clause)
        yield from self._counts(text, sentence)
        yield from self._misplaced(text, sentence, named)

    def gives(self, text: str, sentence: Span, mention: Mention) -> bool:
        """Whether the inputs say this number with other words of the sentence (3处选址与生态红线重叠)."""
        words = bigrams(text[sentence.start : sentence.end])
        said = normalise(mention.text).strip()
        return any(
            re.search(rf"(?<![0-9.]){re.escape(said)}", piece) and len(words & held) >= _LEAST_SHARED
            for piece, held in self.numbered
        )

    def _changed(self, text: str, clause: re.Match[str]) -> Iterator[Finding]:
        own = [(at, char) for at, char in enumerate(clause[0], clause.start()) if not _OTHER.match(char)]
        plain = "".join(char for _, char in own)
        if len(plain) < _SHORTEST:
            return
        words = bigrams(plain)
        alike = [(100 * len(words & held) // len(held), piece) for piece, held in self.pieces if words & held]
        share, piece = max(alike, default=(0, ""))
        if share < _LEAST_ALIKE or piece in plain:
            return
        blocks = _joined(SequenceMatcher(None, piece, plain, autojunk=False).get_opcodes())
        held = sum(high - low for tag, low, high, *_ in blocks if tag == "equal")
        swaps = [block for block in blocks if block[0] == "replace"]
        if held < _LEAST_HELD * len(piece) or len(swaps) != 1:
            return
        _, old_start, old_end, start, end = swaps[0]
        left, right = min(start, old_start), min(len(plain) - end, len(piece) - old_end)
        new, old = plain[start:end], piece[old_start:old_end]
        framed = min(left, right) >= _ANCHOR
        held_fast = max(left, right) >= _LONG_ANCHOR and self._is_another_name(new, old)
        if held_fast or (framed and self._is_another(new, old)):
            span = (own[start][0], own[end - 1][0] + 1)
            message = f"此处与填报的文字相同，唯“{new}”在填报中为“{old}”"
            remedy = "请按填报的文字改正，或先更正填报数据"
            yield spot("C04", text, span, message, remedy, expected=old, severity=Severity.ERROR)

    def _is_another(self, new: str, old: str) -> bool:
        """Whether two words are two things: opposites, another name, or a word that the inputs do not have."""
        if len(new) == len(old) == 1:
            return new in _CONTRASTS and old in _CONTRASTS
        bare, gone = _FUNCTION.sub("", new), _FUNCTION.sub("", old)
        strange = not bigrams(bare) & self.words
        long = len(bare) >= _LEAST_NEW and len(gone) >= _LEAST_NEW
        return (long and strange) or self._is_another_name(new, old)

    def _is_another_name(self, new: str, old: str) -> bool:
        """Whether one name of the report stands in the place of another."""
        long = min(len(new), len(old)) >= _LEAST_NEW - 1
        return long and all(any(word in name for name in self.names) for word in (new, old))

    def _counts(self, text: str, sentence: Span) -> Iterator[Finding]:
        """三次流标 where the inputs say 两次流标."""
        for match in _COUNT.finditer(text, sentence.start, sentence.end):
            given = self.counts.get(match[2] + match[3])
            said = _NUMERALS.get(match[1], match[1])
            others = {one for key, held in self.counts.items() if key[0] == match[2] for one in held}
            if given and said not in others:
                message = (
                    f"填报的是{'、'.join(sorted(given))}{match[2]}{match[3]}，文中为“{match[1]}{match[2]}”"
                )
                span = (match.start(), match.end(2))
                yield spot("N02", text, span, message, "请按填报的文字改正", expected=min(given))

    def _misplaced(self, text: str, sentence: Span, named: Sequence[Named]) -> Iterator[Finding]:
        """A town of another row's reason beside this row."""
        known = frozenset().union(*self.places.values())
        for match in PLACE.finditer(text, sentence.start, sentence.end):
            place = _town(match[0], known)
            rows = [
                (s[0], s[2])
                for n in named
                if n.end <= match.start() and not n.weak
                for s in n.subjects
                if s[1] == "i"
            ]
            own = self.places.get(rows[-1]) if rows else None
            clause = clause_around(text, match.start(), match.end())
            words = bigrams(
                text[clause.start : match.end() - len(place)] + "|" + text[match.end() : clause.end]
            )
            if place and own and place not in own and not words & self.about.get(place, frozenset()):
                right = "、".join(sorted(own))
                message = f"“{place}”是别处的地名，此处填报的是“{right}”"
                at = match.end() - len(place)
                yield spot(
                    "C04",
                    text,
                    (at, match.end()),
                    message,
                    "请核对地名",
                    expected=right,
                    severity=Severity.ERROR,
                )


def altered(report: Report) -> Altered:
    """Return the words of a report by which a change is known."""
    texts = [text for text in free_texts(report) if text.strip()]
    pieces = {
        plain
        for text in texts
        for clause in _CLAUSE.findall(text)
        if len(plain := _OTHER.sub("", clause)) >= _SHORTEST
    }
    counts: dict[str, set[str]] = {}
    for text in texts:
        for number, unit, behind in _COUNT.findall(text):
            counts.setdefault(unit + behind, set()).add(_NUMERALS.get(number, number))
    places: dict[tuple[int, int], frozenset[str]] = {}
    about: dict[str, frozenset[str]] = {}
    for at, project in enumerate(report.projects, 1):
        for number, row in enumerate(() if project.confidential else project.indicators, 1):
            said = f"{row.deviation_reason}，{row.measures}"
            places[at, number] = frozenset(town[-3:] for town in PLACE.findall(said))
            for town in places[at, number]:
                about[town] = about.get(town, frozenset()) | bigrams(f"{row.name}，{said.replace(town, '|')}")
    public = [project for project in report.projects if not project.confidential]
    names = [
        *(name for p in public for name in (p.name, p.supervising_department, p.implementing_unit)),
        *(item.name for p in public for item in p.line_items),
        *_unit_names(report.units),
        *(town[-3:] for text in texts for town in PLACE.findall(text)),
    ]
    reasons = [t for p in public for row in p.indicators for t in (row.deviation_reason, row.measures)]
    held = frozenset(word for p in public for row in p.indicators for word in bigrams(row.name))
    return Altered(
        pieces=tuple((piece, bigrams(piece)) for piece in sorted(pieces)),
        numbered=tuple(
            (normalise(clause), bigrams(clause) - held)
            for text in reasons
            for clause in _CLAUSE.findall(text)
            if re.search("[0-9]", normalise(clause))
        ),
        words=frozenset(word for text in (*texts, *names) for word in bigrams(text)),
        names=tuple(names),
        counts={key: frozenset(values) for key, values in counts.items()},
        places=places,
        about=about,
    )


def _joined(blocks: Sequence[Block]) -> list[Block]:
    """Join what differs on both sides of a single equal character."""
    found: list[Block] = []
    for block in blocks:
        tag, _, old_end, _, end = block
        if len(found) > 1 and tag == found[-2][0] == "replace" and found[-1][0] == "equal":
            _, first, _, start, _ = found[-2]
            if found[-1][2] - found[-1][1] == 1:
                found[-2:] = [("replace", first, old_end, start, end)]
                continue
        found.append(block)
    return found


def _town(said: str, known: frozenset[str]) -> str:
    """The known place that a match ends with."""
    return next((place for place in known if said.endswith(place)), "")


def _unit_names(units: Sequence[Unit]) -> Iterator[str]:
    for unit in units:
        yield unit.name
        yield from _unit_names(unit.units)
