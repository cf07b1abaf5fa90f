"""The formulas against a second implementation over fractions, written apart from the first."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from math import floor

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.domain.figures import round_half_up
from assistant.domain.indicator import Tier
from assistant.scoring import formulas
from assistant.scoring.rules import load_rules

AMOUNT = st.decimals(min_value=0, max_value=9999, places=2)
TARGET = st.decimals(min_value="0.01", max_value=9999, places=2)
WEIGHT = st.integers(min_value=1, max_value=60).map(Decimal)


def cents(value: Fraction) -> Decimal:
    """Round half up to two places, with whole numbers only."""
    return Decimal(floor(value * 100 + Fraction(1, 2))) / 100


@given(TARGET, AMOUNT, WEIGHT)
def test_positive_scores_agree_with_fractions(target: Decimal, actual: Decimal, weight: Decimal) -> None:
    """A ≥ T gives W, otherwise A/T × W."""
    expected = cents(min(Fraction(1), Fraction(actual) / Fraction(target)) * Fraction(weight))
    assert round_half_up(formulas.positive(target, actual, weight)) == expected


@given(TARGET, AMOUNT, WEIGHT)
def test_reverse_scores_agree_with_fractions(target: Decimal, actual: Decimal, weight: Decimal) -> None:
    """Between T and 2T the score falls from W to nothing."""
    share = min(Fraction(1), max(Fraction(0), 2 - Fraction(actual) / Fraction(target)))
    assert round_half_up(formulas.reverse_linear(target, actual, weight)) == cents(share * Fraction(weight))


@given(TARGET, AMOUNT, WEIGHT)
def test_execution_scores_agree_with_fractions(budget: Decimal, spent: Decimal, weight: Decimal) -> None:
    """min(执行/全年预算, 1) × 分值."""
    expected = cents(min(Fraction(1), Fraction(spent) / Fraction(budget)) * Fraction(weight))
    assert round_half_up(formulas.execution_linear(budget, spent, weight)) == expected


@given(st.lists(st.tuples(AMOUNT, TARGET), min_size=1, max_size=6))
def test_weighted_totals_agree_with_fractions(pairs: list[tuple[Decimal, Decimal]]) -> None:
    """Σ(总分×全年预算)/Σ全年预算."""
    totals, budgets = zip(*pairs, strict=True)
    whole = sum(Fraction(total) * Fraction(budget) for total, budget in pairs)
    weighted = round_half_up(formulas.budget_weighted(totals, budgets))
    assert weighted == cents(whole / sum(map(Fraction, budgets)))


@pytest.mark.parametrize(
    ("tier", "low", "high"), [("A", "10.40", "13.00"), ("B", "7.80", "10.40"), ("C", "0.00", "7.80")]
)
def test_the_intervals_of_the_tiers_are_the_published_ones(tier: str, low: str, high: str) -> None:
    """G8: 分值13 gives A [10.40, 13.00], B [7.80, 10.40), C [0, 7.80)."""
    rule = load_rules().qualitative.tiers[Tier(tier)]
    assert formulas.tier_interval(Tier(tier), rule, Decimal(13)) == (Decimal(low), Decimal(high))


def test_ninety_points_over_seven_rows_are_shared_as_published() -> None:
    """G14: six rows of 13 and one of 12."""
    assert sorted(formulas.even_weights(90, 7)) == [12, 13, 13, 13, 13, 13, 13]


def test_a_total_without_its_inapplicable_rows_is_rescaled() -> None:
    """80 of 90 applicable points are 88.89 of 100."""
    assert round_half_up(formulas.rescaled(Decimal(80), Decimal(90), Decimal(100))) == Decimal("88.89")


def test_a_zero_budget_has_no_rate() -> None:
    """Dividing by nothing is refused, never scored."""
    with pytest.raises(ZeroDivisionError):
        formulas.execution_linear(Decimal(0), Decimal(1), Decimal(10))


def test_a_half_cent_that_hides_behind_a_third_is_rounded_up() -> None:
    """1 of 1200 for 6 分 is 0.005 exactly: 0.01, where 1/1200 alone would be cut to 28 digits first."""
    assert round_half_up(formulas.positive(Decimal(1200), Decimal(1), Decimal(6))) == Decimal("0.01")


@given(st.lists(st.tuples(st.integers(1, 60), st.integers(0, 90)), min_size=1, max_size=5), WEIGHT)
def test_composite_scores_agree_with_fractions(parts: list[tuple[int, int]], weight: Decimal) -> None:
    """The mean of min(1, A/T) over the parts."""
    mean = sum(min(Fraction(1), Fraction(a, t)) for t, a in parts) / len(parts)
    pairs = [(Decimal(t), Decimal(a)) for t, a in parts]
    assert round_half_up(formulas.composite(pairs, weight)) == cents(mean * Fraction(weight))


@given(TARGET, AMOUNT, AMOUNT, WEIGHT)
def test_more_is_never_worth_less(target: Decimal, one: Decimal, other: Decimal, weight: Decimal) -> None:
    """正向 scores rise, 反向 scores fall with the actual value."""
    less, more = sorted((one, other))
    assert formulas.positive(target, less, weight) <= formulas.positive(target, more, weight)
    for formula in (formulas.reverse_linear, formulas.reverse_ratio):
        assert formula(target, less, weight) >= formula(target, more, weight)
