"""Count words against the lists they announce (B13): 3个子项目：甲、乙和丙; 从两个方面…一是…二是….

Only complete lists are counted: with 等 a shorter list is no contradiction. Knows no report.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from assistant.domain.chinese_numbers import read_chinese
from assistant.domain.finding import Finding
from assistant.domain.numerals import normalise
from assistant.proof.spots import spot

_NUMBER = "(?P<number>[0-9]{1,2}|[两二三四五六七八九十]{1,2})"
_NOUN = "(?P<noun>(?:大|类)?(?:子项目|项目|方面|议题|课题|专题|部分|板块|环节|任务|批次|主题|栏目|平台|系统|单位|街道|镇|工程|内容))"
_ANNOUNCED = re.compile(
    rf"(?<![0-9.第]){_NUMBER}[个项类大]{_NOUN}[，,]?(?:分别[是为]|包括|[即为是]|：|:)+(?P<list>[^。；;\n：:]{{2,300}})"
)
_NAMED = re.compile(rf"{_NOUN}(?:共|有|为)?{_NUMBER}[个项][：:](?P<list>[^。；;\n：:]{{2,300}})")
_HOUSED = re.compile(
    rf"(?:内设|下设|设有)(?P<list>[\u4e00-\u9fff]{{2,12}}(?:[、和][\u4e00-\u9fff]{{2,12}}?)+?){_NUMBER}个(?P<noun>科室|股室|处室|机构|部门|办公室|科)"
)
_QUOTED_BEFORE = re.compile(rf"(?P<list>(?:“[^”]{{2,40}}”[、和及]?){{2,}})等?[ ]?{_NUMBER}[ ]?[个项]{_NOUN}")
_THINGS = (
    "问题|原因|任务|措施|做法|内容|部分|环节|建议|经验|特点|不足|工作|情形|理由|依据|因素|短板|成效|亮点"
)
_STEPS = re.compile(
    rf"(?<![0-9.第])(?:{_NUMBER}[个项大]?方面[^\n]{{0,40}}?"
    rf"|(?:以下|如下)?(?P<listed>[0-9]{{1,2}}|[两二三四五六七八九十]{{1,2}})[个项大条点类](?:[^，。；：\n]{{0,10}}(?:{_THINGS}))?(?:是|为|有|包括|如下|主要|分别)*[：:。，,]"
    rf"|有(?P<causes>[两二三四五六七])[：:，,])"
    r"(?=(?P<mark>一是|①|第一[，,、]|其一[，,、]|[（(]1[）)]|[（(]一[）)]|1[.．、](?![0-9])))"
)
_DIGITS = "一二三四五六七八九"
#: How the items of an itemised list begin, by how the first one does.
_MARKS = {
    "一是": [f"{digit}是" for digit in _DIGITS],
    "①": list("①②③④⑤⑥⑦⑧⑨"),
    "第一": [f"第{digit}" for digit in _DIGITS],
    "其一": [f"其{digit}" for digit in _DIGITS],
    "(1)": [f"({digit})" for digit in range(1, 10)],
    "(一)": [f"({digit})" for digit in _DIGITS],
    "1.": [f"{digit}." for digit in range(1, 10)],
}


def check_lists(text: str) -> list[Finding]:
    """Return the counts that differ from the number of items listed."""
    narrow = normalise(text)
    return [*_housed(text, narrow), *_announced(text, narrow), *_quoted(text, narrow), *_steps(text, narrow)]


def _announced(text: str, narrow: str) -> Iterator[Finding]:
    for match in (*_ANNOUNCED.finditer(narrow), *_NAMED.finditer(narrow)):
        listed = match["list"]
        items = _items(listed)
        if len(items) < 2 or re.search("等|[0-9]+[个项类]|以及其他", listed):
            continue
        yield from _compare(text, match, len(items))


def _housed(text: str, narrow: str) -> Iterator[Finding]:
    """内设综合科、执法科和财务科3个科室."""
    for match in _HOUSED.finditer(narrow):
        if not re.search("等|其他|另", match["list"]):
            yield from _compare(text, match, len(_items(match["list"])))


def _items(listed: str) -> list[str]:
    """Part a list at 、 and at the last 和、以及, quotes kept whole."""
    whole = re.sub(
        "[“《（(][^”》）)]*[”》）)]",
        lambda quoted: quoted[0].replace("、", "・").replace("和", "・").replace("及", "・"),
        listed,
    )
    first = [
        item
        for item in re.split(
            "[、]", re.split("[，,]", whole)[0] if "、" in re.split("[，,]", whole)[0] else whole
        )
        if item.strip()
    ]
    if len(first) > 1 and (
        joint := re.search("(?<=[\u4e00-\u9fff”》）])(?:以及|和|及|与)(?=[\u4e00-\u9fff“《])", first[-1])
    ):
        return [*first[:-1], first[-1][: joint.start()], first[-1][joint.end() :]]
    return first


def _quoted(text: str, narrow: str) -> Iterator[Finding]:
    for match in _QUOTED_BEFORE.finditer(narrow):
        count = len(re.findall("“[^”]*”", match["list"]))
        partial = "等" in narrow[match.end("list") : match.start("number")]
        if not (partial and count < _value(match["number"])):
            yield from _compare(text, match, count)


def _steps(text: str, narrow: str) -> Iterator[Finding]:
    """以下三个问题：一是…；二是…: as many items as announced, until the paragraph ends."""
    for match in _STEPS.finditer(narrow):
        first = match["mark"].replace("（", "(").replace("）", ")").rstrip("，,、")
        marks = _MARKS.get(first.replace("．", ".").replace("1、", "1."), [])
        line_end = narrow.find("\n", match.end())
        rest = narrow[match.end() : line_end if line_end >= 0 else len(narrow)]
        rest = rest.replace("（", "(").replace("）", ")").replace("．", ".")
        at, count = 0, 0
        while count < len(marks) and (place := rest.find(marks[count], at)) >= 0:
            at, count = place + len(marks[count]), count + 1
        if count >= 2:
            yield from _compare(text, match, count)


def _compare(text: str, match: re.Match[str], count: int) -> Iterator[Finding]:
    held = match.groupdict()
    group = next(name for name in ("number", "listed", "causes") if held.get(name))
    said = _value(match[group])
    if said and said != count:
        span = match.span(group)
        message = f"写明{text[span[0] : span[1]]}个{match.groupdict().get('noun') or '方面'}，所列为{count}个"
        yield spot("B13", text, span, message, "请核对数目和所列各项", expected=str(count))


def _value(number: str) -> Decimal:
    return Decimal(number) if number.isdigit() else read_chinese(number) or Decimal(0)
