"""Ten published forms, values only: each contradiction is named, correct rounding raises nothing (domain §7.7)."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from openpyxl import Workbook

from assistant.pipeline import Evaluation, evaluate, read_figures
from assistant.scoring.rules import load_rules

FORMS = tomllib.loads((Path(__file__).parent / "cases" / "published_forms.toml").read_text("utf-8"))["form"]
NAMES = [form["name"] for form in FORMS]
_FUNDS = ["年初预算数", "全年预算数", "全年执行数", "分值", "执行率", "得分"]
_ROWS = [
    "一级指标",
    "二级指标",
    "三级指标",
    "年度指标值",
    "实际完成值",
    "分值",
    "得分",
    "偏差原因分析及改进措施",
]


def number(text: str) -> object:
    return float(text) if text.replace(".", "", 1).isdigit() else (text or None)


def workbook(form: dict[str, Any]) -> Workbook:
    """The official layout filled with the published values."""
    book = Workbook()
    sheet = book.worksheets[0]
    unit = "元" if form.get("yuan") else "万元"
    sheet.append(["项目支出绩效自评表"])
    sheet.append([f"（20{form['name'].split('20')[1][:2]}年度）"])
    sheet.append(["项目名称", form["name"]])
    sheet.append([f"项目资金（{unit}）", None, *_FUNDS])
    initial, annual, spent, rate, score = form["printed"]
    sheet.append([None, "年度资金总额", number(initial), number(annual), number(spent), number(form.get("weight", "10")), rate, number(score)])  # fmt: skip
    for source, *amounts in form["funds"]:
        sheet.append([None, f"其中：{source}", *(number(amount) for amount in amounts), "—", None, "—"])
    sheet.append(_ROWS)
    first = sheet.max_row + 1
    for row in form["rows"]:
        sheet.append([*row[:5], number(row[5]), number(row[6]), row[7]])
    if form.get("shared"):
        sheet.merge_cells(f"F{first}:F{first + 1}")
    sheet.append(["总分", None, None, None, None, 100, number(form["total"])])
    if "items" in form:
        side = book.create_sheet("明细")
        side.append(["名称", "预算（万元）", "支出（万元）"])
        for name, budget, spent in form["items"]:
            side.append([name, number(budget), number(spent)])
    return book


@cache
def evaluated(position: int) -> Evaluation:
    form = FORMS[position]
    with TemporaryDirectory() as folder:
        path = Path(folder) / "form.xlsx"
        workbook(form).save(path)
        read = read_figures(str(path), lambda: "")
    return evaluate(read.report, load_rules(form.get("rules", "mof-2020")), read.findings)


def fired(position: int) -> set[str]:
    return {found.rule for found in evaluated(position).findings}


@pytest.mark.parametrize("position", range(len(FORMS)), ids=NAMES)
def test_the_contradictions_of_a_published_form_are_named(position: int) -> None:
    """Every rule of the verdict fires."""
    assert set(FORMS[position]["fires"]) <= fired(position)


@pytest.mark.parametrize("position", range(len(FORMS)), ids=NAMES)
def test_what_a_published_form_has_right_raises_nothing(position: int) -> None:
    """Rounded rates and scores, sums that hold."""
    assert not set(FORMS[position]["silent"]) & fired(position)


def test_there_are_ten_of_them() -> None:
    assert len(FORMS) == 10


def test_the_true_rate_behind_a_total_row_of_zero_is_computed() -> None:
    """89.974 of 90 is 99.97 %, whatever the total row prints."""
    assert str(evaluated(1).scorecard.projects[0].execution.rate) == "99.97"


def test_money_in_yuan_comes_out_in_wan() -> None:
    """7,800,000 − 4,573,732.68 = 3,226,267.32 元."""
    report = evaluated(7).report
    assert str(report.total("annual_budget") - report.total("expenditure")) == "322.626732"
