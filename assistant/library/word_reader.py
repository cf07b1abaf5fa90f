"""Read a .docx straight from its XML: paragraphs and table rows in body order, text boxes included.

Merged cells stand once, in their first row; tracked insertions are read and deletions dropped (R03);
running heads and feet are left out; footnotes and endnotes stand apart, with the block that refers to them. Every character comes with the element it stands in, so that a
comment can be put exactly there. It knows nothing about what the paragraphs mean.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import IO, Any, NamedTuple

from lxml import etree  # type: ignore[import-untyped]

from assistant.errors import DamagedFile
from assistant.library.reading import Reading, heading, paragraph, row
from assistant.library.source import Block

_MAIN = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_CHOICE = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
#: A part larger than this when unpacked is no office report.
_LARGEST = 256 * 1024 * 1024
_PARTS = ("word/document.xml", "word/styles.xml", "word/footnotes.xml", "word/endnotes.xml")
_REFERENCES = {f"{_MAIN}{kind}Reference": kind for kind in ("footnote", "endnote")}
_DROPPED = {
    f"{_MAIN}{name}" for name in ("del", "moveFrom", "delText", "instrText", "rPr", "pPr", "txbxContent")
} | {_CHOICE}
_WRAPPERS = {f"{_MAIN}{name}" for name in ("sdt", "sdtContent", "ins", "moveTo", "customXml", "smartTag")}
_CHARACTERS = {
    f"{_MAIN}tab": "\t",
    f"{_MAIN}cr": "\n",
    f"{_MAIN}noBreakHyphen": "-",
    f"{_MAIN}ptab": "\t",
}
_HEADING_NAME = re.compile(r"(?:heading|标题)\s*(\d)", re.IGNORECASE)
#: An element of lxml, which comes without types.
Element = Any


class Piece(NamedTuple):
    """Some characters and the `w:t` they stand in; None for a tab, a break, or what joins cells.

    `source` is the element of any character, for the joint of two paragraphs of a cell the first of them.
    """

    text: str
    element: Element | None = None
    source: Element | None = None


class Line(NamedTuple):
    """A block with the `w:p` or `w:tr` it is; `parts` are the pieces of the paragraph, or of every cell of the row."""

    block: Block
    element: Element
    parts: list[list[Piece]]

    @property
    def pieces(self) -> list[Piece]:
        """Every piece; joined they are the text of the block."""
        return _between(self.parts, "\t")


def read_word(path: Path) -> Reading:
    """Return the blocks of the Word file; DamagedFile where it is none."""
    parts = _parts(path, path)
    body = parts["word/document.xml"].find(f"{_MAIN}body")
    if body is None:
        raise DamagedFile(path, "文档没有正文")
    walker = _Walker(_heading_levels(parts.get("word/styles.xml")))
    lines = list(walker.lines(body))
    return Reading([line.block for line in lines], remarks=_revisions(body), notes=_notes(lines, parts))


def read_word_bytes(content: IO[bytes], name: str) -> list[Block]:
    """Return the blocks of a Word file in memory; DamagedFile, by its `name`, where it is none."""
    parts = _parts(content, name)
    body = parts["word/document.xml"].find(f"{_MAIN}body")
    if body is None:
        raise DamagedFile(name, "文档没有正文")
    return [line.block for line in _Walker(_heading_levels(parts.get("word/styles.xml"))).lines(body)]


def word_pieces(body: Element) -> list[list[Piece]]:
    """Return the pieces of every block of a `w:body`; joined they are the text of the block."""
    return [line.pieces for line in word_lines(body)]


def word_lines(body: Element) -> list[Line]:
    """Return the blocks of a `w:body` with the elements they stand in."""
    return list(_Walker({}).lines(body))


def _parts(content: Path | IO[bytes], path: Path | str) -> dict[str, Element]:
    parser = etree.XMLParser(resolve_entities=False, no_network=True)
    parts: dict[str, Element] = {}
    try:
        with zipfile.ZipFile(content) as archive:
            for name in _PARTS:
                if name in archive.namelist() and archive.getinfo(name).file_size <= _LARGEST:
                    parts[name] = etree.fromstring(archive.read(name), parser)
    except (zipfile.BadZipFile, etree.XMLSyntaxError, OSError, EOFError, NotImplementedError, RuntimeError):
        raise DamagedFile(path, "文件内容已损坏，不是完好的 Word 文档") from None
    if "word/document.xml" not in parts:
        raise DamagedFile(path, "里面没有 Word 正文，可能是别的格式改了扩展名")
    return parts


def _heading_levels(styles: Element | None) -> dict[str, int]:
    """Return the outline level of every heading style by its id."""
    levels: dict[str, int] = {}
    for style in () if styles is None else styles.findall(f"{_MAIN}style"):
        name = style.find(f"{_MAIN}name")
        found = _HEADING_NAME.fullmatch("" if name is None else name.get(f"{_MAIN}val", ""))
        outline = style.find(f"{_MAIN}pPr/{_MAIN}outlineLvl")
        if found:
            levels[style.get(f"{_MAIN}styleId", "")] = int(found.group(1))
        elif outline is not None and outline.get(f"{_MAIN}val", "9") < "9":
            levels[style.get(f"{_MAIN}styleId", "")] = int(outline.get(f"{_MAIN}val", "0")) + 1
    return levels


def _revisions(body: Element) -> list[tuple[str, str]]:
    inserted = sum(1 for _ in body.iter(f"{_MAIN}ins", f"{_MAIN}moveTo"))
    deleted = sum(1 for _ in body.iter(f"{_MAIN}del", f"{_MAIN}moveFrom"))
    if not inserted + deleted:
        return []
    return [("R03", f"文档带有修订痕迹（插入 {inserted} 处、删除 {deleted} 处），已按接受全部修订读取")]


def _notes(lines: Sequence[Line], parts: dict[str, Element]) -> list[tuple[int, str]]:
    """Return the text of every note that is referred to, with the number of the block that does."""
    noted: dict[tuple[str, str], int] = {}
    for number, line in enumerate(lines):
        for reference in line.element.iter(*_REFERENCES):
            noted.setdefault((_REFERENCES[reference.tag], reference.get(f"{_MAIN}id", "")), number)
    found = []
    for (kind, key), number in noted.items():
        part = parts.get(f"word/{kind}s.xml")
        notes = [] if part is None else part.findall(f"{_MAIN}{kind}")
        said = [_joined(list(_pieces(note))) for note in notes if note.get(f"{_MAIN}id") == key]
        found += [(number, text.strip()) for text in said if text.strip()]
    return found


class _Walker:
    """Walks the body once and numbers its tables."""

    def __init__(self, levels: dict[str, int]) -> None:
        self.levels = levels
        self.tables = 0

    def lines(self, parent: Element) -> Iterator[Line]:
        for child in parent:
            if child.tag == f"{_MAIN}p":
                yield self._paragraph(child)
                yield from self._boxes(child)
            elif child.tag == f"{_MAIN}tbl":
                yield from self._table(child)
            elif child.tag in _WRAPPERS:
                yield from self.lines(child)

    def _paragraph(self, element: Element) -> Line:
        level, pieces = self._level(element), list(_pieces(element))
        text = _joined(pieces)
        block = heading(text, level) if level and text.strip() else paragraph(text)
        return Line(block, element, [pieces])

    def _level(self, element: Element) -> int:
        properties = element.find(f"{_MAIN}pPr")
        if properties is None:
            return 0
        outline = properties.find(f"{_MAIN}outlineLvl")
        if outline is not None and outline.get(f"{_MAIN}val", "9") < "9":
            return int(outline.get(f"{_MAIN}val", "0")) + 1
        style = properties.find(f"{_MAIN}pStyle")
        return 0 if style is None else self.levels.get(style.get(f"{_MAIN}val", ""), 0)

    def _boxes(self, element: Element) -> Iterator[Line]:
        """Yield the paragraphs of the text boxes anchored here, each box once."""
        for box in element.iter(f"{_MAIN}txbxContent"):
            if not any(parent.tag == _CHOICE for parent in box.iterancestors()):
                yield from self.lines(box)

    def _table(self, element: Element) -> Iterator[Line]:
        number = self.tables
        self.tables += 1
        for line in _children(element, "tr"):
            if line.find(f"{_MAIN}trPr/{_MAIN}del") is not None:
                continue
            cells = list(_children(line, "tc"))
            filled = [_cell_pieces(cell) for cell in cells]
            yield Line(row([_joined(pieces) for pieces in filled], number), line, filled)
            for cell in cells:
                for inner in _children(cell, "tbl"):
                    yield from self._table(inner)


def _children(parent: Element, name: str) -> Iterator[Element]:
    """Yield the children of that name, also those inside content controls and revisions."""
    for child in parent:
        if child.tag == f"{_MAIN}{name}":
            yield child
        elif child.tag in _WRAPPERS:
            yield from _children(child, name)


def _cell_pieces(cell: Element) -> list[Piece]:
    """Return the pieces of a cell, without empty lines at its ends; none where it continues a vertical merge."""
    merge = cell.find(f"{_MAIN}tcPr/{_MAIN}vMerge")
    if merge is not None and merge.get(f"{_MAIN}val", "continue") == "continue":
        return []
    pieces = list[Piece]()
    for number, element in enumerate(paragraphs := list(_children(cell, "p"))):
        joint = [Piece("\n", None, paragraphs[number - 1])] if number else []
        pieces += [*joint, *_pieces(element)]
    return _trimmed(_trimmed(pieces, first=True), first=False)


def _trimmed(pieces: list[Piece], *, first: bool) -> list[Piece]:
    """Drop the line ends (and pieces without text) at one end."""
    while pieces:
        piece = pieces[0 if first else -1]
        if piece.text.strip("\n") or piece.element is not None and piece.text:
            break
        pieces = pieces[1:] if first else pieces[:-1]
    return pieces


def _between(groups: list[list[Piece]], joint: str) -> list[Piece]:
    joined: list[Piece] = []
    for number, group in enumerate(groups):
        joined += [Piece(joint), *group] if number else group
    return joined


def _joined(pieces: list[Piece]) -> str:
    return "".join(piece.text for piece in pieces)


def _pieces(element: Element) -> Iterator[Piece]:
    for child in element:
        if child.tag == f"{_MAIN}t":
            yield Piece(child.text or "", child, child)
        elif child.tag == f"{_MAIN}br":
            yield Piece(
                "\n" if child.get(f"{_MAIN}type", "textWrapping") == "textWrapping" else "", None, child
            )
        elif child.tag in _CHARACTERS:
            yield Piece(_CHARACTERS[child.tag], None, child)
        elif child.tag not in _DROPPED:
            yield from _pieces(child)
