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
_QUOTED_BEFORE = re.compile(rf"(?P<list>(?:“[^”]{{2,40}}”[、和及]?){{2,}})等?[ ]?{_NUMBER}[ ]?[个项]{_NOUN}")
_STEPS = re.compile(
    rf"(?<![0-9.第]){_NUMBER}(?:[个项大条类]?(?:方面|问题|措施|原因|建议|任务|不足|短板)|[项条点](?=：|:))[^。\n]{{0,40}}?(?=一是|①|[（(][一1][）)])"
)
_STEP = re.compile("([一二三四五六七八九])是|([①②③④⑤⑥⑦⑧⑨])")
_DIGITS, _CIRCLED = "一二三四五六七八九", "①②③④⑤⑥⑦⑧⑨"


def check_lists(text: str) -> list[Finding]:
    """Return the counts that differ from the number of items listed."""
    narrow = normalise(text)
    return [*_announced(text, narrow), *_quoted(text, narrow), *_steps(text, narrow)]


def _announced(text: str, narrow: str) -> Iterator[Finding]:
    for match in (*_ANNOUNCED.finditer(narrow), *_NAMED.finditer(narrow)):
        listed = match["list"]
        items = _items(listed)
        if len(items) < 2 or re.search("等|[0-9]+[个项类]|以及其他", listed):
            continue
        yield from _compare(text, match, len(items))


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
    for match in _STEPS.finditer(narrow):
        line_end = narrow.find("\n", match.end())
        steps = [
            step[1] or step[2]
            for step in _STEP.finditer(narrow, match.end(), line_end if line_end >= 0 else len(narrow))
        ]
        count = 0
        while count < len(steps) and steps[count] in (_DIGITS[count], _CIRCLED[count]):
            count += 1
        if count >= 2:
            yield from _compare(text, match, count)


def _compare(text: str, match: re.Match[str], count: int) -> Iterator[Finding]:
    said = _value(match["number"])
    if said and said != count:
        span = (match.start("number"), match.end("number"))
        message = f"写明{text[span[0] : span[1]]}个{match.groupdict().get('noun') or '方面'}，所列为{count}个"
        yield spot("B13", text, span, message, "请核对数目和所列各项", expected=str(count))


def _value(number: str) -> Decimal:
    return Decimal(number) if number.isdigit() else read_chinese(number) or Decimal(0)
