"""What a text may repeat without a figure: free text of the report, legal basis, names, quoted passages.

Knows the words of the report, none of its arithmetic.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from assistant.domain.facts import Facts, Role
from assistant.domain.numerals import Mention, MentionKind, normalise, scan
from assistant.domain.passage import Passage
from assistant.domain.report import Project, Report
from assistant.proof.layout import Cover, Span
from assistant.proof.subordinate import every_unit

_QUOTED = re.compile(r"“[^”\n]*”")
_PIECES = re.compile(r"[。；;！？\n]")
_NUMBER_RUN = re.compile(r"[0-9]+(?:[.,][0-9]+)*")
_SHORTEST = 6
_NEIGHBOURS = 8


@dataclass(frozen=True, slots=True)
class SourcedNumber:
    """A number of a source with the words around it."""

    value: Decimal
    unit: str
    words: frozenset[str]


@dataclass(frozen=True, slots=True)
class Piece:
    """Sentences of the sources that differ in their numbers alone, as a pattern; `numbers` are those of each."""

    anchor: str
    pattern: re.Pattern[str]
    numbers: dict[tuple[str, ...], None]

    def likeliest(self, seen: Sequence[str]) -> tuple[str, ...]:
        """Return the numbers of the sentence that has most of those that were seen; of several the first."""
        return max(self.numbers, key=lambda own: sum(a == b for a, b in zip(own, seen, strict=True)))


@dataclass(frozen=True, slots=True)
class Fault:
    """A number that differs where a text otherwise repeats a source: characters [start, end), what the source says."""

    start: int
    end: int
    expected: str


@dataclass(frozen=True)
class Sources:
    """The free texts of a report, its names, legal basis and the passages that may be quoted."""

    pieces: tuple[Piece, ...]
    names: tuple[str, ...]
    passages: tuple[str, ...]
    numbers: tuple[SourcedNumber, ...]
    years: frozenset[int]
    marks: frozenset[str]
    dates: frozenset[str]

    def repeated(self, text: str) -> tuple[list[Span], list[Fault]]:
        """Return where `text` repeats a source, and the numbers that differ where it repeats all but them."""
        narrow = normalise(text)
        exact = [
            Span(match.start(), match.end())
            for name in self.names
            for match in re.finditer(re.escape(name), text)
        ]
        exact += [
            Span(match.start(), match.end())
            for match in _QUOTED.finditer(text)
            if any(match[0][1:-1] in passage for passage in self.passages)
        ]
        near: list[Fault] = []
        for piece in self.pieces:
            if piece.anchor not in narrow:
                continue
            for match in piece.pattern.finditer(narrow):
                if match.groups() in piece.numbers:
                    exact.append(Span(*match.span()))
                else:
                    near += _differing(match, piece.likeliest(match.groups()))
        held = Cover(exact)
        return exact, [fault for fault in near if not held.holds(fault.start, fault.end)]

    def knows(self, mention: Mention, around: str, shared: int = 1) -> bool:
        """Return whether a source states the same number with `shared` pairs of characters around it in common."""
        if mention.value is None:
            return False
        words = bigrams(around)
        return any(
            number.value == mention.value
            and number.unit == mention.unit
            and len(number.words & words) >= shared
            for number in self.numbers
        )


def bigrams(text: str) -> frozenset[str]:
    """Return the pairs of neighbouring Chinese characters of a text."""
    return frozenset(
        text[at : at + 2]
        for at in range(len(text) - 1)
        if "\u4e00" <= text[at] <= "\u9fff" and "\u4e00" <= text[at + 1] <= "\u9fff"
    )


def neighbours(text: str, start: int, end: int) -> str:
    """Return the few characters on either side of [start, end)."""
    return text[max(0, start - _NEIGHBOURS) : start] + "|" + text[end : end + _NEIGHBOURS]


def gather(
    report: Report, facts: Facts, rule_texts: Sequence[str] = (), passages: Sequence[Passage] = ()
) -> Sources:
    """Return the sources of one report."""
    free = [text for text in free_texts(report) if text.strip()]
    names = [name for name in _names(report) if re.search("[0-9]", name)]
    texts = {
        piece.strip()
        for text in (*free, *names, *_shown_texts(facts))
        for piece in (text, *_PIECES.split(text))
        if _repeats(piece)
    }
    mentions = [(text, mention) for text in (*free, *rule_texts) for mention in scan(text)]
    return Sources(
        pieces=tuple(_pieces(normalise(text) for text in sorted(texts, key=lambda one: (-len(one), one)))),
        names=tuple(names),
        passages=tuple(passage.text for passage in passages),
        numbers=tuple(
            SourcedNumber(mention.value, mention.unit, bigrams(neighbours(text, mention.start, mention.end)))
            for text, mention in mentions
            if mention.kind is MentionKind.QUANTITY and mention.value is not None
        ),
        years=frozenset(
            _years(report, [*free, *names, *rule_texts, *(passage.text for passage in passages)])
        ),
        dates=frozenset(
            mark(mention.text)
            for text in (*free, *names, *rule_texts)
            for mention in scan(text)
            if mention.kind is MentionKind.DATE
        ),
        marks=frozenset(
            mark(mention.text)
            for text in (*free, *names, *rule_texts)
            for mention in scan(text)
            if _is_mark(mention)
        ),
    )


def _shown_texts(facts: Facts) -> Iterator[str]:
    """Targets and results that are words: 20个议事点中14个订立书面议事规则."""
    return (fact.shown for fact in facts.items if fact.role is Role.TEXT and not fact.confidential)


def _pieces(texts: Iterable[str]) -> Iterator[Piece]:
    by_words: dict[tuple[str, ...], dict[tuple[str, ...], None]] = {}
    for text in texts:
        by_words.setdefault(tuple(_NUMBER_RUN.split(text)), {})[tuple(_NUMBER_RUN.findall(text))] = None
    for literals, numbers in by_words.items():
        pattern = f"({_NUMBER_RUN.pattern})".join(map(re.escape, literals))
        yield Piece(max(literals, key=len), re.compile(pattern), numbers)


def _differing(match: re.Match[str], expected: Sequence[str]) -> Iterator[Fault]:
    for number, (seen, wanted) in enumerate(zip(match.groups(), expected, strict=True), 1):
        if seen != wanted:
            yield Fault(*match.span(number), wanted)


def mark(text: str) -> str:
    """Return a document or clause number without spaces, brackets made alike."""
    narrow = re.sub(r"\s", "", normalise(text))
    return re.sub(r"[〔\[（(【]", "〔", re.sub(r"[〕\]）)】]", "〕", narrow))


def _is_mark(mention: Mention) -> bool:
    return mention.kind in (MentionKind.DOCUMENT_NUMBER, MentionKind.CLAUSE)


def _repeats(piece: str) -> bool:
    words = len(_NUMBER_RUN.sub("", piece.strip()))
    return words >= _SHORTEST and _NUMBER_RUN.search(normalise(piece)) is not None


def free_texts(report: Report) -> Iterator[str]:
    """Yield everything the writer filled in as words, confidential sub-projects left out."""
    yield from report.notes
    for task in report.tasks:
        yield from (task.name, task.content, task.completion)
    for figure in report.other_figures:
        yield figure.source
    for project in report.projects:
        if not project.confidential:
            yield from project_texts(project)
    for unit in every_unit(report.units):
        for project in unit.projects:
            if not project.confidential:
                yield from project_texts(project)
    if report.last_year is not None:
        yield from free_texts(report.last_year)


def project_texts(project: Project) -> Iterator[str]:
    """Yield the free text of one sub-project."""
    yield from (project.goal.expected, project.goal.achieved, *project.notes)
    for indicator in project.indicators:
        yield from (indicator.deviation_reason, indicator.measures)
    for task in project.tasks:
        yield from (task.name, task.content, task.completion)
    for milestone in project.milestones:
        yield milestone.content
    for adjustment in project.adjustments:
        yield from (adjustment.reason, adjustment.date)


def _names(report: Report) -> Iterator[str]:
    yield from (report.title, report.unit_name)
    for figure in report.other_figures:
        yield figure.name
    for project in report.projects:
        yield from (project.name, project.supervising_department, project.implementing_unit)
        yield from (indicator.name for indicator in project.indicators)
        yield from (item.name for item in project.line_items)
        yield from (source.source for source in project.funding)


def _years(report: Report, texts: Sequence[str]) -> Iterator[int]:
    for text in texts:
        yield from (
            int(year)
            for mention in scan(text)
            if mention.kind in (MentionKind.YEAR, MentionKind.DATE)
            for year in re.findall("(?:19|20)[0-9]{2}", normalise(mention.text))
        )
    for figure in report.other_figures:
        if figure.year:
            yield figure.year
    for project in report.projects:
        yield from (milestone.year for milestone in project.milestones if milestone.year)
