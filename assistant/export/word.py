"""The Word file of a draft: body by GB/T 9704-2012, signature, 附件说明, and the 自评表 in landscape.

The same draft gives the same bytes. The file is opened again and compared with the draft before it takes
its place, so that nothing half-written or altered is ever handed over.
"""

from __future__ import annotations

import io
import os
from datetime import datetime
from pathlib import Path
from typing import Any

import docx
from docx.document import Document as WordFile
from docx.enum.section import WD_SECTION
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Pt, RGBColor, Twips

from assistant.domain.draft import Draft, Paragraph, ParagraphStyle
from assistant.domain.report import Report
from assistant.domain.scorecard import Scorecard
from assistant.errors import OutputError
from assistant.export import annex, evidence, styles
from assistant.export.front import Front, write_front
from assistant.export.package import package_bytes
from assistant.export.package_parts import read_parts, write_parts
from assistant.export.provenance import Provenance, embedded
from assistant.export.tables import table_element

_WORD_STYLES = {
    ParagraphStyle.BODY: styles.BODY,
    ParagraphStyle.HEADING1: "Heading 1",
    ParagraphStyle.HEADING2: "Heading 2",
    ParagraphStyle.HEADING3: "Heading 3",
    ParagraphStyle.HEADING4: "Heading 4",
}
_EPOCH = datetime(2020, 1, 1)  # noqa: DTZ001 - a fixed stamp: the same draft gives the same bytes
PLAIN = Front()
UNPROVEN_MARK = "未校核稿"
TITLE_LINE = 20  # characters of 2号 on a line
TITLE_WORDS = ("绩效自评报告", "绩效评价报告", "部门整体支出", "重点项目", "项目绩效", "年度")
SEAL_DISTANCE = 4 * 320  # 4 characters of 3号 from the right edge


def write_word(
    draft: Draft,
    report: Report,
    scorecard: Scorecard,
    path: Path,
    *,
    unproven: bool = False,
    provenance: Provenance | None = None,
    front: Front = PLAIN,
) -> None:
    """Write the .docx of a draft, or the package (.zip) of report, form and provenance.

    `unproven` puts 「未校核稿」 on every page, `provenance` goes inside, `front` before the text. Raises OutputError where the file
    cannot be written; an existing file is then left as it was.
    """
    content = word_bytes(draft, report, scorecard, unproven=unproven, front=front)
    if provenance is not None:
        content = embedded(content, provenance)
    _compare(content, draft)
    if path.suffix.lower() == ".zip":
        own = provenance.model_dump_json() if provenance is not None else ""
        content = package_bytes(content, report, scorecard, own)
    save_atomically(content, path)


def word_bytes(
    draft: Draft, report: Report, scorecard: Scorecard, *, unproven: bool = False, front: Front = PLAIN
) -> bytes:
    """Return the .docx of a draft as bytes."""
    word = docx.Document()
    styles.apply_styles(word)
    _describe(word, draft)
    styles.set_page(word.sections[0])
    word.settings.odd_and_even_pages_header_footer = True
    write_front(word, draft, front, _title)
    _body(word, draft)
    _annex_note(word, report, scorecard)
    _signature(word, draft)
    _annexes(word, report, scorecard)
    _page_numbers(word)
    if unproven:
        _mark_unproven(word)
    buffer = io.BytesIO()
    word.save(buffer)
    return write_parts(read_parts(buffer.getvalue()))


def save_atomically(content: bytes, path: Path) -> None:
    """Write bytes beside `path` and move them into place; OutputError where that fails."""
    partial = path.with_name(f".{path.name}.{os.getpid()}.partial")
    try:
        partial.write_bytes(content)
        partial.replace(path)
    except OSError as error:
        partial.unlink(missing_ok=True)
        raise OutputError(path, error.strerror or str(error)) from None


def _describe(word: WordFile, draft: Draft) -> None:
    core = word.core_properties
    core.title, core.author, core.language = draft.title, draft.unit_name, "zh-CN"
    core.comments, core.last_modified_by = "", draft.unit_name
    core.created = core.modified = _EPOCH


def _body(word: WordFile, draft: Draft) -> None:
    _title(word, draft.title)
    word.add_paragraph("", style=styles.BODY)
    ids = {style: word.styles[name].style_id for style, name in _WORD_STYLES.items()}
    for paragraph in draft.paragraphs:
        _add(word, paragraph, ids[paragraph.style])


