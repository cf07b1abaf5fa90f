"""Find the ruled tables of a PDF page: which printed line stands in which row, and its words by column.

Only drawn rules are believed; a table without rules stays a run of lines. It knows nothing about files.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

#: Points by which two rules may miss each other and still meet.
_NEAR = 2.0
#: A thinner box is a rule that was drawn as one.
_THIN = 2.5


class Fragment(NamedTuple):
    """A run of characters with the place where it begins."""

    text: str
    x: float
    y: float


class PrintedLine(NamedTuple):
    """A printed line and the x where it begins; in a table also table and row on this page, and words by column."""

    text: str
    x: float = 0.0
    table: int | None = None
    row: int = 0
    cells: tuple[str, ...] = ()


class Rule(NamedTuple):
    """A straight rule: `at` is its y (horizontal) or x (vertical); it runs from `begin` to `end`."""

    at: float
    begin: float
    end: float


class PageListener:
    """Collects fragments and rules while pypdf walks through a page."""

    def __init__(self) -> None:
        self.fragments: list[Fragment] = []
        self.across: list[Rule] = []
        self.down: list[Rule] = []
        self._point = (0.0, 0.0)

    def text(self, text: str, matrix: Sequence[float], place: Sequence[float], font: Any, size: Any) -> None:
        """Take a run of characters (visitor_text of pypdf)."""
        self.fragments.append(Fragment(text, *_moved(matrix, float(place[4]), float(place[5]))))

    def operand(self, operator: bytes, operands: Sequence[Any], matrix: Sequence[float], place: Any) -> None:
        """Take a drawing operation (visitor_operand_before of pypdf)."""
        if operator not in (b"m", b"l", b"re"):
            return
        numbers = [float(value) for value in operands]
        point = _moved(matrix, numbers[0], numbers[1])
        if operator == b"re":
            self._box(point, _moved(matrix, numbers[0] + numbers[2], numbers[1] + numbers[3]))
        elif operator == b"l":
            self._rule(self._point, point)
        self._point = point

    def _box(self, one: tuple[float, float], other: tuple[float, float]) -> None:
        if abs(one[0] - other[0]) <= _THIN:
            self._rule(one, (one[0], other[1]))
        elif abs(one[1] - other[1]) <= _THIN:
            self._rule(one, (other[0], one[1]))

    def _rule(self, one: tuple[float, float], other: tuple[float, float]) -> None:
        if abs(one[1] - other[1]) < 1:
            self.across.append(Rule(one[1], min(one[0], other[0]), max(one[0], other[0])))
        elif abs(one[0] - other[0]) < 1:
            self.down.append(Rule(one[0], min(one[1], other[1]), max(one[1], other[1])))


def _moved(matrix: Sequence[float], x: float, y: float) -> tuple[float, float]:
    a, b, c, d, e, f = (float(value) for value in matrix)
    return a * x + c * y + e, b * x + d * y + f


class _Grid(NamedTuple):
    """A table: the x of its columns from the left, the y of its rows from the top, and its rules across."""

    columns: tuple[float, ...]
    rows: tuple[float, ...]
    across: tuple[Rule, ...]

    def place(self, fragment: Fragment) -> tuple[int, int] | None:
        """Return the row and column of a fragment; a cell over several rows belongs to its first."""
        x, y = fragment.x + 1, fragment.y + 1
        if not (self.columns[0] < x < self.columns[-1] and self.rows[-1] < y < self.rows[0]):
            return None
        column = sum(edge <= x for edge in self.columns) - 1
        above = [
            rule.at for rule in self.across if rule.at > y and rule.begin - _NEAR <= x <= rule.end + _NEAR
        ]
        top = min(above, default=self.rows[0])
        return sum(edge > top + _NEAR for edge in self.rows), column


def lines_of(listener: PageListener) -> list[PrintedLine]:
    """Return the printed lines of a page in the order of its text, those of tables with row and cells."""
    grids = _grids(listener.across, listener.down)
    return [line for group in _split(listener.fragments) if (line := _line(group, grids)).text]


def _split(fragments: Iterable[Fragment]) -> list[list[Fragment]]:
    """Return the fragments a line each; pypdf reports the line ends among the words."""
    lines: list[list[Fragment]] = [[]]
    for fragment in fragments:
        first, *rest = fragment.text.split("\n")
        lines[-1].append(fragment._replace(text=first))
        lines.extend([fragment._replace(text=part)] for part in rest)
    return lines


def _line(fragments: Sequence[Fragment], grids: Sequence[_Grid]) -> PrintedLine:
    text = " ".join("".join(fragment.text for fragment in fragments).split())
    shown = [fragment for fragment in fragments if fragment.text.strip()]
    for number, grid in enumerate(grids):
        places = [grid.place(fragment) for fragment in shown]
        inside = [place for place in places if place is not None]
        if not inside or len(inside) < len(shown):
            continue
        cells = [""] * (len(grid.columns) - 1)
        for fragment, (_, column) in zip(shown, inside, strict=True):
            cells[column] += fragment.text.strip()
        return PrintedLine(text, shown[0].x, number, min(row for row, _ in inside), tuple(cells))
    return PrintedLine(text, shown[0].x if shown else 0.0)


def _grids(across: Sequence[Rule], down: Sequence[Rule]) -> list[_Grid]:
    """Return the tables from the top: rules that meet each other, at least two rows and two columns."""
    grids = []
    for upright in _tables(down, across):
        level = [rule for rule in across if _meets(rule, upright)]
        columns, rows = _edges(rule.at for rule in upright), _edges(rule.at for rule in level)
        if len(columns) >= 3 and len(rows) >= 3:
            grids.append(_Grid(tuple(columns), tuple(reversed(rows)), tuple(level)))
    return sorted(grids, key=lambda grid: -grid.rows[0])


def _tables(down: Sequence[Rule], across: Sequence[Rule]) -> list[list[Rule]]:
    """Return the upright rules grouped by the table they belong to: those that one level rule joins."""
    groups: list[list[Rule]] = [[rule] for rule in down]
    for level in across:
        joined = [group for group in groups if _meets(level, group)]
        if len(joined) > 1:
            groups = [group for group in groups if group not in joined]
            groups.append([rule for group in joined for rule in group])
    return groups


def _meets(level: Rule, upright: Sequence[Rule]) -> bool:
    return any(
        rule.begin - _NEAR <= level.at <= rule.end + _NEAR
        and level.begin - _NEAR <= rule.at <= level.end + _NEAR
        for rule in upright
    )


def _edges(places: Iterable[float]) -> list[float]:
    """Return the distinct places in ascending order."""
    found: list[float] = []
    for place in sorted(places):
        if not found or place - found[-1] > _NEAR:
            found.append(place)
    return found
