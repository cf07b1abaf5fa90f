"""The job that reads files into the library: after a break it goes on with the files not yet read."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from assistant.bootstrap import CORPUS
from assistant.search.index import Verdict
from assistant.ui.desk import Desk, Upload, kept
from assistant.ui.standing_jobs import Task
from assistant.workspace.job_store import JobRecord

KIND = "index"
KEY = "library"
_SHOWN = ("source", "status", "why", "paragraphs", "tables")


def start_reading(at: Desk, uploads: Sequence[Upload]) -> JobRecord:
    """Keep the files handed over and read them into the library in the background."""
    for upload in uploads:
        kept(upload, at.received)
    return at.standing.start(KIND, KEY, "读入资料库", {})


def start_sample(at: Desk) -> None:
    """Read the sample reports in the background into a library that has never been used."""
    if not at.workbench.library.exists() and CORPUS.is_dir():
        at.standing.start(KIND, KEY, "读入示例报告", {"sample": True})


def start_rebuilding(at: Desk) -> None:
    """Build a library anew that can no longer be used, from the samples and from what was handed over here."""
    at.standing.start(KIND, KEY, "重建资料库", {"sample": True, "rebuild": True})


def read(at: Desk, task: Task) -> None:
    """Read all that was handed over; what an earlier run has read is unchanged and passed over.

    What comes while it reads is read before it ends.
    """
    told: dict[str, dict[str, Any]] = {}
    at.received.mkdir(parents=True, exist_ok=True)
    folders = [CORPUS, at.received] if task.spec.get("sample") else [at.received]
    listed: set[Path] | None = None
    while listed != (now := set(at.received.rglob("*"))):
        rebuild = listed is None and bool(task.spec.get("rebuild"))
        listed = now
        verdicts = at.workbench.index(folders, progress=task.progress, rebuild=rebuild)
        told |= {verdict.source: _told(verdict) for verdict in verdicts if verdict.status != "unchanged"}
    task.finish(lambda session: json.dumps(list(told.values()), ensure_ascii=False))


def outcome(record: JobRecord) -> list[dict[str, Any]]:
    """Return the verdict on each new or changed file of a job that has ended."""
    return list(json.loads(record.result)) if record.result else []


def _told(verdict: Verdict) -> dict[str, Any]:
    return {name: getattr(verdict, name) for name in _SHOWN}
