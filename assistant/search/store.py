"""The library's own database (SQLite): documents, chunks, vectors, and what the users corrected.

It is the truth from which every other index is derived. Each document is replaced or deleted in one
transaction, and each such transaction raises the generation by one; what is deleted is overwritten on the
disk. It knows nothing about ranking.
"""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence

import numpy as np

from assistant.library.chunks import Chunk
from assistant.search.database import Connection, Database, Row
from assistant.search.records import (
    DERIVED,
    FILE_NAME,
    SCHEMA,
    SECTION_CODES,
    TABLES,
    Columns,
    StoredChunk,
    StoredDocument,
    Vectors,
    corrected,
    place_of,
    stored,
)
from assistant.search.versions import grouped

__all__ = ["FILE_NAME", "SCHEMA", "Store", "StoredChunk", "StoredDocument"]

_CHUNK = "id, document, key, first, last, text, heading, section, scope, is_row, pair"
#: SQLite takes some 32,000 values in one statement.
_MANY = 10_000


class Store(Database):
    """The tables of one library. `create` makes the file where it is missing; else IndexMissing."""

    file_name = FILE_NAME
    tables = TABLES

    @property
    def identity(self) -> str:
        """A name that no other library has; "" before the first file."""
        return self.meta("identity")

    def documents(self) -> tuple[StoredDocument, ...]:
        """Return every document, what the users corrected put in, versions of one report grouped, ordered by source."""
        corrections = self.corrections()
        pairs = [(int(line["one"]), int(line["other"])) for line in self._rows("SELECT * FROM alike")]
        return grouped(
            [corrected(document, corrections.get(document.place, {})) for document in self.guessed()], pairs
        )

    def guessed(self) -> list[StoredDocument]:
        """Return every document as its own words describe it, ordered by source."""
        lines = self._rows("SELECT * FROM documents ORDER BY source, root")
        return [StoredDocument(**dict(line)) for line in lines]

    def corrections(self) -> dict[str, dict[str, str]]:
        """Return what the users corrected: the fields by the place of the file."""
        found: dict[str, dict[str, str]] = {}
        for line in self._rows("SELECT place, field, value FROM corrections"):
            found.setdefault(line["place"], {})[line["field"]] = line["value"]
        return found

    def chunks(self, numbers: Sequence[int] | None = None) -> tuple[StoredChunk, ...]:
        """Return the chunks of those numbers, or all, in order of the database."""
        if numbers is None:
            return tuple(stored(line) for line in self._rows(f"SELECT {_CHUNK} FROM chunks ORDER BY id"))
        lines = self._of(f"SELECT {_CHUNK} FROM chunks WHERE id", numbers)
        return tuple(sorted((stored(line) for line in lines), key=lambda item: item.id))

    def chunk_at(self, source: str, paragraph: int) -> int | None:
        """Return the number of the chunk of a document that holds paragraph number `paragraph`."""
        statement = "SELECT chunks.id FROM chunks JOIN documents ON documents.id = document WHERE source = ? AND first <= ? AND last >= ? ORDER BY chunks.id"
        found = self._rows(statement, (source, paragraph, paragraph))
        return int(found[0]["id"]) if found else None

    def speaking_of(self, sections: Sequence[str], words: Sequence[str]) -> list[int]:
        """Return the numbers of the chunks in those sections that hold one of the words."""
        if not words:
            return []
        marks, said = ", ".join("?" for _ in sections), " OR ".join("instr(text, ?)" for _ in words)
        statement = f"SELECT id FROM chunks WHERE section IN ({marks}) AND ({said}) ORDER BY id"
        return [int(line["id"]) for line in self._rows(statement, [*sections, *words])]

    def _of(self, statement: str, numbers: Sequence[int]) -> list[Row]:
        """Return the rows of a statement that ends in the name of a number, for those numbers."""
        found: list[Row] = []
        for start in range(0, len(numbers), _MANY):
            part = [int(number) for number in numbers[start : start + _MANY]]
            found += self._rows(f"{statement} IN ({', '.join('?' for _ in part)})", part)
        return found

    def columns(self, documents: Sequence[int] | None = None) -> Columns:
        """Return what filters and keywords need of every chunk, or of those documents' chunks, by number."""
        statement = "SELECT id, document, section, is_row, pair, heading, text FROM chunks"
        lines = self._by_document(statement, documents)
        return Columns(
            np.asarray([line["id"] for line in lines], dtype=np.int64),
            np.asarray([line["document"] for line in lines], dtype=np.int64),
            np.asarray([SECTION_CODES[line["section"]] for line in lines], dtype=np.uint8),
            np.asarray([line["is_row"] for line in lines], dtype=bool),
            np.asarray([line["pair"] for line in lines], dtype=np.int64),
            [line["text"] for line in lines],
            [line["heading"] for line in lines],
        )

    def vectors(self, numbers: Sequence[int] | None = None) -> tuple[list[int], Vectors]:
        """Return the numbers of chunks (those asked for, or all) and their vectors, a row each, by number."""
        if numbers is None:
            lines = self._rows("SELECT chunk, vector FROM vectors ORDER BY chunk")
        else:
            found = self._of("SELECT chunk, vector FROM vectors WHERE chunk", numbers)
            lines = sorted(found, key=lambda line: int(line["chunk"]))
        if not lines:
            return [], np.zeros((0, 0), dtype=np.float32)
        joined = b"".join(line["vector"] for line in lines)
        matrix = np.frombuffer(joined, dtype=np.float32).reshape(len(lines), -1)
        return [int(line["chunk"]) for line in lines], matrix

    def sentences(self, documents: Sequence[int] | None = None) -> list[bytes]:
        """Return the packed vectors of the sentences of every chunk, or of those documents' chunks, by number."""
        statement = "SELECT id, sentences FROM chunks JOIN vectors ON chunk = id"
        return [line["sentences"] for line in self._by_document(statement, documents)]

    def _by_document(self, statement: str, documents: Sequence[int] | None) -> list[Row]:
        """Return the rows of a statement on chunks, for all documents or some, by the chunk's number."""
        if documents is None:
            return self._rows(f"{statement} ORDER BY id")
        return sorted(self._of(f"{statement} WHERE document", documents), key=lambda line: int(line["id"]))

    def sketches(self) -> dict[int, bytes]:
        """Return the sketch of every document (see `versions`)."""
        return {int(line["document"]): line["hashes"] for line in self._rows("SELECT * FROM sketches")}

    def words_of(self, document: int) -> str:
        """Return the words of a document, a chunk a line; "" where there is none of that number."""
        lines = self._rows("SELECT text FROM chunks WHERE document = ? ORDER BY id", (document,))
        return "\n".join(line["text"] for line in lines)

    def texts(self) -> list[tuple[int, str, str]]:
        """Return the number of every chunk, the title of its document, and its words."""
        statement = "SELECT chunks.id, title, text FROM chunks JOIN documents ON documents.id = document ORDER BY chunks.id"
        return [(int(line["id"]), str(line["title"]), str(line["text"])) for line in self._rows(statement)]

    def numbers(self) -> list[int]:
        """Return the number of every chunk, ascending."""
        # The index is a tenth of the table: no words are read.
        return sorted(
            int(line["id"]) for line in self._rows("SELECT id FROM chunks INDEXED BY chunks_of_document")
        )

    def count(self) -> int:
        """Return how many chunks there are."""
        return int(self._rows("SELECT count(*) AS held FROM chunks")[0]["held"])

    def health(self) -> str:
        """Return what the database says of its own state."""
        found = [str(line[0]) for line in self._rows("PRAGMA integrity_check")]
        return "正常" if found == ["ok"] else "；".join(found[:3])

    def put(
        self,
        document: StoredDocument,
        chunks: Sequence[Chunk],
        vectors: Vectors,
        sentences: Sequence[bytes] = (),
        sketch: bytes = b"",
        alike: Sequence[int] = (),
    ) -> int:
        """Add a document or replace the one of the same root and source, in one transaction; return its number."""
        with self._transaction() as connection:
            place = (document.root, document.source)
            connection.execute("DELETE FROM documents WHERE root = ? AND source = ?", place)
            _carry_corrections(connection, document)
            values = document.model_dump(exclude=DERIVED)
            marks = ", ".join("?" for _ in values)
            made = connection.execute(
                f"INSERT INTO documents ({', '.join(values)}) VALUES ({marks})", tuple(values.values())
            ).lastrowid
            packed = sentences or [b""] * len(chunks)
            for chunk, vector, said in zip(chunks, vectors, packed, strict=True):
                _put_chunk(connection, place_of(made, chunk), vector, said)
            connection.execute("INSERT INTO sketches VALUES (?, ?)", (made, sketch))
            held = "INSERT INTO alike SELECT ?, id FROM documents WHERE id = ?"
            connection.executemany(held, [(made, number) for number in alike])
        return int(made or 0)

    def replace_vectors(self, numbers: Sequence[int], vectors: Vectors, sentences: Sequence[bytes]) -> None:
        """Give chunks new vectors (another model) in one transaction."""
        lines = [
            (vector.astype(np.float32).tobytes(), said, number)
            for number, vector, said in zip(numbers, vectors, sentences, strict=True)
        ]
        with self._transaction() as connection:
            connection.executemany("UPDATE vectors SET vector = ?, sentences = ? WHERE chunk = ?", lines)

    def delete(self, documents: Sequence[StoredDocument], *, corrections: bool = False) -> None:
        """Delete documents with all their chunks in one transaction; with `corrections` what users said of them too.

        Their words are overwritten on the disk.
        """
        with self._transaction() as connection:
            if corrections:
                places = [(document.place,) for document in documents]
                connection.executemany("DELETE FROM corrections WHERE place = ?", places)
            numbers = [(document.id,) for document in documents]
            connection.executemany("DELETE FROM documents WHERE id = ?", numbers)
        self.settle()

    def correct(self, document: StoredDocument, changes: Mapping[str, str]) -> None:
        """Keep what a user says of a document, field by field; "" takes it back. It survives a rebuild."""
        with self._transaction(contents="title" in changes) as connection:
            for field, value in changes.items():
                connection.execute(
                    "DELETE FROM corrections WHERE place = ? AND field = ?", (document.place, field)
                )
                if value:
                    said = (document.place, document.sha256, field, value)
                    connection.execute("INSERT INTO corrections VALUES (?, ?, ?, ?)", said)

    def clear(self) -> None:
        """Make all tables of documents anew, as this version has them; users' corrections stay."""
        last = {line["name"]: line["seq"] for line in self._rows("SELECT name, seq FROM sqlite_sequence")}
        with self._transaction() as connection:
            for table in ("edits", "alike", "sketches", "vectors", "chunks", "documents"):
                connection.execute(f"DROP TABLE IF EXISTS {table}")
            connection.execute("DELETE FROM meta WHERE key IN ('model', 'model_name', 'schema')")
        self._connection.executescript(TABLES)
        self._start_after(last)
        self.settle()

    def _start_after(self, last: Mapping[str, int]) -> None:
        """Never give a number again that a derived index may still know."""
        with self._transaction() as connection:
            connection.executemany("INSERT INTO sqlite_sequence VALUES (?, ?)", list(last.items()))

    def name_it(self) -> None:
        """Give the library its own name where it has none."""
        if not self.identity:
            self.remember({"identity": uuid.uuid4().hex})


def _carry_corrections(connection: Connection, document: StoredDocument) -> None:
    """Let what users said of a file stay with it when its words change, and when it was moved or renamed."""
    connection.execute("UPDATE corrections SET sha256 = ? WHERE place = ?", (document.sha256, document.place))
    connection.execute(
        "UPDATE OR IGNORE corrections SET place = ? WHERE sha256 = ? AND place <> ? "
        "AND NOT EXISTS (SELECT 1 FROM documents WHERE documents.sha256 = corrections.sha256)",
        (document.place, document.sha256, document.place),
    )


def _put_chunk(connection: Connection, values: tuple[object, ...], vector: Vectors, sentences: bytes) -> None:
    statement = (
        "INSERT INTO chunks (document, key, first, last, text, heading, section, scope, is_row, pair) "
        "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
    )
    number = connection.execute(statement, values).lastrowid
    blob = vector.astype(np.float32).tobytes()
    connection.execute("INSERT INTO vectors VALUES (?, ?, ?)", (number, blob, sentences))
