"""Conversations (对话): several about a report and free ones; renamed, deleted, exported; every message stays."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from assistant.domain.base import Frozen
from assistant.domain.passage import Citation
from assistant.errors import WorkspaceError
from assistant.workspace.audit import record
from assistant.workspace.database import Database
from assistant.workspace.tables import SavedConversation, SavedMessage, now

_ROLES = {"user": "我", "assistant": "助手"}
_TITLE = 24
NEW = "新对话"


class Message(Frozen):
    """One message of a conversation; `action` is the change it proposes, as JSON, "" for none."""

    role: str
    text: str
    citations: tuple[Citation, ...] = ()
    action: str = ""
    id: int = 0


class Conversation(Frozen):
    """A conversation as the list shows it; `report_id` None for a free one."""

    id: int
    title: str
    report_id: int | None
    updated_at: datetime


class Conversations:
    """All conversations of one database."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def of(self, report_id: int | None) -> tuple[Conversation, ...]:
        """Return the conversations about a report (None: the free ones), the latest first."""
        owner = SavedConversation.report_id
        query = select(SavedConversation).where(owner.is_(None) if report_id is None else owner == report_id)
        with self._database.reading() as session:
            rows = session.scalars(
                query.order_by(SavedConversation.updated_at.desc(), SavedConversation.id.desc())
            )
            return tuple(_shown(row) for row in rows)

    def begin(self, report_id: int | None, title: str = NEW) -> int:
        """Begin a conversation and return its id."""
        with self._database.writing() as session:
            row = SavedConversation(report_id=report_id, title=title)
            session.add(row)
            session.flush()
            return row.id

    def rename(self, number: int, title: str) -> None:
        """Give a conversation another title; an empty one changes nothing."""
        name = title.strip()
        if not name:
            return
        with self._database.writing() as session:
            row = _found(session, number)
            self._record(session, "对话改名", row, row.title, name)
            row.title = name

    def delete(self, number: int) -> None:
        """Delete a conversation with its messages."""
        with self._database.writing() as session:
            row = _found(session, number)
            self._record(session, "删除对话", row, row.title, "")
            session.execute(delete(SavedMessage).where(SavedMessage.conversation_id == number))
            session.delete(row)

    def add(self, number: int, message: Message) -> int:
        """Keep one message and return its id; the first words of the user name a conversation that is new."""
        with self._database.writing() as session:
            row = _found(session, number)
            if row.title == NEW and message.role == "user":
                row.title = _title(message.text)
            row.updated_at = now()
            saved = SavedMessage(
                conversation_id=number,
                role=message.role,
                text=message.text,
                citations=json.dumps([c.model_dump() for c in message.citations], ensure_ascii=False),
                action=message.action,
            )
            session.add(saved)
            session.flush()
            return saved.id

    def settle(self, message_id: int, action: str, expected: str) -> bool:
        """Put down what became of a proposed change; False where somebody settled it before."""
        with self._database.writing() as session:
            row = session.get(SavedMessage, message_id)
            if row is None or row.action != expected:
                return False
            row.action = action
            return True

    def messages(self, number: int) -> Sequence[Message]:
        """Return the messages of a conversation, oldest first."""
        query = select(SavedMessage).where(SavedMessage.conversation_id == number).order_by(SavedMessage.id)
        with self._database.reading() as session:
            return [_message(row) for row in session.scalars(query)]

    def exported(self, number: int) -> str:
        """Return a conversation as Markdown, with the places it cites."""
        with self._database.reading() as session:
            title = _found(session, number).title
        parts = [f"# {title}", *(_markdown(message) for message in self.messages(number))]
        return "\n\n".join(parts) + "\n"

    def _record(
        self, session: Session, what: str, row: SavedConversation, before: object, after: object
    ) -> None:
        record(
            session,
            self._database.who(),
            what,
            kind="conversation",
            object_id=row.id,
            title=row.title,
            before=before,
            after=after,
        )


def _title(words: str) -> str:
    line = " ".join(words.split())
    return line if len(line) <= _TITLE else f"{line[:_TITLE]}…"


def _found(session: Session, number: int) -> SavedConversation:
    row = session.get(SavedConversation, number)
    if row is None:
        raise WorkspaceError(f"没有编号为 {number} 的对话", "它可能已被删除，请刷新")
    return row


def _shown(row: SavedConversation) -> Conversation:
    return Conversation(id=row.id, title=row.title, report_id=row.report_id, updated_at=row.updated_at)


def _message(row: SavedMessage) -> Message:
    cited: list[dict[str, Any]] = json.loads(row.citations)
    return Message(
        id=row.id,
        role=row.role,
        text=row.text,
        citations=tuple(Citation.model_validate(one) for one in cited),
        action=row.action,
    )


def _markdown(message: Message) -> str:
    sources = [
        f"> [{n}] {one.source} 第{one.first_paragraph + 1}段" for n, one in enumerate(message.citations, 1)
    ]
    head = f"**{_ROLES.get(message.role, message.role)}**"
    return "\n\n".join([head, message.text, *(["\n".join(sources)] if sources else [])])
