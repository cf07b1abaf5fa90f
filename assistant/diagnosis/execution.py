"""Triggers on money (预算执行): low rate, idle funds, overspending, large adjustment, uneven sub-projects."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from assistant.diagnosis.candidate import Candidate, Grounds
from assistant.diagnosis.inputs import deadline_in, money_cause, notes_of, owner_in, said
from assistant.diagnosis.taxonomy import Limits, taxonomy
from assistant.domain.figures import HUNDRED, percentage
from assistant.domain.problem import ProblemSource
from assistant.domain.report import Project
from assistant.domain.scorecard import ExecutionScore, ProjectScore


def execution_problems(grounds: Grounds) -> Iterator[Candidate]:
    """Yield P01, P02 or P03 for each sub-project whose execution rate calls for it.

    A rate in [90, 100) is no problem of its own: the conclusion says where the points went.
    """
    found = [
        _money_candidate(grounds, type_id, path, project, card)
        for path, project, card in grounds.projects()
        if (type_id := execution_type(card.execution, taxonomy().limits))
    ]
    yield from _with_joint_loss(grounds, found)


def _with_joint_loss(grounds: Grounds, found: list[Candidate]) -> list[Candidate]:
    """Give the first open candidate the points lost on execution, where all sub-projects share one card."""
    lost = grounds.scorecard.execution.lost
    open_ones = [hit for hit in found if not hit.confidential]
    if grounds.scorecard.rollup != "joint" or not open_ones or lost <= 0:
        return found
    first = open_ones[0].model_copy(update={"weight": lost, "facts": (*open_ones[0].facts, "all.exec_lost")})
    return [first if hit is open_ones[0] else hit for hit in found]


def execution_type(execution: ExecutionScore, limits: Limits) -> str:
    """Return the type id that an execution row calls for, "" for none."""
    rate = execution.rate
    if rate is None:
        return "P01" if execution.lost > 0 else ""
    if rate > HUNDRED:
        return "P03"
    if rate < limits.execution_severe:
        return "P02"
    return "P01" if rate < limits.execution_low else ""


def adjustments(grounds: Grounds) -> Iterator[Candidate]:
    """Yield P04 where the budget was changed by more than a tenth during the year."""
    for path, project, card in grounds.projects():
        execution = card.execution
        changed = percentage(execution.annual_budget - execution.initial_budget, execution.initial_budget)
        if changed is None or abs(changed) <= taxonomy().limits.adjustment:
            continue
        reasons = "；".join(said(item.reason) for item in project.adjustments if said(item.reason))
        yield Candidate(
            type_id="P04",
            path=path,
            name=project.name,
            facts=grounds.ids(path, "initial", "budget", "adjustment", "adjustment_rate"),
            cause=reasons,
            confidential=project.confidential,
        )


def imbalance(grounds: Grounds) -> Iterator[Candidate]:
    """Yield P31 for the slowest sub-project where rates differ by more than twenty points (百分点)."""
    rated = [
        (card.execution.rate, path, project)
        for path, project, card in grounds.projects()
        if card.execution.rate is not None and not project.confidential
    ]
    if len(rated) < 2:
        return
    slowest, fastest = min(rated, key=lambda item: item[0]), max(rated, key=lambda item: item[0])
    if fastest[0] - slowest[0] > taxonomy().limits.spread:
        facts = grounds.ids(slowest[1], "rate") + grounds.ids(fastest[1], "rate")
        yield Candidate(type_id="P31", path=slowest[1], name=slowest[2].name, facts=facts)


def _money_candidate(
    grounds: Grounds, type_id: str, path: str, project: Project, card: ProjectScore
) -> Candidate:
    notes = notes_of(grounds.report, project)
    return Candidate(
        type_id=type_id,
        path=path,
        name=project.name,
        facts=grounds.ids(path, "budget", "spent", "rate", "unspent", "exec_lost"),
        weight=max(card.execution.lost, Decimal(0)),
        source=ProblemSource.PERFORMANCE,
        cause=money_cause(notes),
        owner=owner_in(notes) or project.implementing_unit,
        deadline=deadline_in(notes),
        rules=("B10",),
        confidential=project.confidential,
    )
