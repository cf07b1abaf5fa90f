"""The golden vectors G1 to G14 of the domain notes, each a named case."""

from __future__ import annotations

from decimal import Decimal

import pytest

from assistant.domain.indicator import Indicator, Tier
from assistant.domain.report import Funding, Project, Report
from assistant.domain.scorecard import Row, Scorecard
from assistant.scoring.cards import score_report
from assistant.scoring.formulas import even_weights, tier_interval
from assistant.scoring.rules import Rules, load_rules

LINEAR = load_rules("mof-2020")
RATIO = LINEAR.model_copy(
    update={"quantitative": LINEAR.quantitative.model_copy(update={"reverse": "ratio"})}
)
BANDED = load_rules("mof-2021")


def scored(target: str, actual: str, weight: str, rules: Rules = LINEAR, **fields: object) -> Row:
    row = Indicator(name="例", annual_target=target, actual=actual, weight=weight, **fields)
    return score_report(Report(projects=(Project(indicators=(row,)),)), rules).rows[0]


def executed(budget: str, spent: str, rules: Rules = LINEAR) -> tuple[Decimal | None, Decimal]:
    money = (Funding(annual_budget=budget, expenditure=spent),)
    execution = score_report(Report(projects=(Project(funding=money),)), rules).execution
    return execution.rate, execution.score


def test_g1_a_target_that_was_exceeded_has_full_marks() -> None:
    assert scored("≥10场", "11场", "13").score == Decimal("13.00")


def test_g2_a_target_that_was_missed_scores_in_proportion() -> None:
    assert scored("≥1000条", "892条", "10").score == Decimal("8.92")


def test_g3_the_department_of_2022() -> None:
    assert executed("14869.67", "14590.86") == (Decimal("98.12"), Decimal("9.81"))


def test_g4_the_school_of_2019() -> None:
    assert executed("43.2", "37.24") == (Decimal("86.20"), Decimal("8.62"))


@pytest.mark.parametrize(("rules", "score"), [(LINEAR, "8.00"), (RATIO, "8.33")], ids=["L", "Q"])
def test_g5_a_limit_that_was_passed_by_a_fifth(rules: Rules, score: str) -> None:
    assert scored("≤10件", "12件", "10", rules).score == Decimal(score)


@pytest.mark.parametrize(("rules", "score"), [(LINEAR, "0.00"), (RATIO, "5.00")], ids=["L", "Q"])
def test_g6_a_limit_that_was_doubled(rules: Rules, score: str) -> None:
    assert scored("≤10件", "20件", "10", rules).score == Decimal(score)


@pytest.mark.parametrize(("actual", "score"), [("0件", "8.00"), ("1件", "0.00")])
def test_g7_a_target_of_zero(actual: str, score: str) -> None:
    assert scored("＝0件", actual, "8").score == Decimal(score)


@pytest.mark.parametrize(
    ("tier", "low", "high"), [("A", "10.40", "13.00"), ("B", "7.80", "10.40"), ("C", "0.00", "7.80")]
)
def test_g8_the_intervals_of_the_tiers(tier: str, low: str, high: str) -> None:
    rule = LINEAR.qualitative.tiers[Tier(tier)]
    assert tier_interval(Tier(tier), rule, Decimal(13)) == (Decimal(low), Decimal(high))


@pytest.mark.parametrize(
    ("rules", "actual", "over"),
    [("mof-2020", "13场", True), ("mof-2020", "12场", False), ("anhui", "12场", True)],
)
def test_g9_over_completion_asks_for_a_reason_by_the_threshold_of_the_pack(
    rules: str, actual: str, over: bool
) -> None:
    row = scored("≥10场", actual, "10", load_rules(rules))
    assert (row.score, row.over_completed, row.reason_required) == (10, over, over)


@pytest.mark.parametrize(("rules", "score"), [(LINEAR, "9.91"), (BANDED, "8.00")], ids=["10号", "101号"])
def test_g10_satisfaction_by_ratio_and_by_bands(rules: Rules, score: str) -> None:
    assert scored("≥90%", "89.23%", "10", rules, category="满意度指标").score == Decimal(score)


@pytest.mark.parametrize(("rules", "score"), [(LINEAR, "7.60"), (BANDED, "5.00")], ids=["P1", "P2"])
def test_g11_an_execution_of_76_percent(rules: Rules, score: str) -> None:
    assert executed("100", "76", rules) == (Decimal("76.00"), Decimal(score))


@pytest.mark.parametrize(
    ("budget", "spent", "rate"), [("11703.88", "11505.73", "98.31"), ("3165.79", "3085.13", "97.45")]
)
def test_g12_rates_are_rounded_half_up(budget: str, spent: str, rate: str) -> None:
    assert executed(budget, spent)[0] == Decimal(rate)


