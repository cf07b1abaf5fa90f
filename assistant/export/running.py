"""What runs along every page: page numbers below, 「未校核稿」 above an unproven report."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from docx.document import Document as WordFile
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Pt, RGBColor, Twips

from assistant.export import styles
from assistant.export.canvas import add_field
from assistant.export.layout import Layout, PageNumbers

UNPROVEN_MARK = "未校核稿"


def write_page_numbers(word: WordFile, section: Any, layout: Layout) -> None:
    """Put "— 1 —" below the text, odd pages right, even pages left, one character in; or what the layout says."""
    pages = layout.numbering.pages
    if pages is PageNumbers.NONE:
        return
    dash = pages is PageNumbers.DASH
    word.settings.odd_and_even_pages_header_footer = dash
    right, left = WD_ALIGN_PARAGRAPH.RIGHT, WD_ALIGN_PARAGRAPH.LEFT
    sides = ((section.footer, right), (section.even_page_footer, left)) if dash else ((section.footer, None),)
    for footer, side in sides:
        footer.is_linked_to_previous = False
        paragraph = footer.paragraphs[0]
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER if side is None else side
        form = paragraph.paragraph_format
        form.left_indent = form.right_indent = Twips(int(layout.sizes.page_number * 20))
        form.first_line_indent = Twips(0)
        paragraph.add_run("— " if dash else "")
        add_field(paragraph, "PAGE")
        paragraph.add_run(" —" if dash else "")
        font, size = layout.fonts.page_number, Pt(layout.sizes.page_number)
        for run in paragraph.runs:
            styles.set_fonts(run._r.get_or_add_rPr(), font, font)
            run.font.size = size


def start_at_one(section: Any) -> None:
    """Begin the page numbers of a section at 1."""
    properties = section._sectPr
    for old in properties.findall(qn("w:pgNumType")):
        properties.remove(old)
    number = OxmlElement("w:pgNumType")
    number.set(qn("w:start"), "1")
    properties.insert_element_before(number, "w:cols", "w:titlePg", "w:docGrid")


def mark_unproven(word: WordFile, layout: Layout) -> None:
    """Say on every page that the report is unproven, beside whatever stands in the headers already."""
    for header in _headers(word):
        header.is_linked_to_previous = False
        paragraph = header.paragraphs[0]
        if paragraph.text:
            paragraph = paragraph.insert_paragraph_before()
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
        run = paragraph.add_run(UNPROVEN_MARK)
        styles.set_fonts(run._r.get_or_add_rPr(), layout.fonts.heading1, layout.fonts.latin)
        run.font.size, run.font.color.rgb = Pt(layout.sizes.body), RGBColor.from_string(styles.RED)


def _headers(word: WordFile) -> Iterator[Any]:
    """Yield every header that is shown somewhere: those of the first section, and later ones of their own."""
    both = word.settings.odd_and_even_pages_header_footer
    for number, section in enumerate(word.sections):
        kinds = [section.header]
        kinds += [section.even_page_header] if both else []
        kinds += [section.first_page_header] if section.different_first_page_header_footer else []
        yield from (header for header in kinds if not number or not header.is_linked_to_previous)
