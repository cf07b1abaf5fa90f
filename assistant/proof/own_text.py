"""A text read once for its own checks: numbers, roles by sentence, tables with header and rows."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from assistant.domain.numerals import Mention, MentionKind, scan
from assistant.proof.claim import Claim, Paragraph
from assistant.proof.claims import claims_of
from assistant.proof.layout import Line, Span, is_heading, lines, sentences
from assistant.proof.subjects import Names
from assistant.proof.tables import column_attributes

_PLANS = re.compile("措施|建议|打算|下一步|整改|目标|计划|安排")

_RESULTS = re.compile("(?:完成|实现|执行|使用|达成)(?:情况|分析)")


@dataclass(frozen=True, slots=True)
class Row:
    """A table row: label, cells aligned to the columns from the right, where it stands."""

    line: Line
    label: str
    labels: tuple[str, ...]
    cells: tuple[tuple[int, str], ...]
    columns: tuple[frozenset[str], ...]

    def cell(self, attribute: str) -> tuple[int, str] | None:
        """Return (offset, text) of the first cell of that attribute."""
        return next(
            (cell for cell, column in zip(self.cells, self.columns, strict=True) if attribute in column), None
        )

    def number(self, attribute: str) -> Mention | None:
        """Return the one quantity of that cell, offsets in the whole text; None for none or several."""
        cell = self.cell(attribute)
        if cell is None:
            return None
        found = [mention for mention in scan(cell[1]) if mention.kind is MentionKind.QUANTITY]
        if len(found) != 1:
            return None
        moved = {"start": found[0].start + cell[0], "end": found[0].end + cell[0]}
        return found[0].model_copy(update=moved)


@dataclass(frozen=True)
class OwnTable:
    """A table with its rows in order."""

    columns: tuple[frozenset[str], ...]
    rows: tuple[Row, ...]


@dataclass(frozen=True)
class OwnText:
    """A text with everything its own checks ask for."""

    text: str
    mentions: tuple[Mention, ...]
    sentences: tuple[tuple[Span, tuple[Claim, ...]], ...]
    tables: tuple[OwnTable, ...]
    prose: tuple[Line, ...] = field(default=())

    @property
    def claims(self) -> Iterator[Claim]:
        """Every number of the prose with its role."""
        return (claim for _, claims in self.sentences for claim in claims)

    def is_planning(self, at: int) -> bool:
        """Whether a place stands under a heading on goals or on what is to be done."""
        heading = next((line for line in reversed(self.headings) if line.start <= at), None)
        section = next(
            (line for line in reversed(self.headings) if line.start <= at and line.level == 1), None
        )
        return any(line is not None and _is_plan(line.text) for line in (heading, section))

    @cached_property
    def headings(self) -> tuple[Line, ...]:
        """The headings in order."""
        return tuple(line for line in self.prose if is_heading(line))


def _is_plan(heading: str) -> bool:
    """Whether a heading speaks of what is to be done; 绩效目标完成情况 speaks of what was."""
    return _PLANS.search(heading) is not None and _RESULTS.search(heading) is None


def read_own_text(text: str) -> OwnText:
    """Return the text with numbers, sentences and tables."""
    mentions, found = scan(text), lines(text)
    prose = [line for line in found if not line.is_row]
    return OwnText(
        text, mentions, tuple(_sentences(text, prose, mentions)), tuple(_tables(found)), tuple(prose)
    )


def _sentences(
    text: str, prose: Sequence[Line], mentions: Sequence[Mention]
) -> Iterator[tuple[Span, tuple[Claim, ...]]]:
    names, at = Names({}), 0
    for line in prose:
        paragraph = Paragraph(text, 0, None, None)
        for sentence in sentences(line):
            while at < len(mentions) and mentions[at].start < sentence.start:
                at += 1
            own = []
            while at < len(mentions) and mentions[at].start < sentence.end:
                own.append(mentions[at])
                at += 1
            quantities = [mention for mention in own if mention.kind is MentionKind.QUANTITY]
            yield sentence, tuple(claims_of(paragraph, sentence, quantities, names))


def _tables(found: Sequence[Line]) -> Iterator[OwnTable]:
    columns: tuple[frozenset[str], ...] = ()
    rows: list[Row] = []
    for line in found:
        cells = line.cells() if line.is_row else []
        header = [column_attributes(text) for _, text in cells]
        is_header = sum(bool(column) for column in header) >= 2 and not any(
            _has_figure(text) for _, text in cells
        )
        if is_header or line.level:
            if rows:
                yield OwnTable(columns, tuple(rows))
            columns, rows = (tuple(header), []) if is_header else ((), [])
        elif line.is_row and columns:
            rows.append(_row(line, cells, columns))
    if rows:
        yield OwnTable(columns, tuple(rows))


def _has_figure(text: str) -> bool:
    return any(mention.kind is MentionKind.QUANTITY for mention in scan(text))


def _row(line: Line, cells: list[tuple[int, str]], columns: tuple[frozenset[str], ...]) -> Row:
    width = len(columns)
    shown = cells[-width:] if len(cells) > width else [*[(line.start, "")] * (width - len(cells)), *cells]
    first = next((at for at, column in enumerate(columns) if column), width)
    labels = tuple(text.strip() for _, text in shown[:first] if text.strip())
    return Row(line, labels[-1] if labels else "", labels, tuple(shown), columns)
