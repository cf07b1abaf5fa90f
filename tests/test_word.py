"""The Word file keeps to GB/T 9704-2012, says what the draft says, and is the same bytes each time."""

from __future__ import annotations

import io
import zipfile
from decimal import Decimal
from pathlib import Path

import docx
import pytest
from docx.oxml.ns import qn
from word_cases import SMALL_DRAFT as DRAFT
from word_cases import SMALL_REPORT as REPORT
from word_cases import fonts, twips

from assistant.domain.evidence import Evidence
from assistant.domain.scorecard import Scorecard
from assistant.errors import OutputError
from assistant.export.edition import Edition
from assistant.export.front import Front
from assistant.export.markdown import draft_markdown
from assistant.export.word import word_bytes, write_word
from assistant.scoring.cards import score_report
from assistant.scoring.rules import load_rules

MM = Decimal(1440) / Decimal("25.4")  # twips


@pytest.fixture(scope="module")
def card() -> Scorecard:
    return score_report(REPORT, load_rules())


@pytest.fixture(scope="module")
def word(card: Scorecard) -> docx.document.Document:
    return docx.Document(io.BytesIO(word_bytes(DRAFT, REPORT, card)))


def test_the_paper_is_a4_with_the_margins_of_the_standard(word: docx.document.Document) -> None:
    """天头 37±1 mm, 订口 28±1 mm, 版心 156×225 mm."""
    first = word.sections[0]
    size = first._sectPr.find(qn("w:pgSz"))
    width, height = int(size.get(qn("w:w"))), int(size.get(qn("w:h")))
    assert (width, height) == (11906, 16838)
    assert abs(twips(first, "top") - 37 * MM) < MM
    assert abs(twips(first, "left") - 28 * MM) < MM
    assert abs(width - twips(first, "left") - twips(first, "right") - 156 * MM) < MM
    assert abs(height - twips(first, "top") - twips(first, "bottom") - 225 * MM) < MM


@pytest.mark.parametrize(
    ("style", "font", "size"),
    [
        ("知绩标题", "方正小标宋简体", 22),
        ("知绩正文", "仿宋_GB2312", 16),
        ("Heading 1", "黑体", 16),
        ("Heading 2", "楷体_GB2312", 16),
        ("Heading 3", "仿宋_GB2312", 16),
    ],
)
def test_each_level_has_the_official_font_in_all_four_slots(
    word: docx.document.Document, style: str, font: str, size: int
) -> None:
    assert fonts(word, style) == {
        "ascii": "Times New Roman",
        "hAnsi": "Times New Roman",
        "eastAsia": font,
        "cs": "Times New Roman",
    }
    assert word.styles[style].font.size.pt == size


def test_body_lines_are_exact_and_indented_by_two_characters(word: docx.document.Document) -> None:
    """22 lines on 225 mm: 28 to 29 points each; 首行缩进 2 字符."""
    form = word.styles["知绩正文"].paragraph_format
    assert 28 <= form.line_spacing.pt <= 29
    assert word.styles["知绩正文"].element.pPr.find(qn("w:ind")).get(qn("w:firstLineChars")) == "200"


def test_headings_are_real_word_headings(word: docx.document.Document) -> None:
    headings = {p.text: p.style.name for p in word.paragraphs if p.style.name.startswith("Heading")}
    assert headings == {
        "一、基本情况": "Heading 1",
        "（一）项目实施情况": "Heading 2",
        "1.骨干培训": "Heading 3",
    }


def test_page_numbers_stand_right_on_odd_and_left_on_even_pages(word: docx.document.Document) -> None:
    first = word.sections[0]
    odd, even = first.footer.paragraphs[0], first.even_page_footer.paragraphs[0]
    assert word.settings.odd_and_even_pages_header_footer
    assert (odd.alignment, even.alignment) == (2, 0)
    assert odd.text == even.text == "—  —"
    assert "PAGE" in odd._p.xml
    assert "PAGE" in even._p.xml


def test_the_annex_stands_on_a_landscape_page_with_unsplit_rows(word: docx.document.Document) -> None:
    annex = word.sections[-1]
    assert annex.page_width > annex.page_height
    rows = word.tables[-1]._tbl.tr_lst
    assert all(row.trPr is not None and row.trPr.find(qn("w:cantSplit")) is not None for row in rows)


