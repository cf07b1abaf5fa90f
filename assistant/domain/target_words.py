"""Reads dates, tiers and scoring steps in the words of a target or an actual cell.

Companion of `targets`: what is not a plain quantity. Knows nothing about scores.
"""

from __future__ import annotations

import calendar
import re
from datetime import date
from decimal import Decimal

from assistant.domain.base import Frozen, Number
from assistant.domain.indicator import Target, Tier
from assistant.domain.targets import normalised, read_target

_DAY = re.compile(r"(?:(?P<year>\d{4})年)?(?P<month>1[0-2]|0?[1-9])月(?P<day>\d{1,2})[日号]")
_MONTH = re.compile(r"(?:(?P<year>\d{4})年)?(?P<month>1[0-2]|0?[1-9])月(?P<part>上旬|中旬|初|前|之前)?")
_ISO = re.compile(r"(?P<year>\d{4})[-/.](?P<month>\d{1,2})[-/.](?P<day>\d{1,2})")
_YEAR_END = re.compile(r"(?:(?P<year>\d{4})年)?年?(?:底|末)")
_QUARTER = re.compile(r"(?:(?P<year>\d{4})年)?第?(?P<quarter>[一二三四])季度")
_PARTS = {"上旬": 10, "中旬": 20, "初": 10}


class Step(Frozen):
    """One line of a stepped target (≥95%得100分): a condition and the points out of 100."""

    condition: Target
    points: Number


def read_date(text: str, year: int | None = None) -> date | None:
    """Return the latest day the words allow; `year` completes a date without one; None for no date.

    6月底 and 6月 are the last day of June, 6月前 the last of May, 上旬 the 10th, 年底 31 December.
    """
    plain = normalised(text)
    for pattern, reader in ((_ISO, _day), (_DAY, _day), (_QUARTER, _quarter), (_MONTH, _month)):
        if match := pattern.search(plain):
            return reader(match, year)
    match = _YEAR_END.search(plain)
    return _made(_year(match, year), 12, 31) if match else None


def _year(match: re.Match[str], year: int | None) -> int | None:
    """Return the year that is written, else the one given."""
    return int(match["year"]) if match["year"] else year


def _day(match: re.Match[str], year: int | None) -> date | None:
    """Return a full date."""
    return _made(_year(match, year), int(match["month"]), int(match["day"]))


def _month(match: re.Match[str], year: int | None) -> date | None:
    """Return the last day of the month or of its part."""
    written, month, part = _year(match, year), int(match["month"]), match["part"] or ""
    if written is None:
        return None
    if part in ("前", "之前"):
        month -= 1
        written, month = (written - 1, 12) if month == 0 else (written, month)
    return _made(written, month, _PARTS.get(part) or calendar.monthrange(written, month)[1])


def _quarter(match: re.Match[str], year: int | None) -> date | None:
    """Return the last day of the quarter."""
    written, month = _year(match, year), 3 * (1 + "一二三四".index(match["quarter"]))
    return _made(written, month, 30 if month in (6, 9) else 31)


def _made(year: int | None, month: int, day: int) -> date | None:
    """Return the date, None where there is no such day or no year."""
    if year is None or not 1 <= month <= 12 or not 1 <= day <= calendar.monthrange(year, month)[1]:
        return None
    return date(year, month, day)


_TIERS = {
    Tier.A: {Tier.A.label, "达成", "达成预期指标", "达成年度目标", "优", "良", "优秀", "良好", "A", "A档"},
    Tier.B: {
        Tier.B.label,
        "部分达成",
        "部分达成年度指标",
        "部分达成预期指标并具有一定效果",
        "基本达成",
        "中",
        "一般",
        "B",
        "B档",
    },
    Tier.C: {
        Tier.C.label,
        "未达成",
        "未达成年度指标",
        "未达成预期指标且效果较差",
        "低",
        "差",
        "较差",
        "C",
        "C档",
    },
}
_ON_TIME = re.compile(r"(?:已|均)?(?:按时|按期|及时|如期|提前|按计划)")


def read_tier(actual: str, target: str = "") -> Tier | None:
    """Return the 定性 tier that the words of an actual cell state (§2.5), None where they do not.

    Besides the published labels and the five-word scale: words equal to the target (Ⅲ类 for Ⅲ类及以上), and
    按时完成 for a target of punctuality, are tier A. Anything else is for a person to judge.
    """
    words = actual.strip().rstrip("。")
    for tier, labels in _TIERS.items():
        if words in labels:
            return tier
    if re.search(r"[未没]|不(?!断)", words) or not words:
        return None
    wanted = target.strip().rstrip("。")
    if words in (wanted, re.sub("[及或]?以上$", "", wanted)):
        return Tier.A
    return Tier.A if _ON_TIME.match(words) and _punctual(target) else None


def _punctual(target: str) -> bool:
    """Return whether a target asks for punctuality."""
    return bool(re.search(r"按时|按期|及时|如期|按计划|前|底|\d月", target))


_STEP = re.compile(r"(?P<condition>[^；;，,。\n]+?)\s*[，,]?\s*得\s*(?P<points>\d+(?:\.\d+)?)\s*分")


def read_steps(text: str) -> tuple[Step, ...]:
    """Return the steps of a STEP target in order (≥95%得100分；<95%得50分)."""
    return tuple(
        Step(condition=read_target(match["condition"]), points=Decimal(match["points"]))
        for match in _STEP.finditer(normalised(text))
    )
