"""Rows of words, dates, steps and several numbers (定性、日期、分段、复合; §2.3, §2.5)."""

from __future__ import annotations

from assistant.domain.figures import HUNDRED, Quantity, round_half_up
from assistant.domain.indicator import Comparator, Target, TargetKind
from assistant.domain.target_words import read_date, read_steps, read_tier
from assistant.domain.targets import read_actual, read_atoms
from assistant.scoring import formulas
from assistant.scoring.judgement import Assessment, Case, Doubt, by_tier, unscored


def assess_words(case: Case) -> Assessment:
    """Assess a 定性 row by its tier, given or stated by its words."""
    if case.indicator.tier is not None:
        return by_tier(case, case.indicator.tier)
    tier = read_tier(case.indicator.actual, case.target.raw)
    if tier is None:
        return unscored(case, f"未选定性档次，实际完成值“{case.indicator.actual}”也不能确定档次")
    message = f"未选定性档次，按实际完成值“{case.indicator.actual.strip()}”推定为{tier}档（{tier.label}）"
    return by_tier(case, tier, (Doubt(rule="I13", message=message, remedy="请确认或改选档次"),))


def assess_date(case: Case) -> Assessment:
    """Assess a 日期 row: in time, late or not done; without two dates by its words."""
    due = read_date(case.target.raw, case.year)
    done = read_date(case.indicator.actual, case.year)
    if case.indicator.tier is not None or due is None or done is None:
        return assess_words(case)
    judged = by_tier(case, formulas.date_tier(due, done))
    how = "按时完成" if judged.met else "逾期完成"
    basis = f"目标{case.target.raw.strip()}，实际{case.indicator.actual.strip()}，{how}，{judged.basis}"
    return judged.model_copy(update={"basis": basis})


def assess_steps(case: Case) -> Assessment:
    """Assess a 分段 row: the first step whose condition holds gives its points out of 100."""
    actual = read_actual(case.indicator.actual)
    if actual is None:
        return unscored(case, f"实际完成值“{case.indicator.actual}”中读不出一个数")
    for step in read_steps(case.target.raw):
        if _holds(step.condition, actual):
            exact = step.points * case.weight / HUNDRED
            score = round_half_up(exact)
            return Assessment(
                formula_score=score,
                exact_score=exact,
                met=exact == case.weight,
                actual=actual,
                basis=f"实际{case.indicator.actual.strip()}，符合“{step.condition.raw.strip()}”，得{score:f}分",
                clause=case.rules.quantitative.clause,
            )
    return unscored(case, f"实际完成值“{case.indicator.actual}”不在年度指标值所列的分段内", actual)


def _holds(condition: Target, actual: Quantity) -> bool:
    """Return whether an actual value fulfils a condition, strict bounds taken strictly."""
    bound = condition.bound
    if condition.kind is TargetKind.RANGE and condition.low is not None and condition.high is not None:
        return condition.low <= actual.value <= condition.high
    if bound is None:
        return False
    difference = actual.value - bound
    return {
        Comparator.GE: difference >= 0,
        Comparator.GT: difference > 0,
        Comparator.EQ: difference == 0,
        Comparator.LT: difference < 0,
        Comparator.LE: difference <= 0,
    }.get(condition.comparator or Comparator.EQ, False)


def assess_composite(case: Case) -> Assessment:
    """Assess a 复合 row: the mean of its parts, to be confirmed by a person."""
    wanted, reached = read_atoms(case.target.raw), read_atoms(case.indicator.actual)
    if len(wanted) != len(reached) or any(part.value <= 0 for part in wanted):
        return unscored(case, f"年度指标值“{case.target.raw}”含多个数，与实际完成值不能一一对应")
    parts = [(want.value, got.value) for want, got in zip(wanted, reached, strict=True)]
    exact = formulas.composite(parts, case.weight)
    score = round_half_up(exact)
    message = "年度指标值含多个数，按各部分完成率的平均值计分"
    return Assessment(
        formula_score=score,
        exact_score=exact,
        met=all(got >= want for want, got in parts),
        basis=f"目标{case.target.raw.strip()}，实际{case.indicator.actual.strip()}，按各部分平均得{score:f}分",
        clause=case.rules.quantitative.clause,
        doubts=(Doubt(rule="I13", message=message, remedy="请确认，或拆成几个指标"),),
    )
