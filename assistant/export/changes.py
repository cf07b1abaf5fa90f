"""What has been changed in a text since it was exported: every number, word and line, at its exact place.

Compares the blocks (paragraphs, table rows) of now with those of then. A changed number is an error, other
changed words are a warning. Knows nothing of Word and of what the numbers mean.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from itertools import accumulate
from typing import NamedTuple

from assistant.domain.alignment import Match, aligned
from assistant.domain.comparison import changes_between
from assistant.domain.finding import Finding, Severity
from assistant.domain.register import finding

RULE = "N20"
_FIGURE = re.compile("[0-9０-９〇零一二三四五六七八九十百千万亿两%％‰.．]")
_REMEDY = "请改回导出时的内容，或在填报数据中改正后重新导出"
_CONTEXT = 8


def without_overlaps(findings: Sequence[Finding], edits: Sequence[Finding]) -> list[Finding]:
    """Return the findings that do not speak of a place that was changed: the change itself says it better."""
    places = sorted((e.start, e.end) for e in edits if e.start is not None and e.end is not None)
    ends = list(accumulate((end for _, end in places), max))

    def is_changed(finding: Finding) -> bool:
        if finding.start is None or finding.end is None:
            return False
        at = bisect_left(places, (finding.end,))
        return at > 0 and ends[at - 1] > finding.start

    return [finding for finding in findings if not is_changed(finding)]


class Side(NamedTuple):
    """The blocks of now with where each begins in the whole text."""

    blocks: Sequence[str]
    starts: Sequence[int]


def changed(then: Sequence[str], now: Sequence[str]) -> list[Finding]:
    """Return one finding for every place that differs; offsets are those of `now` joined by line ends."""
    return changes_of(aligned(then, now), then, now)


def changes_of(matches: Sequence[Match], then: Sequence[str], now: Sequence[str]) -> list[Finding]:
    """Return what differs within these matches alone."""
    side = Side(now, tuple(accumulate((len(block) + 1 for block in now), initial=0)))
    found: list[Finding] = []
    for match in matches:
        if match.new is None:
            found += _removed(then[match.old or 0])
        elif match.old is None:
            found += _added(side, match.new)
        else:
            found += _moved(side, match.new) if match.moved else []
            found += _within(then[match.old], side, match.new) if then[match.old] != now[match.new] else []
    return found


def _within(old: str, side: Side, number: int) -> Iterator[Finding]:
    new, offset = side.blocks[number], side.starts[number]
    for change in changes_between(old, new):
        was, is_now = old[change.old_start : change.old_end], new[change.new_start : change.new_end]
        start, end = change.new_start, change.new_end
        where = "表格行" if "\t" in old else f"第{number + 1}段"
        place = f"{where}“{_around(new, start, end)}”"
        if not is_now:
            message = f"{place}处缺少导出时的“{_short(was)}”"
            start, end = _visible(new, start)
        elif not was:
            message = f"{place}中的“{_short(is_now)}”是导出后加入的"
        else:
            message = f"{place}中的“{_short(is_now)}”导出时为“{_short(was)}”"
        yield _finding(message, was, is_now, offset + start, offset + end, new[start:end])


def _moved(side: Side, number: int) -> Iterator[Finding]:
    text, start = side.blocks[number], side.starts[number]
    message = f"第{number + 1}段“{_short(text)}”导出时在别处"
    yield _finding(message, "", "", start, start + len(text), text)


def _added(side: Side, number: int) -> Iterator[Finding]:
    text, start = side.blocks[number], side.starts[number]
    if text.strip():
        message = f"第{number + 1}段“{_short(text)}”是导出后加入的"
        yield _finding(message, "", text, start, start + len(text), text)


def _removed(old: str) -> Iterator[Finding]:
    if old.strip():
        message = f"导出时的“{_short(old)}”一段已不在文件中"
        yield finding(RULE, message, remedy=_REMEDY, severity=_severity(old), observed="", expected=old)


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


def _visible(text: str, at: int) -> tuple[int, int]:
    """Return a character beside a place where something is missing."""
    return (at, at + 1) if at < len(text) else (max(0, len(text) - 1), len(text))


def _around(text: str, start: int, end: int) -> str:
    left, right = max(0, start - _CONTEXT), end + _CONTEXT
    return text[left:right].replace("\t", " ").replace("\n", " ")


def _short(text: str) -> str:
    flat = text.replace("\t", " ").replace("\n", " ")
    return flat if len(flat) <= 24 else f"{flat[:24]}…"
