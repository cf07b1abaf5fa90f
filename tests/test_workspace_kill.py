"""kill -9 while work is saved: every acknowledged change is there after the restart, none by half."""

from __future__ import annotations

import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from soak_notes import note, remaining
from workspace_databases import postgres, url

from assistant.domain.report import Report
from assistant.workspace.store import Workspace

__all__ = ["postgres", "url"]

WRITER = Path(__file__).with_name("workspace_writer.py")


def killed(url: str, after: float) -> dict[str, int]:
    """Start the writer, kill it `after` seconds from its first word, return the last it acknowledged of each kind."""
    process = subprocess.Popen([sys.executable, str(WRITER), url], stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    heard = [process.stdout.readline()]
    time.sleep(after)
    process.send_signal(signal.SIGKILL)
    heard += process.communicate()[0].splitlines()
    told = [line.split() for line in heard if line.strip()]
    return {kind: int(number) for kind, number in (words for words in told if len(words) == 2)}


def check(workspace: Workspace, saved: int, acknowledged: dict[str, int]) -> None:
    """All that was acknowledged is there; each version is whole, and the trail and the versions agree with it."""
    report, version = workspace.report(saved)
    assert version in (acknowledged["report"], acknowledged["report"] + 1)
    assert report.title == f"第{version}版" * 50
    assert [entry.version for entry in workspace.versions(saved)] == list(range(version, 0, -1))
    trail = workspace.audit.entries("report", saved, limit=10_000)
    assert len(trail) == version
    drafts = [entry.report_version for entry in workspace.drafts(saved)]
    assert len(drafts) == len(set(drafts)) and acknowledged.get("draft", 0) <= max(drafts, default=0)
    assert all(d.draft.title == f"稿{d.report_version}" * 50 for d in workspace.drafts(saved))
    told = [int(message.text[1:]) for message in workspace.messages(saved)]
    assert told == sorted(set(told)) and acknowledged.get("message", 0) <= max(told, default=0)


def survive(url: str, seeds: range) -> int:
    """Kill once a seed and return how many acknowledged changes of reports there are in the end."""
    workspace = Workspace(url)
    saved = workspace.add_report(Report(title="第1版" * 50))
    for seed in seeds:
        acknowledged = killed(url, random.Random(seed).uniform(0.02, 0.3))
        check(workspace, saved, acknowledged)
    version = workspace.report(saved)[1]
    workspace.close()
    return version


def test_three_kills_lose_nothing_that_was_acknowledged(url: str) -> None:
    assert survive(url, range(3)) > 3


@pytest.mark.soak
def test_two_hundred_kills_lose_nothing_that_was_acknowledged(
    url: str, request: pytest.FixtureRequest
) -> None:
    """In ten lots of 20, each lot on one fresh database; a run that was broken off goes on with its lot."""
    kind = url.split(":")[0]
    for lot in remaining(f"saved-work-{kind}", range(0, 200, 20)):
        survive(_fresh(url, request, lot), range(lot, lot + 20))
    note(f"保存中途被强制结束（{kind}）：种子0—199，200次，已确认的修改丢失0处、半截0处")


def _fresh(url: str, request: pytest.FixtureRequest, start: int) -> str:
    if url.startswith("sqlite"):
        return url.replace("work.sqlite", f"work{start}.sqlite")
    return str(request.getfixturevalue("postgres").create(f"kill{start}"))
