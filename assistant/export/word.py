"""The Word file of a draft: body by GB/T 9704-2012, signature, 附件说明, and the 自评表 in landscape.

The same draft gives the same bytes. The file is opened again and compared with the draft before it takes
its place, so that nothing half-written or altered is ever handed over.
"""

from __future__ import annotations

import io
import os
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

import docx

from assistant.domain.draft import Draft
from assistant.domain.report import Report
from assistant.domain.scorecard import Scorecard
from assistant.errors import OutputError
from assistant.export import body, styles
from assistant.export.annexes import Annex, annexes_of, write_annex_sections
from assistant.export.canvas import Canvas
from assistant.export.edition import PLAIN, Edition
from assistant.export.front import mark_headings, write_front
from assistant.export.layout import Layout
from assistant.export.numbered import number_headings
from assistant.export.package import package_bytes
from assistant.export.package_parts import read_parts, write_parts
from assistant.export.pages import Piece, first_pages
from assistant.export.provenance import Provenance, embedded
from assistant.export.roles import HEADINGS, Role
from assistant.export.running import mark_unproven, start_at_one, write_page_numbers
from assistant.export.slots import values_of
from assistant.export.template import is_tagged, running_parts, template_canvas
from assistant.export.template_check import require_usable
from assistant.export.templated import fill_template, take_looks
from assistant.library.word_reader import read_word_bytes

_EPOCH = datetime(2020, 1, 1)  # noqa: DTZ001 - a fixed stamp: the same draft gives the same bytes


def write_word(
    draft: Draft,
    report: Report,
    scorecard: Scorecard,
    path: Path,
    *,
    unproven: bool = False,
    provenance: Provenance | None = None,
    edition: Edition | None = None,
) -> None:
    """Write the .docx of a draft, or the package (.zip) of report, form and provenance.

    `unproven` puts 「未校核稿」 on every page, `provenance` goes inside. Raises OutputError where the file cannot
    be written; an existing file is then left as it was.
    """
    content = word_bytes(draft, report, scorecard, unproven=unproven, edition=edition)
    if provenance is not None:
        content = embedded(content, provenance)
    if path.suffix.lower() == ".zip":
        own = provenance.model_dump_json() if provenance is not None else ""
        content = package_bytes(content, report, scorecard, own)
    save_atomically(content, path)


def word_bytes(
    draft: Draft,
    report: Report,
    scorecard: Scorecard,
    *,
    unproven: bool = False,
    edition: Edition | None = None,
) -> bytes:
    """Return the .docx of a draft as bytes; OutputError where it does not say what the draft says."""
    how = edition or Edition()
    annexes = annexes_of(report, scorecard, figures=how.figures)
    canvas = _canvas(how)
    if how.template is not None and is_tagged(canvas.word):
        fill_template(canvas, draft, report, scorecard, annexes)
    else:
        if how.template is not None:
            take_looks(canvas.word, values_of(draft, report, scorecard))
        _write_whole(canvas, draft, report.year, annexes, how)
    if unproven:
        mark_unproven(canvas.word, how.layout)
    return finished(canvas, draft, annexes)


def _canvas(how: Edition) -> Canvas:
    """Return an empty file in our own styles, or the template in its own."""
    if how.template is None:
        return new_canvas(how.layout)
    require_usable(how.template)
    return template_canvas(how.template.open(), how.layout)


def _write_whole(canvas: Canvas, draft: Draft, year: int | None, annexes: list[Annex], how: Edition) -> None:
    """Write front, report and annexes one after the other; a template gives looks, page and running heads."""
    own = how.template is None
    titles = [one.title for one in annexes]
    pages = pages_of(draft, titles, how.layout) if own and how.front.contents else []
    _write_front(canvas, draft, pages, how)
    _write_report(canvas, draft, titles)
    write_annex_sections(canvas, annexes, year, own_page=own)


def new_canvas(layout: Layout) -> Canvas:
    """Return an empty file with our own styles."""
    word = docx.Document()
    styles.apply_styles(word, layout)
    styles.set_page(word.sections[0], layout)
    numbered = number_headings(word, layout.numbering.headings)
    return Canvas(word, layout, {role: word.styles[role].style_id for role in Role}, numbered)


def _write_front(canvas: Canvas, draft: Draft, pages: Sequence[int], how: Edition) -> None:
    """Add cover and contents in a section without page numbers: the report itself begins with page 1."""
    word = canvas.word
    if how.front != PLAIN:
        write_front(canvas, draft, how.front, pages)
        canvas.add_section()
        start_at_one(word.sections[-1])
    if how.template is None or not any(place == "页脚" for place, _ in running_parts(word)):
        write_page_numbers(word, word.sections[-1], how.layout)


def pages_of(draft: Draft, annexes: Sequence[str], layout: Layout) -> list[int]:
    """Return the page of every paragraph of the draft, counted from the page of its title; `annexes` are titles."""
    title = Piece(draft.title, lines=body.title_lines(draft.title, layout), pitch=layout.title_pitch)
    own = [Piece(one.text, heading=body.ROLES[one.style] in HEADINGS) for one in draft.paragraphs]
    return first_pages([title, Piece(""), *own], layout, body.kept_lines(annexes, draft))[2:]


def _write_report(canvas: Canvas, draft: Draft, annexes: Sequence[str]) -> None:
    body.write_title(canvas, draft.title)
    canvas.add("", Role.BODY)
    text = body.write_paragraphs(canvas, draft)
    mark_headings(canvas, draft, text)
    tail = body.write_annex_note(canvas, annexes) + body.write_signature(canvas, draft)
    body.keep_signature_company(text, tail)


def finished(canvas: Canvas, draft: Draft, annexes: Sequence[Annex]) -> bytes:
    """Return the file as bytes that are always the same, opened again and held against draft and annexes."""
    core = canvas.word.core_properties
    core.title, core.author, core.language = draft.title, draft.unit_name, "zh-CN"
    core.comments, core.last_modified_by = "", draft.unit_name
    core.created = core.modified = _EPOCH
    buffer = io.BytesIO()
    canvas.word.save(buffer)
    content = write_parts(read_parts(buffer.getvalue()))
    words = [canvas.words_of(one.text, body.ROLES[one.style]) for one in draft.paragraphs]
    compare(content, words, annexes)
    return content


def compare(content: bytes, words: Sequence[str], annexes: Sequence[Annex]) -> None:
    """Open the file again and find every paragraph in order and every row of the annexes; OutputError otherwise."""
    blocks = read_word_bytes(io.BytesIO(content), "Word 文件")
    lines = iter([block.text for block in blocks])
    missing = next((text for text in words if text not in lines), None)
    if missing is None:
        there = {block.text for block in blocks if block.cells}
        rows = (
            "\t".join(cell.text.strip("\n") for cell in row)
            for one in annexes
            for table in one.tables
            for row in table.rows
        )
        missing = next((row for row in rows if row not in there), None)
    if missing is not None:
        raise OutputError("Word 文件", f"写出的内容与文稿不一致：“{missing[:20]}…”")


def save_atomically(content: bytes, path: Path) -> None:
    """Write bytes beside `path` and move them into place; OutputError where that fails."""
    partial = path.with_name(f".{path.name}.{os.getpid()}.partial")
    try:
        partial.write_bytes(content)
        partial.replace(path)
    except OSError as error:
        partial.unlink(missing_ok=True)
        raise OutputError(path, error.strerror or str(error)) from None
