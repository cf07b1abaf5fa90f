"""Forms as people have them: official layouts, other header words, merged cells, contradictions, damage."""

from __future__ import annotations

from collections import Counter
from decimal import Decimal
from pathlib import Path
from tempfile import TemporaryDirectory

import docx
import pytest
from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from assistant.domain.indicator import Tier
from assistant.errors import DamagedFile, EmptyFile, FileMissing, UnsupportedFile
from assistant.intake.reading import Intake, read_report
from assistant.office import convert, find_soffice
from assistant.scoring.cards import score_report
from assistant.scoring.rules import load_rules

ROOT = Path(__file__).resolve().parent.parent

#: 池州市棠溪镇 委托业务费 2022 (published): total row 0/0/0, 财政拨款 90/89.974, total 90.
CHIZHOU = [
    ["项目支出绩效自评表"],
    ["（2022年度）"],
    ["项目名称", "委托业务费"],
    ["主管部门", "棠溪镇人民政府", None, None, "实施单位", "棠溪镇人民政府"],
    ["项目资金（万元）", None, "年初预算数", "全年预算数", "全年执行数", "分值", "执行率", "得分"],
    [None, "年度资金总额：", 0, 0, 0, 10, "0%", 0],
    [None, "其中：本年财政拨款", 90, 90, 89.974, "—", "99.97%", "—"],
    [None, "上年结转资金", None, None, None, "—", None, "—"],
    ["年度总体目标", "预期目标", None, None, "实际完成情况"],
    [None, "完成委托业务", None, None, "已完成"],
    [
        "一级指标",
        "二级指标",
        "三级指标",
        "年度指标值",
        "实际完成值",
        "分值",
        "得分",
        "偏差原因分析及改进措施",
    ],
    ["产出指标", "数量指标", "指标1：委托事项数", "≥8项", "8项", 8, 8],
    [None, None, "指标2：", None, None, None, None],
    [None, "质量指标", "验收合格率", "＝100%", "100%", 42, 42],
    ["效益指标", "社会效益指标", "服务能力提升", "明显", "明显", 30, 30],
    ["满意度指标", "服务对象满意度指标", "群众满意度", "≥95%", "96%", 10, 10],
    ["总分", None, None, None, None, 100, 90],
]


def fill(sheet: Worksheet, rows: list[list[object]]) -> None:
    for number, row in enumerate(rows, start=1):
        for column, value in enumerate(row, start=1):
            sheet.cell(number, column, value)


def saved(folder: Path, *sheets: tuple[str, list[list[object]], list[str]]) -> Path:
    """An .xlsx of sheets given as name, rows and merged ranges."""
    book = Workbook()
    book.remove(book.worksheets[0])
    for name, rows, merged in sheets:
        sheet = book.create_sheet(name)
        fill(sheet, rows)
        for area in merged:
            sheet.merge_cells(area)
    book.save(folder / "form.xlsx")
    return folder / "form.xlsx"


@pytest.fixture(scope="module")
def chizhou(tmp_path_factory: pytest.TempPathFactory) -> Intake:
    merged = ["A1:H1", "A2:H2", "B3:H3", "A5:A8", "A9:A10", "A12:A14", "B12:B13", "A17:E17"]
    return read_report(saved(tmp_path_factory.mktemp("chizhou"), ("Sheet1", CHIZHOU, merged)))


def test_a_plain_official_form_is_read_without_any_other_sheet(chizhou: Intake) -> None:
    """Unit, project and year come from the form itself."""
    report = chizhou.report
    assert (report.unit_name, report.title, report.year) == ("棠溪镇人民政府", "委托业务费", 2022)


def test_the_sources_are_read_and_blank_ones_left_out(chizhou: Intake) -> None:
    """其中： is no part of the name; a row without amounts is no source."""
    row = chizhou.report.projects[0].funding[0]
    assert (row.source, row.annual_budget, row.expenditure) == ("本年财政拨款", 90, Decimal("89.974"))
    assert len(chizhou.report.projects[0].funding) == 1


def test_indicators_under_merged_categories_know_their_category(chizhou: Intake) -> None:
    """产出指标 spans three rows, one of them blank."""
    rows = chizhou.report.projects[0].indicators
    assert [(row.category, row.dimension, row.name) for row in rows] == [
        ("产出指标", "数量指标", "委托事项数"),
        ("产出指标", "质量指标", "验收合格率"),
        ("效益指标", "社会效益指标", "服务能力提升"),
        ("满意度指标", "服务对象满意度指标", "群众满意度"),
    ]


