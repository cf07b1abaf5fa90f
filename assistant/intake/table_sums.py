"""Holds the sums and rates that a money table prints against its own rows (A12, A18), by intervals (§5.0)."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from assistant.domain.figures import CENT, percentage, places_of, round_half_up
from assistant.domain.finding import Finding
from assistant.domain.register import finding
from assistant.intake.funding_block import COLUMNS, NAMES
from assistant.intake.money_tables import MoneyRow, MoneyTable


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
        if abs(printed - expected) > max(CENT, CENT / 2 * (len(parts) + 1)):
            what = f"“{total.name}”的{NAMES[column]}"
            found.append(_said("A12", total, what, printed, expected, "万元", "分项之和为"))
    return found


def _rates(table: MoneyTable) -> list[Finding]:
    """Return A18 where a printed rate is not 全年执行数 over 全年预算数."""
    found = []
    for row in (*table.rows, *table.children, *([table.total] if table.total else [])):
        budget, spent = row.amount("annual_budget"), row.amount("expenditure")
        rate = percentage(spent, budget) if budget and spent is not None else None
        if rate is None or row.rate is None:
            continue
        if abs(rate - row.rate) > Decimal("0.5").scaleb(-places_of(row.rate)):
            found.append(
                _said(
                    "A18", row, f"“{row.name}”的执行率", row.rate, round_half_up(rate), "%", "按表内数据应为"
                )
            )
    return found


def _said(
    rule: str, row: MoneyRow, what: str, printed: Decimal, expected: Decimal, unit: str, why: str
) -> Finding:
    """Return the finding about a printed figure."""
    return finding(
        rule,
        f"{row.place}：{what}填为{printed:f}{unit}，{why}{expected:f}{unit}",
        remedy="请核对分项与合计，改正不一致的一处",
        observed=f"{printed:f}{unit}",
        expected=f"{expected:f}{unit}",
        place=row.place,
    )
