"""On which page each paragraph of a report begins: counted as Word sets lines, without Word.

The lines are exact and letters have known widths (GB/T 9704), so that the pages can be counted: Chinese
letters fill a square, western words and figures are not broken, a mark that closes does not begin a line and
one that opens does not end it, a heading stays with its text, no single line stands alone. Needs no fonts.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from assistant.export.layout import Layout

_WESTERN = re.compile(r"[!-~]+|\s|.", re.DOTALL)
_CLOSING = frozenset("，。、．；：！？）》】〕”’…％")
_OPENING = frozenset("（《【〔“‘")
_SIGNS = frozenset("≥≤＝×—")
#: Widths of western letters as parts of the size; Times New Roman, the rest about half.
_NARROW = {".": 0.25, ",": 0.25, ":": 0.28, ";": 0.28, "-": 0.33, "(": 0.33, ")": 0.33, "/": 0.28, "%": 0.83}
_WIDE = frozenset("ABCDEFGHJKLMNOPQRSTUVWXYZmw")
_GAP = 0.2  # between Chinese and western letters


class Piece(NamedTuple):
    """One paragraph as it fills lines: its words, whether it stays with the next; lines and their height where known."""

    text: str
    heading: bool = False
    lines: int = 0
    pitch: int = 0


def first_pages(pieces: Sequence[Piece], layout: Layout, kept: int = 0) -> list[int]:
    """Return for each piece the page that it begins on, counted from 1.

    `kept` lines follow the last piece and stay on a page with the whole of it.
    """
    height = layout.text_height
    blocks = [(one.lines or lines_of(one.text, layout), one.pitch or layout.line_pitch) for one in pieces]
    pages, page, used = list[int](), 1, 0
    for number, (lines, pitch) in enumerate(blocks):
        if used and used + _together(pieces, blocks, number, kept * layout.line_pitch) > height:
            page, used = page + 1, 0
        pages.append(page)
        while lines * pitch > height - used:
            fits = (height - used) // pitch
            lines -= fits if lines - fits > 1 else fits - 1  # two lines at least go over together
            page, used = page + 1, 0
        used += lines * pitch
    return pages


def _together(pieces: Sequence[Piece], blocks: Sequence[tuple[int, int]], number: int, kept: int) -> int:
    """Return the height that must stand on one page with the beginning of a piece: headings, and two lines."""
    height = 0
    for place in range(number, len(pieces)):
        lines, pitch = blocks[place]
        if place == len(pieces) - 1 and kept:
            return height + lines * pitch + kept
        if not pieces[place].heading:
            return height + (lines if lines == 3 else min(lines, 2)) * pitch
        height += lines * pitch
    return height


def lines_of(text: str, layout: Layout) -> int:
    """Return how many lines the words fill; an empty paragraph fills one."""
    width, position = layout.text_width, layout.text.indent * layout.character
    lines, tokens = 1, list[tuple[str, int]]()  # the letters of this line that may have to go over
    for token in _WESTERN.findall(text):
        last = tokens[-1][0] if tokens else ""
        wide = _width(token, layout) + _gap(last, token, layout)
        if position + wide > width:
            lines += 1
            position = _carried(tokens, token) + _width(token, layout)
            tokens = []
        else:
            position += wide
        tokens.append((token, wide))
    return lines


def _carried(tokens: list[tuple[str, int]], token: str) -> int:
    """Return the width of what goes over with a token: a letter before a mark that may not begin a line."""
    carried = 0
    while tokens and (token in _CLOSING or tokens[-1][0] in _OPENING):
        token, wide = tokens.pop()
        carried += wide
    return carried


def _gap(last: str, token: str, layout: Layout) -> int:
    """Return the space between a Chinese and a western letter; none beside a mark."""
    if not last.strip() or not token.strip() or last.isascii() == token.isascii():
        return 0
    return 0 if _is_mark(last) or _is_mark(token) else round(_GAP * layout.character)


def _is_mark(token: str) -> bool:
    return token in _CLOSING or token in _OPENING or token in _SIGNS


def _width(token: str, layout: Layout) -> int:
    size = layout.character
    if not token.isascii():
        return (size + layout.spacing) * len(token)
    letters = (_NARROW.get(char, 0.67 if char in _WIDE else 0.5) for char in token)
    return round(sum(letters) * size) + layout.spacing * len(token)
