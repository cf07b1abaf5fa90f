"""A rule pack (评分规则) as a value: the numbers of law, named, dated, with their proof inside.

Knows nothing of files and of formulas; what contradicts itself is refused here, with its place in the pack.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Any, Literal

from pydantic import Field, model_validator

from assistant.domain.base import Frozen, Number
from assistant.domain.indicator import Tier
from assistant.domain.scorecard import Grade
from assistant.scoring.contradiction import contradiction

FULL = Decimal(100)


class Confidence(StrEnum):
    """可信程度 of a pack; `low` where no published example proves it."""

    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"

    @property
    def label(self) -> str:
        """The word people read."""
        return {"high": "高", "medium": "中", "low": "低"}[self.value]


class Band(Frozen):
    """A step of a banded rule: from `at_least` percent on, `share` of the weight (分段计分)."""

    at_least: Number = Field(ge=0, le=100)
    share: Number = Field(ge=0, le=1)


def _need_bands(method: str, bands: Iterable[Band]) -> None:
    """Refuse `banded` without bands, and bands that do not start at zero."""
    if method == "banded" and not any(band.at_least == 0 for band in bands):
        raise contradiction("bands", "method 为 banded 时须有 bands，且从 at_least = 0 起", "无")


class Floor(Frozen):
    """超额完成: above that multiple of the target, the `share` of the weight that is left at least."""

    above: Number = Field(ge=1)
    share: Number = Field(gt=0, le=1)


class Execution(Frozen):
    """预算执行: its weight in 分, how it is scored, and the rate in percent below which a reason is due."""

    weight: Number = Field(ge=0, le=100)
    method: Literal["linear", "banded"]
    clause: str
    reason_below: Number | None = Field(default=None, ge=0, le=100)
    reason_source: str = ""
    bands: tuple[Band, ...] = ()

    @model_validator(mode="after")
    def _bands_where_banded(self) -> Execution:
        """Refuse a banded pack without bands."""
        _need_bands(self.method, self.bands)
        return self


class Quantitative(Frozen):
    """定量指标: the reverse formula, θ and what over-completion costs.

    `over_threshold` is the multiple of the target that counts as over-completion (None: the source names
    none); `over_zero` the actual value that does so for a target of zero. `over_policy` (§2.4): `none`,
    `manual` (a person decides, the suggested floor is shown) or `proportional` (reduced to the floor);
    both only where the reason says that the target was set too low.
    """

    clause: str
    reverse: Literal["linear", "ratio"]
    reverse_source: str = ""
    over_threshold: Number | None = Field(default=None, gt=1)
    over_zero: Number | None = None
    over_source: str = ""
    over_policy: Literal["none", "manual", "proportional"] = "manual"
    over_floors: tuple[Floor, ...] = ()
    over_floors_source: str = ""


class TierRule(Frozen):
    """One 定性 tier as shares of the weight: interval [low, high) and the default score."""

    low: Number = Field(ge=0, le=1)
    high: Number = Field(ge=0, le=1)
    default: Number = Field(ge=0, le=1)

    @model_validator(mode="after")
    def _default_inside(self) -> TierRule:
        """Refuse a default outside of its own interval."""
        if not self.low <= self.default <= self.high:
            raise contradiction("default", f"应在 low {self.low:f} 与 high {self.high:f} 之间", self.default)
        return self


class Qualitative(Frozen):
    """定性指标: three tiers that leave no gap."""

    clause: str
    default_source: str = ""
    tiers: dict[Tier, TierRule]

    @model_validator(mode="after")
    def _no_gap(self) -> Qualitative:
        """Refuse tiers that are missing, overlap or leave a gap."""
        if set(self.tiers) != set(Tier):
            raise contradiction("tiers", "须有 A、B、C 三档", "、".join(self.tiers))
        bounds = [
            self.tiers[Tier.C].low,
            *(self.tiers[t].high for t in (Tier.C, Tier.B, Tier.A)),
        ]
        lows = [self.tiers[t].low for t in (Tier.C, Tier.B, Tier.A)]
        if lows != bounds[:3] or bounds[0] != 0 or bounds[3] != 1:
            raise contradiction("tiers", "三档须从0到1首尾相接", "、".join(f"{low:f}" for low in lows))
        return self


class Satisfaction(Frozen):
    """满意度: by ratio as any quantitative row, or by bands."""

    method: Literal["ratio", "banded"] = "ratio"
    clause: str = ""
    bands: tuple[Band, ...] = ()

    @model_validator(mode="after")
    def _bands_where_banded(self) -> Satisfaction:
        """Refuse a banded pack without bands."""
        _need_bands(self.method, self.bands)
        return self


class Penalty(Frozen):
    """按百分点扣分 of 部门整体 rubrics: full marks up to `limit` percent, then `share_per_point` of the weight.

    Holds for indicators whose name contains one of `names`. Whether a part of a percentage point counts
    is `pp_rounding`: as it is, as a whole one, or not at all.
    """

    names: tuple[str, ...] = Field(min_length=1)
    limit: Number
    share_per_point: Number = Field(gt=0, le=1)
    pp_rounding: Literal["exact", "ceil", "floor"] = "exact"
    clause: str


class RubricRow(Frozen):
    """A row that a 部门整体 rubric prescribes: its group, name and weight in 分 where the source has one."""

    group: str
    name: str
    weight: Number | None = None


class Variant(Frozen):
    """Default weights under a condition, such as 无成本指标."""

    when: str
    weights: dict[str, Number]


class Rollup(Frozen):
    """How sub-projects make one total; `tolerance` in 分."""

    tolerance: Number = Field(ge=0)
    source: str = ""


class NotApplicable(Frozen):
    """不适用的行."""

    clause: str = ""


class Example(Frozen):
    """A golden example inside a pack: `published` in a form, or `derived` from the clause by hand.

    It holds one indicator row, or one amount; `over` says whether the row counts as over-completed.
    """

    name: str
    kind: Literal["published", "derived"]
    source: str
    weight: Number
    score: Number
    category: str = ""
    dimension: str = ""
    indicator: str = ""
    target: str = ""
    actual: str = ""
    tier: Tier | None = None
    deviation_reason: str = ""
    over: bool | None = None
    annual_budget: Number | None = None
    expenditure: Number | None = None
    rate: Number | None = None


class Rules(Frozen):
    """A rule pack. `weights` are the default 分值 of the categories, `grades` the least total of each.

    `from_memory` lists what was filled in without the full text at hand, `omitted` what the sources do
    not give and the pack therefore leaves out. `effective` is the first day it holds.
    """

    name: str = Field(min_length=1)
    title: str
    region: str = ""
    kind: Literal["project", "department"] = "project"
    legal_basis: str
    effective: date
    effective_source: str = ""
    confidence: Confidence
    confidence_note: str = ""
    from_memory: tuple[str, ...] = ()
    omitted: tuple[str, ...] = ()
    execution: Execution
    weights: dict[str, Number] = {}
    variants: tuple[Variant, ...] = Field(default=(), alias="variant")
    quantitative: Quantitative
    qualitative: Qualitative
    satisfaction: Satisfaction = Satisfaction()
    penalties: tuple[Penalty, ...] = Field(default=(), alias="penalty")
    rubric: tuple[RubricRow, ...] = ()
    grades: dict[Grade, Number]
    grades_clause: str = ""
    rollup: Rollup
    not_applicable: NotApplicable = NotApplicable()
    examples: tuple[Example, ...] = Field(default=(), alias="example")

    @model_validator(mode="before")
    @classmethod
    def _clause_beside_grades(cls, data: Any) -> Any:
        """Move the clause out of the table of grades."""
        if isinstance(data, dict) and isinstance(data.get("grades"), dict):
            grades = dict(data["grades"])
            return {**data, "grades_clause": grades.pop("clause", ""), "grades": grades}
        return data

    @model_validator(mode="after")
    def _is_whole(self) -> Rules:
        """Refuse a pack that contradicts itself."""
        for weights, place in ((self.weights, "weights"), *((v.weights, "variant") for v in self.variants)):
            if weights and (total := sum(weights.values(), self.execution.weight)) != FULL:
                raise contradiction(place, "各类分值加预算执行分值应为100", total)
        self._check_grades()
        self._check_rubric()
        if not self.published and self.confidence is not Confidence.LOW:
            raise contradiction(
                "confidence", "没有公开实例（published）的规则只能是 low", self.confidence.value
            )
        return self

    def _check_grades(self) -> None:
        """Refuse grades that are missing or out of order."""
        if set(self.grades) != set(Grade):
            raise contradiction("grades", "须有优、良、中、差四个等级", "、".join(self.grades))
        least = [self.grades[grade] for grade in Grade]
        if least != sorted(set(least), reverse=True) or least[-1] != 0:
            raise contradiction(
                "grades", "须从优到差递减，差从0起", "、".join(f"{bound:f}" for bound in least)
            )

    def _check_rubric(self) -> None:
        """Refuse a rubric whose rows do not add up to the weight of their group, where all are known."""
        for group, weight in self.weights.items():
            rows = [row.weight for row in self.rubric if row.group == group]
            known = [each for each in rows if each is not None]
            if rows and len(known) == len(rows) and sum(known, Decimal(0)) != weight:
                raise contradiction("rubric", f"“{group}”各行分值之和应为{weight:f}", sum(known))

    @property
    def published(self) -> tuple[Example, ...]:
        """The examples that stand in a published form."""
        return tuple(example for example in self.examples if example.kind == "published")

    def grade(self, total: Number) -> Grade:
        """Return the 评价等级 of a total out of 100."""
        reached = [(least, grade) for grade, least in self.grades.items() if total >= least]
        return max(reached)[1] if reached else Grade.POOR

    def penalty_of(self, name: str) -> Penalty | None:
        """Return the 按百分点扣分 that holds for an indicator of that name, None for none."""
        return next(
            (penalty for penalty in self.penalties if any(part in name for part in penalty.names)), None
        )
