"""Quantitative rows (定量): a number or a range against its target (§2.3, §2.6)."""

from __future__ import annotations

import re
from decimal import Decimal

from assistant.domain.figures import HUNDRED, Quantity, round_half_up, trimmed
from assistant.domain.indicator import Category, Comparator, Indicator, Target, TargetKind
from assistant.domain.measure_words import same_scale
from assistant.domain.targets import read_actual
from assistant.scoring import formulas
from assistant.scoring.excess import judge_excess
from assistant.scoring.judgement import Assessment, Case, Doubt, by_tier, unscored
from assistant.scoring.pack import Rules

ZERO = Decimal(0)
_EACH = re.compile(r"每(?!年|一?项)(?:个|家|名|人|月|周|天|日|季度?|期|村|校|所|县|区|镇)")


def assess_number(case: Case) -> Assessment:
    """Assess a 定量 row."""
    bound, actual = case.target.bound, read_actual(case.indicator.actual)
    if actual is None and case.indicator.tier is not None:
        return by_tier(case, case.indicator.tier)
    if actual is None or bound is None:
        return unscored(case, f"实际完成值“{case.indicator.actual}”中读不出一个数")
    if bound < 0:
        return unscored(case, f"年度指标值“{case.target.raw}”为负数，没有计分公式", actual)
    value, doubts = comparable(actual, case.target)
    return _numeric_result(case, bound, value, actual, doubts)


def _numeric_result(
    case: Case, bound: Decimal, value: Decimal, actual: Quantity, doubts: tuple[Doubt, ...]
) -> Assessment:
    """Return the assessment of a number against its bound."""
    target, reverse = case.target, case.target.reverse
    exact = _numeric_score(case, bound, value)
    score = round_half_up(exact)
    met = value <= bound if reverse or (bound == 0 and target.comparator is Comparator.EQ) else value >= bound
    rate = None if reverse else formulas.completion_rate(bound, value)
    excess = judge_excess(case, None if reverse else bound, value, exact)
    return Assessment(
        formula_score=round_half_up(excess.exact_score),
        exact_score=excess.exact_score,
        completion_rate=rate,
        met=met,
        over_completed=excess.over_completed,
        actual=actual,
        basis=_numeric_basis(case, bound, value, rate, met, score) + excess.basis,
        clause=_numeric_clause(case),
        doubts=doubts + _boundary(target, value) + _per_scope(case) + excess.doubts,
    )


def _numeric_score(case: Case, bound: Decimal, value: Decimal) -> Decimal:
    """Return the score by the formula of the comparator."""
    comparator, weight = case.target.comparator, case.weight
    if _banded(case):
        return formulas.banded(value, weight, case.rules.satisfaction.bands)
    if comparator is Comparator.EQ:
        return formulas.equal(bound, value, weight)
    if not case.target.reverse:
        return formulas.positive(bound, value, weight)
    if case.rules.quantitative.reverse == "ratio":
        return formulas.reverse_ratio(bound, value, weight)
    return formulas.reverse_linear(bound, value, weight)


def banded_satisfaction(indicator: Indicator, target: Target, rules: Rules) -> bool:
    """Return whether the pack scores this row by the bands of 满意度."""
    satisfaction = Category.of(indicator.category) is Category.SATISFACTION
    return satisfaction and rules.satisfaction.method == "banded" and target.unit == "%"


def _banded(case: Case) -> bool:
    """Return whether the row of a case is scored by bands."""
    return banded_satisfaction(case.indicator, case.target, case.rules)


def _numeric_clause(case: Case) -> str:
    """Return the clause a 定量 row is scored by."""
    rule = case.rules.quantitative
    if _banded(case):
        return case.rules.satisfaction.clause
    return f"{rule.clause}；反向指标：{rule.reverse_source}" if case.target.reverse else rule.clause


def _numeric_basis(
    case: Case, bound: Decimal, value: Decimal, rate: Decimal | None, met: bool, score: Decimal
) -> str:
    """Return how the score came about, in Chinese."""
    lead = f"目标{shown_target(case.target)}，实际{case.indicator.actual.strip()}"
    share = f"，完成率{rate:f}%" if rate is not None else ""
    if _banded(case):
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


def comparable(actual: Quantity, target: Target) -> tuple[Decimal, tuple[Doubt, ...]]:
    """Return the actual value in the unit of the target; units that differ are kept and doubted (§2.3)."""
    if actual.unit == target.unit or not target.unit:
        return actual.value, ()
    scaled = same_scale(actual, target.unit) if actual.unit else None
    if scaled is not None:
        return scaled.value, ()
    if not actual.unit and target.unit != "%":
        return actual.value, ()
    if not actual.unit:
        return actual.value, (_without_percent(actual, target),)
    message = f"实际完成值的单位“{actual.unit}”与年度指标值的单位“{target.unit}”不一致，按数值直接比较"
    return actual.value, (Doubt(rule="C03", message=message, remedy="请统一单位"),)


def _without_percent(actual: Quantity, target: Target) -> Doubt:
    """Return the doubt of an actual value that lacks its % (§2.3): a share up to 1 may mean a whole percentage."""
    said = f"实际完成值“{actual.value:f}”缺少年度指标值“{target.raw.strip()}”的单位%"
    if 0 < actual.value <= 1 and (target.bound or ZERO) > 1:
        said = f"{said}，如指{trimmed(actual.value * HUNDRED):f}%请写明，现按{actual.value:f}%计分"
    else:
        said = f"{said}，按{actual.value:f}%计分"
    return Doubt(rule="I11", message=said, remedy="请补上单位")


def _per_scope(case: Case) -> tuple[Doubt, ...]:
    """Return the doubt of a target for each of several (§2.3 每个专委会不少于2次): whose value is the actual one?"""
    if not _EACH.search(case.target.raw) or _EACH.search(case.indicator.actual):
        return ()
    message = f"年度指标值“{case.target.raw.strip()}”是对每一个的要求，实际完成值按一个的数计分"
    return (Doubt(rule="I13", message=message, remedy="如填的是合计数，请改填其中最低的一个"),)


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
    value, doubts = comparable(actual, case.target)
    exact, rate = formulas.ranged(low, high, value, case.weight), formulas.completion_rate(low, value)
    met = value >= low
    how = (
        f"达到目标得满分{trimmed(case.weight):f}分"
        if met
        else f"完成率{rate}%，按比例得{round_half_up(exact):f}分"
    )
    excess = judge_excess(case, high, value, exact)
    return Assessment(
        formula_score=round_half_up(excess.exact_score),
        exact_score=excess.exact_score,
        completion_rate=rate,
        met=met,
        over_completed=excess.over_completed,
        actual=actual,
        basis=f"目标{case.target.raw.strip()}，实际{case.indicator.actual.strip()}，{how}{excess.basis}",
        clause=case.rules.quantitative.clause,
        doubts=doubts + excess.doubts,
    )
