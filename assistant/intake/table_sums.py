"""Holds the sums and rates that a money table prints against its own rows (A12, A18), by intervals (§5.0)."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from assistant.domain.figures import percentage, round_half_up
from assistant.domain.finding import Finding
from assistant.domain.units import ratio_holds, sum_slack
from assistant.intake.disagreement import disagreement
from assistant.intake.funding_block import COLUMNS, NAMES
from assistant.intake.money_tables import MoneyTable


def check_tables(tables: Iterable[MoneyTable]) -> list[Finding]:
    """Return the contradictions inside money tables."""
    return [found for table in tables for found in (*_sums(table), *_rates(table))]


def _sums(table: MoneyTable) -> list[Finding]:
    """Return A12 where the sum row is not the sum of the rows, column by column."""
    total = table.total
    if total is None:
        return []
    rows = table.counted
    found = []
    for column in COLUMNS:
        printed = total.amount(column)
        parts = [amount for row in rows if (amount := row.amount(column)) is not None]
        if printed is None or len(parts) < len(rows) or not parts:
            continue
        expected = sum(parts, Decimal(0))
        if abs(printed - expected) > sum_slack(len(parts)):
            what = f"“{total.name}”的{NAMES[column]}"
            found.append(disagreement("A12", total.place, what, printed, expected, "万元", "分项之和为"))
    return found


def _rates(table: MoneyTable) -> list[Finding]:
    """Return A18 where a printed rate is not 全年执行数 over 全年预算数."""
    found = []
    for row in (*table.rows, *table.children, *([table.total] if table.total else [])):
        budget, spent = row.amount("annual_budget"), row.amount("expenditure")
        rate = percentage(spent, budget) if budget and spent is not None else None
        if rate is None or row.rate is None or budget is None or spent is None or budget < 0:
            continue
        if not ratio_holds(spent, budget, row.rate):
            what = f"“{row.name}”的执行率"
            found.append(disagreement("A18", row.place, what, row.rate, round_half_up(rate), "%"))
    return found
