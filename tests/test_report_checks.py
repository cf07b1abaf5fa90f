"""Checks of the form: each fires on one wrong report and stays silent on its near miss."""

from __future__ import annotations

from typing import Any

import pytest
from proof_cases import indicator, sample, scored, small_report

from assistant.domain.finding import Severity
from assistant.domain.register import registered
from assistant.domain.report import Report
from assistant.proof.report_checks import CHECKS, check_report

BENEFIT = indicator(
    category="效益指标",
    dimension="社会效益指标",
    name="协商成果转化件数",
    annual_target="≥3件",
    actual="3件",
    weight="20",
)
OUTPUT = indicator(weight="70")


def rules(report: Report) -> list[str]:
    return [finding.rule for finding in check_report(report, scored(report))]


def funded(initial: str, budget: str, spent: str, source: str = "财政拨款") -> dict[str, Any]:
    row = {"source": source, "initial_budget": initial, "annual_budget": budget, "expenditure": spent}
    return {"funding": [row]}


def item(quantity: str, price: str, budget: str, spent: str = "98") -> dict[str, Any]:
    row = {
        "name": "电视节目",
        "quantity": quantity,
        "unit": "期",
        "unit_price": price,
        "budget": budget,
        "expenditure": spent,
    }
    return {"line_items": [row]}


CASES: list[tuple[str, Report, Report]] = [
    ("A02", small_report(**funded("0", "0", "5")), small_report(**funded("0", "5", "5"))),
    ("A02", small_report(**funded("100", "100", "101")), small_report(**funded("100", "100", "100"))),
    (
        "A17",
        small_report(**funded("100", "100", "101", "上年结转")),
        small_report(**funded("100", "100", "100", "上年结转")),
    ),
    ("A04", small_report(indicator(weight="80")), small_report(indicator(weight="90"))),
    ("A06", small_report(indicator(score="90.01")), small_report(indicator(score="90"))),
    (
        "A08",
        small_report(indicator(actual="8场", score="80.00", deviation_reason="汛期停办")),
        small_report(indicator(actual="8场", score="72.00", deviation_reason="汛期停办")),
    ),
    (
        "A09",
        small_report(
            indicator(
                annual_target="机制健全", actual="部分健全", tier="B", score="80", deviation_reason="规则未定"
            )
        ),
        small_report(
            indicator(
                annual_target="机制健全",
                actual="部分健全",
                tier="B",
                score="71.99",
                deviation_reason="规则未定",
            )
        ),
    ),
    ("A11", small_report(**item("5", "14", "75")), small_report(**item("5", "14", "70"))),
    ("A12", small_report(**item("10", "10.1", "101", "98")), small_report(**item("10", "10", "100", "98"))),
    (
        "A12",
        small_report(**funded("100", "90", "90"), adjustments=[{"amount": "-8", "reason": "压减"}]),
        small_report(**funded("100", "90", "90"), adjustments=[{"amount": "-10", "reason": "压减"}]),
    ),
    ("A20", small_report(indicator(weight="20"), {**BENEFIT, "weight": "70"}), small_report(OUTPUT, BENEFIT)),
    ("C05", small_report(indicator(actual="")), small_report(indicator(actual="10场"))),
    ("C06", small_report(notes=["因XX原因推迟"]), small_report(notes=["因汛期推迟"])),
    ("C07", small_report(indicator(dimension="政治效益指标")), small_report(indicator(dimension="数量指标"))),
    (
        "C08",
        small_report(indicator(name="项目质量合格率", annual_target="≥95%", actual="96%")),
        small_report(
            indicator(name="项目质量合格率", dimension="质量指标", annual_target="≥95%", actual="96%")
        ),
    ),
    (
        "C09",
        small_report(indicator(name="协商活动次数", annual_target="≥100%", actual="100%")),
        small_report(indicator(name="协商活动次数", annual_target="≥10次", actual="10次")),
    ),
    (
        "C10",
        small_report(
            indicator(dimension="成本指标", name="单期成本", annual_target="≥12万元", actual="12万元")
        ),
        small_report(
            indicator(dimension="成本指标", name="单期成本", annual_target="≤12万元", actual="12万元")
        ),
    ),
    (
        "C11",
        small_report(indicator(name="1.物管覆盖率。2.安保配备率。")),
        small_report(indicator(name="物管覆盖率")),
    ),
    (
        "C12",
        small_report(OUTPUT),
        small_report(
            OUTPUT,
            BENEFIT,
            indicator(
                category="满意度指标",
                dimension="服务对象满意度指标",
                name="委员满意度",
                annual_target="≥90%",
                actual="91%",
            ),
        ),
    ),
    ("C13", small_report(indicator(cycle_target="≥8场")), small_report(indicator(cycle_target="≥10场"))),
    (
        "C14",
        small_report(indicator(name="意见采纳率", dimension="质量指标", annual_target="≥90%", actual="190%")),
        small_report(indicator(name="收入增长率", dimension="质量指标", annual_target="≥90%", actual="190%")),
    ),
    (
        "C16",
        small_report(indicator(actual="8场")),
        small_report(indicator(actual="8场", deviation_reason="汛期停办两场")),
    ),
    ("C17", small_report(indicator(actual="13场")), small_report(indicator(actual="12场"))),
    (
        "C22",
        small_report(indicator(annual_target="≥95%得100分，＜95%得50分", actual="96%")),
        small_report(indicator(annual_target="≥95%", actual="96%")),
    ),
]


