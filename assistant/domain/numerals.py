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
from enum import StrEnum

from assistant.domain.base import Frozen, Number
from assistant.domain.chinese_numbers import read_chinese, to_chinese
from assistant.domain.figures import places_of
from assistant.domain.units import COUNT_WORDS, MONEY, SCALES, equal_shown, last_step, to_wan

__all__ = ["Bound", "Mention", "MentionKind", "equal_shown", "normalise", "scan", "to_chinese", "to_wan"]


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


class Mention(Frozen):
    """A number in a text, characters [start, end) with its unit.

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
        stated, slack = self.value, abs(self.value) / 20
        if self.approximation in ("余", "多"):
            return stated <= value < stated + last_step(stated)
        if self.bound is Bound.ABOVE:
            return stated <= value
        if self.bound is Bound.BELOW:
            return stated >= value
        return abs(stated - value) <= slack


_ABOUT, _ABOVE, _BELOW = "大约 将近 约 左右 上下", "超过 突破 至少 不少于 不低于 高于 大于 多于 大于等于 逾 超 余 多 以上 ≥ ＞", (
    "接近 不足 不到 不超过 不高于 不多于 低于 少于 小于 小于等于 近 以内 以下 ≤ ＜"
)
_BOUNDS = {
    **{word: Bound.ABOUT for word in _ABOUT.split()},
    **{word: Bound.ABOVE for word in _ABOVE.split()},
    **{word: Bound.BELOW for word in _BELOW.split()},
}
_SIGNS = {"≥": "≥", "≧": "≥", ">=": "≥", "≤": "≤", "≦": "≤", "<=": "≤", ">": "＞", "<": "＜", "=": "＝"}

_CN = "零〇一二三四五六七八九十百千万亿两"
_CN_NUMBER = rf"[{_CN}]+(?:点[零〇一二三四五六七八九]+)?"
_NUMBER = r"[0-9]{1,3}(?:,[0-9]{3})+(?![0-9])(?:\.[0-9]+)?|[0-9]{1,3}(?:，[0-9]{3})+\.[0-9]+|[0-9]+(?:\.[0-9]+)?"
_PREFIX = "|".join(
    sorted((w for w in f"{_ABOUT} {_ABOVE} {_BELOW}".split() if w not in ("余", "多", "左右", "上下", "以上", "以内", "以下")), key=len, reverse=True)
)
_UNIT = "|".join(
    ["(?:[%‰]|个?百分点|百分比)"]
    + sorted(map(re.escape, [*MONEY, *COUNT_WORDS]), key=len, reverse=True)
)
_SCALE = "万亿|千万|百万|十万|亿|万|千(?![米克瓦])|百(?!分)"
_GAP = r"[ \u3000]*"

_QUANTITY = re.compile(
    rf"(?P<sign>[≥≤≧≦]|>=|<=|[><=]){_GAP}(?=[0-9])|", re.ASCII
)
_TOKEN = re.compile(
    rf"""
    (?P<document>[一-鿿]{{0,8}}[〔\[（(【][ ]*(?:19|20)[0-9]{{2}}[ ]*[〕\]）)】]{_GAP}第?{_GAP}[0-9]+{_GAP}号)
  | (?P<clause>第{_GAP}(?:[0-9]+|[{_CN}]+){_GAP}[条款章节])
  | (?P<ordinal>第{_GAP}(?:[0-9]+|[{_CN}]+)|[{_CN}]{{1,3}}届(?:[{_CN}]{{1,3}}[次中])?)
  | (?P<date>(?:(?:19|20)[0-9]{{2}}{_GAP}年{_GAP})?(?<![0-9.])(?:1[0-2]|0?[1-9]){_GAP}月(?:{_GAP}(?:3[01]|[12][0-9]|0?[1-9]){_GAP}[日号])?
      | (?:19|20)[0-9]{{2}}[-/.](?:1[0-2]|0?[1-9])[-/.](?:3[01]|[12][0-9]|0?[1-9])(?![0-9])
      | [一二三四五六七八九十]{{1,2}}月(?:[一二三四五六七八九十]{{1,3}}日)?(?![{_CN}])
      | (?<![0-9.])(?:3[01]|[12][0-9]|0?[1-9])日(?=[前起至，。、]))
  | (?P<year>(?:19|20)[0-9]{{2}}{_GAP}(?:[-–—~～至到]{_GAP}(?:19|20)[0-9]{{2}}{_GAP})?年度?
      | (?:二〇|二零|一九)[零〇一二三四五六七八九]{{2}}年度?)
  | (?P<heading>(?m:^)[ \t\u3000]*(?:[0-9]{{1,2}}(?:[.、](?![0-9])|(?=[ ]?[、]))|[（(][0-9]{{1,2}}[）)])
      | (?<=[。；;：:！])[ ]?(?:[（(][0-9]{{1,2}}[）)]|[0-9]{{1,2}}[.、](?![0-9])))
  | (?P<code>[A-Za-z]+(?:/T)?[ \-—–]?[0-9]+(?:[.\-—–][0-9]+)*[A-Za-z0-9]*|(?<![0-9.])[0-9]+(?=[A-Za-z])(?!(?:km|kg|kW|MB|GB|TB|m|t|h)(?![A-Za-z]))[A-Za-z][A-Za-z0-9]*
      | 12345(?=政务|热线|平台|市民))
  | (?P<fraction>百分之(?:百|{_NUMBER}|{_CN_NUMBER})|百分百|[{_CN}]+分之[{_CN}]+)
  | (?P<tenths>(?:{_PREFIX})?(?<![{_CN}])(?:[一二三四五六七八九两]|[1-9])成(?:半|[一二三四五六七八九])?(?![为功立员就本果效绩型长熟都品交不份人])(?:以上|左右|多)?)
  | (?P<half>(?:{_PREFIX})?(?:一半|半数)(?:以上|左右)?|过半)
  | (?P<discount>[一二三四五六七八九]{{1,2}}折(?![扣叠腾磨射旧]))
  | (?P<prefix>{_PREFIX})?{_GAP}(?P<sign>[≥≤≧≦]|>=|<=|[><=])?{_GAP}(?P<minus>(?<![0-9A-Za-z%一-鿿）)])[-−－])?
    (?P<number>{_NUMBER})(?:{_GAP}(?P<lowunit>[%])?{_GAP}[-–—~～至]{_GAP}(?P<high>{_NUMBER}))?
    {_GAP}(?P<more>余|多(?=[万千百亿]|{_UNIT}))?{_GAP}(?P<scale>{_SCALE})?(?P<more2>余|多(?={_UNIT}))?(?:{_GAP}|\s{{0,4}}(?=万元|亿元|个百分点))(?P<unit>{_UNIT})?(?P<suffix>{_GAP}(?:左右|上下|以上|以内|以下|余|多(?![少种])))?
  | (?P<cnprefix>{_PREFIX})?(?P<cn>(?<![第{_CN}届])[一二三四五六七八九十两]{_CN_NUMBER[len(f"[{_CN}]+"):]}|(?<![第{_CN}届])[一二三四五六七八九十两][{_CN}]*(?:点[零〇一二三四五六七八九]+)?)
    (?P<cnmore>余|多)?(?P<cnunit>{_UNIT})(?P<cnsuffix>左右|上下|以上|以内|以下|余|多(?![少种]))?
    """,
    re.VERBOSE,
)
