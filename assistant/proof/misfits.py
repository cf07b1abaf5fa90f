"""A number right behind a role word that cannot have its unit: 全年执行数92.94%, 预算执行率11.32万元 (N03).

Knows words and units, no figure of a report.
"""

from __future__ import annotations

import re

from assistant.domain.finding import Finding
from assistant.domain.mention import Mention, MentionKind
from assistant.proof.lexicon import UnitClass, unit_class
from assistant.proof.spots import spot

_MONEY, _SHARES = {UnitClass.MONEY, UnitClass.BARE}, {UnitClass.PERCENT, UnitClass.POINTS, UnitClass.BARE}
_ALL_BUT_POINTS = frozenset(set(UnitClass) - {UnitClass.POINTS})
_FITTING: tuple[tuple[re.Pattern[str], frozenset[UnitClass], str], ...] = (
    (
        re.compile("(?:预算数|执行数|支出数|预算调[增减]额|未执行金额|结余资金)[为是：:]?$"),
        frozenset(_MONEY),
        "金额",
    ),
    (
        re.compile("(?:预算执行率|预算调整率|预算完成率|支出率|支付率)[为是：:]?$"),
        frozenset(_SHARES),
        "百分数",
    ),
    (
        re.compile("(?:自评得分|执行得分|失分|分值|分值（权重）)[为是：:]?$"),
        frozenset({UnitClass.SCORE, UnitClass.BARE, UnitClass.PERCENT}),
        "分数",
    ),
    (
        re.compile("(?:预算数|执行数|支出数)[比较]上年(?:增加|减少|增长)$"),
        frozenset(_MONEY | {UnitClass.PERCENT}),
        "金额或百分数",
    ),
    (re.compile("执行率[比较]上年(?:提高|下降|上升|降低)$"), frozenset(_SHARES), "百分点"),
    (re.compile("占[^，。；]{2,28}的$"), _ALL_BUT_POINTS, "百分数"),
    (re.compile("[率度][”’]?(?:为|达|达到|实际完成|是)$"), _ALL_BUT_POINTS, "百分数"),
)


def check_misfit(text: str, mention: Mention) -> list[Finding]:
    """Return the finding about a number whose unit its role word excludes."""
    if mention.kind is not MentionKind.QUANTITY:
        return []
    kind = unit_class("万元" if mention.unit == "万" else mention.unit)
    before = text[max(0, mention.start - 30) : mention.start]
    for pattern, fitting, right in _FITTING:
        match = pattern.search(before)
        if match and kind not in fitting:
            words = match[0].rstrip("为是：:")
            message = f"{words}应为{right}，文中为“{mention.text.strip()}”，单位不符"
            return [
                spot("N03", text, (mention.start, mention.end), message, "请核对数字和单位", expected=right)
            ]
    return []
