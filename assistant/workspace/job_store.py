"""The store of jobs (任务): what is to be done, how far it is, what it has brought forth; outlives every process.

A job has one owner at a time. An owner that is gone is replaced; a former owner writes nothing any more.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import delete, func, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from assistant.domain.base import Frozen
from assistant.errors import WorkspaceError, ZhijiError
from assistant.workspace.database import Database
from assistant.workspace.tables import SavedJob, SavedPiece, now

#: Saves what a job has made, as part of the transaction that ends it, and returns what to note of it.
Keep = Callable[[Session], object]

WAITING, RUNNING, DONE, FAILED, STOPPED = "waiting", "running", "done", "failed", "stopped"
#: An owner that has not been heard of for so long is taken for gone.
SILENCE = timedelta(seconds=15)


class Ousted(ZhijiError):
    """The job was stopped or has gone to another process (任务已停止或转手); its former owner ends without a word."""

    code = "ousted"

    def __init__(self) -> None:
        super().__init__("这项工作已停止或由另一个程序接手", "不需要处理")


class JobRecord(Frozen):
    """A job as it stands; `result` is what it ended with, `spent` the seconds since the first step of this run."""

    id: int
    kind: str
    key: str
    title: str
    spec: dict[str, Any]
    state: str
    done_steps: int
    all_steps: int
    steps_before: int
    at: str
    result: str
    fault: str
    remedy: str
    runs: int
    spent: float

    @property
    def active(self) -> bool:
        """Whether the work goes on or is about to."""
        return self.state in (WAITING, RUNNING)

    @property
    def resumable(self) -> bool:
        """Whether the work was left unfinished and can be taken up again."""
        return self.state in (STOPPED, FAILED)

    @property
    def fraction(self) -> float:
        """How far the work is, between 0 and 1."""
        return min(1.0, self.done_steps / self.all_steps) if self.all_steps else 0.0

    @property
    def seconds_left(self) -> float | None:
        """How long the rest will take at the pace of this run; None where that cannot be said yet."""
        made = self.done_steps - self.steps_before
        if made <= 0 or self.spent <= 0:
            return None
        return self.spent / made * max(0, self.all_steps - self.done_steps)


class Piece(Frozen):
    """One piece of what a job has brought forth; `number` counts from 1."""

    number: int
    kind: str
    key: str
    body: str


class JobStore:
    """The jobs of one database."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def start(self, kind: str, key: str, title: str, spec: Mapping[str, object]) -> JobRecord:
        """Put down a job and return it; where one of that key is under way, return that one."""
        try:
            with self._database.writing() as session:
                found = _active(session, key)
                if found is None:
                    found = SavedJob(
                        kind=kind, key=key, title=title, spec=json.dumps(spec, ensure_ascii=False)
                    )
                    session.add(found)
                    session.flush()
                return _record(found)
        except WorkspaceError as error:
            if not isinstance(error.__cause__, IntegrityError):
                raise
            other = self.latest(key)
            if other is None:
                raise
            return other

    def latest(self, key: str) -> JobRecord | None:
        """Return the latest job of that key."""
        query = select(SavedJob).where(SavedJob.key == key).order_by(SavedJob.id.desc()).limit(1)
        with self._database.reading() as session:
            row = session.scalars(query).first()
            return None if row is None else _record(row)

    def get(self, number: int) -> JobRecord:
        """Return a job; WorkspaceError where there is none."""
        with self._database.reading() as session:
            return _record(_found(session, number))

    def unfinished(self) -> tuple[JobRecord, ...]:
        """Return the jobs that are waiting or running, oldest first."""
        query = select(SavedJob).where(SavedJob.state.in_((WAITING, RUNNING))).order_by(SavedJob.id)
        with self._database.reading() as session:
            return tuple(_record(row) for row in session.scalars(query))

    def claim(self, number: int, owner: str, gone: Callable[[str], bool]) -> bool:
        """Take a job that waits, or whose owner is gone or silent; True where it is ours now."""
        with self._database.writing() as session:
            row = session.get(SavedJob, number, with_for_update=True)
            if row is None or not _free(row, gone):
                return False
            row.state, row.owner, row.ended_at = RUNNING, owner, None
            row.beat_at = row.started_at = now()
            row.runs, row.steps_before = row.runs + 1, row.done_steps
            return True

    def beat(self, number: int, owner: str) -> None:
        """Say that the owner is at work. Raises Ousted."""
        with self._database.writing() as session:
            _owned(session, number, owner).beat_at = now()

    def progress(self, number: int, owner: str, done: int, total: int, at: str) -> None:
        """Put down how far the work is; the clock starts with the first step of this run. Raises Ousted."""
        with self._database.writing() as session:
            row = _owned(session, number, owner)
            if done <= row.steps_before:
                row.started_at = now()
            row.done_steps, row.all_steps, row.at, row.beat_at = done, total, at, now()

    def add_pieces(self, number: int, owner: str, pieces: Sequence[Piece]) -> None:
        """Keep what has come forth. Raises Ousted."""
        with self._database.writing() as session:
            _owned(session, number, owner).beat_at = now()
            session.add_all(
                SavedPiece(job_id=number, number=p.number, kind=p.kind, key=p.key, body=p.body)
                for p in pieces
            )

    def pieces(self, number: int, after: int = 0) -> tuple[Piece, ...]:
        """Return what the job has brought forth, in order."""
        query = (
            select(SavedPiece)
            .where(SavedPiece.job_id == number, SavedPiece.number > after)
            .order_by(SavedPiece.number)
        )
        with self._database.reading() as session:
            return tuple(
                Piece(number=row.number, kind=row.kind, key=row.key, body=row.body)
                for row in session.scalars(query)
            )

    def finish(self, number: int, owner: str, keep: Keep) -> str:
        """End a job well: what `keep` saves and the end are one transaction. Raises Ousted."""
        with self._database.writing() as session:
            row = _owned(session, number, owner)
            row.result = str(keep(session))
            row.state, row.ended_at, row.done_steps = DONE, now(), row.all_steps
            session.execute(delete(SavedPiece).where(SavedPiece.job_id == number))
            return row.result

    def fail(self, number: int, owner: str, fault: str, remedy: str) -> None:
        """End a job that cannot go on; what it brought forth stays. Raises Ousted."""
        with self._database.writing() as session:
            row = _owned(session, number, owner)
            row.state, row.fault, row.remedy, row.ended_at = FAILED, fault, remedy, now()

    def stop(self, number: int) -> None:
        """Stop a job at once; what it brought forth stays, its owner is told at its next word."""
        with self._database.writing() as session:
            row = _found(session, number)
            if row.state in (WAITING, RUNNING):
                row.state, row.owner, row.ended_at = STOPPED, "", now()

    def take_up(self, number: int) -> JobRecord:
        """Put a job that was left unfinished back to waiting; an active one stays as it is."""
        with self._database.writing() as session:
            row = _found(session, number)
            if row.state in (STOPPED, FAILED) and _active(session, row.key) is None:
                row.state, row.fault, row.remedy = WAITING, "", ""
            return _record(row)

    def forget(self, number: int) -> None:
        """Delete a job that has ended, with its pieces."""
        with self._database.writing() as session:
            row = session.get(SavedJob, number)
            if row is not None and row.state not in (WAITING, RUNNING):
                session.execute(delete(SavedPiece).where(SavedPiece.job_id == number))
                session.delete(row)

    def running(self) -> int:
        """Return how many jobs are waiting or running."""
        query = select(func.count()).select_from(SavedJob).where(SavedJob.state.in_((WAITING, RUNNING)))
        with self._database.reading() as session:
            return int(session.scalar(query) or 0)


