"""Saved work comes back as it was, and nobody overwrites a colleague: the same in SQLite and PostgreSQL."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from workspace_databases import postgres, url

from assistant.domain.draft import Draft
from assistant.domain.passage import Citation
from assistant.domain.report import Report
from assistant.errors import StaleVersion, WorkspaceError
from assistant.workspace.conversations import NEW
from assistant.workspace.identity import Identity
from assistant.workspace.store import Message, Workspace

__all__ = ["postgres", "url"]

REPORT = Report(unit_name="云溪市教育局", title="校舍维修项目", year=2024)


@pytest.fixture
def workspace(url: str) -> Iterator[Workspace]:
    opened = Workspace(url, lambda: "张三")
    yield opened
    opened.close()


def plain(messages: object) -> list[Message]:
    return [one.model_copy(update={"id": 0}) for one in messages]  # type: ignore[attr-defined]


def test_a_saved_report_comes_back_equal(workspace: Workspace) -> None:
    saved = workspace.add_report(REPORT)
    assert workspace.report(saved) == (REPORT, 1)


def test_saved_work_is_there_after_a_restart(url: str) -> None:
    first = Workspace(url)
    saved = first.add_report(REPORT)
    first.close()
    second = Workspace(url)
    assert second.report(saved)[0] == REPORT
    second.close()


def test_the_second_of_two_people_is_told_and_nothing_is_overwritten(workspace: Workspace) -> None:
    saved = workspace.add_report(REPORT)
    mine, theirs = (REPORT.model_copy(update={"title": title}) for title in ("我的", "他的"))
    assert workspace.save_report(saved, theirs, 1) == 2
    with pytest.raises(StaleVersion):
        workspace.save_report(saved, mine, 1)
    assert workspace.report(saved)[0] == theirs


def test_every_version_of_a_report_is_kept(workspace: Workspace) -> None:
    saved = workspace.add_report(REPORT)
    workspace.save_report(saved, REPORT.model_copy(update={"title": "改过的"}), 1)
    assert [entry.version for entry in workspace.versions(saved)] == [2, 1]
    assert workspace.report(saved, 1) == (REPORT, 1)


def test_every_version_of_a_draft_is_kept(workspace: Workspace) -> None:
    saved = workspace.add_report(REPORT)
    for title in ("第一稿", "第二稿"):
        workspace.add_draft(saved, 1, Draft(title=title, unit_name="云溪市教育局"))
    assert [entry.draft.title for entry in workspace.drafts(saved)] == ["第二稿", "第一稿"]
    latest = workspace.latest_draft(saved)
    assert latest is not None and latest.draft.title == "第二稿" and latest.who == "张三"


def test_a_message_keeps_its_citations(workspace: Workspace) -> None:
    saved = workspace.add_report(REPORT)
    message = Message(
        role="assistant",
        text="见往年报告",
        citations=(Citation(source="a.docx", first_paragraph=3, last_paragraph=3),),
    )
    workspace.add_message(saved, message)
    assert plain(workspace.messages(saved)) == [message]


def test_deleting_a_report_takes_its_drafts_and_messages_along(workspace: Workspace) -> None:
    saved = workspace.add_report(REPORT)
    workspace.add_draft(saved, 1, Draft(title="稿", unit_name=""))
    workspace.add_message(saved, Message(role="user", text="你好"))
    workspace.delete_report(saved)
    assert (workspace.reports(), workspace.drafts(saved), list(workspace.messages(saved))) == ((), (), [])


def test_an_unknown_report_is_said_in_chinese(workspace: Workspace) -> None:
    with pytest.raises(WorkspaceError, match="没有编号为 7 的报告"):
        workspace.report(7)


def test_a_folder_that_cannot_be_made_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(WorkspaceError, match="file"):
        Workspace(f"sqlite:///{tmp_path / 'file' / 'work.sqlite'}")


def test_a_change_leaves_who_what_before_and_after(workspace: Workspace) -> None:
    """张三 changes the title: one entry with the one place that differs."""
    saved = workspace.add_report(REPORT)
    workspace.save_report(saved, REPORT.model_copy(update={"title": "新名"}), 1)
    entry = workspace.audit.entries("report", saved)[0]
    assert (entry.who, entry.what) == ("张三", "修改报告")
    assert [(c.path, c.before, c.after) for c in entry.changes] == [("title", "校舍维修项目", "新名")]


def test_a_refused_change_leaves_no_trail(workspace: Workspace) -> None:
    saved = workspace.add_report(REPORT)
    with pytest.raises(StaleVersion):
        workspace.save_report(saved, REPORT, 9)
    assert [entry.what for entry in workspace.audit.entries("report", saved)] == ["新建报告"]


def test_the_trail_of_a_deleted_report_stays(workspace: Workspace) -> None:
    saved = workspace.add_report(REPORT)
    workspace.delete_report(saved)
    assert workspace.audit.entries("report", saved)[0].what == "删除报告"


def test_a_new_conversation_is_named_after_its_first_question(workspace: Workspace) -> None:
    number = workspace.conversations.begin(workspace.add_report(REPORT))
    workspace.conversations.add(number, Message(role="user", text="执行率怎么算的？"))
    (found,) = workspace.conversations.of(1)
    assert found.title == "执行率怎么算的？"


def test_several_conversations_do_not_mix(workspace: Workspace) -> None:
    """One about the report, one free: each holds its own messages."""
    saved = workspace.add_report(REPORT)
    about, free = workspace.conversations.begin(saved), workspace.conversations.begin(None)
    workspace.conversations.add(about, Message(role="user", text="甲"))
    workspace.conversations.add(free, Message(role="user", text="乙"))
    assert [m.text for m in workspace.conversations.messages(about)] == ["甲"]
    assert [c.id for c in workspace.conversations.of(None)] == [free]


def test_a_conversation_is_renamed_and_deleted(workspace: Workspace) -> None:
    number = workspace.conversations.begin(None)
    workspace.conversations.rename(number, "  查执行率 ")
    assert workspace.conversations.of(None)[0].title == "查执行率"
    workspace.conversations.delete(number)
    assert workspace.conversations.of(None) == ()


def test_an_empty_new_name_changes_nothing(workspace: Workspace) -> None:
    number = workspace.conversations.begin(None)
    workspace.conversations.rename(number, "  ")
    assert workspace.conversations.of(None)[0].title == NEW


def test_an_exported_conversation_names_its_sources(workspace: Workspace) -> None:
    number = workspace.conversations.begin(None)
    cited = Citation(source="a.docx", first_paragraph=3, last_paragraph=3)
    workspace.conversations.add(number, Message(role="assistant", text="见往年", citations=(cited,)))
    assert "> [1] a.docx 第4段" in workspace.conversations.exported(number)


def test_a_proposed_change_is_settled_once(workspace: Workspace) -> None:
    """Two browsers say yes: only the first is told that it is its turn."""
    number = workspace.conversations.begin(None)
    message = workspace.conversations.add(number, Message(role="assistant", text="要改", action="open"))
    assert workspace.conversations.settle(message, "done", expected="open")
    assert not workspace.conversations.settle(message, "done", expected="open")


def test_the_name_is_kept_for_the_next_start(tmp_path: Path) -> None:
    Identity(tmp_path).set(" 李 四 ")
    assert Identity(tmp_path)() == "李 四"


def test_the_name_of_the_settings_comes_first(tmp_path: Path) -> None:
    Identity(tmp_path).set("李四")
    assert Identity(tmp_path, "王五")() == "王五"


def test_no_name_is_refused(tmp_path: Path) -> None:
    with pytest.raises(WorkspaceError, match="姓名"):
        Identity(tmp_path).set("  ")
