"""The material of a draft (素材): all that the sections are built from, and how a statement is found for it.

Knows the inputs and the phrase book; knows nothing of single sections.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from assistant.domain.draft import ParagraphStyle
from assistant.domain.facts import Facts, Role, id_prefix
from assistant.domain.passage import Passage, Query
from assistant.domain.problem import Diagnosis, Problem
from assistant.domain.report import Project, Report, ReportKind, project_path
from assistant.domain.scorecard import ProjectScore, Row, Scorecard
from assistant.domain.services import Retriever
from assistant.drafting.phrases import Phrases, Wording
from assistant.drafting.slots import Values
from assistant.drafting.writer import Length, Point

_HEADING = {
    1: ParagraphStyle.HEADING1,
    2: ParagraphStyle.HEADING2,
    3: ParagraphStyle.HEADING3,
    4: ParagraphStyle.HEADING4,
}


@dataclass(frozen=True)
class OpenProject:
    """A sub-project that may be described: its id in the ledger, its data and its card."""

    id: str
    path: str
    project: Project
    card: ProjectScore


@dataclass
class Material:
    """Everything the sections of one draft are built from."""

    report: Report
    scorecard: Scorecard
    facts: Facts
    values: Values
    diagnosis: Diagnosis
    phrases: Phrases
    retriever: Retriever | None
    length: Length
    learned: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        self._facts = self.facts.by_id()
        self._found: dict[tuple[str, str], tuple[Passage, ...]] = {}

    @property
    def many(self) -> bool:
        """Whether the report has several sub-projects, so that each is named."""
        return len(self.report.projects) > 1

    @property
    def evaluation(self) -> bool:
        """Whether this is a 绩效评价报告, which does not speak of 自评."""
        return self.report.kind is ReportKind.EVALUATION

    def open_projects(self) -> tuple[OpenProject, ...]:
        """Return every sub-project that is not confidential, in the order of the form."""
        cards = {card.path: card for card in self.scorecard.projects}
        paths = [(project_path(n), project) for n, project in enumerate(self.report.projects)]
        return tuple(
            OpenProject(id_prefix(path), path, project, cards[path])
            for path, project in paths
            if not project.confidential and path in cards
        )

    @property
    def has_secret(self) -> bool:
        """Whether there is a confidential sub-project."""
        return any(project.confidential for project in self.report.projects)

    def row(self, path: str) -> Row | None:
        """Return the row of the scorecard at a path, None where there is none."""
        return next((row for row in self.scorecard.rows if row.path == path), None)

    def value(self, fact_id: str) -> Decimal | None:
        """Return the value of a fact, None where it is not in the ledger."""
        fact = self._facts.get(fact_id)
        return fact.value if fact else None

    def measured(self, fact_id: str) -> bool:
        """Whether what stands under an id is a figure of the ledger and no description in words."""
        fact = self._facts.get(fact_id)
        return fact is not None and fact.role is not Role.TEXT

    def say(self, key: str, **ids: str) -> tuple[Wording, ...]:
        """Return the wording of the phrase book under `key` that the figures at hand can fill, or nothing."""
        return self.phrases.wordings(key, self.values.knows, self._ids(ids))

    def _ids(self, ids: dict[str, str]) -> dict[str, str]:
        year = self._facts.get("all.year")
        year_words = "{{all.year}}" + ("" if year and year.shown.endswith("年") else "年") if year else "本年"
        kind = "evaluation" if self.evaluation else "self"
        return {"year": year_words, **self.phrases.labels(f"kind.{kind}"), **ids}

    def heading(self, point_id: str, text: str, level: int, **more: object) -> Point:
        """Return a heading paragraph of a level with its running number."""
        return Point.model_validate(
            {
                "id": point_id,
                "style": _HEADING[level],
                "number": level,
                "wordings": (Wording(choices=(text,)),),
                **more,
            }
        )

    def body(self, point_id: str, *wordings: Sequence[Wording], **more: object) -> tuple[Point, ...]:
        """Return one body paragraph of these sentences, or nothing where there are none."""
        sentences = tuple(wording for group in wordings for wording in group)
        if not sentences:
            return ()
        return (Point.model_validate({"id": point_id, "wordings": sentences, **more}),)

    def sentence(self, point_id: str, text: str, **more: object) -> tuple[Point, ...]:
        """Return one body paragraph of one sentence."""
        return self.body(point_id, (Wording(choices=(text,)),), **more)

    def prefix(self, path: str) -> str:
        """Return the prefix of a path's facts (p1.i3)."""
        return id_prefix(path)

    def past_problems(self, problem: Problem) -> tuple[Passage, ...]:
        """Return past problems of the same kind; nothing for a confidential one."""
        return () if problem.confidential else self.passages(self._matter(problem), "problems")

    def past_measures(self, problem: Problem) -> tuple[Passage, ...]:
        """Return past measures and suggestions for such a problem, those of the same kind of report first."""
        if problem.confidential:
            return ()
        first, second = ("suggestions", "measures") if self.evaluation else ("measures", "suggestions")
        matter = self._matter(problem)
        return self.passages(matter, first) + self.passages(matter, second)

    def _matter(self, problem: Problem) -> str:
        """The words to search with: kind of problem, dimension, the indicators it names."""
        rows = [row for path in problem.rows if (row := self.row(path)) is not None]
        words = [problem.type_name, *(row.dimension for row in rows[:1]), *(row.name for row in rows[:2])]
        return " ".join(dict.fromkeys(word for word in (*words, "" if rows else problem.title) if word))

    def passages(self, text: str, section: str, limit: int = 10) -> tuple[Passage, ...]:
        """Return past paragraphs on a matter, never of this report itself, same kind of report first."""
        key = (text, section)
        if self.retriever is not None and key not in self._found:
            found = self.retriever.search(Query(text=text, section=section, limit=limit)).passages
            self._found[key] = tuple(
                sorted(self._others(found), key=lambda one: one.kind != self.report.kind)
            )
        return self._found.get(key, ())

    def _others(self, passages: Sequence[Passage]) -> Iterator[Passage]:
        own = (self.report.unit_name, self.report.year)
        return (passage for passage in passages if (passage.unit_name, passage.year) != own)
