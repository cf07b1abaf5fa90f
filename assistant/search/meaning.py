"""How near words are in meaning (意思远近) by the shipped embedding; knows nothing about what they are for."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.search.embedding import Embedder, Vectors


class Meaning:
    """Compares words with a standing list of texts; the vectors of the latest list are kept."""

    def __init__(self, embedder: Embedder) -> None:
        self._embedder = embedder
        self._known: tuple[tuple[str, ...], Vectors] | None = None

    def near(self, words: str, texts: Sequence[str]) -> Sequence[float]:
        """Return the cosine (-1 to 1) of the words with each text."""
        told = tuple(texts)
        if self._known is None or self._known[0] != told:
            self._known = told, self._embedder.encode(told)
        found: list[float] = (self._known[1] @ self._embedder.encode([words])[0]).tolist()
        return found
