"""The period that a form states for a project (起止时间), and whether it can be true (C15)."""

from __future__ import annotations

import re

from assistant.domain.finding import Finding
from assistant.domain.register import finding

_MONTH = re.compile(r"(?P<year>20\d\d)(?:\s*[年./-]\s*(?P<month>1[0-2]|0?[1-9])(?!\d))?")
_BETWEEN = re.compile(r"[-—－–~～至到]")


def check_period(text: str, year: int | None, place: str) -> list[Finding]:
    """Return C15 where a period ends before it starts, or does not hold the year of the report."""
    months = list(_MONTH.finditer(text))
    if len(months) != 2 or not _BETWEEN.search(text[months[0].end() : months[1].start()]):
        return []
    (first, from_month), (last, to_month) = ((int(at["year"]), int(at["month"] or 0)) for at in months)
    if (last, to_month or 12) < (first, from_month or 1):
        said, remedy = f"“{text}”结束早于开始", "请核对起止时间"
    elif year is not None and not first <= year <= last:
        said, remedy = f"“{text}”不含评价年度{year}年", "请核对起止时间和评价年度"
    else:
        return []
    return [finding("C15", f"{place}：起止时间{said}", remedy=remedy, observed=text, place=place)]
