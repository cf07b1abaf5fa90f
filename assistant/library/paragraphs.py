"""Join the printed lines of a source into its paragraphs; spans of block indexes are kept.

A Word file already has paragraphs. A PDF, and a text made from one, has lines that break off in the
middle of a sentence. Chinese lines are joined without a blank. It knows nothing about sections.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

from assistant.domain.base import Frozen
from assistant.library.numbering import is_bare, marker_of
from assistant.library.source import Block, BlockKind, SourceText

#: Columns of a full printed line; wider lines are whole paragraphs, narrower ones a list.
_NARROWEST_PRINT, _WIDEST_PRINT = 40, 120
#: A line of this share of the width is full: only then does its sentence go on in the next.
_FULL = 0.8
#: Columns that a full first line may lack: an indent of two characters and one that had no room.
_INDENT = 6
_FULL_STOP = "。！？"
_STOPPED = re.compile(r"[。！？；：;:.）)》】][”’]?$")
#: Running prose: long, with punctuation inside; a title or an entry of a list has none.
_PROSE = re.compile(r"(?=.{20}).*[，。；,;]")
_JOINT = re.compile(r"[\x21-\x7e]")


class JoinedParagraph(Frozen):
    """A paragraph or table row: its text and the blocks [first, last] it stands in."""

    first: int
    last: int
    text: str
    block: Block


def joined(source: SourceText) -> tuple[JoinedParagraph, ...]:
    """Return the paragraphs and table rows of the source, lines of one paragraph joined; empty ones left out."""
    paragraphs: list[JoinedParagraph] = []
    width = _printed_width(source.blocks)
    group: list[Block] = []
    for block in source.blocks:
        if group and not (source.wrapped and _goes_on(group, block, width)):
            paragraphs.append(_paragraph(group))
            group = []
        group.append(block)
    if group:
        paragraphs.append(_paragraph(group))
    return tuple(item for item in paragraphs if item.text.strip())


def prose_of(source: SourceText) -> tuple[str, ...]:
    """Return the paragraphs of a source as text, table rows left out."""
    return tuple(part.text for part in joined(source) if part.block.kind is not BlockKind.TABLE_ROW)


def join_lines(lines: Sequence[str]) -> str:
    """Return printed lines as one: a blank only between two words or numbers in Latin letters."""
    text = ""
    for line in lines:
        blank = (
            text
            and line
            and _JOINT.match(text[-1])
            and text[-1].isalpha()
            and line[0].isascii()
            and line[0].isalpha()
        )
        text += (" " if blank else "") + line
    return text


def _goes_on(group: Sequence[Block], block: Block, width: int) -> bool:
    """Return whether the line belongs to the paragraph or the table row that the lines of `group` began."""
    row = group[-1].printed_row
    if row is not None or block.printed_row is not None:
        return row == block.printed_row
    return _continues(group[-1], block, width, first=len(group) == 1)


def _row(group: Sequence[Block]) -> Block:
    """Return the printed lines of one table row as that row."""
    cells = tuple(join_lines(parts) for parts in zip(*(block.cells for block in group), strict=True))
    update = {"kind": BlockKind.TABLE_ROW, "cells": cells, "text": "\t".join(cells), "printed_row": None}
    return group[0].model_copy(update=update)


def _paragraph(group: list[Block]) -> JoinedParagraph:
    if group[0].printed_row is not None:
        row = _row(group)
        return JoinedParagraph(first=group[0].index, last=group[-1].index, text=row.text, block=row)
    text = join_lines([block.text for block in group])
    return JoinedParagraph(first=group[0].index, last=group[-1].index, text=text, block=group[0])


def display_width(text: str) -> int:
    """Return how many columns the text takes: 2 for a Chinese character or quotation mark, 1 for a Latin letter."""
    return sum(2 if unicodedata.east_asian_width(char) in "WFA" else 1 for char in text)


def _printed_width(blocks: Sequence[Block]) -> int:
    """Return the width of a full printed line; 0 where lines are whole paragraphs."""
    lines = [block for block in blocks if block.kind is BlockKind.PARAGRAPH and block.printed_row is None]
    widths = sorted(display_width(line.text) for line in lines)
    wide = [width for width in widths if width >= _NARROWEST_PRINT]
    if not lines or not wide:
        return 0
    if lines[0].page is not None:
        return wide[len(wide) * 3 // 4]
    width = widths[len(widths) * 9 // 10]
    full = sum(1 for item in widths if item >= width * _FULL)
    return width if _NARROWEST_PRINT <= width <= _WIDEST_PRINT and full * 3 > len(widths) else 0


def _continues(line: Block, following: Block, width: int, *, first: bool) -> bool:
    """Return whether `following` is the rest of the paragraph that `line` breaks off."""
    if line.kind is not BlockKind.PARAGRAPH or following.kind is not BlockKind.PARAGRAPH:
        return False
    if marker_of(following.text) is not None:
        return False
    marker = marker_of(line.text) if first else None
    titled = marker is not None and is_bare(marker.rest)
    if width:
        least = width - _INDENT if titled else width * _FULL
        goes_on = line.text[-1] not in _FULL_STOP or following.indented is False
        return display_width(line.text) >= least and goes_on
    return not titled and _PROSE.search(line.text) is not None and not _STOPPED.search(line.text)
