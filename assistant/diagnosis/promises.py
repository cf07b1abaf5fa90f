"""Last year's promises (上年度改进措施): which were kept as the figures tell, and what falls short again.

Knows two years of one report by the names of sub-projects and indicators; judges nothing but figures.
"""

from __future__ import annotations

from collections.abc import Iterator

from assistant.diagnosis.candidate import Candidate, Grounds
from assistant.diagnosis.inputs import said
from assistant.diagnosis.taxonomy import taxonomy
from assistant.domain.facts import id_prefix
from assistant.domain.indicator import Indicator
from assistant.domain.problem import Commitment, CommitmentStatus, Repeat
from assistant.domain.report import project_path
from assistant.domain.scorecard import Row


def commitments(grounds: Grounds) -> tuple[Commitment, ...]:
    """Return every measure of last year's report with its status; none of a confidential sub-project."""
    return tuple(
        _commitment(grounds, before, project, indicator)
        for before, project, indicator in _last_rows(grounds)
        if said(indicator.measures)
    )


def repeats(grounds: Grounds, hits: list[Candidate]) -> dict[str, Repeat]:
    """Return, by path, the lost rows and slow executions of this year that were so last year too."""
    earlier = {(project, row.name): before for before, project, row in _last_rows(grounds)}
    names = {row.path: (project.name, row.name) for project, _, row in grounds.rows()}
    found: dict[str, Repeat] = {}
    for hit in hits:
        if hit.confidential or hit.weight <= 0 and hit.path in names:
            continue
        before = earlier.get(names[hit.path], "") if hit.path in names else _last_project(grounds, hit)
        if before and _fell_short(grounds, before):
            found[hit.path] = Repeat(path=hit.path, before=before)
    return found


def unused_results(grounds: Grounds) -> Iterator[Candidate]:
    """Yield P33 for a row that fell short last year, falls short again, and kept its target and has no measure."""
    rows = {(project.name, row.name): (project, one, row) for project, one, row in grounds.rows()}
    for before, project_name, earlier in _last_rows(grounds):
        project, indicator, row = rows.get((project_name, earlier.name), (None, None, None))
        if project is None or indicator is None or row is None or row.met or project.confidential:
            continue
        unchanged = said(indicator.annual_target) == said(earlier.annual_target)
        if unchanged and not said(indicator.measures) and _fell_short(grounds, before):
            yield Candidate(
                type_id="P33",
                path=row.path,
                name=row.name,
                facts=grounds.ids(row.path, "target", "actual"),
                owner=project.implementing_unit,
            )


def _commitment(grounds: Grounds, before: str, project: str, indicator: Indicator) -> Commitment:
    now = next(
        (row for one, _, row in grounds.rows() if (one.name, row.name) == (project, indicator.name)), None
    )
    return Commitment(
        name=indicator.name,
        project=project,
        text=said(indicator.measures),
        before=before,
        now=id_prefix(now.path) if now else "",
        path=now.path if now else "",
        status=_status(now),
    )


def _status(row: Row | None) -> CommitmentStatus:
    if row is None or row.not_applicable:
        return CommitmentStatus.UNKNOWN
    return CommitmentStatus.KEPT if row.met else CommitmentStatus.OPEN


def _last_rows(grounds: Grounds) -> Iterator[tuple[str, str, Indicator]]:
    """Yield last year's indicators with the prefix of their facts and the sub-project they belong to."""
    last = grounds.report.last_year
    secret = {project.name for project in grounds.report.projects if project.confidential}
    for k, project in enumerate(last.projects if last else (), 1):
        if not project.confidential and project.name not in secret:
            for n, indicator in enumerate(project.indicators, 1):
                yield f"ly.p{k}.i{n}", project.name, indicator


def _last_project(grounds: Grounds, hit: Candidate) -> str:
    """Return the prefix of a sub-project's facts of last year for a slow execution, "" for other matters."""
    last = grounds.report.last_year
    if last is None or taxonomy().types[hit.type_id].family != "execution":
        return ""
    alone = len(last.projects) == len(grounds.report.projects) == 1
    names = {project_path(n): project.name for n, project in enumerate(grounds.report.projects)}
    return next(
        (
            f"ly.p{k}"
            for k, project in enumerate(last.projects, 1)
            if not project.confidential and (alone or project.name == names.get(hit.path))
        ),
        "",
    )


def _fell_short(grounds: Grounds, before: str) -> bool:
    known = grounds.facts.by_id()
    rate = known.get(f"{before}.rate")
    if rate is not None:
        return rate.value < taxonomy().limits.execution_low
    lost = known.get(f"{before}.lost")
    return f"{before}.gap" in known or (lost is not None and lost.value > 0)
