"""Of whom a number speaks: names in its clause, its sentence, its paragraph; 分别, 前者, a short phrase.

Knows names, no figures.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.domain.numerals import Mention
from assistant.proof.context import Context
from assistant.proof.frames import Frame
from assistant.proof.layout import Span, clause_around
from assistant.proof.ledger import WHOLE_REPORT, Subject
from assistant.proof.lexicon import (
    ROLE,
    SCORE_ATTRIBUTES,
    UnitClass,
    unit_class,
)
from assistant.proof.pools import PUBLIC
from assistant.proof.subjects import Named, last_project

_RESPECTIVELY = re.compile("分别|依次|各为")
_BEHIND = re.compile(r"^(?:的|是|为|属于?|用于|投入|安排给|来自|拨付|由|给|投向|用在)?[“”]?$")
_HELD_UP = re.compile("\\s*(?:对照|相对|按照?|与)[^，。；]{0,12}(?:指标值|目标)")
_SUMS = ("合计", "总计", "共计")
_REACH = 24


class Whose(Context):
    """Reads of whom a number is: names of its clause, of its sentence, of its paragraph, then the whole."""

    def respective(self) -> dict[int, Named]:
        """Return whose each number is after 分别: A和B…分别为x和y: the first number is A's, the second B's; so too A、B执行率为x、y."""
        match = _RESPECTIVELY.search(self.text, self.sentence.start, self.sentence.end)
        if match is None:
            return {}
        before = self._joined(
            [name for name in self.named if name.end <= match.start() and name.subjects[0][1] != "x"]
        )
        after = self._run_from(match.end())
        if len(before) == 1 and before[0].subjects == (WHOLE_REPORT,):
            before = []
        before = before if len(before) > 1 else self._all_projects(match.start())
        before = before if len(before) > 1 else self._named_last(match.start(), len(after))
        if len(before) < 2 or len(after) % len(before):
            return {}
        return {index: before[position % len(before)] for position, index in enumerate(after)}

    def _run_from(self, at: int) -> list[int]:
        """The numbers behind a place that 、 and 和 join; all of them where there are two lists."""
        behind = [index for index, mention in enumerate(self.mentions) if mention.start >= at]
        run = behind[:1]
        for index in behind[1:]:
            if not re.fullmatch(
                r"[、，和及与\s]*(?:和|及)?",
                self.text[self.mentions[run[-1]].end : self.mentions[index].start],
            ):
                break
            run.append(index)
        return run if len(run) > 1 else behind

    def _named_last(self, end: int, count: int) -> list[Named]:
        """As many rows as numbers follow, the last ones named before in the paragraph."""
        before = [n for n in (*self.earlier, *self.named) if n.end <= end and n.has("ilosetu")]
        run = before[-count:]
        return run if len(run) == count and len({n.text for n in run}) == count else []

    def _joined(self, names: Sequence[Named]) -> list[Named]:
        """The last run of names that 、 and 和 join."""
        run: list[Named] = []
        for name in reversed(names):
            if name.subjects == (WHOLE_REPORT,):
                continue
            if run and not re.fullmatch(r"[”“、，和及与以\s]*", self.text[name.end : run[0].start]):
                break
            run.insert(0, name)
        return run

    def _all_projects(self, end: int) -> list[Named]:
        """两个子项目…分别: all public sub-projects in order, where their number is said."""
        if not re.search("[个各](?:公开)?(?:子)?项目", self.text[self.sentence.start : end]):
            return []
        return [Named(end, end, (subject,)) for subject in self.names.public]

    def own_names(self, index: int, mention: Mention, clause: Span) -> list[Named]:
        """Return the names a number can be of, nearest first; what it is held against left out."""
        if index in self.shared:
            return [self.shared[index]]
        if operand := self.operand_itself(mention):
            return [operand]
        usable = [name for name in self.named if name.start not in self.operands]
        rows = [
            n
            for n in usable
            if n.end <= mention.start and n.start >= clause.start and not n.has("xgh") and n.text not in _SUMS
        ]
        usable = [name for name in usable if not (rows and name.text in _SUMS)]
        if ahead := self._held_against_ahead(mention, usable):
            return ahead
        before = [name for name in reversed(usable) if name.end <= mention.start]
        counted_thing = [name for name in usable if name.start == mention.end and name.has("ilo")]
        if counted_thing and unit_class(mention.unit) is UnitClass.COUNT:
            return counted_thing + before
        if any(name.start >= clause.start for name in before):
            return self._exact_first(before, clause)
        behind = [
            name
            for name in usable
            if mention.end <= name.start <= min(clause.end, mention.end + 8)
            and _BEHIND.match(self.text[mention.end : name.start])
        ]
        return behind + before

    def _held_against_ahead(self, mention: Mention, names: Sequence[Named]) -> list[Named]:
        """对照年度指标值≥90%，“满意度”实际完成…: the indicator behind the clause."""
        clause = clause_around(self.text, mention.start, mention.end)
        if not _HELD_UP.match(self.text, clause.start):
            return []
        ahead = [name for name in names if clause.end < name.start <= clause.end + 32]
        row = next((name for name in ahead if name.has("i")), None)
        return [] if row is None else [row, *(name for name in ahead if name.start < row.start)]

    @staticmethod
    def _exact_first(names: list[Named], clause: Span) -> list[Named]:
        """Names of the clause with parts of names behind whole names of rows."""
        inside = [name for name in names if name.start >= clause.start]
        exact = [name for name in inside if not name.weak]
        if not any(name.has("iltoues") for name in exact):
            return names
        return [*exact, *(name for name in inside if name.weak), *names[len(inside) :]]

    def levels_of(
        self, attributes: frozenset[str], own: list[Named], mention: Mention, clause: Span
    ) -> tuple[tuple[tuple[Subject, ...], ...], int]:
        """Return whom a number can be of, nearest first, and how many of them are named in the sentence."""
        paragraph = self.paragraph
        named = [self._in_scope(name.subjects, own) for name in own]
        scope: tuple[Subject, ...] = ((paragraph.project, "", 0),)
        if attributes & SCORE_ATTRIBUTES:
            scope = (*scope, (paragraph.project, "g", 0), (paragraph.project, "x", 0))
        held = any(name.has("iltoue") for name in own)
        inside = any(name.start >= clause.start for name in own)
        phrase = () if inside else self._phrase(mention, clause)
        self.linked = phrase or (() if held else self._linked(mention, clause) or self.linked)
        linked = () if phrase else self.linked
        carried = [name for name in reversed(self.earlier) if name.subjects[0][1] not in ("s", "l")]
        before = [self._in_scope(name.subjects, own) for name in carried]
        if phrase:
            named.insert(0, phrase)
        named[:0] = self._of_source(own)
        rest = [
            level for level in (linked, *before, scope, (WHOLE_REPORT, (0, "x", 0), (0, "g", 0))) if level
        ]
        return (*named, *rest), 0 if phrase else len(named)

    def _of_source(self, own: Sequence[Named]) -> list[tuple[Subject, ...]]:
        """财政拨款中，甲项目…: the rows of that source in the sub-project named."""
        source = next((n for n in own if n.has("s") and self.text.startswith("中", n.end)), None)
        if source is None or not own or own[0].subjects[0][1] != "" or not own[0].subjects[0][0]:
            return []
        return [tuple(s for s in source.subjects if s[0] == own[0].subjects[0][0])]

    def _phrase(self, mention: Mention, clause: Span) -> tuple[Subject, ...]:
        """The row that the words right before a number mean in short (办件量 for 办理事项件数)."""
        start = max(self.at, clause.start)
        role = ROLE.search(self.text, start, mention.start)
        return self.names.by_phrase(self.text[start : role.start() if role else mention.start])

    def near(self, mention: Mention, clause: Span) -> tuple[Subject, ...]:
        """Return all rows and further figures that share a word with the sentence, for a number that none explains."""
        if self.nearby is None:
            self.nearby = self.names.near(self.text, self.sentence)
        return self.nearby

    def _linked(self, mention: Mention, clause: Span) -> tuple[Subject, ...]:
        """The indicator whose words stand around a number."""
        start = max(self.at, clause.start - _REACH, self.sentence.start)
        return self.names.linked(self.text, Span(start, clause.end), mention)

    def _in_scope(self, subjects: tuple[Subject, ...], own: Sequence[Named]) -> tuple[Subject, ...]:
        """Narrow a name that several sub-projects share to the one spoken of."""
        paragraph = self.paragraph
        project = last_project(own[::-1]) or paragraph.project
        kind = subjects[0][1]
        if subjects == (WHOLE_REPORT,):
            return (WHOLE_REPORT, (paragraph.project, "", 0))
        if kind == "h":
            here = paragraph.project or last_project([*self.earlier, *self.named])
            return ((here, "", 0), (paragraph.project, "", 0)) if here else ((0, "", 0),)
        if kind in ("x", "g"):
            return tuple(dict.fromkeys([(project, kind, 0), (paragraph.project, kind, 0)]))
        if kind == "p":
            return (PUBLIC,)
        if kind == "s" and not project:
            return subjects
        if kind == "i":
            project = last_project(own[::-1]) or paragraph.spoken_of or 0
        if kind == "o" and len(subjects) > 1:
            return subjects
        narrowed = (
            tuple(one for one in subjects if one[0] == project or (one[1] == "o" and project)) or subjects
        )
        narrowed = narrowed if project or kind in ("", "s", "e", "t", "c", "u") else subjects
        return (*narrowed, WHOLE_REPORT) if paragraph.single and kind == "" else narrowed

    def versus(self, frame: Frame, own: Sequence[Named]) -> tuple[Subject, ...]:
        """Return whom a number is held against, nobody where it is held against no name."""
        if frame.against is None or frame.against.name is None:
            return ()
        return self._in_scope(frame.against.name.subjects, own)
