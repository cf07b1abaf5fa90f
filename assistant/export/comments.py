"""Word comments (批注) on exact characters: runs are split at the characters, the text stays what it is.

Works on the package itself: only the document, its comments and what lists them are written anew, every
other part keeps its bytes. Offsets count in the text that `library.word_reader` reads. Knows nothing of
what a comment says.
"""

from __future__ import annotations

import posixpath
from bisect import bisect_right
from collections.abc import Sequence
from itertools import accumulate
from typing import Any, NamedTuple

from lxml import etree  # type: ignore[import-untyped]

from assistant.domain.base import Frozen
from assistant.errors import DamagedFile
from assistant.export.package_parts import read_parts, write_parts
from assistant.export.runs import MAIN, element_of, move_to_new_run, split_text, text_of
from assistant.library.word_reader import Piece, word_pieces

AUTHOR = "知绩校核"
_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
_TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
_KIND = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/comments"
_CONTENT = "application/vnd.openxmlformats-officedocument.wordprocessingml.comments+xml"
_DOCUMENT, _DOCUMENT_RELS = "word/document.xml", "word/_rels/document.xml.rels"
_CATALOGUE = "[Content_Types].xml"
#: Where Word admits the marks of a comment; text boxes and ruby do not.
_HOLDERS = frozenset(
    f"{{{MAIN}}}{name}"
    for name in [
        "p",
        "hyperlink",
        "ins",
        "moveTo",
        "sdtContent",
        "smartTag",
        "customXml",
        "fldSimple",
        "dir",
        "bdo",
    ]
)
_CLOSED = frozenset(f"{{{MAIN}}}{name}" for name in ("txbxContent", "ruby"))


class Note(Frozen):
    """A comment on characters [start, end): its paragraphs, and initials that say how grave it is."""

    start: int
    end: int
    lines: tuple[str, ...]
    initials: str


class Place(NamedTuple):
    """The `w:t` elements in which a span begins and ends, with the offsets in them."""

    first: Any
    begin: int
    last: Any
    finish: int


def commented(content: bytes, notes: Sequence[Note], name: str) -> tuple[bytes, list[Note]]:
    """Return the package with the comments, and the notes that have no place a comment may stand at.

    `notes` may not overlap. Raises DamagedFile where the package cannot be read.
    """
    parts = read_parts(content, name)
    if _CATALOGUE not in parts:
        raise DamagedFile(name, "缺少内容清单，不是完好的 Word 文档")
    root = _parsed(parts.get(_DOCUMENT), name)
    body = root.find(f"{{{MAIN}}}body")
    if body is None:
        raise DamagedFile(name, "文档没有正文")
    places = _places(word_pieces(body), notes)
    comments_part = _comments_part(parts, name)
    comments = _parsed(parts[comments_part], name) if comments_part in parts else _empty_comments()
    number = _next_number(comments, root)
    left = [note for note in notes if places[note] is None]
    placed = [note for note in notes if places[note] is not None]
    for position, note in reversed(list(enumerate(placed))):
        place = places[note]
        if place is not None:
            _mark(place, number + position)
    for position, note in enumerate(placed):
        comments.append(_comment(note, number + position))
    if placed:
        parts[_DOCUMENT] = _bytes(root)
        if comments_part not in parts:
            _register(parts, comments_part)
        parts[comments_part] = _bytes(comments)
    return write_parts(parts), left


def _places(blocks: Sequence[Sequence[Piece]], notes: Sequence[Note]) -> dict[Note, Place | None]:
    lengths = [sum(len(piece.text) for piece in block) for block in blocks]
    starts = list(accumulate((length + 1 for length in lengths), initial=0))
    found: dict[Note, Place | None] = {}
    for note in notes:
        number = bisect_right(starts, note.start) - 1
        inside = 0 <= number < len(blocks) and note.end <= starts[number] + lengths[number]
        found[note] = _place(blocks[number], note, starts[number]) if inside else None
    return found


def _place(block: Sequence[Piece], note: Note, start: int) -> Place | None:
    first = last = None
    begin = finish = 0
    at = start
    for piece in block:
        after = at + len(piece.text)
        if piece.element is not None and at < note.end and note.start < after:
            if first is None:
                first, begin = piece.element, max(0, note.start - at)
            last, finish = piece.element, min(len(piece.text), note.end - at)
        at = after
    if first is None or not (_admits(first) and _admits(last)):
        return None
    return Place(first, begin, last, finish)


def _admits(element: Any) -> bool:
    """Whether Word admits comment marks beside the run of this text."""
    run = element.getparent()
    if run is None or run.tag != f"{{{MAIN}}}r" or run.getparent().tag not in _HOLDERS:
        return False
    return not any(parent.tag in _CLOSED for parent in run.iterancestors())


