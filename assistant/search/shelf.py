"""All chunks of the library as arrays, ready to be ranked; their words are fetched as they are asked for.

It knows nothing about queries, nor how the arrays are made.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from assistant.domain.passage import Citation, Passage
from assistant.search.keyword import KeywordIndex
from assistant.search.partners import Partners
from assistant.search.records import SECTION_CODES, StoredChunk, StoredDocument
from assistant.search.sentence_vectors import SentenceVectors
from assistant.search.shelving import COLUMNS, Arrays, arrays_of
from assistant.search.store import Store

_CACHED = 4096


class Chunks:
    """The chunks by their place, fetched from the database as they are needed."""

    def __init__(self, store: Store, ids: NDArray[np.int64]) -> None:
        self._store = store
        self._ids = ids
        self._kept: dict[int, StoredChunk] = {}

    def __len__(self) -> int:
        return len(self._ids)

    def __getitem__(self, place: int) -> StoredChunk:
        if place not in self._kept:
            self.fetch([place])
        return self._kept[place]

    def __iter__(self) -> Iterator[StoredChunk]:
        return iter(self._store.chunks())

    def fetch(self, places: Iterable[int]) -> None:
        """Fetch several chunks at once."""
        missing = {int(self._ids[place]): int(place) for place in places if int(place) not in self._kept}
        if len(self._kept) + len(missing) > _CACHED:
            self._kept.clear()
        for item in self._store.chunks(list(missing)):
            self._kept[missing[item.id]] = item


class Shelf:
    """What ranking needs of one number of the library's contents: chunks in order of their numbers."""

    def __init__(self, store: Store, arrays: Arrays) -> None:
        self.contents = store.contents
        self.generation = -1
        self.documents: dict[int, StoredDocument] = {}
        self.ids, self.document, self.sections, _, self.shapes = (arrays[name] for name in COLUMNS)
        self.chunks = Chunks(store, self.ids)  # type: ignore[arg-type]
        self.words = KeywordIndex.load(arrays, len(self.ids))
        self.partners = Partners.load(arrays)
        self.sentences = SentenceVectors.load(arrays)
        self._numbers, self._owners = np.unique(self.document, return_inverse=True)
        self._store = store
        self._topics: dict[tuple[str, ...], NDArray[np.bool_]] = {}

        self.describe()

    def describe(self) -> None:
        """Take over what the users have corrected since."""
        if self.generation != self._store.generation:
            self.generation = self._store.generation
            self.documents = {document.id: document for document in self._store.documents()}

    def __len__(self) -> int:
        return len(self.ids)

    def places(self, numbers: Sequence[int]) -> NDArray[np.int64]:
        """Return the places of chunks by their numbers; unknown numbers are left out."""
        wanted = np.asarray(numbers, dtype=np.int64)
        found = np.minimum(np.searchsorted(self.ids, wanted), max(len(self) - 1, 0))
        return found[self.ids[found] == wanted] if len(self) else found[:0]

    def of_documents(self, numbers: Iterable[int]) -> NDArray[np.bool_]:
        """Return for each chunk whether it is of one of the documents."""
        chosen = np.isin(self._numbers, np.fromiter(numbers, dtype=np.int64))
        admitted: NDArray[np.bool_] = chosen[self._owners]
        return admitted

    def of_section(self, section: str) -> NDArray[np.bool_]:
        """Return for each chunk whether it stands in a section of that kind."""
        chosen: NDArray[np.bool_] = self.sections == SECTION_CODES.get(section, -1)  # type: ignore[call-overload]
        return chosen

    def speaking_of(self, sections: Sequence[str], terms: tuple[str, ...]) -> NDArray[np.bool_]:
        """Return for each chunk whether it stands in one of the sections and holds one of the terms."""
        if terms not in self._topics:
            admitted = np.zeros(len(self), dtype=bool)
            admitted[self.places(self._store.speaking_of(sections, terms))] = True
            self._topics[terms] = admitted
        return self._topics[terms]

    def passage(self, place: int, score: float, rank: int) -> Passage:
        """Return the chunk at that place as a passage."""
        item = self.chunks[place]
        document, chunk = self.documents[item.document], item.chunk
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


def open_shelf(store: Store, folder: Path, *, anew: bool = False) -> Shelf:
    """Return the shelf of the store's present contents; `anew` makes its files from nothing."""
    return Shelf(store, arrays_of(store, folder, anew=anew))
