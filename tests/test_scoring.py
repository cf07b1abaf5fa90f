"""Scorecards: named cases, a published report, roll-ups and the waterfall."""

from __future__ import annotations

import json
import tomllib
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.domain.indicator import Indicator
from assistant.domain.report import Funding, Project, Report, ReportKind
from assistant.domain.scorecard import Scorecard
from assistant.scoring.cards import score_report
from assistant.scoring.rendering import scorecard_json
from assistant.scoring.rules import load_rules

CASES = Path(__file__).parent / "cases"
INDICATOR_FIELDS = ("category", "dimension", "tier", "weight")


def cases(name: str) -> list[Any]:
    """The named cases of a file, as parameters with their names as ids."""
    found = tomllib.loads((CASES / "scoring" / f"{name}.toml").read_text("utf-8"))["case"]
    return [pytest.param(case, id=case["name"]) for case in found]


def card_of(*projects: Project, year: int = 2024, rules: str = "") -> Scorecard:
    return score_report(Report(year=year, projects=projects), load_rules(rules))


def project(name: str, money: tuple[str, str], *rows: tuple[str, str, str]) -> Project:
    """A sub-project by (全年预算, 全年执行) and rows of (指标值, 实际, 分值)."""
    return Project(
        name=name,
        funding=(Funding(initial_budget=money[0], annual_budget=money[0], expenditure=money[1]),),
        indicators=tuple(
            Indicator(
                category="产出指标", name=f"指标{n}", annual_target=target, actual=actual, weight=weight
            )
            for n, (target, actual, weight) in enumerate(rows, start=1)
        ),
    )


@pytest.mark.parametrize("case", cases("indicators"))
def test_a_named_indicator_case_gets_its_score(case: dict[str, Any]) -> None:
    """The case names its clause, its input and the score that follows."""
    fields = {key: case[key] for key in INDICATOR_FIELDS if key in case}
    row = Indicator(
        name="例",
        annual_target=case["target"],
        actual=case.get("actual", ""),
        score=case.get("given"),
        **fields,
    )
    card = card_of(Project(name="例", indicators=(row,)), rules=case.get("rules", ""))
    assert card.rows[0].score == Decimal(case["score"])
    assert card.rows[0].over_completed == case.get("over", card.rows[0].over_completed)
    assert case.get("rule", "I12") in {finding.rule for finding in card.findings}


@pytest.mark.parametrize("case", cases("execution"))
def test_a_named_execution_case_gets_its_rate_and_score(case: dict[str, Any]) -> None:
    """全年执行数 over 全年预算数, rounded half up."""
    card = card_of(project("例", (case["annual_budget"], case["expenditure"])), rules=case.get("rules", ""))
    assert (card.execution.rate, card.execution.score) == (Decimal(case["rate"]), Decimal(case["score"]))


@pytest.fixture(scope="module")
def seed0() -> Report:
    """The figures of the published 2021 report of 广州市政协 (three sub-projects)."""
    return Report.model_validate(json.loads((CASES / "seed0.json").read_text("utf-8")))


def test_the_published_report_scores_a_hundred_three_times(seed0: Report) -> None:
    """Each sub-project printed 自评总分100分: 90 for its indicators and 10 for its execution."""
    card = score_report(seed0, load_rules(seed0.rules))
    assert [(p.total_score, p.execution.score) for p in card.projects] == [
        (Decimal("100.00"), Decimal("10.00"))
    ] * 3


def test_the_published_report_spends_a_budget_that_it_never_adds_up(seed0: Report) -> None:
    """252.36 + 95 + 82.23 = 429.59 万元."""
    card = score_report(seed0, load_rules())
    assert (card.execution.annual_budget, card.execution.rate) == (Decimal("429.59"), Decimal("100.00"))


def test_the_published_report_has_seventeen_rows(seed0: Report) -> None:
    """5 + 5 + 7 indicators with 270 分 of weight."""
    rows = score_report(seed0, load_rules()).rows
    assert (len(rows), sum(row.weight for row in rows)) == (17, 270)


def test_scoring_leaves_the_report_as_it_was(seed0: Report) -> None:
    """The argument is not changed."""
    before = seed0.model_dump_json()
    score_report(seed0, load_rules())
    assert seed0.model_dump_json() == before


