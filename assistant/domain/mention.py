"""A number as it stands in a text (数据提及): its span, kind, value, unit, and how exactly it is meant.

Knows nothing of how numbers are found (`numerals`) nor whether they are true (`proof`).
"""

from __future__ import annotations

from decimal import Decimal
from enum import StrEnum

from assistant.domain import numeral_patterns as shapes
from assistant.domain.base import Frozen, Number
from assistant.domain.units import last_step


class MentionKind(StrEnum):
    """What a number in a text is."""

    QUANTITY = "数量"
    YEAR = "年份"
    DATE = "日期"
    ORDINAL = "序数"
    DOCUMENT_NUMBER = "文号"
    CLAUSE = "条款"
    HEADING_NUMBER = "编号"
    CODE = "代号"


class Bound(StrEnum):
    """How exactly a number is meant: as printed, 约, above (余、多、超过、≥) or below (近、不足、≤)."""

    EXACT = "确数"
    ABOUT = "约数"
    ABOVE = "以上"
    BELOW = "以下"


_A_LITTLE_MORE = ("余", "多", "略多", "出头", "略强", "强", "有余")
#: 约 is true within a twentieth, and within three steps of the last digit that is not zero.
_STEPS = 3

_BOUNDS = {
    **dict.fromkeys(shapes.ABOUT, Bound.ABOUT),
    **dict.fromkeys(shapes.ABOVE, Bound.ABOVE),
    **dict.fromkeys(shapes.BELOW, Bound.BELOW),
}


class Mention(Frozen):
    """A number in a text: characters [start, end), unit included.

    `value` is in `unit` after scaling: money in 万元, 12.8万人次 is 128000 人次 with `places` -3. `high`
    is the upper end of a range (1–2篇). `sign` is a written ≥ ≤ ＞ ＜; `approximation` the word 约, 余….
    `chinese` says that it was written in Chinese numerals. For a YEAR the value is the year.
    """

    start: int
    end: int
    text: str
    kind: MentionKind
    value: Number | None = None
    high: Number | None = None
    unit: str = ""
    written_unit: str = ""
    places: int = 0
    approximation: str = ""
    sign: str = ""
    chinese: bool = False

    @property
    def bound(self) -> Bound:
        """How exactly the number is meant."""
        return _BOUNDS.get(self.approximation or self.sign, Bound.EXACT)

    def fits(self, value: Decimal) -> bool:
        """Return whether an approximate mention is true of `value` (约 within 5 %, 余 within its last step)."""
        if self.value is None:
            return False
        if self.approximation in _A_LITTLE_MORE:
            return self.value <= value < self.value + last_step(self.value)
        if self.bound is Bound.ABOVE:
            return self.value <= value
        if self.bound is Bound.BELOW:
            return self.value >= value
        return abs(self.value - value) <= min(
            abs(self.value) / 20, _STEPS * max(last_step(self.value), Decimal(1).scaleb(-self.places))
        )
