"""The scoring formulas, one a function, over exact decimals; knows nothing of reports or rule files.

T is the target, A the actual value, W the weight (分值) in 分. Results are points before rounding: they
are multiplied before they are divided, so that a half cent stays a half cent, and `round_half_up` makes
of them what is displayed. Clauses are paragraphs of the domain notes on 财预〔2020〕10号 and of published
forms.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from math import prod

from assistant.domain.figures import HUNDRED, round_half_up
from assistant.domain.indicator import Tier
from assistant.scoring.pack import Band, Floor, Penalty, TierRule

ZERO = Decimal(0)
ONE = Decimal(1)


def execution_linear(annual_budget: Decimal, expenditure: Decimal, weight: Decimal) -> Decimal:
    """Return the 预算执行得分: min(全年执行数/全年预算数, 1) × 分值 (§2.2, P1).

    The denominator is 全年预算数, never 年初预算数. Raises ZeroDivisionError for a zero budget.
    """
    if annual_budget == 0:
        raise ZeroDivisionError("全年预算数为零")
    return weight if expenditure >= annual_budget else max(expenditure, ZERO) * weight / annual_budget


def banded(percent: Decimal, weight: Decimal, bands: Sequence[Band]) -> Decimal:
    """Return the score by bands (分段计分, §1.3): the share of the highest band that is reached."""
    reached = [band for band in bands if percent >= band.at_least]
    share = max(reached, key=lambda band: band.at_least).share if reached else ZERO
    return share * weight


def positive(target: Decimal, actual: Decimal, weight: Decimal) -> Decimal:
    """Return the score of ≥ and ＞ (正向指标, §2.3): A ≥ T gives W, otherwise A/T × W.

    A negative actual counts as zero; a target of zero or less is met by anything not below it.
    """
    if actual >= target:
        return weight
    return ZERO if target <= 0 else max(actual, ZERO) * weight / target


def equal(target: Decimal, actual: Decimal, weight: Decimal) -> Decimal:
    """Return the score of ＝ (§2.3): as 正向指标 for T > 0; for T = 0 full marks only for A ≤ 0."""
    if target == 0:
        return weight if actual <= 0 else ZERO
    return positive(target, actual, weight)


def reverse_linear(target: Decimal, actual: Decimal, weight: Decimal) -> Decimal:
    """Return the score of ≤ and ＜ by L (反向指标线性扣分, §2.3): (1 − (A−T)/T) × W between T and 2T."""
    if actual <= target:
        return weight
    if target <= 0 or actual >= 2 * target:
        return ZERO
    return (2 * target - actual) * weight / target


def reverse_ratio(target: Decimal, actual: Decimal, weight: Decimal) -> Decimal:
    """Return the score of ≤ and ＜ by Q (反向指标比例计分, §2.3): T/A × W above T."""
    if actual <= target:
        return weight
    return ZERO if target <= 0 else target * weight / actual


def ranged(low: Decimal, high: Decimal, actual: Decimal, weight: Decimal) -> Decimal:
    """Return the score of lo–hi (§2.3): in or above the range W, below it A/lo × W."""
    return weight if low <= actual <= high else positive(low, actual, weight)


def by_points(limit: Decimal, actual: Decimal, weight: Decimal, penalty: Penalty) -> Decimal:
    """Return the score of a rubric row (§1.6): W up to the limit, less a share of W for each 百分点 above it."""
    excess = max(actual - limit, ZERO)
    if penalty.pp_rounding != "exact":
        way = ROUND_CEILING if penalty.pp_rounding == "ceil" else ROUND_FLOOR
        excess = excess.to_integral_value(rounding=way)
    return max(weight - weight * penalty.share_per_point * excess, ZERO)


def tier_score(tier_rule: TierRule, weight: Decimal) -> Decimal:
    """Return the score of a 定性 row of which only the tier is given (§2.5)."""
    return tier_rule.default * weight


def tier_interval(tier: Tier, tier_rule: TierRule, weight: Decimal) -> tuple[Decimal, Decimal]:
    """Return the bounds of the displayed scores a tier allows (§2.5): A [lo, hi], B and C [lo, hi)."""
    return round_half_up(tier_rule.low * weight), round_half_up(tier_rule.high * weight)


def date_tier(due: date, done: date | None) -> Tier:
    """Return the tier of a dated target (§2.3): in time A, late B, not done C."""
    if done is None:
        return Tier.C
    return Tier.A if done <= due else Tier.B


def composite(parts: Sequence[tuple[Decimal, Decimal]], weight: Decimal) -> Decimal:
    """Return the score of a composite target (§2.3): the mean of min(1, A/T) over its parts (T, A) × W."""
    targets = [target for target, _ in parts]
    whole = prod(targets, start=ONE)
    reached = sum(
        (
            min(max(actual, ZERO), target) * prod(targets[:n] + targets[n + 1 :], start=ONE)
            for n, (target, actual) in enumerate(parts)
        ),
        ZERO,
    )
    return reached * weight / (whole * len(parts))


def over_floor(target: Decimal, actual: Decimal, weight: Decimal, floors: Sequence[Floor]) -> Decimal:
    """Return what an over-completed row whose target was too low gets at least (§2.4), W without floors."""
    passed = [floor for floor in floors if actual > floor.above * target]
    return max(passed, key=lambda floor: floor.above).share * weight if passed else weight


def rescaled(score: Decimal, applicable: Decimal, full: Decimal) -> Decimal:
    """Return a total without its 不适用 rows, raised to the full marks (§2.8): Σ得分/(满分−ΣW) × 满分."""
    return score * full / applicable


def budget_weighted(totals: Sequence[Decimal], budgets: Sequence[Decimal]) -> Decimal:
    """Return the mean of the totals weighted by 全年预算数 (相对值按资金额度加权).

    With no budget at all every total counts alike.
    """
    weights = list(budgets) if any(budgets) else [ONE] * len(totals)
    weighted = sum((total * weight for total, weight in zip(totals, weights, strict=True)), ZERO)
    return weighted / sum(weights, ZERO)


def completion_rate(target: Decimal, actual: Decimal) -> Decimal | None:
    """Return A/T in percent to 2 places, None for a target that is not above zero."""
    return None if target <= 0 else round_half_up(actual * HUNDRED / target)


def over_completed(target: Decimal, actual: Decimal, threshold: Decimal | None) -> bool:
    """Return whether A ≥ θ·T with T > 0 (超额完成, §2.4); never where the pack names no θ."""
    return threshold is not None and target > 0 and actual >= threshold * target


def even_weights(total: int, rows: int) -> tuple[int, ...]:
    """Return whole-number weights for `rows` rows that add up to `total` (最大余数法, §2.9)."""
    each, rest = divmod(total, rows)
    return tuple(each + 1 if position < rest else each for position in range(rows))
