"""What the assistant proposed and the user said yes to: done once, by whoever says yes first, and taken back on demand."""

from __future__ import annotations

from assistant import pipeline
from assistant.chat.answer import DONE, OPEN, REFUSED, UNDONE, Action
from assistant.chat.filling import Change, applied
from assistant.errors import StaleVersion, WorkspaceError
from assistant.export.form import write_form
from assistant.ui.desk import Desk, bytes_written
from assistant.ui.draft_downloads import exported, file_name
from assistant.ui.drafting_job import start_drafting
from assistant.ui.state import State
from assistant.workspace.store import Message


def action_of(message: Message) -> Action | None:
    """Return what a message proposes, None where it proposes nothing."""
    return Action.model_validate_json(message.action) if message.action else None


def accept(at: Desk, state: State, message: Message) -> str:
    """Do what a message proposes and return what was done, in words.

    Raises InvalidReport, StaleVersion or WorkspaceError where it cannot be done; then it stays open.
    """
    action = action_of(message)
    if action is None or action.state != OPEN:
        return "这一项已经处理过了。"
    if action.kind == "fill" and action.change is not None:
        _change(at, state, action.change, "助手修改")
    if not _settle(at, message, action, DONE):
        return "这一项已经处理过了。"
    if action.kind == "draft":
        start_drafting(at, state, length=action.how or "normal")
        return "已开始起草，到“起草”看进度。"
    if action.kind == "fill" and action.change is not None:
        return f"已把{action.change.label}改为“{action.change.after}”，并已保存。说“撤销”可以改回去。"
    return "好的，请点下面的按钮下载。"


def refuse(at: Desk, message: Message) -> str:
    """Put down that the user does not want it."""
    action = action_of(message)
    if action is not None and action.state == OPEN:
        _settle(at, message, action, REFUSED)
    return "好的，没有改动。"


def take_back(at: Desk, state: State, message: Message) -> str:
    """Take back a change that was made; raises InvalidReport where the cell was changed again since."""
    action = action_of(message)
    if action is None or action.state != DONE or action.change is None:
        return "没有可以撤销的修改。"
    _change(at, state, action.change.reversed(), "撤销助手修改")
    _settle(at, message, action, UNDONE)
    return f"已撤销：{action.change.label}改回“{action.change.before or '（空）'}”。"


def file_of(at: Desk, state: State, action: Action) -> tuple[str, bytes]:
    """Return name and content of the file that was agreed to; WorkspaceError where there is no draft."""
    evaluation = at.evaluate(state.saved)
    if action.how == "xlsx":
        content = bytes_written(lambda path: write_form(state.saved, path), "form.xlsx")
        return f"{state.saved.unit_name}绩效自评表.xlsx", content
    entry = at.workspace.latest_draft(state.report_id)
    if entry is None:
        raise WorkspaceError("这份报告还没有文稿", "请先起草")
    draft = pipeline.prove_draft(entry.draft, evaluation)
    return file_name(draft, action.how), exported(draft, evaluation, f"draft.{action.how}")


def _change(at: Desk, state: State, change: Change, what: str) -> None:
    """Change one cell of the report as it is saved now."""
    if state.unsaved:
        raise WorkspaceError("“填数据”里有未保存的修改", "请先保存或放弃，再让助手修改")
    report, version = at.workspace.report(state.report_id)
    if version != state.version:
        raise StaleVersion(report.title)
    at.workspace.save_report(state.report_id, applied(report, change), version, what)
    draft_id = state.draft_id
    state.open(at, state.report_id)
    state.draft_id = draft_id


def _settle(at: Desk, message: Message, action: Action, state: str) -> bool:
    after = action.model_copy(update={"state": state}).model_dump_json()
    return at.workspace.conversations.settle(message.id, after, message.action)
