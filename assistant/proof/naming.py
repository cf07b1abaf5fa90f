"""Names of a report and the subjects they mean; last year's rows under the numbers of this year's.

A row of last year that has the same name this year is the same subject; one that is gone gets a number of
its own beyond those in use. Knows no figures.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from assistant.domain.report import Project, Report

#: (project from 1, 0 = whole report; kind "" i s l t c o x g; position from 1). t tasks, x execution, g all indicators.
Subject = tuple[int, str, int]
WHOLE_REPORT: Subject = (0, "", 0)
_BEYOND = 1000


@dataclass(frozen=True)
class Renumbering:
    """From last year's subjects to this year's."""

    subjects: Mapping[Subject, Subject]

    def of(self, subject: Subject) -> Subject:
        """Return this year's number of a subject of last year."""
        if subject in self.subjects:
            return self.subjects[subject]
        project = self.subjects.get((subject[0], "", 0), (subject[0], "", 0))[0]
        return (project, subject[1], subject[2])


def names_of(report: Report) -> Iterator[tuple[str, Subject]]:
    """Yield the names of sub-projects, rows, sources, items and other figures with their subjects."""
    for number, task in enumerate(report.tasks, 1):
        yield task.name, (0, "t", number)
    yield report.title, WHOLE_REPORT
    yield report.title.removesuffix("项目"), WHOLE_REPORT
    for index, project in enumerate(report.projects, 1):
        yield project.name, (index, "", 0)
        yield from _names_in(project, index)
    for number, figure in enumerate(report.other_figures, 1):
        yield figure.name, (0, "o", number)


def _names_in(project: Project, index: int) -> Iterator[tuple[str, Subject]]:
    for number, indicator in enumerate(project.indicators, 1):
        yield indicator.name, (index, "i", number)
    for number, source in enumerate(project.funding, 1):
        yield source.source, (index, "s", number)
    for number, item in enumerate(project.line_items, 1):
        yield item.name, (index, "l", number)
    for number, task in enumerate(() if project.confidential else project.tasks, 1):
        yield task.name, (index, "t", number)


def renumbering(report: Report) -> tuple[Renumbering, list[tuple[str, Subject]]]:
    """Return the renumbering of last year's subjects, and the names that only last year had."""
    if report.last_year is None:
        return Renumbering({}), []
    now: dict[tuple[int, str, str], Subject] = {}
    for name, subject in names_of(report):
        now.setdefault((subject[0], subject[1], name), subject)
    projects = {name: subject[0] for name, subject in names_of(report) if subject[1] == ""}
    found: dict[Subject, Subject] = {}
    gone: list[tuple[str, Subject]] = []
    for name, subject in names_of(report.last_year):
        own = report.last_year.projects[subject[0] - 1].name if subject[0] else ""
        project = projects.get(own, subject[0] + _BEYOND) if subject[0] else 0
        same = (project, "", 0) if subject[1] == "" else now.get((project, subject[1], name))
        found[subject] = same or (project, subject[1], subject[2] + _BEYOND)
        if same is None or project > _BEYOND:
            gone.append((name, found[subject]))
    return Renumbering(found), gone
