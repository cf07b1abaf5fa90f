"""What reading a past report had to suppose of its money (I04), and a rate whose budget is nowhere printed (A02)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal

from assistant.domain.figures import percentage, round_half_up
from assistant.domain.finding import Finding, Severity
from assistant.domain.register import finding
from assistant.intake.flow import Paragraph
from assistant.intake.prose_money import Statement

_WHOLE_RATE = re.compile(r"支出(?P<spent>[\d.,]+)万元[，,]预算执行率(?:为)?(?P<rate>\d+(?:\.\d+)?)[%％]")


def supposed_money(item: Statement, name: str) -> Finding:
    """Return the finding about money read from a sentence (I04)."""
    shown = "、".join(
        f"{label}{amount:f}万元"
        for label, amount in (("年初预算", item.initial), ("全年预算", item.annual), ("执行", item.spent))
        if amount is not None
    )
    lacking = "；年初预算数未写明，不作推定" if item.initial is None else ""
    return finding(
        "I04",
        f"{item.place}：“{name}”{item.subject}按正文读入{shown}{lacking}",
        remedy="如不是这个意思，请在填报界面改正",
        place=item.place,
    )


def rate_without_budget(paragraphs: Sequence[Paragraph], statements: Sequence[Statement]) -> list[Finding]:
    """Return A02 where a rate of the whole stands beside an expenditure whose budget is nowhere printed."""
    for paragraph in paragraphs:
        match = _WHOLE_RATE.search(paragraph.text)
        typed = [item for item in statements if item.subject and item.complete]
        if match is None or not typed:
            continue
        budget = sum((item.annual or Decimal(0) for item in typed), Decimal(0))
        spent, stated = Decimal(match["spent"].replace(",", "")), Decimal(match["rate"])
        rate = percentage(spent, budget)
        shown = f"{round_half_up(rate):f}%" if rate is not None else "无法计算"
        return [
            finding(
                "A02",
                f"{paragraph.place}：写了支出{spent:f}万元、执行率{stated:f}%，没有写全年预算数；"
                f"按分项之和{budget:f}万元，执行率为{shown}",
                remedy="请写明全年预算数合计",
                severity=Severity.WARNING,
                observed=f"{stated:f}%",
                expected=shown,
                place=paragraph.place,
            )
        ]
    return []
