"""Years, dates, document numbers and clauses: each belongs to the report or has a source (N07, N08)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.domain.finding import Finding
from assistant.domain.numerals import Mention, MentionKind, normalise
from assistant.domain.report import Report
from assistant.proof.dated import Dates
from assistant.proof.layout import Span
from assistant.proof.lexicon import LAST_YEAR
from assistant.proof.sources import Sources, mark
from assistant.proof.spots import spot

_YEAR = re.compile("[0-9]{4}")
_MONTH_DAY = re.compile("([0-9]{1,2}) *月(?: *([0-9]{1,2}))?|[0-9]{4}[-/.]([0-9]{1,2})[-/.]([0-9]{1,2})")
_COMPARES = re.compile("[比较]|同期|以来|开始|起|至今|往年|历年|批复|编制|下达|结转")
_RANGE = re.compile("[从由自](?:19|20)[0-9]{2}年?(?:度)?[到至](?:(?:19|20)[0-9]{2}年)?")
_NEXT = re.compile("结转|次年|来年|后续|期限|合同|付款|支付")
_AHEAD = re.compile(
    "下一步|改进措施|推迟|顺延|延至|时间均为|底前|季度末|下一?年度?|明年|拟|力争|计划|争取|将|确保|预计|打算|应当|每年|底前|月前|日前|前完成|限期|以内"
)
_DEADLINE = re.compile("(?:完成|整改|办理)?时限[为：是:]?$")
_OWN_YEAR = re.compile("(?:实施|评价|报告)年度[为：:]")
_TITLE_MARKS = re.compile("《[^》\n]*》")
_DATE_LINE = re.compile(r"\s*(?:成文日期|日期|填报日期)?[：:]?\s*(?:19|20)[0-9]{2}[年\-/.][^，。]{1,8}\s*$")
_WHOLE_REPORT = re.compile("自评报告|评价报告|实施年度|评价年度|自评表")
_CORE = re.compile(r"[^〔]{0,2}〔[0-9]{4}〕第?[0-9]+号")
_MARKS = (MentionKind.DOCUMENT_NUMBER, MentionKind.CLAUSE)


@dataclass(frozen=True, slots=True)
class Spoken:
    """A sentence in its line; `of_last_year` says that its figures are truly those of last year."""

    text: str
    line: Span
    sentence: Span
    of_last_year: bool

    @property
    def words(self) -> str:
        """The sentence itself."""
        return self.text[self.sentence.start : self.sentence.end]


@dataclass(frozen=True)
class Calendar:
    """The years of one report and the dates of its sources."""

    report: Report
    sources: Sources
    dates: Dates

    @property
    def last_year(self) -> int | None:
        """The year of last year's report, the year before otherwise."""
        if self.report.last_year is not None and self.report.last_year.year:
            return self.report.last_year.year
        return self.report.year - 1 if self.report.year else None

    def check(self, spoken: Spoken, mentions: Sequence[Mention]) -> list[Finding]:
        """Return what is wrong with the years, dates and numbers of documents in a sentence."""
        found: list[Finding] = []
        for mention in mentions:
            span = (mention.start, mention.end)
            if mention.kind in (MentionKind.YEAR, MentionKind.DATE):
                found += self._dates(spoken, mention)
            elif mention.kind in _MARKS and not self._known_mark(mention):
                message = f"“{mention.text}”在依据中没有出处"
                found.append(spot("N08", spoken.text, span, message, "请核对文号，或在填报数据中补充依据"))
        return found

    def _dates(self, spoken: Spoken, mention: Mention) -> list[Finding]:
        span, narrow = (mention.start, mention.end), normalise(mention.text)
        if not _is_date(narrow):
            return [spot("N07", spoken.text, span, f"“{mention.text}”不是日期", "请核对日期")]
        years = [int(year) for year in _YEAR.findall(narrow)] or [int(mention.value or 0)]
        spans_both = mention.high is not None and sorted(years) == [self.last_year, self.report.year]
        if not spans_both and any(year and not self._admits(spoken, mention, year) for year in years):
            own = f"{self.report.year}年"
            message = f"“{mention.text}”不是评价年度{own}，也没有出处"
            return [
                spot("N07", spoken.text, span, message, "请核对年份，或在填报数据中补充来源", expected=own)
            ]
        before = spoken.text[spoken.sentence.start : mention.start]
        if _DEADLINE.search(before) and not self.dates.knows(spoken.text, *span):
            message = f"时限“{mention.text}”在填报数据中没有出处"
            return [spot("N07", spoken.text, span, message, "请按填报的改进措施改正时限")]
        return []

    def _admits(self, spoken: Spoken, mention: Mention, year: int) -> bool:
        own = self.report.year
        if own is None or year == own:
            return True
        if _OWN_YEAR.search(spoken.words) and not spoken.of_last_year:
            return False
        named = _inside_title(spoken, mention)
        if year == self.last_year:
            compares = LAST_YEAR.search(spoken.words) or _COMPARES.search(spoken.words)
            compares = compares or _RANGE.search(spoken.text, spoken.sentence.start, mention.end)
            return named or spoken.of_last_year or bool(compares and not _WHOLE_REPORT.search(spoken.words))
        if mark(mention.text) in self.sources.dates:
            return True
        if year == own + 1:
            line = spoken.text[spoken.line.start : spoken.line.end]
            return bool(
                (year in self.sources.years and not mention.text.endswith("度"))
                or named
                or _AHEAD.search(spoken.words)
                or _NEXT.search(spoken.words)
                or _DATE_LINE.match(line)
            )
        return named or year in self.sources.years

    def _known_mark(self, mention: Mention) -> bool:
        own = _core(mark(mention.text))
        return any(own == _core(known) for known in self.sources.marks)


def _is_date(text: str) -> bool:
    """Whether month and day, where given, exist."""
    match = _MONTH_DAY.search(text)
    if match is None:
        return True
    month, day = match[1] or match[3], match[2] or match[4]
    return 1 <= int(month) <= 12 and (day is None or 1 <= int(day) <= 31)


def _core(text: str) -> str:
    match = _CORE.search(text)
    return match[0] if match else text


def _inside_title(spoken: Spoken, mention: Mention) -> bool:
    titles = _TITLE_MARKS.finditer(spoken.text, spoken.line.start, spoken.line.end)
    return any(title.start() < mention.start < title.end() for title in titles)
