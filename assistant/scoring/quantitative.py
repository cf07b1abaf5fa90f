"""Quantitative rows (定量): a number or a range against its target (§2.3, §2.4, §2.6)."""

from __future__ import annotations

from decimal import Decimal

from assistant.domain.figures import HUNDRED, Quantity, round_half_up, trimmed
from assistant.domain.indicator import Category, Comparator, Target, TargetKind
from assistant.domain.measure_words import same_scale
from assistant.domain.targets import read_actual
from assistant.scoring import formulas
from assistant.scoring.judgement import Assessment, Case, Doubt, by_tier, unscored


def assess_number(case: Case) -> Assessment:
    """Assess a 定量 row."""
    bound, actual = case.target.bound, read_actual(case.indicator.actual)
    if actual is None and case.indicator.tier is not None:
        return by_tier(case, case.indicator.tier)
    if actual is None or bound is None:
        return unscored(case, f"实际完成值“{case.indicator.actual}”中读不出一个数")
    if bound < 0:
        return unscored(case, f"年度指标值“{case.target.raw}”为负数，没有计分公式", actual)
    value, doubts = _comparable(actual, case.target)
    return _numeric_result(case, bound, value, actual, doubts)


def _numeric_result(
    case: Case, bound: Decimal, value: Decimal, actual: Quantity, doubts: tuple[Doubt, ...]
) -> Assessment:
    """Return the assessment of a number against its bound."""
    target, reverse = case.target, case.target.reverse
    score = _numeric_score(case, bound, value)
    met = value <= bound if reverse or (bound == 0 and target.comparator is Comparator.EQ) else value >= bound
    rate = None if reverse else formulas.completion_rate(bound, value)
    over = not reverse and formulas.over_completed(bound, value, case.rules.quantitative.over_threshold)
    return Assessment(
        formula_score=score,
        completion_rate=rate,
        met=met,
        over_completed=over,
        actual=actual,
        basis=_numeric_basis(case, bound, value, rate, met, score),
        clause=_numeric_clause(case),
        doubts=doubts + _boundary(target, value),
    )


def _numeric_score(case: Case, bound: Decimal, value: Decimal) -> Decimal:
    """Return the score by the formula of the comparator."""
    comparator, weight = case.target.comparator, case.weight
    if _banded_satisfaction(case):
        return formulas.banded(value, weight, case.rules.satisfaction.bands)
    if comparator is Comparator.EQ:
        return formulas.equal(bound, value, weight)
    if not case.target.reverse:
        return formulas.positive(bound, value, weight)
    if case.rules.quantitative.reverse == "ratio":
        return formulas.reverse_ratio(bound, value, weight)
    return formulas.reverse_linear(bound, value, weight)


def _banded_satisfaction(case: Case) -> bool:
    """Return whether the pack scores this satisfaction row by bands."""
    satisfaction = Category.of(case.indicator.category) is Category.SATISFACTION
    return satisfaction and case.rules.satisfaction.method == "banded" and case.target.unit == "%"


def _numeric_clause(case: Case) -> str:
    """Return the clause a 定量 row is scored by."""
    return case.rules.satisfaction.clause if _banded_satisfaction(case) else case.rules.quantitative.clause


def _numeric_basis(
    case: Case, bound: Decimal, value: Decimal, rate: Decimal | None, met: bool, score: Decimal
) -> str:
    """Return how the score came about, in Chinese."""
    lead = f"目标{shown_target(case.target)}，实际{case.indicator.actual.strip()}"
    share = f"，完成率{rate:f}%" if rate is not None else ""
    if _banded_satisfaction(case):
        return f"{lead}{share}，按分段得{score:f}分"
    if met:
        return f"{lead}{share}，达到目标得满分{trimmed(case.weight):f}分"
    if case.target.reverse and bound > 0:
        beyond = round_half_up((value - bound) / bound * HUNDRED)
        way = "线性扣分" if case.rules.quantitative.reverse == "linear" else "按比例计分"
        return f"{lead}，超出上限{beyond:f}%，反向指标{way}得{score:f}分"
    return f"{lead}{share}，{'按比例' if bound > 0 else '超过零值'}得{score:f}分"


def shown_target(target: Target) -> str:
    """Return the target as written, with the supposed operator in front where it had none."""
    if target.kind is TargetKind.NUMBER and target.assumed and target.comparator is not Comparator.EQ:
        return f"{target.comparator}{target.raw.strip()}"
    return target.raw.strip()


def _comparable(actual: Quantity, target: Target) -> tuple[Decimal, tuple[Doubt, ...]]:
    """Return the actual value in the unit of the target; units that differ are kept and doubted (§2.3)."""
    if actual.unit == target.unit or not target.unit:
        return actual.value, ()
    scaled = same_scale(actual, target.unit) if actual.unit else None
    if scaled is not None:
        return scaled.value, ()
    if not actual.unit and target.unit != "%":
        return actual.value, ()
    message = f"实际完成值的单位“{actual.unit}”与年度指标值的单位“{target.unit}”不一致，按数值直接比较"
    return actual.value, (Doubt(rule="I11", message=message, remedy="请统一单位"),)


def _boundary(target: Target, value: Decimal) -> tuple[Doubt, ...]:
    """Return the doubt of a value that stands exactly on a strict bound (§2.3 严格大于边界)."""
    if target.comparator not in (Comparator.GT, Comparator.LT) or value != target.bound:
        return ()
    message = f"实际完成值恰好等于“{target.raw.strip()}”的边界，按达到目标计分"
    return (Doubt(rule="I09", message=message, remedy="如应视为未达到，请填写得分"),)


def assess_range(case: Case) -> Assessment:
    """Assess a 区间 row; above the range counts as done and over-completed only by θ."""
    low, high, actual = case.target.low, case.target.high, read_actual(case.indicator.actual)
    if actual is None or low is None or high is None:
        return unscored(case, f"实际完成值“{case.indicator.actual}”中读不出一个数")
    value, doubts = _comparable(actual, case.target)
    score, rate = formulas.ranged(low, high, value, case.weight), formulas.completion_rate(low, value)
    met = value >= low
    how = f"达到目标得满分{trimmed(case.weight):f}分" if met else f"完成率{rate}%，按比例得{score:f}分"
    return Assessment(
        formula_score=score,
        completion_rate=rate,
        met=met,
        over_completed=formulas.over_completed(high, value, case.rules.quantitative.over_threshold),
        actual=actual,
        basis=f"目标{case.target.raw.strip()}，实际{case.indicator.actual.strip()}，{how}",
        clause=case.rules.quantitative.clause,
        doubts=doubts,
    )
