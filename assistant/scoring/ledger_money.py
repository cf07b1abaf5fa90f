"""The money of the ledger: amounts, rates and execution of a scope, funding sources, line items (资金)."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from assistant.domain.facts import Fact, Role
from assistant.domain.figures import percentage
from assistant.domain.report import Funding, Project
from assistant.domain.scorecard import ExecutionScore
from assistant.scoring.ledger_figures import Scope, sum_as_written


def money_facts(scope: Scope, funding: Sequence[Funding]) -> list[Fact]:
    """Return initial, budget, spent and what follows from them; nothing where no amount was filled in."""
    if not any(_filled(row) for row in funding):
        return []
    initial = sum_as_written(row.initial_budget for row in funding)
    budget = sum_as_written(row.annual_budget for row in funding)
    spent = sum_as_written(row.expenditure for row in funding)
    formula = "各资金来源之和" if len(funding) > 1 else ""
    facts = [
        scope.money("initial", Role.INITIAL_BUDGET, initial, formula=formula),
        scope.money("budget", Role.ANNUAL_BUDGET, budget, formula=formula),
        scope.money("spent", Role.EXPENDITURE, spent, formula=formula),
        scope.money(
            "unspent",
            Role.UNSPENT,
            budget - spent,
            formula="全年预算数−全年执行数",
            sources=("budget", "spent"),
        ),
        _adjustment(scope, initial, budget),
    ]
    return facts + _rates(scope, initial, budget, spent)


def _filled(row: Funding) -> bool:
    """Return whether a source has any amount."""
    return any(amount is not None for amount in (row.initial_budget, row.annual_budget, row.expenditure))


def _adjustment(scope: Scope, initial: Decimal, budget: Decimal) -> Fact:
    """Return the 预算调整额 as text writes it: the amount without sign, the direction in the label."""
    change = budget - initial
    words = "预算调增额" if change > 0 else "预算调减额" if change < 0 else "预算调整额"
    formula = "年初预算数−全年预算数" if change < 0 else "全年预算数−年初预算数"
    return scope.money(
        "adjustment",
        Role.ADJUSTMENT,
        abs(change),
        words=words,
        formula=formula,
        sources=("budget", "initial"),
    )


def _rates(scope: Scope, initial: Decimal, budget: Decimal, spent: Decimal) -> list[Fact]:
    """Return the rates that can be computed."""
    wanted = [
        ("rate", Role.EXECUTION_RATE, "", spent, budget, "全年执行数÷全年预算数", ("spent", "budget")),
        ("initial_rate", Role.EXECUTION_RATE, "执行数占年初预算数的比率", spent, initial,
         "全年执行数÷年初预算数", ("spent", "initial")),
        ("adjustment_rate", Role.ADJUSTMENT_RATE, "", abs(budget - initial), initial,
         "预算调整额÷年初预算数", ("adjustment", "initial")),
        ("unspent_rate", Role.UNSPENT, "未执行金额占全年预算数的比率", budget - spent, budget,
         "未执行金额÷全年预算数", ("unspent", "budget")),
    ]  # fmt: skip
    facts = []
    for name, role, words, part, whole, formula, sources in wanted:
        value = percentage(part, whole)
        if value is not None:
            facts.append(scope.rate(name, role, value, words=words, formula=formula, sources=sources))
    return facts


def execution_facts(scope: Scope, execution: ExecutionScore) -> list[Fact]:
    """Return weight, score and loss of the 预算执行 row; nothing where it is not scored here."""
    if execution.weight == 0:
        return []
    formula = execution.basis
    return [
        scope.weight("exec_weight", Role.WEIGHT, execution.weight, words="预算执行分值"),
        scope.points(
            "exec_score", Role.SCORE, execution.score, words="预算执行得分", formula=formula, sources=("rate",)
        ),
        scope.points(
            "exec_lost", Role.LOST, execution.lost, words="预算执行失分", formula="分值−得分",
            sources=("exec_weight", "exec_score"),
        ),
    ]  # fmt: skip


def funding_facts(project: Project, scope: Scope) -> list[Fact]:
    """Return the amounts of every funding source of a sub-project (pK.sN)."""
    facts: list[Fact] = []
    for position, row in enumerate(project.funding, start=1):
        own = scope.model_copy(
            update={
                "prefix": f"{scope.prefix}.s{position}",
                "subject": f"{project.name}·{row.source}",
                "path": f"{scope.path}.funding[{position - 1}]",
            }
        )
        columns = (
            ("initial", Role.INITIAL_BUDGET, row.initial_budget),
            ("budget", Role.ANNUAL_BUDGET, row.annual_budget),
            ("spent", Role.EXPENDITURE, row.expenditure),
        )
        facts += [own.money(name, role, value) for name, role, value in columns if value is not None]
        rate = percentage(row.expenditure or Decimal(0), row.annual_budget or Decimal(0))
        if rate is not None:
            formula, sources = "全年执行数÷全年预算数", ("spent", "budget")
            facts.append(own.rate("rate", Role.EXECUTION_RATE, rate, formula=formula, sources=sources))
    return facts


def line_item_facts(project: Project, scope: Scope) -> list[Fact]:
    """Return quantity, price and amounts of every line item of a sub-project (pK.lN)."""
    facts: list[Fact] = []
    for position, item in enumerate(project.line_items, start=1):
        own = scope.model_copy(
            update={
                "prefix": f"{scope.prefix}.l{position}",
                "subject": item.name,
                "path": f"{scope.path}.line_items[{position - 1}]",
            }
        )
        if item.quantity is not None:
            facts.append(own.quantity("quantity", Role.QUANTITY, item.quantity, item.unit))
        columns = (
            ("price", Role.UNIT_PRICE, item.unit_price),
            ("budget", Role.ANNUAL_BUDGET, item.budget),
            ("spent", Role.EXPENDITURE, item.expenditure),
        )
        facts += [own.money(name, role, value) for name, role, value in columns if value is not None]
    return facts
