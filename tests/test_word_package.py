"""The package: narrative, Word table and workbook are one; a change in any of the three is named."""

from __future__ import annotations

import io
import random
import zipfile
from pathlib import Path

import openpyxl
import pytest
from word_cases import sample_draft, sample_evaluation

from assistant.export.package import FORM, REPORT
from assistant.export.package_parts import read_parts, write_parts
from assistant.intake.reading import read_report
from assistant.pipeline import export_draft, verify_file


@pytest.fixture(scope="module")
def package(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("package") / "报送.zip"
    draft = sample_draft()
    export_draft(draft, sample_evaluation(), path, unproven=not draft.proven)
    return path


def with_part(package: Path, name: str, content: bytes, to: Path) -> Path:
    to.write_bytes(write_parts({**read_parts(package.read_bytes()), name: content}))
    return to


def test_a_package_holds_report_form_and_provenance(package: Path) -> None:
    assert zipfile.ZipFile(package).namelist() == ["绩效自评报告.docx", "绩效自评表.xlsx", "出处信息.json"]


def test_a_package_is_proven_by_itself(package: Path) -> None:
    assert verify_file(package).proven


def test_the_workbook_says_what_the_word_table_says(package: Path, tmp_path: Path) -> None:
    """Read back by intake: every public row with the score of the scorecard."""
    path = tmp_path / "form.xlsx"
    path.write_bytes(read_parts(package.read_bytes())[FORM])
    rows = [i for project in read_report(path).report.projects for i in project.indicators]
    card = [row for one in sample_evaluation().scorecard.projects if not one.confidential for row in one.rows]
    assert [(i.name, i.score) for i in rows] == [(row.name, row.score) for row in card]


def test_a_cell_changed_in_the_workbook_is_named_with_sheet_and_place(package: Path, tmp_path: Path) -> None:
    """Five random figures, one at a time."""
    dice = random.Random(7)
    content = read_parts(package.read_bytes())[FORM]
    for _ in range(5):
        book = openpyxl.load_workbook(io.BytesIO(content))
        cells = [
            cell
            for sheet in book
            for row in sheet.iter_rows()
            for cell in row
            if isinstance(cell.value, int | float)
        ]
        cell = dice.choice(cells)
        was, cell.value = cell.value, cell.value + 1
        buffer = io.BytesIO()
        book.save(buffer)
        result = verify_file(with_part(package, FORM, buffer.getvalue(), tmp_path / "改.zip"))
        (finding,) = [f for f in result.findings if f.rule == "N23"]
        assert not result.proven
        assert f"“{cell.parent.title}”{cell.coordinate} 单元格" in finding.message
        assert float(finding.expected) == was


@pytest.mark.parametrize(
    ("words", "where"), [("200.49万元，", "第"), ('<w:t xml:space="preserve">200.49<', "表格行")]
)
def test_a_figure_changed_in_prose_or_table_is_named_as_such(
    package: Path, tmp_path: Path, words: str, where: str
) -> None:
    parts = read_parts(read_parts(package.read_bytes())[REPORT])
    xml = parts["word/document.xml"].decode()
    assert words in xml
    parts["word/document.xml"] = xml.replace(words, words.replace("200.49", "300.49"), 1).encode()
    result = verify_file(with_part(package, REPORT, write_parts(parts), tmp_path / "改.zip"))
    (finding,) = [f for f in result.findings if f.rule == "N20"]
    assert finding.message.startswith(where)
    assert finding.expected.startswith("200.49")


def test_nothing_confidential_is_in_the_package(package: Path) -> None:
    secret = next(p for p in sample_evaluation().report.projects if p.confidential)
    parts = read_parts(package.read_bytes())
    whole = [parts["出处信息.json"], *read_parts(parts[FORM]).values(), *read_parts(parts[REPORT]).values()]
    words = [secret.name, *(i.name for i in secret.indicators)]
    assert not [word for word in words for data in whole if len(word) >= 4 and word.encode() in data]


def test_the_same_input_gives_the_same_package(package: Path, tmp_path: Path) -> None:
    draft = sample_draft()
    export_draft(draft, sample_evaluation(), tmp_path / "again.zip", unproven=not draft.proven)
    assert (tmp_path / "again.zip").read_bytes() == package.read_bytes()


def test_a_package_without_its_workbook_is_not_proven(package: Path, tmp_path: Path) -> None:
    parts = read_parts(package.read_bytes())
    del parts[FORM]
    (tmp_path / "缺.zip").write_bytes(write_parts(parts))
    assert not verify_file(tmp_path / "缺.zip").proven
