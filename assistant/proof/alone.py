"""A text against itself (自证): contradictions that need no report."""

from __future__ import annotations

from assistant.domain.finding import Finding
from assistant.proof.placeholders import check_left_over


def check_alone(text: str) -> list[Finding]:
    """Return what contradicts itself in a text, in order of place."""
    return check_left_over(text)