def borderline() -> Scorecard:
    """Rows of raw 79.995 and 10: printed 80.00 + 10.00 = 90.00."""
    row = Indicator(name="例", annual_target="≥16000件", actual="15999件", weight="80")
    money = (Funding(annual_budget="1", expenditure="1"),)
    return score_report(Report(projects=(Project(funding=money, indicators=(row,)),)), LINEAR)


def test_g13_a_raw_sum_of_89_995_is_displayed_as_90_and_excellent() -> None:
    card = borderline()
    assert (card.total_score, card.grade.value) == (Decimal("90.00"), "优")


def test_g13_a_grade_that_depends_on_rounding_is_flagged() -> None:
    found = [finding for finding in borderline().findings if finding.rule == "I10"]
    assert len(found) == 1
    assert "等级临界" in found[0].message
    assert "良" in found[0].message


def test_g14_ninety_points_over_seven_rows() -> None:
    assert sorted(even_weights(90, 7)) == [12, 13, 13, 13, 13, 13, 13]


@pytest.mark.parametrize(
    ("policy", "score"), [("none", "10.00"), ("manual", "10.00"), ("proportional", "9.50")]
)
def test_over_completion_costs_points_only_by_policy_and_reason(policy: str, score: str) -> None:
    """§2.4: 1.4 times the target, and the reason says that the target was too low."""
    rules = LINEAR.model_copy(
        update={"quantitative": LINEAR.quantitative.model_copy(update={"over_policy": policy})}
    )
    reason = "年初指标值设定偏低"
    assert scored("≥10场", "14场", "10", rules, deviation_reason=reason).score == Decimal(score)
    assert scored("≥10场", "14场", "10", rules, deviation_reason="新增任务").score == 10


@pytest.mark.parametrize(("actual", "floor"), [("14场", "9.50"), ("18场", "9.00"), ("25场", "8.00")])
def test_the_suggested_floor_follows_the_deviation(actual: str, floor: str) -> None:
    """1.3–1.5 times 0.95, to twice 0.9, beyond 0.8 of the weight."""
    row = Indicator(
        name="例", annual_target="≥10场", actual=actual, weight="10", deviation_reason="目标值偏低"
    )
    card = score_report(Report(projects=(Project(indicators=(row,)),)), LINEAR)
    assert any(f"不低于{floor}分" in finding.message for finding in card.findings)


@pytest.mark.parametrize(("deduction", "score"), [("2", "6.92"), ("10", "0.00")])
def test_a_deduction_comes_off_the_score_down_to_zero(deduction: str, score: str) -> None:
    """§2.7: max(0, 8.92 − 扣减分数)."""
    row = scored("≥1000条", "892条", "10", deduction=deduction)
    assert (row.score, row.formula_score) == (Decimal(score), Decimal("8.92"))
    assert "扣减" in row.basis


def test_a_percentage_without_its_sign_is_asked_about() -> None:
    """0.95 against ≥95% may be 95%."""
    row = Indicator(name="例", annual_target="≥95%", actual="0.95", weight="10")
    card = score_report(Report(projects=(Project(indicators=(row,)),)), LINEAR)
    assert any(finding.rule == "I11" and "如指95%" in finding.message for finding in card.findings)


def test_a_target_for_each_of_several_is_asked_about() -> None:
    """每个专委会不少于2次: the sum or the least?"""
    row = Indicator(name="例", annual_target="每个专委会不少于2次", actual="18次", weight="10")
    card = score_report(Report(projects=(Project(indicators=(row,)),)), LINEAR)
    assert any(finding.rule == "I13" and "每一个" in finding.message for finding in card.findings)


def test_every_lost_point_names_its_formula_and_clause() -> None:
    """The waterfall of a report with a loss of every kind."""
    rows = (("≥10场", "5场", "30"), ("≤10件", "12件", "30"), ("≥1场", "不适用", "10"))
    indicators = tuple(
        Indicator(name=target, annual_target=target, actual=actual, weight=weight)
        for target, actual, weight in rows
    )
    tier = Indicator(name="机制", annual_target="机制健全", tier="B", weight="20")
    money = (Funding(annual_budget="100", expenditure="80"),)
    card = score_report(Report(projects=(Project(funding=money, indicators=(*indicators, tier)),)), LINEAR)
    assert len(card.waterfall) == 5
    assert all(step.basis and step.clause for step in card.waterfall)


def test_sub_projects_that_share_a_card_lose_their_execution_once() -> None:
    """40 + 50 = 90 weights: the waterfall holds one 预算执行 step, of the money of both (§2.2)."""
    projects = tuple(
        Project(
            name=name,
            funding=(Funding(annual_budget="100", expenditure=spent),),
            indicators=(Indicator(name="例", annual_target="≥1场", actual="1场", weight=weight),),
        )
        for name, spent, weight in (("甲", "100", "40"), ("乙", "50", "50"))
    )
    card = score_report(Report(projects=projects), LINEAR)
    assert [(step.name, step.change) for step in card.waterfall] == [("预算执行", Decimal("-2.50"))]
    assert [project.execution.weight for project in card.projects] == [0, 0]
