"""预算执行: amounts, rates and score of one project or of the whole report (§2.2)."""

from __future__ import annotations

from decimal import Decimal

from assistant.domain.base import Frozen, Number
from assistant.domain.figures import percentage, round_half_up, trimmed
from assistant.domain.finding import Finding, Severity
from assistant.domain.register import finding
from assistant.domain.report import Project, Report
from assistant.domain.scorecard import ExecutionScore
from assistant.scoring import formulas
from assistant.scoring.pack import Rules

ZERO = Decimal(0)


class Amounts(Frozen):
    """年初预算数, 全年预算数 and 全年执行数 in 万元, summed over the sources."""

    initial_budget: Number
    annual_budget: Number
    expenditure: Number

    @classmethod
    def of(cls, money: Project | Report) -> Amounts:
        """Return the sums of a project or of a whole report."""
        return cls(
            initial_budget=money.total("initial_budget"),
            annual_budget=money.total("annual_budget"),
            expenditure=money.total("expenditure"),
        )


def score_execution(amounts: Amounts, rules: Rules, *, counted: bool = True) -> ExecutionScore:
    """Return the 预算执行 row; without a budget it is 不适用 (weight zero), not `counted` likewise.

    Spending without any budget scores zero of the full weight.
    """
    budget, spent = amounts.annual_budget, amounts.expenditure
    rate = _rounded(percentage(spent, budget))
    applies = counted and not (budget == 0 and spent == 0)
    weight = rules.execution.weight if applies else ZERO
    exact = _score(rules, budget, spent, weight) if applies and budget != 0 else ZERO
    score = round_half_up(exact)
    return ExecutionScore(
        annual_budget=budget,
        expenditure=spent,
        rate=rate,
        weight=weight,
        score=score,
        exact_score=exact,
        initial_budget=amounts.initial_budget,
        initial_rate=_rounded(percentage(spent, amounts.initial_budget)),
        basis=_basis(amounts, rate, weight, score, rules, counted),
        clause=rules.execution.clause,
    )


def _score(rules: Rules, budget: Decimal, spent: Decimal, weight: Decimal) -> Decimal:
    """Return the score by the method of the pack."""
    if rules.execution.method == "banded":
        return formulas.banded(spent * 100 / budget, weight, rules.execution.bands)
    return formulas.execution_linear(budget, spent, weight)


def _rounded(rate: Decimal | None) -> Decimal | None:
    """Return a rate as displayed."""
    return None if rate is None else round_half_up(rate)


def _basis(
    amounts: Amounts, rate: Decimal | None, weight: Decimal, score: Decimal, rules: Rules, counted: bool
) -> str:
    """Return how the score came about, in Chinese."""
    money = f"全年执行数{amounts.expenditure:f}万元、全年预算数{amounts.annual_budget:f}万元"
    if rate is None:
        how = "没有预算而有支出，不得分" if weight else "全年预算数为零，预算执行不适用"
        return f"{money}，{how}"
    if not counted:
        return f"{money}，执行率{rate:f}%，预算执行不在此单独计分"
    method = "按分段" if rules.execution.method == "banded" else "按执行率"
    capped = "（计分时以100%为限）" if rate > 100 else ""
    return f"{money}，执行率{rate:f}%{capped}，分值{trimmed(weight):f}分，{method}得{score:f}分"


def doubts(amounts: Amounts, name: str, path: str) -> list[Finding]:
    """Return what is doubtful about the money of a sub-project: no budget, or spending without one."""
    if amounts.annual_budget != 0:
        return []
    if amounts.expenditure == 0:
        message = f"“{name}”的全年预算数为零，预算执行不适用，该行不计分"
        return [finding("I12", message, remedy="如有预算请补填；确无预算的，总分按其余分值折算", place=path)]
    message = f"“{name}”的全年预算数为零，却有全年执行数{amounts.expenditure:f}万元"
    return [finding("I12", message, remedy="请核对预算和支出的口径", severity=Severity.ERROR, place=path)]
