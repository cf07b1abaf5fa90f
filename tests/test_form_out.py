"""The workbook that is written is the report: read back equal, computed by its own formulas, never half there."""

from __future__ import annotations

import subprocess
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

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
)
from assistant.errors import OutputError
from assistant.export.form import write_form
from assistant.intake.contract import report_from_json
from assistant.intake.reading import read_report

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
    notes=st.lists(WORDS, max_size=2).map(tuple),
)  # fmt: skip
REPORTS = st.builds(
    Report,
    unit_name=WORDS,
    title=TEXT,
    year=st.just(2024),
    kind=st.sampled_from(list(ReportKind)),
    stage=st.sampled_from(list(Stage)),
    rules=st.sampled_from(["", "mof-2020"]),
    projects=st.lists(PROJECTS, max_size=3).map(tuple),
    other_figures=st.lists(st.builds(OtherFigure, name=WORDS, value=AMOUNT, unit=TEXT, year=st.just(2024)), max_size=2).map(tuple),
    notes=st.lists(WORDS, max_size=2).map(tuple),
)  # fmt: skip


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
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
    total = sheet.max_row
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


@pytest.mark.office
def test_the_formulas_compute_what_the_scorecard_says(tmp_path: Path) -> None:
    """LibreOffice recalculates 总分 of the published report: 3 × 100, and 252.36 万元 in the first."""
    from shutil import which

    soffice = which("soffice")
    if soffice is None:
        pytest.skip("没有 LibreOffice：跳过对活公式的检验")
    report = report_from_json((CASES / "seed0.json").read_text("utf-8"))[0]
    given_scores = tuple(
        project.model_copy(
            update={
                "indicators": tuple(
                    row.model_copy(update={"score": row.weight}) for row in project.indicators
                )
            }
        )
        for project in report.projects
    )
    write_form(report.model_copy(update={"projects": given_scores}), tmp_path / "form.xlsx")
    out = tmp_path / "out"
    profile = f"-env:UserInstallation=file://{tmp_path / 'profile'}"
    command = [
        soffice,
        profile,
        "--headless",
        "--convert-to",
        "xlsx",
        "--outdir",
        str(out),
        str(tmp_path / "form.xlsx"),
    ]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    sheets = load_workbook(out / "form.xlsx", data_only=True).worksheets[1:4]
    totals = [sheet.cell(row=last_row(sheet), column=7).value for sheet in sheets]
    assert (totals, sheets[0]["C6"].value) == ([100, 100, 100], 252.36)


def last_row(sheet: object) -> int:
    """The row of 总分."""
    rows = sheet.iter_rows(min_col=1, max_col=1)  # type: ignore[attr-defined]
    return next(row[0].row for row in rows if row[0].value == "总分")
