"""One report with its versions, drafts and conversations as one file, and back (导出和导入一份报告)."""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any

from pydantic import ValidationError
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from assistant.domain.draft import Draft
from assistant.domain.passage import Citation
from assistant.domain.report import Report
from assistant.errors import WorkspaceError
from assistant.workspace.archive import DamagedArchive, packed, unpacked
from assistant.workspace.audit import record
from assistant.workspace.store import Workspace, title_of
from assistant.workspace.tables import (
    SavedConversation,
    SavedDraft,
    SavedMessage,
    SavedReport,
    SavedVersion,
)

FORM = "zhiji-report"


def report_out(workspace: Workspace, report_id: int) -> bytes:
    """Return a report with all that belongs to it; WorkspaceError where there is none."""
    with workspace.database.reading() as session:
        row = session.get(SavedReport, report_id)
        if row is None:
            raise WorkspaceError(f"没有编号为 {report_id} 的报告", "它可能已被删除，请刷新")
        tables = {
            "report": [{"version": row.version, "body": json.loads(row.body)}],
            "version": [
                {"version": v.version, "body": json.loads(v.body), "who": v.who, "at": _said(v.created_at)}
                for v in session.scalars(_of(SavedVersion, report_id))
            ],
            "draft": [
                {
                    "report_version": d.report_version,
                    "body": json.loads(d.body),
                    "note": d.note,
                    "who": d.who,
                    "at": _said(d.created_at),
                }
                for d in session.scalars(_of(SavedDraft, report_id))
            ],
            "conversation": [
                _conversation_out(session, c) for c in session.scalars(_of(SavedConversation, report_id))
            ],
        }
        title = row.title
    workspace.audit.note("导出报告文件", kind="report", title=title)
    return packed({"form": FORM, "version": 1, "title": title}, tables)


def report_in(workspace: Workspace, data: bytes) -> int:
    """Add a report from a file beside what is saved and return its id; nothing that is there is touched.

    Raises DamagedArchive where the file does not hold a whole report.
    """
    _, tables = unpacked(data, FORM)
    try:
        with workspace.database.writing() as session:
            return _put(session, workspace.database.who(), tables)
    except (KeyError, IndexError, TypeError, ValueError, ValidationError):
        raise DamagedArchive("内容不合约定") from None


def _of(table: Any, report_id: int) -> Any:
    return select(table).where(table.report_id == report_id).order_by(table.id)


def _said(moment: datetime) -> str:
    return moment.isoformat()


def _conversation_out(session: Session, row: SavedConversation) -> dict[str, Any]:
    query = select(SavedMessage).where(SavedMessage.conversation_id == row.id).order_by(SavedMessage.id)
    return {
        "title": row.title,
        "created_at": _said(row.created_at),
        "updated_at": _said(row.updated_at),
        "messages": [
            {
                "role": m.role,
                "text": m.text,
                "citations": json.loads(m.citations),
                "action": m.action,
                "at": _said(m.created_at),
            }
            for m in session.scalars(query)
        ],
    }


def _put(session: Session, who: str, tables: dict[str, list[dict[str, Any]]]) -> int:
    head = tables["report"][0]
    report = Report.model_validate(head["body"])
    row = _put_report(session, report, int(head["version"]))
    for one in tables.get("version", []):
        session.add(
            SavedVersion(
                report_id=row.id,
                version=int(one["version"]),
                body=Report.model_validate(one["body"]).model_dump_json(),
                who=str(one["who"]),
                created_at=datetime.fromisoformat(one["at"]),
            )
        )
    for one in tables.get("draft", []):
        session.add(
            SavedDraft(
                report_id=row.id,
                report_version=int(one["report_version"]),
                body=Draft.model_validate(one["body"]).model_dump_json(),
                note=str(one["note"]),
                who=str(one["who"]),
                created_at=datetime.fromisoformat(one["at"]),
            )
        )
    for one in tables.get("conversation", []):
        _put_conversation(session, row.id, one)
    record(session, who, "导入报告文件", kind="report", object_id=row.id, title=row.title)
    return row.id


def _put_report(session: Session, report: Report, version: int) -> SavedReport:
    """Add the report at the version it had; a new row always begins at 1, so that is set afterwards."""
    row = SavedReport(title=title_of(report), body=report.model_dump_json())
    session.add(row)
    session.flush()
    session.execute(update(SavedReport).where(SavedReport.id == row.id).values(version=version))
    session.refresh(row)
    return row


def _put_conversation(session: Session, report_id: int, told: dict[str, Any]) -> None:
    row = SavedConversation(
        report_id=report_id,
        title=str(told["title"]),
        created_at=datetime.fromisoformat(told["created_at"]),
        updated_at=datetime.fromisoformat(told["updated_at"]),
    )
    session.add(row)
    session.flush()
    for one in told["messages"]:
        cited = [Citation.model_validate(c).model_dump() for c in one["citations"]]
        session.add(
            SavedMessage(
                conversation_id=row.id,
                role=str(one["role"]),
                text=str(one["text"]),
                citations=json.dumps(cited, ensure_ascii=False),
                action=str(one["action"]),
                created_at=datetime.fromisoformat(one["at"]),
            )
        )
        session.flush()
