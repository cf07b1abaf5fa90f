"""Dates against the inputs: a day, month or deadline said of something must be the one given for it (N07).

What a date is said of is known by the words around it. Also whether 早于, 晚于, 提前, 推迟 go the right way (N05).
Knows the report's dates, no other figures.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from assistant.domain.finding import Finding
from assistant.domain.indicator import Indicator
from assistant.domain.numerals import normalise
from assistant.domain.report import Report
from assistant.proof.layout import Span, clause_around
from assistant.proof.moments import When, moments
from assistant.proof.sources import bigrams, free_texts
from assistant.proof.spots import spot

_CLAUSE = re.compile("[，,。；;：:！？\n（）()]")
_TAIL = re.compile("^(?:底|末|初|上旬|中旬|下旬)?(?:之?前|以前|起|至|到)?")
_GENERIC = bigrams(
    "年底前 完成 项目 工作 时间 进行 开展 目标 计划 要求 规定 期限 于 底前完 实际 年度 本项目 期间 前完成 资金 的"
)
_LEAST, _SHARE, _RIVAL = 2, 0.4, 0.7
_SHORT = 3
_BEHIND = re.compile("[\u4e00-\u9fff]{2}")
_MORE = "追加 增加 调增 下达"
_LESS = "收回 调减 核减 压减 减少"
_PAST = re.compile("上年|去年|往年|前年")
_LETTER = re.compile(
    "印发|通知|会议|文件|批复|〔|签订|成文|填报|报告日期|自评|核对|报送|现场|评价组|座谈|调研|报告"
)
_ENDS = frozenset([(1, 1), (12, 31)])
_ORDER = re.compile("(?P<early>早于|先于)|(?P<late>晚于|迟于|滞后于)")
_SHIFT = re.compile("(?P<early>提前|提早|早)|(?P<late>推迟|延后|延期|延迟|滞后|逾期|晚)(?!于)")
_HELD = re.compile("[比较距][^，。；]{0,6}$")
_PLANNED = re.compile("[比较][^，。；0-9]{0,4}(?:规定|计划|期限|节点|目标|原定|要求|时限|时间)")
_ON_TIME = re.compile(
    "(?P<not>未能?|没有?能?|没能)?(?P<on_time>按期|如期|按时)(?:完工|竣工|启用|完成|交付|投用|投入使用|上线)"
)
_MEASURED = re.compile("(?:完成|办结)?(?:时间|期限|时限|日期)$")
_WORKS = re.compile("项目(?!资金)|工程|完工|竣工|启用|整改")


@dataclass(frozen=True, slots=True)
class Dated:
    """A date of the inputs with the words it is said of, and as it is written."""

    when: When
    words: frozenset[str]
    shown: str
    behind: str = ""


@dataclass(frozen=True, slots=True)
class Due:
    """A row whose target and result are days: by when, and when it was."""

    name: str
    target: When
    actual: When


class Dates:
    """The dates of one report."""

    def __init__(self, report: Report) -> None:
        self.year = report.year
        self.dated = tuple(_dated(report))
        self.due = tuple(_due(report))

    def knows(self, text: str, start: int, end: int) -> bool:
        """Whether the inputs give the date that stands at [start, end) of a text."""
        own = list(moments(text, start, end))
        return any(when.may_be(one.when) for when in own for one in self.dated)

    def check(self, text: str, sentence: Span, repeated: Sequence[Span] = ()) -> Iterator[Finding]:
        """Yield the dates of a sentence that the inputs give otherwise, and what goes the wrong way.

        `repeated` is what stands in the inputs word for word.
        """
        found = list(moments(text, sentence.start, sentence.end))
        for when in found:
            if any(span.holds(when.start, when.end) for span in repeated):
                continue
            wanted = self._other(text, sentence, when, found)
            if wanted is not None:
                said = text[when.start : when.end]
                message = f"填报的是“{wanted.shown}”，文中为“{said}”"
                yield spot(
                    "N07",
                    text,
                    (when.start, when.end),
                    message,
                    "请按填报数据改正日期",
                    expected=wanted.shown,
                )
            elif self._is_unknown(text, when):
                said = text[when.start : when.end]
                message = f"“{said}”在填报数据中没有出处"
                yield spot("N07", text, (when.start, when.end), message, "请核对日期，或在填报数据中补充")
        yield from self._order(text, sentence, found)
        yield from self._against_target(text, sentence, found)

    def _is_unknown(self, text: str, when: When) -> bool:
        """Whether a day of the work is none that the inputs give; days of letters and of the review are not theirs."""
        days = {(one.when.month, one.when.day) for one in self.dated} | _ENDS
        if when.day is None or not self.dated or (when.month, when.day) in days:
            return False
        clause = clause_around(text, when.start, when.end)
        return _LETTER.search(text, clause.start, clause.end) is None

    def _other(self, text: str, sentence: Span, when: When, found: Sequence[When]) -> Dated | None:
        """The date that the inputs give for what is spoken of, None where it is this one or none is given."""
        words = bigrams(_context(text, sentence, when, found)) - _GENERIC
        scored = []
        for one in self.dated:
            if (when.day is not None and one.when.day is None) or (when.month is None) is not (
                one.when.month is None
            ):
                continue
            shared = len(words & one.words)
            if one.behind and text.startswith(one.behind, when.end):
                shared = max(shared, _LEAST)
            share = shared / max(1, min(len(words), len(one.words)))
            if when.may_be(one.when) and shared:
                share = max(share, _SHARE)
            if (shared >= _LEAST and share >= _SHARE) or (when.may_be(one.when) and shared):
                scored.append((share, shared, one))
        if not scored:
            return None
        best = max(share for share, _, _ in scored)
        near = [one for share, _, one in scored if share >= best * _RIVAL]
        if any(when.may_be(one.when) for one in near) or _PAST.search(text, sentence.start, when.start):
            return None
        return max(scored, key=lambda one: one[:2])[2]

    def _order(self, text: str, sentence: Span, found: Sequence[When]) -> Iterator[Finding]:
        """D1早于D2; D1比D2提前."""
        for first, second in zip(found, found[1:], strict=False):
            between = _ORDER.search(text, first.end, second.start)
            after = _SHIFT.search(text, second.end, min(sentence.end, second.end + 14))
            word = between or (after if _HELD.search(text[first.end : second.start]) else None)
            own = first.on(self.year)
            other = second.on(first.year or self.year)
            if word is None or own is None or other is None or own == other:
                continue
            if (own < other) is not (word["early"] is not None):
                yield _wrong_way(text, word.span(), "早于" if own < other else "晚于")

    def _against_target(self, text: str, sentence: Span, found: Sequence[When]) -> Iterator[Finding]:
        """比规定期限提前, 未能按期完工, 晚于8月31日的目标: of the row whose days they are."""
        said = text[sentence.start : sentence.end]
        word = _ON_TIME.search(said) or (_ORDER.search(said) if found else None) or _planned(said)
        if word is None or len(found) > 1 or _PAST.search(said):
            return
        for due in self._due_in(said, found):
            own, other = due.actual.on(self.year), due.target.on(self.year)
            if own is None or other is None:
                continue
            groups = word.groupdict()
            if "on_time" in groups:
                false = (own <= other) is not (groups["not"] is None)
            else:
                false = own != other and (own < other) is not (groups["early"] is not None)
            if false:
                at = sentence.start + word.start()
                yield _wrong_way(text, (at, at + len(word[0])), "早于" if own < other else "晚于")
            return

    def _due_in(self, said: str, found: Sequence[When]) -> list[Due]:
        """The rows that a sentence speaks of: by name, by one of their days, or the only one of a project."""
        named = [due for due in self.due if _MEASURED.sub("", due.name) in said]
        dated = [due for due in self.due if any(w.may_be(due.actual) or w.may_be(due.target) for w in found)]
        if found:
            return [due for due in dated if due in named or len(dated) == 1]
        only = self.due if len(self.due) == 1 and _WORKS.search(said) else ()
        return named or list(only)


def _planned(said: str) -> re.Match[str] | None:
    """提前, 推迟 said of a plan: 比规定期限提前."""
    for planned in _PLANNED.finditer(said):
        if word := _SHIFT.search(said, planned.end(), planned.end() + 8):
            return word
    return None


def _wrong_way(text: str, span: tuple[int, int], right: str) -> Finding:
    message = f"按日期应为“{right}”，文中用“{text[span[0] : span[1]]}”，方向相反"
    return spot("N05", text, span, message, "请按数据改写方向词", expected=right)


def _context(text: str, sentence: Span, when: When, found: Sequence[When]) -> str:
    """The words of the clause that a date stands in, those of the next where it stands alone."""
    left = max((m.end() for m in _CLAUSE.finditer(text, sentence.start, when.start)), default=sentence.start)
    tail = _TAIL.match(text[when.end : sentence.end])
    at = when.end + (tail.end() if tail else 0)
    stop = _CLAUSE.search(text, at, sentence.end)
    right = stop.start() if stop else sentence.end
    others = [other for other in found if other is not when]
    left = max([left, *(other.end for other in others if other.end <= when.start)])
    right = min([right, *(other.start for other in others if other.start >= at)])
    words = text[left : when.start] + "|" + text[at:right]
    if len(re.findall("[\u4e00-\u9fff]", words)) <= _SHORT and stop:
        further = _CLAUSE.search(text, stop.end(), sentence.end)
        words += "|" + text[stop.end() : further.start() if further else sentence.end]
    return words


def _dated(report: Report) -> Iterator[Dated]:
    for project in report.projects:
        if project.confidential:
            continue
        for indicator in project.indicators:
            for text in (indicator.annual_target, indicator.actual):
                yield from _said(text, indicator.name)
        for adjustment in project.adjustments:
            kind = _MORE if adjustment.amount is not None and adjustment.amount > 0 else _LESS
            yield from _said(adjustment.date, f"{adjustment.reason} {kind} {project.name}")
    for text in free_texts(report):
        yield from _in_prose(text)


def _said(text: str, words: str) -> Iterator[Dated]:
    narrow = normalise(text)
    for when in moments(narrow):
        yield Dated(when, bigrams(words) - _GENERIC, narrow[when.start :].strip())


def _in_prose(text: str) -> Iterator[Dated]:
    whole = Span(0, len(text))
    found = list(moments(text))
    for when in found:
        words = bigrams(_context(text, whole, when, found)) - _GENERIC
        if words:
            tail = _TAIL.match(text[when.end :])
            behind = _BEHIND.match(text, when.end)
            shown = text[when.start : when.end + (tail.end() if tail else 0)]
            yield Dated(when, words, shown, behind[0] if behind and (tail is None or not tail[0]) else "")


def _due(report: Report) -> Iterator[Due]:
    indicators: Iterable[Indicator] = (
        one for project in report.projects if not project.confidential for one in project.indicators
    )
    for indicator in indicators:
        target, actual = (
            next(moments(normalise(text)), None) for text in (indicator.annual_target, indicator.actual)
        )
        if target is not None and actual is not None:
            yield Due(indicator.name, target, actual)
