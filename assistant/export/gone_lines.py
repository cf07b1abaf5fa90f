"""Where a line that is gone is shown in the document of now: behind what it followed, a row in its own table.

A table that is gone as a whole is shown as one. Knows nothing of how a line looks.
"""

from __future__ import annotations

from collections.abc import Sequence
from copy import deepcopy
from typing import Any

from assistant.domain.alignment import Match
from assistant.export.runs import element_of, tag
from assistant.library.source import BlockKind
from assistant.library.word_reader import Line


class GonePlaces:
    """The lines of then by number, each with the element that stands for it in the document of now, if any."""

    def __init__(self, old: Sequence[Line], new: Sequence[Line], matches: Sequence[Match]) -> None:
        stayed = [(m.old, m.new) for m in matches if m.old is not None and m.new is not None and not m.moved]
        self._old, self._first = old, new[0].element if new else None
        self._shown = {one: new[other].element for one, other in stayed}
        self._tables: dict[Any, Any] = {}
        for one, other in stayed:
            if is_row(old[one]) and is_row(new[other]):
                self._tables.setdefault(_table(old[one]), _table(new[other]))

    def put(self, number: int, element: Any) -> None:
        """Show the line of that number of then."""
        anchor = next((self._shown[at] for at in range(number - 1, -1, -1) if at in self._shown), None)
        if is_row(self._old[number]):
            self._put_row(_table(self._old[number]), anchor, element)
        else:
            self._put_behind(anchor, element)
        self._shown[number] = element

    def _put_row(self, then: Any, anchor: Any, element: Any) -> None:
        table = self._tables.get(then)
        if table is None:
            table = self._tables[then] = _empty_table(then)
            self._put_behind(anchor, table)
        first = next((row for row in table if row.tag == tag("tr")), None)
        if anchor is not None and anchor.tag == tag("tr") and anchor.getparent() is table:
            anchor.addnext(element)
        elif first is None:
            table.append(element)
        else:
            first.addprevious(element)

    def _put_behind(self, anchor: Any, element: Any) -> None:
        if anchor is not None:
            _outermost(anchor).addnext(element)
        elif self._first is not None:
            _outermost(self._first).addprevious(element)


def is_row(line: Line) -> bool:
    """Whether a line is a table row."""
    return line.block.kind is BlockKind.TABLE_ROW


def _table(line: Line) -> Any:
    return next(line.element.iterancestors(tag("tbl")))


def _outermost(element: Any) -> Any:
    """Return the table an element stands in, the element itself where it stands in none."""
    return next(reversed([element, *element.iterancestors(tag("tbl"))]))


def _empty_table(table: Any) -> Any:
    """Return a table of the same grid and borders, of a style that is known everywhere."""
    made = element_of("tbl")
    made.extend(deepcopy(one) for name in ("tblPr", "tblGrid") for one in table.findall(tag(name)))
    for style in made.findall(f"{tag('tblPr')}/{tag('tblStyle')}"):
        style.getparent().remove(style)
    return made
