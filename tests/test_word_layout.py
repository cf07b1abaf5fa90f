"""A layout of one's own, the pages before the report and their numbers, and what stays together on a page."""

from __future__ import annotations

import io
from pathlib import Path

import docx
import pytest
from docx.oxml.ns import qn
from pypdf import PdfReader
from word_cases import SMALL_DRAFT as DRAFT
from word_cases import SMALL_REPORT as REPORT
from word_cases import export, fonts, twips

from assistant.domain.scorecard import Scorecard
from assistant.errors import InputError
from assistant.export.annexes import annexes_of
from assistant.export.edition import Edition
from assistant.export.front import Front
from assistant.export.layout import default_layout, read_layout
from assistant.export.word import pages_of, word_bytes
from assistant.office import convert, find_soffice
from assistant.scoring.cards import score_report
from assistant.scoring.rules import load_rules


@pytest.fixture(scope="module")
def card() -> Scorecard:
    return score_report(REPORT, load_rules())


@pytest.fixture(scope="module")
def word(card: Scorecard) -> docx.document.Document:
    return docx.Document(io.BytesIO(word_bytes(DRAFT, REPORT, card)))


def layout_file(folder: Path, text: str) -> Path:
    path = folder / "版式.toml"
    path.write_text(text, "utf-8")
    return path


def test_a_unit_states_its_own_margins_fonts_and_line_pitch(card: Scorecard, tmp_path: Path) -> None:
    """25 mm are 1417 twips, 30 points 600; what is not stated stays as in the standard."""
    own = read_layout(
        layout_file(
            tmp_path, "page.top = 25\nfonts.body = '仿宋'\ntext.line_pitch = 30\nnumbering.pages = 'plain'"
        )
    )
    word = docx.Document(io.BytesIO(word_bytes(DRAFT, REPORT, card, edition=Edition(layout=own))))
    assert (twips(word.sections[0], "top"), twips(word.sections[0], "bottom")) == (1417, 1984)
    assert fonts(word, "知绩正文")["eastAsia"] == "仿宋"
    assert word.styles["知绩正文"].paragraph_format.line_spacing.pt == 30
    assert word.sections[0].footer.paragraphs[0].alignment == 1


def test_word_numbers_the_headings_where_the_layout_says_so(card: Scorecard, tmp_path: Path) -> None:
    """1、1.1 come from Word; the words of the heading keep no written number beside it."""
    own = read_layout(layout_file(tmp_path, "numbering.headings = 'decimal'"))
    word = docx.Document(io.BytesIO(word_bytes(DRAFT, REPORT, card, edition=Edition(layout=own))))
    levels = word.part.numbering_part.element.findall(
        f".//{qn('w:abstractNum')}[@{qn('w:abstractNumId')}='9704']//{qn('w:lvlText')}"
    )
    assert [p.text for p in word.paragraphs if p.style.name.startswith("Heading")] == [
        "基本情况",
        "项目实施情况",
        "骨干培训",
    ]
    assert [level.get(qn("w:val")) for level in levels][:2] == ["%1 ", "%1.%2 "]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("page.top = 300", r"page\.top：不能大于 80\.0，现为“300”"),
        ("fonts.titel = '黑体'", r"fonts\.titel：没有这一项"),
        ("numbering.headings = '罗马'", r"numbering\.headings：可用的有 'text', 'word', 'decimal' or 'none'"),
    ],
)
def test_a_layout_that_cannot_be_is_refused_by_its_entry(tmp_path: Path, text: str, said: str) -> None:
    with pytest.raises(InputError, match=said):
        read_layout(layout_file(tmp_path, text))


def test_the_report_begins_with_page_one_after_cover_and_contents(card: Scorecard) -> None:
    front = Edition(front=Front(cover=True, contents=True))
    sections = docx.Document(io.BytesIO(word_bytes(DRAFT, REPORT, card, edition=front))).sections
    assert sections[0].footer.paragraphs[0].text == ""
    assert sections[1]._sectPr.find(qn("w:pgNumType")).get(qn("w:start")) == "1"


def test_the_signature_never_stands_on_a_page_alone(word: docx.document.Document) -> None:
    """The last words of the text, 附件说明 and 署名 are kept with what follows, up to the date."""
    lines = [p for p in word.paragraphs if p.style.name in ("知绩正文", "知绩附件说明", "知绩落款")]
    last = next(n for n, p in enumerate(lines) if "92.40万元" in p.text)
    end = next(n for n, p in enumerate(lines) if p.text == "2025年3月1日")
    assert all(p.paragraph_format.keep_with_next for p in lines[last:end])


@pytest.mark.office
@pytest.mark.skipif(find_soffice() is None, reason="needs LibreOffice")
def test_the_pages_of_the_contents_are_those_of_libreoffice(tmp_path: Path) -> None:
    """Counted without fonts; LibreOffice sets the same report: every heading of level 1 and 2, at most one beside."""
    made = export(tmp_path, length="short")
    pdf = PdfReader(convert(made.path, "pdf", tmp_path))
    pages = ["".join(page.extract_text().split()) for page in pdf.pages]
    annexes = [one.title for one in annexes_of(made.report, made.scorecard)]
    counted = pages_of(made.draft, annexes, default_layout())
    headings = [
        (number, "".join(p.text.split()))
        for number, p in zip(counted, made.draft.paragraphs, strict=True)
        if p.style in ("heading1", "heading2")
    ]
    assert sum(words not in pages[number - 1] for number, words in headings) <= 1
