"""Two versions of a Word file as one (修订对照): the later one with every change marked, changed figures on top.

Changed words are marked within their paragraph or cell, a moved paragraph as moved; accepting all revisions
gives the later text, refusing them the earlier one. Pictures, heads and feet are not compared.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any

from lxml import etree  # type: ignore[import-untyped]

from assistant.domain.alignment import Match, aligned
from assistant.domain.base import Frozen
from assistant.domain.comparison import changed_figures
from assistant.domain.handwork import HandKind
from assistant.errors import DamagedFile, InputError
from assistant.export.gone_lines import GonePlaces, is_row
from assistant.export.package_parts import read_parts, write_parts
from assistant.export.revisions import Revisions
from assistant.export.runs import tag
from assistant.export.settled import settle
from assistant.library.word_reader import Line, word_lines

_DOCUMENT, _STYLES = "word/document.xml", "word/styles.xml"
_AROUND = 12


class LineChange(Frozen):
    """A paragraph or table row that differs; `place` says where it stands (stood, where it is gone)."""

    kind: HandKind
    place: str
    old: str = ""
    new: str = ""


class FigureChange(Frozen):
    """A number that differs, with the words around it as they are now; "" where it came anew or went."""

    place: str
    was: str
    now: str
    around: str


class Comparison(Frozen):
    """What differs between two versions, in the order of the later one."""

    figures: tuple[FigureChange, ...]
    lines: tuple[LineChange, ...]


class Redline:
    """Two versions read and held against each other; `word` marks the changes in the later one."""

    def __init__(self, old: bytes, new: bytes, names: tuple[str, str]) -> None:
        self._parts = read_parts(new, names[1])
        _, self.old = _lines(read_parts(old, names[0]), names[0])
        self._root, self.new = _lines(self._parts, names[1])
        self._then, self._now = _labels(self.old), _labels(self.new)
        then, now = [line.block.text for line in self.old], [line.block.text for line in self.new]
        self.matches = aligned(then, now)
        if not any(m.old is not None and m.new is not None and now[m.new].strip() for m in self.matches):
            raise InputError(
                f"《{names[0]}》和《{names[1]}》没有一段相近，不是同一份文件的两个版本",
                "请核对所选的两份文件",
            )

    def comparison(self) -> Comparison:
        """Say what differs."""
        lines = [change for match in self.matches for change in self._change(match)]
        figures = [figure for match in self.matches for figure in self._figures(match)]
        return Comparison(figures=tuple(figures), lines=tuple(lines))

    def word(self, front: Sequence[Any]) -> bytes:
        """Return the later version with its changes marked, `front` before it; to be called once."""
        styles = frozenset(_style_ids(self._parts.get(_STYLES)))
        marks = Revisions(styles, _last_number(self._root))
        places = GonePlaces(self.old, self.new, self.matches)
        for match in self.matches:
            self._mark(match, marks, places)
        body = self._root.find(tag("body"))
        for number, element in enumerate(front):
            body.insert(number, element)
        content = etree.tostring(self._root, xml_declaration=True, encoding="UTF-8", standalone=True)
        return write_parts({**self._parts, _DOCUMENT: content})

    def _mark(self, match: Match, marks: Revisions, places: GonePlaces) -> None:
        old = None if match.old is None else self.old[match.old]
        new = None if match.new is None else self.new[match.new]
        if old is None or new is None:
            if new is not None:
                marks.put_in(new)
        elif match.moved and not is_row(new):
            places.put(match.old or 0, marks.moved(old, new))
            return
        elif not match.moved and len(old.parts) == len(new.parts):
            marks.change(old, new)
            return
        else:
            marks.put_in(new)
        if old is not None:
            places.put(match.old or 0, marks.taken_out(old))

    def _change(self, match: Match) -> Iterator[LineChange]:
        old = "" if match.old is None else self.old[match.old].block.text
        new = "" if match.new is None else self.new[match.new].block.text
        if not (old.strip() or new.strip()) or (old == new and not match.moved):
            return
        kind = HandKind.MOVED if match.moved else HandKind.CHANGED
        kind = HandKind.ADDED if match.old is None else HandKind.REMOVED if match.new is None else kind
        yield LineChange(kind=kind, place=self._place(match), old=old, new=new)

    def _figures(self, match: Match) -> Iterator[FigureChange]:
        if match.old is None or match.new is None:
            return
        old, new = self.old[match.old].block.text, self.new[match.new].block.text
        for figure in changed_figures(old, new) if old != new else ():
            around = new[max(0, figure.start - _AROUND) : figure.end + _AROUND]
            yield FigureChange(
                place=self._place(match), was=figure.was, now=figure.now, around=" ".join(around.split())
            )

    def _place(self, match: Match) -> str:
        return self._now[match.new] if match.new is not None else f"原{self._then[match.old or 0]}"


def _labels(lines: Sequence[Line]) -> list[str]:
    """Name every line for people: paragraphs are counted without the empty ones, rows by their table."""
    labels, count, rows = list[str](), 0, Counter[int]()
    for line in lines:
        if line.block.table is not None:
            rows[line.block.table] += 1
            labels.append(f"表{line.block.table + 1}第{rows[line.block.table]}行")
        else:
            count += bool(line.block.text.strip())
            labels.append(f"第{count}段")
    return labels


def _lines(parts: dict[str, bytes], name: str) -> tuple[Any, list[Line]]:
    try:
        parser = etree.XMLParser(resolve_entities=False, no_network=True)
        root = etree.fromstring(parts.get(_DOCUMENT, b""), parser)
    except etree.XMLSyntaxError:
        raise DamagedFile(name, "文件内容已损坏，不是完好的 Word 文档") from None
    body = root.find(tag("body"))
    if body is None:
        raise DamagedFile(name, "文档没有正文")
    settle(root)
    return root, word_lines(body)


def _style_ids(styles: bytes | None) -> Iterator[str]:
    root = etree.fromstring(styles) if styles else None
    for style in () if root is None else root.findall(tag("style")):
        yield style.get(tag("styleId"), "")


def _last_number(root: Any) -> int:
    """Return the greatest number of a mark in the document."""
    numbers = [element.get(tag("id"), "") for element in root.iter() if isinstance(element.tag, str)]
    return max((int(number) for number in numbers if number.isdecimal()), default=0)
