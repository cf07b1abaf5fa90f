"""One database of saved work behind a URL: SQLite with write-ahead log, or PostgreSQL.

A reading is one snapshot; a writing is one transaction that is on the disk when it returns. Knows nothing
of what is kept.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import create_engine, event
from sqlalchemy.engine import URL, Connection, Engine, make_url
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session
from sqlalchemy.orm.exc import StaleDataError

from assistant.errors import WorkspaceError

_WRITING = {"zhiji_writes": True}


class Database:
    """The engine, and who works at it."""

    def __init__(self, url: str, who: Callable[[], str]) -> None:
        self.who = who
        with faults():
            self.url = make_url(url)
            self.engine = _engine(self.url)

    @property
    def is_sqlite(self) -> bool:
        """Whether the database is a file of this machine."""
        return self.url.get_backend_name() == "sqlite"

    @property
    def file(self) -> Path | None:
        """The file of a SQLite database, None where there is none."""
        name = self.url.database or ""
        return Path(name) if self.is_sqlite and name and name != ":memory:" else None

    def close(self) -> None:
        """Give back every connection."""
        self.engine.dispose()

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """Give a session that sees one moment of the database."""
        with faults(), Session(self.engine, expire_on_commit=False) as session:
            if not self.is_sqlite:
                session.connection(execution_options={"isolation_level": "REPEATABLE READ"})
            yield session

    @contextmanager
    def writing(self) -> Iterator[Session]:
        """Give a session whose changes are all kept when it ends well, and none otherwise."""
        with faults(), Session(self.engine, expire_on_commit=False) as session:
            if self.is_sqlite:
                session.connection(execution_options=_WRITING)
            yield session
            session.commit()


@contextmanager
def faults() -> Iterator[None]:
    """Turn faults of the database into ours."""
    try:
        yield
    except StaleDataError:
        raise
    except SQLAlchemyError as error:
        raise WorkspaceError(
            f"工作区数据库出错：{error.__class__.__name__}", "请检查 ZHIJI_DATABASE_URL 和磁盘空间"
        ) from error
    except ModuleNotFoundError as error:
        raise WorkspaceError(
            f"工作区数据库需要的组件“{error.name}”没有安装", "用 PostgreSQL 请安装 zhiji[postgres]"
        ) from error


def _engine(url: URL) -> Engine:
    if url.get_backend_name() == "postgresql":
        return create_engine(_with_driver(url), pool_pre_ping=True)
    if url.get_backend_name() != "sqlite":
        return create_engine(url)
    if url.database and url.database != ":memory:":
        _make_folder(Path(url.database).parent)
    engine = create_engine(url, connect_args={"timeout": 30})
    event.listen(engine, "connect", _prepare_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    return engine


def _with_driver(url: URL) -> URL:
    """A bare postgresql:// address means the driver that we name as an extra."""
    return url.set(drivername="postgresql+psycopg") if url.drivername == "postgresql" else url


def _prepare_sqlite(connection: object, record: object) -> None:
    """Take transactions into our own hands; FULL: what has been said to be kept survives a power cut."""
    connection.isolation_level = None  # type: ignore[attr-defined]
    for pragma in ("busy_timeout=30000", "journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON"):
        connection.execute(f"PRAGMA {pragma}")  # type: ignore[attr-defined]


def _begin_sqlite(connection: Connection) -> None:
    """A writer waits for its turn at the beginning, so that it never fails half-way."""
    writes = connection.get_execution_options().get("zhiji_writes", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def _make_folder(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise WorkspaceError(
            f"工作区文件夹“{folder}”建不起来：{error.strerror}", "请设置 ZHIJI_DATA_DIR 为可写的位置"
        ) from None
