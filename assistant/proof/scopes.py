"""The sub-project each line of a text stands under: set by headings, captions and lines that name one.

Knows names, no figures.
"""

from __future__ import annotations

import re

from assistant.proof.layout import Line, Span, is_heading
from assistant.proof.naming import WHOLE_REPORT
from assistant.proof.subjects import Names

_CAPTION = re.compile(r"\s*(?:附[件表]|[表图]\s*[0-9一二三四五六七八九十])")
_TABLE = 9


def _first_stop(line: Line) -> int:
    """Where the first clause of a line ends."""
    match = re.search("[，。；：]", line.text)
    return line.start + (match.start() if match else len(line.text))


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
            Span(line.start, min(line.end, line.start + 30, _first_stop(line)))
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
