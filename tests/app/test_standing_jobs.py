"""Work outlives the process that does it: kept as it comes, gone on with, never lost and never doubled."""

from __future__ import annotations

import random
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from soak_notes import note, remaining

from assistant.settings import ROOT, read_settings
from assistant.ui.desk import Desk
from assistant.ui.drafting_job import key_of, so_far, start_drafting
from assistant.ui.standing_jobs import StandingJobs, Task
from assistant.ui.state import State
from assistant.workspace.job_store import DONE, FAILED, STOPPED
from assistant.workspace.store import Workspace

PROCESS = ROOT / "tests" / "drafting_process.py"


@pytest.fixture
def workspace(tmp_path: Path) -> Iterator[Workspace]:
    opened = Workspace(f"sqlite:///{tmp_path / 'work.sqlite'}")
    yield opened
    opened.close()


def jobs(workspace: Workspace, work: Callable[[Task], None]) -> StandingJobs:
    return StandingJobs(workspace.jobs, {"count": work})


def count(task: Task) -> None:
    """Count from what is kept to ten."""
    for number in range(len(task.kept) + 1, 11):
        task.progress(number - 1, 10, str(number))
        task.add("number", "", str(number))
        time.sleep(0.02)
    task.put_down()
    words = "".join(piece.body for piece in task._store.pieces(task.record.id))
    task.finish(lambda session: words)


def test_a_job_keeps_what_it_ended_with(workspace: Workspace) -> None:
    board = jobs(workspace, count)
    board.start("count", "k", "数数", {})
    assert board.wait("k", 10)
    record = board.latest("k")
    assert record is not None and (record.state, record.result) == (DONE, "12345678910")


def test_a_second_click_does_not_start_a_second_job(workspace: Workspace) -> None:
    board = jobs(workspace, count)
    first, second = (board.start("count", "k", "数数", {}) for _ in range(2))
    assert first.id == second.id and board.wait("k", 10)


def test_two_processes_do_one_job_once(workspace: Workspace) -> None:
    """Both see it waiting; only one of them runs it."""
    ran: list[str] = []
    gate = threading.Event()

    def work(task: Task) -> None:
        ran.append(task._owner)
        gate.wait(5)
        task.finish(lambda session: "")

    one, two = jobs(workspace, work), jobs(workspace, work)
    one.start("count", "k", "数数", {})
    two.go_on_with_all()
    time.sleep(0.3)
    gate.set()
    assert one.wait("k", 10) and two.wait("k", 10) and len(ran) == 1


def test_a_stopped_job_goes_on_where_it_was(workspace: Workspace) -> None:
    """Stopped after a few numbers, gone on with: every number once."""
    board = jobs(workspace, count)
    board.start("count", "k", "数数", {})
    time.sleep(0.1)
    board.stop("k")
    assert board.wait("k", 10) and workspace.jobs.latest("k").state == STOPPED  # type: ignore[union-attr]
    board.go_on("k")
    assert board.wait("k", 10)
    assert workspace.jobs.latest("k").result == "12345678910"  # type: ignore[union-attr]


def test_a_job_that_cannot_go_on_says_why(workspace: Workspace) -> None:
    board = jobs(workspace, lambda task: task.progress(1, 0, "x") or task.finish(lambda session: 1 / 0))
    board.start("count", "k", "数数", {})
    assert board.wait("k", 10)
    record = board.latest("k")
    assert record is not None and record.state == FAILED and "意外" in record.fault


def test_what_a_job_saves_and_its_end_are_one(workspace: Workspace) -> None:
    """The end fails after something was saved: nothing was saved."""
    from assistant.domain.draft import Draft
    from assistant.domain.report import Report

    saved = workspace.add_report(Report(title="甲"))

    def keep(session: object) -> None:
        workspace.put_draft(session, saved, 1, Draft(title="稿", unit_name=""))  # type: ignore[arg-type]
        raise ZeroDivisionError

    board = jobs(workspace, lambda task: task.finish(keep))
    board.start("count", "k", "数数", {})
    assert board.wait("k", 10) and workspace.drafts(saved) == ()


def test_the_time_left_is_known_once_a_step_is_done(workspace: Workspace) -> None:
    left: list[float | None] = []

    def work(task: Task) -> None:
        for number in range(3):
            task.progress(number, 4, "")
            time.sleep(0.1)
            left.append(workspace.jobs.get(task.record.id).seconds_left)
        task.finish(lambda session: "")

    board = jobs(workspace, work)
    board.start("count", "k", "数数", {})
    assert board.wait("k", 10)
    assert left[0] is None and left[2] is not None and 0.1 < left[2] < 1.5


def drafted_text(at: Desk) -> list[str]:
    return [entry.draft.text for entry in at.workspace.drafts(at.first_report())]


def unbroken(monkeypatch: pytest.MonkeyPatch, folder: Path) -> str:
    monkeypatch.setenv("ZHIJI_DATA_DIR", str(folder))
    at, state = Desk(read_settings()), State()
    state.open(at, at.first_report())
    start_drafting(at, state)
    assert at.standing.wait(key_of(state.report_id), 60)
    (text,) = drafted_text(at)
    at.workspace.close()
    return text


def killed_and_gone_on_with(
    folder: Path, monkeypatch: pytest.MonkeyPatch, paragraphs: int
) -> tuple[list[str], int]:
    """Kill a drafting process after so many paragraphs, open the application anew; return the drafts, and how many paragraphs were kept."""
    monkeypatch.setenv("ZHIJI_DATA_DIR", str(folder))
    process = subprocess.Popen([sys.executable, str(PROCESS), "0.03"], stdout=subprocess.PIPE, cwd=ROOT)
    assert process.stdout is not None and process.stdout.readline()
    at = Desk(read_settings())
    key = key_of(at.first_report())
    while len(so_far(at, at.workspace.jobs.latest(key))) < paragraphs:  # type: ignore[arg-type]
        time.sleep(0.02)
    process.send_signal(signal.SIGKILL)
    process.wait(10)
    kept = len(so_far(at, at.workspace.jobs.latest(key)))  # type: ignore[arg-type]
    at.standing.go_on_with_all()
    assert at.standing.wait(key, 60)
    texts = drafted_text(at)
    at.workspace.close()
    return texts, kept


def test_a_draft_whose_process_was_killed_is_finished_by_the_next_one(
    home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Killed in the middle: one draft, to the letter that of a run that was not broken off."""
    texts, kept = killed_and_gone_on_with(tmp_path / "killed", monkeypatch, 8)
    assert kept >= 8
    assert texts == [unbroken(monkeypatch, tmp_path / "whole")]


@pytest.mark.soak
def test_fifty_killed_drafts_are_each_finished_once(
    home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = unbroken(monkeypatch, tmp_path / "whole")
    for seed in remaining("killed-drafts", range(50)):
        paragraphs = random.Random(seed).randrange(1, 40)
        assert killed_and_gone_on_with(tmp_path / f"killed{seed}", monkeypatch, paragraphs)[0] == [whole]
    note("起草中途被强制结束再续写：种子0—49，50次，都只成一稿，与不中断的逐字相同")
