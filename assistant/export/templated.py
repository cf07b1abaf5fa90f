"""A report written into a template with tags: text and lists as values, the report itself and its annexes as blocks.

What the template says around its tags stays. Annexes without a place of their own follow as landscape pages.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from copy import deepcopy
from typing import Any

from docx.document import Document as WordFile
from docx.oxml.ns import qn

from assistant.domain.draft import Draft
from assistant.domain.report import Report
from assistant.domain.scorecard import Scorecard
from assistant.export import body, slots
from assistant.export.annexes import Annex, write_annex_sections, write_annexes_here
from assistant.export.canvas import Canvas, Element
from assistant.export.filling import Block, filled, own_text, refill
from assistant.export.front import mark_headings, write_contents
from assistant.export.tags import read_tags
from assistant.export.template import running_parts


def fill_template(
    canvas: Canvas, draft: Draft, report: Report, scorecard: Scorecard, annexes: list[Annex]
) -> None:
    """Fill a template that has been checked."""
    own = empty(canvas.word)
    wanted = _names_in(own)
    titles = [one.title for one in annexes]

    def write_text() -> None:
        text = body.write_paragraphs(canvas, draft)
        if slots.CONTENTS in wanted:
            mark_headings(canvas, draft, text)

    writers: dict[str, Callable[[], Any]] = {
        slots.TEXT_BLOCK: write_text,
        slots.CONTENTS: lambda: write_contents(canvas, draft, ()),
        slots.ANNEX_NOTE: lambda: body.write_annex_note(canvas, titles),
        slots.SIGNATURE: lambda: body.write_signature(canvas, draft),
        slots.ANNEXES: lambda: write_annexes_here(canvas, annexes, report.year),
    }
    values = slots.values_of(draft, report, scorecard)
    for name, write in writers.items():
        if name in wanted:
            values |= slots.named_both_ways(name, Block(tuple(canvas.captured(write))))
    _append(canvas.word, filled(own, values))
    fill_running(canvas.word, values)
    if slots.ANNEXES not in wanted:
        write_annex_sections(canvas, annexes, report.year, own_page=False)


def take_looks(word: WordFile, values: Mapping[str, Any]) -> None:
    """Keep of a template without tags its styles, running heads and the page of its first upright section."""
    upright = next((one for one in word.sections if (one.page_height or 0) >= (one.page_width or 0)), None)
    page = deepcopy(upright._sectPr) if upright is not None else None
    empty(word)
    if page is not None and len(word.element.body):
        word.element.body.replace(word.element.body[-1], page)
    fill_running(word, values)


def empty(word: WordFile) -> list[Element]:
    """Take everything out of the body but the page of its last section; return what was there."""
    content = [element for element in word.element.body if element.tag != qn("w:sectPr")]
    for element in content:
        word.element.body.remove(element)
    return content


def fill_running(word: WordFile, values: Mapping[str, Any]) -> None:
    """Fill the tags of headers and footers."""
    for _, root in running_parts(word):
        refill(root, values)


def _append(word: WordFile, elements: Sequence[Element]) -> None:
    body_element = word.element.body
    last = body_element[-1] if len(body_element) else None
    for element in elements:
        if last is not None:
            last.addprevious(element)
        else:
            body_element.append(element)


def _names_in(elements: Sequence[Element]) -> set[str]:
    """Return the Chinese names of everything that the tags of these elements name."""
    paths = [
        tag.path[0]
        for element in elements
        for paragraph in element.iter(qn("w:p"))
        for tag in read_tags(own_text(paragraph))[0]
        if tag.path
    ]
    return {slot.name for slot in map(slots.slot_named, paths) if slot is not None}
