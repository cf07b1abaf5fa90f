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
        sentences: list[SlottedSentence] = []
        for n, wording in enumerate(point.wordings):
            first = _stable(f"{brief.seed}|{brief.id}|{n}") + point.turn
            before = sentences[-1].text if sentences else ""
            sentences.append(_sentence(wording, first, before))
        return tuple(sentences)


def _sentence(wording: Wording, first: int, before: str) -> SlottedSentence:
    """The alternative at `first`, or the next that does not open as the sentence before."""
    count = len(wording.choices)
    turns = [wording.choices[(first + step) % count] for step in range(count)]
    chosen = next((text for text in turns if text[:2] != before[:2]), turns[0])
    origin = SentenceOrigin.PAST_REPORT if wording.citations else SentenceOrigin.OFFLINE
    plain = wording.plain[first % len(wording.plain)] if wording.plain else ""
    return SlottedSentence(text=chosen, plain=plain, citations=wording.citations, origin=origin)


def _stable(key: str) -> int:
    """A number that depends on the key alone, the same on every machine and in every run."""
    return int.from_bytes(hashlib.sha256(key.encode("utf-8")).digest()[:8], "big")
