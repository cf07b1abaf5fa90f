"""Findings about a place in a text: characters [start, end) with what stands there."""

from __future__ import annotations

from assistant.domain.finding import Finding, Severity
from assistant.domain.register import finding


def spot(
    rule: str,
    text: str,
    span: tuple[int, int],
    message: str,
    remedy: str,
    *,
    expected: str = "",
    severity: Severity | None = None,
) -> Finding:
    """Return a finding about `text[span]`."""
    start, end = span
    said = text[start:end]
    return finding(
        rule,
        message,
        remedy=remedy,
        severity=severity,
        start=start,
        end=end,
        text=said,
        observed=said.strip(),
        expected=expected,
    )
