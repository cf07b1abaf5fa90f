"""Forms pasted or saved as separated text, and old formats through LibreOffice, are read like the others."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest
from conftest import CORPUS, missing

from assistant.errors import EmptyFile, InvalidReport
from assistant.intake.reading import Intake, read_report, read_report_text
from assistant.office import convert, find_soffice

ROWS = [
    ["项目支出绩效自评表"],
    ["（2024年度）"],
    ["项目名称", "课题经费"],
    ["项目资金（万元）", "", "年初预算数", "全年预算数", "全年执行数", "分值", "执行率", "得分"],
    ["", "年度资金总额", "20.00", "20.00", "18.00", "10", "90.00%", "9.00"],
    ["", "其中：当年财政拨款", "20.00", "20.00", "18.00", "—", "90.00%", "—"],
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
    ["产出指标", "数量指标", "课题篇数", "≥6篇", "6篇", "90", "90", ""],
    ["总分", "", "", "", "", "100", "99.00", ""],
]


def separated(by: str) -> str:
    return "\n".join(by.join(row) for row in ROWS)


def check(read: Intake) -> None:
    project = read.report.projects[0]
    assert (read.report.year, project.name, project.total("expenditure")) == (
        2024,
        "课题经费",
        Decimal("18.00"),
    )
    assert [(row.name, row.score) for row in project.indicators] == [("课题篇数", Decimal(90))]
    assert not {found.rule for found in read.findings} & {"A01", "A02", "A03", "A07", "I02"}


def test_a_table_pasted_into_the_standard_input_is_read() -> None:
    """Copied cells come as lines with tabs."""
    check(read_report_text(separated("\t")))


@pytest.mark.parametrize(("ending", "by"), [(".tsv", "\t"), (".csv", ","), (".txt", "\t")])
def test_a_form_saved_as_separated_text_is_read(tmp_path: Path, ending: str, by: str) -> None:
    """csv and tsv, in UTF-8 and in GB18030."""
    for encoding in ("utf-8-sig", "gb18030"):
        (tmp_path / f"form{ending}").write_text(separated(by), encoding)
        check(read_report(tmp_path / f"form{ending}"))


def test_quoted_cells_of_a_csv_keep_their_commas(tmp_path: Path) -> None:
    """ "1,820.00" is one cell."""
    text = separated(",").replace("18.00,10", '"1,820.00",10')
    (tmp_path / "form.csv").write_text(text, "utf-8")
    read = read_report(tmp_path / "form.csv")
    assert any(found.rule == "A01" and "1820.00" in found.message for found in read.findings)


def test_text_that_is_neither_json_nor_a_table_is_refused() -> None:
    """One sentence on the standard input."""
    with pytest.raises(InvalidReport):
        read_report_text("请帮我写报告")
    with pytest.raises(EmptyFile):
        read_report_text(" \n\t\n")


@pytest.mark.office
@pytest.mark.parametrize("ending", ["doc", "wps"])
def test_an_old_word_report_is_read_through_libreoffice(tmp_path: Path, ending: str) -> None:
    """The same money, unit and total as in the .docx; a table that the conversion dissolved is said (I03)."""
    if find_soffice() is None:
        missing("LibreOffice")
    source = next(CORPUS.glob("云溪市教育局2023年*.docx"))
    made = convert(source, "doc", tmp_path / "old")
    renamed = made.rename(made.with_suffix(f".{ending}"))
    read, new = read_report(renamed), read_report(source).report
    old = read.report
    assert (old.total("annual_budget"), old.unit_name) == (new.total("annual_budget"), new.unit_name)
    assert old.self_score == new.self_score
    assert old.projects[0].indicators or "I03" in {found.rule for found in read.findings}
