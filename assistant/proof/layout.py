"""The shape of a text: lines, numbering levels, sentences, clauses, table rows; knows no figures."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import accumulate

_NUMBERING = (
    re.compile(r"[ \u3000]*[一二三四五六七八九十]{1,3}[、.．]"),
    re.compile(r"[ \u3000]*[（(][一二三四五六七八九十]{1,3}[）)]"),
    re.compile(r"[ \u3000]*[0-9]{1,2}[.．、](?![0-9])"),
    re.compile(r"[ \u3000]*[（(][0-9]{1,2}[）)]"),
)
_SENTENCE_END = re.compile(r"[。！？；;\n]")
_CLAUSE_END = re.compile(r"[，,：:。！？；;\n]")


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the text: characters [start, end), numbering level 1–4 (0 without), cells where tabs part it."""

    start: int
    end: int
    text: str
    level: int

    @property
    def is_row(self) -> bool:
        """Whether the line is a table row."""
        return "\t" in self.text

    def cells(self) -> list[tuple[int, str]]:
        """Return (offset in the text, content) of every cell."""
        found, at = [], self.start
        for cell in self.text.split("\t"):
            found.append((at, cell))
            at += len(cell) + 1
        return found


@dataclass(frozen=True, slots=True)
class Span:
    """Characters [start, end)."""

    start: int
    end: int

    def holds(self, start: int, end: int) -> bool:
        """Whether [start, end) lies inside."""
        return self.start <= start and end <= self.end


class Cover:
    """Many spans at once: whether one of them holds a stretch, however many there are."""

    def __init__(self, spans: Iterable[Span]) -> None:
        ordered = sorted((span.start, span.end) for span in spans)
        self._starts = [start for start, _ in ordered]
        self._ends = list(accumulate((end for _, end in ordered), max))

    def holds(self, start: int, end: int) -> bool:
        """Whether [start, end) lies inside one of them."""
        at = bisect_right(self._starts, start)
        return at > 0 and self._ends[at - 1] >= end


def lines(text: str) -> list[Line]:
    """Return the non-empty lines in order."""
    found, at = [], 0
    for line in text.split("\n"):
        if line.strip():
            found.append(Line(at, at + len(line), line, numbering_level(line)))
        at += len(line) + 1
    return found


def numbering_level(line: str) -> int:
    """Return 1 for 一、, 2 for （一）, 3 for 1., 4 for （1）, 0 for a line without number."""
    return next((level for level, pattern in enumerate(_NUMBERING, 1) if pattern.match(line)), 0)


def is_heading(line: Line) -> bool:
    """Whether a line is a heading: numbered, short, no full stop at its end."""
    return line.level > 0 and len(line.text) <= 40 and line.text.rstrip()[-1] not in "。；;，,"


def sentences(line: Line) -> list[Span]:
    """Return the sentences of a line: parts between 。！？；."""
    return _split(line.text, line.start, _SENTENCE_END)


def clause_around(text: str, start: int, end: int) -> Span:
    """Return the clause (between commas and stops) that holds [start, end)."""
    left = start
    while left > 0 and not _CLAUSE_END.match(text[left - 1]):
        left -= 1
    match = _CLAUSE_END.search(text, end)
    return Span(left, match.start() if match else len(text))


def _split(text: str, offset: int, ends: re.Pattern[str]) -> list[Span]:
    found, at = [], 0
    for match in ends.finditer(text):
        found.append(Span(offset + at, offset + match.end()))
        at = match.end()
    if at < len(text):
        found.append(Span(offset + at, offset + len(text)))
    return found
