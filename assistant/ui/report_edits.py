"""One change to a report gives another report: pure functions for the page 填数据."""

from __future__ import annotations

from assistant.domain.report import Goal, Project, Report


def with_project(report: Report, index: int, **changes: object) -> Report:
    """Return the report with fields of one sub-project changed."""
    projects = list(report.projects)
    projects[index] = projects[index].model_copy(update=changes)
    return report.model_copy(update={"projects": tuple(projects)})


def with_goal(report: Report, index: int, **changes: str) -> Report:
    """Return the report with the goal of one sub-project changed."""
    goal: Goal = report.projects[index].goal.model_copy(update=changes)
    return with_project(report, index, goal=goal)


def with_new_project(report: Report) -> Report:
    """Return the report with one more, empty sub-project."""
    name = f"子项目{len(report.projects) + 1}"
    return report.model_copy(update={"projects": (*report.projects, Project(name=name))})


def without_project(report: Report, index: int) -> Report:
    """Return the report without one sub-project."""
    kept = (project for number, project in enumerate(report.projects) if number != index)
    return report.model_copy(update={"projects": tuple(kept)})


def lines(words: str) -> tuple[str, ...]:
    """Return the non-empty lines of a text area, one note each."""
    return tuple(line.strip() for line in words.splitlines() if line.strip())