def test_the_basis_says_how_a_score_came_about() -> None:
    """目标、实际、完成率 and the way of scoring stand in one sentence."""
    card = card_of(project("例", ("1", "1"), ("≥1000篇", "892篇", "10")))
    assert card.rows[0].basis == "目标≥1000篇，实际892篇，完成率89.20%，按比例得8.92分"


def test_a_given_score_keeps_the_formula_beside_it() -> None:
    """The score that was filled in counts; the formula's is kept for A08."""
    row = Indicator(name="推文", annual_target="≥1000篇", actual="892篇", weight="10", score="10")
    scored = card_of(Project(name="例", indicators=(row,))).rows[0]
    assert (scored.score, scored.formula_score, scored.met) == (Decimal(10), Decimal("8.92"), False)


def test_one_project_is_its_own_card() -> None:
    """90 + 9.5 of 100."""
    card = card_of(project("例", ("100", "95"), ("≥10场", "10场", "90")))
    assert (card.rollup, card.total_score, card.full_score) == ("single", Decimal("99.50"), 100)


def test_sub_projects_whose_weights_fill_one_card_share_it() -> None:
    """40 + 50 = 90: the execution of both together is scored once, 150/200 = 75%."""
    card = card_of(
        project("甲", ("100", "100"), ("≥1场", "1场", "40")),
        project("乙", ("100", "50"), ("≥1场", "1场", "50")),
    )
    assert (card.rollup, card.total_score, card.full_score) == ("joint", Decimal("97.50"), 100)


def test_sub_projects_with_full_cards_are_weighted_by_their_budgets() -> None:
    """(100×300 + 95×100)/400 = 98.75."""
    card = card_of(
        project("甲", ("300", "300"), ("≥1场", "1场", "90")),
        project("乙", ("100", "50"), ("≥1场", "1场", "90")),
    )
    assert (card.rollup, card.total_score) == ("budget_weighted", Decimal("98.75"))


def test_a_sub_project_without_indicators_does_not_enter_the_weighted_total() -> None:
    """Only money was reported for it; its spending still counts in the overall rate."""
    money = Project(name="保密", confidential=True, funding=(Funding(annual_budget="100", expenditure="0"),))
    full = project("甲", ("100", "100"), ("≥1场", "1场", "90"))
    card = card_of(full, full.model_copy(update={"name": "乙"}), money)
    assert (card.total_score, card.execution.rate) == (100, Decimal("66.67"))


def test_without_a_budget_the_rest_is_rescaled_to_full_marks() -> None:
    """80 of 90 points are 88.89 of 100, and the finding says so (§2.8)."""
    card = card_of(project("例", ("0", "0"), ("≥10场", "10场", "80"), ("≥10场", "0场", "10")))
    assert (card.total_score, card.full_score) == (Decimal("88.89"), 100)
    assert [finding.rule for finding in card.findings] == ["I12"]


def test_spending_without_a_budget_is_a_red_finding() -> None:
    """No rate can be computed and the execution scores nothing."""
    card = card_of(project("例", ("0", "5"), ("≥10场", "10场", "90")))
    assert (card.total_score, card.findings[0].severity.value) == (90, "error")


def test_a_confidential_row_without_a_judgement_is_left_out() -> None:
    """保密项目 as target: the row is 不适用 and loses no points."""
    rows = (("≥10场", "10场", "60"), ("保密项目", "保密项目", "30"))
    card = card_of(project("例", ("100", "100"), *rows))
    assert (card.rows[1].not_applicable, card.total_score) == (True, 100)


def test_a_reason_is_required_where_points_are_lost_or_the_target_was_far_exceeded() -> None:
    """§2.10: 8.92 of 10; 130% of the target; met exactly."""
    rows = (("≥1000篇", "892篇", "10"), ("≥10场", "13场", "10"), ("≥10场", "10场", "10"))
    card = card_of(project("例", ("1", "1"), *rows))
    assert [row.reason_required for row in card.rows] == [True, True, False]