def test_given_scores_are_read(chizhou: Intake) -> None:
    """8 + 42 + 30 + 10 as printed."""
    assert [row.score for row in chizhou.report.projects[0].indicators] == [8, 42, 30, 10]


def test_goals_are_read_below_their_headers(chizhou: Intake) -> None:
    """预期目标 and 实际完成情况 stand side by side."""
    goal = chizhou.report.projects[0].goal
    assert (goal.expected, goal.achieved) == ("完成委托业务", "已完成")


def test_a_total_of_zero_over_filled_sources_is_found(chizhou: Intake) -> None:
    """A01: the published form prints 0 where its source gives 90 (three columns)."""
    found = [(f.observed, f.expected) for f in chizhou.findings if f.rule == "A01"]
    assert found == [("0万元", "90万元"), ("0万元", "90万元"), ("0万元", "89.974万元")]


def test_the_sums_are_computed_from_the_sources(chizhou: Intake) -> None:
    """Not from the printed total."""
    assert chizhou.computed["funding_total"] == {
        "initial_budget": "90.00",
        "annual_budget": "90.00",
        "expenditure": "89.97",
    }


def test_what_was_supposed_is_said_with_its_cell(chizhou: Intake) -> None:
    """指标1： was taken off a name, the unit taken from 实施单位."""
    said = [found.message for found in chizhou.findings if found.rule == "I04"]
    assert any("C12" in message and "委托事项数" in message for message in said)
    assert any("单位名称" in message for message in said)


def variant(changes: dict[tuple[int, int], object]) -> list[list[object]]:
    """The form with some cells (row, column from 1) changed and its total row put right."""
    rows = [list(row) + [None] * (8 - len(row)) for row in CHIZHOU]
    rows[5] = [None, "年度资金总额", 90, 90, 89.974, 10, "99.97%", 10]
    rows[16][6] = 100
    for (row, column), value in changes.items():
        rows[row - 1][column - 1] = value
    return rows


def rules_of(folder: Path, changes: dict[tuple[int, int], object]) -> list[str]:
    merged = ["A5:A8", "A9:A10"]
    return [
        f.rule
        for f in read_report(saved(folder, ("表", variant(changes), merged))).findings
        if f.rule != "I04"
    ]


def test_a_form_whose_figures_agree_has_no_contradiction(tmp_path: Path) -> None:
    """The near miss of the cases below."""
    assert rules_of(tmp_path, {}) == []


@pytest.mark.parametrize(
    ("cell", "value", "rule"),
    [
        ((6, 4), 91, "A01"),
        ((7, 7), "98.97%", "A02"),
        ((6, 8), 11, "A03"),
        ((17, 7), 98, "A07"),
        ((12, 6), "八", "I02"),
        ((7, 4), "九十万", "I02"),
    ],
)
def test_one_wrong_cell_gives_one_finding(
    tmp_path: Path, cell: tuple[int, int], value: object, rule: str
) -> None:
    """The rule of the cell fires, with the cell in its message."""
    assert rule in rules_of(tmp_path, {cell: value})


def test_rounded_rates_raise_nothing(tmp_path: Path) -> None:
    """89.974/90 = 99.9711…% may be printed 100%, 99.97% or 99.971%."""
    assert rules_of(tmp_path, {(7, 7): "100%"}) == []
    assert rules_of(tmp_path, {(7, 7): "99.971%"}) == []


def test_other_words_of_headers_are_understood(tmp_path: Path) -> None:
    """调整后预算数, 执行数(B), 自评得分, 分值（权重）, 目标值 are seen in published forms."""
    words = {
        (5, 4): "调整后预算数",
        (5, 5): "执行数（B）",
        (11, 4): "目标值",
        (11, 6): "分值（权重）",
        (11, 7): "自评得分",
    }
    project = read_report(saved(tmp_path, ("表", variant(words), []))).report.projects[0]
    assert (project.funding[0].annual_budget, project.indicators[0].weight, project.indicators[0].score) == (
        90,
        8,
        8,
    )


