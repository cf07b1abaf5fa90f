"""超额完成 (§2.4): never more than the weight, a reason is due, and points only where the target was too low."""

from __future__ import annotations

import re
from decimal import Decimal

from assistant.domain.base import Frozen, Number
from assistant.domain.figures import round_half_up
from assistant.scoring import formulas
from assistant.scoring.judgement import Case, Doubt

_TARGET_TOO_LOW = re.compile(r"(?:指标值?|目标值?|任务)[^，。；]{0,8}(?:偏低|过低|较低|定低|保守)")


class Excess(Frozen):
    """What over-completion means for a row: its score before rounding, and what to add to its basis."""

    exact_score: Number
    over_completed: bool = False
    basis: str = ""
    doubts: tuple[Doubt, ...] = ()


def judge_excess(case: Case, bound: Decimal | None, value: Decimal, exact: Decimal) -> Excess:
    """Return what over-completion of `bound` (None: less is better) changes in a score of `exact` points."""
    rule = case.rules.quantitative
    over = bound is not None and formulas.over_completed(bound, value, rule.over_threshold)
    over = over or (bound == 0 and rule.over_zero is not None and value >= rule.over_zero)
    if bound is None or not over or not _TARGET_TOO_LOW.search(case.indicator.deviation_reason):
        return Excess(exact_score=exact, over_completed=over)
    floor = formulas.over_floor(bound, value, case.weight, rule.over_floors)
    shown = f"{round_half_up(floor):f}"
    if rule.over_policy == "none" or floor >= exact:
        return Excess(exact_score=exact, over_completed=over)
    if rule.over_policy == "manual":
        message = f"超额完成的原因是年初指标值偏低，可适度扣减，建议不低于{shown}分"
        doubt = Doubt(rule="I13", message=message, remedy="如需扣减，请填写得分")
        return Excess(exact_score=exact, over_completed=over, doubts=(doubt,))
    basis = f"；超额较多且年初指标值偏低，按规则减至{shown}分"
    return Excess(exact_score=floor, over_completed=over, basis=basis)
