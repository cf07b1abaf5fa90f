"""Read a PDF that holds text: one block for each printed line, with its page.

A page without text is a picture of one: it is counted and said (R01, R02), never guessed. Joining printed
lines into paragraphs is the work of `paragraphs`.
"""

from __future__ import annotations

import logging
import re
from collections import Counter
from pathlib import Path

from pypdf import PdfReader
from pypdf.errors import DependencyError, PyPdfError

from assistant.errors import DamagedFile
from assistant.library.reading import Reading, paragraph
from assistant.library.source import Block, ReadState

#: — 3 —, 3, 第 3 页 共 9 页.
_PAGE_NUMBER = re.compile(r"[-—–－\s]*\d{1,3}[-—–－\s]*|第\s*\d+\s*页.{0,12}|\d+\s*/\s*\d+")


def read_pdf(path: Path) -> Reading:
    """Return the lines of the PDF; a scanned one has no blocks and the state 扫描件."""
    logging.getLogger("pypdf").setLevel(logging.ERROR)
    pages = _pages(path)
    blocks: list[Block] = []
    empty: list[int] = []
    for number, lines in enumerate(_without_running_heads(pages), start=1):
        blocks.extend(paragraph(line, number) for line in lines)
        if not lines:
            empty.append(number)
    return Reading(blocks, *_judged(len(pages), empty), wrapped=True)


def _pages(path: Path) -> list[list[str]]:
    try:
        reader = PdfReader(path)
        if reader.is_encrypted and not reader.decrypt(""):
            raise DamagedFile(path, "设有打开密码")
        return [_lines(page.extract_text()) for page in reader.pages]
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


def _lines(text: str) -> list[str]:
    return [" ".join(line.split()) for line in text.splitlines() if line.strip()]


def _without_running_heads(pages: list[list[str]]) -> list[list[str]]:
    """Return the lines of each page without its number and without a head that most pages repeat."""
    repeated = Counter(line for lines in pages for line in {*lines[:1], *lines[-1:]})
    heads = {line for line, times in repeated.items() if times >= 3 and times * 2 > len(pages)}
    return [_trimmed(lines, heads) for lines in pages]


def _trimmed(lines: list[str], heads: set[str]) -> list[str]:
    first, last = 0, len(lines)
    while first < last and _is_running(lines[first], heads):
        first += 1
    while last > first and _is_running(lines[last - 1], heads):
        last -= 1
    return lines[first:last]


def _is_running(line: str, heads: set[str]) -> bool:
    return line in heads or _PAGE_NUMBER.fullmatch(line) is not None


def _judged(pages: int, empty: list[int]) -> tuple[ReadState, list[tuple[str, str]]]:
    if not empty:
        return ReadState.COMPLETE, []
    if len(empty) == pages:
        return ReadState.SCANNED, [
            ("R02", f"全部 {pages} 页都是图片，没有可检索的文字，请先做文字识别（OCR）")
        ]
    listed = "、".join(str(number) for number in empty[:10]) + ("等" if len(empty) > 10 else "")
    return ReadState.PARTIAL, [("R01", f"共 {pages} 页，其中第 {listed} 页没有读出文字，可能是图片或空白页")]
