"""Chroma in a folder of the library: built aside and switched, checked by what is there, loaded as one matrix.

`state.json` says which folder is in use and for which number of its contents. It is written before and
after each change, so that a process that died in between is noticed. This module knows nothing about queries.
"""

from __future__ import annotations

import json
import shutil
import uuid
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from assistant.domain.base import Frozen
from assistant.errors import IndexFault
from assistant.search.database import SQLITE_VERSION
from assistant.search.embedding import Embedder, Vectors
from assistant.search.store import Store

if TYPE_CHECKING:
    from assistant.search.chroma_collection import Collection

#: What Chroma asks of SQLite.
LEAST_SQLITE = (3, 35, 0)


_PART = 10_000
Numbers = NDArray[np.int64]
#: Numbers of chunks, ascending, and their vectors, a row each.
Numbered = tuple[Numbers, Vectors]


class Outdated(Exception):
    """The library has changed since the caller began to read it: begin again."""


class State(Frozen):
    """What an index was last known to be; `writer` changes with every writing, `stamp` with Chroma's file."""

    folder: str
    identity: str
    contents: int
    model: str
    count: int = 0
    writer: str = ""
    stamp: str = ""
    chroma: str = ""
    ready: bool = False

    def is_of(self, store: Store, embedder: Embedder) -> bool:
        """Whether the index is whole and of that library and model, of whatever contents."""
        return self.ready and self.identity == store.identity and self.model == embedder.id


def is_usable() -> bool:
    """Return whether Chroma can run on this machine's SQLite."""
    return SQLITE_VERSION >= LEAST_SQLITE


