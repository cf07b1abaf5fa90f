"""Which measure answers which problem, as arrays: what is found on one side speaks for the other (问题与措施成对).

A question after a remedy often has no word in common with the measure, only with the problem that it answers.
This module knows nothing about queries.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from assistant.domain.passage import SectionKind
from assistant.search.records import SECTION_CODES

Scores = NDArray[np.float32]
Column = NDArray[np.integer]

_PROBLEMS = SECTION_CODES[SectionKind.PROBLEMS]

#: Share of the other side's score that a measure gets, and gets where a remedy is asked for; that a problem gets.
_TO_MEASURES, _REMEDY, _TO_PROBLEMS = 0.2, 0.8, 0.3
_LEAST = 1e-6


class Partners:
    """For each place of a paired chunk its side, and for each side the one that answers it.

    A side is all chunks of one problem or of one measure; the two sides of pair n are 2n and 2n + 1.
    """

    def __init__(self, places: NDArray[np.int64], sides: NDArray[np.int64]) -> None:
        self.places = places
        self.sides = sides

    @classmethod
    def of(cls, documents: Column, pairs: Column, sections: Column) -> Partners:
        """Return the pairs of all chunks from the document, the pair and the section of each."""
        places = np.flatnonzero(pairs >= 0)
        keys = np.stack([documents[places], pairs[places]], axis=1)
        _, numbers = np.unique(keys, axis=0, return_inverse=True)
        answers = sections[places] != _PROBLEMS
        return cls(places, 2 * numbers.reshape(-1).astype(np.int64) + answers)

    @classmethod
    def load(cls, arrays: Mapping[str, NDArray[np.generic]]) -> Partners:
        """Return the pairs from the arrays that they once gave."""
        return cls(arrays["partners.places"], arrays["partners.sides"])  # type: ignore[arg-type]

    def arrays(self) -> dict[str, NDArray[np.generic]]:
        """Return all that is to be kept, by name."""
        return {"partners.places": self.places, "partners.sides": self.sides}

    def answer(self, place: int) -> int | None:
        """Return the first place of the side that answers the one at `place`; None where it is not paired."""
        own = self.sides[self.places == place]
        found = self.places[self.sides == own[0] ^ 1] if len(own) else own
        return int(found[0]) if len(found) else None

    def lend(self, scores: Scores, remedy: bool) -> None:
        """Add to each side of a pair some of the best score on the other; more to measures where a remedy is asked for.

        A side lends by the square of its share of the highest score of all: a weak find speaks for nothing.
        """
        if not len(self.places):
            return
        best = np.zeros(int(self.sides.max()) + 2, dtype=np.float32)
        np.maximum.at(best, self.sides, scores[self.places])
        lent = best * (best / max(float(scores.max()), _LEAST)) ** 2
        to_measures = _REMEDY if remedy else _TO_MEASURES
        shares = np.where(self.sides % 2, to_measures, _TO_PROBLEMS).astype(np.float32)
        scores[self.places] += shares * lent[self.sides ^ 1]
