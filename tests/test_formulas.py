"""The formulas against a second implementation over fractions, written apart from the first."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from math import floor

import pytest
from hypothesis import given
from hypothesis import strategies as st

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
    assert formulas.positive(target, actual, weight) == expected


@given(TARGET, AMOUNT, WEIGHT)
def test_reverse_scores_agree_with_fractions(target: Decimal, actual: Decimal, weight: Decimal) -> None:
    """Between T and 2T the score falls from W to nothing."""
    share = min(Fraction(1), max(Fraction(0), 2 - Fraction(actual) / Fraction(target)))
    assert formulas.reverse_linear(target, actual, weight) == cents(share * Fraction(weight))


@given(TARGET, AMOUNT, WEIGHT)
def test_execution_scores_agree_with_fractions(budget: Decimal, spent: Decimal, weight: Decimal) -> None:
    """min(执行/全年预算, 1) × 分值."""
    expected = cents(min(Fraction(1), Fraction(spent) / Fraction(budget)) * Fraction(weight))
    assert formulas.execution_linear(budget, spent, weight) == expected


@given(st.lists(st.tuples(AMOUNT, TARGET), min_size=1, max_size=6))
def test_weighted_totals_agree_with_fractions(pairs: list[tuple[Decimal, Decimal]]) -> None:
    """Σ(总分×全年预算)/Σ全年预算."""
    totals, budgets = zip(*pairs, strict=True)
    whole = sum(Fraction(total) * Fraction(budget) for total, budget in pairs)
    assert formulas.budget_weighted(totals, budgets) == cents(whole / sum(map(Fraction, budgets)))


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
    assert formulas.rescaled(Decimal(80), Decimal(90), Decimal(100)) == Decimal("88.89")


def test_a_zero_budget_has_no_rate() -> None:
    """Dividing by nothing is refused, never scored."""
    with pytest.raises(ZeroDivisionError):
        formulas.execution_linear(Decimal(0), Decimal(1), Decimal(10))
