"""The workbook that is written is the report: read back equal, computed by its own formulas, never half there."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest
from conftest import missing
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from assistant.domain.evidence import Evidence
from assistant.domain.indicator import Indicator, Tier
from assistant.domain.report import (
    Adjustment,
    Funding,
    Goal,
    LineItem,
    Milestone,
    OtherFigure,
    Project,
    Report,
    ReportKind,
    Stage,
    Task,
    Unit,
)
from assistant.errors import OutputError
from assistant.export.form import write_form
from assistant.export.form_scores import score_formula
from assistant.intake.contract import report_from_json, report_to_json
from assistant.intake.reading import read_report
from assistant.office import convert, find_soffice
from assistant.scoring.cards import score_report
from assistant.scoring.rules import load_rules

ROOT = Path(__file__).resolve().parent.parent
CASES = Path(__file__).parent / "cases"
SAMPLE = ROOT / "corpus" / "sources" / "self_evaluation.json"

WORDS = st.sampled_from(
    [
        "协商平台经费",
        "≥6场",
        "=100%",
        "92.40%",
        "满意度 95%",
        "“有事好商量”",
        "第一行\n第二行",
        "A/B：*?[x]",
        "2024年6月底前",
        "无",
    ]
)
TEXT = st.one_of(st.just(""), WORDS)
AMOUNT = st.one_of(
    st.none(), st.decimals(min_value=0, max_value=99999, places=2), st.integers(0, 500).map(Decimal)
)
FUNDS = st.builds(
    Funding,
    source=st.sampled_from(["财政拨款", "上年结转", "其他资金"]),
    initial_budget=AMOUNT,
    annual_budget=st.decimals(min_value=0, max_value=99999, places=3),
    expenditure=AMOUNT,
    level=st.sampled_from(["", "市本级"]),
)
ROWS = st.builds(
    Indicator,
    category=st.sampled_from(["", "产出指标", "效益指标"]),
    dimension=st.sampled_from(["", "数量指标", "政治效益指标"]),
    name=WORDS,
    cycle_target=TEXT,
    annual_target=TEXT,
    actual=TEXT,
    tier=st.one_of(st.none(), st.sampled_from(list(Tier))),
    weight=AMOUNT,
    score=AMOUNT,
    deviation_reason=TEXT,
    measures=TEXT,
    code=TEXT,
    review_score=AMOUNT,
    deduction=AMOUNT,
    evidence=st.lists(
        st.builds(Evidence, file=st.just("验收单.pdf"), page=st.sampled_from(["", "3"])), max_size=2
    ).map(tuple),
)
PROJECTS = st.builds(
    Project,
    name=TEXT,
    code=TEXT,
    confidential=st.booleans(),
    supervising_department=TEXT,
    implementing_unit=TEXT,
    funding=st.lists(FUNDS, max_size=2).map(tuple),
    line_items=st.lists(st.builds(LineItem, name=WORDS, quantity=AMOUNT, unit=TEXT, budget=AMOUNT), max_size=2).map(tuple),
    goal=st.builds(Goal, expected=TEXT, achieved=TEXT),
    indicators=st.lists(ROWS, max_size=3).map(tuple),
    tasks=st.lists(st.builds(Task, name=WORDS, budget=AMOUNT), max_size=1).map(tuple),
    milestones=st.lists(st.builds(Milestone, year=st.just(2025), content=WORDS), max_size=1).map(tuple),
    adjustments=st.lists(st.builds(Adjustment, amount=st.just(Decimal("-7.50")), reason=TEXT), max_size=1).map(tuple),
    self_score=AMOUNT,
    notes=st.lists(WORDS, max_size=2).map(tuple),
)  # fmt: skip
LEAVES = st.builds(
    Unit,
    name=WORDS,
    projects=st.lists(PROJECTS, max_size=1).map(tuple),
    authorised_posts=AMOUNT,
    staff=AMOUNT,
)
UNITS = st.builds(
    Unit,
    name=WORDS,
    units=st.lists(LEAVES, max_size=2).map(tuple),
    projects=st.lists(PROJECTS, max_size=1).map(tuple),
)
REPORTS = st.builds(
    Report,
    unit_name=WORDS,
    title=TEXT,
    year=st.just(2024),
    kind=st.sampled_from(list(ReportKind)),
    stage=st.sampled_from(list(Stage)),
    rules=st.sampled_from(["", "mof-2020"]),
    projects=st.lists(PROJECTS, max_size=3).map(tuple),
    units=st.lists(UNITS, max_size=2).map(tuple),
    tasks=st.lists(st.builds(Task, name=WORDS, content=TEXT, budget=AMOUNT, expenditure=AMOUNT, completion=TEXT), max_size=2).map(tuple),
    self_score=AMOUNT,
    other_figures=st.lists(st.builds(OtherFigure, name=WORDS, value=AMOUNT, unit=TEXT, year=st.just(2024)), max_size=2).map(tuple),
    notes=st.lists(WORDS, max_size=2).map(tuple),
)  # fmt: skip


@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(REPORTS, st.one_of(st.none(), REPORTS))
def test_a_report_survives_the_way_through_the_workbook(
    tmp_path_factory: pytest.TempPathFactory, report: Report, before: Report | None
) -> None:
    """Names, figures, texts and last year come back equal, whatever stands in the cells."""
    last_year = before.model_copy(update={"year": 2023, "last_year": None}) if before else None
    written = report.model_copy(update={"last_year": last_year})
    path = tmp_path_factory.mktemp("form") / "form.xlsx"
    write_form(written, path)
    assert read_report(path).report == written


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(REPORTS)
def test_a_report_survives_the_way_through_json(report: Report) -> None:
    """Units, milestones, adjustments, evidence, deductions: equal again, and no key is unknown."""
    assert report_from_json(report_to_json(report)) == (report, [])


def sample() -> Report:
    """The sample of the corpus where it is, otherwise the published figures."""
    path = SAMPLE if SAMPLE.exists() else CASES / "seed0.json"
    return report_from_json(path.read_text("utf-8"))[0]


def test_the_sample_comes_back_with_every_digit_as_written(tmp_path: Path) -> None:
    """186.50 stays 186.50, not 186.5, and nothing had to be supposed."""
    write_form(sample(), tmp_path / "form.xlsx")
    read = read_report(tmp_path / "form.xlsx")
    assert read.report.model_dump_json() == sample().model_dump_json()
    assert read.findings == ()


def test_the_blank_form_holds_the_printed_tree_and_no_figures(tmp_path: Path) -> None:
    """It reads back as an empty project without a finding."""
    write_form(None, tmp_path / "blank.xlsx")
    read = read_report(tmp_path / "blank.xlsx")
    assert (read.report.projects, read.findings) == ((Project(),), ())
    cells = [
        cell.value for row in load_workbook(tmp_path / "blank.xlsx")["项目1"].iter_rows() for cell in row
    ]
    assert {"年度资金总额", "其中：当年财政拨款", "产出指标", "可持续影响指标", "总分"} <= set(cells)


def test_computed_cells_are_formulas(tmp_path: Path) -> None:
    """年度资金总额, 执行率, 预算得分 and 总分 follow when a figure is changed."""
    write_form(sample(), tmp_path / "form.xlsx")
    sheet = load_workbook(tmp_path / "form.xlsx").worksheets[1]
    total = last_row(sheet)
    cells = [sheet[name].value for name in ("C6", "G6", "H6", f"F{total}", f"G{total}")]
    assert all(str(value).startswith("=") for value in cells)


def test_a_target_that_begins_with_an_equals_sign_stays_words(tmp_path: Path) -> None:
    """=100% is a target, not a formula."""
    row = Indicator(category="产出指标", name="合格率", annual_target="=100%", weight="90")
    write_form(Report(projects=(Project(name="甲", indicators=(row,)),)), tmp_path / "form.xlsx")
    cell = load_workbook(tmp_path / "form.xlsx")["甲"]["D11"]
    assert (cell.value, cell.data_type) == ("=100%", "s")


def test_the_form_prints_on_landscape_a4(tmp_path: Path) -> None:
    """One page wide."""
    write_form(sample(), tmp_path / "form.xlsx")
    page = load_workbook(tmp_path / "form.xlsx").worksheets[1].page_setup
    assert (page.orientation, int(page.paperSize), page.fitToWidth) == ("landscape", 9, 1)


def test_a_place_that_cannot_be_written_is_said_and_left_empty(tmp_path: Path) -> None:
    """No folder of that name."""
    with pytest.raises(OutputError):
        write_form(None, tmp_path / "没有" / "form.xlsx")
    assert list(tmp_path.iterdir()) == []


def test_nothing_but_the_form_is_left_in_the_folder(tmp_path: Path) -> None:
    """The draft beside it was moved into its place."""
    write_form(None, tmp_path / "form.xlsx")
    assert [path.name for path in tmp_path.iterdir()] == ["form.xlsx"]


def recalculated(path: Path, folder: Path) -> Workbook:
    """The workbook as LibreOffice computes it."""
    if find_soffice() is None:
        missing("LibreOffice")
    return load_workbook(convert(path, "xlsx", folder), data_only=True)


def total_of(sheet: Worksheet) -> tuple[Decimal, str]:
    """总分 and 评价等级 as computed."""
    row = last_row(sheet)
    return Decimal(str(round(float(str(sheet.cell(row, 7).value)), 2))), str(sheet.cell(row + 1, 6).value)


@pytest.mark.office
def test_libreoffice_finds_our_scores_to_the_cent(tmp_path: Path) -> None:
    """Rows left to be computed: every 得分, 总分 and 等级 of the sample by formula and by our scoring."""
    report = without_scores(sample())
    write_form(report, tmp_path / "form.xlsx")
    book = recalculated(tmp_path / "form.xlsx", tmp_path / "out")
    card = score_report(report, load_rules())
    for sheet, project, scored in zip(book.worksheets[1:], report.projects, card.projects, strict=False):
        judged = [
            row.score for row, given in zip(scored.rows, project.indicators, strict=True) if computable(given)
        ]
        column = [cell.value for cell in sheet["G"]]
        found = [
            Decimal(str(round(float(value), 2))) for value in column[10:] if isinstance(value, int | float)
        ]
        assert found[: len(judged)] == judged
        if len(judged) == len(project.indicators) and not project.confidential:
            assert total_of(sheet) == (scored.total_score, scored.grade.value)


def without_scores(report: Report) -> Report:
    """The report with every row left to be computed."""
    return report.model_copy(
        update={
            "projects": tuple(
                project.model_copy(
                    update={
                        "indicators": tuple(
                            row.model_copy(update={"score": None}) for row in project.indicators
                        )
                    }
                )
                for project in report.projects
            )
        }
    )


def computable(row: Indicator) -> bool:
    return bool(score_formula(row, 1, numbers="P,Q", tier="I", deduction=""))


@pytest.mark.office
def test_the_form_read_after_libreoffice_is_the_same_report(tmp_path: Path) -> None:
    """Scores that formulas computed are not taken for scores that the writer gave."""
    report = without_scores(sample())
    write_form(report, tmp_path / "form.xlsx")
    again = read_report(convert_or_skip(tmp_path / "form.xlsx", tmp_path / "out"))
    assert again.report.projects == report.projects


def convert_or_skip(path: Path, folder: Path) -> Path:
    if find_soffice() is None:
        missing("LibreOffice")
    return convert(path, "xlsx", folder)


@pytest.mark.office
def test_a_departments_form_computes_rates_and_counts_its_units(tmp_path: Path) -> None:
    """50/80 = 62.5 % of a task; two subordinate units; the unit's name from 填报信息."""
    write_form(DEPARTMENT, tmp_path / "form.xlsx")
    sheet = recalculated(tmp_path / "form.xlsx", tmp_path / "out")["部门整体支出"]
    cells = {str(cell.value): cell for row in sheet.iter_rows() for cell in row if cell.value is not None}
    task = cells["平台建设"]
    assert sheet.cell(task.row, 6).value == 0.625
    assert (sheet["B5"].value, sheet["F5"].value) == ("甲市某局", 2)


