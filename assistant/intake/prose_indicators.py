"""The indicators that sentences of a past report state (指标句): class, name, target, actual, weight and score.

The prose twin of the 自评表: “…方面的三级指标“名称”，设定的年度指标值为T，实际完成指标值为A，分值（权重）为W%，
自评得分S分。” Names without quotation marks end where their target begins. Knows nothing of tables.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from assistant.domain.base import Frozen
from assistant.domain.finding import Finding
from assistant.domain.indicator import Category, Dimension, Indicator
from assistant.domain.register import finding
from assistant.intake.flow import Paragraph

_SPLIT = re.compile(r"(?=[（(]\d{1,2}[)）])|(?<=[。；])")
_HEAD = re.compile(
    r"(?P<class>[^，。；“\"]{0,30}?(?:产出|数量|质量|时效|成本|效益|可持续|满意度)[^，。；“\"]{0,8}?)"
    r"(?:指标)?(?:下|方面|中)?的?[，,]?三级(?P<again>数量|质量|时效|成本)?指标[，,：:]?(?P<rest>.+)",
    re.DOTALL,
)
_TARGET = re.compile(r"[，,]?设定的年度指标值为?(?P<target>[^，,。；]+)")
_ACTUAL = re.compile(r"实际(?:完成)?(?:指标)?(?:值)?(?:为了|为|达到|举办|发挥)?(?P<actual>[^，,。；]+)")
_WEIGHT = re.compile(r"分值(?:[（(]权重[)）])?为?(?P<weight>\d+(?:\.\d+)?)(?:%|％|分)")
_SCORE = re.compile(r"自?评?得分为?(?P<score>\d+(?:\.\d+)?)分")
_QUOTED = re.compile(r"[“\"](?P<name>[^”\"]+)[”\"](?P<tail>(?:[（(][^（）()]*[)）])?(?:满意度|满意率)?)")
_BOUND = re.compile(r"(?=(?:不少于|不低于|不超过|大于|小于|达到|至少|≥|≤|>|<)?\d)")
_QUALITY = re.compile(r"(?P<name>.{2,}?)(?P<target>优良|良好|优|强|高|好|合格)$")
_TIMELY = re.compile(r"能?(?P<target>及时|按时|按期)(?P<name>.{2,})")
_DIMENSIONS: tuple[tuple[str, str, Category], ...] = (
    ("数量", Dimension.QUANTITY.value, Category.OUTPUT),
    ("质量", Dimension.QUALITY.value, Category.OUTPUT),
    ("时效", Dimension.TIMELINESS.value, Category.OUTPUT),
    ("成本", Dimension.COST.value, Category.OUTPUT),
    ("满意", Dimension.BENEFICIARY_SATISFACTION.value, Category.SATISFACTION),
    ("经济效益", Dimension.ECONOMIC.value, Category.BENEFIT),
    ("社会效益", Dimension.SOCIAL.value, Category.BENEFIT),
    ("生态效益", Dimension.ECOLOGICAL.value, Category.BENEFIT),
    ("可持续", Dimension.SUSTAINABILITY.value, Category.BENEFIT),
    ("文化效益", "文化效益", Category.BENEFIT),
    ("政治效益", "政治效益", Category.BENEFIT),
    ("效益", "效益指标", Category.BENEFIT),
)


class Stated(Frozen):
    """An indicator that a sentence states, with the sub-project of its paragraph and its place."""

    indicator: Indicator
    scope: int | None = None
    place: str = ""


def indicators_in(paragraphs: Sequence[Paragraph]) -> tuple[tuple[Stated, ...], list[Finding]]:
    """Return the indicators of the text in order, and what had to be supposed in reading them (I04)."""
    found: list[Stated] = []
    findings: list[Finding] = []
    for paragraph in paragraphs:
        for sentence in _sentences(paragraph.text):
            indicator, supposed = _indicator(sentence)
            if indicator is None:
                continue
            found.append(Stated(indicator=indicator, scope=paragraph.scope, place=paragraph.place))
            findings += [_supposed(paragraph, indicator, what) for what in supposed]
    return tuple(found), findings


def _sentences(text: str) -> list[str]:
    """Return the sentences, and the numbered items where the text numbers them, that speak of 三级指标."""
    return [part for part in _SPLIT.split(text) if "三级" in part and "指标" in part and "实际" in part]


def _indicator(sentence: str) -> tuple[Indicator | None, list[str]]:
    """Return the indicator of a sentence and what was supposed; None where it states none."""
    head = _HEAD.search(re.sub(r"^[（(]\d+[)）]", "", sentence))
    if head is None:
        return None, []
    rest, supposed = head["rest"], []
    target, actual = _TARGET.search(rest), _ACTUAL.search(rest)
    name, tail = _name(rest, target)
    if target is None:
        name, wanted = _parted(name)
        supposed = [f"“{name}{wanted}”分读为名称“{name}”和年度指标值“{wanted}”"] if wanted else []
    else:
        wanted = target["target"]
    done = _result(actual["actual"], name, wanted) if actual else ""
    weight, score = _WEIGHT.search(rest), _SCORE.search(rest)
    dimension, category = _class(head["again"] or head["class"])
    values: dict[str, Any] = {
        "category": category,
        "dimension": dimension,
        "name": name + tail,
        "annual_target": wanted,
        "actual": done,
        "weight": Decimal(weight["weight"]) if weight else None,
        "score": Decimal(score["score"]) if score else None,
    }
    return (Indicator(**values) if name else None), supposed


def _name(rest: str, target: re.Match[str] | None) -> tuple[str, str]:
    """Return the name in quotation marks and what belongs to it after them, else the words up to the target."""
    quoted = _QUOTED.match(rest)
    if quoted:
        return quoted["name"], quoted["tail"]
    end = target.start() if target else len(rest)
    return re.split(r"[，,。；]", rest[:end], maxsplit=1)[0], ""


def _parted(words: str) -> tuple[str, str]:
    """Return name and target of words that glue them: 专家座谈会不少于10场, 报告质量优, 能及时完成报告."""
    if timely := _TIMELY.fullmatch(words):
        return timely["name"], timely["target"]
    if quality := _QUALITY.fullmatch(words):
        return quality["name"], quality["target"]
    bound = _BOUND.search(words)
    if bound and bound.start() > 1:
        return words[: bound.start()], words[bound.start() :]
    return words, ""


def _result(words: str, name: str, target: str) -> str:
    """Return the result without the name that the sentence repeats: 报告的针对性强 is 强, 已按时完成报告 is 按时."""
    plain = words.lstrip("已值为")
    if timely := _TIMELY.fullmatch(plain):
        return timely["target"]
    if target and not re.search(r"\d", target) and plain.endswith(target):
        return target
    return plain


def _class(words: str) -> tuple[str, str]:
    """Return 二级指标 and 一级指标 that the words name; the words themselves where they name none."""
    for mark, dimension, category in _DIMENSIONS:
        if mark in words:
            return dimension, category.value
    return words.strip(), ""


def _supposed(paragraph: Paragraph, indicator: Indicator, what: str) -> Finding:
    """Return the finding about a supposition (I04)."""
    return finding(
        "I04",
        f"{paragraph.place}：指标{what}",
        remedy="如不是这个意思，请在填报界面改正",
        place=paragraph.place,
    )
