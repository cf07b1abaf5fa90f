"""The rows of the library's database as values: documents, chunks, and the groups of one report's versions.

Also the tables that hold them. It opens no file.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from assistant.domain.base import Frozen
from assistant.domain.passage import SectionKind
from assistant.library.chunks import Chunk

Vectors = NDArray[np.float32]

FILE_NAME = "library.sqlite"
#: Raise it when the tables or the way that files are read change: an older index must be rebuilt.
SCHEMA = "4"
TABLES = """
CREATE TABLE IF NOT EXISTS meta (key TEXT PRIMARY KEY, value TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS corrections (
    place TEXT NOT NULL, sha256 TEXT NOT NULL, field TEXT NOT NULL, value TEXT NOT NULL, PRIMARY KEY (place, field));
CREATE TABLE IF NOT EXISTS documents (
    id INTEGER PRIMARY KEY AUTOINCREMENT, root TEXT NOT NULL, source TEXT NOT NULL, sha256 TEXT NOT NULL,
    mtime REAL NOT NULL, title TEXT NOT NULL, unit_name TEXT NOT NULL, year INTEGER, kind TEXT NOT NULL,
    region TEXT NOT NULL, project TEXT NOT NULL, evidence TEXT NOT NULL, verdict TEXT NOT NULL, paragraphs INTEGER NOT NULL, tables INTEGER NOT NULL,
    sections INTEGER NOT NULL, why TEXT NOT NULL, figures TEXT NOT NULL,
    UNIQUE (root, source));
CREATE TABLE IF NOT EXISTS chunks (
    id INTEGER PRIMARY KEY AUTOINCREMENT, document INTEGER NOT NULL REFERENCES documents ON DELETE CASCADE,
    key TEXT NOT NULL, first INTEGER NOT NULL, last INTEGER NOT NULL, text TEXT NOT NULL,
    heading TEXT NOT NULL, section TEXT NOT NULL, scope TEXT NOT NULL, is_row INTEGER NOT NULL,
    pair INTEGER NOT NULL);
CREATE INDEX IF NOT EXISTS chunks_of_document ON chunks (document);
CREATE TABLE IF NOT EXISTS vectors (
    chunk INTEGER PRIMARY KEY REFERENCES chunks ON DELETE CASCADE, vector BLOB NOT NULL, sentences BLOB NOT NULL);
CREATE TABLE IF NOT EXISTS sketches (
    document INTEGER PRIMARY KEY REFERENCES documents ON DELETE CASCADE, hashes BLOB NOT NULL);
CREATE TABLE IF NOT EXISTS alike (
    one INTEGER NOT NULL REFERENCES documents ON DELETE CASCADE,
    other INTEGER NOT NULL REFERENCES documents ON DELETE CASCADE, PRIMARY KEY (one, other));
CREATE INDEX IF NOT EXISTS alike_others ON alike (other);
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
    project: str = ""
    evidence: str = "{}"
    verdict: str = ""
    paragraphs: int = 0
    tables: int = 0
    sections: int = 0
    why: str = ""
    figures: str = ""
    newest: bool = True
    alike: tuple[str, ...] = ()

    @property
    def place(self) -> str:
        """Where the file lies."""
        return str(Path(self.root) / self.source)


#: What of a document is no column of the database: it follows from the other documents.
DERIVED = {"id", "newest", "alike"}


class StoredChunk(NamedTuple):
    """A chunk with its number in the database and the number of its document."""

    id: int
    document: int
    chunk: Chunk


class Columns(NamedTuple):
    """What filters ask of every chunk, an array each, in order of the chunks' numbers; and the words to index."""

    ids: NDArray[np.int64]
    documents: NDArray[np.int64]
    sections: NDArray[np.uint8]
    rows: NDArray[np.bool_]
    pairs: NDArray[np.int64]
    texts: list[str]
    headings: list[str]


#: The number of a section kind in a column.
SECTION_CODES = {kind: code for code, kind in enumerate(SectionKind)}


#: What a user may correct of a document.
EDITABLE = ("title", "unit_name", "year", "kind", "region", "project")


def place_of(document: int | None, chunk: Chunk) -> tuple[object, ...]:
    """Return a chunk of the document of that number as a row of the database."""
    heading = json.dumps(chunk.heading, ensure_ascii=False)
    place = (document, chunk.id, chunk.first, chunk.last, chunk.text)
    return (*place, heading, chunk.section.value, chunk.scope, int(chunk.is_row), chunk.pair)


def stored(line: Any) -> StoredChunk:
    """Return a row of the database as the chunk it holds."""
    chunk = Chunk(
        id=line["key"],
        first=line["first"],
        last=line["last"],
        text=line["text"],
        heading=tuple(json.loads(line["heading"])),
        section=SectionKind(line["section"]),
        scope=line["scope"],
        is_row=bool(line["is_row"]),
        pair=line["pair"],
    )
    return StoredChunk(id=line["id"], document=line["document"], chunk=chunk)


def corrected(document: StoredDocument, edits: Mapping[str, str]) -> StoredDocument:
    """Return a document with what the users corrected put in."""
    changes: dict[str, object] = {key: value for key, value in edits.items() if key != "year"}
    if edits.get("year", "").isdecimal():
        changes["year"] = int(edits["year"])
    return document.model_copy(update=changes)
