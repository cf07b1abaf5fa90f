"""绩效目标申报表 in the layouts of 财预〔2015〕82号 are read as plans, and forms without a column for 分值 still have it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from openpyxl import Workbook

from assistant.domain.report import ReportKind, Stage
from assistant.intake.reading import Intake, read_report
from assistant.pipeline import evaluate, rules_for

PROJECT: list[list[Any]] = [
    ["项目支出绩效目标申报表"],
    ["（2025年度）"],
    ["项目名称", "档案数字化项目"],
    ["主管部门及代码", "云溪市档案局", None, None, "实施单位", "云溪市档案馆"],
    ["项目资金（万元）", "实施期资金总额：", 500, None, "年度资金总额：", 300],
    [None, "其中：财政拨款", 480, None, "其中：财政拨款", 280],
    [None, "其他资金", 20, None, "其他资金", 20],
    ["总体目标", "实施期目标", None, None, "年度目标"],
    [None, "全部完成。", None, None, "完成一期。"],
    ["一级指标", "二级指标", "三级指标", "指标值", "二级指标", "三级指标", "指标值"],
    ["产出指标", "数量指标", "加工页数", "≥300万页", "数量指标", "加工页数", "≥120万页"],
    ["效益指标", "社会效益指标", "办结率", "≥95%", "社会效益指标", "办结率", "≥95%"],
    ["满意度指标", "服务对象满意度指标", "查档满意度", "≥90%", "服务对象满意度指标", "查档满意度", "≥90%"],
]
DEPARTMENT: list[list[Any]] = [
    ["部门整体支出绩效目标申报表"],
    ["（2025年度）"],
    ["部门（单位）名称", "云溪市档案局"],
    ["年度主要任务", "任务名称", "主要内容", "预算金额（万元）"],
    [None, None, None, "总额", "财政拨款", "其他资金"],
    [None, "档案数字化", "加工120万页", 300, 300, 0],
    [None, "日常保障", "机关运行", 200, 200, 0],
    [None, "金额合计", None, 500, 500, 0],
    ["年度总体目标", "完成加工。"],
    ["年度绩效指标", "一级指标", "二级指标", "三级指标", "指标值"],
    [None, "产出指标", "数量指标", "加工页数", "≥120万页"],
    [None, "效益指标", "经济效益指标", "节约查档费用", "≥20万元"],
    [None, "满意度指标", "服务对象满意度指标", "查档满意度", "≥90%"],
]
WITHOUT_WEIGHTS: list[list[Any]] = [
    ["2023年度档案项目自评表"],
    ["单位名称：云溪市档案馆"],
    ["项目名称", "档案保护项目"],
    ["预算执行情况（万元）", None, "预算数（A）", "执行数（B）", "执行率（B/A）", "得分"],
    [None, "年度资金总额", 80, 78, "97.5%", 19.5],
    ["一级指标", "二级指标", "三级指标", "年初目标值（A）", "实际完成值（B）", "得分"],
    ["产出指标（40分）", "数量指标（40分）", "修复页数", "≥3000页", "3100页", 20],
    ["产出指标（40分）", "数量指标（40分）", "修复册数", "≥30册", "31册", 20],
    ["效益指标（30分）", "社会效益指标", "抢救率", "≥90%", "92%", 30],
    ["满意度指标（10分）", "服务对象满意度指标", "利用者满意度", "≥90%", "95%", 10],
    ["总分", None, None, None, None, 99.5],
]


def read(folder: Path, rows: list[list[Any]]) -> Intake:
    book = Workbook()
    for row in rows:
        book.worksheets[0].append(row)
    book.save(folder / "form.xlsx")
    return read_report(folder / "form.xlsx")


def loud(intake: Intake) -> set[str]:
    """The rules that fire louder than a remark."""
    found = evaluate(intake.report, rules_for(intake.report, "", None), intake.findings).findings
    return {one.rule for one in found if one.severity != "info"}


def test_a_project_plan_is_a_plan_with_the_money_of_its_year(tmp_path: Path) -> None:
    """300 = 280 + 20 of this year, not the 500 of the whole period."""
    intake = read(tmp_path, PROJECT)
    [project] = intake.report.projects
    assert intake.report.stage is Stage.PLAN and intake.report.year == 2025
    assert [str(row.annual_budget) for row in project.funding] == ["280", "20"]
    assert project.goal.expected == "完成一期。"
    assert loud(intake) == set()


def test_the_rows_of_the_whole_period_are_the_cycle_targets(tmp_path: Path) -> None:
    """指标值 stands twice: left for the period, right for the year."""
    rows = read(tmp_path, PROJECT).report.projects[0].indicators
    assert [(row.cycle_target, row.annual_target) for row in rows][0] == ("≥300万页", "≥120万页")


def test_a_plan_whose_sources_do_not_add_up_is_named(tmp_path: Path) -> None:
    """280 + 10 is not 300 (A01)."""
    wrong = [
        [10 if n == 5 and row[4:5] == ["其他资金"] else cell for n, cell in enumerate(row)] for row in PROJECT
    ]
    assert loud(read(tmp_path, wrong)) == {"A01"}


def test_the_plan_of_a_department_has_its_tasks_and_their_sum(tmp_path: Path) -> None:
    """300 + 200 = 500; the unit stands beside its label."""
    intake = read(tmp_path, DEPARTMENT)
    report = intake.report
    assert (report.unit_name, report.kind, report.stage) == (
        "云溪市档案局",
        ReportKind.DEPARTMENT,
        Stage.PLAN,
    )
    assert [str(task.budget) for task in report.tasks] == ["300", "200"]
    assert str(report.total("annual_budget")) == "500"
    assert loud(intake) == set()


def test_tasks_that_do_not_add_up_are_named(tmp_path: Path) -> None:
    """300 + 200 is not 510 (A12)."""
    wrong = [[510 if cell == 500 else cell for cell in row] for row in DEPARTMENT]
    assert loud(read(tmp_path, wrong)) == {"A12"}


def test_weights_behind_the_headings_are_those_of_the_rows(tmp_path: Path) -> None:
    """40 for two rows is 20 each; the supposition is said."""
    intake = read(tmp_path, WITHOUT_WEIGHTS)
    assert [row.weight for row in intake.report.projects[0].indicators] == [20, 20, 30, 10]
    assert intake.report.unit_name == "云溪市档案馆"
    assert any("没有分值栏" in found.message for found in intake.findings)
