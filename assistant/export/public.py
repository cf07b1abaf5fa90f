"""What of a report may stand in a file that is handed on: everything but the 保密 sub-projects.

A confidential sub-project keeps its place, so that paths and ids stay what they are, and loses all else:
name, figures, indicators, goal, notes, evidence, also in last year's report. Knows nothing of files.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from assistant.domain.report import Project, Report, Unit
from assistant.domain.scorecard import ExecutionScore, Grade, ProjectScore, Scorecard

#: What stands in place of a confidential name or text.
WITHHELD = "保密子项目"
_SHORTEST = 4


def public_report(report: Report) -> Report:
    """Return the report with its confidential sub-projects emptied and free texts that name them withheld."""
    secrets = tuple(secrets_of(report))
    emptied = _emptied(report)
    return Report.model_validate(_withheld(emptied.model_dump(mode="json"), secrets)) if secrets else emptied


def public_scorecard(scorecard: Scorecard) -> Scorecard:
    """Return the scorecard without the rows, scores and money of confidential sub-projects.

    The totals of the whole report stay: they are printed in the report.
    """
    projects = tuple(_empty_card(card) if card.confidential else card for card in scorecard.projects)
    hidden = tuple(card.path for card in scorecard.projects if card.confidential)
    steps = tuple(step for step in scorecard.waterfall if not step.path or not step.path.startswith(hidden))
    findings = tuple(f for f in scorecard.findings if not hidden or not f.place.startswith(hidden))
    return scorecard.model_copy(
        update={"projects": projects, "waterfall": steps, "findings": findings if not hidden else ()}
    )


def secrets_of(report: Report) -> Iterator[str]:
    """Yield the texts of confidential sub-projects that no public part of the report also says."""
    known = _public_texts(report)
    for text in dict.fromkeys(_texts_of(report)):
        if len(text) >= _SHORTEST and text != WITHHELD and not any(text in public for public in known):
            yield text


def withheld_text(text: str, report: Report) -> str:
    """Return a text with every confidential literal of the report replaced."""
    return str(_withheld(text, tuple(secrets_of(report))))


def _emptied(report: Report) -> Report:
    last = _emptied(report.last_year) if report.last_year is not None else None
    return report.model_copy(
        update={
            "projects": tuple(map(_public_project, report.projects)),
            "units": tuple(map(_public_unit, report.units)),
            "last_year": last,
        }
    )


def _public_project(project: Project) -> Project:
    return Project(name=WITHHELD, confidential=True) if project.confidential else project


def _public_unit(unit: Unit) -> Unit:
    return unit.model_copy(
        update={
            "units": tuple(map(_public_unit, unit.units)),
            "projects": tuple(map(_public_project, unit.projects)),
        }
    )


def _empty_card(card: ProjectScore) -> ProjectScore:
    nothing = Decimal(0)
    execution = ExecutionScore(
        annual_budget=nothing,
        expenditure=nothing,
        rate=None,
        weight=nothing,
        score=nothing,
        initial_budget=nothing,
    )
    return ProjectScore(
        path=card.path,
        name=WITHHELD,
        confidential=True,
        execution=execution,
        total_score=nothing,
        full_score=nothing,
        grade=Grade.EXCELLENT,
    )


def _projects(report: Report) -> Iterator[Project]:
    yield from report.projects
    for unit in report.units:
        yield from _unit_projects(unit)
    if report.last_year is not None:
        yield from _projects(report.last_year)


def _unit_projects(unit: Unit) -> Iterator[Project]:
    yield from unit.projects
    for inner in unit.units:
        yield from _unit_projects(inner)


def _texts_of(report: Report) -> Iterator[str]:
    for project in _projects(report):
        if project.confidential:
            yield from (project.name, project.goal.expected, project.goal.achieved, *project.notes)
            yield from (indicator.name for indicator in project.indicators)
            yield from (item.name for item in project.line_items)


def _public_texts(report: Report) -> list[str]:
    texts = [report.unit_name, report.title]
    for project in _projects(report):
        if not project.confidential:
            texts += [project.name, project.supervising_department, project.implementing_unit]
            texts += [indicator.name for indicator in project.indicators]
            texts += [item.name for item in project.line_items]
    return [text for text in texts if text]


def _withheld(value: Any, secrets: tuple[str, ...]) -> Any:
    if isinstance(value, str):
        for secret in sorted(secrets, key=len, reverse=True):
            value = value.replace(secret, WITHHELD)
        return value
    if isinstance(value, list):
        return [_withheld(item, secrets) for item in value]
    if isinstance(value, dict):
        return {key: _withheld(item, secrets) for key, item in value.items()}
    return value