def _mark(place: Place, number: int) -> None:
    """Put the range marks around the characters, as siblings of their runs."""
    _cut_after(place.last, place.finish)
    first = _cut_before(place.first, place.begin)
    last = first if place.last is place.first else place.last
    first_run, last_run = first.getparent(), last.getparent()
    first_run.addprevious(element_of("commentRangeStart", id=str(number)))
    reference = element_of("r")
    reference.append(element_of("commentReference", id=str(number)))
    last_run.addnext(reference)
    last_run.addnext(element_of("commentRangeEnd", id=str(number)))


def _cut_before(element: Any, offset: int) -> Any:
    """Return the `w:t` that begins at the offset, as the first content of a run of its own."""
    if offset:
        return split_text(element, offset)
    run = element.getparent()
    before = element.getprevious()
    if before is not None and before.tag != f"{{{MAIN}}}rPr":
        move_to_new_run(run, element)
    return element


def _cut_after(element: Any, offset: int) -> None:
    """Let the run of the `w:t` end at the offset."""
    if offset < len(element.text or ""):
        split_text(element, offset)
    elif element.getnext() is not None:
        move_to_new_run(element.getparent(), element.getnext())


def _comment(note: Note, number: int) -> Any:
    comment = element_of("comment", id=str(number), author=AUTHOR, initials=note.initials)
    for position, line in enumerate(note.lines):
        paragraph = etree.SubElement(comment, f"{{{MAIN}}}p")
        if position == 0:
            etree.SubElement(paragraph, f"{{{MAIN}}}r").append(element_of("annotationRef"))
        run = etree.SubElement(paragraph, f"{{{MAIN}}}r")
        run.append(_dress())
        run.append(text_of(line))
    return comment


def _dress() -> Any:
    """The look of a comment's text: 宋体 9 pt, whatever the document's body is set in."""
    properties = element_of("rPr")
    properties.append(element_of("rFonts", ascii="Times New Roman", hAnsi="Times New Roman", eastAsia="宋体"))
    properties.append(element_of("sz", val="18"))
    return properties


def _empty_comments() -> Any:
    return etree.Element(f"{{{MAIN}}}comments", nsmap={"w": MAIN})


def _next_number(comments: Any, root: Any) -> int:
    """Return a number that no comment of others has, nor a mark that lost its comment."""
    marks = [*comments, *root.iter(f"{{{MAIN}}}commentRangeStart", f"{{{MAIN}}}commentReference")]
    numbers = [mark.get(f"{{{MAIN}}}id", "") for mark in marks if isinstance(mark.tag, str)]
    return max((int(number) for number in numbers if number.isdecimal()), default=-1) + 1


def _comments_part(parts: dict[str, bytes], name: str) -> str:
    """Return the part the document names as its comments, the usual name where it has none."""
    if _DOCUMENT_RELS in parts:
        for relation in _parsed(parts[_DOCUMENT_RELS], name):
            if relation.get("Type", "").endswith("/relationships/comments"):
                return posixpath.normpath(posixpath.join("/word", relation.get("Target", ""))).lstrip("/")
    return "word/comments.xml"


def _register(parts: dict[str, bytes], part: str) -> None:
    """Enter a new comments part into the relations of the document and the list of content types."""
    relations = (
        etree.fromstring(parts[_DOCUMENT_RELS])
        if _DOCUMENT_RELS in parts
        else etree.Element(f"{{{_RELATIONS}}}Relationships", nsmap={None: _RELATIONS})
    )
    if not any(relation.get("Type", "").endswith("/relationships/comments") for relation in relations):
        attributes = {"Id": "rIdZhijiComments", "Type": _KIND, "Target": f"/{part}"}
        etree.SubElement(relations, f"{{{_RELATIONS}}}Relationship", attrib=attributes)
        parts[_DOCUMENT_RELS] = _bytes(relations)
    types = etree.fromstring(parts[_CATALOGUE])
    if not any(entry.get("PartName") == f"/{part}" for entry in types):
        attributes = {"PartName": f"/{part}", "ContentType": _CONTENT}
        etree.SubElement(types, f"{{{_TYPES}}}Override", attrib=attributes)
        parts[_CATALOGUE] = _bytes(types)


def _parsed(data: bytes | None, name: str) -> Any:
    try:
        return etree.fromstring(data or b"", etree.XMLParser(resolve_entities=False, no_network=True))
    except etree.XMLSyntaxError:
        raise DamagedFile(name, "文件内容已损坏，不是完好的 Word 文档") from None


def _bytes(root: Any) -> bytes:
    return bytes(etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True))
