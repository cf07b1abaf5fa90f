"""The Chroma collection, opened through LangChain, and our embedding as LangChain knows one.

Importing this module loads chromadb, which is heavy: it is imported where it is first needed. Vectors come
in ready made; the words of the chunks stay in the library's database, so that nothing that was deleted there
stands here. Nothing is looked up outside the folder, or the server that the user named.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import chromadb
import numpy as np
from chromadb.api import ClientAPI
from chromadb.config import Settings as ChromaSettings
from chromadb.errors import ChromaError
from httpx import HTTPError
from langchain_chroma import Chroma
from langchain_core.embeddings import Embeddings
from numpy.typing import NDArray

from assistant.errors import VectorServerFault
from assistant.search.embedding import Embedder, Vectors

VERSION = str(chromadb.__version__)
COLLECTION = "passages"
#: stack: the default space is l2, and the defaults lose neighbours from some ten thousand rows on. In a folder
#: of our own the neighbours are found by exact search, so that the graph may be a light one.
SERVED = {"hnsw": {"space": "cosine", "ef_search": 400, "ef_construction": 400, "max_neighbors": 32}}
OWN = {"hnsw": {"space": "cosine", "ef_search": 100, "ef_construction": 100, "max_neighbors": 16}}
BATCH = 2000
Numbers = NDArray[np.int64]
#: What a server raises that went away.
LOST = (HTTPError,)
#: What a broken folder raises.
FAILURES = (ChromaError, ValueError, RuntimeError, OSError, KeyError, TypeError)


class LangChainEmbeddings(Embeddings):
    """Our embedder behind LangChain's interface."""

    def __init__(self, embedder: Embedder) -> None:
        self.embedder = embedder

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        """Return a vector a text."""
        return [[float(value) for value in row] for row in self.embedder.encode(texts)]

    def embed_query(self, text: str) -> list[float]:
        """Return the vector of a question."""
        return self.embed_documents([text])[0]


class Collection:
    """One open collection: of a folder of our own, or on a server."""

    def __init__(
        self,
        place: Path | str,
        embedder: Embedder | None = None,
        name: str = COLLECTION,
        *,
        anew: bool = False,
    ) -> None:
        self._client = _served(place) if isinstance(place, str) else _own(place)
        settings = SERVED if isinstance(place, str) else OWN
        if anew and name in {item.name for item in self._client.list_collections()}:
            self._client.delete_collection(name)
        self._raw = self._client.get_or_create_collection(
            name, configuration=settings, embedding_function=None
        )
        self.store = Chroma(
            client=self._client,
            collection_name=name,
            embedding_function=LangChainEmbeddings(embedder) if embedder else None,
            collection_configuration=settings,
        )

    def close(self) -> None:
        """Let the folder go, so that the next opening reads it afresh."""
        self._client.close()

    def count(self) -> int:
        """How many vectors there are."""
        return int(self._raw.count())

    def ids(self) -> set[int]:
        """Return the numbers of the chunks whose vectors are there."""
        return {int(key) for key in self._raw.get(include=[])["ids"]}

    def vectors(self, ids: Sequence[int] | None = None) -> tuple[Numbers, Vectors]:
        """Return the numbers of all chunks, or of those asked for, ascending, and their vectors, a row each."""
        held = self._raw.get(
            ids=None if ids is None else [str(number) for number in ids], include=["embeddings"]
        )
        numbers = np.asarray([int(key) for key in held["ids"]], dtype=np.int64)
        if not len(numbers):
            return numbers, np.zeros((0, 0), dtype=np.float32)
        order = np.argsort(numbers)
        return numbers[order], np.nan_to_num(np.asarray(held["embeddings"], dtype=np.float32))[order]

    def put(self, ids: Sequence[int], vectors: Vectors, marks: Sequence[Mapping[str, Any]]) -> None:
        """Add vectors with the marks of their chunks; a chunk's number stands where others keep its words."""
        for start in range(0, len(ids), BATCH):
            part = slice(start, start + BATCH)
            keys = [str(number) for number in ids[part]]
            self._raw.upsert(
                ids=keys,
                embeddings=vectors[part],
                documents=keys,
                metadatas=[dict(mark) for mark in marks[part]],
            )

    def remove(self, ids: Sequence[int]) -> None:
        """Remove vectors."""
        for start in range(0, len(ids), BATCH):
            self._raw.delete(ids=[str(number) for number in ids[start : start + BATCH]])

    def nearest(self, vector: Vectors, limit: int, where: dict[str, Any] | None) -> dict[int, float]:
        """Return the cosine of the nearest chunks by their number."""
        found = self.store.similarity_search_by_vector_with_relevance_scores(
            embedding=[float(value) for value in vector], k=limit, filter=where
        )
        return {int(document.id or 0): 1.0 - float(distance) for document, distance in found}


def _own(folder: Path) -> ClientAPI:
    quiet = ChromaSettings(anonymized_telemetry=False, is_persistent=True)
    return chromadb.PersistentClient(path=str(folder.resolve()), settings=quiet)


def _served(url: str) -> ClientAPI:
    """Return the client of a server; VectorServerFault where it is away, is none of Chroma's, or is of another version."""
    parts = urlsplit(url)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise VectorServerFault(url, "地址应写成 http://主机:端口")
    try:
        client = chromadb.HttpClient(
            host=parts.hostname,
            port=parts.port or (443 if parts.scheme == "https" else 8000),
            ssl=parts.scheme == "https",
            settings=ChromaSettings(anonymized_telemetry=False),
        )
        version = str(client.get_version())
    except (*LOST, OSError):
        raise VectorServerFault(url, "连不上，服务可能没有启动") from None
    except (ChromaError, ValueError, KeyError, TypeError) as error:
        if "Could not connect" in str(error):
            raise VectorServerFault(url, "连不上，服务可能没有启动") from None
        raise VectorServerFault(url, "这个端口上运行的不是 Chroma 服务，可能已被别的程序占用") from None
    check_version(url, version)
    return client


def check_version(url: str, version: str) -> None:
    """Refuse a server that speaks another version of Chroma's protocol than version 1 and later."""
    if version.split(".")[0] != VERSION.split(".")[0]:
        raise VectorServerFault(url, f"服务的版本为 {version}，本机组件为 {VERSION}，两者不兼容")