class ChromaFolder:
    """The folder that holds Chroma's folder in use, the state, and the matrix that was loaded from it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def is_fresh(self, state: State | None, store: Store, embedder: Embedder) -> bool:
        """Return whether the matrix can be used as it is.

        Raises Outdated where the index is of later contents than what the caller sees of the store.
        """
        if state is None or not state.is_of(store, embedder) or self._marker.exists():
            return False
        if state.contents > store.contents:
            raise Outdated
        return state.contents == store.contents and state.stamp == self._stamp(state.folder)

    def matrix(self, state: State) -> Vectors:
        """Return the vectors as they were loaded; OSError where another process has replaced them."""
        loaded: Vectors = np.load(self._matrix(state.writer), mmap_mode="r").view(np.ndarray)
        return loaded

    def bring_up(self, store: Store, embedder: Embedder, *, rebuild: bool = False) -> State:
        """Make Chroma and the matrix those of the store's contents; call it under the lock."""
        from assistant.search.chroma_collection import FAILURES, VERSION

        state = self.read()
        if rebuild or state is None or not state.is_of(store, embedder) or self._marker.exists():
            return self._rebuilt(store, embedder)
        if state.chroma != VERSION:
            return self._rebuilt(store, embedder)
        before = self._numbered(state) if state.stamp == self._stamp(state.folder) else None
        try:
            collection = self._collection(state.folder, embedder)
            if state.contents != store.contents:
                self.write(state.model_copy(update={"ready": False}))
                fill(collection, store, None if before is None else set(before[0].tolist()))
            return self._settled(collection, state.folder, store, embedder, before)
        except FAILURES:
            return self._rebuilt(store, embedder)

    def read(self) -> State | None:
        """Return the state as it was last written."""
        try:
            return State(**json.loads((self.folder / "state.json").read_text("utf-8")))
        except (OSError, ValueError, TypeError):
            return None

    def write(self, state: State) -> None:
        """Write the state in one step."""
        self.folder.mkdir(parents=True, exist_ok=True)
        draft = self.folder / "state.draft"
        draft.write_text(state.model_dump_json(), "utf-8")
        draft.replace(self.folder / "state.json")

    @property
    def _marker(self) -> Path:
        """Stands while a folder is being opened: a process that died then left it."""
        return self.folder / "opening"

    def _matrix(self, writer: str) -> Path:
        return self.folder / f"{writer}.npy"

    def _numbers(self, writer: str) -> Path:
        return self.folder / f"{writer}.numbers.npy"

    def _numbered(self, state: State) -> Numbered | None:
        """Return the vectors as they were last loaded, with their numbers; None where they are not there."""
        try:
            return np.load(self._numbers(state.writer)), self.matrix(state)
        except (OSError, ValueError, EOFError):
            return None

    def _stamp(self, name: str) -> str:
        """Return what changes when somebody writes into Chroma's own folder."""
        try:
            found = (self.folder / name / "chroma.sqlite3").stat()
        except OSError:
            return ""
        return f"{found.st_size} {found.st_mtime_ns}"

    def _collection(self, name: str, embedder: Embedder) -> Collection:
        from assistant.search.chroma_collection import Collection

        self._marker.touch()
        collection = Collection(self.folder / name, embedder)
        collection.count()
        self._marker.unlink()
        return collection

    def _rebuilt(self, store: Store, embedder: Embedder) -> State:
        """Build a new folder from the store and make it the one in use."""
        from assistant.search.chroma_collection import FAILURES

        self._clear()
        name = uuid.uuid4().hex[:12]
        try:
            collection = self._collection(name, embedder)
            fill(collection, store)
            return self._settled(collection, name, store, embedder)
        except FAILURES as error:
            raise IndexFault(f"语义索引建不起来（{error}）", "请检查磁盘空间和权限，或用关键词查找") from None

    def _clear(self) -> None:
        shutil.rmtree(self.folder, ignore_errors=True)
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            self._marker.unlink(missing_ok=True)
        except OSError as error:
            raise IndexFault(
                f"语义索引“{self.folder}”不可写（{error.strerror}）", "请检查文件夹权限"
            ) from None

    def _settled(
        self,
        collection: Collection,
        name: str,
        store: Store,
        embedder: Embedder,
        before: Numbered | None = None,
    ) -> State:
        """Load the vectors from Chroma, keep them, and say that the index is whole.

        Of vectors that are known from `before`, when Chroma was last whole and untouched, only the new are loaded.
        """
        from assistant.search.chroma_collection import VERSION

        wanted = np.asarray(store.numbers(), dtype=np.int64)
        numbers, matrix = _joined(before, collection, wanted) if before else collection.vectors()
        collection.close()
        if not np.array_equal(numbers, wanted):
            raise RuntimeError("the vectors are not those of the library")
        state = State(
            folder=name,
            identity=store.identity,
            contents=store.contents,
            model=embedder.id,
            count=len(numbers),
            writer=uuid.uuid4().hex,
            stamp=self._stamp(name),
            chroma=VERSION,
            ready=True,
        )
        np.save(self._matrix(state.writer), matrix)
        np.save(self._numbers(state.writer), numbers)
        self.write(state)
        for other in self.folder.glob("*.npy"):
            if not other.name.startswith(state.writer):
                other.unlink(missing_ok=True)
        return state


def _joined(before: Numbered, collection: Collection, wanted: Numbers) -> Numbered:
    """Return the vectors of the wanted numbers: those that were loaded before, and the new ones from Chroma."""
    kept = np.isin(before[0], wanted)
    new = np.setdiff1d(wanted, before[0])
    parts = [(before[0][kept], before[1][kept])]
    parts += [collection.vectors(new[start : start + _PART].tolist()) for start in range(0, len(new), _PART)]
    numbers = np.concatenate([part[0] for part in parts])
    order = np.argsort(numbers)
    return numbers[order], np.concatenate([part[1] for part in parts if len(part[0])])[order]


def fill(collection: Collection, store: Store, there: set[int] | None = None) -> int:
    """Remove from a collection what the store has no more, add what it has new, and return how many there are.

    `there` is what the collection is known to hold; it is asked where that is not known.
    """
    wanted, there = store.numbers(), collection.ids() if there is None else there
    collection.remove(sorted(there.difference(wanted)))
    _put(collection, store, sorted(set(wanted) - there))
    if collection.count() != len(wanted):
        raise RuntimeError("the index does not hold what was put in")
    return len(wanted)


def _put(collection: Collection, store: Store, numbers: Sequence[int]) -> None:
    """Add the chunks of those numbers with their vectors from the store, some at a time."""
    for start in range(0, len(numbers), _PART):
        part = numbers[start : start + _PART]
        marks = [
            {"document": item.document, "section": item.chunk.section.value} for item in store.chunks(part)
        ]
        collection.put(part, store.vectors(part)[1], marks)
