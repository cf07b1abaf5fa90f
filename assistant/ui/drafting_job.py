"""The job that writes a draft: started by a page, tailed by any, kept in the workspace when it is done."""

from __future__ import annotations

from typing import Any

from assistant import pipeline
from assistant.domain.draft import Sentence
from assistant.domain.report import Report
from assistant.ui.desk import Desk
from assistant.ui.jobs import Job
from assistant.ui.state import State

WRITERS = {"offline": "本机写作", "model": "模型写作"}
LENGTHS = {"normal": "正常篇幅", "short": "短", "long": "长"}


def key_of(report_id: int) -> str:
    """Return the key of the drafting job of a report."""
    return f"draft-{report_id}"


def start_drafting(at: Desk, state: State, writer: str = "offline", length: str = "normal") -> Job:
    """Save what is not saved, then write, prove and keep a draft in the background.

    Raises StaleVersion where somebody saved the report first.
    """
    state.save(at)
    report, report_id, version = state.saved, state.report_id, state.version

    def work(job: Job) -> int:
        return _write(at, job, report, writer, length, (report_id, version))

    state.draft_id = None
    return at.jobs.start(key_of(report_id), "起草", work)


def _write(at: Desk, job: Job, report: Report, writer: str, length: str, place: tuple[int, int]) -> int:
    """Write one draft and return the id under which it is kept."""

    def heard(*told: Any) -> None:
        sentence: Sentence = told[-1]
        job.add("/".join(told[:-1]), sentence.text)

    evaluation = at.evaluate(report)
    draft = pipeline.write_draft(
        evaluation,
        at.workbench.writer(writer, evaluation),
        at.workbench.retriever(),
        at.workbench.prompts,
        length=length,
        on_progress=job.report,
        on_sentence=heard,
    )
    return at.workspace.add_draft(*place, draft)
