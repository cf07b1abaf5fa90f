"""What a request names besides its matter (槽位): a section, a length, a file format, a year, a unit, a place in a list.

Knows nothing about intents or reports.
"""

from __future__ import annotations

import re

#: How people call the sections of the outline; the first that stands in the request counts.
_SECTIONS: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (name, re.compile(pattern))
    for name, pattern in (
        ("promises", r"问题(的)?整改|整改(落实|完成)?情况|(去年|上年|上年度|上一年)(的)?(问题|整改)"),
        (
            "measures",
            r"(改进|整改|下一步|下步)(的)?(工作)?(措施|打算|建议|计划|安排|方案|思路)|下一步|措施|怎么改进|改进(部分|这块|打算)|对策",
        ),
        ("problems", r"存在的?(主要)?(问题|不足)|问题|不足|短板|薄弱|毛病|缺点"),
        ("spending", r"支出(的)?效益"),
        ("benefits", r"效益"),
        ("conclusion", r"结论|综述|自评结果|总体结论"),
        (
            "funding",
            r"(财政)?支出(情况|部分|这)|(资金|经费|预算)(的)?(来源|使用|执行|支出|投入|安排|到位)*(及|和|与)?(使用)?(情况|部分|这块|那块|段|这段|那段|一节)|收支|关于资金|花钱",
        ),
        ("indicators", r"绩效(目标|指标)?管理|绩效管理|指标完成(情况)?|绩效目标(完成|情况|部分)"),
        ("management", r"管理(情况|部分|制度|这|那|段|措施落实)|项目管理|组织管理"),
        ("analysis", r"综合评价|评价分析|综合分析"),
        ("overview", r"实施情况|概况|基本情况|项目(简介|介绍|背景)"),
    )
)
_TITLES = re.compile(
    r"存在的?(主要)?(问题|不足)|问题(和|与)不足|(下一步)?(改进|整改)(工作)?(措施|打算)|下一步措施|(财政)?支出情况|资金(使用)?情况|收支情况|(项目|支出)?效益(分析)?(?=部分|这|那|段|一节|太|写|不|$)"
    r"|(自评)?结论(综述)?|绩效(目标)?管理情况|(项目)?管理情况|项目管理|(项目)?实施情况|(项目|部门|单位)概况|综合评价(分析)?|问题整改情况|问题部分|措施部分|资金部分"
)
_SHORT = re.compile(
    r"短|精简|缩|压|精炼|简(短|洁|练|要|化|略|单)|概括|啰嗦|啰唆|太长|太多|字数|删|砍|浓缩|少(写|点)|冗"
)
_LONG = re.compile(
    r"展开|详细|扩|多写|充实|太短|太少|太简|具体|丰富|长(一)?(点|些)|不够|细(一)?(点|些)|补充|太笼统|太单薄|多(讲|说|加)|深入"
)
_FORMATS = (
    ("pdf", r"pdf|打印|纸质"),
    ("zip", r"zip|打(个|成)?包|压缩|全套|整套|一整套"),
    ("md", r"markdown|\bmd\b|md格式|\.md|纯文本"),
    (
        "xlsx",
        r"excel|xlsx|xls|电子表格|自评表|打分表|评分表|填好的表|填报表|表格|(?<!代)(?<!发)(?<!图)表(?=导|下载|存|弄|发|$)",
    ),
)
_NUMERALS = {char: n for n, char in enumerate("零一二三四五六七八九")} | {"两": 2, "十": 10}
_NTH = re.compile(
    r"^(就|要|用|只要|选|我选|看)?(第)?([一二两三四五六七八九十]|\d{1,2})(条|个|段|项|种|)(吧|就行|的?呢|)[。！]?$"
)
_YEAR = re.compile(r"(?<!\d)(20\d{2}|[12]\d)年")
_UNIT = re.compile(
    r"[一-鿿]{2,12}?(?:委员会|办公室|[局厅委院校])(?=那份|的|在|\d|怎|如何|咋|是|写|去年|上年|[一-鿿]{0,12}(?:报告|项目|材料)|$)"
)
_UNIT_OPENING = re.compile(
    r"^(?:请|帮我|帮忙|麻烦|我想|我要|想|要)*(?:看看|看下|查查|查一下|查一查|查|找找|找一下|找|搜|参考一下|参考|翻翻|翻一下|学学|学习)*(?:一下)?(?:往年|去年)?(?:20\d\d年|\d\d年)?"
)


def section_of(words: str) -> str:
    """Return the section of the outline that is meant, "" for none: the whole."""
    return next((name for name, pattern in _SECTIONS if pattern.search(words)), "")


def length_of(words: str) -> str:
    """Return whether words are to become short or long, else other."""
    if _LONG.search(words) and re.search(
        r"太(短|少|简|笼统|单薄)|不够|展开|细|详|丰富|充实|扩|具体|补充|多(写|加|讲|说)|长(一)?(点|些)", words
    ):
        return "short" if re.search(r"太(长|啰嗦|详细|细)|精简|缩|压", words) else "long"
    return "short" if _SHORT.search(words) else "other"


def format_of(words: str) -> str:
    """Return the kind of file that is meant: docx unless another is named."""
    low = words.lower()
    if re.search(r"word|docx?\b", low):
        return "docx"
    return next((kind for kind, pattern in _FORMATS if re.search(pattern, low)), "docx")


def nth_of(words: str) -> int:
    """Return which of a list is meant, from 1; 0 where the words name no place."""
    found = _NTH.match(words.strip())
    if found is None:
        return 0
    told = found.group(3)
    return int(told) if told.isdigit() else _NUMERALS[told]


def year_of(words: str) -> int | None:
    """Return the year that is named (22年 is 2022), None where none is."""
    found = _YEAR.search(words)
    return None if found is None else int(found.group(1)) + (2000 if len(found.group(1)) == 2 else 0)


def unit_of(words: str) -> str:
    """Return the body that is named, such as 教育局, "" where none is."""
    found = _UNIT.search(_UNIT_OPENING.sub("", words, count=1))
    return found.group() if found else ""


def section_masked(words: str) -> str:
    """Return the words with one mark for whatever section they name."""
    return _TITLES.sub("節", words)