def test_blank_categories_take_the_one_above_and_say_so(tmp_path: Path) -> None:
    """Without merging, a blank cell under 产出指标 is supposed to belong to it."""
    read = read_report(saved(tmp_path, ("表", variant({}), [])))
    assert read.report.projects[0].indicators[1].category == "产出指标"
    assert any("A14" in found.message for found in read.findings if found.rule == "I04")


def test_money_in_yuan_is_converted_and_said(tmp_path: Path) -> None:
    """A form in 元: 900000 is 90 万元."""
    rows = variant({(5, 1): "项目资金（元）"})
    for column, amount in ((3, 900000), (4, 900000), (5, 899740)):
        rows[5][column - 1] = rows[6][column - 1] = amount
    read = read_report(saved(tmp_path, ("表", rows, ["A5:A8"])))
    assert read.report.projects[0].funding[0].expenditure == Decimal("89.974")
    assert any("换算" in found.message for found in read.findings)


def test_a_weight_merged_over_two_rows_is_shared(tmp_path: Path) -> None:
    """黄石市图书馆 prints one 分值 for two rows."""
    rows = variant({(13, 3): "培训期数", (13, 4): "2期", (13, 5): "2期"})
    indicators = read_report(saved(tmp_path, ("表", rows, ["F12:F13"]))).report.projects[0].indicators
    assert [(row.weight, row.weight_group) for row in indicators[:2]] == [(8, "F12"), (None, "F12")]


def test_only_a_total_row_becomes_one_source(tmp_path: Path) -> None:
    """No source was filled in; the total is kept and the supposition said."""
    read = read_report(
        saved(tmp_path, ("表", variant({(7, 3): None, (7, 4): None, (7, 5): None, (7, 7): None}), []))
    )
    assert [row.annual_budget for row in read.report.projects[0].funding] == [90]
    assert any("未分资金来源" in found.message for found in read.findings)


def test_several_sheets_are_several_sub_projects_with_their_line_items(tmp_path: Path) -> None:
    """明细 names the sub-project of each row; an unknown one is a finding."""
    items = [["所属", "名称", "数量", "单位", "单价（万元）", "预算（万元）", "支出（万元）"],
             ["乙项目", "电视节目", 5, "期", 14, 70, 70], ["丙项目", "报纸", 1, "版", 1, 1, 1]]  # fmt: skip
    first, second = variant({(3, 2): "甲项目"}), variant({(3, 2): "乙项目"})
    read = read_report(saved(tmp_path, ("一", first, []), ("二", second, []), ("明细", items, [])))
    assert [len(project.line_items) for project in read.report.projects] == [0, 1]
    assert any(found.rule == "I01" and "丙项目" in found.message for found in read.findings)


def test_a_form_of_the_year_before_becomes_last_year(tmp_path: Path) -> None:
    """（2021年度） beside （2022年度）."""
    read = read_report(
        saved(tmp_path, ("今", variant({}), []), ("昔", variant({(2, 1): "（2021年度）"}), []))
    )
    assert (read.report.year, len(read.report.projects)) == (2022, 1)
    assert read.report.last_year is not None
    assert read.report.last_year.year == 2021


def test_a_tier_column_and_measures_in_the_reason_cell_are_read(tmp_path: Path) -> None:
    """改进措施： parts the last column."""
    rows = variant({(15, 8): "宣传不够。改进措施：增加入户", (11, 8): "偏差原因分析及改进措施"})
    rows[10].append("定性档次")
    rows[14].append("部分达成")
    row = read_report(saved(tmp_path, ("表", rows, []))).report.projects[0].indicators[2]
    assert (row.tier, row.deviation_reason, row.measures) == (Tier.B, "宣传不够。", "增加入户")


def test_a_word_table_is_read_like_a_sheet(tmp_path: Path) -> None:
    """The title and year stand in paragraphs above the table."""
    word = docx.Document()
    word.add_paragraph("项目支出绩效自评表")
    word.add_paragraph("（2022年度）")
    rows = variant({})[2:]
    table = word.add_table(len(rows), 8)
    for number, row in enumerate(rows):
        for column, value in enumerate(row):
            table.cell(number, column).text = "" if value is None else str(value)
    table.cell(9, 0).merge(table.cell(11, 0))
    word.save(str(tmp_path / "form.docx"))
    read = read_report(tmp_path / "form.docx")
    assert (read.report.year, read.report.projects[0].name) == (2022, "委托业务费")
    assert [row.score for row in read.report.projects[0].indicators] == [8, 42, 30, 10]


