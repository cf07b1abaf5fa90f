"""Semantic search: nearest vectors by Chroma, which is built from the store and never the truth.

Chroma bears one process at a time, keeps old vectors in memory, and may break when killed while it
writes. So every opening, writing and asking is done under a file lock; a folder that was being written or
opened when its process died is thrown away and built anew from the store; and whoever finds that another
process has written opens the folder again. This module knows nothing about words.
"""

from __future__ import annotations

import json
import shutil
import threading
import uuid
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from filelock import FileLock, Timeout

from assistant.domain.base import Frozen
from assistant.errors import IndexBusy, IndexFault
from assistant.search.embedding import Embedder, Vectors
from assistant.search.store import Store

if TYPE_CHECKING:
    from assistant.search.chroma_collection import Collection

#: Seconds to wait for another process at the vectors.
PATIENCE = 60.0


class _State(Frozen):
    """What the folder of vectors was last known to be; `writer` changes with every writing."""

    folder: str
    generation: int
    model: str
    count: int
    writer: str
    ready: bool


class VectorIndex:
    """The derived index of one library."""

    def __init__(self, folder: Path, *, patience: float = PATIENCE) -> None:
        self.folder = folder / "chroma"
        self.patience = patience
        self._lock = FileLock(folder / "chroma.lock")
        self._thread = threading.RLock()
        self._open: Collection | None = None
        self._opened: _State | None = None

    def close(self) -> None:
        """Let go of the folder."""
        with self._thread:
            if self._open is not None:
                self._open.close()
            self._open, self._opened = None, None

    def nearest(
        self,
        store: Store,
        embedder: Embedder,
        vector: Vectors,
        limit: int,
        where: dict[str, Any] | None = None,
    ) -> dict[int, float]:
        """Return the cosine of the nearest chunks by their number; brings the index up to date first."""
        from assistant.search.chroma_collection import FAILURES

        with self._held():
            collection = self._current(store, embedder)
            try:
                return collection.nearest(vector, limit, where)
            except FAILURES:
                collection = self._rebuilt(store, embedder)
                return collection.nearest(vector, limit, where)

    def update(self, store: Store, embedder: Embedder, *, rebuild: bool = False) -> None:
        """Bring the index up to date with the store."""
        with self._held():
            if rebuild:
                self._rebuilt(store, embedder)
            else:
                self._current(store, embedder)

    def state(self) -> str:
        """Return in a word how the index stands: 未建立, 未完成, or 正常."""
        state = self._read()
        if state is None:
            return "未建立"
        return "正常" if state.ready else "未完成，下次查找时重建"

    @contextmanager
    def _held(self) -> Iterator[None]:
        try:
            with self._thread, self._lock.acquire(timeout=self.patience):
                yield
        except Timeout:
            raise IndexBusy(self.folder.parent) from None

    def _current(self, store: Store, embedder: Embedder) -> Collection:
        """Return the collection as of the store's generation."""
        from assistant.search.chroma_collection import FAILURES

        state = self._read()
        if state is None or not state.ready or state.model != embedder.id or self._marker.exists():
            return self._rebuilt(store, embedder)
        try:
            collection = self._opened_at(state, embedder)
            if state.generation == store.generation and collection.count() == state.count:
                return collection
            return self._brought_up(collection, state, store)
        except FAILURES:
            return self._rebuilt(store, embedder)

    @property
    def _marker(self) -> Path:
        """Stands while a folder is being opened: a process that died then left it."""
        return self.folder / "opening"

    def _opened_at(self, state: _State, embedder: Embedder) -> Collection:
        """Return the open collection, opened afresh where another process has written since."""
        if self._open is not None and self._opened is not None and self._opened.writer == state.writer:
            return self._open
        self.close()
        self._open = self._collection(state.folder, embedder)
        self._opened = state
        return self._open

    def _collection(self, name: str, embedder: Embedder) -> Collection:
        from assistant.search.chroma_collection import Collection

        self._marker.touch()
        collection = Collection(self.folder / name, embedder)
        collection.count()
        self._marker.unlink()
        return collection

    def _brought_up(self, collection: Collection, state: _State, store: Store) -> Collection:
        """Remove what the store has no more and add what it has new."""
        generation = store.generation
        wanted, there = {item.id for item in store.chunks()}, collection.ids()
        self._write(state.model_copy(update={"ready": False}))
        collection.remove(sorted(there - wanted))
        _put(collection, store, sorted(wanted - there))
        if collection.count() != len(wanted):
            raise RuntimeError("count differs")
        self._settle(state.folder, generation, state.model, len(wanted))
        return collection

    def _rebuilt(self, store: Store, embedder: Embedder) -> Collection:
        """Build a new folder from the store and make it the one in use."""
        from assistant.search.chroma_collection import FAILURES

        self.close()
        self._clear()
        name, generation = uuid.uuid4().hex[:12], store.generation
        try:
            collection = self._collection(name, embedder)
            numbers = [item.id for item in store.chunks()]
            _put(collection, store, numbers)
        except FAILURES as error:
            raise IndexFault(f"语义索引建不起来（{error}）", "请检查磁盘空间和权限，或用关键词查找") from None
        self._open = collection
        self._settle(name, generation, embedder.id, len(numbers))
        return collection

    def _clear(self) -> None:
        if self.folder.exists():
            shutil.rmtree(self.folder, ignore_errors=True)
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            self._marker.unlink(missing_ok=True)
        except OSError as error:
            raise IndexFault(
                f"语义索引“{self.folder}”不可写（{error.strerror}）", "请检查文件夹权限"
            ) from None

    def _settle(self, folder: str, generation: int, model: str, count: int) -> None:
        state = _State(
            folder=folder,
            generation=generation,
            model=model,
            count=count,
            writer=uuid.uuid4().hex,
            ready=True,
        )
        self._write(state)
        self._opened = state

    def _write(self, state: _State) -> None:
        draft = self.folder / "state.draft"
        draft.write_text(state.model_dump_json(), "utf-8")
        draft.replace(self.folder / "state.json")

    def _read(self) -> _State | None:
        path = self.folder / "state.json"
        try:
            return _State(**json.loads(path.read_text("utf-8")))
        except (OSError, ValueError, TypeError):
            return None


def _put(collection: Collection, store: Store, numbers: Sequence[int]) -> None:
    """Add the chunks of those numbers with their vectors from the store."""
    if not numbers:
        return
    wanted = set(numbers)
    chunks = [item for item in store.chunks() if item.id in wanted]
    ids, matrix = store.vectors()
    rows = [row for row, number in enumerate(ids) if number in wanted]
    marks = [{"document": item.document, "section": item.chunk.section.value} for item in chunks]
    collection.put([item.id for item in chunks], matrix[rows], [item.chunk.text for item in chunks], marks)