@pytest.mark.parametrize(
    ("rule", "wrong", "near"), CASES, ids=[f"{n}-{case[0]}" for n, case in enumerate(CASES)]
)
def test_a_rule_fires_on_the_wrong_report_and_not_on_its_near_miss(
    rule: str, wrong: Report, near: Report
) -> None:
    assert rule in rules(wrong)
    assert rule not in rules(near)


def test_a_total_on_the_bound_of_two_grades_is_pointed_out() -> None:
    """G13: 90.00 is 优 only by rounding."""
    on_bound = small_report(indicator(score="80", deviation_reason="汛期停办"), **funded("100", "100", "100"))
    above = small_report(indicator(score="81", deviation_reason="汛期停办"), **funded("100", "100", "100"))
    assert "A10" in rules(on_bound) and "A10" not in rules(above)


def test_the_same_percentage_everywhere_is_pointed_out() -> None:
    """98% for every row, as in a published target form."""
    rows = [
        indicator(
            name=f"指标名称{word}率", dimension="质量指标", annual_target="98%", actual="98%", weight="18"
        )
        for word in "甲乙丙丁戊"
    ]
    other = [{**row, "annual_target": f"≥{90 + n}%"} for n, row in enumerate(rows)]
    assert "C21" in rules(small_report(*rows)) and "C21" not in rules(small_report(*other))


def test_a_secret_indicator_in_a_public_note_is_found() -> None:
    report = small_report(notes=["夜间值守班次按期完成"]).model_dump(mode="json")
    secret = {"name": "专项经费", "confidential": True, "indicators": [indicator(name="夜间值守班次")]}
    leaking = Report.model_validate({**report, "projects": [*report["projects"], secret]})
    assert "C18" in rules(leaking)


def test_a_rounded_unit_price_raises_nothing() -> None:
    """3 期 × 3.33 万元 = 10 万元 where the price is a third of ten."""
    assert "A11" not in rules(small_report(**item("3", "3.33", "10")))


def test_a_whole_number_near_the_formula_is_a_warning() -> None:
    """A published form prints 9 for 8.62 (domain §7.7)."""
    report = small_report(
        indicator(actual="8场", score="72.4", deviation_reason="汛期"),
        indicator(name="培训期数", weight="0.5"),
    )
    whole = small_report(
        indicator(annual_target="≥1000场", actual="892场", weight="10", score="9", deviation_reason="汛期")
    )
    severities = {f.severity for f in check_report(whole, scored(whole)) if f.rule == "A08"}
    assert severities == {Severity.WARNING}
    assert Severity.ERROR in {f.severity for f in check_report(report, scored(report)) if f.rule == "A08"}


def test_a_message_names_the_row_the_bound_and_what_came() -> None:
    report = small_report(indicator(score="95"))
    [found] = [f for f in check_report(report, scored(report)) if f.rule == "A06"]
    assert (
        "协商活动场次" in found.message
        and "95" in found.message
        and found.place == "projects[0].indicators[0]"
    )


def test_every_check_fires_only_registered_rules_and_changes_nothing() -> None:
    report = sample()
    before = report.model_dump_json()
    found = [f for check in CHECKS for f in check(report, scored(report))]
    assert {f.rule for f in found} <= set(registered())
    assert report.model_dump_json() == before


def test_the_sample_has_the_one_gap_that_was_left_in_it() -> None:
    """机制建立情况 lost points and gives no reason."""
    assert [f.rule for f in check_report(sample(), scored(sample()))] == ["C16"]
