"""The library of past reports (资料库): files in, passages out. The one thing that other rooms see of search.

It joins reading, the store and the derived vectors, file by file, so that a stop in between loses
nothing. It knows nothing about reports in progress.
"""

from __future__ import annotations

import threading
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from types import TracebackType

from assistant.domain.passage import Passage, Query, SearchResult
from assistant.domain.services import Progress
from assistant.errors import IndexBusy, IndexFault, IndexMissing, IndexOutdated, ModelMismatch
from assistant.library.execution import Execution
from assistant.library.standing import PastRate
from assistant.search.chroma_folder import Outdated
from assistant.search.copying import Copying, copying_of
from assistant.search.describing import Description, checked, description_of, meant
from assistant.search.embedding import Embedder, load_embedder
from assistant.search.filling import Filling, Told, Verdict, forget_set_aside
from assistant.search.hybrid import Search, holders
from assistant.search.semantic import VectorIndex
from assistant.search.shelf import Shelf, open_shelf
from assistant.search.store import FILE_NAME, SCHEMA, Store, StoredDocument
from assistant.search.thesaurus import thesaurus_of

__all__ = ["Library", "Told", "Verdict"]

#: How often a search begins again because others write into the library.
_ATTEMPTS = 5

#: Past paragraphs that a sentence is compared with.
_HOLDERS = 8


