"""Of whom a sentence speaks: names found in the text, and the sub-project a line stands under.

Knows the names of one report, none of its figures.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from assistant.proof.layout import Line, Span, is_heading
from assistant.proof.ledger import WHOLE_REPORT, Subject
from assistant.proof.lexicon import ALL_INDICATORS, EXECUTION, HERE, WHOLE
from assistant.proof.sources import bigrams

_CAPTION = re.compile(r"\s*(?:附[件表]|[表图]\s*[0-9一二三四五六七八九十])")
_TABLE = 9
_GENERIC = frozenset(
    [
        "数量",
        "次数",
        "场次",
        "完成",
        "情况",
        "指标",
        "工作",
        "项目",
        "活动",
        "建设",
        "开展",
        "管理",
        "服务",
        "满意",
        "意度",
        "及时",
        "时率",
        "成率",
        "使用",
        "实施",
        "组织",
    ]
)


@dataclass(frozen=True, slots=True)
class Named:
    """A name in the text at [start, end) and whom it can mean."""

    start: int
    end: int
    subjects: tuple[Subject, ...]
    text: str = ""


class Names:
    """Finds names in texts; longest name first, so that 电视节目及时率 is not 电视节目.

    `single` says that the report has one sub-project, so that its name means the whole.
    """

    def __init__(self, names: Mapping[str, tuple[Subject, ...]], *, single: bool = False) -> None:
        self.names = names
        ordered = sorted(names, key=len, reverse=True)
        self.pattern = re.compile("|".join(map(re.escape, ordered))) if ordered else None
        self.single = single
        self.words = {
            name: bigrams(name) - _GENERIC for name, subjects in names.items() if subjects[0][1] in "io"
        }

    def find(self, text: str, span: Span) -> list[Named]:
        """Return the names and the words for the whole within a span, in order."""
        found: list[Named] = []
        if self.pattern is not None:
            found += [
                Named(m.start(), m.end(), self.names[m[0]], m[0])
                for m in self.pattern.finditer(text, span.start, span.end)
            ]
        taken = [(name.start, name.end) for name in found]
        for pattern, kind in ((EXECUTION, "x"), (ALL_INDICATORS, "g"), (WHOLE, ""), (HERE, "h")):
            for match in pattern.finditer(text, span.start, span.end):
                if not any(start <= match.start() < end for start, end in taken):
                    found.append(Named(match.start(), match.end(), ((0, kind, 0),), match[0]))
        return sorted(found, key=lambda name: name.start)

    def linked(self, text: str) -> list[Subject]:
        """Return the indicators and other figures whose name shares most of its words with the text."""
        words = bigrams(text)
        scored = [
            (100 * len(own & words) // len(own), name) for name, own in self.words.items() if own & words
        ]
        best = max((share for share, _ in scored), default=0)
        return [subject for share, name in scored if share >= max(50, best) for subject in self.names[name]]


def only_project(names: Sequence[Named], under: int) -> int | None:
    """The one sub-project spoken of so far, None where there are several and a name may mean any."""
    found = {s[0] for name in names for s in name.subjects if s[1] == "" and s[0]}
    return None if len(found) > 1 else next(iter(found), under)


def last_project(names: Sequence[Named]) -> int:
    """The sub-project named last, 0 where none is named."""
    return next((s[0] for name in reversed(names) for s in name.subjects if s[1] == "" and s[0]), 0)


class Scopes:
    """The sub-project each line of a text stands under: set by numbered lines that name one."""

    def __init__(self, names: Names, text: str, start: int = 0) -> None:
        self.names = names
        self.text = text
        self.start = start
        self.levels: dict[int, int] = {}

    def enter(self, line: Line) -> int:
        """Return the project (from 1, 0 = whole report) under which the line stands."""
        if self.names.single:
            return self.start
        project = self._named_first(line)
        if line.level:
            self.levels = {level: held for level, held in self.levels.items() if level < line.level}
            if project:
                self.levels[line.level] = project
        elif _CAPTION.match(line.text):
            self.levels = {level: held for level, held in self.levels.items() if level < _TABLE}
            project = self._named_anywhere(line)
            if project:
                self.levels[_TABLE] = project
        elif line.is_row and line.text.lstrip("\t ").startswith(("项目名称", "子项目名称")):
            self.levels[_TABLE] = project
        if project and not line.is_row:
            return project
        return self.levels[max(self.levels)] if self.levels else self.start

    def _named_anywhere(self, line: Line) -> int:
        """The one project that a caption names."""
        return self._only(Span(line.start, line.end))

    def _named_first(self, line: Line) -> int:
        """The one project that a line names before anything else is said."""
        head = (
            Span(line.start, min(line.end, line.start + 30))
            if not is_heading(line)
            else Span(line.start, line.end)
        )
        title = line.text.rstrip().endswith(("自评报告", "评价报告", "自评表"))
        return 0 if title else self._only(head)

    def _only(self, span: Span) -> int:
        found = {
            subject[0]
            for name in self.names.find(self.text, span)
            for subject in name.subjects
            if subject[1] == "" and subject != WHOLE_REPORT
        }
        return found.pop() if len(found) == 1 else 0
