"""等级临界 (G13): does the grade depend on rounding?

The total is the sum of displayed rows; the exact total sums the points before rounding. Where the two
have different grades, a person should look at the rows.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from assistant.domain.finding import Finding
from assistant.domain.register import finding
from assistant.domain.scorecard import ExecutionScore, Row
from assistant.scoring import formulas
from assistant.scoring.pack import Rules

ZERO = Decimal(0)


def exact_total(rows: Sequence[Row], execution: ExecutionScore, full: Decimal) -> Decimal:
    """Return the total of a card before rounding, raised to `full` where something is 不适用 (§2.8)."""
    exact = sum((row.exact_score or ZERO for row in rows), execution.exact_score or ZERO)
    applicable = sum((row.weight for row in rows if not row.not_applicable), execution.weight)
    return exact if applicable in (ZERO, full) else formulas.rescaled(exact, applicable, full)


def borderline(exact: Decimal, total: Decimal, rules: Rules) -> list[Finding]:
    """Return the finding of a total whose grade only rounding decided."""
    if rules.grade(exact) is rules.grade(total):
        return []
    message = f"等级临界：总分{total:f}分评为“{rules.grade(total)}”，各行四舍五入前评为“{rules.grade(exact)}”"
    return [
        finding("I10", message, remedy="请核对各行得分，等级以四舍五入后的总分为准", observed=f"{total:f}")
    ]
