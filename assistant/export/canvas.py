"""A Word file being written: paragraphs go in by the role they play, in our styles or a template's own.

Knows the layout and which style plays which role; knows nothing of reports.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from docx.document import Document as WordFile
from docx.enum.section import WD_SECTION
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_BREAK
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.section import Section
from docx.shared import Length, Pt, Twips
from docx.text.paragraph import Paragraph as WordParagraph

from assistant.export.layout import HeadingNumbers, Layout
from assistant.export.roles import HEADINGS, Role
from assistant.library.numbering import marker_of

#: An element of lxml, which comes without types.
Element = Any
#: A table at the end of a section needs a paragraph below it, as low as can be.
_CLOSING_LINE = Pt(1)
_EMU = 635  # of a twip
_A4 = 11906 * _EMU


class Canvas:
    """Appends to a Word file; `roles` gives the id of the style of every role, `numbered` those that Word numbers."""

    def __init__(
        self, word: WordFile, layout: Layout, roles: Mapping[Role, str], numbered: Iterable[Role] = ()
    ) -> None:
        self.word = word
        self.layout = layout
        self.roles = dict(roles)
        self._numbered = frozenset(numbered)
        self._bare = (
            frozenset(HEADINGS) if layout.numbering.headings is HeadingNumbers.NONE else self._numbered
        )

    @property
    def text_width(self) -> int:
        """Width of the text of the last section in twips."""
        section = self.word.sections[-1]
        return _between(section.page_width, section.left_margin, section.right_margin)

    @property
    def text_height(self) -> int:
        """Height of the text of the last section in twips."""
        section = self.word.sections[-1]
        return _between(section.page_height, section.top_margin, section.bottom_margin)

    def add(self, text: str, role: Role) -> WordParagraph:
        """Append a paragraph; by the id of its style, as finding a style by name searches all of them."""
        words = self.words_of(text, role)
        paragraph = self.word.add_paragraph(words)
        paragraph._p.style = self.roles[role]
        if role in self._numbered and words == text:
            _without_number(paragraph)
        return paragraph

    def words_of(self, text: str, role: Role) -> str:
        """Return the words as they stand in the file: a heading without a number that Word puts there."""
        found = marker_of(text) if role in self._bare else None
        return found.rest if found and found.ordinal else text

    def add_table(self, table: Element) -> None:
        """Append a table and the line that closes it."""
        line = self.add("", Role.CELL)
        line.paragraph_format.line_spacing = _CLOSING_LINE
        line._p.addprevious(table)

    def add_right(self, text: str, role: Role, distance: int = 0) -> WordParagraph:
        """Append a paragraph at the right edge, `distance` twips from it."""
        paragraph = self.add(text, role)
        paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
        paragraph.paragraph_format.first_line_indent = Twips(0)
        paragraph.paragraph_format.right_indent = Twips(distance)
        return paragraph

    def add_section(self) -> Section:
        """Begin a new page with settings of its own; the last paragraph ends the old one, so no line is lost."""
        section = self.word.add_section(WD_SECTION.NEW_PAGE)
        for start in section._sectPr.findall(qn("w:pgNumType")):
            section._sectPr.remove(start)  # page numbers go on
        holder = self.word.element.body[-2]
        before = holder.getprevious()
        if before is not None and before.tag == qn("w:p") and before.find(f".//{qn('w:sectPr')}") is None:
            before.get_or_add_pPr().append(holder.pPr.sectPr)
            holder.getparent().remove(holder)
        return section

    def captured(self, write: Callable[[], None]) -> list[Element]:
        """Return what `write` appends, taken out of the file again."""
        body = self.word.element.body
        before = len(body)
        last = body[-1] if before and body[-1].tag == qn("w:sectPr") else None
        write()
        start = before - 1 if last is not None else before
        made = [element for element in body[start:] if element is not last]
        for element in made:
            body.remove(element)
        return made


def add_field(paragraph: WordParagraph, instruction: str, result: str = "") -> None:
    """Append a field of Word with the result that it shows now."""
    begin_field(paragraph, instruction)
    if result:
        mark_field(paragraph, "separate")
        paragraph.add_run(result)
    mark_field(paragraph, "end")


def begin_field(paragraph: WordParagraph, instruction: str) -> None:
    """Append the beginning of a field and what it is to do."""
    mark_field(paragraph, "begin")
    words = OxmlElement("w:instrText")
    words.set(qn("xml:space"), "preserve")
    words.text = instruction
    paragraph.add_run()._r.append(words)


def mark_field(paragraph: WordParagraph, kind: str) -> None:
    """Append a mark of a field: begin, separate or end."""
    mark = OxmlElement("w:fldChar")
    mark.set(qn("w:fldCharType"), kind)
    paragraph.add_run()._r.append(mark)


def add_page_break(paragraph: WordParagraph) -> None:
    """End the page after a paragraph."""
    paragraph.add_run().add_break(WD_BREAK.PAGE)


def _between(whole: Length | None, first: Length | None, last: Length | None) -> int:
    """Return in twips what two margins leave of a page; a section that does not say is A4 without margins."""
    return int(((whole or _A4) - (first or 0) - (last or 0)) / _EMU)


def keep_with_next(element: Element) -> None:
    """Keep a paragraph on the page of the next one."""
    WordParagraph(element, None).paragraph_format.keep_with_next = True


def keep_lines(element: Element) -> None:
    """Keep the lines of a paragraph on one page."""
    WordParagraph(element, None).paragraph_format.keep_together = True


def _without_number(paragraph: WordParagraph) -> None:
    """Switch the style's own numbering off for a heading that is written without a number."""
    numbering = paragraph._p.get_or_add_pPr().get_or_add_numPr()
    numbering.get_or_add_numId().val = 0
