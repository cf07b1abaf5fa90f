"""Read a PDF that holds text: one block for each printed line, with its page.

A page without text is a picture of one: it is counted and said (R01, R02), never guessed. Joining printed
lines into paragraphs and table rows is the work of `paragraphs`.
"""

from __future__ import annotations

import logging
import re
from collections import Counter
from pathlib import Path

from pypdf import PageObject, PdfReader
from pypdf.errors import DependencyError, PyPdfError

from assistant.errors import DamagedFile
from assistant.library.pdf_tables import PageListener, PrintedLine, lines_of
from assistant.library.reading import Reading, paragraph
from assistant.library.source import Block, ReadState

#: — 3 —, 3, 第 3 页 共 9 页.
_PAGE_NUMBER = re.compile(r"[-—–－\s]*\d{1,3}[-—–－\s]*|第\s*\d+\s*页.{0,12}|\d+\s*/\s*\d+")
#: Points by which the first line of a paragraph stands right of the margin.
_INDENT = 8
#: Blanks that justified Chinese print leaves between its characters.
_LETTER_SPACING = re.compile(
    r"(?<=[\u3000-\u303f\u3400-\u9fff\uff00-\uffef“”‘’])\s+(?=[\u3000-\u303f\u3400-\u9fff\uff00-\uffef“”‘’])"
)


def read_pdf(path: Path) -> Reading:
    """Return the lines of the PDF; a scanned one has no blocks and the state 扫描件."""
    logging.getLogger("pypdf").setLevel(logging.ERROR)
    pages = _pages(path)
    blocks: list[Block] = []
    empty: list[int] = []
    tables = 0
    for number, lines in enumerate(_without_running_heads(pages), start=1):
        margin = min((line.x for line in lines if line.table is None), default=0.0)
        blocks.extend(_block(line, number, tables, margin) for line in lines)
        tables += len({line.table for line in lines if line.table is not None})
        if not lines:
            empty.append(number)
    return Reading(blocks, *_judged(len(pages), empty), wrapped=True)


def _block(line: PrintedLine, page: int, tables: int, margin: float) -> Block:
    """Return a line as a block; the tables of the page are numbered on from the `tables` before it."""
    block = paragraph(line.text, page)
    if line.table is None:
        return block.model_copy(update={"indented": line.x > margin + _INDENT})
    return block.model_copy(update={"cells": line.cells, "printed_row": (tables + line.table, line.row)})


def _pages(path: Path) -> list[list[PrintedLine]]:
    try:
        reader = PdfReader(path)
        if reader.is_encrypted and not reader.decrypt(""):
            raise DamagedFile(path, "设有打开密码")
        return [_lines(page) for page in reader.pages]
    except DependencyError:
        raise DamagedFile(path, "设有密码保护") from None
    except (
        PyPdfError,
        OSError,
        ValueError,
        KeyError,
        IndexError,
        TypeError,
        AttributeError,
        NotImplementedError,
    ) as error:
        raise DamagedFile(path, f"不是完好的 PDF（{type(error).__name__}）") from None


def _lines(page: PageObject) -> list[PrintedLine]:
    listener = PageListener()
    page.extract_text(visitor_text=listener.text, visitor_operand_before=listener.operand)
    return [line._replace(text=_LETTER_SPACING.sub("", line.text)) for line in lines_of(listener)]


def _without_running_heads(pages: list[list[PrintedLine]]) -> list[list[PrintedLine]]:
    """Return the lines of each page without its number and without a head that most pages repeat."""
    edges = [{line.text for line in [*lines[:1], *lines[-1:]] if line.table is None} for lines in pages]
    repeated = Counter(text for texts in edges for text in texts)
    heads = {text for text, times in repeated.items() if times >= 3 and times * 2 > len(pages)}
    return [_trimmed(lines, heads) for lines in pages]


def _trimmed(lines: list[PrintedLine], heads: set[str]) -> list[PrintedLine]:
    first, last = 0, len(lines)
    while first < last and _is_running(lines[first], heads):
        first += 1
    while last > first and _is_running(lines[last - 1], heads):
        last -= 1
    return lines[first:last]


def _is_running(line: PrintedLine, heads: set[str]) -> bool:
    return line.table is None and (line.text in heads or _PAGE_NUMBER.fullmatch(line.text) is not None)


def _judged(pages: int, empty: list[int]) -> tuple[ReadState, list[tuple[str, str]]]:
    if not empty:
        return ReadState.COMPLETE, []
    if len(empty) == pages:
        return ReadState.SCANNED, [
            ("R02", f"全部 {pages} 页都是图片，没有可检索的文字，请先做文字识别（OCR）")
        ]
    listed = "、".join(str(number) for number in empty[:10]) + ("等" if len(empty) > 10 else "")
    return ReadState.PARTIAL, [("R01", f"共 {pages} 页，其中第 {listed} 页没有读出文字，可能是图片或空白页")]
