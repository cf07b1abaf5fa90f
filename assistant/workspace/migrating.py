"""Leads a database of saved work to the newest form (数据库升级), one program at a time, before it is used.

Alembic is loaded only where there is something to do.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout
from sqlalchemy import inspect, text
from sqlalchemy.engine import Connection

from assistant.errors import WorkspaceError
from assistant.workspace.database import Database, faults

#: The newest form that this program knows: the last step under migrations/versions.
NEWEST = "0002"
_STEPS = Path(__file__).resolve().parent / "migrations"
_PATIENCE = 60
#: Any number will do as long as every program of ours takes the same one.
_LOCK_NUMBER = 7_210_451


def migrate(database: Database) -> None:
    """Bring the database to the newest form; raises WorkspaceError where a newer program has been at it."""
    with faults():
        if _form_of(database) == NEWEST:
            return
        with _alone(database):
            form = _form_of(database)
            if form != NEWEST:
                _check_known(form)
                _lead(database, form)


def _form_of(database: Database) -> str:
    """Return the form of the database: "" for an empty one, "0001" for one without a mark."""
    with database.engine.connect() as connection:
        tables = set(inspect(connection).get_table_names())
        if "alembic_version" in tables:
            found = connection.execute(text("SELECT version_num FROM alembic_version")).scalar()
            return str(found or "")
        return "0001" if "report" in tables else ""


def _check_known(form: str) -> None:
    if form > NEWEST:
        raise WorkspaceError(
            f"工作区数据库由更新的程序建立（第{form}式，本程序到第{NEWEST}式）", "请升级程序后再打开"
        )


def _lead(database: Database, form: str) -> None:
    from alembic import command
    from alembic.config import Config

    if form:
        _keep_copy(database, form)
    config = Config()
    config.set_main_option("script_location", str(_STEPS).replace("%", "%%"))
    with database.engine.connect() as connection:
        _begin(database, connection)
        config.attributes["connection"] = connection
        if form == "0001" and "alembic_version" not in inspect(connection).get_table_names():
            command.stamp(config, "0001")
        command.upgrade(config, "head")
        connection.commit()


def _begin(database: Database, connection: Connection) -> None:
    """Open the one transaction of the whole way; a table may stand without its references meanwhile."""
    if database.is_sqlite:
        connection.exec_driver_sql("PRAGMA defer_foreign_keys=ON")


def _keep_copy(database: Database, form: str) -> None:
    """Keep the file as it was, with everything that still stands in its log."""
    file = database.file
    if file is None:
        return
    copy = file.with_name(f"{file.name}.第{form}式备份")
    if copy.exists():
        return
    with database.engine.connect() as connection:
        raw = connection.connection.driver_connection
        if raw is not None:
            raw.execute("VACUUM INTO ?", (str(copy),))


@contextmanager
def _alone(database: Database) -> Iterator[None]:
    """Hold the right to change the form of the database."""
    if database.file is not None:
        try:
            with FileLock(f"{database.file}.lock", timeout=_PATIENCE):
                yield
        except Timeout:
            raise WorkspaceError("工作区数据库正由另一个程序升级", "请稍候再打开") from None
    elif database.url.get_backend_name() == "postgresql":
        with database.engine.connect() as connection:
            connection.execute(text(f"SELECT pg_advisory_lock({_LOCK_NUMBER})"))
            try:
                yield
            finally:
                connection.execute(text(f"SELECT pg_advisory_unlock({_LOCK_NUMBER})"))
    else:
        yield
