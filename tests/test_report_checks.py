"""Checks of the form beyond the pairs of rules.toml: other shapes of the same fault, and forms that are right."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from proof_cases import ROOT, indicator, sample, scored, small_report

from assistant.domain.finding import Severity
from assistant.domain.indicator import Tier
from assistant.domain.register import registered
from assistant.domain.report import Report, ReportKind
from assistant.intake.reading import read_report
from assistant.pipeline import evaluate, rules_for
from assistant.proof.report_checks import CHECKS, check_report


def rules(report: Report) -> list[str]:
    return [finding.rule for finding in check_report(report, scored(report))]


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


def test_a_secret_indicator_in_a_public_note_is_found() -> None:
    report = small_report(notes=["夜间值守班次按期完成"]).model_dump(mode="json")
    secret = {"name": "专项经费", "confidential": True, "indicators": [indicator(name="夜间值守班次")]}
    leaking = Report.model_validate({**report, "projects": [*report["projects"], secret]})
    assert "C18" in rules(leaking)


def plan(*indicators: dict[str, Any], kind: str = "project", **project: Any) -> Report:
    """A plan of one sub-project: targets, no results and no weights."""
    rows = [
        {"actual": "", "weight": "", "cycle_target": row.get("annual_target", ""), **row}
        for row in indicators
    ]
    data = small_report(*rows, **project).model_dump(mode="json")
    return Report.model_validate({**data, "stage": "plan", "kind": kind})


def row(name: str, target: str, dimension: str = "数量指标", **more: Any) -> dict[str, Any]:
    category = "效益指标" if "效益" in dimension else "产出指标"
    base = {"name": name, "annual_target": target, "dimension": dimension, "category": category}
    return {**indicator(), **base, "actual": "", "weight": "", **more}


SHAPES: list[tuple[str, str, Report]] = [
    (
        "A01",
        "a row of the sum among the sources",
        small_report(
            funding=[{"source": "合计", "annual_budget": "9"}, {"source": "财政拨款", "annual_budget": "9"}]
        ),
    ),
    ("A02", "spending without a budget", small_report(funding=[{"annual_budget": "0", "expenditure": "5"}])),
    (
        "A03",
        "预算执行率 as a row, 90% for 98%",
        small_report(row("预算执行率", "100%", actual="90%", weight="90")),
    ),
    ("A05", "50 分 behind a category of 90", small_report(indicator(category="产出指标（50分）"))),
    (
        "A12",
        "a stated total of 110 for 100",
        Report.model_validate(
            {
                **small_report().model_dump(mode="json"),
                "other_figures": [{"name": "年度资金总额", "value": "110", "unit": "万元"}],
            }
        ),
    ),
    (
        "A15",
        "tasks for two fifths of the money",
        Report.model_validate(
            {
                **plan(row("场次", "≥6场")).model_dump(mode="json"),
                "tasks": [{"name": "协商", "budget": "41.3"}],
            }
        ),
    ),
    (
        "A17",
        "a stated balance of 3 for 100 − 98",
        Report.model_validate(
            {
                **small_report().model_dump(mode="json"),
                "other_figures": [{"name": "年末结转结余", "value": "3", "unit": "万元"}],
            }
        ),
    ),
    ("C08", "paying out is no output", plan(row("资金支付及时率", "≥98%", "时效指标"))),
    (
        "C08",
        "an accident on the building site is no social benefit",
        plan(row("施工过程安全事故率", "0", "社会效益指标")),
    ),
    ("C08", "coverage is no economic benefit", plan(row("党支部覆盖率", "≥95%", "经济效益指标"))),
    ("C09", "a rate of no accidents", plan(row("系统正常运行率（%）", "0事故", "质量指标"))),
    ("C09", "subscriptions in percent", plan(row("征订报刊", "大于98%"))),
    (
        "C10",
        "one target of four holds a number",
        plan(
            *(
                row(name, target, "社会效益指标")
                for name, target in zip("甲乙丙丁", ("≥6场", "良好", "提升", "优化"), strict=True)
            )
        ),
    ),
    (
        "C12",
        "a department without cost, economic and ecological rows",
        plan(row("场次", "≥6场"), row("成果", "≥3件", "社会效益指标"), kind="department"),
    ),
    ("C13", "a duration for the whole period", plan(row("场次", "≥6场", cycle_target="一年"))),
    ("C13", "another unit for the whole period", plan(row("场次", "≥6场", cycle_target="≥98%"))),
    (
        "C15",
        "steps of other years",
        small_report(milestones=[{"year": 2022, "content": "建设"}, {"year": 2023, "content": "验收"}]),
    ),
    ("C18", "a 保密 row with its value in a plan", plan(row("保密", "98%"), confidential=True)),
    (
        "C20",
        "a clause without its verb",
        small_report(goal={"expected": "组织各族各界人士参政议政工作职能，促进协商。"}),
    ),
    (
        "C21",
        "ten bare percentages in a plan",
        plan(*(row(f"第{n}类合格率", f"{90 + n % 3}%", "质量指标") for n in range(10))),
    ),
    ("C22", "the name over again", plan(row("系统正常运行率", "系统正常运行率(%)", "质量指标"))),
    ("C22", "out of a hundred", plan(row("配备达标情况", "配备达标情况，满分100分", "质量指标"))),
]

RIGHT: list[tuple[str, str, Report]] = [
    (
        "A04",
        "an evaluation fills its card with its own rows",
        small_report(row("立项依据", "充分", actual="充分", weight="100")).model_copy(
            update={"kind": ReportKind.EVALUATION}
        ),
    ),
    ("A04", "a plan has no weights yet", plan(row("场次", "≥6场"))),
    ("I08", "a plan has no results yet", plan(row("场次", "≥6场"))),
    ("C16", "a plan has no reasons yet", plan(row("场次", "≥6场", weight="90"))),
    (
        "A08",
        "words of a tier are no formula",
        small_report(
            row("机制", "健全", actual="部分达成", weight="10", score="7.5", deviation_reason="汛期")
        ),
    ),
    (
        "A08",
        "a tier behind a count",
        small_report(
            row(
                "覆盖",
                "14个乡镇",
                actual="12个乡镇，部分达成",
                weight="8",
                score="5.6",
                deviation_reason="汛期",
            )
        ),
    ),
    (
        "A08",
        "a late day may cost more than the default",
        small_report(
            row(
                "验收时间",
                "2024年6月底前",
                "时效指标",
                actual="2024年9月",
                weight="8",
                score="3.2",
                deviation_reason="汛期",
            )
        ),
    ),
    (
        "A20",
        "a pack that leaves the split free",
        small_report(
            row("推文", "≥6篇", weight="30"), row("影响", "≥3件", "社会效益指标", weight="60")
        ).model_copy(update={"rules": "guangzhou"}),
    ),
    (
        "C07",
        "rows of the evaluation framework",
        small_report(row("立项", "充分", "项目立项", category="决策")),
    ),
    (
        "C08",
        "paying subsidies in time is what they are for",
        plan(row("补贴资金发放及时率", "≥98%", "时效指标")),
    ),
    ("C09", "a rate per ten thousand", plan(row("孕产妇死亡率", "≤15/10万", "质量指标"))),
    ("C09", "the unit stands in the name", plan(row("服务对象满意度（%）", "≥95", "服务对象满意度指标"))),
    ("C09", "points of satisfaction", plan(row("服务对象满意度", "≥4.5分", "服务对象满意度指标"))),
    ("C13", "a year of three years' work", plan(row("场次", "≥6场", cycle_target="≥18场"))),
    (
        "C13",
        "words for the year and for the period",
        plan(row("机制", "印发办法", "可持续影响指标", cycle_target="建立机制")),
    ),
    (
        "C21",
        "percentages with their operators",
        plan(*(row(f"第{n}类合格率", f"≥{90 + n % 3}%", "质量指标") for n in range(10))),
    ),
    ("C22", "words that are their own standard", plan(row("机制健全", "机制健全", "可持续影响指标"))),
]


@pytest.mark.parametrize(
    ("rule", "report"),
    [(rule, report) for rule, _, report in SHAPES],
    ids=[f"{rule} {why}" for rule, why, _ in SHAPES],
)
def test_another_shape_of_the_fault_is_found(rule: str, report: Report) -> None:
    assert rule in rules(report)


@pytest.mark.parametrize(
    ("rule", "report"),
    [(rule, report) for rule, _, report in RIGHT],
    ids=[f"{rule} {why}" for rule, why, _ in RIGHT],
)
def test_what_is_right_raises_nothing(rule: str, report: Report) -> None:
    assert rule not in rules(report)


def test_the_interval_of_a_tier_is_that_of_the_rule_pack() -> None:
    """A pack whose tier B ends at 75 % refuses 7.6 of 10."""
    report = small_report(row("机制", "健全", actual="部分达成", tier="B", weight="10", score="7.6"))
    card = scored(report)
    tiers = {**card.bounds.tiers, Tier.B: (Decimal("0.6"), Decimal("0.75"))}
    stricter = card.model_copy(update={"bounds": card.bounds.model_copy(update={"tiers": tiers})})
    assert "A09" not in {one.rule for one in check_report(report, card)}
    assert "A09" in {one.rule for one in check_report(report, stricter)}


PLANTED = {"鹿鸣县文化广电和旅游局2022年": {"A12", "A18"}, "东屿市生态环境局2022年": {"A06", "A08"}}


@pytest.mark.parametrize("path", sorted((ROOT / "corpus").glob("*报告.*")), ids=lambda path: path.stem[:14])
def test_a_sound_report_raises_neither_error_nor_warning(path: Path) -> None:
    """16 of the 18 sample reports are sound; two have contradictions planted in them."""
    read = read_report(path)
    found = evaluate(read.report, rules_for(read.report, "", None), read.findings).findings
    loud = {one.rule for one in found if one.severity is not Severity.INFO}
    assert loud == next((rules for name, rules in PLANTED.items() if path.name.startswith(name)), set())


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
