"""From the full marks to the total (得分瀑布): every lost point named, the steps add up exactly."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal

from assistant.domain.base import Frozen, Number
from assistant.domain.figures import round_half_up
from assistant.domain.scorecard import ExecutionScore, ProjectScore, WaterfallStep
from assistant.scoring.pack import Rules

ZERO = Decimal(0)


class Loss(Frozen):
    """Points lost at one place, before they are weighted (失分); negative where more was given."""

    path: str
    name: str
    points: Number
    basis: str = ""
    clause: str = ""


def losses_of(project: ProjectScore, rules: Rules, prefix: str = "") -> list[Loss]:
    """Return the places where a sub-project lost points: its execution, its rows, what rescaling changed."""
    found = [_of_execution(project.execution, f"{project.path}.execution", prefix)]
    found += [
        Loss(path=row.path, name=f"{prefix}{row.name}", points=row.lost, basis=row.basis, clause=row.clause)
        for row in project.rows
        if not row.not_applicable
    ]
    rest = project.full_score - project.total_score - sum((loss.points for loss in found), ZERO)
    found.append(_of_rescaling(project.path, prefix, rest, rules))
    return [loss for loss in found if loss.points != 0]


def _of_rescaling(path: str, prefix: str, points: Decimal, rules: Rules) -> Loss:
    """Return what rescaling without the 不适用 rows changed."""
    clause = rules.not_applicable.clause
    return Loss(path=path, name=f"{prefix}折算", points=points, basis=_WHY["折算"], clause=clause)


def _of_execution(execution: ExecutionScore, path: str, prefix: str = "") -> Loss:
    """Return what the execution lost."""
    return Loss(
        path=path,
        name=f"{prefix}预算执行",
        points=execution.lost,
        basis=execution.basis,
        clause=execution.clause,
    )


def joint_losses(
    projects: Iterable[ProjectScore], execution: ExecutionScore, full: Decimal, total: Decimal, rules: Rules
) -> list[Loss]:
    """Return the losses of a card that several sub-projects share."""
    overall = _of_execution(execution, "execution")
    found = [
        overall,
        *(loss for project in projects for loss in losses_of(project, rules, f"{project.name}·")),
    ]
    rest = full - total - sum((loss.points for loss in found), ZERO)
    found.append(_of_rescaling("", "", rest, rules))
    return [loss for loss in found if loss.points != 0]


def weighted_losses(projects: Sequence[ProjectScore], budgets: Sequence[Decimal], rules: Rules) -> list[Loss]:
    """Return the losses of sub-projects with cards of their own, each by its share of the budget."""
    weights = list(budgets) if any(budgets) else [Decimal(1)] * len(projects)
    whole = sum(weights, ZERO)
    return [
        loss.model_copy(update={"points": round_half_up(loss.points * weight / whole)})
        for project, weight in zip(projects, weights, strict=True)
        for loss in losses_of(project, rules, f"{project.name}·")
    ]


def build_waterfall(full: Decimal, total: Decimal, losses: Iterable[Loss]) -> tuple[WaterfallStep, ...]:
    """Return the steps from `full` to `total`; what rounding leaves over is a step of its own (舍入)."""
    steps, running = [], full
    for loss in losses:
        running -= loss.points
        change = -loss.points
        steps.append(
            WaterfallStep(
                path=loss.path,
                name=loss.name,
                change=change,
                running=running,
                basis=loss.basis,
                clause=loss.clause,
            )
        )
    if running != total:
        change = total - running
        steps.append(WaterfallStep(path="", name="舍入", change=change, running=total, basis=_WHY["舍入"]))
    return tuple(steps)


_WHY = {
    "舍入": "各子项目失分按资金额度加权后分别四舍五入，与总分的差额",
    "折算": "不适用的行不计分，总分按其余分值折算为满分",
}
