"""Postings: for each term the texts that hold it, as plain arrays made in one sort and kept in files.

One channel of keyword search. Terms are numbers; a text is its position. Scores of many terms are added
in one pass, and only for the texts that a filter admits. It knows nothing about what a term is.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Scores = NDArray[np.float32]
Terms = NDArray[np.int64]

SATURATION = 1.2
LENGTH_WEIGHT = 0.75
#: Bits for the position of a text in a sorting key, beside 42 bits for a term.
_OWNER_BITS = 21
MOST_TEXTS = 1 << _OWNER_BITS
_MOST_TIMES = np.iinfo(np.uint16).max
Places = NDArray[np.int64]


class Postings(NamedTuple):
    """For each term (ascending) the texts that hold it, how often, and its BM25 weight in each; each text's length."""

    terms: Terms
    starts: NDArray[np.int64]
    texts: NDArray[np.int32]
    weights: Scores
    idf: Scores
    frequency: NDArray[np.uint16]
    lengths: NDArray[np.int32]

    @staticmethod
    def of(terms: Terms, owners: NDArray[np.int64], count: int) -> Postings:
        """Return the postings of `count` texts from every term with the text that it stands in."""
        if count >= MOST_TEXTS:
            raise ValueError(f"more than {MOST_TEXTS} texts")
        keys = np.sort((terms << _OWNER_BITS) | owners)
        begins = np.flatnonzero(np.diff(keys, prepend=-1))
        frequency = np.minimum(np.diff(np.append(begins, len(keys))), _MOST_TIMES).astype(np.uint16)
        return _weighed(keys[begins], frequency, np.bincount(owners, minlength=count).astype(np.int32))

    def moved(self, places: Places, more: Postings, more_places: Places, count: int) -> Postings:
        """Return the postings with each text at its new place (-1: left out) and those of more texts at theirs.

        Both lists of places ascend but for the -1.
        """
        kept = places[self.texts] >= 0
        own = (self._repeated()[kept] << _OWNER_BITS) | places[self.texts[kept]]
        added = (more._repeated() << _OWNER_BITS) | more_places[more.texts]
        between = np.searchsorted(own, added)
        lengths = np.zeros(count, dtype=np.int32)
        lengths[places[places >= 0]] = self.lengths[places >= 0]
        lengths[more_places] = more.lengths
        frequency = np.insert(self.frequency[kept], between, more.frequency)
        return _weighed(np.insert(own, between, added), frequency, lengths)

    def _repeated(self) -> Terms:
        """Return the term of each posting."""
        return np.repeat(self.terms, np.diff(self.starts))

    @staticmethod
    def load(arrays: Mapping[str, NDArray[np.generic]], channel: str) -> Postings:
        """Return the postings kept under the names that `arrays` gives."""
        return Postings(*(arrays[f"{channel}.{field}"] for field in Postings._fields))  # type: ignore[arg-type]

    def arrays(self, channel: str) -> dict[str, NDArray[np.generic]]:
        """Return the arrays by the name to keep them under."""
        return {f"{channel}.{field}": value for field, value in self._asdict().items()}

    def found(self, terms: Terms) -> tuple[list[int], int]:
        """Return where each known one of the terms stands in `terms` of the postings, and how many are unknown."""
        places = np.searchsorted(self.terms, terms)
        known = [
            int(place)
            for term, place in zip(terms, places, strict=True)
            if place < len(self.terms) and self.terms[place] == term
        ]
        return known, len(terms) - len(known)

    def held(self, place: int) -> NDArray[np.int32]:
        """Return the texts that hold the term at that place."""
        return self.texts[int(self.starts[place]) : int(self.starts[place + 1])]

    def add_to(self, scores: Scores, factors: Mapping[int, float]) -> None:
        """Add the weights of terms, by their place and each times its factor, to the texts that hold them."""
        for place, factor in factors.items():
            part = slice(int(self.starts[place]), int(self.starts[place + 1]))
            scores[self.texts[part]] += self.weights[part] * np.float32(factor)


def _weighed(keys: Terms, frequency: NDArray[np.uint16], lengths: NDArray[np.int32]) -> Postings:
    """Return the postings of sorted keys, a term and a text in each."""
    held_terms, holders = keys >> _OWNER_BITS, (keys & (MOST_TEXTS - 1)).astype(np.int32)
    begins = np.flatnonzero(np.diff(held_terms, prepend=-1))
    starts = np.append(begins, len(keys)).astype(np.int64)
    held, count = np.diff(starts), len(lengths)
    idf = np.log1p((count - held + 0.5) / (held + 0.5)).astype(np.float32)
    mean = np.float32(max(float(lengths.mean()) if count else 0.0, 1.0))
    norm = SATURATION * (1 - LENGTH_WEIGHT + LENGTH_WEIGHT * lengths[holders].astype(np.float32) / mean)
    times = frequency.astype(np.float32)
    weights = (np.repeat(idf, held) * times * (SATURATION + 1) / (times + norm)).astype(np.float32)
    return Postings(held_terms[begins], starts, holders, weights, idf, frequency, lengths)
