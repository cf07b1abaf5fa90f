"""Revisions (修订) in a Word document: words, paragraphs and rows marked as put in, taken out or moved.

Accepting all of them gives the document of now, refusing all the one of then. Works on the lines that
`library.word_reader` reads; knows nothing of how the lines were found to belong together.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from copy import deepcopy
from typing import Any, NamedTuple

from assistant.domain.comparison import Change, changes_between
from assistant.export.runs import element_of, set_apart, split_text, tag, text_of
from assistant.library.word_reader import Line, Piece

AUTHOR = "知绩"
#: What a paragraph that is no longer there cannot bring along.
_LEFT_BEHIND = {tag(name) for name in ("numPr", "sectPr", "rPr", "pPrChange")}


class Atom(NamedTuple):
    """Characters [start, end) of a part: a run of nothing else, or the joint behind a paragraph of a cell."""

    start: int
    end: int
    element: Any

    @property
    def is_joint(self) -> bool:
        """Whether it is the end of a paragraph."""
        return bool(self.element.tag == tag("p"))


class Revisions:
    """Marks of one author in one document; `styles` are the style ids that it knows."""

    def __init__(self, styles: frozenset[str], first: int) -> None:
        self.styles, self.number, self.moves = styles, first, 0

    def change(self, old: Line, new: Line) -> None:
        """Mark in the line of now what it was; both have as many parts."""
        homes = _homes(new)
        for was, now, home in zip(old.parts, new.parts, homes, strict=True):
            self._change_part(was, now, home)

    def put_in(self, line: Line) -> None:
        """Mark the line as new."""
        for paragraph in _paragraphs(line):
            self._wrap_all(paragraph, "ins")
        if line.element.tag == tag("tr"):
            _row_properties(line.element).append(self._mark("ins"))

    def taken_out(self, line: Line) -> Any:
        """Return a paragraph or row, marked as deleted, with the words of a line that is gone."""
        if line.element.tag == tag("p"):
            return self._gone_paragraph(line, "del")
        row = element_of("tr")
        _row_properties(row).append(self._mark("del"))
        for cell, pieces in zip(line.element.iter(tag("tc")), line.parts, strict=False):
            made = element_of("tc")
            made.extend(deepcopy(one) for one in cell.findall(tag("tcPr")))
            made.append(self._paragraph(None, pieces, "del"))
            row.append(made)
        return row

    def moved(self, old: Line, new: Line) -> Any:
        """Mark the paragraph as moved here and return the one to be shown where it stood."""
        self.moves += 1
        name = f"move{self.moves}"
        self._wrap_all(new.element, "moveTo")
        self._fence(new.element, "moveTo", name)
        gone = self._gone_paragraph(old, "moveFrom")
        self._fence(gone, "moveFrom", name)
        return gone

    def _change_part(self, old: Sequence[Piece], new: Sequence[Piece], home: Any) -> None:
        changes = changes_between(_text(old), _text(new))
        if not changes:
            return
        atoms = list(_atoms(new, sorted({at for c in changes for at in (c.new_start, c.new_end)})))
        for change in changes:
            inside = [one for one in atoms if change.new_start <= one.start and one.end <= change.new_end]
            if change.old_start < change.old_end:
                self._show_deleted(old, change, atoms, home)
            for atom in inside:
                if atom.is_joint:
                    _mark_paragraph(atom.element, self._mark("ins"))
                else:
                    self._wrap([atom.element], "ins")

    def _show_deleted(self, old: Sequence[Piece], change: Change, atoms: Sequence[Atom], home: Any) -> None:
        """Put the words that are gone before the run that follows them, else behind the one before."""
        mark = self._mark("del")
        mark.extend(_gone_runs(old, change.old_start, change.old_end, "delText"))
        after = next((a for a in atoms if a.start == change.new_start and not a.is_joint), None)
        before = next((a for a in reversed(atoms) if a.end == change.new_start), None)
        if after is not None:
            after.element.addprevious(mark)
        elif before is not None and not before.is_joint:
            before.element.addnext(mark)
        else:
            place = before.element.getnext() if before is not None else home
            (home if place is None else place).append(mark)

    def _gone_paragraph(self, line: Line, kind: str) -> Any:
        return self._paragraph(line.element.find(tag("pPr")), line.parts[0], kind)

    def _paragraph(self, properties: Any, pieces: Sequence[Piece], kind: str) -> Any:
        paragraph = element_of("p")
        own = element_of("pPr")
        own.extend(
            deepcopy(one) for one in properties if self._comes_along(one)
        ) if properties is not None else None
        paragraph.append(own)
        _mark_paragraph(paragraph, self._mark(kind))
        if _text(pieces):
            mark = self._mark(kind)
            mark.extend(_gone_runs(pieces, 0, len(_text(pieces)), "delText" if kind == "del" else "t"))
            paragraph.append(mark)
        return paragraph

    def _comes_along(self, element: Any) -> bool:
        if element.tag == tag("pStyle"):
            return element.get(tag("val")) in self.styles
        return element.tag not in _LEFT_BEHIND

    def _wrap_all(self, paragraph: Any, kind: str) -> None:
        for run in list(_runs(paragraph)):
            self._wrap([run], kind)
        _mark_paragraph(paragraph, self._mark(kind))

    def _wrap(self, runs: Sequence[Any], kind: str) -> None:
        mark = self._mark(kind)
        runs[0].addprevious(mark)
        mark.extend(runs)

    def _fence(self, paragraph: Any, kind: str, name: str) -> None:
        """Put the marks around a move that join its two ends."""
        begin = self._mark(f"{kind}RangeStart")
        begin.set(tag("name"), name)
        paragraph.insert(1 if paragraph.find(tag("pPr")) is not None else 0, begin)
        paragraph.append(element_of(f"{kind}RangeEnd", id=begin.get(tag("id"))))

    def _mark(self, kind: str) -> Any:
        self.number += 1
        return element_of(kind, id=str(self.number), author=AUTHOR)


def _text(pieces: Iterable[Piece]) -> str:
    return "".join(piece.text for piece in pieces)


def _homes(line: Line) -> list[Any]:
    """Return for every part the paragraph that words go to where it has none yet."""
    if line.element.tag == tag("p"):
        return [line.element]
    cells = [cell for cell in line.element.iter(tag("tc")) if _row_of(cell) is line.element]
    return [cell.find(f".//{tag('p')}") for cell in cells]


def _row_of(cell: Any) -> Any:
    return next(cell.iterancestors(tag("tr")))


def _paragraphs(line: Line) -> list[Any]:
    """Return the paragraphs of a line, those of tables and text boxes within left out: they are lines themselves."""
    if line.element.tag == tag("p"):
        return [line.element]
    return [p for p in line.element.iter(tag("p")) if _holder(p) is line.element]


def _holder(paragraph: Any) -> Any:
    return next(paragraph.iterancestors(tag("tr"), tag("txbxContent")), None)


def _runs(parent: Any) -> Iterator[Any]:
    """Yield the runs of a paragraph, also those in links and content controls, in order."""
    for child in parent:
        if child.tag == tag("r"):
            yield child
        elif child.tag not in (tag("pPr"), tag("rPr")):
            yield from _runs(child)


def _atoms(pieces: Sequence[Piece], cuts: Sequence[int]) -> Iterator[Atom]:
    """Yield the characters cut into runs that no change crosses."""
    at = 0
    for piece in pieces:
        end = at + len(piece.text)
        if piece.text and piece.source is not None:
            yield from _cut(piece, at, [cut for cut in cuts if at < cut < end])
        at = end


def _cut(piece: Piece, start: int, cuts: Sequence[int]) -> Iterator[Atom]:
    element: Any = piece.source
    end = start + len(piece.text)
    if element.tag == tag("p"):
        yield Atom(start, end, element)
        return
    if element.getparent().tag != tag("r"):
        return
    set_apart(element)
    for cut in cuts:
        rest = split_text(element, cut - start)
        yield Atom(start, cut, element.getparent())
        element, start = rest, cut
    yield Atom(start, end, element.getparent())


def _gone_runs(pieces: Sequence[Piece], start: int, end: int, name: str) -> Iterator[Any]:
    """Yield runs with characters [start, end), dressed as they were but for styles that may be unknown here."""
    at = 0
    for piece in pieces:
        words = piece.text[max(0, start - at) : max(0, end - at)]
        at += len(piece.text)
        if not words:
            continue
        run = element_of("r")
        dress = None if piece.source is None else piece.source.getparent().find(tag("rPr"))
        if dress is not None:
            own = deepcopy(dress)
            for style in own.findall(tag("rStyle")):
                own.remove(style)
            run.append(own)
        run.append(_content(words, name))
        yield run


def _content(words: str, name: str) -> Any:
    if words == "\n":
        return element_of("br")
    return element_of("tab") if words == "\t" else text_of(words, name)


def _mark_paragraph(paragraph: Any, mark: Any) -> None:
    """Mark the end of a paragraph."""
    properties = paragraph.find(tag("pPr"))
    if properties is None:
        properties = element_of("pPr")
        paragraph.insert(0, properties)
    dress = properties.find(tag("rPr"))
    if dress is None:
        dress = element_of("rPr")
        behind = next((one for one in properties if one.tag in (tag("sectPr"), tag("pPrChange"))), None)
        properties.append(dress) if behind is None else behind.addprevious(dress)
    dress.insert(0, mark)


def _row_properties(row: Any) -> Any:
    properties = row.find(tag("trPr"))
    if properties is None:
        properties = element_of("trPr")
        row.insert(1 if row.find(tag("tblPrEx")) is not None else 0, properties)
    return properties
