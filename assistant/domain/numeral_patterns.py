"""The shapes in which numbers stand in Chinese text, one named pattern a kind; no reading, no judging."""

from __future__ import annotations

import re

from assistant.domain.units import COUNT_WORDS, MONEY

ABOUT = ("大约", "约", "左右", "上下", "大致")
ABOVE = (
    "超过",
    "突破",
    "至少",
    "不少于",
    "不低于",
    "不小于",
    "大于等于",
    "高于",
    "大于",
    "多于",
    "逾",
    "超",
    "余",
    "多",
    "略多",
    "出头",
    "略强",
    "强",
    "有余",
    "以上",
    "≥",
    "＞",
)
BELOW = [
    "接近",
    "没到",
    "未到",
    "将近",
    "不足",
    "不到",
    "不超过",
    "不高于",
    "不多于",
    "不大于",
    "小于等于",
    "低于",
    "少于",
    "小于",
    "近",
    "以内",
    "以下",
    "之内",
    "≤",
    "＜",
]
_AFTER = {
    "略多",
    "出头",
    "略强",
    "强",
    "有余",
    "左右",
    "上下",
    "以上",
    "以内",
    "以下",
    "之内",
    "余",
    "多",
    "≥",
    "＞",
    "≤",
    "＜",
}

CN = "零〇一二三四五六七八九十百千万亿两"
_CN_DIGIT = "零〇一二三四五六七八九"


def _longest_first(words: list[str]) -> str:
    return "|".join(re.escape(word) for word in sorted(set(words), key=len, reverse=True))


def _guarded(word: str) -> str:
    """Approximating words that are also parts of other words: 节约, 附近."""
    return {
        "约": "(?<![节合预签违制条契特履公简])约",
        "近": "(?<![附最邻临靠相])近",
        "超": "超(?![出过])",
    }.get(word, word)


_PREFIX_WORDS = [word for word in (*ABOUT, *ABOVE, *BELOW) if word not in _AFTER]
PREFIX = "|".join(_guarded(word) for word in sorted(_PREFIX_WORDS, key=len, reverse=True))
UNIT = r"[%‰]|个?百分点|" + _longest_first([*MONEY, *COUNT_WORDS])
NUMBER = (
    r"[0-9]{1,3}(?:,[0-9]{3})+(?![0-9])(?:\.[0-9]+)?"
    r"|[0-9]{1,3}(?:，[0-9]{3})+\.[0-9]+"
    r"|[0-9]+(?:\.[0-9]+)?"
)
_GAP = r"[ \u3000\u00a0]*"
_SCALE = r"万亿|千万|百万|十万|亿|万|千(?![米克瓦])|百(?!分)"
_MONTH, _DAY = "[0-9]{1,2}", "[0-9]{1,2}"
_YEAR = "(?:19|20)[0-9]{2}"
_DASH = "[-–—―~～至]"

