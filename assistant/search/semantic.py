"""Semantic search: the cosine of chunks, from Chroma, which is built from the store and never the truth.

In a folder of our own Chroma holds the vectors and exact search answers from all of them, as they were last
loaded from it: faster than its graph and never wrong. On a server Chroma itself answers. Chroma bears one
process at a time and may break when killed while it writes, so every opening and writing is done under a
file lock, and a folder that was being written or opened when its process died is built anew from the store.
This module knows nothing about words.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from filelock import FileLock, Timeout

from assistant.errors import IndexBusy, IndexFault, VectorServerFault
from assistant.search.chroma_folder import ChromaFolder, Outdated, State, fill, is_usable
from assistant.search.embedding import Embedder, Vectors, products
from assistant.search.hybrid import Scores, Wish
from assistant.search.store import Store

if TYPE_CHECKING:
    from assistant.search.chroma_collection import Collection

#: Seconds to wait for another process at the vectors.
PATIENCE = 60.0
#: From this share of admitted chunks on it is quicker to take the products of all.
_MOST = 0.4


class VectorIndex:
    """The derived index of one library: in its folder, or on the server at `url`."""

    def __init__(self, folder: Path, *, url: str = "", patience: float = PATIENCE) -> None:
        self.folder = folder / ("chroma-server" if url else "chroma")
        self.url = url
        self.patience = patience
        self._lock = FileLock(folder / "chroma.lock")
        self._thread = threading.RLock()
        self._files = ChromaFolder(self.folder)
        self._served: Collection | None = None
        self._matrix: tuple[str, Vectors] = ("", np.zeros((0, 0), dtype=np.float32))

    def close(self) -> None:
        """Let go of what is open."""
        with self._thread:
            if self._served is not None:
                self._served.close()
            self._served = None
            self._matrix = ("", np.zeros((0, 0), dtype=np.float32))

    def cosines(self, store: Store, embedder: Embedder, wish: Wish) -> Scores:
        """Answer a wish for the chunks of the store in order of their numbers; brings the index up to date first."""
        if self.url:
            return self._from_server(store, embedder, wish)
        matrix = self._current(store, embedder)
        cosines = np.zeros(len(wish.admitted), dtype=np.float32)
        rows = np.flatnonzero(wish.admitted)
        if len(rows) > _MOST * len(cosines):
            cosines = products(matrix, wish.vector)
            cosines[~wish.admitted] = 0
        elif len(rows):
            cosines[rows] = products(matrix[rows], wish.vector)
        return cosines

    def update(self, store: Store, embedder: Embedder, *, rebuild: bool = False) -> None:
        """Bring the index up to date with the store."""
        if self.url:
            with self._held():
                self._collection(store, embedder, rebuild=rebuild)
        else:
            self._current(store, embedder, rebuild=rebuild)

    def state(self) -> str:
        """Return in a word how the index stands: 未建立, 未完成, or 正常."""
        if not self.url and not is_usable():
            return "本机 SQLite 过旧，Chroma 不能用；由资料库自身的向量查找"
        state = self._files.read()
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

    def _current(self, store: Store, embedder: Embedder, *, rebuild: bool = False) -> Vectors:
        """Return the vectors that Chroma holds for the store's contents, in order of the chunks' numbers."""
        if not is_usable():
            return self._from_store(store)
        state = self._files.read()
        if state is not None and not rebuild and self._files.is_fresh(state, store, embedder):
            with suppress(OSError, ValueError, EOFError):
                return self._loaded(state)
        with self._held():
            state = self._files.read()
            if state is not None and not rebuild and self._files.is_fresh(state, store, embedder):
                with suppress(OSError, ValueError, EOFError):
                    return self._loaded(state)
            return self._loaded(self._files.bring_up(store, embedder, rebuild=rebuild))

    def _loaded(self, state: State) -> Vectors:
        if self._matrix[0] == state.writer:
            return self._matrix[1]
        matrix = self._files.matrix(state)
        self._matrix = (state.writer, matrix)
        return matrix

    def _from_store(self, store: Store) -> Vectors:
        """Return the vectors of the database itself: the way out where Chroma cannot run."""
        mark = f"store {store.contents}"
        if self._matrix[0] != mark:
            self._matrix = (mark, store.vectors()[1])
        return self._matrix[1]

    def _from_server(self, store: Store, embedder: Embedder, wish: Wish) -> Scores:
        from assistant.search.chroma_collection import FAILURES, LOST

        cosines = np.zeros(len(wish.admitted), dtype=np.float32)
        numbers = np.asarray(store.numbers(), dtype=np.int64)
        with self._held():
            try:
                found = self._asked(store, embedder, wish)
            except LOST:
                raise VectorServerFault(self.url, "连接中断") from None
            except FAILURES as error:
                raise IndexFault(f"Chroma 服务没有答复（{error}）", "请运行 zhiji doctor --fix") from None
        places = np.searchsorted(numbers, list(found))
        cosines[places] = list(found.values())
        cosines[wish.also] = (
            store.vectors(numbers[wish.also].tolist())[1] @ wish.vector if len(wish.also) else 0
        )
        cosines[~wish.admitted] = 0
        return cosines

    def _asked(self, store: Store, embedder: Embedder, wish: Wish) -> dict[int, float]:
        """Return what the server finds; a collection that fails is built anew once."""
        from assistant.search.chroma_collection import FAILURES

        limit, where = min(wish.limit, len(wish.admitted)), wish.where()
        try:
            return self._collection(store, embedder).nearest(wish.vector, limit, where)
        except FAILURES:
            return self._collection(store, embedder, rebuild=True).nearest(wish.vector, limit, where)

    def _collection(self, store: Store, embedder: Embedder, *, rebuild: bool = False) -> Collection:
        """Return the library's collection on the server as of the store's contents."""
        from assistant.search.chroma_collection import LOST, Collection

        name, state = f"zhiji-{store.identity}", self._files.read()
        known = state is not None and state.is_of(store, embedder) and state.folder == self.url
        if state is not None and known and state.contents > store.contents:
            raise Outdated
        try:
            if rebuild or not known or self._served is None:
                self._served = Collection(self.url, embedder, name, anew=rebuild or not known)
            count = self._served.count()
            if state is None or not known or (state.contents, state.count) != (store.contents, count):
                self._files.write(self._state(store, embedder))
                count = fill(self._served, store)
                self._files.write(self._state(store, embedder, count=count, ready=True))
        except LOST:
            self._served = None
            raise VectorServerFault(self.url, "连接中断") from None
        return self._served

    def _state(self, store: Store, embedder: Embedder, *, count: int = 0, ready: bool = False) -> State:
        return State(
            folder=self.url,
            identity=store.identity,
            contents=store.contents,
            model=embedder.id,
            count=count,
            ready=ready,
        )
