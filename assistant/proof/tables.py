"""Rows of tables (tab-separated): which attribute each cell has, and of whom the row speaks.

Columns are aligned from the right, because merged cells on the left are given once. Knows no figures.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from assistant.domain.numerals import normalise
from assistant.proof.layout import Line
from assistant.proof.ledger import WHOLE_REPORT, Subject
from assistant.proof.subjects import Names

_COLUMNS: tuple[tuple[str, str], ...] = (
    ("年初预算", "initial"),
    ("(?:全年|调整后|当年|年度)(?:调整后)?预算", "budget"),
    ("未支出|未执行|结余|剩余", "unspent"),
    ("预算(?:数|金额|总额)?(?:（|\\(|$)", "budget initial"),
    ("执行率|支出率|完成预算", "rate"),
    ("(?:全年|实际|累计)?(?:执行|支出)(?:数|金额|额)?(?:（|\\(|$)", "spent"),
    ("占比|比重", "share"),
    ("周期(?:指标|目标)值", "cycle"),
    ("年度指标值|年度目标值|指标值|目标值", "target"),
    ("实际完成|完成值|实际值", "actual"),
    ("完成率", "completion"),
    ("分值|权重", "weight exec_weight full"),
    ("总分", "total"),
    ("失分|扣分", "lost exec_lost"),
    ("得分|评分", "score exec_score total"),
    ("单价", "price"),
    ("数量", "quantity"),
)
_COLUMN = tuple((re.compile(pattern), frozenset(words.split())) for pattern, words in _COLUMNS)
_WHOLE_ROW = re.compile("合计|总计")
_PROJECT_ROW = re.compile("年度资金总额|资金总额|小计")
_TOTAL_ROW = re.compile("总分|总得分")


@dataclass(frozen=True, slots=True)
class TableCell:
    """A cell with its attributes, of whom it speaks, and where it stands."""

    start: int
    text: str
    attributes: frozenset[str]
    levels: tuple[tuple[Subject, ...], ...]


@dataclass
class Table:
    """The header that rules the rows below it, and the unit its money is in."""

    header: list[frozenset[str]] = field(default_factory=list)
    ordinal: int = -1
    unit: str = "万元"
    rows: int = 0
    misnumbered: tuple[int, int] | None = None

    def read(self, line: Line, names: Names, project: int) -> list[TableCell]:
        """Return the cells of a row; a header row changes the columns and has no figures itself."""
        cells, self.misnumbered = line.cells(), None
        columns = [column_attributes(text) for _, text in cells]
        if sum(bool(column) for column in columns) >= 2 and not re.search(
            "[0-9]", re.sub("[（(].*?[）)]", "", line.text)
        ):
            self.header = columns
            self.rows = 0
            self.ordinal = 0 if cells[0][1].strip() == "序号" else -1
            return []
        levels = self._subjects([text for _, text in cells], names, project)
        found = []
        for index, (start, text) in enumerate(cells):
            column = len(self.header) - len(cells) + index
            attributes = self.header[column] if 0 <= column < len(self.header) else frozenset()
            if column == self.ordinal and text.strip().isdigit():
                self._number(start, text)
                continue
            if _speaks_of_execution(levels) and attributes & {"target", "actual"}:
                attributes = frozenset({"rate"}) if "actual" in attributes else frozenset({"goal"})
            found.append(TableCell(start, text, attributes, levels))
        return found

    def _number(self, start: int, text: str) -> None:
        self.rows += 1
        if int(normalise(text)) != self.rows:
            self.misnumbered = (start, start + len(text))

    def _subjects(self, cells: list[str], names: Names, project: int) -> tuple[tuple[Subject, ...], ...]:
        scope: tuple[Subject, ...] = ((project, "", 0), (project, "x", 0))
        found: tuple[Subject, ...] = ()
        for text in cells:
            label = re.sub(r"^(?:其中|#)[：:]?|[（(].*?[）)]$", "", text.strip()).strip("“” ")
            if _TOTAL_ROW.match(label):
                return (((project, "", 0),),)
            if _PROJECT_ROW.match(label):
                return (scope,)
            if _WHOLE_ROW.match(label):
                return ((WHOLE_REPORT, (0, "x", 0), *scope),)
            if label.startswith("预算执行"):
                return (((project, "x", 0), (project, "", 0)),)
            if label in names.names:
                found = _own(names.names[label], project)
                if found[0][1] != "c":
                    break
        if found:
            return ((*found, *((subject[0], "x", 0) for subject in found if subject[1] == "")),)
        return ()


def _speaks_of_execution(levels: tuple[tuple[Subject, ...], ...]) -> bool:
    """A row 预算执行 among the indicators: its target is the whole budget, its result the execution rate."""
    return bool(levels) and levels[0][0][1] == "x"


def _own(subjects: tuple[Subject, ...], project: int) -> tuple[Subject, ...]:
    """Of the sub-projects that share a name, the one the table stands under."""
    return tuple(subject for subject in subjects if subject[0] == project) or subjects


def column_attributes(text: str) -> frozenset[str]:
    """Return the attributes a header cell names; empty for other cells."""
    words = normalise(text).strip()
    if not words or len(words) > 16:
        return frozenset()
    return next((attributes for pattern, attributes in _COLUMN if pattern.search(words)), frozenset())
