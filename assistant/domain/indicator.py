"""Indicators (绩效指标): the tree of categories, the kinds of targets, and one row of the form."""

from __future__ import annotations

import re
from decimal import Decimal
from enum import StrEnum

from assistant.domain.base import Amount, Frozen, Number, Score
from assistant.domain.evidence import Evidence


class Category(StrEnum):
    """一级指标; the value is the word of the form."""

    OUTPUT = "产出指标"
    BENEFIT = "效益指标"
    SATISFACTION = "满意度指标"
    COST = "成本指标"

    @classmethod
    def of(cls, words: str) -> Category | None:
        """Return the category that the form's words name (项目产出 is 产出指标), None for non-standard ones."""
        name = words.strip().removeprefix("项目")
        return next((item for item in cls if name and item.value[:2] == name[:2]), None)


class Dimension(StrEnum):
    """二级指标; the value is the word of the form. Others are kept as written (C07)."""

    QUANTITY = "数量指标"
    QUALITY = "质量指标"
    TIMELINESS = "时效指标"
    COST = "成本指标"
    ECONOMIC_COST = "经济成本指标"
    SOCIAL_COST = "社会成本指标"
    ECOLOGICAL_COST = "生态环境成本指标"
    ECONOMIC = "经济效益指标"
    SOCIAL = "社会效益指标"
    ECOLOGICAL = "生态效益指标"
    SUSTAINABILITY = "可持续影响指标"
    BENEFICIARY_SATISFACTION = "服务对象满意度指标"

    @classmethod
    def of(cls, words: str) -> Dimension | None:
        """Return the standard dimension that the form's words name (产出数量 is 数量指标), None for others."""
        name = weighed(words.strip())[0].removesuffix("指标").removeprefix("产出")
        name = "服务对象满意度" if name in ("满意度", "服务对象满意") else name
        return next((item for item in cls if name and item.value.removesuffix("指标") == name), None)


_WEIGHED = re.compile(r"\s*[（(](?P<weight>\d+(?:\.\d+)?)\s*分[）)]$")


def weighed(text: str) -> tuple[str, Decimal | None]:
    """Return the words of a category and the 分值 printed behind them: 产出指标（50分） is 产出指标, 50."""
    match = _WEIGHED.search(text)
    return (text, None) if match is None else (text[: match.start()], Decimal(match["weight"]))


class Comparator(StrEnum):
    """指标性质: how the actual value is held against the target."""

    GE = "≥"
    GT = "＞"
    EQ = "＝"
    LT = "＜"
    LE = "≤"


class TargetKind(StrEnum):
    """What a target string turned out to be (the target grammar)."""

    NUMBER = "定量"
    RANGE = "区间"
    QUALITATIVE = "定性"
    DATE = "日期"
    STEP = "分段"
    COMPOSITE = "复合"
    CONFIDENTIAL = "保密"
    EMPTY = "未填"


class Tier(StrEnum):
    """定性三档."""

    A = "A"
    B = "B"
    C = "C"

    @property
    def label(self) -> str:
        """The published label of the tier."""
        return {
            "A": "达成年度指标",
            "B": "部分达成年度指标并具有一定效果",
            "C": "未达成年度指标且效果较差",
        }[self.value]


class Target(Frozen):
    """A parsed 年度指标值: comparator, bounds and unit, with the raw text always kept.

    `low`/`high` are the bounds (for GE/GT/EQ `low`, for LE/LT `high`, both for a range). `assumed` says
    that the source had no operator and one was chosen by domain §2.1. `approximate` says 近/约/左右.
    """

    raw: str
    kind: TargetKind
    comparator: Comparator | None = None
    low: Number | None = None
    high: Number | None = None
    unit: str = ""
    assumed: bool = False
    approximate: bool = False

    @property
    def bound(self) -> Number | None:
        """The number to reach (or not to exceed)."""
        return self.high if self.comparator in (Comparator.LE, Comparator.LT) else self.low

    @property
    def reverse(self) -> bool:
        """Whether less is better (反向指标)."""
        return self.comparator in (Comparator.LE, Comparator.LT)


class Indicator(Frozen):
    """One row of the 自评表 (三级指标). `category` and `dimension` are the words of the form.

    `deduction` is 扣减分数, taken off the score of the row, down to zero (domain §2.7).
    """

    category: str = ""
    dimension: str = ""
    name: str = ""
    cycle_target: str = ""
    annual_target: str = ""
    actual: str = ""
    tier: Tier | None = None
    weight: Amount = None
    score: Score = None
    deviation_reason: str = ""
    measures: str = ""
    code: str = ""
    weight_group: str = ""
    review_score: Score = None
    deduction: Amount = None
    evidence: tuple[Evidence, ...] = ()
