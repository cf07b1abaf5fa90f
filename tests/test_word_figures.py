"""Charts carry their numbers, say them in words, and prove themselves; PDF beside, or a sentence why not."""

from __future__ import annotations

import io
import posixpath
import re
from pathlib import Path
from typing import Any

import docx
import pytest
from docx.oxml.ns import qn
from pypdf import PdfReader
from word_cases import SMALL_DRAFT as DRAFT
from word_cases import SMALL_REPORT as REPORT
from word_cases import Exported, export, sample_evaluation

from assistant import office
from assistant.errors import FontsMissing, OfficeMissing, UnsupportedFile
from assistant.export import pdf as pdf_out
from assistant.export.edition import Edition
from assistant.export.front import Front
from assistant.export.layout import default_layout
from assistant.export.package_parts import read_parts, write_parts
from assistant.export.pdf import require_pdf, write_pdf
from assistant.export.pictures import charts_of
from assistant.export.word import word_bytes
from assistant.pipeline import verify_file
from assistant.scoring.cards import score_report
from assistant.scoring.rules import load_rules

FIGURES = Edition(figures=True)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Exported:
    return export(tmp_path_factory.mktemp("figures"), edition=FIGURES)


def charts(path: Path) -> list[Any]:
    return list(docx.Document(path).element.iter(qn("wp:docPr")))


def test_the_waterfall_goes_from_full_marks_to_the_total_without_a_gap() -> None:
    """培训场次 lost 10 of 50, execution 92.40 % lost 0.76: 100, −10.00, −0.76, 89.24."""
    alone = REPORT.model_copy(update={"projects": REPORT.projects[:1]})
    (first, *_) = charts_of(score_report(alone, load_rules()))
    assert [bar.label for bar in first.bars] == ["100.00", "−10.00", "−0.76", "89.24（良）"]
    full, *losses, total = first.bars
    assert full.length - sum(bar.length for bar in losses) == total.length
    assert losses[-1].start == total.length


def test_the_alternative_text_of_a_chart_says_every_number(made: Exported) -> None:
    (_, execution, _) = charts(made.path)
    rates = [c.execution.rate for c in made.scorecard.projects if not c.confidential]
    words = execution.get("descr")
    assert words.startswith("预算执行率（%）：")
    assert all(f"{rate:.2f}%" in words for rate in (*rates, made.scorecard.execution.rate))


def test_nothing_confidential_is_in_a_chart(made: Exported) -> None:
    secret = next(p for p in sample_evaluation().report.projects if p.confidential)
    parts = read_parts(made.path.read_bytes())
    drawn = "".join(parts[name].decode() for name in parts if name.startswith("word/charts/"))
    assert secret.name not in drawn + "".join(one.get("descr") for one in charts(made.path))


def test_charts_are_the_same_bytes_each_time() -> None:
    card = score_report(REPORT, load_rules())
    assert word_bytes(DRAFT, REPORT, card, edition=FIGURES) == word_bytes(
        DRAFT, REPORT, card, edition=FIGURES
    )


def test_a_report_with_charts_proves_itself(made: Exported) -> None:
    assert verify_file(made.path).proven


@pytest.mark.parametrize("pattern", [rb"<c:v>96\.80</c:v>", "96\\.80（优）".encode()])
def test_a_digit_edited_in_a_chart_is_named(made: Exported, tmp_path: Path, pattern: bytes) -> None:
    parts = read_parts(made.path.read_bytes())
    name = "word/charts/zhiji1.xml"
    parts[name] = re.sub(pattern, lambda found: found[0].replace(b"96.80", b"98.80"), parts[name], count=1)
    edited = tmp_path / "edited.docx"
    edited.write_bytes(write_parts(parts))
    result = verify_file(edited)
    (fault,) = [found for found in result.findings if found.rule == "N20"]
    assert not result.proven
    assert fault.message.startswith("图1中的“98.8")


@pytest.mark.office
@pytest.mark.skipif(office.find_soffice() is None, reason="needs LibreOffice")
def test_the_pdf_beside_says_what_the_word_file_says(made: Exported) -> None:
    made_pdf = write_pdf(made.path, default_layout())
    said = "".join("".join(page.extract_text() for page in PdfReader(made_pdf.path).pages).split())
    assert made_pdf.path == made.path.with_suffix(".pdf")
    assert all(
        "".join(line.text.split()) in said for line in made.draft.paragraphs if line.style == "heading1"
    )


def test_without_libreoffice_the_pdf_is_refused_before_any_work(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf_out, "find_soffice", lambda: None)
    with pytest.raises(OfficeMissing, match="导出 PDF 需要 LibreOffice"):
        require_pdf(Path("报告.docx"))


def test_without_a_chinese_font_the_pdf_is_refused_and_not_drawn_in_boxes(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(pdf_out, "find_soffice", lambda: Path("soffice"))
    monkeypatch.setattr(pdf_out, "chinese_fonts", lambda: 0)
    with pytest.raises(FontsMissing, match="需要中文字体"):
        require_pdf(Path("报告.docx"))


def test_a_pdf_comes_from_a_word_file_only() -> None:
    with pytest.raises(UnsupportedFile):
        require_pdf(Path("报告.md"))


def test_the_word_file_with_charts_opens_again_with_their_relations_whole() -> None:
    """Every chart that the text names is a part of the package with the type of a chart."""
    content = word_bytes(DRAFT, REPORT, score_report(REPORT, load_rules()), edition=FIGURES)
    word = docx.Document(io.BytesIO(content))
    names = [
        one.get(qn("r:id"))
        for one in word.element.iter("{http://schemas.openxmlformats.org/drawingml/2006/chart}chart")
    ]
    assert [word.part.rels[name].target_part.content_type.endswith("chart+xml") for name in names] == [
        True
    ] * 3


def test_a_file_with_everything_in_it_is_whole(tmp_path: Path) -> None:
    """Every relation leads to a part, every part has a type, no id stands twice."""
    front = Front(cover=True, contents=True)
    made = export(tmp_path, edition=Edition(front=front, figures=True))
    parts = read_parts(made.path.read_bytes())
    typed = re.findall(r'(?:PartName="/|Extension=")([^"]+)"', parts["[Content_Types].xml"].decode())
    assert all(name in typed or name.rsplit(".", 1)[-1] in typed for name in parts)
    for name in (name for name in parts if name.endswith(".rels")):
        folder = Path(name).parent.parent
        targets = re.findall(r'Target="([^"]+)"(?! TargetMode="External")', parts[name].decode())
        assert all(
            posixpath.normpath(str(folder / to)).lstrip("/") in parts or to[1:] in parts for to in targets
        )
    xml = parts["word/document.xml"].decode()
    for found in (
        re.findall(r'<w:bookmarkStart[^>]*w:id="(\d+)"', xml),
        re.findall(r'<wp:docPr id="(\d+)"', xml),
    ):
        assert len(found) == len(set(found)) > 0