class Library:
    """A library in a folder, searched with one embedding model (None: the shipped one).

    Nothing is opened before it is needed. Safe to share between threads: a search goes on while another
    thread updates.
    """

    def __init__(
        self,
        index_dir: Path,
        embedding_model: Path | None = None,
        *,
        chroma_url: str = "",
        patience: float = 60.0,
    ) -> None:
        self.index_dir = index_dir.expanduser().resolve()
        self.embedding_model = embedding_model
        self.patience = patience
        self._thread = threading.RLock()
        self._store: Store | None = None
        self._model: Embedder | None = None
        self._shelf: Shelf | None = None
        self._vectors = VectorIndex(self.index_dir, url=chroma_url, patience=patience)

    def __enter__(self) -> Library:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close what is open; the library can be used again afterwards."""
        with self._thread:
            self._vectors.close()
            if self._store is not None:
                self._store.close()
            self._store, self._shelf = None, None

    def exists(self) -> bool:
        """Return whether a library was ever built here; IndexFault where it is damaged."""
        if not (self.index_dir / FILE_NAME).exists():
            return False
        with self._thread:
            try:
                self._opened()
            except IndexMissing:
                return False
        return True

    def update(
        self,
        paths: Sequence[Path],
        progress: Progress | None = None,
        rebuild: bool = False,
        told: Told | None = None,
    ) -> tuple[Verdict, ...]:
        """Read files and folders into the library and return a verdict on each.

        `told` hears the verdicts once all files are read and kept, before the vectors are brought up to date: also
        where a VectorServerFault follows.

        Only what changed is read, unless `rebuild`. A folder that is indexed again loses the documents
        whose file is gone. Raises FileMissing for a path that is not there, IndexBusy, ModelMismatch,
        ModelError, OutputError; a file that cannot be read is refused and said, and stops nothing.
        """
        with self._thread:
            embedder = self._embedder()
            if rebuild:
                self.close()
        filling = Filling(self.index_dir, embedder, self._vectors, patience=self.patience)
        return filling.run(paths, progress, rebuild=rebuild, told=told)

    def search(self, query: Query) -> SearchResult:
        """Return the passages for the query, best first, with a note where it was widened or found nothing.

        Raises IndexMissing, ModelMismatch, ModelError (not in keyword mode), IndexBusy.
        """
        for _ in range(_ATTEMPTS):
            with suppress(Outdated), self._thread, self._opened().snapshot():
                return self._searched(self._opened(), query)
        raise IndexBusy(self.index_dir)

    def _searched(self, store: Store, query: Query) -> SearchResult:
        search = Search(self._current_shelf(store), query, thesaurus_of(self.index_dir))
        if query.mode == "keyword":
            return search.result(None, None)
        embedder = self._matching(store)
        return search.result(embedder, lambda wish: self._vectors.cosines(store, embedder, wish))

    def copying(self, paragraphs: Sequence[str], exclude_sources: Sequence[str] = ()) -> Copying:
        """Return where each sentence of the paragraphs stands already in the library (查重).

        Raises IndexMissing, IndexBusy.
        """
        for _ in range(_ATTEMPTS):
            with suppress(Outdated), self._thread, self._opened().snapshot():
                return self._copying(paragraphs, exclude_sources)
        raise IndexBusy(self.index_dir)

    def _copying(self, paragraphs: Sequence[str], excluded: Sequence[str]) -> Copying:
        shelf = self._current_shelf(self._opened())
        return copying_of(paragraphs, lambda text: holders(shelf, text, excluded, _HOLDERS))

    def documents(self) -> tuple[StoredDocument, ...]:
        """Return every document of the library, ordered by source; versions of one report name each other."""
        with self._thread:
            return self._opened().documents()

    def rates(self) -> tuple[PastRate, ...]:
        """Return the execution rate of every past report that says one, each report in its newest version."""
        said = [document for document in self.documents() if document.newest and document.figures]
        return tuple(_past_rate(document) for document in said)

    def passage(self, source: str, paragraph: int) -> Passage | None:
        """Return the passage of a document that holds paragraph number `paragraph`, None where there is none."""
        with self._thread, self._opened().snapshot():
            shelf = self._current_shelf(self._opened())
            place = self._place(shelf, source, paragraph)
            return None if place is None else shelf.passage(place, 0.0, 0)

    def answer(self, source: str, paragraph: int) -> Passage | None:
        """Return the measure (改进措施) that answers the problem which holds paragraph number `paragraph`, or its problem.

        None where the report does not pair it.
        """
        with self._thread, self._opened().snapshot():
            shelf = self._current_shelf(self._opened())
            place = self._place(shelf, source, paragraph)
            other = None if place is None else shelf.partners.answer(place)
            return None if other is None else shelf.passage(other, 0.0, 0)

    def _place(self, shelf: Shelf, source: str, paragraph: int) -> int | None:
        number = self._opened().chunk_at(source, paragraph)
        return None if number is None else int(shelf.places([number])[0])

    def delete(self, source: str) -> bool:
        """Delete a document with all its passages and vectors; False where there is none of that name.

        Its words stand nowhere in the library's folder afterwards.
        """
        with self._thread:
            store = self._opened()
            named = [document for document in store.documents() if document.source == source]
            if not named:
                return False
            store.delete(named, corrections=True)
            forget_set_aside(self.index_dir)
            self._vectors.update(store, self._matching(store))
            self._current_shelf(store)
            return True

    def describe(self, place: Path | str, **fields: str | int | None) -> Description:
        """Return what the library says of a document, after keeping what the user says of it.

        `place` is its source, its path, its file name or the start of its sha256. A field is one of unit_name, year,
        kind, region, project, title; "" or None goes back to the guess. A user's word survives reading again,
        rebuilding and renaming the file. Raises InputError for an unknown document or field and for a
        value out of bounds, and IndexMissing.
        """
        changes = checked(fields)
        with self._thread:
            store = self._opened()
            document = meant(store.documents(), place)
            if changes:
                store.correct(document, changes)
            return next(found for number, found in _described(store) if number == document.id)

    def descriptions(self) -> tuple[Description, ...]:
        """Return what the library says of every document, ordered by source; IndexMissing."""
        with self._thread:
            return tuple(found for _, found in _described(self._opened()))

    def info(self) -> dict[str, str | int]:
        """Return what the library holds: documents, passages, tables, units, years, model."""
        if not self.exists():
            return {"documents": 0, "passages": 0, "tables": 0, "units": "", "years": "", "model": ""}
        with self._thread:
            store = self._opened()
            documents = store.documents()
            return {
                "documents": len(documents),
                "passages": store.count(),
                "tables": sum(document.tables for document in documents),
                "units": "、".join(sorted({item.unit_name for item in documents if item.unit_name})),
                "years": "、".join(
                    str(year) for year in sorted({item.year for item in documents if item.year})
                ),
                "model": store.meta("model_name"),
            }

    def examine(self, fix: bool = False) -> dict[str, str | int]:
        """Return how the library stands; `fix` builds the semantic index anew from the database."""
        try:
            if not self.exists():
                return {"状态": "还没有建立", **self.info()}
        except IndexFault as error:
            return {"状态": str(error)}
        with self._thread:
            store = self._opened()
            if fix and store.count():
                self._vectors.update(store, self._matching(store), rebuild=True)
            return {"状态": store.health(), "语义索引": self._vectors.state(), **self.info()}

    def _embedder(self) -> Embedder:
        if self._model is None:
            self._model = load_embedder(self.embedding_model)
        return self._model

    def _opened(self) -> Store:
        if self._store is None:
            self._store = Store(self.index_dir)
        schema = self._store.meta("schema")
        if schema != SCHEMA:
            self._store.close()
            self._store = None
            raise IndexOutdated(self.index_dir) if schema else IndexMissing(self.index_dir)
        return self._store

    def _matching(self, store: Store) -> Embedder:
        embedder = self._embedder()
        if store.meta("model") not in ("", embedder.id):
            raise ModelMismatch(self.index_dir, store.meta("model_name"), embedder.name)
        return embedder

    def _current_shelf(self, store: Store) -> Shelf:
        """Return the library as it is at present, whoever changed it."""
        if self._shelf is None or self._shelf.contents != store.contents:
            self._shelf = open_shelf(store, self.index_dir / "shelf")
        self._shelf.describe()
        return self._shelf


def _described(store: Store) -> list[tuple[int, Description]]:
    """Return each document's number and description."""
    said = store.corrections()
    return [
        (document.id, description_of(guess, document, said.get(document.place, {})))
        for guess, document in zip(store.guessed(), store.documents(), strict=True)
    ]


def _past_rate(document: StoredDocument) -> PastRate:
    said = Execution.model_validate_json(document.figures)
    return PastRate(
        source=document.source,
        unit_name=document.unit_name,
        title=document.title,
        year=document.year,
        kind=document.kind,
        rate=said.rate,
        budget=said.budget,
        spent=said.spent,
        paragraph=said.block,
    )
