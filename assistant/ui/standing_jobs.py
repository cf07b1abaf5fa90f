"""Work that outlives clicks, reloads and the server itself (任务): threads that keep what they do in the workspace.

A job that a dead process left behind is taken up again by whoever sees it first, and by nobody else.
Knows nothing about Streamlit; a job never calls it.
"""

from __future__ import annotations

import os
import secrets
import socket
import threading
import time
from collections.abc import Callable, Mapping
from functools import cache

from assistant.ui.boundary import fault_of
from assistant.workspace.job_store import JobRecord, JobStore, Keep, Ousted, Piece

#: Pieces are put down together where they come faster than this, in seconds.
_GATHER = 0.1
_BEAT = 3.0
_HOST = socket.gethostname().replace(":", "_")


class Task:
    """One run of a job: what it is to do, what earlier runs brought forth, and where to put more."""

    def __init__(self, store: JobStore, record: JobRecord, owner: str) -> None:
        self._store, self._owner = store, owner
        self.record = record
        self.spec = record.spec
        self.kept = store.pieces(record.id)
        self._number = self.kept[-1].number if self.kept else 0
        self._waiting: list[Piece] = []
        self._put_at = 0.0
        self._lock = threading.Lock()
        self.finished = False

    def progress(self, done: int, total: int, what: str) -> None:
        """Put down how far the work is; raises Ousted where it was stopped."""
        self.put_down()
        self._store.progress(self.record.id, self._owner, done, total, what)

    def add(self, kind: str, key: str, body: str) -> None:
        """Put down one more piece; raises Ousted where the work was stopped."""
        with self._lock:
            self._number += 1
            self._waiting.append(Piece(number=self._number, kind=kind, key=key, body=body))
        if time.monotonic() - self._put_at > _GATHER:
            self.put_down()

    def put_down(self) -> None:
        """Put down what has been gathered."""
        with self._lock:
            if self._waiting:
                self._store.add_pieces(self.record.id, self._owner, self._waiting)
                self._waiting = []
            self._put_at = time.monotonic()

    def beat(self) -> None:
        """Say that the work goes on."""
        self.put_down()
        self._store.beat(self.record.id, self._owner)

    def finish(self, keep: Keep) -> None:
        """End the work; what `keep` saves and the end of the job are one transaction."""
        self.put_down()
        self._store.finish(self.record.id, self._owner, keep)
        self.finished = True

    def fail(self, message: str, remedy: str) -> None:
        """End the work with what stopped it."""
        self._store.fail(self.record.id, self._owner, message, remedy)


Handler = Callable[[Task], None]


class StandingJobs:
    """The jobs of one workspace as this process does them; `handlers` do the work of each kind."""

    def __init__(self, store: JobStore, handlers: Mapping[str, Handler]) -> None:
        self._store, self._handlers = store, handlers
        self._threads: dict[str, threading.Thread] = {}
        self._lock = threading.Lock()

    def latest(self, key: str) -> JobRecord | None:
        """Return the latest job of that key; one whose process is gone goes on here."""
        record = self._store.latest(key)
        if record is not None and record.active and not self._here(key):
            self._begin(record)
        return record

    def start(self, kind: str, key: str, title: str, spec: Mapping[str, object]) -> JobRecord:
        """Start a job and return it; where one of that key is under way, return that one."""
        record = self._store.start(kind, key, title, spec)
        self._begin(record)
        return record

    def go_on(self, key: str) -> None:
        """Take up again a job that was stopped or failed."""
        record = self._store.latest(key)
        if record is not None:
            self._begin(self._store.take_up(record.id))

    def stop(self, key: str) -> None:
        """Stop a job; what it brought forth stays."""
        record = self._store.latest(key)
        if record is not None:
            self._store.stop(record.id)

    def forget(self, key: str) -> None:
        """Drop a job that has ended, with what it brought forth."""
        record = self._store.latest(key)
        if record is not None:
            self._store.forget(record.id)

    def pieces(self, record: JobRecord) -> tuple[Piece, ...]:
        """Return what a job has brought forth so far."""
        return self._store.pieces(record.id)

    def go_on_with_all(self) -> None:
        """Take up what a process left behind that is gone."""
        for record in self._store.unfinished():
            self._begin(record)

    def wait(self, key: str, seconds: float) -> bool:
        """Wait at most so long for the work of this process under that key; return whether it has ended."""
        thread = self._threads.get(key)
        if thread is not None:
            thread.join(seconds)
        return thread is None or not thread.is_alive()

    def _here(self, key: str) -> bool:
        thread = self._threads.get(key)
        return thread is not None and thread.is_alive()

    def _begin(self, record: JobRecord) -> None:
        if record.active and record.kind in self._handlers:
            with self._lock:
                before = self._threads.get(record.key)
                thread = threading.Thread(
                    target=self._run, args=(record, before), name=record.key, daemon=True
                )
                self._threads[record.key] = thread
                thread.start()

    def _run(self, record: JobRecord, before: threading.Thread | None) -> None:
        """Do the work, where it is ours to do; a former run of this process ends first."""
        if before is not None:
            before.join()
        owner = f"{_HOST}:{os.getpid()}:{_token()}:{secrets.token_hex(4)}"
        if fault_of(lambda: self._claim(record, owner)) is not None:
            return
        task = Task(self._store, self._store.get(record.id), owner)
        ended = threading.Event()
        threading.Thread(target=_keep_beating, args=(task, ended), daemon=True).start()
        fault = fault_of(lambda: self._handlers[record.kind](task))
        ended.set()
        if fault is not None and not isinstance(fault, Ousted):
            fault_of(lambda: task.fail(fault.message, fault.remedy))

    def _claim(self, record: JobRecord, owner: str) -> None:
        if not self._store.claim(record.id, owner, _gone):
            raise Ousted


def _gone(owner: str) -> bool:
    """Whether an owner on this machine has died; of one elsewhere only its silence can tell."""
    host, number, token, *_ = [*owner.split(":"), "", "", ""]
    if host != _HOST or not number.isdigit():
        return False
    if int(number) == os.getpid():
        return token != _token()
    return os.name == "posix" and not _alive(int(number))


@cache
def _token() -> str:
    """Return what tells this process from an earlier one that had the same number."""
    return secrets.token_hex(4)


def _keep_beating(task: Task, ended: threading.Event) -> None:
    while not ended.wait(_BEAT):
        if fault_of(task.beat) is not None:
            return


def _alive(number: int) -> bool:
    try:
        os.kill(number, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True
