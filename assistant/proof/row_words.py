"""Words about named indicators: 未达标、达到、超额、持平、除…外 as functions of their rows (N05, B05).

Knows the scorecard, reads one sentence at a time.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from assistant.domain.finding import Finding
from assistant.domain.scorecard import Row, Scorecard
from assistant.proof.layout import Span, clause_around
from assistant.proof.subjects import Named
from assistant.proof.wording import ELSEWHEN, guarded, project_of, rows_of, under, word_finding

_GOALS = "(?:各自|年度|预期|既定|绩效)*(?:的)?(?:指标值|目标值?|目标|控制(?:数|值|线))"
_FAILED = re.compile(f"未(?:能)?(?:达到?|完成|实现)(?:{_GOALS}|指标|预期|计划)?|没有(?:达到|完成)|未达标")
_REACHED = re.compile(
    f"(?<![未没不])(?:达到(?:了)?(?:{_GOALS}|预期)|完成(?:了)?{_GOALS}(?!的[0-9百])|达标|按(?:计划|期|时)(?:完成|达成)|如期完成)"
)
_BETTER = re.compile(f"超额完成|优于{_GOALS}")
_ABOVE = re.compile(f"(?<!未)(?:略|大幅)?超(?:过|出)?(?:了)?(?:{_GOALS}|计划)(?![0-9])|高于{_GOALS}")
_BELOW = re.compile(f"低于{_GOALS}")
_LEVEL = re.compile("与(?:年度|预期)?(?:指标值|目标值?)(?:持平|一致|相同)")
_EXCEPT = re.compile(
    "除(?:了)?(?P<names>[^，。；]{2,60}?)(?:以)?外[，]?[^，。；]{0,24}?(?P<not>未|没有)?(?:能)?(?:达到|完成|达标|实现)"
)
_EVERY = re.compile("[均都]|双双|全部")
_ALL = re.compile("各项|所有|全部指标|其余|其他")


@dataclass(frozen=True)
class RowWords:
    """Checks what a sentence says of named rows against one scorecard."""

    card: Scorecard
    last_year: int | None = None

    def check(self, text: str, sentence: Span, project: int, named: Sequence[Named]) -> Iterator[Finding]:
        """Yield the words that the rows do not bear out."""
        for pattern, holds in (
            (_FAILED, _row_failed),
            (_REACHED, _row_met),
            (_BETTER, _row_exceeded),
            (_ABOVE, _row_above),
            (_BELOW, _row_below),
            (_LEVEL, _row_level),
        ):
            for match in pattern.finditer(text, sentence.start, sentence.end):
                if any(name.start <= match.start() < name.end for name in named):
                    continue
                if ELSEWHEN.search(text, sentence.start, match.start()):
                    continue
                if self.last_year and f"{self.last_year}年" in text[sentence.start : match.start()]:
                    continue
                start = clause_around(text, match.start(), match.end()).start
                if pattern not in (_FAILED, _BELOW) and guarded(text, Span(start, match.start())):
                    continue
                several = self._rows_before(text, match.start(), project, named)
                bad = [(name, rows) for name, rows in several if not any(holds(row) for row in rows)]
                yield from _findings(text, match, bad, len(several), "B05" if pattern is _REACHED else "N05")
        yield from self._excepted(text, sentence, project, named)

    def _excepted(self, text: str, sentence: Span, project: int, named: Sequence[Named]) -> Iterator[Finding]:
        """除甲外均未完成: 甲 is met; 除甲外均达到: 甲 is not."""
        for match in _EXCEPT.finditer(text, sentence.start, sentence.end):
            for name in named:
                if not (match.start("names") <= name.start < match.end("names") and name.has("i")):
                    continue
                rows = self._rows_of(name, text, match.start(), project, named)
                if rows and all(row.met == (match["not"] is None) for row in rows):
                    message = f"“{rows[0].name}”{rows[0].basis}，不在除外之列"
                    yield word_finding("N05", text, name.start, name.end, message, "")

    def _rows_before(
        self, text: str, at: int, project: int, named: Sequence[Named]
    ) -> list[tuple[Named, list[Row]]]:
        """The rows that are spoken of at a place, each with those of its name in other sub-projects."""
        clause = clause_around(text, at, at)
        rows = [name for name in named if name.start < at and name.has("i") and not _is_excepted(text, name)]
        inside = [name for name in rows if clause.start <= name.start]
        if not inside:
            inside = _joined_all(text, rows, at) or _only_one(rows, named, at)
        elif _EVERY.search(text, inside[-1].end, at):
            inside = [name for name in rows if not re.search("[。；]", text[name.end : at])]
        else:
            inside = _joined_last(text, inside)
        return [(name, found) for name in inside if (found := self._rows_of(name, text, at, project, named))]

    def _rows_of(self, name: Named, text: str, at: int, project: int, named: Sequence[Named]) -> list[Row]:
        subjects = under(name.subjects, project_of(at, project, named))
        found = rows_of(Named(name.start, name.end, subjects, name.text), self.card.projects)
        said = text[name.end : at]
        return [row for row in found if row.actual and f"{row.actual.value:f}" in said] or found


def _findings(
    text: str, match: re.Match[str], bad: Sequence[tuple[Named, list[Row]]], count: int, rule: str
) -> Iterator[Finding]:
    """The word, and where it is said of several, the names it is not true of."""
    for at, (name, rows) in enumerate(bad):
        row = rows[0]
        message = f"“{row.name}”{row.basis or '与此不符'}，文中为“{match[0]}”"
        expected = "达标" if row.met else "未达标"
        if at == 0:
            yield word_finding(rule, text, match.start(), match.end(), message, expected)
        if count > 1:
            yield word_finding(rule, text, name.start, name.end, message, expected)


def _only_one(rows: Sequence[Named], named: Sequence[Named], at: int) -> list[Named]:
    """The indicator that a sentence is about where the clause names none: the one named last, alone before it."""
    others = [name for name in named if name.start < at and not name.has("i") and name.subjects[0][1] != ""]
    return list(rows[-1:]) if len({row.text for row in rows}) == 1 and not others else []


def _is_excepted(text: str, name: Named) -> bool:
    """Whether a name stands between 除 and 外."""
    before, after = text[max(0, name.start - 24) : name.start], text[name.end : name.end + 24]
    return re.search("除[^，。；]*$", before) is not None and re.match("[^，。；]*外", after) is not None


def _joined_last(text: str, rows: Sequence[Named]) -> list[Named]:
    """The last name with those that 、 and 和 join to it."""
    run = [rows[-1]]
    for name in reversed(rows[:-1]):
        if not re.fullmatch(r"[”“、和及与以\s]+", text[name.end : run[0].start]):
            break
        run.insert(0, name)
    return run


def _joined_all(text: str, rows: Sequence[Named], at: int) -> list[Named]:
    """All rows of the sentence where the clause says 均 of what was listed: A93.1%、B92.6%，均高于目标."""
    clause = clause_around(text, at, at)
    listed = _EVERY.search(text, clause.start, at) and len(rows) > 1
    return list(rows) if listed and not _ALL.search(text, clause.start, at) else []


def _row_failed(row: Row) -> bool:
    return not row.met


def _row_met(row: Row) -> bool:
    return row.met


def _row_exceeded(row: Row) -> bool:
    bound = row.target.bound
    if row.actual is None or bound is None:
        return row.met
    return row.actual.value < bound if row.target.reverse else row.actual.value > bound


def _row_level(row: Row) -> bool:
    return row.actual is None or row.target.bound is None or row.actual.value == row.target.bound


def _row_above(row: Row) -> bool:
    if row.actual is None or row.target.bound is None:
        return row.met
    return row.actual.value > row.target.bound


def _row_below(row: Row) -> bool:
    if row.actual is None or row.target.bound is None:
        return not row.met
    return row.actual.value < row.target.bound
