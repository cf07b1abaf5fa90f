"""What may stand before the report: a cover (评价年度、评价单位、填报日期) and a table of contents of its headings.

The contents is a live Word field over the heading styles, already filled with their words, so that it reads
right before Word has counted the pages (it does so when the field is updated). Knows nothing of figures.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from docx.document import Document as WordFile
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_BREAK, WD_TAB_ALIGNMENT, WD_TAB_LEADER
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Pt, Twips
from docx.text.paragraph import Paragraph as WordParagraph

from assistant.domain.base import Frozen
from assistant.domain.draft import Draft, ParagraphStyle
from assistant.export import styles

_TEXT_WIDTH = Twips(styles.PAGE_WIDTH - styles.LEFT - styles.RIGHT)
_ABOVE_TITLE, _BELOW_TITLE = 6, 8
_LEVELS = {ParagraphStyle.HEADING1: 0, ParagraphStyle.HEADING2: 1}
_INSTRUCTION = 'TOC \\o "1-2" \\h \\z \\u'


class Front(Frozen):
    """Which of the pages before the report are wanted."""

    cover: bool = False
    contents: bool = False


def write_front(
    word: WordFile, draft: Draft, front: Front, write_title: Callable[[WordFile, str], None]
) -> None:
    """Add the wanted pages, each ending in a page break; the title is set as it is in the report."""
    if front.cover:
        _cover(word, draft, write_title)
    if front.contents:
        _contents(word, draft)


def without_front(blocks: Sequence[str], title: str) -> list[str]:
    """Return the blocks with those before the report blanked, so that offsets stay what they are.

    A contents repeats the headings; whoever reads the sections of the report must not read them twice.
    """
    places = [number for number, block in enumerate(blocks) if block == title]
    first = places[-1] if places else 0
    return [" " * len(block) if number < first else block for number, block in enumerate(blocks)]


def _cover(word: WordFile, draft: Draft, write_title: Callable[[WordFile, str], None]) -> None:
    for _ in range(_ABOVE_TITLE):
        word.add_paragraph("", style=styles.BODY)
    write_title(word, draft.title)
    for _ in range(_BELOW_TITLE):
        word.add_paragraph("", style=styles.BODY)
    filled = draft.signature[1] if len(draft.signature) > 1 else "（待补充）"
    year = f"{draft.year}年度" if draft.year else "（待补充）"
    for name, text in (("评价年度", year), ("评价单位", draft.unit_name), ("填报日期", filled)):
        line = word.add_paragraph(f"{name}：{text}", style=styles.BODY)
        line.paragraph_format.left_indent = Twips(4 * 320)
    _break(word.paragraphs[-1])


def _contents(word: WordFile, draft: Draft) -> None:
    word.add_paragraph("目　录", style=styles.TITLE)
    lines = [p for p in draft.paragraphs if p.style in _LEVELS]
    made: list[WordParagraph] = []
    for one in lines:
        line = word.add_paragraph(style=styles.BODY)
        line.alignment = WD_ALIGN_PARAGRAPH.LEFT
        line.paragraph_format.left_indent = Twips(320 * _LEVELS[one.style])
        line.paragraph_format.first_line_indent = Pt(0)
        line.paragraph_format.tab_stops.add_tab_stop(_TEXT_WIDTH, WD_TAB_ALIGNMENT.RIGHT, WD_TAB_LEADER.DOTS)
        made.append(line)
    for number, (line, one) in enumerate(zip(made, lines, strict=True)):
        if number == 0:
            _field(line, "begin", dirty=True)
            _instruction(line)
            _field(line, "separate")
        line.add_run(f"{one.text}\t")
    if made:
        _field(made[-1], "end")
        _break(made[-1])


def _break(paragraph: WordParagraph) -> None:
    paragraph.add_run().add_break(WD_BREAK.PAGE)


def _field(paragraph: WordParagraph, kind: str, *, dirty: bool = False) -> None:
    mark = OxmlElement("w:fldChar")
    mark.set(qn("w:fldCharType"), kind)
    if dirty:
        mark.set(qn("w:dirty"), "true")
    paragraph.add_run()._r.append(mark)


def _instruction(paragraph: WordParagraph) -> None:
    words = OxmlElement("w:instrText")
    words.set(qn("xml:space"), "preserve")
    words.text = _INSTRUCTION
    paragraph.add_run()._r.append(words)
