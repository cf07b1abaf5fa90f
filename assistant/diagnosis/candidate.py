"""What a trigger yields, and the grounds it reads; knows nothing of how candidates are merged or worded."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from assistant.domain.base import Frozen, Number
from assistant.domain.facts import Facts, id_prefix
from assistant.domain.finding import Finding
from assistant.domain.indicator import Indicator
from assistant.domain.problem import ProblemSource
from assistant.domain.report import Project, Report, indicator_path, project_path
from assistant.domain.scorecard import ProjectScore, Row, Scorecard


@dataclass(frozen=True)
class Grounds:
    """What the diagnosis rests on: the report, its scores, the ledger and the findings about it."""

    report: Report
    scorecard: Scorecard
    facts: Facts
    findings: Sequence[Finding] = ()

    def projects(self) -> Iterator[tuple[str, Project, ProjectScore]]:
        """Yield each sub-project with its path and card."""
        cards = {card.path: card for card in self.scorecard.projects}
        for index, project in enumerate(self.report.projects):
            path = project_path(index)
            if path in cards:
                yield path, project, cards[path]

    def rows(self) -> Iterator[tuple[Project, Indicator, Row]]:
        """Yield each indicator with its project and its row of the scorecard."""
        rows = {row.path: row for row in self.scorecard.rows}
        for p, project in enumerate(self.report.projects):
            for i, indicator in enumerate(project.indicators):
                row = rows.get(indicator_path(p, i))
                if row is not None:
                    yield project, indicator, row

    def ids(self, path: str, *names: str) -> tuple[str, ...]:
        """Return the ids of those facts at `path` that stand in the ledger."""
        known = self.facts.by_id()
        wanted = (f"{id_prefix(path)}.{name}" for name in names)
        return tuple(fact_id for fact_id in wanted if fact_id in known)


class Candidate(Frozen):
    """One hit of a trigger: its type, the place, the evidence, and what the inputs say about it.

    `weight` is the number of points lost (分), zero for a matter of indicator quality. One that is not
    `firm` is for the writer to weigh: it stays a candidate and is not proposed for the draft.
    """

    type_id: str
    path: str
    name: str
    facts: tuple[str, ...] = ()
    weight: Number = Decimal(0)
    source: ProblemSource = ProblemSource.INDICATOR_QUALITY
    cause: str = ""
    given_measure: str = ""
    owner: str = ""
    deadline: str = ""
    rules: tuple[str, ...] = ()
    confidential: bool = False
    firm: bool = True