def last_row(sheet: Worksheet) -> int:
    """The row of 总分."""
    rows = sheet.iter_rows(min_col=1, max_col=1)
    return next(row[0].row for row in rows if row[0].value == "总分")


DEPARTMENT = Report(
    unit_name="甲市某局",
    title="部门整体支出",
    year=2024,
    kind=ReportKind.DEPARTMENT,
    projects=(
        Project(
            name="部门整体支出",
            funding=(
                Funding(source="基本支出", initial_budget="100", annual_budget="100", expenditure="90"),
                Funding(source="项目支出", initial_budget="80", annual_budget="80", expenditure="50"),
            ),
            indicators=(
                Indicator(category="产出指标", dimension="数量指标", name="场次", annual_target="≥6场"),
            ),
        ),
    ),
    tasks=(Task(name="平台建设", content="二期", budget="80", expenditure="50", completion="验收"),),
    units=(Unit(name="信息中心", staff="8"), Unit(name="服务中心", units=(Unit(name="一分部"),))),
)


def test_a_departments_form_has_its_own_title_and_task_block(tmp_path: Path) -> None:
    """§3.2: 部门整体支出绩效自评表 with 年度重点任务; it reads back equal."""
    write_form(DEPARTMENT, tmp_path / "form.xlsx")
    sheet = load_workbook(tmp_path / "form.xlsx")["部门整体支出"]
    words = {cell.value for row in sheet.iter_rows() for cell in row}
    assert {"部门整体支出绩效自评表", "年度重点任务", "任务名称", "下属单位数", "评价等级"} <= words
    assert read_report(tmp_path / "form.xlsx").report == DEPARTMENT


