"""The numbering of official documents: 一、 （一） 1. （1）, also as damaged by typists and converters.

It reads the marker and the title of one paragraph; it knows nothing about what titles mean.
"""

from __future__ import annotations

import re
from typing import NamedTuple

_NUMERALS = "一二三四五六七八九十百"
_PATTERNS = (
    (1, re.compile(rf"第\s*([{_NUMERALS}]+|\d+)\s*[章部编]分?[\s、.．：:]*")),
    (1, re.compile(rf"([{_NUMERALS}]{{1,4}})\s*[、．.,，]\s*")),
    (2, re.compile(rf"[（(﹙]\s*([{_NUMERALS}]{{1,4}})\s*[)）﹚]\s*[、．.]?\s*")),
    (4, re.compile(r"[（(﹙]\s*(\d{1,2})\s*[)）﹚]\s*[、．.]?\s*")),
    (4, re.compile(r"([①-⑳])\s*")),
    (3, re.compile(r"(\d{1,2})\s*(?:[、．]|\.(?!\d))\s*")),
)
_ANNEX = re.compile(r"附\s*(?:件|表|录)\s*[0-9一二三四五六七八九十]*\s*[:：]?\s*")
_CLAUSE_END = re.compile(r"[。；：:！？]")
_VALUES = {char: value for value, char in enumerate("一二三四五六七八九", start=1)}


class Marker(NamedTuple):
    """A paragraph's numbering: level 1–4, its ordinal (0 unknown), and the words after it."""

    level: int
    ordinal: int
    rest: str


def marker_of(text: str) -> Marker | None:
    """Return the numbering that the paragraph begins with, None where it has none."""
    start = text.lstrip("# \u3000*").strip()
    annex = _ANNEX.match(start)
    if annex and len(start) <= 40:
        return Marker(1, 0, start)
    for level, pattern in _PATTERNS:
        found = pattern.match(start)
        if found and found.end() < len(start):
            return Marker(level, ordinal_of(found.group(1)), start[found.end() :].strip("* "))
    return None


def ordinal_of(numeral: str) -> int:
    """Return the number of 一, 十二, 3 or ③; 0 for what is none."""
    if numeral.isdecimal():
        return int(numeral)
    if len(numeral) == 1 and "①" <= numeral <= "⑳":
        return ord(numeral) - ord("①") + 1
    tens, ten, ones = numeral.rpartition("十")
    if not ten:
        return _VALUES.get(numeral, 0)
    return _VALUES.get(tens, 1) * 10 + _VALUES.get(ones, 0)


def title_of(rest: str) -> str:
    """Return the title that the words after a marker begin with: up to the first end of a clause."""
    title = _CLAUSE_END.split(rest, maxsplit=1)[0]
    return "".join(title.split())[:60]


def is_bare(rest: str) -> bool:
    """Return whether the words are a title and nothing else: no sentence of their own."""
    found = _CLAUSE_END.search(rest)
    if found is None:
        return len(rest) <= 45
    return found.end() == len(rest) and len(rest) <= 20