def _free(row: SavedJob, gone: Callable[[str], bool]) -> bool:
    if row.state == WAITING:
        return True
    if row.state != RUNNING:
        return False
    return row.beat_at is None or now() - row.beat_at > SILENCE or gone(row.owner)


def _active(session: Session, key: str) -> SavedJob | None:
    query = select(SavedJob).where(SavedJob.key == key, SavedJob.state.in_((WAITING, RUNNING)))
    return session.scalars(query).first()


def _found(session: Session, number: int) -> SavedJob:
    row = session.get(SavedJob, number)
    if row is None:
        raise WorkspaceError(f"没有编号为 {number} 的任务", "请刷新")
    return row


def _owned(session: Session, number: int, owner: str) -> SavedJob:
    row = session.get(SavedJob, number, with_for_update=True)
    if row is None or row.owner != owner or row.state != RUNNING:
        raise Ousted
    return row


def _record(row: SavedJob) -> JobRecord:
    begun: datetime | None = row.started_at
    until = row.ended_at if row.ended_at and begun and row.ended_at > begun else now()
    return JobRecord(
        id=row.id,
        kind=row.kind,
        key=row.key,
        title=row.title,
        spec=json.loads(row.spec),
        state=row.state,
        done_steps=row.done_steps,
        all_steps=row.all_steps,
        steps_before=row.steps_before,
        at=row.at,
        result=row.result,
        fault=row.fault,
        remedy=row.remedy,
        runs=row.runs,
        spent=(until - begun).total_seconds() if begun else 0.0,
    )
