"""The vectors of the sentences of every chunk, a byte a number, so that the best sentence costs next to nothing.

They are made once, when a file is read, and kept beside the chunk. A packed row is a scale (float16) and
the numbers as whole ones of that scale; a cosine is off by less than 0.005. It knows nothing about texts.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from assistant.search.embedding import products
from assistant.search.postings import Places
from assistant.search.records import Vectors

_SCALE = 2
_STEPS = 127


def packed(vectors: Vectors) -> bytes:
    """Return the vectors of one chunk's sentences in as few bytes as may be."""
    highest = np.abs(vectors).max(axis=1, initial=0.0)
    scales = np.maximum(highest / _STEPS, np.finfo(np.float16).tiny).astype(np.float16)
    steps = np.clip(np.rint(vectors / scales[:, None].astype(np.float32)), -_STEPS, _STEPS).astype(np.int8)
    rows: bytes = np.hstack([scales[:, None].view(np.uint8), steps.view(np.uint8)]).tobytes()
    return rows


class SentenceVectors:
    """The rows of all chunks; those of the chunk at `place` are starts[place] to starts[place + 1]."""

    def __init__(self, rows: NDArray[np.uint8], starts: NDArray[np.int64]) -> None:
        self.rows = rows
        self.starts = starts

    @classmethod
    def of(cls, parts: Sequence[bytes], dimensions: int) -> SentenceVectors:
        """Return the vectors of chunks from what was packed of each, in order."""
        width = dimensions + _SCALE
        rows = np.frombuffer(b"".join(parts), dtype=np.uint8).reshape(-1, width)
        counts = [len(part) // width for part in parts]
        return cls(rows, np.concatenate([[0], np.cumsum(counts, dtype=np.int64)]).astype(np.int64))

    @classmethod
    def load(cls, arrays: Mapping[str, NDArray[np.generic]]) -> SentenceVectors:
        """Return the vectors from the arrays that they once gave."""
        return cls(arrays["sentences.rows"], arrays["sentences.starts"])  # type: ignore[arg-type]

    def like(self, parts: Sequence[bytes]) -> SentenceVectors:
        """Return the vectors of more chunks by the same model."""
        return SentenceVectors.of(parts, self.rows.shape[1] - _SCALE)

    def moved(self, places: Places, more: SentenceVectors, more_places: Places) -> SentenceVectors:
        """Return the vectors with each chunk at its new place (-1: left out) and those of more chunks at theirs."""
        kept = np.flatnonzero(places >= 0)
        counts = np.zeros(len(kept) + len(more_places), dtype=np.int64)
        counts[places[kept]] = np.diff(self.starts)[kept]
        counts[more_places] = np.diff(more.starts)
        begins = np.zeros_like(counts)
        begins[places[kept]] = self.starts[:-1][kept]
        begins[more_places] = more.starts[:-1] + len(self.rows)
        starts = np.concatenate([[0], np.cumsum(counts)]).astype(np.int64)
        taken = np.arange(starts[-1]) + np.repeat(begins - starts[:-1], counts)
        return SentenceVectors(np.concatenate([self.rows, more.rows])[taken], starts)

    def arrays(self) -> dict[str, NDArray[np.generic]]:
        """Return all that is to be kept, by name."""
        return {"sentences.rows": self.rows, "sentences.starts": self.starts}

    def best(self, places: NDArray[np.int64], vector: Vectors) -> Vectors:
        """Return for each chunk the highest product of the vector with one of its sentences; -1 where it has none."""
        best = np.full(len(places), -1.0, dtype=np.float32)
        counts = self.starts[places + 1] - self.starts[places]
        held = np.flatnonzero(counts)
        if not len(held):
            return best
        counts = counts[held]
        begins = np.concatenate([[0], np.cumsum(counts)[:-1]])
        rows = np.arange(int(counts.sum())) - np.repeat(begins - self.starts[places[held]], counts)
        taken = self.rows[rows]
        scales = np.ascontiguousarray(taken[:, :_SCALE]).view(np.float16)[:, 0].astype(np.float32)
        steps = np.ascontiguousarray(taken[:, _SCALE:]).view(np.int8).astype(np.float32)
        best[held] = np.maximum.reduceat(products(steps, vector) * scales, begins)
        return best