def test_the_annex_shows_targets_actuals_and_scores(word: docx.document.Document) -> None:
    """培训场次 ≥10, 8 held, weight 50: 40.00 by ratio; 92.40 of 100.00 spent: 9.24 of 10."""
    lines = [[c.text for c in row.cells] for table in word.tables for row in table.rows]
    assert any(line[2:7] == ["骨干培训培训场次", "≥10场", "8场", "50", "40.00"] for line in lines)
    assert any(
        line[1:] == ["年度资金总额", "100.00", "100.00", "92.40", "10", "92.40%", "9.24"] for line in lines
    )
    assert any(line[0] == "总分" and line[6] == "89.24" for line in lines)


def test_confidential_sub_projects_appear_nowhere(card: Scorecard) -> None:
    with zipfile.ZipFile(io.BytesIO(word_bytes(DRAFT, REPORT, card))) as package:
        assert not [
            name for name in package.namelist() if "绝密事项" in package.read(name).decode("utf-8", "ignore")
        ]


def test_text_of_the_draft_is_text_in_the_file(word: docx.document.Document) -> None:
    assert "全年预算数100.00万元。<b>全年执行数</b>92.40万元。" in [p.text for p in word.paragraphs]


def test_the_same_draft_gives_the_same_bytes(card: Scorecard) -> None:
    assert word_bytes(DRAFT, REPORT, card) == word_bytes(DRAFT, REPORT, card)


def test_an_unproven_draft_says_so_on_every_page(card: Scorecard) -> None:
    marked = docx.Document(io.BytesIO(word_bytes(DRAFT, REPORT, card, unproven=True))).sections
    assert [marked[0].header.paragraphs[0].text, marked[0].even_page_header.paragraphs[0].text] == [
        "未校核稿"
    ] * 2
    assert all(section.header.is_linked_to_previous for section in list(marked)[1:])


def test_a_folder_that_is_not_there_is_named_and_nothing_is_left(card: Scorecard, tmp_path: Path) -> None:
    with pytest.raises(OutputError, match="没有这个"):
        write_word(DRAFT, REPORT, card, tmp_path / "没有这个" / "out.docx")
    assert list(tmp_path.iterdir()) == []


def test_markdown_shows_markup_of_the_text_as_text() -> None:
    assert "\\<b\\>全年执行数\\</b\\>92.40万元。" in draft_markdown(DRAFT)


def test_evidence_is_listed_in_an_annex_of_its_own_confidential_ones_left_out(card: Scorecard) -> None:
    """Report, sub-project and indicator each bring their files; the last annex lists them with page and hash."""
    first, second = REPORT.projects
    proof = Evidence(file="签到表.pdf", page="3", sha256="ab" * 32)
    secret = second.model_copy(update={"evidence": (Evidence(file="密件.pdf"),)})
    shown = first.model_copy(update={"evidence": (proof,)})
    report = REPORT.model_copy(update={"projects": (shown, secret)})
    word = docx.Document(io.BytesIO(word_bytes(DRAFT, report, card)))
    lines = [[cell.text for cell in row.cells] for row in word.tables[-1].rows]
    assert lines[1:] == [["1", "骨干培训", "签到表.pdf", "3", "abababababababab"]]
    assert any(paragraph.text == "3.佐证材料目录" for paragraph in word.paragraphs)


def test_the_total_stays_with_the_row_before_it(word: docx.document.Document) -> None:
    before_last = word.tables[-1]._tbl.tr_lst[-2]
    assert all(p.find(qn("w:pPr")).find(qn("w:keepNext")) is not None for p in before_last.iter(qn("w:p")))


def test_cover_and_contents_stand_before_the_report_when_wanted(card: Scorecard) -> None:
    front = Front(cover=True, contents=True)
    lines = [
        p.text
        for p in docx.Document(
            io.BytesIO(word_bytes(DRAFT, REPORT, card, edition=Edition(front=front)))
        ).paragraphs
    ]
    said = [line for line in lines if line.strip()]
    assert said[:4] == [
        DRAFT.title,
        "评价年度：2024年度",
        "评价单位：云溪市教育局",
        "填报日期：2025年3月1日",
    ]
    assert said[4:8] == ["目　录", "一、基本情况\t1", "（一）项目实施情况\t1", DRAFT.title]


def test_the_contents_is_a_live_field_of_word(card: Scorecard) -> None:
    xml = docx.Document(
        io.BytesIO(word_bytes(DRAFT, REPORT, card, edition=Edition(front=Front(contents=True))))
    ).element.xml
    assert 'TOC \\o "1-2"' in xml
    assert xml.count('w:fldCharType="begin"') == xml.count('w:fldCharType="end"') == 1
