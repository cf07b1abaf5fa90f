"""Past reports become data: their sub-projects, money, indicators and totals, as printed, with every contradiction."""

from __future__ import annotations

import tomllib
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from assistant.domain.report import Project, Report
from assistant.export.form import write_form
from assistant.intake.contract import report_from_json
from assistant.intake.reading import Intake, read_report
from assistant.scoring.cards import score_report
from assistant.scoring.rules import load_rules

ROOT = Path(__file__).resolve().parent.parent
CASES = Path(__file__).parent / "cases"
EXPECTED = tomllib.loads((CASES / "past_reports.toml").read_text("utf-8"))["report"]
NAMES = [case["file"] for case in EXPECTED]


@cache
def read(name: str) -> Intake:
    return read_report(ROOT / "corpus" / name)


def each(what: str) -> pytest.MarkDecorator:
    return pytest.mark.parametrize("case", EXPECTED, ids=[f"{what}-{name[:14]}" for name in NAMES])


def total(report: Report, attribute: str) -> list[object]:
    """How many rows of that kind the report holds, and what they spent."""
    rows = [row for project in report.projects for row in getattr(project, attribute)]
    rows += list(getattr(report, attribute, ()))
    return [len(rows), sum((row.expenditure or Decimal(0) for row in rows), Decimal(0))]


def test_every_sample_report_has_its_expectation() -> None:
    """A report added to the corpus needs its line in the table."""
    assert sorted(NAMES) == sorted(path.name for path in (ROOT / "corpus").glob("*.*"))


@each("who")
def test_unit_year_kind_and_sub_projects_are_read(case: dict[str, Any]) -> None:
    """From title, list of sub-projects and the table by sub-project."""
    report = read(case["file"]).report
    assert (report.unit_name, report.year, report.kind.value) == (case["unit"], case["year"], case["kind"])
    assert [project.name for project in report.projects] == case["projects"]


@each("money")
def test_the_money_agrees_with_the_source(case: dict[str, Any]) -> None:
    """年初, 全年 and 执行 over all sub-projects and sources."""
    report = read(case["file"]).report
    found = [report.total(column) for column in ("initial_budget", "annual_budget", "expenditure")]
    assert found == [Decimal(amount) for amount in case["funding"]]
    assert sum(len(project.funding) for project in report.projects) == case["rows"]


@each("parts")
def test_tasks_and_line_items_agree_with_the_source(case: dict[str, Any]) -> None:
    """Their number and what they spent together."""
    report = read(case["file"]).report
    assert total(report, "tasks") == [case["tasks"][0], Decimal(case["tasks"][1])]
    assert total(report, "line_items") == [case["items"][0], Decimal(case["items"][1])]


@each("score")
def test_indicators_and_the_stated_total_agree_with_the_source(case: dict[str, Any]) -> None:
    """Number of rows, sum of weights, and the total that the text states."""
    report = read(case["file"]).report
    rows = [row for project in report.projects for row in project.indicators]
    assert len(rows) == case["indicators"]
    assert sum((row.weight or Decimal(0) for row in rows), Decimal(0)) == Decimal(case["weights"])
    assert report.self_score == Decimal(case["score"])


@each("said")
def test_only_real_contradictions_are_said(case: dict[str, Any]) -> None:
    """The planted gap of 2.00 and the planted rate are found; a report without a fault raises nothing."""
    rules = {found.rule for found in read(case["file"]).findings} - {"I04"}
    assert rules == set(case["rules"])


def seed(folder: Path, number: int) -> Intake:
    return read_report(next(folder.glob(f"{number:03}*")))


def test_the_published_project_report_gives_its_sub_projects(seeds: Path) -> None:
    """252.36, 95 and 82.23 万元, spent whole; 100 points each; 17 indicators of 270 points."""
    report = seed(seeds, 0).report
    money = [(project.total("annual_budget"), project.total("expenditure")) for project in report.projects]
    assert money == [(Decimal(text), Decimal(text)) for text in ("252.36", "95", "82.23")]
    assert [project.self_score for project in report.projects] == [100, 100, 100]
    rows = [row for project in report.projects for row in project.indicators]
    assert (len(rows), sum(row.weight or 0 for row in rows), sum(row.score or 0 for row in rows)) == (
        17,
        270,
        270,
    )


def test_its_sentences_give_the_same_rows_as_the_transcript(seeds: Path) -> None:
    """Class, name, target, result and weight of all 17, against the table made by hand."""
    by_hand = report_from_json((CASES / "seed0.json").read_text("utf-8"))[0]
    assert tuples(seed(seeds, 0).report.projects) == tuples(by_hand.projects)


def tuples(projects: tuple[Project, ...]) -> list[tuple[object, ...]]:
    return [
        (project.name, row.category, row.dimension, row.name, row.annual_target, row.actual, row.weight)
        for project in projects
        for row in project.indicators
    ]


def test_its_line_items_make_up_the_budget(seeds: Path) -> None:
    """70 + 20 + 88.36 + 20 + 54 = 252.36; the first is 5 × 14."""
    items = seed(seeds, 0).report.projects[0].line_items
    assert [item.budget for item in items] == [70, 20, Decimal("88.36"), 20, 54]
    assert (items[0].quantity, items[0].unit, items[0].unit_price) == (5, "期", 14)


