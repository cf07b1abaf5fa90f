"""Days and months as a text writes them (2024年6月18日, 8月底前, 每月20日前), and whether two can be the same (日期).

Knows no report.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from assistant.domain.numerals import normalise

_WHEN = re.compile(
    r"(?:(?P<year>(?:19|20)[0-9]{2})[ ]?年)?(?<![0-9.])(?P<month>1[0-2]|0?[1-9])[ ]?月(?!度)(?:(?P<day>3[01]|[12][0-9]|0?[1-9])[ ]?[日号])?"
    r"|(?P<y>(?:19|20)[0-9]{2})[-/.](?P<m>1[0-2]|0?[1-9])[-/.](?P<d>3[01]|[12][0-9]|0?[1-9])(?![0-9])"
    r"|每月(?:的)?(?P<every>3[01]|[12][0-9]|0?[1-9])[日号]"
)


@dataclass(frozen=True, slots=True)
class When:
    """A date at [start, end) as far as it is given; `month` None for a day of every month."""

    start: int
    end: int
    year: int | None
    month: int | None
    day: int | None

    def may_be(self, other: When) -> bool:
        """Whether nothing that both give differs."""
        own = ((self.year, other.year), (self.month, other.month), (self.day, other.day))
        return (self.month is None) is (other.month is None) and all(
            a is None or b is None or a == b for a, b in own
        )

    def on(self, year: int | None) -> date | None:
        """Return the day in the given year where none is written, None where no day is given or exists."""
        held = self.year or year
        if held is None or self.month is None or self.day is None:
            return None
        try:
            return date(held, self.month, self.day)
        except ValueError:
            return None


def moments(text: str, start: int = 0, end: int | None = None) -> Iterator[When]:
    """Yield the days and months of a text in order."""
    for match in _WHEN.finditer(normalise(text[start:end])):
        year, month, day = (
            match["year"] or match["y"],
            match["month"] or match["m"],
            match["day"] or match["d"],
        )
        yield When(
            start + match.start(),
            start + match.end(),
            int(year) if year else None,
            int(month) if month else None,
            int(day or match["every"]) if day or match["every"] else None,
        )
