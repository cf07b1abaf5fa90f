"""The audit trail (操作记录): who changed what, when, from what, to what; written in the same transaction as the change."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import datetime
from itertools import zip_longest
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from assistant.domain.base import Frozen
from assistant.workspace.database import Database
from assistant.workspace.tables import AuditEntry

#: A value longer than this is shortened in the trail.
_LONGEST = 400
_ABSENT = object()


class Change(Frozen):
    """One place that changed: its path, and what stood and stands there ("" for nothing)."""

    path: str
    before: str
    after: str


class Entry(Frozen):
    """One entry of the trail. `kind` and `object_id` name the thing, `title` its name then."""

    id: int
    at: datetime
    who: str
    what: str
    kind: str
    object_id: int | None
    title: str
    changes: tuple[Change, ...]


class AuditTrail:
    """Reads the trail; writing it is part of each change (`record`)."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def entries(self, kind: str = "", object_id: int | None = None, limit: int = 200) -> tuple[Entry, ...]:
        """Return the latest entries, newest first; of one kind or one thing where asked for."""
        query = select(AuditEntry).order_by(AuditEntry.id.desc()).limit(limit)
        if kind:
            query = query.where(AuditEntry.kind == kind)
        if object_id is not None:
            query = query.where(AuditEntry.object_id == object_id)
        with self._database.reading() as session:
            return tuple(_entry(row) for row in session.scalars(query))

    def note(self, what: str, *, kind: str = "", title: str = "", before: str = "", after: str = "") -> None:
        """Take down something done that changed no row: an export, a backup, a new name."""
        with self._database.writing() as session:
            record(session, self._database.who(), what, kind=kind, title=title, before=before, after=after)


def record(
    session: Session,
    who: str,
    what: str,
    *,
    kind: str = "",
    object_id: int | None = None,
    title: str = "",
    before: object = "",
    after: object = "",
) -> None:
    """Add one entry to the transaction; of two values of the same shape only what differs is kept."""
    old, new = _sides(before, after)
    session.add(
        AuditEntry(who=who, what=what, kind=kind, object_id=object_id, title=title, before=old, after=new)
    )


def changes(before: object, after: object) -> tuple[Change, ...]:
    """Return the places in which two values read from JSON differ, in the order of the value."""
    return tuple(
        Change(path=path, before=_shown(old), after=_shown(new))
        for path, old, new in _differ("", before, after)
    )


def _sides(before: object, after: object) -> tuple[str, str]:
    """Return what stood and what stands, as one JSON object each with the same paths."""
    found = changes(before, after)
    return (
        json.dumps({one.path: one.before for one in found}, ensure_ascii=False),
        json.dumps({one.path: one.after for one in found}, ensure_ascii=False),
    )


def _differ(path: str, before: Any, after: Any) -> Iterator[tuple[str, Any, Any]]:
    if isinstance(before, dict) and isinstance(after, dict):
        for key in dict.fromkeys([*before, *after]):
            inner = f"{path}.{key}" if path else str(key)
            yield from _differ(inner, before.get(key, _ABSENT), after.get(key, _ABSENT))
    elif isinstance(before, list) and isinstance(after, list):
        for n, (old, new) in enumerate(zip_longest(before, after, fillvalue=_ABSENT)):
            yield from _differ(f"{path}[{n}]", old, new)
    elif before != after:
        yield path, before, after


def _shown(value: object) -> str:
    if value is _ABSENT or value is None:
        return ""
    words = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    return words if len(words) <= _LONGEST else f"{words[:_LONGEST]}……（共{len(words)}字）"


def _entry(row: AuditEntry) -> Entry:
    before, after = json.loads(row.before or "{}"), json.loads(row.after or "{}")
    return Entry(
        id=row.id,
        at=row.at,
        who=row.who,
        what=row.what,
        kind=row.kind,
        object_id=row.object_id,
        title=row.title,
        changes=tuple(
            Change(path=path, before=before.get(path, ""), after=after.get(path, ""))
            for path in dict.fromkeys([*before, *after])
        ),
    )