def test_a_past_report_gives_its_published_total_again() -> None:
    """The annex of the sample report of 2023 prints 93.28, 87.91 and 91.76 by budget; the 保密 one only its money."""
    found = sorted((ROOT / "corpus").glob("云溪市政协办公室2023年协商议政平台*.docx"))
    if not found:
        pytest.skip("没有样例往年报告")
    report = read_report(found[0]).report
    card = score_report(report, load_rules())
    totals = [project.total_score for project in card.projects[:2]]
    assert (report.year, totals, card.total_score) == (
        2023,
        [Decimal("93.28"), Decimal("87.91")],
        Decimal("91.76"),
    )


def test_the_published_plan_of_a_department_is_read_whole(seeds: Path) -> None:
    """申报表 2022: 16,325.83 万元, four tasks of 1,579.00, 14 indicators; the staff number is blank."""
    read = read_report(next(seeds.glob("003*")))
    sums = (read.computed["funding_total"]["initial_budget"], read.computed["tasks_total"])
    assert (sums, read.computed["indicators"]) == (("16325.83", "1579.00"), 14)
    assert "C05" in {found.rule for found in read.findings}


def test_the_published_plan_table_gives_every_project_and_indicator(seeds: Path) -> None:
    """目标表: 21 projects, 3,340.00 万元, 68 indicators by class; one project is 保密."""
    read = read_report(next(seeds.glob("004*")))
    codes = Counter(row.code for project in read.report.projects for row in project.indicators)
    assert (read.computed["projects"], read.computed["funding_total"]["annual_budget"]) == (21, "3340.00")
    assert codes == {"11": 24, "12": 13, "13": 5, "21": 4, "22": 7, "24": 2, "31": 13}
    assert [project.name for project in read.report.projects if project.confidential] == ["TZMMZX"]


def test_the_sums_of_the_published_plan_table_hold(seeds: Path) -> None:
    """合计 = units, units = projects, rows = sources: no A14; one digit changed gives it."""
    text = next(seeds.glob("004*")).read_text("utf-8")
    assert "A14" not in plan_rules(text)
    assert "A14" in plan_rules(text.replace("其他运行经费\t472.25\t472.25", "其他运行经费\t473.25\t473.25"))


def plan_rules(text: str) -> set[str]:
    """The rules that fire on a plan table, suppositions apart."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "plan.txt"
        path.write_text(text, "utf-8")
        return {found.rule for found in read_report(path).findings} - {"I04"}


@pytest.mark.office
def test_an_old_workbook_is_read_through_libreoffice(tmp_path: Path) -> None:
    """.xls is converted and read like .xlsx."""
    if find_soffice() is None:
        pytest.skip("没有 LibreOffice：跳过对旧格式的检验")
    made = convert(saved(tmp_path, ("表", variant({}), ["A5:A8"])), "xls", tmp_path / "old")
    assert read_report(made).report.projects[0].name == "委托业务费"


def test_a_missing_file_is_said_so(tmp_path: Path) -> None:
    """The path is named."""
    with pytest.raises(FileMissing, match="没有.xlsx"):
        read_report(tmp_path / "没有.xlsx")


@pytest.mark.parametrize(
    ("name", "content", "error"),
    [
        ("表.rar", b"Rar!", UnsupportedFile),
        ("空.xlsx", b"", EmptyFile),
        ("坏.xlsx", b"PK\x03\x04 broken", DamagedFile),
        ("假.xlsx", b"just text", DamagedFile),
        ("旧.xlsx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"0" * 600, DamagedFile),
        ("坏.docx", b"not a zip", DamagedFile),
        ("坏.json", b"\xff\xfe\xfd\xfc", DamagedFile),
    ],
)
def test_a_file_that_is_no_form_is_refused_in_its_own_words(
    tmp_path: Path, name: str, content: bytes, error: type[Exception]
) -> None:
    """Wrong kind, empty, broken zip, renamed old format."""
    (tmp_path / name).write_bytes(content)
    with pytest.raises(error):
        read_report(tmp_path / name)


def test_a_workbook_without_a_form_is_a_finding(tmp_path: Path) -> None:
    """A table about something else gives an empty report and says what was looked for."""
    read = read_report(saved(tmp_path, ("值班表", [["日期", "姓名"], ["1日", "甲"]], [])))
    assert [found.rule for found in read.findings] == ["I03"]
