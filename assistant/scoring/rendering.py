"""The scorecard as the JSON of `zhiji score` (strings with two decimals); knows nothing of scoring."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from assistant.domain.figures import round_half_up
from assistant.domain.scorecard import ExecutionScore, ProjectScore, Row, Scorecard, Subtotal, WaterfallStep
from assistant.scoring.counterfactual import Counterfactual, Option
from assistant.scoring.rollup import contributions

ROW_KEYS = ("path", "name", "weight", "score", "completion_rate", "basis")
EXECUTION_KEYS = ("annual_budget", "expenditure", "rate", "score")


def scorecard_json(scorecard: Scorecard) -> dict[str, Any]:
    """Return the JSON of a scorecard; `findings` are for the caller to fill."""
    parts = {
        part.path: {"share": two_places(part.share), "contribution": two_places(part.points)}
        for part in contributions(scorecard)
    }
    return {
        "rules": scorecard.rules,
        "rows": [_only(_row(row), ROW_KEYS) for row in scorecard.rows],
        "execution": _only(_execution(scorecard.execution), EXECUTION_KEYS),
        "subtotals": [_subtotal(subtotal) for subtotal in scorecard.subtotals],
        "total_score": two_places(scorecard.total_score),
        "grade": scorecard.grade.value,
        "waterfall": [_step(step) for step in scorecard.waterfall],
        "rollup": scorecard.rollup,
        "projects": [_project(project) | parts.get(project.path, {}) for project in scorecard.projects],
        "findings": [],
    }


def _only(entry: dict[str, Any], keys: tuple[str, ...]) -> dict[str, Any]:
    """Return the keys that the contract promises at the top; the cards under `projects` hold the rest."""
    return {key: entry[key] for key in keys}


def two_places(value: Decimal | None) -> str | None:
    """Return a figure as the contract prints it, None for none."""
    return None if value is None else f"{round_half_up(value):f}"


def _row(row: Row) -> dict[str, Any]:
    """Return one indicator row."""
    return {
        "path": row.path,
        "project": row.project,
        "category": row.category,
        "dimension": row.dimension,
        "name": row.name,
        "weight": two_places(row.weight),
        "score": two_places(row.score),
        "formula_score": two_places(row.formula_score),
        "completion_rate": two_places(row.completion_rate),
        "met": row.met,
        "not_applicable": row.not_applicable,
        "reason_required": row.reason_required,
        "basis": row.basis,
        "clause": row.clause,
    }


def _execution(execution: ExecutionScore) -> dict[str, Any]:
    """Return the 预算执行 row."""
    return {
        "initial_budget": two_places(execution.initial_budget),
        "annual_budget": two_places(execution.annual_budget),
        "expenditure": two_places(execution.expenditure),
        "rate": two_places(execution.rate),
        "initial_rate": two_places(execution.initial_rate),
        "weight": two_places(execution.weight),
        "score": two_places(execution.score),
        "basis": execution.basis,
    }


def _subtotal(subtotal: Subtotal) -> dict[str, Any]:
    """Return one subtotal."""
    return {
        "path": subtotal.path,
        "name": subtotal.name,
        "level": subtotal.level,
        "weight": two_places(subtotal.weight),
        "score": two_places(subtotal.score),
    }


def _step(step: WaterfallStep) -> dict[str, Any]:
    """Return one step of the waterfall."""
    return {
        "path": step.path,
        "name": step.name,
        "change": two_places(step.change),
        "running": two_places(step.running),
        "basis": step.basis,
        "clause": step.clause,
    }


def _project(project: ProjectScore) -> dict[str, Any]:
    """Return the card of one sub-project with everything that is known of its rows."""
    return {
        "path": project.path,
        "name": project.name,
        "confidential": project.confidential,
        "execution": _execution(project.execution),
        "rows": [_row(row) for row in project.rows],
        "subtotals": [_subtotal(subtotal) for subtotal in project.subtotals],
        "total_score": two_places(project.total_score),
        "full_score": two_places(project.full_score),
        "grade": project.grade.value,
    }


def counterfactual_json(answer: Counterfactual) -> dict[str, Any]:
    """Return the JSON of a counterfactual: the cheapest single and pairwise changes that reach a goal."""
    return {
        "target": answer.target,
        "target_score": two_places(answer.target_score),
        "total_score": two_places(answer.total_score),
        "grade": answer.grade.value,
        "reached": answer.reached,
        "best_score": two_places(answer.best_score),
        "levers": answer.levers,
        "singles": [_option(option) for option in answer.singles],
        "pairs": [_option(option) for option in answer.pairs],
    }


def _option(option: Option) -> dict[str, Any]:
    """Return one option; `cost` is in percent of the targets."""
    return {
        "changes": [
            {**change.model_dump(mode="json"), "cost": two_places(change.cost)} for change in option.changes
        ],
        "cost": two_places(option.cost),
        "total_score": two_places(option.total_score),
        "grade": option.grade.value,
    }
