"""The rows that a judgement speaks of: those named before it, a category, all of a sub-project (判断对象).

Knows names and rows; what is said of them is decided in `judging_words`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from assistant.domain.scorecard import Row, Scorecard
from assistant.proof.layout import Span, clause_around
from assistant.proof.naming import Subject
from assistant.proof.subjects import Named, Names

_PIECES = re.compile("[、，,：:；;（）()]|和|及|与|以及|或")
_EXCEPT = re.compile("除了?(?P<what>[^，。；]{1,40}?)(?:之?外|以外)")
_COUNTED = re.compile("^[仅只有]*(?P<number>[0-9]{1,2}|[一两二三四五六七八九])[项个]?$")
_AGAINST = re.compile("(?:[比较]|相比|由于|因|受)[“‘]?$")
_WHOLE = re.compile("指标|目标|任务|绩效")
_GENERIC = re.compile("[^\u4e00-\u9fff]|指标|项目|完成|实现|达到|方面|任务|工作|情况|其中|各项|全部")


@dataclass(frozen=True, slots=True)
class Said:
    """A row as it is spoken of: its place in the text, None where a group stands for it."""

    row: Row
    place: Span | None = None


@dataclass(frozen=True, slots=True)
class Group:
    """The rows spoken of. `named` says that each was named; `whole` that nothing but 指标 or 目标 was said.

    `unknown` are the pieces of a list that are no name of the report.
    """

    said: tuple[Said, ...]
    named: bool = False
    whole: bool = False
    excepted: tuple[Said, ...] = ()
    excepted_count: int | None = None

    @property
    def rows(self) -> tuple[Row, ...]:
        """The rows themselves."""
        return tuple(one.row for one in self.said)


@dataclass(frozen=True)
class Rows:
    """Finds rows by what a text says of them."""

    card: Scorecard
    names: Names

    def of(self, name: Named, project: int) -> list[Row]:
        """Return the rows that a name means; a line item stands for the indicator that measures it."""
        kind = name.subjects[0][1]
        if kind == "i":
            return self._rows(name.subjects, project)
        if kind == "c":
            return self._grouped(self.scope(project), (name.text,))
        if kind in ("l", "o", "t"):
            like = self.names.linked(name.text, Span(0, len(name.text)))
            return self._rows([s for s in like if s[1] == "i"], project)
        return []

    def scope(self, project: int) -> list[Row]:
        """Return the rows of a sub-project, of the whole report for 0."""
        cards = self.card.projects
        own = cards[project - 1 : project] if 0 < project <= len(cards) else cards
        return [row for card in own if not card.confidential for row in card.rows]

    def group(
        self, text: str, region: Span, named: Sequence[Named], project: int, *, loose: bool = False
    ) -> Group:
        """Return the rows that are spoken of in a region: those named, else a category, else all in scope.

        `loose` also reads pieces of a list that hold half of an indicator's name.
        """
        exception = _last(_EXCEPT, text, region)
        what = exception.span("what") if exception else (0, 0)
        inside = [n for n in named if region.start <= n.start < region.end]
        plain = [n for n in inside if not what[0] <= n.start < what[1] and not _is_aside(text, n)]
        projects = [s[0] for n in plain for s in n.subjects[:1] if s[1] == "" and s[0]]
        scope = projects[-1] if projects else project
        if exception:
            return self._all_but(text, region, Span(*what), inside, scope)
        said = [Said(row, Span(n.start, n.end)) for n in plain for row in self.of(n, scope)]
        if loose:
            said += self._pieces(text, region, inside, scope)
        if said:
            unique = {one.row.path: one for one in reversed(said)}
            rows = sorted(unique.values(), key=lambda one: one.place.start if one.place else 0)
            return Group(tuple(rows), named=True)
        return self._unnamed(text, region, inside, projects or [project])

    def _unnamed(self, text: str, region: Span, inside: Sequence[Named], projects: Sequence[int]) -> Group:
        rows = [row for project in dict.fromkeys(projects) for row in self.scope(project)]
        stems = self.stems(_masked(text, region, inside), rows)
        if stems:
            return Group(tuple(map(Said, self._grouped(rows, stems))))
        return Group(tuple(map(Said, rows)), whole=True)

    def _all_but(self, text: str, region: Span, what: Span, inside: Sequence[Named], project: int) -> Group:
        """除A外，其余B均…: B without A; A where it is named, or how many there are."""
        out = [n for n in inside if what.start <= n.start < what.end]
        excepted = [Said(row, Span(n.start, n.end)) for n in out for row in self.of(n, project)]
        gone = {s[0] for n in out for s in n.subjects if s[1] == "" and s[0]}
        rows = [
            row
            for at, card in enumerate(self.card.projects, 1)
            if not card.confidential and at not in gone and project in (0, at)
            for row in card.rows
        ]
        around = _masked(text, region, inside)
        stems = self.stems(around, rows)
        own = self._grouped(rows, stems) if stems else rows
        count = _COUNTED.match(text[what.start : what.end])
        paths = {one.row.path for one in excepted}
        number = _NUMBERS.get(count["number"]) or int(count["number"]) if count else None
        known = bool(excepted or gone or number)
        rest = tuple(Said(row) for row in own if row.path not in paths) if known else ()
        return Group(rest, whole=not stems, excepted=tuple(excepted), excepted_count=number)

    def _pieces(self, text: str, region: Span, inside: Sequence[Named], project: int) -> Iterator[Said]:
        """Pieces of a list that hold no name but the words of one indicator."""
        at = region.start
        for match in [*_PIECES.finditer(text, region.start, region.end), None]:
            end = match.start() if match else region.end
            words = _GENERIC.sub("", text[at:end])
            if len(words) >= 3 and not any(at <= n.start < end for n in inside):
                like = [s for s in self.names.linked(text, Span(at, end)) if s[1] == "i"]
                rows = self._rows(like, project)
                if len(rows) == 1:
                    yield Said(rows[0], Span(at, end))
            at = match.end() if match else region.end

    def _rows(self, subjects: Sequence[Subject], project: int) -> list[Row]:
        own = [s for s in subjects if s[0] == project] or list(subjects)
        cards = self.card.projects
        return [
            cards[s[0] - 1].rows[s[2] - 1]
            for s in own
            if s[1] == "i" and 0 < s[0] <= len(cards) and 0 < s[2] <= len(cards[s[0] - 1].rows)
        ]

    @staticmethod
    def _grouped(rows: Sequence[Row], stems: Sequence[str]) -> list[Row]:
        kinds = {stem.removesuffix("指标") for stem in stems}
        return [
            row
            for row in rows
            if row.dimension.removesuffix("指标") in kinds or row.category.removesuffix("指标") in kinds
        ]

    @staticmethod
    def stems(words: str, rows: Sequence[Row]) -> list[str]:
        """Return the categories and dimensions that are spoken of (数量、质量指标; 时效类)."""
        kinds = {kind.removesuffix("指标") for row in rows for kind in (row.dimension, row.category) if kind}
        found = []
        for kind in sorted(kinds, key=len, reverse=True):
            pattern = rf"{re.escape(kind)}(?=[类、和及与]|指标|方面|[0-9一两二三四五六七八九]+[项个]|$)"
            if re.search(pattern, words):
                found.append(kind)
                words = re.sub(pattern, "＿" * len(kind), words)
        return found


_NUMBERS = {word: at for at, word in enumerate("一二三四五六七八九", 1)} | {"两": 2}


def speaks_of_goals(text: str, start: int, end: int, least: int) -> bool:
    """Whether 指标, 目标, 任务 stand around a word that names no row."""
    clause = clause_around(text, start, end)
    return _WHOLE.search(text, max(least, clause.start - 20), clause.end) is not None


def _is_aside(text: str, name: Named) -> bool:
    """Whether a name stands for what is held against or for a cause."""
    return _AGAINST.search(text, max(0, name.start - 4), name.start) is not None


def _masked(text: str, region: Span, inside: Sequence[Named]) -> str:
    """The words of a region without the names of rows and sub-projects."""
    held = [n for n in inside if n.subjects[0][1] != "c"]
    return "".join(
        "＿" if any(n.start <= at < n.end for n in held) else text[at]
        for at in range(region.start, region.end)
    )


def _last(pattern: re.Pattern[str], text: str, region: Span) -> re.Match[str] | None:
    return next(reversed(list(pattern.finditer(text, region.start, region.end))), None)
