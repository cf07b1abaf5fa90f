"""Work in the background: it is not lost, it can be stopped, and its faults are said."""

from __future__ import annotations

import threading

from assistant.errors import FileMissing
from assistant.ui.jobs import Job, Jobs, Stopped


def test_what_a_job_said_is_there_after_it_ended() -> None:
    job = Job("起草").start(lambda job: [job.add("p1", word) for word in "一二三"])
    assert job.wait(5)
    assert [words for _, words in job.pieces] == ["一", "二", "三"]


def test_a_second_click_does_not_start_a_second_job() -> None:
    """Whoever asks again while it runs gets the job that runs."""
    gate, jobs = threading.Event(), Jobs()
    first = jobs.start("draft-1", "起草", lambda job: gate.wait(5))
    second = jobs.start("draft-1", "起草", lambda job: None)
    gate.set()
    assert second is first and first.wait(5)


def test_a_job_stops_at_its_next_step() -> None:
    gate = threading.Event()

    def work(job: Job) -> None:
        gate.wait(5)
        job.report(1, 2, "第二部分")

    job = Job("起草").start(work)
    job.stop()
    gate.set()
    assert job.wait(5) and isinstance(job.fault, Stopped)


def test_a_fault_of_the_house_keeps_its_words() -> None:
    def work(job: Job) -> None:
        raise FileMissing("a.xlsx")

    job = Job("读入").start(work)
    assert job.wait(5) and job.fault is not None and "a.xlsx" in job.fault.message


def test_an_unforeseen_fault_is_said_without_its_innards() -> None:
    job = Job("读入").start(lambda job: 1 / 0)
    assert job.wait(5) and job.fault is not None
    assert "division" not in str(job.fault) and "意外" in job.fault.message
