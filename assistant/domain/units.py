"""Units of printed numbers: money to 万元, scale words, and when two printed numbers are the same.

Knows nothing of sentences. A printed number with n places stands for every value within half of its
last place (domain §5.0), so two printed numbers are equal where those intervals overlap.
"""

from __future__ import annotations

from decimal import Decimal

from assistant.domain.figures import CENT, places_of

#: Scale words before a unit and the power of ten they stand for.
SCALES = {"百": 2, "千": 3, "万": 4, "十万": 5, "百万": 6, "千万": 7, "亿": 8, "万亿": 12}

#: Money units, as powers of ten of 万元.
MONEY = {"元": -4, "块钱": -4, "百元": -2, "千元": -1, "万元": 0, "百万元": 2, "亿元": 4}

_MONEY_PLACES = 2

#: Count words of the trade, as they are written after a number.
COUNT_WORDS = [
    "个工作日",
    "个百分点",
    "平方公里",
    "平方千米",
    "立方米",
    "平方米",
    "公顷",
    "公里",
    "千米",
    "厘米",
    "毫米",
    "小时",
    "分钟",
    "个月",
    "人次",
    "人天",
    "场次",
    "批次",
    "户次",
    "家次",
    "件次",
    "车次",
    "班次",
    "台次",
    "台套",
    "个次",
    "万次",
    "课时",
    "学时",
    "千克",
    "公斤",
    "百分点",
    "季度",
    "个半月",
    "期次",
    "点次",
    "个",
    "项",
    "次",
    "场",
    "期",
    "篇",
    "条",
    "件",
    "份",
    "人",
    "名",
    "位",
    "户",
    "家",
    "所",
    "处",
    "座",
    "栋",
    "间",
    "台",
    "套",
    "辆",
    "部",
    "本",
    "册",
    "张",
    "幅",
    "块",
    "片",
    "根",
    "只",
    "头",
    "株",
    "棵",
    "亩",
    "米",
    "吨",
    "升",
    "克",
    "字",
    "页",
    "版",
    "批",
    "轮",
    "届",
    "班",
    "组",
    "队",
    "支",
    "类",
    "种",
    "门",
    "堂",
    "天",
    "日",
    "周",
    "年",
    "秒",
    "倍",
    "分",
    "折",
    "度",
    "级",
    "档",
    "点",
    "例",
    "起",
    "宗",
    "笔",
    "单",
    "条次",
    "路",
    "站",
    "线",
    "村",
    "镇",
    "县",
    "区",
    "街",
    "岗",
    "㎡",
    "m²",
    "㎞",
    "km",
    "kg",
    "kW",
    "MB",
    "GB",
    "TB",
    "m",
    "t",
    "h",
    "百分比",
    "人均",
    "℃",
    "‰",
]

#: Words for lengths of time: durations, not figures of the form.
DURATIONS = frozenset(
    ["年", "个月", "天", "日", "周", "小时", "分钟", "个工作日", "季度", "秒", "课时", "学时", "个半月"]
)


def half_place(places: int) -> Decimal:
    """Return half of the last printed place: 0.005 for two places, 500 for -3."""
    return Decimal(5).scaleb(-places - 1)


def equal_shown(first: Decimal, second: Decimal) -> bool:
    """Return whether two printed numbers can show the same value (§5.0): 92 and 92.40 can, 92.40 and 92.41 not."""
    return within(first, places_of(first), second, places_of(second))


def within(first: Decimal, first_places: int, second: Decimal, second_places: int) -> bool:
    """Return whether the intervals of two numbers printed with these places overlap."""
    return abs(first - second) < half_place(first_places) + half_place(second_places)


def ratio_bounds(part: Decimal, whole: Decimal) -> tuple[Decimal, Decimal]:
    """Return between which percentages part/whole lies, both amounts printed (§5.0); `whole` is above zero.

    Amounts are in 万元 and known to the cent at least: 100 is 100.00.
    """
    half = half_place(max(places_of(part), places_of(whole), _MONEY_PLACES))
    return (part - half) / (whole + half) * 100, (part + half) / max(whole - half, half) * 100


def ratio_holds(part: Decimal, whole: Decimal, rate: Decimal) -> bool:
    """Return whether a printed percentage can be that of two printed amounts (§5.0)."""
    low, high = ratio_bounds(part, whole)
    half = half_place(places_of(rate))
    return low - half <= rate <= high + half


def sum_slack(count: int) -> Decimal:
    """Return how far a sum of `count` amounts may stand from its parts by rounding: 0.005·(n+1), at least 0.01 (§5.0)."""
    return max(CENT, CENT / 2 * (count + 1))


def to_wan(value: Decimal, unit: str) -> Decimal | None:
    """Return an amount in 万元 from 元, 千元, 万元 or 亿元; None for a unit that is no money."""
    return value.scaleb(MONEY[unit]) if unit in MONEY else None


def last_step(value: Decimal) -> Decimal:
    """Return the place of the last non-zero digit: 1200 → 100, 460 → 10, 7.5 → 0.1."""
    exponent = value.normalize().as_tuple().exponent
    return Decimal(1).scaleb(exponent if isinstance(exponent, int) else 0)


_PERSONS = ("人", "名", "位")


def compatible(written: str, unit: str) -> bool:
    """Return whether a written unit can be that of a figure: equal, one spelling of the other, or absent."""
    if not written or not unit or written == unit:
        return True
    if unit in ("百分比", "%") and written in ("百分比", "%"):
        return True
    if written in _PERSONS and unit in _PERSONS:
        return True
    return written.startswith(unit) or unit.startswith(written)
