"""What a form prints beside its data: sums between the rows, the grade, the period, rates of small amounts."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.domain.finding import Finding
from assistant.intake.periods import check_period
from assistant.intake.reading import Intake, read_report
from assistant.pipeline import evaluate, rules_for

FORM = """项目支出绩效自评表
（2024年度）
项目名称\t协商平台经费
主管部门\t云溪市政协办公室\t实施单位\t云溪市政协办公室
项目资金（万元）\t\t年初预算数\t全年预算数\t全年执行数\t分值\t执行率\t得分
\t年度资金总额\t1.23\t1.23\t1.11\t10\t90.31%\t9.03
一级指标\t二级指标\t三级指标\t年度指标值\t实际完成值\t分值\t得分\t偏差原因分析及改进措施
产出指标\t数量指标\t协商活动场次\t≥10场\t10场\t30\t30
产出指标\t质量指标\t意见采纳率\t≥80%\t86%\t20\t20
产出小计\t\t\t\t\t50\t50
效益指标\t社会效益指标\t成果转化件数\t≥3件\t3件\t30\t30
满意度指标\t服务对象满意度指标\t委员满意度\t≥90%\t91%\t10\t10
总分\t\t\t\t\t100\t99.03
评价等级\t优
"""


def read(folder: Path, *changes: tuple[str, str]) -> Intake:
    text = FORM
    for old, new in changes:
        assert old in text
        text = text.replace(old, new)
    (folder / "form.txt").write_text(text, "utf-8")
    return read_report(folder / "form.txt")


def found(folder: Path, *changes: tuple[str, str]) -> dict[str, Finding]:
    """The findings by rule, form and report together."""
    intake = read(folder, *changes)
    rules = rules_for(intake.report, "", None)
    return {one.rule: one for one in evaluate(intake.report, rules, intake.findings).findings}


def test_a_sound_form_raises_nothing(tmp_path: Path) -> None:
    """90.31 % is the rate of 1.2345 and 1.1149 万元, printed as 1.23 and 1.11 (§5.0)."""
    assert not {rule for rule in found(tmp_path) if rule[0] in "AC"}


def test_a_rate_that_no_rounding_explains_is_named(tmp_path: Path) -> None:
    """1.11 of 1.23 is at most 91.05 %."""
    assert "应为90.24%" in found(tmp_path, ("90.31%", "91.31%"))["A02"].message


def test_a_row_of_sums_is_no_indicator(tmp_path: Path) -> None:
    """产出小计 stands between the rows."""
    assert [row.weight for row in read(tmp_path).report.projects[0].indicators] == [30, 20, 30, 10]


@pytest.mark.parametrize(
    ("change", "rule"), [(("\t50\t50", "\t55\t50"), "A05"), (("\t50\t50", "\t50\t48"), "A07")]
)
def test_a_sum_that_its_rows_do_not_give_is_named(tmp_path: Path, change: tuple[str, str], rule: str) -> None:
    """30 + 20 = 50 in both columns."""
    assert "产出小计" in found(tmp_path, change)[rule].message


def test_a_stated_grade_is_read_and_held_against_the_total(tmp_path: Path) -> None:
    """99.03 is 优."""
    assert read(tmp_path).report.projects[0].self_grade == "优"
    assert found(tmp_path, ("评价等级\t优", "评价等级\t良"))["A10"].expected == "优"


def test_a_blank_department_is_named_with_its_cell(tmp_path: Path) -> None:
    """C05 where the label stands and nothing beside it."""
    said = found(tmp_path, ("主管部门\t云溪市政协办公室", "主管部门\t"))["C05"]
    assert "A4" in said.message and "主管部门" in said.message


def test_the_same_supposition_is_said_once_with_all_its_cells(tmp_path: Path) -> None:
    """Two rows without their category."""
    intake = read(tmp_path, ("产出指标\t质量指标", "\t质量指标"), ("满意度指标\t服务对象", "\t服务对象"))
    said = [one.message for one in intake.findings if "空白，按上一行的“产出指标”" in one.message]
    assert len(said) == 1


@pytest.mark.parametrize(
    ("period", "right"),
    [
        ("2023年1月—2024年12月", True),
        ("2024.01-2024.12", True),
        ("2022-2024年", True),
        ("2024年1月1日至2024年12月31日", True),
        ("长期", True),
        ("2024年12月—2024年1月", False),
        ("2021年—2023年", False),
        ("2025年1月至2026年6月", False),
    ],
)
def test_a_period_holds_the_year_and_ends_after_it_starts(period: str, right: bool) -> None:
    """C15 for the report on 2024."""
    assert (check_period(period, 2024, "表") == []) is right
