"""The whole of the saved work as one file, and back (备份与还原); from either kind of database to either."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Column, Table, delete, insert, select, text
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from assistant.errors import WorkspaceError
from assistant.workspace.archive import DamagedArchive, packed, unpacked
from assistant.workspace.audit import record
from assistant.workspace.migrating import NEWEST
from assistant.workspace.store import Workspace
from assistant.workspace.tables import Base, UtcTime

FORM = "zhiji-backup"


def back_up(workspace: Workspace) -> bytes:
    """Return everything that is saved, as it is at one moment."""
    with workspace.database.reading() as session:
        tables = {
            table.name: [
                _out(dict(row._mapping)) for row in session.execute(select(table).order_by(table.c.id))
            ]
            for table in Base.metadata.sorted_tables
        }
    workspace.audit.note("备份工作区", kind="workspace", after=f"{len(tables['report'])}份报告")
    manifest = {"form": FORM, "database": NEWEST, "made_at": datetime.now(UTC).isoformat()}
    return packed(manifest, tables)


def restore(workspace: Workspace, data: bytes) -> int:
    """Put a backup in the place of everything that is saved; return how many reports it holds.

    All or nothing. Raises DamagedArchive for a file that is no backup, WorkspaceError where jobs are under way.
    """
    manifest, tables = unpacked(data, FORM)
    if manifest.get("database") != NEWEST:
        raise DamagedArchive(f"备份是第{manifest.get('database')}式，本程序是第{NEWEST}式")
    rows = _checked(tables)
    if workspace.jobs.running():
        raise WorkspaceError("还有任务正在进行，不能还原", "请等任务结束或先停止任务")
    with workspace.database.writing() as session:
        for table in reversed(Base.metadata.sorted_tables):
            session.execute(delete(table))
        for table in Base.metadata.sorted_tables:
            _fill(session, table, rows.get(table.name, []))
            _count_on(workspace, session, table)
        held = len(rows.get("report", []))
        record(session, workspace.database.who(), "还原工作区", kind="workspace", after=f"{held}份报告")
    return held


def _checked(tables: dict[str, list[dict[str, Any]]]) -> dict[str, list[dict[str, Any]]]:
    """Return the rows with moments read; raises DamagedArchive where they do not fit the tables."""
    known = {table.name: table for table in Base.metadata.sorted_tables}
    if unknown := set(tables) - set(known):
        raise DamagedArchive(f"有不认识的表“{min(unknown)}”")
    return {name: [_in(known[name], row) for row in rows] for name, rows in tables.items()}


def _out(row: dict[str, Any]) -> dict[str, Any]:
    return {name: value.isoformat() if isinstance(value, datetime) else value for name, value in row.items()}


def _in(table: Table, row: dict[str, Any]) -> dict[str, Any]:
    columns = {column.name: column for column in table.columns}
    if not isinstance(row, dict) or set(row) != set(columns):
        raise DamagedArchive(f"“{table.name}”的列不对")
    return {name: _value(table, columns[name], value) for name, value in row.items()}


def _value(table: Table, column: Column[Any], value: object) -> object:
    if value is None and column.nullable:
        return None
    try:
        if isinstance(column.type, UtcTime):
            return datetime.fromisoformat(str(value)).astimezone(UTC)
        if isinstance(value, column.type.python_type):
            return value
    except ValueError:
        pass
    raise DamagedArchive(f"“{table.name}”的“{column.name}”读不出来")


def _fill(session: Session, table: Table, rows: list[dict[str, Any]]) -> None:
    if not rows:
        return
    try:
        session.execute(insert(table), rows)
    except SQLAlchemyError as error:
        raise DamagedArchive(f"“{table.name}”的内容不合约定") from error


def _count_on(workspace: Workspace, session: Session, table: Table) -> None:
    """Let PostgreSQL count on from the highest id that was put in."""
    if workspace.database.url.get_backend_name() == "postgresql":
        session.execute(
            text(
                f"SELECT setval(pg_get_serial_sequence('{table.name}', 'id'),"
                f" COALESCE((SELECT MAX(id) FROM {table.name}), 0) + 1, false)"
            )
        )
