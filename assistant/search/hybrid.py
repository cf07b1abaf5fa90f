"""Rank passages for a query: keyword coverage and cosine fused, filters applied, the query widened.

score = (coverage / 1.6 + coverage of the report terms + cosine) × weight of section and shape, where
coverage = Σ channels bm25 / Σ idf of the query, report terms count by their everyday word's share of the query,
and the cosine is half that of the paragraph, half that of its best sentence. A problem and its measure lend each other some of it. It knows nothing about files or
databases.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from assistant.domain.passage import Passage, Query, SearchResult
from assistant.search.embedding import Embedder, Vectors, unit
from assistant.search.filters import Mask, admitted, why_nothing
from assistant.search.intent import intent_of
from assistant.search.shelf import Shelf
from assistant.search.spread import without_copies
from assistant.search.thesaurus import Thesaurus

COVERAGE_DIVISOR = 1.6
#: Weight of the terms of one everyday word that is the whole query, beside the query's own words.
WIDENED = 1.0
#: Weight of the terms' vector beside that of the query.
WIDENED_VECTOR = 0.6
#: What is left of it where the library itself uses the everyday word: in one passage of so many.
PRESENT, OF_SO_MANY = 0.25, 2000
CANDIDATES = 200
#: Passages looked at for one that is shown: near-copies step back behind the others.
LOOKED_AT = 2

Scores = NDArray[np.float32]


class Wish(NamedTuple):
    """What is asked of the vector index: the nearest of the admitted chunks, and the cosine of the `also` places.

    `where` gives the filter as Chroma takes it, None where everything is admitted.
    """

    vector: Vectors
    limit: int
    admitted: Mask
    also: NDArray[np.int64]
    where: Callable[[], dict[str, object] | None]


#: Answers a wish: the cosine of each chunk by place, 0 for those that were not looked at.
Nearest = Callable[[Wish], Scores]


class Search:
    """One query against one shelf."""

    def __init__(self, shelf: Shelf, query: Query, thesaurus: Thesaurus) -> None:
        self.shelf = shelf
        self.query = query
        self.thesaurus = thesaurus
        self.words = thesaurus.widen(query.text)
        self.foreign = [group for group in self.words.groups if not self._is_at_home(group.word)]
        self.intent = intent_of(query.text)
        self.admitted = admitted(shelf, query, thesaurus.topic(query.topic))

    def result(self, embedder: Embedder | None, nearest: Nearest | None) -> SearchResult:
        """Return the passages best first; without an embedder by keywords alone."""
        if not self.admitted.any() or not self.query.text.strip():
            return SearchResult(note=self._why_nothing())
        scores = np.zeros(len(self.shelf), dtype=np.float32)
        if self.query.mode != "semantic":
            scores += self._coverage()
        if embedder is not None and nearest is not None:
            scores += self._cosines(embedder, nearest, scores)
        scores *= self._weights()
        self.shelf.partners.lend(scores, self.intent.remedy)
        scores[~self.admitted] = 0
        return self._listed(scores)

    def _weights(self) -> Scores:
        """Return the weight of each chunk by its section and its shape."""
        sections = np.asarray(self.intent.sections, dtype=np.float32)[self.shelf.sections]
        weights: Scores = sections * np.asarray(self.intent.shapes, dtype=np.float32)[self.shelf.shapes]
        return weights

    def _listed(self, scores: Scores) -> SearchResult:
        best = self._leading(scores)
        passages = [
            self.shelf.passage(place, float(scores[place]), rank) for rank, place in enumerate(best, 1)
        ]
        return SearchResult(passages=tuple(passages), note=self.words.note if best else self._why_nothing())

    def _leading(self, scores: Scores) -> list[int]:
        """Return the places to show, best first, near-copies behind the others; their scores are lowered."""
        leading = np.sort(highest(scores, self.query.limit * LOOKED_AT))
        order = leading[np.argsort(-scores[leading], kind="stable")]
        self.shelf.chunks.fetch(order.tolist())
        factors = without_copies([self.shelf.chunks[place].chunk.text for place in order.tolist()])
        scores[order] *= np.asarray(factors, dtype=np.float32)
        shown: list[int] = order[np.argsort(-scores[order], kind="stable")][: self.query.limit].tolist()
        return shown

    def _coverage(self) -> Scores:
        """Return how much of the query each chunk covers, and of the terms that it was widened by."""
        parts = [(self.intent.core, 1 / COVERAGE_DIVISOR)]
        for group in self.words.groups:
            weight = WIDENED if group in self.foreign else WIDENED * PRESENT
            parts += [(term, weight * group.share / len(group.terms)) for term in group.terms]
        return self.shelf.words.covered(parts)

    def _is_at_home(self, word: str) -> bool:
        """Return whether the reports use the word themselves, so that it finds what it means without help."""
        return self.shelf.words.frequency(word) > len(self.shelf) / OF_SO_MANY

    def _cosines(self, embedder: Embedder, nearest: Nearest, keyword: Scores) -> Scores:
        """Return the cosine of the best candidates, 0 for all others."""
        vector = self._vector(embedder)
        also = highest(np.where(self.admitted, keyword, 0), CANDIDATES)
        found = nearest(Wish(vector, CANDIDATES, self.admitted, also, self._where))
        candidates = np.union1d(highest(found, CANDIDATES), also)
        cosines = np.zeros(len(self.shelf), dtype=np.float32)
        cosines[candidates] = found[candidates]
        if embedder.fast:
            self._add_best_sentence(vector, cosines, candidates)
        return np.maximum(cosines, 0)

    def _vector(self, embedder: Embedder) -> Vectors:
        terms = dict.fromkeys(term for group in self.foreign for term in group.terms)
        texts = [self.intent.core, *([" ".join(terms)] if terms else [])]
        vectors = embedder.encode(texts)
        weights = np.asarray([1.0, WIDENED_VECTOR][: len(texts)], dtype=np.float32)
        mixed: Vectors = unit((weights @ vectors)[None, :])[0]
        return mixed

    def _add_best_sentence(self, vector: Vectors, cosines: Scores, places: NDArray[np.int64]) -> None:
        """Make the cosine half that of the paragraph and half that of its best sentence."""
        best = self.shelf.sentences.best(places, vector)
        cosines[places] = np.where(best > -1, (cosines[places] + best) / 2, cosines[places])

    def _where(self) -> dict[str, object] | None:
        """Return the filters as the vector index takes them, None where everything is admitted."""
        if self.admitted.all():
            return None
        numbers = np.unique(self.shelf.document[self.admitted]).tolist()
        documents: dict[str, object] = {"document": {"$in": numbers}}
        if not self.query.section:
            return documents
        return {"$and": [documents, {"section": self.query.section}]}

    def _why_nothing(self) -> str:
        """Return why there is no passage, in the user's words."""
        if not self.query.text.strip():
            return "没有要查的内容"
        reason = why_nothing(self.shelf, self.query, self.thesaurus.topic(self.query.topic))
        return reason or f"没有找到与“{self.query.text}”有关的段落，请换一种说法"


def holders(shelf: Shelf, sentence: str, excluded: Collection[str], count: int) -> list[Passage]:
    """Return the passages that share most words with a sentence, documents of the excluded sources left out."""
    documents = [number for number, document in shelf.documents.items() if document.source not in excluded]
    scores = np.where(shelf.of_documents(documents), shelf.words.coverage(sentence), np.float32(0))
    places = highest(scores, count)
    shelf.chunks.fetch(places.tolist())
    return [shelf.passage(int(place), float(scores[place]), 0) for place in places]


def highest(scores: Scores, count: int) -> NDArray[np.int64]:
    """Return the places of the highest scores above 0, in no order."""
    places = np.flatnonzero(scores > 0)
    if len(places) <= count:
        return places
    return places[np.argpartition(scores[places], -count)[-count:]]
