"""What may stand before the report: a cover (评价年度、评价单位、填报日期) and a table of contents of its headings.

The contents is a field of Word over the heading styles, filled already with words and page numbers, so that it
is right when the file is opened and no program asks to update it. Knows nothing of figures.
"""

from __future__ import annotations

from collections.abc import Sequence

from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_TAB_ALIGNMENT, WD_TAB_LEADER
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Twips
from docx.text.paragraph import Paragraph as WordParagraph

from assistant.domain.base import Frozen
from assistant.domain.draft import Draft, ParagraphStyle
from assistant.export.body import ROLES, write_title
from assistant.export.canvas import Canvas, Element, add_page_break, begin_field, mark_field
from assistant.export.roles import Role

_ABOVE_TITLE, _BELOW_TITLE = 6, 8
_LEVELS = {ParagraphStyle.HEADING1: 0, ParagraphStyle.HEADING2: 1}
_INSTRUCTION = 'TOC \\o "1-2" \\h \\z \\u'
_NUMBER_WIDTH = 2  # characters kept free for the page number
_BOOKMARKS = 9_704_000  # ids above those that a template may have
MISSING = "（待补充）"


class Front(Frozen):
    """Which of the pages before the report are wanted."""

    cover: bool = False
    contents: bool = False


def without_front(blocks: Sequence[str], title: str) -> list[str]:
    """Return the blocks with those before the report blanked, so that offsets stay what they are.

    A contents repeats the headings; whoever reads the sections of the report must not read them twice.
    """
    places = [number for number, block in enumerate(blocks) if block == title]
    first = places[-1] if places else 0
    return [" " * len(block) if number < first else block for number, block in enumerate(blocks)]


def write_front(canvas: Canvas, draft: Draft, front: Front, pages: Sequence[int]) -> None:
    """Add the wanted pages; `pages` gives the page of every paragraph of the draft, or is empty."""
    if front.cover:
        _cover(canvas, draft)
    if front.contents:
        if front.cover:
            add_page_break(canvas.word.paragraphs[-1])
        canvas.add("目　录", Role.TITLE)
        write_contents(canvas, draft, pages)


def _cover(canvas: Canvas, draft: Draft) -> None:
    for _ in range(_ABOVE_TITLE):
        canvas.add("", Role.BODY)
    write_title(canvas, draft.title)
    for _ in range(_BELOW_TITLE):
        canvas.add("", Role.BODY)
    filled = draft.signature[1] if len(draft.signature) > 1 else MISSING
    year = f"{draft.year}年度" if draft.year else MISSING
    for name, text in (("评价年度", year), ("评价单位", draft.unit_name), ("填报日期", filled)):
        form = canvas.add(f"{name}：{text}", Role.BODY).paragraph_format
        # A long name goes on below itself, not below the word before it.
        form.left_indent = Twips(9 * canvas.layout.character)
        form.first_line_indent = Twips(-5 * canvas.layout.character)


def write_contents(canvas: Canvas, draft: Draft, pages: Sequence[int]) -> None:
    """Add one line a heading of level 1 and 2, each leading to its heading."""
    entries = [(number, one) for number, one in enumerate(draft.paragraphs) if one.style in _LEVELS]
    made: list[WordParagraph] = []
    for place, (number, one) in enumerate(entries):
        line = _line(canvas, _LEVELS[one.style])
        if place == 0:
            begin_field(line, _INSTRUCTION)
            mark_field(line, "separate")
        words = canvas.words_of(one.text, ROLES[one.style])
        _linked(line, f"{words}\t{pages[number]}" if pages else words, _bookmark(number))
        made.append(line)
    if made:
        mark_field(made[-1], "end")


def mark_headings(canvas: Canvas, draft: Draft, elements: Sequence[Element]) -> None:
    """Put a bookmark on every heading that the contents leads to."""
    for number, (one, element) in enumerate(zip(draft.paragraphs, elements, strict=True)):
        if one.style in _LEVELS:
            start, end = OxmlElement("w:bookmarkStart"), OxmlElement("w:bookmarkEnd")
            for mark in (start, end):
                mark.set(qn("w:id"), str(_BOOKMARKS + number))
            start.set(qn("w:name"), _bookmark(number))
            element.insert(1 if element[0].tag == qn("w:pPr") else 0, start)
            element.append(end)


def _line(canvas: Canvas, level: int) -> WordParagraph:
    size, width = canvas.layout.character, canvas.text_width
    line = canvas.add("", Role.BODY)
    line.alignment = WD_ALIGN_PARAGRAPH.LEFT
    form = line.paragraph_format
    # Wrapped lines stand under the words of the first and leave the page number alone.
    form.left_indent, form.first_line_indent = Twips(size * (level + 2)), Twips(-size * 2)
    form.right_indent = Twips(_NUMBER_WIDTH * size)
    form.tab_stops.add_tab_stop(Twips(width), WD_TAB_ALIGNMENT.RIGHT, WD_TAB_LEADER.DOTS)
    return line


def _linked(line: WordParagraph, text: str, bookmark: str) -> None:
    link = OxmlElement("w:hyperlink")
    link.set(qn("w:anchor"), bookmark)
    link.set(qn("w:history"), "1")
    run = line.add_run(text)._r
    link.append(run)
    line._p.append(link)


def _bookmark(number: int) -> str:
    return f"_Toc{number:09d}"
