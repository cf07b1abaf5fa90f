"""Read quantities in Chinese text: 1,234.50万元, 95%, 百分点, 九成八, 二百五十二万元, 〔2020〕10号.

`scan` finds every number and says what kind it is, so that dates, document numbers, clauses and list
numbers are told apart from figures. It knows nothing of reports: whether a number is true is not its
question.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from decimal import Decimal
from typing import Any

from assistant.domain import numeral_patterns as shapes
from assistant.domain.chinese_numbers import read_chinese, to_chinese
from assistant.domain.figures import places_of
from assistant.domain.mention import Bound, Mention, MentionKind
from assistant.domain.units import MONEY, SCALES, equal_shown, to_wan

__all__ = ["Bound", "Mention", "MentionKind", "equal_shown", "normalise", "scan", "to_chinese", "to_wan"]


_SIGNS = {"≧": "≥", ">=": "≥", "≦": "≤", "<=": "≤", ">": "＞", "<": "＜", "=": "＝"}
_WIDE = {ord(wide): ord(wide) - 0xFEE0 for wide in "０１２３４５６７８９％．／＞＜＝"}
_WIDE |= {code: code - 0xFEE0 for code in (*range(0xFF21, 0xFF3B), *range(0xFF41, 0xFF5B))}
_FOREIGN_DIGIT = re.compile(r"(?![0-9])\d")


def normalise(text: str) -> str:
    """Return the text with full-width digits, letters and signs as half-width ones; same length."""
    narrow = text.translate(_WIDE)
    return _FOREIGN_DIGIT.sub(lambda match: str(unicodedata.decimal(match[0])), narrow)


def scan(text: str) -> tuple[Mention, ...]:
    """Return every number of the text in order, each with its kind, value, unit and span."""
    narrow = normalise(text)
    phrases = [match.span() for match in shapes.PHRASES.finditer(narrow)]
    found: list[Mention] = []
    for match in shapes.TOKEN.finditer(narrow):
        if any(start <= match.start() < end for start, end in phrases):
            continue
        mention = _READERS[match.lastgroup or ""](match, text)
        if mention is not None:
            found.append(mention)
    return tuple(found)


def _bare(kind: MentionKind) -> Callable[[re.Match[str], str], Mention]:
    def read(match: re.Match[str], text: str) -> Mention:
        lead = len(match[0]) - len(match[0].lstrip())
        return Mention(
            start=match.start() + lead,
            end=match.end(),
            text=text[match.start() + lead : match.end()],
            kind=kind,
        )

    return read


_LEAD = re.compile(".*(?:依据|根据|按照|遵照|执行|印发|以及|关于|[和及按与由照])")


def _document(match: re.Match[str], text: str) -> Mention:
    start = match.start()
    while start > 0 and match.start() - start < 10 and "\u4e00" <= text[start - 1] <= "\u9fff":
        start -= 1
    lead = _LEAD.match(text[start : match.start()])
    start += lead.end() if lead else 0
    return Mention(
        start=start, end=match.end(), text=text[start : match.end()], kind=MentionKind.DOCUMENT_NUMBER
    )


def _year(match: re.Match[str], text: str) -> Mention:
    years = re.findall("[0-9]{4}", match[0])
    if not years:
        number = read_chinese(match[0].rstrip("年度"))
        years = [str(number)] if number is not None else ["0"]
    return Mention(
        start=match.start(),
        end=match.end(),
        text=text[match.start() : match.end()],
        kind=MentionKind.YEAR,
        value=Decimal(years[0]),
        high=Decimal(years[1]) if len(years) > 1 else None,
        unit="年",
    )


def _quantity(
    match: re.Match[str],
    text: str,
    value: Decimal,
    unit: str,
    places: int,
    *,
    written_unit: str = "",
    **more: Any,
) -> Mention:
    return Mention(
        start=match.start(),
        end=match.end(),
        text=text[match.start() : match.end()],
        kind=MentionKind.QUANTITY,
        value=value,
        unit=unit,
        written_unit=written_unit or unit,
        places=places,
        **more,
    )


def _arabic(match: re.Match[str], text: str) -> Mention:
    sign = -1 if match["minus"] else 1
    low, power, unit = _decimal(match["number"]), *_scaled(match["scale"], match["unit"])
    low_power = 4 if match["lowunit"] == "万" and not power else power
    suffix = match["suffix"] or match["more"] or match["more2"] or ""
    written = (match["scale"] or "") + (match["unit"] or "")
    if unit == "" and match["scale"] == "万":
        unit, power, low_power = "万", 0, 0
    return _quantity(
        match,
        text,
        sign * low.scaleb(low_power),
        unit,
        places_of(low) - power,
        high=_decimal(match["high"]).scaleb(power) if match["high"] else None,
        approximation=match["prefix"] or suffix,
        sign=_SIGNS.get(match["sign"] or "", match["sign"] or ""),
        written_unit=written,
    )


def _decimal(text: str) -> Decimal:
    return Decimal(text.replace(",", "").replace("，", ""))


def _scaled(scale: str | None, unit: str | None) -> tuple[int, str]:
    """Return the power of ten and the unit to hold the value in; money is held in 万元."""
    power, written = SCALES.get(scale or "", 0), unit or ""
    if written in MONEY:
        return power + MONEY[written], "万元"
    return power, {"百分点": "个百分点", "百分比": "%"}.get(written, written)


def _chinese(match: re.Match[str], text: str) -> Mention | None:
    digits, unit = match["cn"], match["cnunit"]
    value = read_chinese(digits)
    if value is None or not _is_quantity(digits, unit, match, text):
        return None
    power, held = _scaled("", unit)
    if unit.startswith("万") and unit not in MONEY:
        power, held = 4, unit[1:]
    return _quantity(
        match,
        text,
        value.scaleb(power),
        held,
        places_of(value) - power,
        chinese=True,
        written_unit=unit,
        approximation=match["cnprefix"] or match["cnmore"] or match["cnsuffix"] or "",
    )


_SCORED = re.compile("(?:[得总评失]分|[得扣计失丢为满低高少多])$")


def _is_quantity(digits: str, unit: str, match: re.Match[str], text: str) -> bool:
    """Whether a Chinese numeral counts something, being no part of a word (十分, 一个, 三个方面)."""
    before, after = text[max(0, match.start() - 3) : match.start()], text[match.end() : match.end() + 6]
    if before.endswith("届") or (
        len(digits) == 1 and unit in ("元", "度", "级", "组", "线", "班", "点", "版", "期次")
    ):
        return False
    if unit == "分":
        return bool(_SCORED.search(before))
    if digits == "一":
        return after.startswith(("指标", "子项目", "三级指标", "未达", "没有达", "未完成", "失分"))
    if len(digits) == 1 and shapes.STRUCTURE.match(unit + after if unit in "大个项种类层重条点" else after):
        return False
    return len(digits) > 1 or unit not in ("年", "天", "日", "月")


def _fraction(match: re.Match[str], text: str) -> Mention | None:
    if match["below"]:
        below, above = read_chinese(match["below"]), read_chinese(match["above"])
        if not below or above is None:
            return None
        word = match["fprefix"] or match["fsuffix"] or "约"
        word = "约" if word in ("强", "弱") else word
        return _quantity(
            match,
            text,
            above / below * 100,
            "%",
            _FRACTION_PLACES.get(int(below), 0),
            chinese=True,
            approximation=word,
        )
    percent = match["percent"] or "100"
    value = _decimal(percent) if percent[0].isdigit() and percent.isascii() else read_chinese(percent)
    return None if value is None else _quantity(match, text, value, "%", places_of(value), chinese=True)


#: Places of a percentage said as 千分之 or 万分之.
_FRACTION_PLACES = {1000: 1, 10000: 2}


def _tenths(match: re.Match[str], text: str) -> Mention:
    first = Decimal(match["ten"]) if match["ten"].isascii() else read_chinese(match["ten"]) or Decimal(0)
    second = Decimal(5) if match["tenth"] == "半" else read_chinese(match["tenth"] or "零") or Decimal(0)
    value, places = first * 10 + second, 0 if match["tenth"] else -1
    return _quantity(
        match,
        text,
        value,
        "%",
        places,
        chinese=True,
        approximation=match["tprefix"] or match["tsuffix"] or "",
        written_unit="成",
    )


def _half(match: re.Match[str], text: str) -> Mention:
    word = "超过" if match[0] == "过半" else match["hprefix"] or match["hsuffix"] or ""
    return _quantity(match, text, Decimal(50), "%", -1, chinese=True, approximation=word, written_unit="半")


_READERS: dict[str, Callable[[re.Match[str], str], Mention | None]] = {
    "document_number": _document,
    "clause": _bare(MentionKind.CLAUSE),
    "ordinal": _bare(MentionKind.ORDINAL),
    "heading_number": _bare(MentionKind.HEADING_NUMBER),
    "date": _bare(MentionKind.DATE),
    "year": _year,
    "code": _bare(MentionKind.CODE),
    "fraction": _fraction,
    "tenths": _tenths,
    "half": _half,
    "arabic": _arabic,
    "chinese": _chinese,
}
