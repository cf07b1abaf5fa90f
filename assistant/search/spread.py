"""Keep near-copies from crowding out the rest: of passages that say the same, the best stays where it is.

Reports repeat last year's sentences; figures do not tell two copies apart. It knows nothing about scores
but their order.
"""

from __future__ import annotations

from collections.abc import Sequence

from assistant.search.words import normalised

#: Share of common runs of three characters from which on two passages are copies.
ALIKE = 0.8
#: What a copy keeps of its score.
COPY_KEEPS = 0.6
_LONGEST = 160


def without_copies(texts: Sequence[str]) -> list[float]:
    """Return for each passage, best first, the factor of its score: 1, or COPY_KEEPS for a copy of one above."""
    kept: list[frozenset[str]] = []
    factors = []
    for text in texts:
        runs = _runs(text)
        is_copy = any(_alike(runs, other) for other in kept)
        factors.append(COPY_KEEPS if is_copy else 1.0)
        if not is_copy:
            kept.append(runs)
    return factors


def _runs(text: str) -> frozenset[str]:
    letters = [char for char in normalised(text[:_LONGEST]) if char.isalpha()]
    return frozenset("".join(letters[start : start + 3]) for start in range(max(len(letters) - 2, 1)))


def _alike(one: frozenset[str], other: frozenset[str]) -> bool:
    if not ALIKE <= len(one) / len(other) <= 1 / ALIKE:
        return False
    common = len(one & other)
    return common >= ALIKE * (len(one) + len(other) - common)
