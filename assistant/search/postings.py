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


class Postings(NamedTuple):
    """For each term (ascending) the texts that hold it and its BM25 weight in each."""

    terms: Terms
    starts: NDArray[np.int64]
    texts: NDArray[np.int32]
    weights: Scores
    idf: Scores

    @staticmethod
    def of(terms: Terms, owners: NDArray[np.int64], count: int) -> Postings:
        """Return the postings of `count` texts from every term with the text that it stands in."""
        if count >= MOST_TEXTS:
            raise ValueError(f"more than {MOST_TEXTS} texts")
        keys = np.sort((terms << _OWNER_BITS) | owners)
        begins = np.flatnonzero(np.diff(keys, prepend=-1))
        frequency = np.diff(np.append(begins, len(keys))).astype(np.float32)
        pairs = keys[begins]
        held_terms, holders = pairs >> _OWNER_BITS, (pairs & (MOST_TEXTS - 1)).astype(np.int32)
        unique, starts, held = np.unique(held_terms, return_index=True, return_counts=True)
        idf = np.log1p((count - held + 0.5) / (held + 0.5)).astype(np.float32)
        lengths = np.bincount(owners, minlength=count).astype(np.float32)
        mean = max(float(lengths.mean()) if count else 0.0, 1.0)
        norm = SATURATION * (1 - LENGTH_WEIGHT + LENGTH_WEIGHT * lengths[holders] / np.float32(mean))
        weights = np.repeat(idf, held) * frequency * (SATURATION + 1) / (frequency + norm)
        return Postings(
            unique, np.append(starts, len(pairs)).astype(np.int64), holders, weights.astype(np.float32), idf
        )

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
