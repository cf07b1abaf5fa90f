"""Keyword search: BM25 over character bigrams and over single characters, as two channels.

Chinese needs no dictionary this way, and two-character words and unit names are found. It knows nothing
about documents, filters or vectors.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import partial, reduce

import numpy as np
from numpy.typing import NDArray

from assistant.search.postings import Places, Postings, Scores, Terms
from assistant.search.words import FUNCTION_CHARACTERS, normalised

#: Texts that are taken apart at a time, which bounds the memory of a large library.
_BATCH = 20_000
_BETWEEN = "\0"
_in_both = partial(np.intersect1d, assume_unique=True)


class KeywordIndex:
    """The two channels over one list of texts; scores are per text, by position."""

    def __init__(self, texts: Sequence[str]) -> None:
        taken = [_terms_of(texts[start : start + _BATCH], start) for start in range(0, len(texts), _BATCH)]
        self._keep(
            len(texts),
            _postings((part[0] for part in taken), len(texts)),
            _postings((part[1] for part in taken), len(texts)),
        )

    def _keep(self, count: int, bigrams: Postings, unigrams: Postings) -> None:
        self.count = count
        self._channels = (("bigrams", bigrams), ("unigrams", unigrams))

    @classmethod
    def load(cls, arrays: Mapping[str, NDArray[np.generic]], count: int) -> KeywordIndex:
        """Return the index over `count` texts from the arrays that it once gave."""
        index = cls.__new__(cls)
        index._keep(count, Postings.load(arrays, "bigrams"), Postings.load(arrays, "unigrams"))
        return index

    def moved(self, places: Places, more: KeywordIndex, more_places: Places) -> KeywordIndex:
        """Return the index with each text at its new place (-1: left out) and those of another index at theirs."""
        count = int((places >= 0).sum()) + more.count
        (_, bigrams), (_, unigrams) = (
            (channel, own.moved(places, added, more_places, count))
            for (channel, own), (_, added) in zip(self._channels, more._channels, strict=True)
        )
        index = KeywordIndex.__new__(KeywordIndex)
        index._keep(count, bigrams, unigrams)
        return index

    def arrays(self) -> dict[str, NDArray[np.generic]]:
        """Return all that the index consists of, by name."""
        return {
            name: value
            for channel, postings in self._channels
            for name, value in postings.arrays(channel).items()
        }

    def coverage(self, query: str) -> Scores:
        """Return for each text how much of the query it covers, summed over the channels.

        A channel's share is bm25 / Σ idf of the query's terms, a term that no text holds counting with
        the highest idf: what is nowhere in the library lowers the share of what is.
        """
        return self.covered([(query, 1.0)])

    def frequency(self, word: str) -> int:
        """Return how many texts have all pairs of neighbouring characters of a word."""
        (terms, _), _ = _terms_of([word], 0)
        postings = self._channels[0][1]
        places, unknown = postings.found(np.unique(terms))
        if unknown or not places:
            return 0
        return len(reduce(_in_both, [postings.held(place) for place in places]))

    def covered(self, parts: Sequence[tuple[str, float]]) -> Scores:
        """Return for each text the coverage of several queries, each times its weight, in one pass."""
        total = np.zeros(self.count, dtype=np.float32)
        asked = [(_terms_of([text], 0), weight) for text, weight in parts if weight]
        for number, (_, postings) in enumerate(self._channels):
            factors: dict[int, float] = {}
            for channels, weight in asked:
                terms = np.unique(channels[number][0])
                for place, factor in _shares(postings, terms, self.count):
                    factors[place] = factors.get(place, 0.0) + weight * factor
            postings.add_to(total, factors)
        return total


def _shares(postings: Postings, terms: Terms, count: int) -> list[tuple[int, float]]:
    """Return the places of the known terms, each with 1 / Σ idf of all of them."""
    if not len(terms) or not len(postings.terms):
        return []
    places, unknown = postings.found(terms)
    highest = float(np.log1p((count + 0.5) / 0.5))
    whole = float(postings.idf[places].sum()) + unknown * highest
    return [(place, 1 / whole) for place in places]


_FUNCTION_CODES = np.asarray(sorted(ord(char) for char in FUNCTION_CHARACTERS), dtype=np.int64)
_Pairs = tuple[Terms, NDArray[np.int64]]


def _terms_of(texts: Sequence[str], first: int) -> tuple[_Pairs, _Pairs]:
    """Return the bigrams and the single characters of texts, each with the position of its text."""
    whole = normalised(_BETWEEN.join(text.replace(_BETWEEN, " ") for text in texts))
    written = np.frombuffer(whole.encode("utf-32-le", "surrogatepass"), dtype=np.uint32)
    owners = first + np.cumsum(written == 0, dtype=np.int64)
    codes = np.where(_is_word(written), written, 0).astype(np.int64)
    single = (codes > 0) & ~np.isin(codes, _FUNCTION_CODES)
    both = (codes[:-1] > 0) & (codes[1:] > 0)
    bigrams = ((codes[:-1] << 21) | codes[1:])[both]
    return (bigrams, owners[:-1][both]), (codes[single], owners[single])


def _is_word(written: NDArray[np.uint32]) -> NDArray[np.bool_]:
    """Return for each character whether it is a letter or a figure."""
    kinds, places = np.unique(written, return_inverse=True)
    known: NDArray[np.bool_] = np.asarray([chr(code).isalnum() for code in kinds], dtype=bool)[places]
    return known


def _postings(parts: Iterable[_Pairs], count: int) -> Postings:
    pairs = list(parts)
    empty = np.zeros(0, dtype=np.int64)
    terms = np.concatenate([*(terms for terms, _ in pairs), empty])
    return Postings.of(terms, np.concatenate([*(owners for _, owners in pairs), empty]), count)
