"""What the two published plans have wrong is named by rule (domain §7.4, §7.5), and a clean plan raises nothing."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest

from assistant.domain.finding import Finding, Severity
from assistant.intake.reading import read_report
from assistant.pipeline import evaluate, rules_for
from assistant.proof.form_checks import check_subordinate_units
from assistant.scoring.cards import score_report
from assistant.scoring.rules import load_rules


@cache
def findings(path: Path) -> tuple[Finding, ...]:
    read = read_report(path)
    return evaluate(read.report, rules_for(read.report, "", None), read.findings).findings


def messages(path: Path, rule: str) -> list[str]:
    return [found.message for found in findings(path) if found.rule == rule]


def plan(seeds: Path, number: int) -> Path:
    return next(seeds.glob(f"{number:03}*"))


@pytest.mark.parametrize(
    ("number", "rule", "words"),
    [
        (3, "C05", "财政供养人员数"),
        (3, "C05", "有4个的实施周期指标值未填"),
        (3, "C20", "事业事业发展性支出"),
        (3, "C01", "没有写年度"),
        (3, "C13", "“一年”是期限"),
        (3, "C11", "按时制作播出电视节目"),
        (3, "I04", "分页断开"),
        (3, "A15", "41.3%，其余2242.80万元"),
        (3, "C08", "提案质量、提案办理质量良好"),
        (3, "C10", "14个指标中只有5个"),
        (3, "C12", "没有成本指标、经济效益指标和生态效益指标"),
        (3, "C20", "参政议政工作职能"),
        (4, "C01", "2023-2024年"),
        (4, "C08", "项目质量合格率"),
        (4, "C08", "资金支出合规率"),
        (4, "C09", "调研次数"),
        (4, "C09", "面积"),
        (4, "C08", "资金支付及时率"),
        (4, "C08", "资金支出进度"),
        (4, "C08", "党支部覆盖率"),
        (4, "C08", "系统使用情况"),
        (4, "C08", "安全事故率"),
        (4, "C09", "98”没有百分号"),
        (4, "C09", "“0事故”不是百分比"),
        (4, "C09", "投稿量"),
        (4, "C09", "征订"),
        (4, "C11", "物管覆盖率"),
        (4, "C12", "(装修改造工程)”没有成本指标"),
        (4, "C12", "(布展)”没有成本指标"),
        (4, "C12", "“购置经费”没有成本指标"),
        (4, "C13", "合同验收完成后3个月"),
        (4, "C13", "召开政协全会1次、常委会>2次"),
        (4, "C12", "12个没有效益指标、8个没有满意度指标、21个没有成本指标"),
        (4, "C18", "TZMMZX"),
        (4, "C21", "68个指标中有22个"),
        (4, "C22", "得100分"),
        (4, "C22", "满分100分"),
        (4, "C22", "重复了指标名称"),
        (4, "I04", "标点混用"),
        (4, "I04", "按保密项目读入"),
    ],
)
def test_a_published_fault_is_named(seeds: Path, number: int, rule: str, words: str) -> None:
    """The rule fires on the row or cell that has the fault."""
    assert any(words in message for message in messages(plan(seeds, number), rule))


def test_cycle_and_annual_targets_differ_in_twenty_rows(seeds: Path) -> None:
    """20 of 68 by hand count; one of them is the same bound in other words, which is only a remark."""
    found = [item for item in findings(plan(seeds, 4)) if item.rule == "C13"]
    assert len(found) == 20
    assert [item.severity for item in found].count(Severity.INFO) == 1


def test_twelve_projects_have_no_benefit(seeds: Path) -> None:
    """12 of the 21; the 保密 one is left alone."""
    assert len([text for text in messages(plan(seeds, 4), "C12") if text.endswith("没有效益指标")]) == 12


@pytest.mark.parametrize("number", [3, 4])
def test_a_plan_is_not_asked_for_results_or_weights(seeds: Path, number: int) -> None:
    """Nothing was done yet: no missing score, weight or reason."""
    assert not {one.rule for one in findings(plan(seeds, number))} & {"I08", "A04", "A08", "C16"}


def test_the_units_listed_are_counted_against_those_stated(seeds: Path) -> None:
    """3 subordinate units in one plan, 2 listed in the other of the same body (C04)."""
    stated, listed = (read_report(plan(seeds, number)).report for number in (3, 4))
    joined = stated.model_copy(update={"units": listed.units})
    assert any(
        "填为3" in found.message
        for found in check_subordinate_units(joined, score_report(joined, load_rules()))
    )


def test_the_three_views_of_the_budget_agree(seeds: Path) -> None:
    """16,325.83 three ways, and 3,326 + 7 + 7 = 3,340: neither A13 nor A14."""
    assert not messages(plan(seeds, 3), "A13")
    assert not messages(plan(seeds, 4), "A14")


CLEAN = (
    "2024年项目支出绩效目标表\n部门名称：甲局\n"
    "项目名称（资金使用单位）\t总计\t财政拨款\t财政专户拨款\t其他资金\t绩效目标\t绩效指标\n"
    "合计\t10.00\t10.00\n甲局\t10.00\t10.00\n"
    "课题经费\t10.00\t10.00\t\t\t办好课题\t1、1-产出指标；11-数量指标；课题篇数；实施周期指标值:≥6篇；年度指标值:≥6篇。"
    "2、2-效益指标；22-社会效益；建议采纳率；实施周期指标值:≥50%；年度指标值:≥50%。\n"
)


def test_a_clean_plan_raises_none_of_these(tmp_path: Path) -> None:
    """The near miss: year printed, targets alike, no word twice."""
    (tmp_path / "plan.txt").write_text(CLEAN, "utf-8")
    rules = {found.rule for found in findings(tmp_path / "plan.txt")}
    assert not rules & {"C01", "C08", "C09", "C11", "C13", "C20", "C21", "C22", "A13", "A14"}


def test_a_plan_with_another_cycle_unit_is_named(tmp_path: Path) -> None:
    """≥6篇 over the cycle, ≥50% in the year."""
    text = CLEAN.replace("实施周期指标值:≥50%", "实施周期指标值:≥6篇")
    (tmp_path / "plan.txt").write_text(text, "utf-8")
    assert any("单位不同" in message for message in messages(tmp_path / "plan.txt", "C13"))