def test_the_report_read_from_sentences_scores_as_it_was_published(seeds: Path) -> None:
    """100, 100, 100 computed from targets and results alone."""
    report = seed(seeds, 0).report
    bare = report.model_copy(
        update={
            "projects": tuple(
                project.model_copy(
                    update={
                        "indicators": tuple(
                            row.model_copy(update={"score": None}) for row in project.indicators
                        )
                    }
                )
                for project in report.projects[:2]
            )
        }
    )
    assert [project.total_score for project in score_report(bare, load_rules()).projects] == [100, 100]


def test_the_published_department_report_gives_both_kinds_of_spending(seeds: Path) -> None:
    """基本支出 98.31 %, 项目支出 97.45 % by its own amounts."""
    rows = seed(seeds, 1).report.projects[0].funding
    assert [(row.source, row.annual_budget, row.expenditure) for row in rows] == [
        ("基本支出", Decimal("11703.88"), Decimal("11505.73")),
        ("项目支出", Decimal("3165.79"), Decimal("3085.13")),
    ]


def test_its_self_score_does_not_follow_from_its_claims(seeds: Path) -> None:
    """98.1 is stated; 90 for goals that are called complete and 9.81 for 98.12 % make 99.81."""
    found = [(f.observed, f.expected) for f in seed(seeds, 1).findings if f.rule == "A07"]
    assert found == [("98.1分", "99.81分")]


def test_its_hidden_budget_is_computed_and_said(seeds: Path) -> None:
    """The total budget is nowhere printed: 14,869.67 by its parts."""
    found = [f.message for f in seed(seeds, 1).findings if f.rule == "A02"]
    assert len(found) == 1
    assert "14869.67" in found[0]


def test_its_tasks_keep_their_printed_rates(seeds: Path) -> None:
    """99.63 %, 100 %, 100 % without amounts."""
    assert [task.completion for task in seed(seeds, 1).report.tasks] == ["99.63%", "100%", "100%"]


def test_the_published_evaluation_gives_money_indicators_and_steps(seeds: Path) -> None:
    """45.8 of 45.8, three indicators without weights, one step a year from 2022 to 2024."""
    report = seed(seeds, 2).report
    project = report.projects[0]
    assert (project.total("annual_budget"), project.total("expenditure")) == (
        Decimal("45.8"),
        Decimal("45.8"),
    )
    assert [(row.annual_target, row.actual, row.weight) for row in project.indicators] == [
        ("100%", "100%", None),
        ("95%", "100%", None),
        ("≥95%", "95%", None),
    ]
    assert [step.year for step in project.milestones] == [2022, 2023, 2024]
    assert report.self_score == 100


def written(folder: Path, *lines: str) -> Intake:
    path = folder / "报告.txt"
    path.write_text("\n".join(lines), "utf-8")
    return read_report(path)


OPENING = ("甲市水务局2023年清淤项目绩效自评报告", "一、基本情况", "（一）资金情况")
CLOSING = ("二、自评结论", "项目自评得分99.00分，等级为优，各项工作按计划推进，群众反映良好，资料齐全。")


def test_a_rate_that_its_amounts_do_not_give_is_said(tmp_path: Path) -> None:
    """186/200 is 93 %, not 98 %."""
    read = written(tmp_path, *OPENING, "全年预算数200.00万元，全年执行数186.00万元，执行率98.00%。", *CLOSING)
    assert [(f.observed, f.expected) for f in read.findings if f.rule == "A18"] == [("98.00%", "93.00%")]


def test_a_rate_that_is_merely_rounded_is_not(tmp_path: Path) -> None:
    """The near miss: 186.01/200 = 93.005 % may be printed 93.0 % or 93.01 %."""
    for shown in ("93.0%", "93.01%"):
        read = written(
            tmp_path, *OPENING, f"全年预算数200.00万元，全年执行数186.01万元，执行率{shown}。", *CLOSING
        )
        assert not [f for f in read.findings if f.rule == "A18"]


def test_money_of_a_measure_for_next_year_is_no_budget(tmp_path: Path) -> None:
    """Amounts under 改进措施 are plans."""
    read = written(
        tmp_path,
        *OPENING,
        "全年预算数200.00万元，全年执行数186.00万元。",
        *CLOSING,
        "三、改进措施",
        "（一）2024年全年预算300.00万元，支出290.00万元以内，力争把支出进度提前到三季度末，由财务科按月通报。",
    )
    assert read.report.total("annual_budget") == 200


def test_every_reading_of_a_sentence_names_its_paragraph(tmp_path: Path) -> None:
    """I04 with 正文第…段, so that a person can look it up."""
    read = written(
        tmp_path, *OPENING, "年初预算210.00万元，全年预算数200.00万元，全年执行数186.00万元。", *CLOSING
    )
    said = [f.message for f in read.findings if f.rule == "I04"]
    assert said
    assert all("正文第" in message for message in said)


def test_the_form_made_from_a_past_report_reads_back_equal(seeds: Path, tmp_path: Path) -> None:
    """Money, indicators and stated totals survive the way through the workbook."""
    for number in (0, 1, 2):
        report = seed(seeds, number).report
        write_form(report, tmp_path / "form.xlsx")
        assert read_report(tmp_path / "form.xlsx").report == report
