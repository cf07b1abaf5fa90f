"""Saved work comes back as it was, and nobody overwrites a colleague."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.domain.draft import Draft
from assistant.domain.passage import Citation
from assistant.domain.report import Report
from assistant.errors import StaleVersion, WorkspaceError
from assistant.workspace.store import Message, Workspace

REPORT = Report(unit_name="云溪市教育局", title="校舍维修项目", year=2024)


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    return Workspace(f"sqlite:///{tmp_path / '工作区' / 'work.sqlite'}")


def test_a_saved_report_comes_back_equal(workspace: Workspace) -> None:
    saved = workspace.add_report(REPORT)
    assert workspace.report(saved) == (REPORT, 1)


def test_saved_work_is_there_after_a_restart(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'work.sqlite'}"
    first = Workspace(url)
    saved = first.add_report(REPORT)
    first.close()
    assert Workspace(url).report(saved)[0] == REPORT


def test_the_second_of_two_people_is_told_and_nothing_is_overwritten(workspace: Workspace) -> None:
    saved = workspace.add_report(REPORT)
    mine, theirs = (REPORT.model_copy(update={"title": title}) for title in ("我的", "他的"))
    assert workspace.save_report(saved, theirs, 1) == 2
    with pytest.raises(StaleVersion):
        workspace.save_report(saved, mine, 1)
    assert workspace.report(saved)[0] == theirs


def test_every_version_of_a_draft_is_kept(workspace: Workspace) -> None:
    saved = workspace.add_report(REPORT)
    for title in ("第一稿", "第二稿"):
        workspace.add_draft(saved, 1, Draft(title=title, unit_name="云溪市教育局"))
    assert [entry.draft.title for entry in workspace.drafts(saved)] == ["第二稿", "第一稿"]


def test_a_message_keeps_its_citations(workspace: Workspace) -> None:
    saved = workspace.add_report(REPORT)
    message = Message(
        role="assistant",
        text="见往年报告",
        citations=(Citation(source="a.docx", first_paragraph=3, last_paragraph=3),),
    )
    workspace.add_message(saved, message)
    assert list(workspace.messages(saved)) == [message]


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
