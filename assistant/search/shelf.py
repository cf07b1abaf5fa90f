"""All chunks of one generation of the library as arrays, ready to be ranked; kept in files for the next start.

The words of a chunk stay in the database and are fetched when they are asked for. The files are derived:
they are made anew when the library, the model or the way that words are taken apart has changed. This
module knows nothing about queries.
"""

from __future__ import annotations

import hashlib
import json
import shutil
import time
import uuid
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from assistant.domain.passage import Citation, Passage
from assistant.search import keyword, postings, shapes, words
from assistant.search.keyword import KeywordIndex
from assistant.search.partners import Partners
from assistant.search.records import SECTION_CODES, Columns, StoredChunk
from assistant.search.sentence_vectors import SentenceVectors
from assistant.search.shapes import shapes_of
from assistant.search.store import Store

_CACHED = 4096
#: Seconds after which a half-written folder belongs to nobody.
_GIVEN_UP = 3600
_COLUMNS = ("ids", "documents", "sections")
Arrays = dict[str, NDArray[np.generic]]


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
    """What ranking needs of one generation of the library: chunks in order of their numbers."""

    def __init__(self, store: Store, arrays: Arrays, generation: int) -> None:
        self.generation = generation
        self.documents = {document.id: document for document in store.documents()}
        self.ids, self.document, self.sections = (arrays[name] for name in _COLUMNS)
        self.shapes = arrays["shapes"]
        self.chunks = Chunks(store, self.ids)  # type: ignore[arg-type]
        self.words = KeywordIndex.load(arrays, len(self.ids))
        self.partners = Partners.load(arrays)
        self.sentences = SentenceVectors.load(arrays)
        self._numbers, self._owners = np.unique(self.document, return_inverse=True)
        self._store = store
        self._topics: dict[tuple[str, ...], NDArray[np.bool_]] = {}

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


def open_shelf(store: Store, folder: Path) -> Shelf:
    """Return the shelf of the store's present generation, from its files under `folder` where they are there."""
    generation = store.generation
    name = f"{generation}-{store.identity}-{_way_of_reading()}"
    arrays = _loaded(folder / name)
    if arrays is None:
        arrays = _made(store)
        _keep(arrays, folder, name)
    return Shelf(store, arrays, generation)


def _made(store: Store) -> Arrays:
    titles = {document.id: document.title for document in store.documents()}
    columns = store.columns()
    _, first = store.vectors(columns.ids[:1].tolist())
    arrays: Arrays = {name: getattr(columns, name) for name in _COLUMNS}
    arrays |= Partners.of(columns).arrays()
    arrays["shapes"] = shapes_of(columns.texts, columns.rows)
    arrays |= KeywordIndex(indexed(columns, titles)).arrays()
    return arrays | SentenceVectors.of(store.sentences(), first.shape[1] if first.size else 1).arrays()


def indexed(columns: Columns, titles: dict[int, str]) -> list[str]:
    """Return each chunk with the title of its document and the headings above it."""
    return [
        "\n".join([titles[int(document)], *json.loads(heading)[-2:], text])
        for document, heading, text in zip(columns.documents, columns.headings, columns.texts, strict=True)
    ]


def _way_of_reading() -> str:
    """Return what changes with the code that takes words apart."""
    digest = hashlib.sha256()
    for module in (words, keyword, postings, shapes):
        digest.update(Path(module.__file__ or __file__).read_bytes())
    digest.update(Path(__file__).read_bytes())
    return digest.hexdigest()[:12]


def _loaded(folder: Path) -> Arrays | None:
    """Return the arrays of a folder, read as they are asked for; None where it is not there or not whole."""
    try:
        names = json.loads((folder / "names.json").read_text("utf-8"))
        return {name: np.load(folder / f"{name}.npy", mmap_mode="r").view(np.ndarray) for name in names}
    except (OSError, ValueError, EOFError):
        return None


def _keep(arrays: Arrays, folder: Path, name: str) -> None:
    """Write the arrays and drop those of earlier generations; a folder that cannot be written costs only time."""
    draft = folder / f"{uuid.uuid4().hex}.draft"
    try:
        draft.mkdir(parents=True)
        for key, values in arrays.items():
            np.save(draft / f"{key}.npy", values)
        (draft / "names.json").write_text(json.dumps(sorted(arrays)), "utf-8")
        shutil.rmtree(folder / name, ignore_errors=True)
        draft.replace(folder / name)
    except OSError:
        shutil.rmtree(draft, ignore_errors=True)
    for other in folder.glob("*"):
        if other.name != name and _is_stale(other, int(name.split("-")[0])):
            shutil.rmtree(other, ignore_errors=True)


def _is_stale(folder: Path, generation: int) -> bool:
    """Return whether arrays are of an earlier generation, or a draft that was given up."""
    if folder.suffix == ".draft":
        return folder.stat().st_mtime < time.time() - _GIVEN_UP
    return int(folder.name.split("-")[0]) <= generation
