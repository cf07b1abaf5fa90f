"""The job that writes a draft: started by a page, tailed by any, gone on with after a break, kept when it is done."""

from __future__ import annotations

from typing import Any

from assistant import pipeline
from assistant.domain.draft import Sentence
from assistant.drafting.kept_writing import KeptWriting, Worded
from assistant.ui.desk import Desk
from assistant.ui.standing_jobs import Task
from assistant.ui.state import State
from assistant.workspace.job_store import JobRecord

KIND = "draft"
WRITERS = {"offline": "本机写作", "model": "模型写作"}
LENGTHS = {"normal": "正常篇幅", "short": "短", "long": "长"}
_WORDED, _SENTENCE = "worded", "sentence"


def key_of(report_id: int) -> str:
    """Return the key of the drafting job of a report."""
    return f"draft-{report_id}"


def start_drafting(at: Desk, state: State, writer: str = "offline", length: str = "normal") -> JobRecord:
    """Save what is not saved, then write, prove and keep a draft in the background.

    Raises StaleVersion where somebody saved the report first.
    """
    state.save(at)
    spec = {"report": state.report_id, "version": state.version, "writer": writer, "length": length}
    state.draft_id = None
    return at.standing.start(KIND, key_of(state.report_id), "起草", spec)


def write(at: Desk, task: Task) -> None:
    """Write the draft of the version that was asked for; what an earlier run has worded stays as it is."""
    report_id, version = int(task.spec["report"]), int(task.spec["version"])
    evaluation = at.evaluate(at.workspace.report(report_id, version)[0])
    heard = sum(piece.kind == _SENTENCE for piece in task.kept)
    kept = [Worded.model_validate_json(piece.body) for piece in task.kept if piece.kind == _WORDED]
    writer = KeptWriting(
        at.workbench.writer(str(task.spec["writer"]), evaluation),
        {one.place: one for one in kept},
        lambda one: task.add(_WORDED, one.place, one.model_dump_json()),
    )
    told = 0

    def tell(*words: Any) -> None:
        nonlocal told
        told += 1
        sentence: Sentence = words[-1]
        if told > heard:
            task.add(_SENTENCE, writer.place, sentence.text)

    draft = pipeline.write_draft(
        evaluation,
        writer,
        at.workbench.retriever(),
        at.workbench.prompts,
        length=str(task.spec["length"]),
        on_progress=task.progress,
        on_sentence=tell,
    )
    task.finish(lambda session: at.workspace.put_draft(session, report_id, version, draft))


def so_far(at: Desk, record: JobRecord) -> list[str]:
    """Return the paragraphs written so far."""
    paragraphs: dict[str, list[str]] = {}
    for piece in at.standing.pieces(record):
        if piece.kind == _SENTENCE:
            paragraphs.setdefault(piece.key, []).append(piece.body)
    return ["".join(words) for words in paragraphs.values()]
