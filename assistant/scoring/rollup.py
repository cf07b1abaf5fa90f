"""How sub-projects make the total (子项目汇总): each one's part in 分, and what rounding leaves over."""

from __future__ import annotations

from decimal import Decimal

from assistant.domain.base import Frozen, Number
from assistant.domain.figures import HUNDRED, round_half_up
from assistant.domain.scorecard import Scorecard
from assistant.scoring.cards import has_card

ZERO = Decimal(0)

#: The rule of each roll-up, in the words of the forms.
RULES = {
    "single": "只有一个项目，总分即该项目得分",
    "joint": "各子项目共用一张表：各行得分直接相加，预算执行合并计分（绝对值累加）",
    "budget_weighted": "各子项目自成满分：得分按全年预算数加权平均（相对值按资金额度加权）",
}


class Contribution(Frozen):
    """The part of a sub-project: its total, its share of the money in percent, and its points in the total."""

    path: str
    name: str
    total_score: Number
    share: Number
    points: Number


def contributions(card: Scorecard) -> tuple[Contribution, ...]:
    """Return the parts of the sub-projects that enter a weighted total; none where they are simply added."""
    if card.rollup != "budget_weighted":
        return ()
    entering = [project for project in card.projects if has_card(project)]
    money = [project.execution.annual_budget for project in entering]
    weights = money if any(money) else [Decimal(1)] * len(entering)
    whole = sum(weights, ZERO)
    return tuple(
        Contribution(
            path=project.path,
            name=project.name,
            total_score=project.total_score,
            share=round_half_up(weight * HUNDRED / whole),
            points=round_half_up(project.total_score * weight / whole),
        )
        for project, weight in zip(entering, weights, strict=True)
    )


def residual(card: Scorecard) -> Decimal:
    """Return the total less the displayed parts of the sub-projects (舍入差额), zero where they are added."""
    parts = contributions(card)
    return card.total_score - sum((part.points for part in parts), ZERO) if parts else ZERO
