"""Years, dates, document numbers and clauses: each belongs to the report or has a source (N07, N08)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.domain.finding import Finding
from assistant.domain.numerals import Mention, MentionKind, normalise
from assistant.domain.register import finding
from assistant.domain.report import Report
from assistant.proof.layout import Span
from assistant.proof.lexicon import LAST_YEAR, PLAN
from assistant.proof.sources import Sources, mark

_YEAR = re.compile("(?:19|20)[0-9]{2}")
_COMPARES = re.compile("[比较]|同期|以来|开始|起|至今|往年|历年|批复|编制|下达|结转")
_DEADLINE = re.compile("(?:完成|整改|办理)?时限[为：是:]?$")
_TITLE_MARKS = re.compile("《[^》\n]*》")
_DATE_LINE = re.compile(r"\s*(?:成文日期|日期|填报日期)?[：:]?\s*(?:19|20)[0-9]{2}[年\-/.][^，。]{1,8}\s*$")
_CORE = re.compile(r"[^〔]{0,2}〔[0-9]{4}〕第?[0-9]+号")


@dataclass(frozen=True)
class Calendar:
    """The years of one report and the dates of its sources."""

    report: Report
    sources: Sources

    @property
    def last_year(self) -> int | None:
        """The year of last year's report, the year before otherwise."""
        if self.report.last_year is not None and self.report.last_year.year:
            return self.report.last_year.year
        return self.report.year - 1 if self.report.year else None

    def check(
        self, text: str, line: Span, sentence: Span, mentions: Sequence[Mention], speaks_of_last_year: bool
    ) -> list[Finding]:
        """Return what is wrong with the years, dates and numbers of documents in a sentence."""
        found: list[Finding] = []
        for mention in mentions:
            if mention.kind in (MentionKind.YEAR, MentionKind.DATE):
                found += self._dates(text, line, sentence, mention, speaks_of_last_year)
            elif mention.kind is MentionKind.QUANTITY and self._is_wrong_deadline(text, sentence, mention):
                found.append(_late(text, mention))
            elif mention.kind in (MentionKind.DOCUMENT_NUMBER, MentionKind.CLAUSE) and not self._known_mark(
                mention
            ):
                found.append(
                    _finding(
                        "N08",
                        mention,
                        f"“{mention.text}”在依据中没有出处",
                        "请核对文号，或在填报数据中补充依据",
                    )
                )
        return found

    def _dates(
        self, text: str, line: Span, sentence: Span, mention: Mention, speaks_of_last_year: bool
    ) -> list[Finding]:
        years = [int(year) for year in _YEAR.findall(normalise(mention.text))]
        if mention.value is not None and not years:
            years = [int(mention.value)]
        wrong = [
            year
            for year in years
            if not self._admits(text, line, sentence, mention, year, speaks_of_last_year)
        ]
        if wrong:
            return [
                _finding(
                    "N07",
                    mention,
                    f"“{mention.text}”不是评价年度{self.report.year}年，也没有出处",
                    "请核对年份，或在填报数据中补充来源",
                    f"{self.report.year}年",
                )
            ]
        if (
            _DEADLINE.search(text[sentence.start : mention.start])
            and mark(mention.text) not in self.sources.dates
        ):
            return [
                _finding(
                    "N07", mention, f"时限“{mention.text}”在填报数据中没有出处", "请按填报的改进措施改正时限"
                )
            ]
        return []

    def _admits(
        self, text: str, line: Span, sentence: Span, mention: Mention, year: int, speaks_of_last_year: bool
    ) -> bool:
        own = self.report.year
        if own is None or year == own:
            return True
        words, named = text[sentence.start : sentence.end], _inside_title(text, line, mention)
        if year == self.last_year:
            return (
                named
                or speaks_of_last_year
                or bool(LAST_YEAR.search(words) or _COMPARES.search(words))
                and not _whole_report(words)
            )
        if year == own + 1 and (PLAN.search(words) or _DATE_LINE.match(text[line.start : line.end])):
            return True
        return named or year in self.sources.years

    def _known_mark(self, mention: Mention) -> bool:
        own = mark(mention.text)
        core = _core(own)
        return any(core == _core(known) for known in self.sources.marks)


def _core(text: str) -> str:
    match = _CORE.search(text)
    return match[0] if match else text


def _whole_report(words: str) -> bool:
    return bool(re.search("自评报告|评价报告|实施年度|评价年度|自评表", words))


def _inside_title(text: str, line: Span, mention: Mention) -> bool:
    return any(
        match.start() < mention.start < match.end()
        for match in _TITLE_MARKS.finditer(text, line.start, line.end)
    )


def _finding(rule: str, mention: Mention, message: str, remedy: str, expected: str = "") -> Finding:
    return finding(
        rule,
        message,
        remedy=remedy,
        start=mention.start,
        end=mention.end,
        text=mention.text,
        observed=mention.text,
        expected=expected,
    )
