"""Save and read back reports, drafts and messages; every change is one transaction.

Two people on one report: the second to save is told (StaleVersion) and nothing is overwritten.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from pydantic import ValidationError
from sqlalchemy import create_engine, delete, event, select
from sqlalchemy.engine import Engine, make_url
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session
from sqlalchemy.orm.exc import StaleDataError

from assistant.domain.base import Frozen
from assistant.domain.draft import Draft
from assistant.domain.passage import Citation
from assistant.domain.report import Report
from assistant.errors import StaleVersion, WorkspaceError
from assistant.workspace.tables import Base, SavedDraft, SavedMessage, SavedReport, now


class ReportEntry(Frozen):
    """A saved report as the list shows it."""

    id: int
    title: str
    version: int
    updated_at: datetime


class DraftEntry(Frozen):
    """A saved draft with the version of the report it was written from."""

    id: int
    report_version: int
    created_at: datetime
    draft: Draft


class Message(Frozen):
    """One message of a conversation."""

    role: str
    text: str
    citations: tuple[Citation, ...] = ()


class Workspace:
    """The store of saved work behind one database URL."""

    def __init__(self, url: str) -> None:
        self._engine = _engine(url)
        with _faults():
            Base.metadata.create_all(self._engine)

    def close(self) -> None:
        """Give back every connection."""
        self._engine.dispose()

    def reports(self) -> tuple[ReportEntry, ...]:
        """Return all saved reports, the latest first."""
        with self._session() as session:
            rows = session.scalars(
                select(SavedReport).order_by(SavedReport.updated_at.desc(), SavedReport.id.desc())
            )
            return tuple(
                ReportEntry(id=r.id, title=r.title, version=r.version, updated_at=r.updated_at) for r in rows
            )

    def report(self, report_id: int) -> tuple[Report, int]:
        """Return a saved report and its version; WorkspaceError where there is none."""
        with self._session() as session:
            row = _found(session.get(SavedReport, report_id), report_id)
            return _parsed(row), row.version

    def add_report(self, report: Report) -> int:
        """Save a new report and return its id."""
        with self._session() as session:
            row = SavedReport(title=_title(report), body=report.model_dump_json())
            session.add(row)
            session.commit()
            return row.id

    def save_report(self, report_id: int, report: Report, version: int) -> int:
        """Save a changed report over `version` and return the new version; StaleVersion where it is no longer the last."""
        with self._session() as session:
            row = _found(session.get(SavedReport, report_id), report_id)
            if row.version != version:
                raise StaleVersion(row.title)
            title, row.title, row.body, row.updated_at = (
                row.title,
                _title(report),
                report.model_dump_json(),
                now(),
            )
            try:
                session.commit()
            except StaleDataError:
                raise StaleVersion(title) from None
            return row.version

    def delete_report(self, report_id: int) -> None:
        """Delete a report with its drafts and messages."""
        with self._session() as session:
            session.execute(delete(SavedDraft).where(SavedDraft.report_id == report_id))
            session.execute(delete(SavedMessage).where(SavedMessage.report_id == report_id))
            session.execute(delete(SavedReport).where(SavedReport.id == report_id))
            session.commit()

    def add_draft(self, report_id: int, report_version: int, draft: Draft) -> int:
        """Keep one more version of a draft and return its id."""
        with self._session() as session:
            row = SavedDraft(report_id=report_id, report_version=report_version, body=draft.model_dump_json())
            session.add(row)
            session.commit()
            return row.id

    def drafts(self, report_id: int) -> tuple[DraftEntry, ...]:
        """Return every version of a report's draft, the latest first."""
        with self._session() as session:
            query = select(SavedDraft).where(SavedDraft.report_id == report_id).order_by(SavedDraft.id.desc())
            return tuple(
                DraftEntry(
                    id=row.id,
                    report_version=row.report_version,
                    created_at=row.created_at,
                    draft=Draft.model_validate_json(row.body),
                )
                for row in session.scalars(query)
            )

    def add_message(self, report_id: int, message: Message) -> None:
        """Keep one message of the conversation about a report."""
        with self._session() as session:
            citations = json.dumps([c.model_dump() for c in message.citations], ensure_ascii=False)
            session.add(
                SavedMessage(report_id=report_id, role=message.role, text=message.text, citations=citations)
            )
            session.commit()

    def messages(self, report_id: int) -> Sequence[Message]:
        """Return the conversation about a report, oldest first."""
        with self._session() as session:
            query = select(SavedMessage).where(SavedMessage.report_id == report_id).order_by(SavedMessage.id)
            return [
                Message(
                    role=row.role,
                    text=row.text,
                    citations=tuple(Citation.model_validate(c) for c in json.loads(row.citations)),
                )
                for row in session.scalars(query)
            ]

    @contextmanager
    def _session(self) -> Iterator[Session]:
        with _faults(), Session(self._engine) as session:
            yield session


def _engine(url: str) -> Engine:
    """Return the engine; for SQLite with write-ahead log, foreign keys and a wait of five seconds."""
    with _faults():
        target = make_url(url)
        if target.get_backend_name() != "sqlite":
            return create_engine(url)
        if target.database and target.database != ":memory:":
            _make_folder(Path(target.database).parent)
        engine = create_engine(url)
    event.listen(engine, "connect", _prepare_sqlite)
    return engine


def _prepare_sqlite(connection: object, record: object) -> None:
    for pragma in ("journal_mode=WAL", "synchronous=NORMAL", "busy_timeout=5000", "foreign_keys=ON"):
        connection.execute(f"PRAGMA {pragma}")  # type: ignore[attr-defined]


def _make_folder(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise WorkspaceError(
            f"工作区文件夹“{folder}”建不起来：{error.strerror}", "请设置 ZHIJI_DATA_DIR 为可写的位置"
        ) from None


@contextmanager
def _faults() -> Iterator[None]:
    """Turn faults of the database into ours."""
    try:
        yield
    except StaleDataError:
        raise
    except SQLAlchemyError as error:
        raise WorkspaceError(
            f"工作区数据库出错：{error.__class__.__name__}", "请检查 ZHIJI_DATABASE_URL 和磁盘空间"
        ) from error


def _found(row: SavedReport | None, report_id: int) -> SavedReport:
    if row is None:
        raise WorkspaceError(f"没有编号为 {report_id} 的报告", "它可能已被删除，请刷新")
    return row


def _parsed(row: SavedReport) -> Report:
    try:
        return Report.model_validate_json(row.body)
    except ValidationError:
        raise WorkspaceError(f"“{row.title}”的存档读不出来", "请从原表重新导入") from None


def _title(report: Report) -> str:
    year = f"{report.year}年" if report.year else ""
    return f"{report.unit_name}{year}{report.title}" or "未命名报告"
