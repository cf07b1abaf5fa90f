"""One SQLite file: how it is opened, read and written in whole transactions; the only door to sqlite3.

Each transaction raises the generation by one, and one that changes words the number of the contents too; what
is deleted is overwritten on the disk. It knows nothing about what the tables hold.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

from assistant.errors import IndexFault, IndexMissing, OutputError

Connection = sqlite3.Connection
Row = sqlite3.Row
_RAISE = "INSERT INTO meta VALUES (?, '1') ON CONFLICT (key) DO UPDATE SET value = CAST(value AS INTEGER) + 1"
SQLITE_VERSION = sqlite3.sqlite_version_info


class Database:
    """One database file. `create` makes it where it is missing; else IndexMissing."""

    file_name = ""
    tables = ""

    def __init__(self, folder: Path, *, create: bool = False) -> None:
        self.path = folder / self.file_name
        if create:
            make_folder(folder)
        elif not self.path.exists():
            raise IndexMissing(folder)
        self._connection = self._open()

    def _open(self) -> sqlite3.Connection:
        try:
            connection = sqlite3.connect(self.path, timeout=10, check_same_thread=False, isolation_level=None)
            connection.row_factory = sqlite3.Row
            for setting in (
                "journal_mode=WAL",
                "synchronous=NORMAL",
                "foreign_keys=ON",
                "secure_delete=ON",
            ):
                connection.execute(f"PRAGMA {setting}")
            connection.executescript(self.tables)
        except sqlite3.Error as error:
            raise _fault(self.path, error) from None
        return connection

    def close(self) -> None:
        """Close the database."""
        self._connection.close()

    @contextmanager
    def _transaction(self, *, contents: bool = True) -> Iterator[sqlite3.Connection]:
        """Run one transaction that raises the generation, and with `contents` that of the contents too.

        Nothing of it stays where it fails.
        """
        try:
            self._connection.execute("BEGIN IMMEDIATE")
            yield self._connection
            for counter in ("generation", "contents") if contents else ("generation",):
                self._connection.execute(_RAISE, (counter,))
            self._connection.execute("COMMIT")
        except sqlite3.Error as error:
            raise _fault(self.path, error) from None
        finally:
            if self._connection.in_transaction:
                self._connection.execute("ROLLBACK")

    @contextmanager
    def snapshot(self) -> Iterator[None]:
        """See one state of the library throughout, whatever others write meanwhile."""
        self._rows("BEGIN")
        try:
            yield
        finally:
            if self._connection.in_transaction:
                self._connection.execute("ROLLBACK")

    def settle(self) -> None:
        """Bring everything from SQLite's log into the database, so that nothing deleted stays in the log."""
        self._rows("PRAGMA wal_checkpoint(TRUNCATE)")

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

    @property
    def contents(self) -> int:
        """How many times the words in it have changed; what is derived from them is of that number."""
        return int(self.meta("contents") or 0)


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
