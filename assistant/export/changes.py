"""What has been changed in a text since it was exported: every number, word and line, at its exact place.

Compares the blocks (paragraphs, table rows) of now with those of then. A changed number is an error, other
changed words are a warning. Knows nothing of Word and of what the numbers mean.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from itertools import accumulate
from typing import NamedTuple

from assistant.domain.finding import Finding, Severity
from assistant.domain.register import finding

RULE = "N20"
_TOKEN = re.compile(r"[0-9]+(?:[.,，][0-9]+)*%?|[A-Za-z]+|.", re.DOTALL)
_FIGURE = re.compile("[0-9０-９〇零一二三四五六七八九十百千万亿两%％‰.．]")
_REMEDY = "请改回导出时的内容，或在填报数据中改正后重新导出"
_CONTEXT = 8


def without_overlaps(findings: Sequence[Finding], edits: Sequence[Finding]) -> list[Finding]:
    """Return the findings that do not speak of a place that was changed: the change itself says it better."""
    places = [(e.start, e.end) for e in edits if e.start is not None and e.end is not None]
    return [
        f
        for f in findings
        if f.start is None
        or f.end is None
        or not any(f.start < end and start < f.end for start, end in places)
    ]


class Side(NamedTuple):
    """The blocks of now with where each begins in the whole text."""

    blocks: Sequence[str]
    starts: Sequence[int]


def changed(then: Sequence[str], now: Sequence[str]) -> list[Finding]:
    """Return one finding for every place that differs; offsets are those of `now` joined by line ends."""
    side = Side(now, tuple(accumulate((len(block) + 1 for block in now), initial=0)))
    found: list[Finding] = []
    for old, new in _pairs(then, now):
        if new is None:
            found += [_removed(then[old])] if old is not None and then[old].strip() else []
        elif old is None:
            found += _added(side, new)
        else:
            found += _within(then[old], side, new)
    return found


def _pairs(then: Sequence[str], now: Sequence[str]) -> Iterator[tuple[int | None, int | None]]:
    """Yield the pairs of blocks that differ; None stands for the partner that a block does not have."""
    if len(then) == len(now) and _mostly_equal(then, now):
        yield from ((at, at) for at in range(len(now)) if then[at] != now[at])
        return
    matcher = SequenceMatcher(None, then, now, autojunk=False)
    for kind, a, b, c, d in matcher.get_opcodes():
        if kind == "equal":
            continue
        both = min(b - a, d - c)
        yield from ((a + at, c + at) for at in range(both))
        yield from ((at, None) for at in range(a + both, b))
        yield from ((None, at) for at in range(c + both, d))


def _mostly_equal(then: Sequence[str], now: Sequence[str]) -> bool:
    """Whether blocks correspond by their number: a line put in and another taken out would shift them."""
    return 2 * sum(a == b for a, b in zip(then, now, strict=True)) >= len(now)


def _within(old: str, side: Side, number: int) -> Iterator[Finding]:
    new = side.blocks[number]
    before, after = _tokens(old), _tokens(new)
    matcher = SequenceMatcher(None, [t for t, _ in before], [t for t, _ in after], autojunk=False)
    for kind, a, b, c, d in matcher.get_opcodes():
        if kind == "equal":
            continue
        was = "".join(token for token, _ in before[a:b])
        start, end = _span(after, c, d, len(new))
        is_now = new[start:end] if kind != "delete" else ""
        where = "表格行" if "\t" in old else f"第{number + 1}段"
        place = f"{where}“{_around(new, start, end)}”"
        if kind == "delete":
            message = f"{place}处缺少导出时的“{_short(was)}”"
            start, end = _visible(new, start)
        elif kind == "insert":
            message = f"{place}中的“{_short(is_now)}”是导出后加入的"
        else:
            message = f"{place}中的“{_short(is_now)}”导出时为“{_short(was)}”"
        offset = side.starts[number]
        yield _finding(message, was, is_now, offset + start, offset + end, new[start:end])


def _added(side: Side, number: int) -> Iterator[Finding]:
    text, start = side.blocks[number], side.starts[number]
    if text.strip():
        message = f"第{number + 1}段“{_short(text)}”是导出后加入的"
        yield _finding(message, "", text, start, start + len(text), text)


def _removed(old: str) -> Finding:
    message = f"导出时的“{_short(old)}”一段已不在文件中"
    return finding(RULE, message, remedy=_REMEDY, severity=_severity(old), observed="", expected=old)


def _finding(message: str, was: str, is_now: str, start: int, end: int, text: str) -> Finding:
    return finding(
        RULE,
        message,
        remedy=_REMEDY,
        severity=_severity(was + is_now),
        start=start,
        end=end,
        text=text,
        observed=is_now,
        expected=was,
    )


def _severity(words: str) -> Severity:
    return Severity.ERROR if _FIGURE.search(words) else Severity.WARNING


def _tokens(text: str) -> list[tuple[str, int]]:
    return [(match[0], match.start()) for match in _TOKEN.finditer(text)]


def _span(tokens: Sequence[tuple[str, int]], first: int, last: int, length: int) -> tuple[int, int]:
    start = tokens[first][1] if first < len(tokens) else length
    end = tokens[last][1] if last < len(tokens) else length
    return start, max(start, end)


def _visible(text: str, at: int) -> tuple[int, int]:
    """Return a character beside a place where something is missing."""
    return (at, at + 1) if at < len(text) else (max(0, len(text) - 1), len(text))


def _around(text: str, start: int, end: int) -> str:
    left, right = max(0, start - _CONTEXT), end + _CONTEXT
    return text[left:right].replace("\t", " ").replace("\n", " ")


def _short(text: str) -> str:
    flat = text.replace("\t", " ").replace("\n", " ")
    return flat if len(flat) <= 24 else f"{flat[:24]}…"
