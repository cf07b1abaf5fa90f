"""Rank passages for a query: keyword coverage and cosine fused, filters applied, the query widened.

score = Σ channels bm25 / (1.6 × Σ idf of the query) + cosine, where the cosine is half that of the
paragraph and half that of its best sentence. It knows nothing about files or databases.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from assistant.domain.passage import Citation, Passage, Query, SearchResult, SectionKind
from assistant.library.chunks import Chunk
from assistant.library.profile import short_unit
from assistant.search.embedding import Embedder, Vectors, unit
from assistant.search.keyword import KeywordIndex
from assistant.search.store import StoredChunk, StoredDocument
from assistant.search.thesaurus import Thesaurus
from assistant.search.words import normalised, sentences

COVERAGE_DIVISOR = 1.6
WIDENED_SHARE = 0.5
CANDIDATES = 200

Scores = NDArray[np.float32]
#: Asks the vector index: (vector, limit, filter) -> cosine by chunk number.
Nearest = Callable[[Vectors, int, dict[str, object] | None], Mapping[int, float]]

#: Where problems and their measures stand: what a topic (P01–P36) selects.
_PROBLEM_SECTIONS = frozenset({SectionKind.PROBLEMS, SectionKind.MEASURES, SectionKind.SUGGESTIONS})


class Shelf:
    """All chunks of one generation of the library, ready to be ranked."""

    def __init__(
        self,
        generation: int,
        documents: Sequence[StoredDocument],
        chunks: Sequence[StoredChunk],
        matrix: Vectors,
    ) -> None:
        self.generation = generation
        self.documents = {document.id: document for document in documents}
        self.chunks = tuple(chunks)
        self.matrix = matrix
        self.places = {item.id: place for place, item in enumerate(chunks)}
        self.words = KeywordIndex([self._indexed(item) for item in chunks])
        self.sentences: dict[int, Vectors] = {}

    def _indexed(self, item: StoredChunk) -> str:
        """Return a chunk with the title of its document and the headings above it."""
        title = self.documents[item.document].title
        return "\n".join([title, *item.chunk.heading[-2:], item.chunk.text])

    def passage(self, place: int, score: float, rank: int) -> Passage:
        """Return the chunk at that place as a passage."""
        item = self.chunks[place]
        document = self.documents[item.document]
        chunk = item.chunk
        citation = Citation(
            source=document.source,
            first_paragraph=chunk.first,
            last_paragraph=chunk.last,
            title=document.title,
            heading=chunk.heading,
            paragraph_id=chunk.id,
        )
        return Passage(
            text=chunk.text,
            citation=citation,
            section=chunk.section,
            unit_name=document.unit_name,
            year=document.year,
            kind=document.kind,
            score=score,
            rank=rank,
        )


class Search:
    """One query against one shelf."""

    def __init__(self, shelf: Shelf, query: Query, thesaurus: Thesaurus) -> None:
        self.shelf = shelf
        self.query = query
        self.thesaurus = thesaurus
        self.words = thesaurus.widen(query.text)
        self.admitted = self._admitted()

    def result(self, embedder: Embedder | None, nearest: Nearest | None) -> SearchResult:
        """Return the passages best first; without an embedder by keywords alone."""
        if not self.admitted.any() or not self.query.text.strip():
            return SearchResult(note=self._why_nothing())
        scores = np.zeros(len(self.shelf.chunks), dtype=np.float32)
        if self.query.mode != "semantic":
            scores += self._coverage() / np.float32(COVERAGE_DIVISOR)
        if embedder is not None and nearest is not None:
            scores += self._cosines(embedder, nearest, scores)
        scores[~self.admitted] = 0
        return self._listed(scores)

    def _listed(self, scores: Scores) -> SearchResult:
        order = np.argsort(-scores, kind="stable")[: self.query.limit]
        best = [int(place) for place in order if scores[place] > 0]
        passages = [
            self.shelf.passage(place, float(scores[place]), rank) for rank, place in enumerate(best, 1)
        ]
        return SearchResult(passages=tuple(passages), note=self.words.note if best else self._why_nothing())

    def _coverage(self) -> Scores:
        scores = self.shelf.words.coverage(self.query.text)
        if self.words.terms:
            scores += np.float32(WIDENED_SHARE) * self.shelf.words.coverage(" ".join(self.words.terms))
        return scores

    def _cosines(self, embedder: Embedder, nearest: Nearest, keyword: Scores) -> Scores:
        """Return the cosine of the best candidates, 0 for all others."""
        vector = self._vector(embedder)
        found = nearest(vector, min(CANDIDATES, len(self.shelf.chunks)), self._where())
        cosines = np.zeros(len(self.shelf.chunks), dtype=np.float32)
        for number, cosine in found.items():
            if number in self.shelf.places:
                cosines[self.shelf.places[number]] = cosine
        best = [int(place) for place in np.argsort(-keyword)[:CANDIDATES] if keyword[place] > 0]
        missing = [place for place in best if cosines[place] == 0]
        if missing:
            cosines[missing] = self.shelf.matrix[missing] @ vector
        if embedder.fast:
            self._add_best_sentence(embedder, vector, cosines)
        return np.maximum(cosines, 0)

    def _vector(self, embedder: Embedder) -> Vectors:
        texts = [self.query.text, *([" ".join(self.words.terms)] if self.words.terms else [])]
        vectors = embedder.encode(texts)
        weights = np.asarray([1.0, WIDENED_SHARE][: len(texts)], dtype=np.float32)
        mixed: Vectors = unit((weights @ vectors)[None, :])[0]
        return mixed

    def _add_best_sentence(self, embedder: Embedder, vector: Vectors, cosines: Scores) -> None:
        """Make the cosine half that of the paragraph and half that of its best sentence."""
        for place in np.flatnonzero(cosines):
            own = self.shelf.sentences.get(int(place))
            if own is None:
                own = embedder.encode(sentences(self.shelf.chunks[int(place)].chunk.text))
                self.shelf.sentences[int(place)] = own
            cosines[place] = (cosines[place] + float((own @ vector).max())) / 2

    def _admitted(self) -> NDArray[np.bool_]:
        """Return for each chunk whether the filters admit it."""
        documents = {number for number, document in self.shelf.documents.items() if self._admits(document)}
        section, terms = self.query.section, self.thesaurus.topic(self.query.topic)
        return np.asarray(
            [
                item.document in documents
                and (not section or item.chunk.section.value == section)
                and (not self.query.topic or _speaks_of(item.chunk, terms))
                for item in self.shelf.chunks
            ],
            dtype=bool,
        )

    def _admits(self, document: StoredDocument) -> bool:
        query = self.query
        return (
            (not query.unit or same_unit(query.unit, document.unit_name))
            and (query.year is None or document.year == query.year)
            and (not query.kind or document.kind == query.kind)
            and document.source not in query.exclude_sources
        )

    def _where(self) -> dict[str, object] | None:
        """Return the filters as the vector index takes them, None where everything is admitted."""
        if self.admitted.all():
            return None
        numbers = [self.shelf.chunks[place].document for place in np.flatnonzero(self.admitted)]
        documents: dict[str, object] = {"document": {"$in": sorted(set(numbers))}}
        if not self.query.section:
            return documents
        return {"$and": [documents, {"section": self.query.section}]}

    def _why_nothing(self) -> str:
        """Return why there is no passage, in the user's words."""
        query, documents = self.query, list(self.shelf.documents.values())
        if not query.text.strip():
            return "没有要查的内容"
        if not documents:
            return "资料库里还没有报告，请先运行 zhiji index 往年报告所在文件夹"
        if query.unit and not any(same_unit(query.unit, document.unit_name) for document in documents):
            units = "、".join(
                sorted({document.unit_name for document in documents if document.unit_name})[:5]
            )
            return f"资料库里没有单位“{query.unit}”的报告，现有：{units}"
        if query.year is not None and not any(document.year == query.year for document in documents):
            years = "、".join(str(year) for year in sorted({item.year for item in documents if item.year}))
            return f"资料库里没有 {query.year} 年的报告，现有年度：{years}"
        if query.topic and not self.thesaurus.topic(query.topic):
            return f"没有编号为“{query.topic}”的问题类型，编号为 P01 至 P36"
        if not self.admitted.any():
            return "所选条件下没有段落，请放宽章节、单位、年度或类型的条件"
        return f"没有找到与“{query.text}”有关的段落，请换一种说法"


def same_unit(asked: str, written: str) -> bool:
    """Return whether a unit's name as asked for is part of the written one, in full or as people say it."""
    wanted = {normalised(asked), normalised(short_unit(asked))}
    known = (normalised(written), normalised(short_unit(written)))
    return any(name in full for name in wanted for full in known)


def _speaks_of(chunk: Chunk, terms: Sequence[str]) -> bool:
    """Whether a past problem or measure is of the type that `terms` name."""
    return chunk.section in _PROBLEM_SECTIONS and any(term in chunk.text for term in terms)
