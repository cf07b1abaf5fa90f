"""Read .txt, .md and .html: one block for each non-empty line (or each HTML block element).

Text is UTF-8, UTF-16 with its mark, or GB18030; anything else is said to be damaged. It knows nothing
about what the lines mean.
"""

from __future__ import annotations

import codecs
import re
from pathlib import Path

from lxml import etree, html  # type: ignore[import-untyped]

from assistant.errors import DamagedFile
from assistant.library.reading import Reading, heading, paragraph, row
from assistant.library.source import Block, BlockKind

_MARKED = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_HEADING = re.compile(r"(#{1,6})\s+\S")
_RULE = re.compile(r"[|\s:\-]+")


def decoded(data: bytes, path: Path) -> str:
    """Return the text of the bytes with line ends as "\\n"; DamagedFile where no encoding fits."""
    for mark, encoding in _MARKED:
        if data.startswith(mark):
            return _lines_unified(data.decode(encoding, errors="replace"))
    for encoding in ("utf-8", "gb18030"):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return _lines_unified(text)
    raise DamagedFile(path, "不是文本文件，或文字编码不是 UTF-8、GB18030")


def _lines_unified(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")


def read_text(path: Path) -> Reading:
    """Read a .txt: a block for each non-empty line; a line with tabs is a table row."""
    text = decoded(path.read_bytes(), path)
    blocks: list[Block] = []
    for line in _stripped(text):
        blocks.append(row(line.split("\t"), _table_number(blocks)) if "\t" in line else paragraph(line))
    return Reading(blocks, wrapped=True, raw=text)


def read_markdown(path: Path) -> Reading:
    """Read a .md: lines as they are; `#` marks headings, `|` table rows."""
    text = decoded(path.read_bytes(), path)
    blocks: list[Block] = []
    for line in _stripped(text):
        blocks.append(_markdown_block(line, blocks))
    return Reading(blocks, raw=text)


def _markdown_block(line: str, before: list[Block]) -> Block:
    if line.startswith("|"):
        made = row(_cells(line), _table_number(before))
        return made.model_copy(update={"text": line})
    if "\t" in line:
        return row(line.split("\t"), _table_number(before))
    mark = _HEADING.match(line)
    return heading(line, len(mark.group(1))) if mark else paragraph(line)


def _cells(line: str) -> list[str]:
    """Return the cells of a Markdown table line; none for the rule under its header."""
    if _RULE.fullmatch(line):
        return []
    return [cell.strip() for cell in line.strip().strip("|").split("|")]


def _stripped(text: str) -> list[str]:
    """Return the non-empty lines without the blanks around them; tabs (empty cells) stay."""
    return [line.strip(" \u3000\xa0") for line in text.split("\n") if line.strip()]


def _table_number(before: list[Block]) -> int:
    """Return the table that a row after these blocks belongs to."""
    last = before[-1] if before else None
    if last is not None and last.kind is BlockKind.TABLE_ROW and last.table is not None:
        return last.table
    return len({block.table for block in before if block.table is not None})


def read_html(path: Path) -> Reading:
    """Read a saved web page: its headings, paragraphs, list items and table rows in order."""
    text = decoded(path.read_bytes(), path)
    try:
        tree = html.fromstring(text)
    except (etree.ParserError, ValueError) as error:
        raise DamagedFile(path, f"不是网页文件（{error}）") from None
    for unwanted in tree.xpath("//script|//style|//noscript|//template|//head"):
        unwanted.drop_tree()
    blocks: list[Block] = []
    _walk_html(tree, blocks, [0])
    return Reading([block for block in blocks if block.text.strip()])


_INLINE = {
    "a",
    "b",
    "i",
    "em",
    "strong",
    "span",
    "font",
    "u",
    "sub",
    "sup",
    "small",
    "mark",
    "br",
    "img",
    "label",
}


def _walk_html(node: html.HtmlElement, blocks: list[Block], tables: list[int]) -> None:
    if not isinstance(node.tag, str):
        return
    if node.tag == "table":
        tables[0] += 1
        for line in node.iter("tr"):
            blocks.append(row([_words(cell) for cell in line if cell.tag in ("td", "th")], tables[0] - 1))
    elif re.fullmatch(r"h[1-6]", node.tag):
        blocks.append(heading(_words(node), int(node.tag[1])))
    elif all(not isinstance(child.tag, str) or child.tag in _INLINE for child in node):
        blocks.extend(paragraph(line) for line in _words(node).split("\n") if line)
    else:
        _walk_mixed(node, blocks, tables)


def _walk_mixed(node: html.HtmlElement, blocks: list[Block], tables: list[int]) -> None:
    """Walk an element that holds block elements and perhaps loose text between them."""
    loose = (node.text or "").strip()
    if loose:
        blocks.append(paragraph(loose))
    for child in node:
        _walk_html(child, blocks, tables)
        tail = (child.tail or "").strip()
        if tail:
            blocks.append(paragraph(tail))


def _words(node: html.HtmlElement) -> str:
    for line_break in node.iter("br"):
        line_break.tail = "\n" + (line_break.tail or "")
    lines = "".join(node.itertext()).split("\n")
    return "\n".join(" ".join(line.split()) for line in lines if line.strip())
