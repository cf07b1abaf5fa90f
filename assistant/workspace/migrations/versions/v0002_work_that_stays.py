"""Versions of reports, several conversations, jobs and the audit trail; every message keeps its place."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

_ACTIVE = sa.text("state IN ('waiting', 'running')")


def upgrade() -> None:
    """Lead a database of the first form to the second; nothing is lost."""
    _versions()
    _drafts()
    _conversations()
    _messages()
    _jobs()
    _audit()


def _words(name: str, default: str | None = "") -> sa.Column[str]:
    return sa.Column(name, sa.Text, nullable=False, server_default=default)


def _count(name: str) -> sa.Column[int]:
    return sa.Column(name, sa.Integer, nullable=False, server_default="0")


def _moment(name: str, *, nullable: bool = False) -> sa.Column[object]:
    return sa.Column(name, sa.DateTime, nullable=nullable)


def _owner(table: str, *, nullable: bool = False) -> sa.Column[int]:
    reference = sa.ForeignKey(f"{table}.id", ondelete="CASCADE")
    return sa.Column(f"{table}_id", sa.Integer, reference, nullable=nullable)


def _versions() -> None:
    op.create_table(
        "report_version",
        sa.Column("id", sa.Integer, primary_key=True),
        _owner("report"),
        sa.Column("version", sa.Integer, nullable=False),
        _words("body", None),
        _words("who"),
        _moment("created_at"),
        sa.UniqueConstraint("report_id", "version"),
    )
    op.create_index("ix_report_version_report_id", "report_version", ["report_id"])
    op.execute(
        "INSERT INTO report_version (report_id, version, body, who, created_at)"
        " SELECT id, version, body, '', updated_at FROM report"
    )


def _drafts() -> None:
    op.add_column("draft", _words("note"))
    op.add_column("draft", _words("who"))


def _conversations() -> None:
    op.create_table(
        "conversation",
        sa.Column("id", sa.Integer, primary_key=True),
        _owner("report", nullable=True),
        _words("title", None),
        _moment("created_at"),
        _moment("updated_at"),
    )
    op.create_index("ix_conversation_report_id", "conversation", ["report_id"])
    op.create_index("ix_conversation_updated_at", "conversation", ["updated_at"])
    op.execute(
        "INSERT INTO conversation (report_id, title, created_at, updated_at)"
        " SELECT report_id, '原来的对话', MIN(created_at), MAX(created_at) FROM message GROUP BY report_id"
    )


def _messages() -> None:
    """Make the table anew: a message now belongs to a conversation."""
    op.rename_table("message", "old_message")
    op.create_table(
        "message",
        sa.Column("id", sa.Integer, primary_key=True),
        _owner("conversation"),
        _words("role", None),
        _words("text", None),
        _words("citations", "[]"),
        _words("action"),
        _moment("created_at"),
    )
    op.execute(
        "INSERT INTO message (conversation_id, role, text, citations, action, created_at)"
        " SELECT c.id, m.role, m.text, m.citations, '', m.created_at"
        " FROM old_message m JOIN conversation c ON c.report_id = m.report_id ORDER BY m.id"
    )
    op.drop_table("old_message")
    op.create_index("ix_message_conversation_id", "message", ["conversation_id"])


def _jobs() -> None:
    op.create_table(
        "job",
        sa.Column("id", sa.Integer, primary_key=True),
        *(_words(name, None) for name in ("kind", "key", "title")),
        _words("spec", "{}"),
        _words("state", "waiting"),
        *(_count(name) for name in ("done_steps", "all_steps", "runs", "steps_before")),
        *(_words(name) for name in ("at", "result", "fault", "remedy", "owner")),
        *(_moment(name, nullable=True) for name in ("beat_at", "started_at", "ended_at")),
        _moment("created_at"),
    )
    op.create_index("ix_job_key", "job", ["key"])
    op.create_index(
        "job_active_key", "job", ["key"], unique=True, sqlite_where=_ACTIVE, postgresql_where=_ACTIVE
    )
    op.create_table(
        "job_piece",
        sa.Column("id", sa.Integer, primary_key=True),
        _owner("job"),
        sa.Column("number", sa.Integer, nullable=False),
        *(_words(name, None) for name in ("kind", "key", "body")),
        sa.UniqueConstraint("job_id", "number"),
    )
    op.create_index("ix_job_piece_job_id", "job_piece", ["job_id"])


def _audit() -> None:
    op.create_table(
        "audit",
        sa.Column("id", sa.Integer, primary_key=True),
        _moment("at"),
        _words("who"),
        _words("what", None),
        *(_words(name) for name in ("kind", "title", "before", "after")),
        sa.Column("object_id", sa.Integer, nullable=True),
    )
    op.create_index("ix_audit_at", "audit", ["at"])
    op.create_index("ix_audit_object_id", "audit", ["object_id"])