def test_the_blank_form_of_a_department_names_both_kinds_of_spending(tmp_path: Path) -> None:
    """基本支出 and 项目支出 instead of the sources of a project."""
    write_form(None, tmp_path / "blank.xlsx", ReportKind.DEPARTMENT)
    sheet = load_workbook(tmp_path / "blank.xlsx")["部门整体支出"]
    words = {cell.value for row in sheet.iter_rows() for cell in row}
    assert {"其中：基本支出", "项目支出", "部门整体支出绩效自评表"} <= words


def test_units_keep_their_tree_and_their_projects(tmp_path: Path) -> None:
    """Unit, subordinate unit, project: three levels come back as they were."""
    project = Project(name="运维经费", funding=(Funding(annual_budget="7.00"),))
    units = (
        Unit(name="中心", units=(Unit(name="分中心", projects=(project,)),)),
        Unit(name="学校", projects=(project,)),
    )
    report = Report(unit_name="甲局", year=2024, projects=(Project(name="总项目"),), units=units)
    write_form(report, tmp_path / "form.xlsx")
    assert read_report(tmp_path / "form.xlsx").report.units == units


def test_computed_cells_are_locked_and_others_are_not(tmp_path: Path) -> None:
    """年度资金总额 cannot be typed over; the amount of a source can."""
    write_form(sample(), tmp_path / "form.xlsx")
    sheet = load_workbook(tmp_path / "form.xlsx").worksheets[1]
    assert sheet.protection.sheet
    assert (sheet["D6"].protection.locked, sheet["D7"].protection.locked) == (True, False)


def test_words_of_a_code_are_chosen_from_a_list(tmp_path: Path) -> None:
    """定性档次 A, B, C; 一级指标 the four of the tree."""
    write_form(sample(), tmp_path / "form.xlsx")
    sheet = load_workbook(tmp_path / "form.xlsx").worksheets[1]
    lists = {rule.formula1 for rule in sheet.data_validations.dataValidation}
    assert {'"A,B,C"', '"产出指标,效益指标,满意度指标,成本指标"'} <= lists


def test_the_header_of_the_indicators_is_printed_on_every_page(tmp_path: Path) -> None:
    """A long form stays readable on paper."""
    write_form(sample(), tmp_path / "form.xlsx")
    sheet = load_workbook(tmp_path / "form.xlsx").worksheets[1]
    row = next(row[0].row for row in sheet.iter_rows(min_col=1, max_col=1) if row[0].value == "一级指标")
    assert sheet.print_title_rows in (f"{row}:{row}", f"${row}:${row}")
