"""Proves a rule pack by its own golden examples (算例): each must come out of the real engine to the cent."""

from __future__ import annotations

from collections.abc import Iterator

from assistant.domain.indicator import Indicator
from assistant.domain.report import Funding, Project, Report
from assistant.scoring.cards import score_report
from assistant.scoring.pack import Example, Rules


def failures(rules: Rules) -> Iterator[tuple[int, str]]:
    """Yield (position from 0, what is wrong in Chinese) of every example that does not come out."""
    for position, example in enumerate(rules.examples):
        if wrong := _wrong(example, rules):
            yield position, f"算例“{example.name}”{wrong}"


def _wrong(example: Example, rules: Rules) -> str:
    """Return how an example differs from what the engine gives, "" where it comes out."""
    card = score_report(report_of(example), rules)
    if example.annual_budget is not None:
        if card.execution.rate != example.rate:
            return f"执行率应为{example.rate}%，算得{card.execution.rate}%"
        return _compared(example, f"{card.execution.score:f}", card.execution.score == example.score)
    row = card.rows[0]
    if example.over is not None and row.over_completed is not example.over:
        return f"是否超额较多应为{example.over}，算得{row.over_completed}"
    return _compared(example, f"{row.score:f}", row.score == example.score)


def _compared(example: Example, came: str, equal: bool) -> str:
    """Return the difference of a score in words."""
    return "" if equal else f"应得{example.score:f}分，按本规则算得{came}分"


def report_of(example: Example) -> Report:
    """Return the smallest report that holds an example: one indicator, or one amount."""
    if example.annual_budget is not None:
        money = Funding(annual_budget=example.annual_budget, expenditure=example.expenditure)
        return Report(projects=(Project(name="算例", funding=(money,)),))
    row = Indicator(
        category=example.category,
        dimension=example.dimension,
        name=example.indicator or "例",
        annual_target=example.target,
        actual=example.actual,
        tier=example.tier,
        weight=example.weight,
        deviation_reason=example.deviation_reason,
    )
    return Report(projects=(Project(name="算例", indicators=(row,)),))
