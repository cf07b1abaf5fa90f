"""What one indicator is worth by formula (公式得分), by the kind of its target.

Each kind has its assessor; none of them looks at the score that was filled in. Knows one row at a time.
"""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

from assistant.domain.base import Frozen, Number
from assistant.domain.figures import HUNDRED, Quantity, round_half_up, trimmed
from assistant.domain.indicator import Category, Comparator, Indicator, Target, TargetKind, Tier
from assistant.domain.measure_words import same_scale
from assistant.domain.target_words import read_date, read_steps, read_tier
from assistant.domain.targets import read_actual, read_atoms
from assistant.scoring import formulas
from assistant.scoring.rules import Rules


class Doubt(Frozen):
    """Something a person should look at: the registered rule and what to say after the row's name."""

    rule: str
    message: str
    remedy: str = ""


class Assessment(Frozen):
    """What the formula says of a row; `formula_score` in 分, None where no formula applies."""

    formula_score: Number | None = None
    completion_rate: Number | None = None
    met: bool = False
    over_completed: bool = False
    actual: Quantity | None = None
    basis: str = ""
    clause: str = ""
    tier: Tier | None = None
    not_applicable: bool = False
    doubts: tuple[Doubt, ...] = ()


class Case(Frozen):
    """The row under assessment with everything a formula may need."""

    indicator: Indicator
    target: Target
    weight: Number
    rules: Rules
    year: int | None = None


_NOT_APPLICABLE = {"不适用", "无需评价", "不涉及", "N/A"}


def assess(case: Case) -> Assessment:
    """Return what the formulas of the pack say of a row; a row that cannot be scored says why."""
    if _not_applicable(case):
        return Assessment(
            met=True, not_applicable=True, basis="不适用，不计分", clause=case.rules.not_applicable.clause
        )
    return _ASSESSORS[case.target.kind](case)


def _not_applicable(case: Case) -> bool:
    """Return whether the row is left out (不适用): said so, or confidential and without a judgement."""
    indicator = case.indicator
    if indicator.actual.strip() in _NOT_APPLICABLE:
        return True
    return case.target.kind is TargetKind.CONFIDENTIAL and indicator.tier is None and indicator.score is None


def _numeric(case: Case) -> Assessment:
    """Assess a 定量 row."""
    bound, actual = case.target.bound, read_actual(case.indicator.actual)
    if actual is None and case.indicator.tier is not None:
        return _by_tier(case, case.indicator.tier)
    if actual is None or bound is None:
        return _unscored(case, f"实际完成值“{case.indicator.actual}”中读不出一个数")
    if bound < 0:
        return _unscored(case, f"年度指标值“{case.target.raw}”为负数，没有计分公式", actual)
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


def _ranged(case: Case) -> Assessment:
    """Assess a 区间 row; above the range counts as done and over-completed only by θ."""
    low, high, actual = case.target.low, case.target.high, read_actual(case.indicator.actual)
    if actual is None or low is None or high is None:
        return _unscored(case, f"实际完成值“{case.indicator.actual}”中读不出一个数")
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


def _qualitative(case: Case) -> Assessment:
    """Assess a 定性 row by its tier, given or stated by its words."""
    if case.indicator.tier is not None:
        return _by_tier(case, case.indicator.tier)
    tier = read_tier(case.indicator.actual, case.target.raw)
    if tier is None:
        return _unscored(case, f"未选定性档次，实际完成值“{case.indicator.actual}”也不能确定档次")
    message = f"未选定性档次，按实际完成值“{case.indicator.actual.strip()}”推定为{tier}档（{tier.label}）"
    return _by_tier(case, tier, (Doubt(rule="I13", message=message, remedy="请确认或改选档次"),))