def test_subtotals_are_sums_of_the_displayed_rows() -> None:
    """产出 holds 数量 and 质量."""
    rows = [
        ("产出指标", "数量指标", "8.92"),
        ("产出指标", "质量指标", "7"),
        ("效益指标", "社会效益指标", "5"),
    ]
    indicators = tuple(
        Indicator(category=category, dimension=dimension, name=dimension, weight="10", score=score)
        for category, dimension, score in rows
    )
    card = card_of(Project(name="例", indicators=indicators))
    assert [(s.name, s.level, s.score) for s in card.subtotals if s.level == 1] == [
        ("产出指标", 1, Decimal("15.92")),
        ("效益指标", 1, Decimal("5.00")),
    ]


def test_a_grade_that_only_rounding_reached_is_pointed_out() -> None:
    """G13: (90.00×2 + 89.99)/3 = 89.9966… is printed 90.00 优."""
    cards = [
        Project(
            name=name,
            funding=(Funding(annual_budget="1", expenditure="1"),),
            indicators=(
                Indicator(name="得分", annual_target="优", actual="优", tier="A", weight="90", score=score),
            ),
        )
        for name, score in (("甲", "80"), ("乙", "80"), ("丙", "79.99"))
    ]
    card = card_of(*cards)
    assert (card.total_score, card.grade.value) == (Decimal("90.00"), "优")
    assert "I10" in {finding.rule for finding in card.findings}


ROW = st.tuples(st.integers(1, 300), st.integers(0, 400), st.integers(1, 30), st.sampled_from("≥≤"))
MONEY = st.tuples(st.integers(1, 10**6), st.integers(0, 10**6))
PROJECT = st.tuples(MONEY, st.lists(ROW, min_size=1, max_size=5))


def random_report(drawn: list[Any]) -> Report:
    """A report from drawn whole numbers; money in hundredths of 万元."""
    return Report(
        projects=tuple(
            project(
                f"项目{n}",
                (f"{Decimal(budget) / 100:f}", f"{Decimal(spent) / 100:f}"),
                *((f"{sign}{target}件", f"{actual}件", str(weight)) for target, actual, weight, sign in rows),
            )
            for n, ((budget, spent), rows) in enumerate(drawn)
        )
    )


@settings(max_examples=60, deadline=None)
@given(st.lists(PROJECT, min_size=1, max_size=3))
def test_the_waterfall_leads_exactly_from_full_marks_to_the_total(drawn: list[Any]) -> None:
    """Σ of the steps is the difference, and each running value follows from the one before."""
    card = score_report(random_report(drawn), load_rules())
    running = card.full_score
    for step in card.waterfall:
        running += step.change
        assert step.running == running
    assert running == card.total_score


@settings(max_examples=30, deadline=None)
@given(PROJECT)
def test_the_total_of_a_card_is_the_sum_of_its_displayed_rows(drawn: Any) -> None:
    """Whoever adds up the printed column gets the printed total."""
    card = score_report(random_report([drawn]), load_rules())
    printed = json.loads(json.dumps(scorecard_json(card)))
    rows = sum(Decimal(row["score"]) for row in printed["rows"])
    assert rows + Decimal(printed["execution"]["score"]) == Decimal(printed["total_score"])


def test_the_json_holds_strings_with_two_decimals(seed0: Report) -> None:
    """The contract of `zhiji score --json`."""
    printed = scorecard_json(score_report(seed0, load_rules()))
    assert printed["total_score"] == "100.00"
    assert printed["execution"]["annual_budget"] == "429.59"
    assert {"path", "name", "weight", "score", "completion_rate", "basis"} <= set(printed["rows"][0])


def test_an_evaluation_whose_rows_make_a_hundred_has_no_further_execution_row() -> None:
    """决策、过程、产出、效益 hold 预算执行率 among themselves: the total is out of 100 and not of 110."""
    rows = (
        Indicator(category="过程", name="预算执行率", annual_target="100%", actual="80%", weight=Decimal(5)),
        Indicator(category="产出", name="例", annual_target="≥10件", actual="10件", weight=Decimal(95)),
    )
    money = Funding(annual_budget=Decimal(100), expenditure=Decimal(80))
    project = Project(name="例", funding=(money,), indicators=rows)
    report = Report(kind=ReportKind.EVALUATION, year=2024, projects=(project,))
    card = score_report(report, load_rules())
    assert (card.full_score, card.total_score) == (Decimal(100), Decimal(99))
    of_unit = score_report(report.model_copy(update={"kind": ReportKind.PROJECT}), load_rules())
    assert of_unit.full_score == Decimal(110)