DOCUMENT = rf"[〔\[（(【]{_GAP}{_YEAR}{_GAP}[〕\]）)】]{_GAP}第?{_GAP}[0-9]+{_GAP}号"
CLAUSE = rf"第{_GAP}(?:[0-9]+|[{CN}]+){_GAP}[条款章节]"
ORDINAL = rf"附[件表图录]{_GAP}[0-9]+|(?:(?<![\u4e00-\u9fff])|(?<=[见如]))[表图]{_GAP}[0-9]+|第{_GAP}(?:[0-9]+|[{CN}]+)|[{CN}]{{1,3}}届(?:[{CN}]{{1,3}}[次中])?"
DATE = (
    rf"(?:[0-9]{{4}}{_GAP}年{_GAP})?(?<![0-9.]){_MONTH}{_GAP}月(?:{_GAP}{_DAY}{_GAP}[日号])?"
    rf"|(?<![0-9]){_YEAR}[-/.]{_MONTH}[-/.]{_DAY}(?![0-9])"
    r"|[一二三四五六七八九十]{1,2}月(?:[一二三四五六七八九十]{1,3}日)?"
    rf"|(?<![0-9.]){_DAY}日(?=[前起至止，。、\s])"
)
YEAR = (
    rf"(?<![0-9.]){_YEAR}{_GAP}(?:年{_GAP})?(?:[-–—~～至到、和]{_GAP}{_YEAR}{_GAP})?(?:学年|年度|年)"
    rf"|(?<![0-9.])[0-9]{{4}}{_GAP}年度?"
    r"|(?:二〇|二零|一九)[零〇一二三四五六七八九]{2}年度?"
)
_ITEM = r"(?:[（(][0-9]{1,2}[）)]|[0-9]{1,2}[.](?![0-9])|[0-9]{1,2}(?=[、]))"
_LINE_ITEM = r"(?:[（(][0-9]{1,3}[）)]|[0-9]{1,3}[.](?![0-9])|[0-9]{1,2}(?=[、]))"
HEADING = rf"(?m:^)[ \t\u3000]*{_LINE_ITEM}|(?<=[。；;：:！]){_GAP}{_ITEM}"
_LATIN_UNIT = r"(?:km|kg|kW|MB|GB|TB|m|t|h)(?![A-Za-z])"
CODE = (
    r"[A-Za-z]+(?:/T)?[ \-—–]?[0-9]+(?:[.\-—–][0-9]+)*[A-Za-z0-9]*"
    rf"|(?<![0-9.])[0-9]+(?!{_LATIN_UNIT})[A-Za-z][A-Za-z0-9]*"
    r"|1[0-9]{4}(?=[\u4e00-\u9fff]{0,8}热线)"
)
_CN_NUMBER = rf"[{CN}]+(?:点[{_CN_DIGIT}]+)?"
FRACTION = rf"百分之(?:(?P<percent>{NUMBER}|(?!百(?![{CN}])){_CN_NUMBER})|百)|百分百|(?P<fprefix>{PREFIX})?(?P<below>[{CN}]+)分之(?P<above>[{CN}]+)(?P<fsuffix>强|弱|左右|以上|多)?"
TENTHS = (
    rf"(?P<tprefix>{PREFIX})?(?<![{CN}第])(?P<ten>[一二三四五六七八九两]|(?<![0-9.])[1-9])成"
    rf"(?P<tenth>半|[一二三四五六七八九])?(?![{CN}为功立员就本果效绩型长熟都品交份人分])(?P<tsuffix>以上|左右|以下|略多|多|出头|略强|强|有余)?"
)
HALF = rf"(?P<hprefix>{PREFIX})?(?:一半|半数)(?P<hsuffix>以上|左右)?|过半(?!年)"
_SIGN = "[≥≤≧≦]|>=|<=|[><=＝＞＜]"
ARABIC = (
    rf"(?:(?P<prefix>{PREFIX}){_GAP})?(?:(?P<sign>{_SIGN}){_GAP})?(?P<minus>(?:(?<![0-9A-Za-z%\u4e00-\u9fff）)])|(?<=[为是率额幅]))[-−－–])?"
    rf"(?P<number>{NUMBER})(?:{_GAP}(?P<lowunit>%|万)?{_GAP}{_DASH}{_GAP}(?P<high>{NUMBER}))?"
    rf"{_GAP}(?P<more>[余多](?=(?:{_SCALE})|(?:{UNIT})))?{_GAP}(?P<scale>{_SCALE})?(?P<more2>[余多](?=(?:{UNIT})))?"
    rf"(?:(?:{_GAP}|\s{{0,4}}(?=万元|亿元|个百分点))(?P<unit>{UNIT}))?"
    rf"(?:{_GAP}(?P<suffix>左右|上下|以上|以内|以下|之内|余(?![下额款])|多(?![少种年])))?"
)
CHINESE = (
    rf"(?P<cnprefix>{PREFIX})?(?<![第{CN}])(?P<cn>[一二三四五六七八九十两][{CN}]*(?:点[{_CN_DIGIT}]+)?)"
    rf"(?P<cnmore>[余多])?(?P<cnunit>{UNIT})(?P<cnsuffix>左右|上下|以上|以内|以下|多(?![少种年])|余(?![下额款]))?"
)

TOKEN = re.compile(
    "|".join(
        f"(?P<{name}>{pattern})"
        for name, pattern in (
            ("document_number", DOCUMENT),
            ("clause", CLAUSE),
            ("ordinal", ORDINAL),
            ("heading_number", HEADING),
            ("date", DATE),
            ("year", YEAR),
            ("code", CODE),
            ("fraction", FRACTION),
            ("tenths", TENTHS),
            ("half", HALF),
            ("arabic", ARABIC),
            ("chinese", CHINESE),
        )
    )
)

#: Set phrases whose numerals are part of a name.
PHRASES = re.compile(
    "两个维护|两个确立|两个结合|四个意识|四个自信|四个全面|四个出新出彩|三个代表|三个务必|两个一百年|四个服务|六个坚持|八项规定|"
    "两个毫不动摇|三个区分|五个必由之路|六个必须坚持|两项改革|四个最严|一个中心|三个一批|两个责任|四个不摘|九项准则"
)

#: What follows a small Chinese numeral that only structures a sentence (从三个方面).
STRUCTURE = re.compile(
    "(?:大|个|项|种|类|层|重|条|点)?(?:方面|环节|层面|阶段|步骤|维度|途径|渠道|层次|角度|部分|抓手|关口|转变|到位|关键|主线|结合)"
)
