"""Save and read back reports, their versions and their drafts; every change is one transaction with its trail.

Two people on one report: the second to save is told (StaleVersion) and nothing is overwritten.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from datetime import datetime
from functools import lru_cache

from pydantic import ValidationError
from sqlalchemy import delete, select
from sqlalchemy.orm import Session
from sqlalchemy.orm.exc import StaleDataError

from assistant.domain.base import Frozen
from assistant.domain.draft import Draft
from assistant.domain.report import Report
from assistant.errors import StaleVersion, WorkspaceError
from assistant.workspace.audit import AuditTrail, record
from assistant.workspace.conversations import Conversations, Message
from assistant.workspace.database import Database
from assistant.workspace.job_store import JobStore
from assistant.workspace.migrating import migrate
from assistant.workspace.tables import SavedConversation, SavedDraft, SavedReport, SavedVersion, now

__all__ = ["DraftEntry", "Message", "ReportEntry", "VersionEntry", "Workspace"]


class ReportEntry(Frozen):
    """A saved report as the list shows it."""

    id: int
    title: str
    version: int
    updated_at: datetime


class VersionEntry(Frozen):
    """One version of a report as the list shows it."""

    version: int
    who: str
    created_at: datetime


class DraftEntry(Frozen):
    """A saved draft with the version of the report it was written from; `note` says what made it."""

    id: int
    report_version: int
    created_at: datetime
    draft: Draft
    note: str = ""
    who: str = ""


def nobody() -> str:
    """Return the name of one who has given none."""
    return ""


class Workspace:
    """The store of saved work behind one database URL; `who` names the one who works here."""

    def __init__(self, url: str, who: Callable[[], str] = nobody) -> None:
        self.database = Database(url, who)
        migrate(self.database)
        self.conversations = Conversations(self.database)
        self.jobs = JobStore(self.database)
        self.audit = AuditTrail(self.database)

    def close(self) -> None:
        """Give back every connection."""
        self.database.close()

    def reports(self) -> tuple[ReportEntry, ...]:
        """Return all saved reports, the latest first."""
        columns = (SavedReport.id, SavedReport.title, SavedReport.version, SavedReport.updated_at)
        query = select(*columns).order_by(SavedReport.updated_at.desc(), SavedReport.id.desc())
        with self.database.reading() as session:
            rows = session.execute(query)
            return tuple(ReportEntry(id=r[0], title=r[1], version=r[2], updated_at=r[3]) for r in rows)

    def report(self, report_id: int, version: int | None = None) -> tuple[Report, int]:
        """Return a saved report and its version, or an earlier version; WorkspaceError where there is none."""
        with self.database.reading() as session:
            row = _found(session, report_id)
            if version is None or version == row.version:
                return _parsed(row.title, row.body), row.version
            return _parsed(row.title, _version(session, report_id, version).body), version

    def versions(self, report_id: int) -> tuple[VersionEntry, ...]:
        """Return the versions of a report that are kept, the latest first."""
        query = (
            select(SavedVersion)
            .where(SavedVersion.report_id == report_id)
            .order_by(SavedVersion.version.desc())
        )
        with self.database.reading() as session:
            return tuple(
                VersionEntry(version=row.version, who=row.who, created_at=row.created_at)
                for row in session.scalars(query)
            )

    def add_report(self, report: Report) -> int:
        """Save a new report and return its id."""
        with self.database.writing() as session:
            row = SavedReport(title=title_of(report), body=report.model_dump_json())
            session.add(row)
            session.flush()
            self._keep_version(session, row)
            self._record(session, "新建报告", row)
            return row.id

    def save_report(self, report_id: int, report: Report, version: int, what: str = "修改报告") -> int:
        """Save a changed report over `version` and return the new version; StaleVersion where it is no longer the last."""
        title = ""
        try:
            with self.database.writing() as session:
                row = _found(session, report_id)
                title = row.title
                if row.version != version:
                    raise StaleVersion(title)
                before, row.title, row.body, row.updated_at = (
                    row.body,
                    title_of(report),
                    report.model_dump_json(),
                    now(),
                )
                session.flush()
                self._keep_version(session, row)
                self._record(session, what, row, json.loads(before), json.loads(row.body))
                return row.version
        except StaleDataError:
            raise StaleVersion(title) from None

    def delete_report(self, report_id: int) -> None:
        """Delete a report with its versions, drafts and conversations."""
        with self.database.writing() as session:
            row = session.get(SavedReport, report_id)
            if row is None:
                return
            self._record(session, "删除报告", row, row.title, "")
            for table in (SavedDraft, SavedVersion, SavedConversation):
                session.execute(delete(table).where(table.report_id == report_id))
            session.execute(delete(SavedReport).where(SavedReport.id == report_id))

    def add_draft(self, report_id: int, report_version: int, draft: Draft, note: str = "起草") -> int:
        """Keep one more version of a draft and return its id."""
        with self.database.writing() as session:
            return self.put_draft(session, report_id, report_version, draft, note)

    def put_draft(
        self, session: Session, report_id: int, report_version: int, draft: Draft, note: str = "起草"
    ) -> int:
        """Keep a draft as part of a transaction that does more (a job that ends) and return its id."""
        report = _found(session, report_id)
        row = SavedDraft(
            report_id=report_id,
            report_version=report_version,
            body=draft.model_dump_json(),
            note=note,
            who=self.database.who(),
        )
        session.add(row)
        session.flush()
        record(
            session,
            self.database.who(),
            note,
            kind="draft",
            object_id=row.id,
            title=report.title,
            after=f"第{report_version}版数据的文稿，{'已' if draft.proven else '未'}通过校核",
        )
        return row.id

    def drafts(self, report_id: int) -> tuple[DraftEntry, ...]:
        """Return every version of a report's draft, the latest first."""
        query = select(SavedDraft).where(SavedDraft.report_id == report_id).order_by(SavedDraft.id.desc())
        with self.database.reading() as session:
            return tuple(_draft_entry(row) for row in session.scalars(query))

    def latest_draft(self, report_id: int) -> DraftEntry | None:
        """Return the latest draft of a report, None where there is none."""
        query = select(SavedDraft).where(SavedDraft.report_id == report_id).order_by(SavedDraft.id.desc())
        with self.database.reading() as session:
            row = session.scalars(query.limit(1)).first()
            return None if row is None else _draft_entry(row)

    def add_message(self, report_id: int, message: Message) -> None:
        """Keep one message in the latest conversation about a report; the first begins one."""
        begun = self.conversations.of(report_id)
        self.conversations.add(begun[0].id if begun else self.conversations.begin(report_id), message)

    def messages(self, report_id: int) -> Sequence[Message]:
        """Return the latest conversation about a report, oldest message first."""
        begun = self.conversations.of(report_id)
        return self.conversations.messages(begun[0].id) if begun else []

    def _keep_version(self, session: Session, row: SavedReport) -> None:
        session.add(
            SavedVersion(report_id=row.id, version=row.version, body=row.body, who=self.database.who())
        )

    def _record(
        self, session: Session, what: str, row: SavedReport, before: object = "", after: object = ""
    ) -> None:
        record(
            session,
            self.database.who(),
            what,
            kind="report",
            object_id=row.id,
            title=row.title,
            before=before,
            after=after,
        )


