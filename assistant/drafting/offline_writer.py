"""The offline writer (本机写作): picks one alternative of each sentence, the same one for the same report.

Writes no digit of its own and opens no connection; the words come from the phrase book and from past
reports, the figures from slots.
"""

from __future__ import annotations

import hashlib

from assistant.domain.draft import SentenceOrigin
from assistant.drafting.phrases import Wording
from assistant.drafting.slots import SlottedSentence
from assistant.drafting.writer import Brief, Point


class OfflineWriter:
    """Words every point from its own alternatives."""

    name = "offline"
    note = ""

    def write(self, point: Point, brief: Brief) -> tuple[SlottedSentence, ...]:
        """Return one sentence for each wording; empty where the point has nothing to say."""
        return tuple(
            _sentence(wording, f"{brief.seed}|{brief.id}|{n}", point.turn)
            for n, wording in enumerate(point.wordings)
        )


def _sentence(wording: Wording, key: str, turn: int) -> SlottedSentence:
    chosen = wording.choices[(_stable(key) + turn) % len(wording.choices)]
    origin = SentenceOrigin.PAST_REPORT if wording.citations else SentenceOrigin.OFFLINE
    return SlottedSentence(text=chosen, citations=wording.citations, origin=origin)


def _stable(key: str) -> int:
    """A number that depends on the key alone, the same on every machine and in every run."""
    return int.from_bytes(hashlib.sha256(key.encode("utf-8")).digest()[:8], "big")
