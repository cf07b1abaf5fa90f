"""The assistant changes something only after a yes, once, and takes it back; conversations are kept apart."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from streamlit.testing.v1 import AppTest

from assistant.ui.desk import desk
from assistant.ui.state import State

from .conftest import words

Open = Callable[[str], AppTest]
ASK = "把协商议事活动场次改成7场"


def state_of(at: AppTest) -> State:
    state: State = at.session_state["state"]
    return state


def say(at: AppTest, said: str) -> AppTest:
    at.chat_input[0].set_value(said).run()
    job = desk().jobs.get(f"chat-{state_of(at).report_id}")
    assert job is None or job.wait(30)
    return at.run()


def actual() -> str:
    board = desk()
    return board.workspace.report(board.first_report())[0].projects[0].indicators[0].actual


def press(at: AppTest, start: str) -> AppTest:
    return next(one for one in at.button if str(one.key).startswith(start)).click().run()


def test_a_request_to_change_a_figure_changes_nothing_by_itself(page: Open) -> None:
    at = say(page("chat"), ASK)
    assert "由“6场”改为“7场”" in words(at) and actual() == "6场"


def test_a_yes_changes_the_figure_and_is_on_the_trail(page: Open) -> None:
    at = press(say(page("chat"), ASK), "yes-")
    assert actual() == "7场" and not at.exception
    entry = desk().workspace.audit.entries("report")[0]
    assert entry.what == "助手修改" and entry.changes[0].after == "7场"


def test_a_no_changes_nothing_and_closes_the_question(page: Open) -> None:
    at = press(say(page("chat"), ASK), "no-")
    assert actual() == "6场" and not [one for one in at.button if str(one.key).startswith("yes-")]


def test_a_change_is_taken_back_by_a_word(page: Open) -> None:
    at = say(page("chat"), ASK)
    at = say(at, "好的")
    assert actual() == "7场"
    at = say(at, "撤销刚才的修改")
    assert actual() == "6场" and "已撤销" in words(at)


def test_unsaved_work_is_not_overwritten_by_the_assistant(page: Open) -> None:
    """A colleague was first, so that what is typed here cannot be saved: it stays, and nothing else changes."""
    at = say(page("chat"), ASK)
    state = state_of(at)
    desk().workspace.save_report(state.report_id, state.saved, state.version)
    state.commit(state.edited.model_copy(update={"title": "没存的"}))
    at = press(at, "yes-")
    assert "未保存" in words(at) and actual() == "6场" and state_of(at).edited.title == "没存的"


def test_a_file_is_offered_after_a_yes(page: Open) -> None:
    at = press(say(page("chat"), "导出自评表"), "yes-")
    labels = [one.proto.label for one in at.get("download_button")]
    assert any("绩效自评表.xlsx" in label for label in labels) and not at.exception


def test_a_new_conversation_begins_empty_and_the_old_one_stays(page: Open) -> None:
    at = say(page("chat"), "总分多少")
    at.button(key="new-conversation").click().run()
    assert "总分多少" not in words(at)
    assert len(desk().workspace.conversations.of(state_of(at).report_id)) == 2


def test_a_conversation_is_renamed_on_the_page(page: Open) -> None:
    at = say(page("chat"), "总分多少")
    number = state_of(at).conversation
    at.text_input(key=f"rename-{number}").set_value("查分").run()
    at.button(key="rename").click().run()
    assert desk().workspace.conversations.of(state_of(at).report_id)[0].title == "查分"


def test_a_job_that_ends_while_the_page_is_drawn_does_not_leave_the_box_locked(
    page: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The job ends between the two looks the page takes at it: the box is open again without a click."""
    at = page("chat")
    ended = iter([True])
    job = desk().jobs.start(f"chat-{state_of(at).report_id}", "助手", lambda _: None)
    assert job.wait(10)
    monkeypatch.setattr(type(job), "running", property(lambda _: next(ended, False)))
    assert not at.run().chat_input[0].disabled
