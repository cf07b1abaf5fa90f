"""Keyword search: BM25 over character bigrams and over single characters, as two channels.

Chinese needs no dictionary this way, and two-character words and unit names are found. Postings are
plain arrays made in one sort. It knows nothing about documents, filters or vectors.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from assistant.search.words import FUNCTION_CHARACTERS, normalised

Scores = NDArray[np.float32]
Terms = NDArray[np.int64]

SATURATION = 1.2
LENGTH_WEIGHT = 0.75


class _Postings(NamedTuple):
    """For each term the texts that hold it and its weight in each, terms in ascending order."""

    terms: Terms
    starts: NDArray[np.int64]
    texts: NDArray[np.int64]
    weights: Scores
    idf: Scores
    highest: float


class KeywordIndex:
    """The two channels over one list of texts; scores are per text, by position."""

    def __init__(self, texts: Sequence[str]) -> None:
        self.count = len(texts)
        codes = [_codes(text) for text in texts]
        self._channels = (
            (_bigrams, _postings([_bigrams(code) for code in codes])),
            (_unigrams, _postings([_unigrams(code) for code in codes])),
        )

    def coverage(self, query: str) -> Scores:
        """Return for each text how much of the query it covers, summed over the channels.

        A channel's share is bm25 / Σ idf of the query's terms, a term that no text holds counting with
        the highest idf: what is nowhere in the library lowers the share of what is.
        """
        total = np.zeros(self.count, dtype=np.float32)
        code = _codes(query)
        for terms_of, postings in self._channels:
            terms = np.unique(terms_of(code))
            if len(terms) and len(postings.terms):
                total += _channel(postings, terms, self.count)
        return total


def _channel(postings: _Postings, terms: Terms, count: int) -> Scores:
    scores = np.zeros(count, dtype=np.float32)
    places = np.searchsorted(postings.terms, terms)
    weight = 0.0
    for term, place in zip(terms, places, strict=True):
        if place == len(postings.terms) or postings.terms[place] != term:
            weight += postings.highest
            continue
        weight += float(postings.idf[place])
        part = slice(postings.starts[place], postings.starts[place + 1])
        scores[postings.texts[part]] += postings.weights[part]
    return scores / np.float32(weight)


def _codes(text: str) -> NDArray[np.int64]:
    """Return the letters and figures of the text as numbers; everything else as 0."""
    letters = [ord(char) if char.isalnum() else 0 for char in normalised(text)]
    return np.asarray(letters, dtype=np.int64)


_FUNCTION_CODES = np.asarray(sorted(ord(char) for char in FUNCTION_CHARACTERS), dtype=np.int64)


def _unigrams(codes: NDArray[np.int64]) -> Terms:
    return codes[(codes > 0) & ~np.isin(codes, _FUNCTION_CODES)]


def _bigrams(codes: NDArray[np.int64]) -> Terms:
    if len(codes) < 2:
        return codes[:0]
    first, second = codes[:-1], codes[1:]
    return ((first << 21) | second)[(first > 0) & (second > 0)]


def _postings(texts: Sequence[Terms]) -> _Postings:
    """Return the postings with the BM25 weight of each term in each text."""
    lengths = np.asarray([len(terms) for terms in texts], dtype=np.float32)
    owners = np.repeat(np.arange(len(texts), dtype=np.int64), lengths.astype(np.int64))
    joined = np.concatenate([*texts, np.zeros(0, dtype=np.int64)]).astype(np.int64)
    order = np.lexsort((owners, joined))
    joined, owners = joined[order], owners[order]
    first = np.ones(len(joined), dtype=bool)
    first[1:] = (joined[1:] != joined[:-1]) | (owners[1:] != owners[:-1])
    begins = np.flatnonzero(first)
    frequency = np.diff(np.append(begins, len(joined))).astype(np.float32)
    terms, starts, held = np.unique(joined[begins], return_index=True, return_counts=True)
    idf = np.log1p((len(texts) - held + 0.5) / (held + 0.5)).astype(np.float32)
    holders = owners[begins]
    mean = max(float(lengths.mean()) if len(lengths) else 0.0, 1.0)
    norm = SATURATION * (1 - LENGTH_WEIGHT + LENGTH_WEIGHT * lengths[holders] / mean)
    weights = np.repeat(idf, held) * frequency * (SATURATION + 1) / (frequency + norm)
    highest = float(np.log1p((len(texts) + 0.5) / 0.5))
    return _Postings(terms, np.append(starts, len(begins)), holders, weights.astype(np.float32), idf, highest)