def title_of(report: Report) -> str:
    """Return how a report is called in lists: unit, year, title."""
    year = f"{report.year}年" if report.year else ""
    return f"{report.unit_name}{year}{report.title}" or "未命名报告"


def _found(session: Session, report_id: int) -> SavedReport:
    row = session.get(SavedReport, report_id)
    if row is None:
        raise WorkspaceError(f"没有编号为 {report_id} 的报告", "它可能已被删除，请刷新")
    return row


def _version(session: Session, report_id: int, version: int) -> SavedVersion:
    query = select(SavedVersion).where(SavedVersion.report_id == report_id, SavedVersion.version == version)
    row = session.scalars(query).first()
    if row is None:
        raise WorkspaceError(f"这份报告的第{version}版没有存下来", "请在较新的版本上继续")
    return row


def _parsed(title: str, body: str) -> Report:
    try:
        return Report.model_validate_json(body)
    except ValidationError:
        raise WorkspaceError(f"“{title}”的存档读不出来", "请从原表重新导入") from None


def _draft_entry(row: SavedDraft) -> DraftEntry:
    return DraftEntry(
        id=row.id,
        report_version=row.report_version,
        created_at=row.created_at,
        draft=_draft(row.body),
        note=row.note,
        who=row.who,
    )


@lru_cache(maxsize=64)
def _draft(body: str) -> Draft:
    """A draft never changes once it is kept, so that it is read once."""
    return Draft.model_validate_json(body)
