"""The tables of saved work; bodies are the JSON of frozen values.

What stands here is the newest form; `migrations/` leads older databases to it.
"""

from __future__ import annotations

from datetime import UTC, datetime

from sqlalchemy import DateTime, Dialect, ForeignKey, Index, Text, TypeDecorator, UniqueConstraint, text
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

#: A job in one of these states holds its key.
ACTIVE_STATES = "state IN ('waiting', 'running')"


def now() -> datetime:
    """Return the time in UTC."""
    return datetime.now(UTC)


class UtcTime(TypeDecorator[datetime]):
    """A moment, kept without zone as UTC in every database, with zone in the program."""

    impl = DateTime
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Return the moment in UTC without its zone."""
        return None if value is None else value.astimezone(UTC).replace(tzinfo=None)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Return the moment with its zone."""
        return None if value is None else value.replace(tzinfo=UTC)


class Base(DeclarativeBase):
    """The declarative base of saved work."""

    type_annotation_map = {datetime: UtcTime, str: Text}  # noqa: RUF012


class SavedReport(Base):
    """A report in progress; `version` counts its changes and guards against overwriting (乐观锁)."""

    __tablename__ = "report"

    id: Mapped[int] = mapped_column(primary_key=True)
    title: Mapped[str]
    body: Mapped[str]
    version: Mapped[int] = mapped_column(default=1)
    updated_at: Mapped[datetime] = mapped_column(default=now, onupdate=now)

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012


class SavedVersion(Base):
    """A report as it was at one version (历史版本)."""

    __tablename__ = "report_version"
    __table_args__ = (UniqueConstraint("report_id", "version"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    report_id: Mapped[int] = mapped_column(ForeignKey("report.id", ondelete="CASCADE"), index=True)
    version: Mapped[int]
    body: Mapped[str]
    who: Mapped[str] = mapped_column(default="")
    created_at: Mapped[datetime] = mapped_column(default=now)


class SavedDraft(Base):
    """One version of a draft; every version is kept. `note` says what made it."""

    __tablename__ = "draft"

    id: Mapped[int] = mapped_column(primary_key=True)
    report_id: Mapped[int] = mapped_column(ForeignKey("report.id", ondelete="CASCADE"), index=True)
    report_version: Mapped[int]
    body: Mapped[str]
    note: Mapped[str] = mapped_column(default="")
    who: Mapped[str] = mapped_column(default="")
    created_at: Mapped[datetime] = mapped_column(default=now)


class SavedConversation(Base):
    """A conversation about a report, or a free one (`report_id` null)."""

    __tablename__ = "conversation"

    id: Mapped[int] = mapped_column(primary_key=True)
    report_id: Mapped[int | None] = mapped_column(ForeignKey("report.id", ondelete="CASCADE"), index=True)
    title: Mapped[str]
    created_at: Mapped[datetime] = mapped_column(default=now)
    updated_at: Mapped[datetime] = mapped_column(default=now, index=True)


class SavedMessage(Base):
    """One message of a conversation, with its citations and its proposed change as JSON."""

    __tablename__ = "message"

    id: Mapped[int] = mapped_column(primary_key=True)
    conversation_id: Mapped[int] = mapped_column(
        ForeignKey("conversation.id", ondelete="CASCADE"), index=True
    )
    role: Mapped[str]
    text: Mapped[str]
    citations: Mapped[str] = mapped_column(default="[]")
    action: Mapped[str] = mapped_column(default="")
    created_at: Mapped[datetime] = mapped_column(default=now)


class SavedJob(Base):
    """A piece of work that outlives the process that does it (任务); `owner` is who does it now."""

    __tablename__ = "job"
    __table_args__ = (
        Index(
            "job_active_key",
            "key",
            unique=True,
            sqlite_where=text(ACTIVE_STATES),
            postgresql_where=text(ACTIVE_STATES),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str]
    key: Mapped[str] = mapped_column(index=True)
    title: Mapped[str]
    spec: Mapped[str] = mapped_column(default="{}")
    state: Mapped[str] = mapped_column(default="waiting")
    done_steps: Mapped[int] = mapped_column(default=0)
    all_steps: Mapped[int] = mapped_column(default=0)
    at: Mapped[str] = mapped_column(default="")
    result: Mapped[str] = mapped_column(default="")
    fault: Mapped[str] = mapped_column(default="")
    remedy: Mapped[str] = mapped_column(default="")
    owner: Mapped[str] = mapped_column(default="")
    runs: Mapped[int] = mapped_column(default=0)
    steps_before: Mapped[int] = mapped_column(default=0)
    beat_at: Mapped[datetime | None]
    started_at: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]
    created_at: Mapped[datetime] = mapped_column(default=now)


class SavedPiece(Base):
    """What a job has brought forth so far, piece by piece."""

    __tablename__ = "job_piece"
    __table_args__ = (UniqueConstraint("job_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    job_id: Mapped[int] = mapped_column(ForeignKey("job.id", ondelete="CASCADE"), index=True)
    number: Mapped[int]
    kind: Mapped[str]
    key: Mapped[str]
    body: Mapped[str]


class AuditEntry(Base):
    """Who changed what, when, from what, to what (操作记录). Entries outlive what they speak of."""

    __tablename__ = "audit"

    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime] = mapped_column(default=now, index=True)
    who: Mapped[str] = mapped_column(default="")
    what: Mapped[str]
    kind: Mapped[str] = mapped_column(default="")
    object_id: Mapped[int | None] = mapped_column(index=True)
    title: Mapped[str] = mapped_column(default="")
    before: Mapped[str] = mapped_column(default="")
    after: Mapped[str] = mapped_column(default="")
