"""What is said of one indicator (评分判断): the row under assessment, the verdict, and the plainest verdicts."""

from __future__ import annotations

from dataclasses import dataclass

from assistant.domain.base import Frozen, Number
from assistant.domain.figures import HUNDRED, Quantity, round_half_up, trimmed
from assistant.domain.indicator import Indicator, Target, Tier
from assistant.domain.targets import read_actual
from assistant.scoring import formulas
from assistant.scoring.pack import Rules


class Doubt(Frozen):
    """Something a person should look at: the registered rule and what to say after the row's name."""

    rule: str
    message: str
    remedy: str = ""


class Assessment(Frozen):
    """What the formula says of a row; `formula_score` in 分, None where no formula applies.

    `exact_score` is the same before rounding, for 等级临界.
    """

    formula_score: Number | None = None
    exact_score: Number | None = None
    completion_rate: Number | None = None
    met: bool = False
    over_completed: bool = False
    actual: Quantity | None = None
    basis: str = ""
    clause: str = ""
    tier: Tier | None = None
    not_applicable: bool = False
    doubts: tuple[Doubt, ...] = ()


@dataclass(frozen=True)
class Case:
    """The row under assessment with everything a formula may need."""

    indicator: Indicator
    target: Target
    weight: Number
    rules: Rules
    year: int | None = None


def by_tier(case: Case, tier: Tier, doubts: tuple[Doubt, ...] = ()) -> Assessment:
    """Return the assessment of a tier by the default of the pack."""
    rule = case.rules.qualitative.tiers[tier]
    exact = formulas.tier_score(rule, case.weight)
    score = round_half_up(exact)
    share = trimmed(rule.default * HUNDRED)
    return Assessment(
        formula_score=score,
        exact_score=exact,
        met=tier is Tier.A,
        actual=read_actual(case.indicator.actual),
        basis=f"定性指标{tier}档（{tier.label}），按默认取分值的{share:f}%得{score:f}分",
        clause=case.rules.qualitative.clause,
        tier=tier,
        doubts=doubts,
    )


def unscored(case: Case, why: str, actual: Quantity | None = None) -> Assessment:
    """Return the assessment of a row that no formula can score: zero until a score is filled in."""
    if case.indicator.score is not None:
        return Assessment(
            met=case.indicator.score >= case.weight, actual=actual, basis="无法按公式计分，按填报得分"
        )
    doubt = Doubt(rule="I08", message=f"{why}，暂计0分", remedy="请补填实际完成值、档次或得分")
    return Assessment(actual=actual, basis=f"{why}，暂计0分", doubts=(doubt,))
