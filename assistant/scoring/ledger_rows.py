"""The indicators of the ledger (pK.iN) and the subtotals of their categories (pK.cN)."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from assistant.domain.facts import Fact, Role
from assistant.domain.figures import HUNDRED, Quantity, trimmed
from assistant.domain.indicator import Indicator, Target, TargetKind
from assistant.domain.measure_words import same_scale
from assistant.domain.scorecard import ProjectScore, Row
from assistant.domain.targets import read_actual, read_target
from assistant.scoring.ledger_figures import Scope, full_marks
from assistant.scoring.quantitative import shown_target


def row_facts(indicator: Indicator, row: Row, scope: Scope) -> list[Fact]:
    """Return every figure of one indicator; text where a cell holds words (role 文字)."""
    facts = _written(indicator, row, scope)
    if row.weight:
        facts.append(scope.weight("weight", Role.WEIGHT, row.weight))
    if not row.not_applicable:
        facts.append(scope.points("score", Role.SCORE, row.score, formula=row.basis))
        facts.append(
            scope.points("lost", Role.LOST, row.lost, formula="分值−得分", sources=("weight", "score"))
        )
    if row.completion_rate is not None:
        formula = "实际完成值÷年度指标值"
        facts.append(
            scope.rate(
                "completion",
                Role.COMPLETION_RATE,
                row.completion_rate,
                formula=formula,
                sources=("actual", "target"),
            )
        )
    return facts + _distance(row, scope)


def _written(indicator: Indicator, row: Row, scope: Scope) -> list[Fact]:
    """Return the targets and the actual value as they stand in the form."""
    facts = []
    if indicator.annual_target.strip():
        facts.append(_target(scope, "target", Role.TARGET, row.target))
    if indicator.cycle_target.strip():
        cycle = read_target(
            indicator.cycle_target,
            category=indicator.category,
            dimension=indicator.dimension,
            name=indicator.name,
            tier=indicator.tier,
        )
        facts.append(_target(scope, "cycle", Role.CYCLE_TARGET, cycle))
    if indicator.actual.strip():
        facts.append(_actual(indicator, row, scope))
    return facts


def _target(scope: Scope, name: str, role: Role, target: Target) -> Fact:
    """Return a target: its bound as value, shown as written; words without a number are text."""
    if target.kind is TargetKind.NUMBER and target.bound is not None:
        return scope.fact(name, role, target.bound, target.unit, target.raw.strip())
    return _text(scope, name, role, shown_target(target))


def _actual(indicator: Indicator, row: Row, scope: Scope) -> Fact:
    """Return the actual value, shown as written."""
    shown = indicator.actual.strip()
    quantity = row.actual or read_actual(indicator.actual)
    if quantity is None:
        return _text(scope, "actual", Role.ACTUAL, shown)
    return scope.fact(
        "actual", Role.ACTUAL, quantity.value, quantity.unit or row.target.unit, _with_unit(shown, row)
    )


def _with_unit(shown: str, row: Row) -> str:
    """Return the actual value as written, with the unit of the target where it is a bare number."""
    return f"{shown}{row.target.unit}" if shown.replace(".", "").replace(",", "").isdigit() else shown


def _text(scope: Scope, name: str, role: Role, shown: str) -> Fact:
    """Return words in a cell as a fact without a figure; it has value 0 and role 文字."""
    return scope.fact(name, Role.TEXT, Decimal(0), "", shown, words=role.value)


def _distance(row: Row, scope: Scope) -> list[Fact]:
    """Return how far the actual value stands from the target: shortfall, or overshoot and its share."""
    bound, value = row.target.bound, _comparable(row)
    if bound is None or value is None or value == bound:
        return []
    sources, unit = ("actual", "target"), row.target.unit
    if value < bound:
        if row.target.reverse:
            return []
        words = "与年度指标值的差距"
        return [
            _difference(
                scope, "gap", Role.GAP, bound - value, unit, words=words,
                formula="年度指标值−实际完成值", sources=sources,
            )
        ]  # fmt: skip
    formula, excess = "实际完成值−年度指标值", value - bound
    facts = [_difference(scope, "excess", Role.EXCESS, excess, unit, formula=formula, sources=sources)]
    if bound > 0:
        formula = "超出目标的部分÷年度指标值"
        share = excess / bound * HUNDRED
        facts.append(
            scope.rate("deviation", Role.DEVIATION_RATE, share, formula=formula, sources=("excess", "target"))
        )
    return facts


def _difference(scope: Scope, name: str, role: Role, value: Decimal, unit: str, **more: Any) -> Fact:
    """Return a difference in the unit of the indicator; of two rates it is in 百分点."""
    if unit == "%":
        return scope.fact(name, role, value, "百分点", f"{value:f}个百分点", **more)
    return scope.quantity(name, role, value, unit, **more)


def _comparable(row: Row) -> Decimal | None:
    """Return the actual value in the unit of the target, None for a row that is no 定量 one."""
    if row.actual is None or row.target.kind is not TargetKind.NUMBER or row.not_applicable:
        return None
    if row.actual.unit == row.target.unit or not row.actual.unit or not row.target.unit:
        return row.actual.value
    scaled = same_scale(Quantity(value=row.actual.value, unit=row.actual.unit), row.target.unit)
    return row.actual.value if scaled is None else trimmed(scaled.value)


def category_facts(project: ProjectScore, scope: Scope) -> list[Fact]:
    """Return weight and score of every 一级指标 in order of appearance (pK.cN)."""
    facts: list[Fact] = []
    top = [subtotal for subtotal in project.subtotals if subtotal.level == 1]
    for position, subtotal in enumerate(top, start=1):
        own = scope.model_copy(
            update={"prefix": f"{scope.prefix}.c{position}", "subject": subtotal.name, "path": subtotal.path}
        )
        formula = "所属指标之和"
        facts.append(own.weight("weight", Role.WEIGHT, full_marks(subtotal.weight), formula=formula))
        facts.append(own.points("score", Role.SCORE, subtotal.score, formula=formula))
    return facts
