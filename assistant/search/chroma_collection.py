"""The Chroma collection, opened through LangChain, and our embedding as LangChain knows one.

Importing this module loads chromadb, which is heavy: it is imported where it is first needed. Vectors come
in ready made; nothing here looks anything up outside the folder.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import chromadb
from chromadb.config import Settings as ChromaSettings
from chromadb.errors import ChromaError
from langchain_chroma import Chroma
from langchain_core.embeddings import Embeddings

from assistant.search.embedding import Embedder, Vectors

COLLECTION = "passages"
#: stack: the default space is l2, and the defaults lose neighbours from some ten thousand rows on.
CONFIGURATION = {"hnsw": {"space": "cosine", "ef_search": 400, "ef_construction": 400, "max_neighbors": 32}}
BATCH = 2000
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
    """One open folder of Chroma."""

    def __init__(self, folder: Path, embedder: Embedder | None = None) -> None:
        quiet = ChromaSettings(anonymized_telemetry=False, is_persistent=True)
        self._client = chromadb.PersistentClient(path=str(folder.resolve()), settings=quiet)
        self._raw = self._client.get_or_create_collection(
            COLLECTION,
            configuration=CONFIGURATION,
            embedding_function=None,
        )
        self.store = Chroma(
            client=self._client,
            collection_name=COLLECTION,
            embedding_function=LangChainEmbeddings(embedder) if embedder else None,
            collection_configuration=CONFIGURATION,
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

    def put(
        self, ids: Sequence[int], vectors: Vectors, texts: Sequence[str], marks: Sequence[Mapping[str, Any]]
    ) -> None:
        """Add vectors with the words and marks of their chunks."""
        for start in range(0, len(ids), BATCH):
            part = slice(start, start + BATCH)
            self._raw.upsert(
                ids=[str(number) for number in ids[part]],
                embeddings=vectors[part],
                documents=list(texts[part]),
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
