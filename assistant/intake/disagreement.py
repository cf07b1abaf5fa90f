"""The finding about a printed figure that the figures it rests on do not give (表内不符)."""

from __future__ import annotations

from decimal import Decimal

from assistant.domain.finding import Finding
from assistant.domain.register import finding


def disagreement(
    rule: str,
    place: str,
    what: str,
    printed: Decimal,
    expected: Decimal,
    unit: str,
    why: str = "按表内数据应为",
) -> Finding:
    """Return the finding: where, what is printed, what it should be and why."""
    return finding(
        rule,
        f"{place}：{what}填为{printed:f}{unit}，{why}{expected:f}{unit}",
        remedy="请核对分项与合计，改正不一致的一处",
        observed=f"{printed:f}{unit}",
        expected=f"{expected:f}{unit}",
        place=place,
    )