def _title(word: WordFile, text: str) -> None:
    """Add the title; one too long for a line is broken before a word (梯形排列), by indents alone.

    The first line must be the longer one: then its width keeps the second on one line too.
    """
    paragraph = word.add_paragraph(text, style=styles.TITLE)
    whole = _width(text)
    if whole <= TITLE_LINE:
        return
    ends = [_width(text[:place]) for place in map(text.rfind, TITLE_WORDS) if place > 0]
    first = min(
        (end for end in ends if whole / 2 <= end <= TITLE_LINE), default=min(whole / 2 + 1, TITLE_LINE)
    )
    free = styles.PAGE_WIDTH - styles.LEFT - styles.RIGHT - int(styles.SIZE_2 * 20 * (first + 0.4))
    paragraph.paragraph_format.left_indent = paragraph.paragraph_format.right_indent = Twips(
        max(0, free // 2)
    )


def _width(text: str) -> float:
    """Return the width in characters, western ones counting half."""
    return sum(0.5 if char.isascii() else 1 for char in text)


def _add(word: WordFile, paragraph: Paragraph, style: str) -> None:
    """Add a paragraph by the id of its style: looking a style up by name searches all of them each time."""
    word.add_paragraph(paragraph.text)._p.style = style


def _annex_titles(report: Report, scorecard: Scorecard) -> list[str]:
    public = annex.public_projects(report, scorecard)
    forms = [f"“{project.name}”项目支出绩效自评表" for project, _ in public]
    first = ["自评情况汇总表"] if len(report.projects) > 1 else []
    return [*first, *forms, *([evidence.TITLE] if evidence.evidence_rows(report) else [])]


def _annex_note(word: WordFile, report: Report, scorecard: Scorecard) -> None:
    titles = _annex_titles(report, scorecard)
    if not titles:
        return
    word.add_paragraph("", style=styles.BODY)
    for number, title in enumerate(titles, 1):
        lead = "附件：" if number == 1 else ""
        mark = f"{number}." if len(titles) > 1 else ""
        note = word.add_paragraph(f"{lead}{mark}{title}", style=styles.ANNEX_NOTE)
        note.paragraph_format.first_line_indent = Twips(-len(lead) * 320 - len(mark) * 160)


def _signature(word: WordFile, draft: Draft) -> None:
    if not draft.signature:
        return
    word.add_paragraph("", style=styles.BODY)
    for line in draft.signature:
        paragraph = word.add_paragraph(line, style=styles.SIGNATURE)
        paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
        paragraph.paragraph_format.right_indent = Twips(SEAL_DISTANCE)


def _annexes(word: WordFile, report: Report, scorecard: Scorecard) -> None:
    """One landscape section an annex: the summary where there are several sub-projects, then each public form."""
    pages: list[list[Any]] = []
    if len(report.projects) > 1:
        pages.append([table_element(annex.summary_rows(report, scorecard), annex.SUMMARY_WIDTHS, repeat=1)])
    for project, card in annex.public_projects(report, scorecard):
        figures = table_element(annex.figure_rows(report, project, card), annex.WIDTHS)
        indicators = table_element(
            annex.indicator_rows(project, card), annex.WIDTHS, repeat=1, keep_last=True
        )
        pages.append([figures, indicators])
    if listed := evidence.evidence_rows(report):
        pages.append([table_element(listed, evidence.WIDTHS, repeat=1)])
    for number, (tables, title) in enumerate(zip(pages, _annex_titles(report, scorecard), strict=True), 1):
        styles.set_page(word.add_section(WD_SECTION.NEW_PAGE), landscape=True)
        word.add_paragraph(f"附件{number}" if len(pages) > 1 else "附件", style=styles.ANNEX_MARK)
        word.add_paragraph(title, style=styles.TITLE)
        _captions(word, report, money=title != evidence.TITLE)
        for table in tables:
            word.paragraphs[-1]._p.addnext(table)
            _closing_line(word, table)


def _captions(word: WordFile, report: Report, *, money: bool) -> None:
    if report.year:
        word.add_paragraph(f"（{report.year}年度）", style=styles.CELL).alignment = WD_ALIGN_PARAGRAPH.CENTER
    word.add_paragraph("单位：万元" if money else "", style=styles.CELL).alignment = WD_ALIGN_PARAGRAPH.RIGHT


def _closing_line(word: WordFile, table: Any) -> None:
    """A table at the end of a section needs a paragraph below it: an empty one of one point."""
    line = word.add_paragraph("", style=styles.CELL)
    line.paragraph_format.line_spacing = Pt(1)
    table.addnext(line._p)


def _page_numbers(word: WordFile) -> None:
    """Put "— 1 —" below the text, odd pages right, even pages left, one character in."""
    section = word.sections[0]
    for footer, side in (
        (section.footer, WD_ALIGN_PARAGRAPH.RIGHT),
        (section.even_page_footer, WD_ALIGN_PARAGRAPH.LEFT),
    ):
        footer.is_linked_to_previous = False
        paragraph = footer.paragraphs[0]
        paragraph.alignment = side
        paragraph.paragraph_format.left_indent = paragraph.paragraph_format.right_indent = Twips(280)
        paragraph.paragraph_format.first_line_indent = Twips(0)
        for part in ("— ", "PAGE", " —"):
            run = paragraph.add_run("" if part == "PAGE" else part)
            styles.set_fonts(run._r.get_or_add_rPr(), styles.SONG_FONT, styles.SONG_FONT)
            run.font.size = Pt(styles.SIZE_4)
            if part == "PAGE":
                _field(run._r, part)


def _field(run: Any, instruction: str) -> None:
    for kind in ("begin", None, "end"):
        if kind is None:
            element = OxmlElement("w:instrText")
            element.set(qn("xml:space"), "preserve")
            element.text = instruction
        else:
            element = OxmlElement("w:fldChar")
            element.set(qn("w:fldCharType"), kind)
        run.append(element)


def _mark_unproven(word: WordFile) -> None:
    section = word.sections[0]
    for header in (section.header, section.even_page_header):
        header.is_linked_to_previous = False
        paragraph = header.paragraphs[0]
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
        run = paragraph.add_run(UNPROVEN_MARK)
        styles.set_fonts(run._r.get_or_add_rPr(), styles.HEI_FONT)
        run.font.size, run.font.color.rgb = Pt(styles.SIZE_3), RGBColor.from_string(styles.RED)


def _compare(content: bytes, draft: Draft) -> None:
    """Open the file again and hold its text against the draft; OutputError where they differ."""
    written = {paragraph.text for paragraph in docx.Document(io.BytesIO(content)).paragraphs}
    missing = next((p.text for p in draft.paragraphs if p.text not in written), None)
    if missing is not None:
        raise OutputError("Word 文件", f"写出的内容与文稿不一致：“{missing[:20]}…”")
