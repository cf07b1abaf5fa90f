"""Dates of a text in their order: a span that ends before it begins, a survey and a signature of the wrong year.

Knows no figures and no report.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from assistant.domain.finding import Finding, Severity
from assistant.proof.own_text import OwnText
from assistant.proof.spots import spot

_SPAN = re.compile(
    r"(?P<year>20[0-9]{2})年(?P<month>[0-9]{1,2})月(?:(?P<day>[0-9]{1,2})日)?(?:至|到|—{1,2}|-|－|~|～)"
    r"(?P<end>(?:(?P<year2>20[0-9]{2})年)?(?P<month2>[0-9]{1,2})月(?:(?P<day2>[0-9]{1,2})日)?)"
)
_MONTH = re.compile(r"(?P<year>20[0-9]{2})年(?=[0-9]{1,2}月)")
_SURVEY = re.compile("问卷|回访|电话访|满意度调查|测评")
_EARLIER = re.compile("上年|比|较|自20|以来|曾|上一年|往年")
_SIGNED = re.compile(r"(?m:^)\s*(?P<date>(?P<year>20[0-9]{2})年(?P<month>[0-9]{1,2})月[0-9]{1,2}日)\s*$")
_TITLE = re.compile(r"(?P<year>20[0-9]{2})年度?[^\n]{0,60}(?:自评|评价)报告")
_OPENING = 200
_LAST_MONTHS = 11


def check_spans(own: OwnText) -> Iterator[Finding]:
    """C01: 2023年4月10日至3月26日 ends before it begins."""
    for match in _SPAN.finditer(own.text):
        first = _date(match["year"], match["month"], match["day"])
        last = _date(match["year2"] or match["year"], match["month2"], match["day2"] or "28")
        if first is not None and last is not None and last < first:
            message = f"起止日期先后颠倒：“{match[0]}”"
            yield spot("C01", own.text, match.span("end"), message, "请核对起止日期")


def _date(year: str, month: str, day: str | None) -> date | None:
    try:
        return date(int(year), int(month), int(day or 1))
    except ValueError:
        return None


def check_survey_year(own: OwnText) -> Iterator[Finding]:
    """C01: 2022年12月回访 in a report on 2023: satisfaction is asked in the year or after it."""
    year = _year_of(own.text)
    for sentence, _ in own.sentences if year else ():
        words = own.text[sentence.start : sentence.end]
        if _EARLIER.search(words) or not _SURVEY.search(words):
            continue
        for match in _MONTH.finditer(own.text, sentence.start, sentence.end):
            if int(match["year"]) == year - 1:
                message = f"报告年度为{year}年，满意度调查的时间写为{match['year']}年"
                span = (match.start(), match.end())
                yield spot("C01", own.text, span, message, "请核对年份", expected=f"{year}年")


def check_signed_after(own: OwnText) -> Iterator[Finding]:
    """C01: a report on a year is not signed before that year has nearly ended."""
    year = _year_of(own.text)
    for match in list(_SIGNED.finditer(own.text))[-1:] if year else ():
        early = int(match["year"]) < year or (
            int(match["year"]) == year and int(match["month"]) < _LAST_MONTHS
        )
        if early and match.start() > len(own.text) // 2:
            message = f"成文日期{match['date']}早于{year}年度结束"
            yield spot(
                "C01", own.text, match.span("date"), message, "请核对成文日期", severity=Severity.WARNING
            )


def _year_of(text: str) -> int:
    """Return the year of the title, 0 where it names none or several."""
    found = {int(match["year"]) for match in _TITLE.finditer(text[:_OPENING])}
    return found.pop() if len(found) == 1 else 0
