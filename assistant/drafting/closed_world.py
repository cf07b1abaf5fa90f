"""The closed world (不越出依据): a model's own words are those of the inputs, the reference and the trade.

A clause that cannot be parted into words of the reference draft, of the inputs, of past paragraphs (for a
proposal) and of the management lexicon says something nobody supplied. Praise is a claim too. Knows nothing
of figures and slots beyond where they stand.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistant.drafting.learned import covered
from assistant.drafting.phrases import Phrases
from assistant.drafting.slots import slots_in, without_slots

_CLAUSE = re.compile(r"[\u4e00-\u9fff]+")


class ClosedWorld:
    """What a model may say with words of its own, by the phrase book."""

    def __init__(self, phrases: Phrases) -> None:
        turns = phrases.words("learned.connectives")
        self._words = frozenset((*phrases.words("learned.lexicon"), *turns))
        self._openings = (*phrases.words("learned.verbs"), *phrases.words("learned.openings"))
        self._praise = phrases.words("learned.praise")

    def objection(self, text: str, own: str, reference: str, *, proposal: bool) -> str:
        """Return what in a sentence has no ground, "" where all has.

        `own` are the words of the inputs and of what may be learnt from, `reference` those of the draft that
        the sentence is to replace.
        """
        bare = not slots_in(text)
        for clause in _clauses(text):
            if not covered(clause, self._words, own + "\n" + reference):
                return f"“{clause}”没有依据"
            praise = next((word for word in self._praise if word in clause and word not in reference), "")
            if praise and (not proposal or clause.endswith(praise)):
                return f"“{clause}”是没有依据的评价"
            if bare and proposal and not clause.startswith(self._openings):
                return f"“{clause}”不是要做的事，没有依据"
        return ""


def _clauses(text: str) -> Iterator[str]:
    """The runs of Chinese letters between marks and slots."""
    return (match.group() for match in _CLAUSE.finditer(without_slots(text, "，")))
