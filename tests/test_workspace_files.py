"""Backup, restore, and a report as one file: what comes back is what went out, and nothing by half."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from workspace_databases import postgres, url

from assistant.domain.draft import Draft
from assistant.domain.passage import Citation
from assistant.domain.report import Report
from assistant.errors import WorkspaceError
from assistant.workspace.archive import DamagedArchive, packed
from assistant.workspace.backup import back_up, restore
from assistant.workspace.store import Message, Workspace
from assistant.workspace.travelling import report_in, report_out

__all__ = ["postgres", "url"]

REPORT = Report(unit_name="云溪市教育局", title="校舍维修项目", year=2024)
CITED = Citation(source="a.docx", first_paragraph=3, last_paragraph=3)


@pytest.fixture
def workspace(url: str) -> Iterator[Workspace]:
    opened = Workspace(url)
    yield opened
    opened.close()


@pytest.fixture
def other(tmp_path: Path) -> Iterator[Workspace]:
    opened = Workspace(f"sqlite:///{tmp_path / 'other.sqlite'}")
    yield opened
    opened.close()


def filled(workspace: Workspace) -> int:
    saved = workspace.add_report(REPORT)
    workspace.save_report(saved, REPORT.model_copy(update={"title": "第二版"}), 1)
    workspace.add_draft(saved, 2, Draft(title="稿", unit_name="云溪市教育局"))
    workspace.add_message(saved, Message(role="assistant", text="见往年", citations=(CITED,)))
    return saved


def held(workspace: Workspace, saved: int) -> object:
    """What a report holds, without the ids that a database gives."""
    return (
        workspace.report(saved),
        [(v.version, v.created_at) for v in workspace.versions(saved)],
        [(d.report_version, d.draft, d.created_at) for d in workspace.drafts(saved)],
        [(m.role, m.text, m.citations) for m in workspace.messages(saved)],
    )


def test_a_backup_restores_everything_into_another_database(workspace: Workspace, other: Workspace) -> None:
    """From either kind of database into SQLite."""
    saved = filled(workspace)
    assert restore(other, back_up(workspace)) == 1
    assert held(other, saved) == held(workspace, saved)


def test_a_backup_restores_from_another_database(workspace: Workspace, other: Workspace) -> None:
    """From SQLite into either kind; a new report gets an id of its own afterwards."""
    saved = filled(other)
    restore(workspace, back_up(other))
    assert held(workspace, saved) == held(other, saved)
    assert workspace.add_report(REPORT) not in {saved}


def test_a_restore_takes_away_what_came_after_the_backup(workspace: Workspace) -> None:
    saved = filled(workspace)
    kept = back_up(workspace)
    workspace.add_report(Report(title="后来的"))
    restore(workspace, kept)
    assert [entry.id for entry in workspace.reports()] == [saved]


def test_a_damaged_backup_changes_nothing(workspace: Workspace) -> None:
    """A row that breaks a reference: refused, and all that was there is there."""
    saved = filled(workspace)
    manifest = {"form": "zhiji-backup", "database": "0002"}
    row = {"id": 1, "report_id": 99, "report_version": 1, "body": "{}", "note": "", "who": ""}
    bad = packed(manifest, {"draft": [{**row, "created_at": "2024-01-01T00:00:00+00:00"}]})
    with pytest.raises((WorkspaceError, DamagedArchive)):
        restore(workspace, bad)
    assert workspace.report(saved)[1] == 2 and len(workspace.drafts(saved)) == 1


@pytest.mark.parametrize("data", [b"", b"not a zip", b"PK\x03\x04" + bytes(50)])
def test_what_is_no_backup_is_refused_in_chinese(workspace: Workspace, data: bytes) -> None:
    with pytest.raises(DamagedArchive, match="存档文件读不出来"):
        restore(workspace, data)


def test_a_restore_waits_for_the_jobs(workspace: Workspace) -> None:
    kept = back_up(workspace)
    workspace.jobs.start("draft", "draft-1", "起草", {})
    with pytest.raises(WorkspaceError, match="任务"):
        restore(workspace, kept)


def test_a_report_travels_with_all_that_belongs_to_it(workspace: Workspace, other: Workspace) -> None:
    saved = filled(workspace)
    arrived = report_in(other, report_out(workspace, saved))
    assert held(other, arrived) == held(workspace, saved)


def test_an_imported_report_stands_beside_the_old_one(workspace: Workspace) -> None:
    saved = filled(workspace)
    arrived = report_in(workspace, report_out(workspace, saved))
    assert arrived != saved and len(workspace.reports()) == 2


def test_a_backup_is_no_report_file(workspace: Workspace) -> None:
    with pytest.raises(DamagedArchive, match="种类"):
        report_in(workspace, back_up(workspace))


def test_the_same_report_gives_the_same_file(workspace: Workspace) -> None:
    saved = filled(workspace)
    assert report_out(workspace, saved) == report_out(workspace, saved)
