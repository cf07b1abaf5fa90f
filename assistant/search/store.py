"""The library's own database (SQLite): documents, chunks, vectors, and what the users corrected.

It is the truth from which every other index is derived. Each document is replaced or deleted in one
transaction, and each such transaction raises the generation by one. It knows nothing about ranking.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from assistant.domain.base import Frozen
from assistant.domain.passage import SectionKind
from assistant.errors import IndexFault, IndexMissing, OutputError
from assistant.library.chunks import Chunk

Vectors = NDArray[np.float32]

FILE_NAME = "library.sqlite"
#: Raise it when the tables or the way that files are read change: an older index must be rebuilt.
SCHEMA = "1"
_TABLES = """
CREATE TABLE IF NOT EXISTS meta (key TEXT PRIMARY KEY, value TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS edits (
    source TEXT NOT NULL, field TEXT NOT NULL, value TEXT NOT NULL, PRIMARY KEY (source, field));
CREATE TABLE IF NOT EXISTS documents (
    id INTEGER PRIMARY KEY AUTOINCREMENT, root TEXT NOT NULL, source TEXT NOT NULL, sha256 TEXT NOT NULL,
    mtime REAL NOT NULL, title TEXT NOT NULL, unit_name TEXT NOT NULL, year INTEGER, kind TEXT NOT NULL,
    region TEXT NOT NULL, verdict TEXT NOT NULL, paragraphs INTEGER NOT NULL, tables INTEGER NOT NULL,
    sections INTEGER NOT NULL, why TEXT NOT NULL,
    UNIQUE (root, source));
CREATE TABLE IF NOT EXISTS chunks (
    id INTEGER PRIMARY KEY AUTOINCREMENT, document INTEGER NOT NULL REFERENCES documents ON DELETE CASCADE,
    key TEXT NOT NULL, first INTEGER NOT NULL, last INTEGER NOT NULL, text TEXT NOT NULL,
    heading TEXT NOT NULL, section TEXT NOT NULL, scope TEXT NOT NULL, is_row INTEGER NOT NULL,
    vector BLOB NOT NULL);
CREATE INDEX IF NOT EXISTS chunks_of_document ON chunks (document);
"""


class StoredDocument(Frozen):
    """A document of the library (往年报告) as it was read; `source` is relative to `root`."""

    id: int = 0
    root: str
    source: str
    sha256: str
    mtime: float = 0.0
    title: str = ""
    unit_name: str = ""
    year: int | None = None
    kind: str = ""
    region: str = ""
    verdict: str = ""
    paragraphs: int = 0
    tables: int = 0
    sections: int = 0
    why: str = ""


class StoredChunk(Frozen):
    """A chunk with its number in the database and the number of its document."""

    id: int
    document: int
    chunk: Chunk


#: What a user may correct of a document.
EDITABLE = ("title", "unit_name", "year", "kind", "region")


class Store:
    """One database file. `create` makes it where it is missing; else IndexMissing."""

    def __init__(self, folder: Path, *, create: bool = False) -> None:
        self.path = folder / FILE_NAME
        if create:
            make_folder(folder)
        elif not self.path.exists():
            raise IndexMissing(folder)
        self._connection = self._open()

    def _open(self) -> sqlite3.Connection:
        try:
            connection = sqlite3.connect(self.path, timeout=10, check_same_thread=False, isolation_level=None)
            connection.row_factory = sqlite3.Row
            connection.execute("PRAGMA journal_mode=WAL")
            connection.execute("PRAGMA synchronous=NORMAL")
            connection.execute("PRAGMA foreign_keys=ON")
            connection.executescript(_TABLES)
        except sqlite3.Error as error:
            raise _fault(self.path, error) from None
        return connection

    def close(self) -> None:
        """Close the database."""
        self._connection.close()

    @contextmanager
    def _transaction(self) -> Iterator[sqlite3.Connection]:
        """Run one transaction that raises the generation; nothing of it stays where it fails."""
        try:
            self._connection.execute("BEGIN IMMEDIATE")
            yield self._connection
            self._connection.execute(
                "INSERT INTO meta VALUES ('generation', '1') "
                "ON CONFLICT (key) DO UPDATE SET value = CAST(value AS INTEGER) + 1"
            )
            self._connection.execute("COMMIT")
        except sqlite3.Error as error:
            raise _fault(self.path, error) from None
        finally:
            if self._connection.in_transaction:
                self._connection.execute("ROLLBACK")

    def _rows(self, statement: str, values: Sequence[object] = ()) -> list[sqlite3.Row]:
        try:
            return self._connection.execute(statement, tuple(values)).fetchall()
        except sqlite3.Error as error:
            raise _fault(self.path, error) from None

    def meta(self, key: str) -> str:
        """Return a remembered value, "" where there is none."""
        found = self._rows("SELECT value FROM meta WHERE key = ?", (key,))
        return str(found[0]["value"]) if found else ""

    def remember(self, values: Mapping[str, str]) -> None:
        """Keep values by key, replacing older ones."""
        with self._transaction() as connection:
            connection.executemany("INSERT OR REPLACE INTO meta VALUES (?, ?)", list(values.items()))

    @property
    def generation(self) -> int:
        """How many times the library has changed."""
        return int(self.meta("generation") or 0)

    def documents(self) -> tuple[StoredDocument, ...]:
        """Return every document, what the users corrected put in, ordered by source."""
        edits: dict[str, dict[str, str]] = {}
        for line in self._rows("SELECT source, field, value FROM edits"):
            edits.setdefault(line["source"], {})[line["field"]] = line["value"]
        found = [
            StoredDocument(**dict(line))
            for line in self._rows("SELECT * FROM documents ORDER BY source, root")
        ]
        return tuple(_corrected(document, edits.get(document.source, {})) for document in found)

    def chunks(self) -> tuple[StoredChunk, ...]:
        """Return every chunk in order of the database."""
        statement = "SELECT id, document, key, first, last, text, heading, section, scope, is_row FROM chunks ORDER BY id"
        return tuple(_stored(line) for line in self._rows(statement))

    def vectors(self) -> tuple[list[int], Vectors]:
        """Return the numbers of all chunks and their vectors, a row each, in order of the database."""
        lines = self._rows("SELECT id, vector FROM chunks ORDER BY id")
        if not lines:
            return [], np.zeros((0, 0), dtype=np.float32)
        matrix = np.stack([np.frombuffer(line["vector"], dtype=np.float32) for line in lines])
        return [int(line["id"]) for line in lines], matrix

    def texts(self) -> list[tuple[int, str, str]]:
        """Return the number of every chunk, the title of its document, and its words."""
        statement = "SELECT chunks.id, title, text FROM chunks JOIN documents ON documents.id = document ORDER BY chunks.id"
        return [(int(line["id"]), str(line["title"]), str(line["text"])) for line in self._rows(statement)]

    def count(self) -> int:
        """Return how many chunks there are."""
        return int(self._rows("SELECT count(*) AS held FROM chunks")[0]["held"])

    def health(self) -> str:
        """Return what the database says of its own state."""
        found = [str(line[0]) for line in self._rows("PRAGMA integrity_check")]
        return "正常" if found == ["ok"] else "；".join(found[:3])

    def put(self, document: StoredDocument, chunks: Sequence[Chunk], vectors: Vectors) -> None:
        """Add a document or replace the one of the same root and source, in one transaction."""
        with self._transaction() as connection:
            connection.execute(
                "DELETE FROM documents WHERE root = ? AND source = ?", (document.root, document.source)
            )
            values = document.model_dump(exclude={"id"})
            marks = ", ".join("?" for _ in values)
            made = connection.execute(
                f"INSERT INTO documents ({', '.join(values)}) VALUES ({marks})", tuple(values.values())
            )
            connection.executemany(
                "INSERT INTO chunks (document, key, first, last, text, heading, section, scope, is_row, vector) "
                "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                [_values(made.lastrowid, *pair) for pair in zip(chunks, vectors, strict=True)],
            )

    def replace_vectors(self, numbers: Sequence[int], vectors: Vectors) -> None:
        """Give chunks new vectors (another model) in one transaction."""
        lines = [(vector.astype(np.float32).tobytes(), n) for n, vector in zip(numbers, vectors, strict=True)]
        with self._transaction() as connection:
            connection.executemany("UPDATE chunks SET vector = ? WHERE id = ?", lines)

    def delete(self, numbers: Sequence[int]) -> None:
        """Delete documents with all their chunks in one transaction."""
        with self._transaction() as connection:
            connection.executemany("DELETE FROM documents WHERE id = ?", [(number,) for number in numbers])

    def edit(self, source: str, field: str, value: str) -> None:
        """Keep a user's correction of a document; "" takes it back. It survives a rebuild."""
        if field not in EDITABLE:
            raise KeyError(field)
        with self._transaction() as connection:
            connection.execute("DELETE FROM edits WHERE source = ? AND field = ?", (source, field))
            if value:
                connection.execute("INSERT INTO edits VALUES (?, ?, ?)", (source, field, value))

    def clear(self) -> None:
        """Delete all documents and what is remembered of the model; users' corrections stay."""
        with self._transaction() as connection:
            connection.execute("DELETE FROM documents")
            connection.execute("DELETE FROM meta WHERE key IN ('model', 'model_name', 'schema')")


def _values(document: int | None, chunk: Chunk, vector: Vectors) -> tuple[object, ...]:
    heading = json.dumps(chunk.heading, ensure_ascii=False)
    place = (document, chunk.id, chunk.first, chunk.last)
    blob = vector.astype(np.float32).tobytes()
    return (*place, chunk.text, heading, chunk.section.value, chunk.scope, int(chunk.is_row), blob)


def _stored(line: sqlite3.Row) -> StoredChunk:
    chunk = Chunk(
        id=line["key"],
        first=line["first"],
        last=line["last"],
        text=line["text"],
        heading=tuple(json.loads(line["heading"])),
        section=SectionKind(line["section"]),
        scope=line["scope"],
        is_row=bool(line["is_row"]),
    )
    return StoredChunk(id=line["id"], document=line["document"], chunk=chunk)


def _corrected(document: StoredDocument, edits: Mapping[str, str]) -> StoredDocument:
    changes: dict[str, object] = {key: value for key, value in edits.items() if key != "year"}
    if edits.get("year", "").isdecimal():
        changes["year"] = int(edits["year"])
    return document.model_copy(update=changes)


def make_folder(folder: Path) -> None:
    """Make the folder of a library; OutputError where nothing can be written into it."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        probe = folder / ".writable"
        probe.touch()
        probe.unlink()
    except OSError as error:
        raise OutputError(folder, error.strerror or "不可写") from None


def _fault(path: Path, error: sqlite3.Error) -> IndexFault:
    reason = str(error)
    if "readonly" in reason or "unable to open" in reason:
        return IndexFault(f"资料库“{path}”不可写或打不开（{reason}）", "请检查文件夹权限")
    return IndexFault(f"资料库“{path}”已损坏或不可用（{reason}）", "请运行 zhiji index --rebuild 重建")