def _by_tier(case: Case, tier: Tier, doubts: tuple[Doubt, ...] = ()) -> Assessment:
    """Return the assessment of a tier by the default of the pack."""
    rule = case.rules.qualitative.tiers[tier]
    score = formulas.tier_score(rule, case.weight)
    share = trimmed(rule.default * HUNDRED)
    return Assessment(
        formula_score=score,
        met=tier is Tier.A,
        actual=read_actual(case.indicator.actual),
        basis=f"定性指标{tier}档（{tier.label}），按默认取分值的{share:f}%得{score:f}分",
        clause=case.rules.qualitative.clause,
        tier=tier,
        doubts=doubts,
    )


def _dated(case: Case) -> Assessment:
    """Assess a 日期 row: in time, late or not done; without two dates by its words."""
    due = read_date(case.target.raw, case.year)
    done = read_date(case.indicator.actual, case.year)
    if case.indicator.tier is not None or due is None or done is None:
        return _qualitative(case)
    judged = _by_tier(case, formulas.date_tier(due, done))
    how = "按时完成" if judged.met else "逾期完成"
    basis = f"目标{case.target.raw.strip()}，实际{case.indicator.actual.strip()}，{how}，{judged.basis}"
    return judged.model_copy(update={"basis": basis})


def _stepped(case: Case) -> Assessment:
    """Assess a 分段 row: the first step whose condition holds gives its points out of 100."""
    actual = read_actual(case.indicator.actual)
    if actual is None:
        return _unscored(case, f"实际完成值“{case.indicator.actual}”中读不出一个数")
    for step in read_steps(case.target.raw):
        if _holds(step.condition, actual):
            score = round_half_up(step.points / HUNDRED * case.weight)
            return Assessment(
                formula_score=score,
                met=score == case.weight,
                actual=actual,
                basis=f"实际{case.indicator.actual.strip()}，符合“{step.condition.raw.strip()}”，得{score:f}分",
                clause=case.rules.quantitative.clause,
            )
    return _unscored(case, f"实际完成值“{case.indicator.actual}”不在年度指标值所列的分段内", actual)


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


def _composite(case: Case) -> Assessment:
    """Assess a 复合 row: the mean of its parts, to be confirmed by a person."""
    wanted, reached = read_atoms(case.target.raw), read_atoms(case.indicator.actual)
    if len(wanted) != len(reached) or any(part.value <= 0 for part in wanted):
        return _unscored(case, f"年度指标值“{case.target.raw}”含多个数，与实际完成值不能一一对应")
    ratios = [got.value / want.value for want, got in zip(wanted, reached, strict=True)]
    score = formulas.composite(ratios, case.weight)
    message = "年度指标值含多个数，按各部分完成率的平均值计分"
    return Assessment(
        formula_score=score,
        met=min(ratios) >= 1,
        basis=f"目标{case.target.raw.strip()}，实际{case.indicator.actual.strip()}，按各部分平均得{score:f}分",
        clause=case.rules.quantitative.clause,
        doubts=(Doubt(rule="I13", message=message, remedy="请确认，或拆成几个指标"),),
    )


def _unscored(case: Case, why: str, actual: Quantity | None = None) -> Assessment:
    """Return the assessment of a row that no formula can score: zero until a score is filled in."""
    if case.indicator.score is not None:
        return Assessment(
            met=case.indicator.score >= case.weight, actual=actual, basis="无法按公式计分，按填报得分"
        )
    doubt = Doubt(rule="I08", message=f"{why}，暂计0分", remedy="请补填实际完成值、档次或得分")
    return Assessment(actual=actual, basis=f"{why}，暂计0分", doubts=(doubt,))


_ASSESSORS: dict[TargetKind, Callable[[Case], Assessment]] = {
    TargetKind.NUMBER: _numeric,
    TargetKind.RANGE: _ranged,
    TargetKind.QUALITATIVE: _qualitative,
    TargetKind.DATE: _dated,
    TargetKind.STEP: _stepped,
    TargetKind.COMPOSITE: _composite,
    TargetKind.CONFIDENTIAL: _qualitative,
    TargetKind.EMPTY: _qualitative,
}
