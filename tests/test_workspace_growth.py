"""A database of an earlier program grows into today's form and loses nothing."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from workspace_databases import postgres, url

from assistant.domain.passage import Citation
from assistant.domain.report import Report
from assistant.errors import WorkspaceError
from assistant.workspace import migrating
from assistant.workspace.store import Workspace
from assistant.workspace.tables import Base

__all__ = ["postgres", "url"]

#: What the first program made, to the letter, with one report, two drafts and two messages.
FIRST_FORM = """
CREATE TABLE report (id INTEGER NOT NULL, title TEXT NOT NULL, body TEXT NOT NULL, version INTEGER NOT NULL,
 updated_at DATETIME NOT NULL, PRIMARY KEY (id));
CREATE TABLE draft (id INTEGER NOT NULL, report_id INTEGER NOT NULL, report_version INTEGER NOT NULL,
 body TEXT NOT NULL, created_at DATETIME NOT NULL, PRIMARY KEY (id),
 FOREIGN KEY(report_id) REFERENCES report (id) ON DELETE CASCADE);
CREATE INDEX ix_draft_report_id ON draft (report_id);
CREATE TABLE message (id INTEGER NOT NULL, report_id INTEGER NOT NULL, role TEXT NOT NULL, text TEXT NOT NULL,
 citations TEXT NOT NULL, created_at DATETIME NOT NULL, PRIMARY KEY (id),
 FOREIGN KEY(report_id) REFERENCES report (id) ON DELETE CASCADE);
CREATE INDEX ix_message_report_id ON message (report_id);
INSERT INTO report VALUES (4, '旧报告', '{"unit_name": "云溪市教育局", "title": "旧报告"}', 3, '2024-05-06 07:08:09.000010');
INSERT INTO draft VALUES (1, 4, 2, '{"title": "第一稿", "unit_name": ""}', '2024-05-06 07:00:00.000000');
INSERT INTO draft VALUES (2, 4, 3, '{"title": "第二稿", "unit_name": ""}', '2024-05-06 08:00:00.000000');
INSERT INTO message VALUES (1, 4, 'user', '为什么扣分', '[]', '2024-05-06 09:00:00.000000');
INSERT INTO message VALUES (2, 4, 'assistant', '见表', '[{"source": "a.docx", "first_paragraph": 3, "last_paragraph": 3}]',
 '2024-05-06 09:00:01.000000');
"""


@pytest.fixture
def old(tmp_path: Path) -> Path:
    file = tmp_path / "work.sqlite"
    with sqlite3.connect(file) as connection:
        connection.executescript("PRAGMA journal_mode=WAL;" + FIRST_FORM)
    connection.close()
    return file


def opened(file: Path) -> Workspace:
    return Workspace(f"sqlite:///{file}")


def test_reports_and_drafts_of_the_first_form_are_there(old: Path) -> None:
    workspace = opened(old)
    assert workspace.report(4) == (Report(unit_name="云溪市教育局", title="旧报告"), 3)
    assert [(d.id, d.report_version, d.draft.title) for d in workspace.drafts(4)] == [
        (2, 3, "第二稿"),
        (1, 2, "第一稿"),
    ]


def test_messages_of_the_first_form_become_a_conversation(old: Path) -> None:
    told = opened(old).messages(4)
    assert [(m.role, m.text) for m in told] == [("user", "为什么扣分"), ("assistant", "见表")]
    assert told[1].citations == (Citation(source="a.docx", first_paragraph=3, last_paragraph=3),)


def test_the_last_version_of_the_first_form_is_kept_as_a_version(old: Path) -> None:
    assert [entry.version for entry in opened(old).versions(4)] == [3]


def test_the_file_as_it_was_is_kept_beside(old: Path) -> None:
    opened(old).close()
    with sqlite3.connect(old.with_name("work.sqlite.第0001式备份")) as connection:
        assert connection.execute("SELECT count(*) FROM message").fetchone() == (2,)


def test_a_second_opening_has_nothing_to_do(old: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    opened(old).close()
    monkeypatch.setattr(migrating, "_lead", lambda *told: pytest.fail("led again"))
    assert opened(old).report(4)[1] == 3


def test_two_programs_that_open_at_once_lead_it_once(old: Path) -> None:
    code = "import sys; from assistant.workspace.store import Workspace as W; print(len(W(sys.argv[1]).messages(4)))"
    command = [sys.executable, "-c", code, f"sqlite:///{old}"]
    both = [subprocess.Popen(command, stdout=subprocess.PIPE, text=True) for _ in range(2)]
    assert [one.communicate(timeout=60)[0].strip() for one in both] == ["2", "2"]


def test_a_way_that_breaks_off_changes_nothing(old: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The last step fails: the tables are those of the first form, and the next opening leads all the way."""
    from alembic import op

    make_index = op.create_index

    def fail_at_the_end(name: str, *told: object, **more: object) -> None:
        if name == "ix_audit_object_id":
            raise WorkspaceError("断电")
        make_index(name, *told, **more)  # type: ignore[arg-type]

    with monkeypatch.context() as broken, pytest.raises(WorkspaceError, match="断电"):
        broken.setattr(op, "create_index", fail_at_the_end)
        opened(old)
    with sqlite3.connect(old) as connection:
        names = {name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type='table'")}
    assert names == {"report", "draft", "message"}
    assert len(opened(old).messages(4)) == 2


def test_a_database_of_a_newer_program_is_refused(old: Path) -> None:
    opened(old).close()
    with sqlite3.connect(old) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
    with pytest.raises(WorkspaceError, match="更新的程序"):
        opened(old)


def test_the_newest_form_is_the_last_step() -> None:
    config = Config()
    config.set_main_option("script_location", str(Path(migrating.__file__).parent / "migrations"))
    assert ScriptDirectory.from_config(config).get_current_head() == migrating.NEWEST


def test_the_steps_lead_to_the_tables_that_the_program_uses(url: str) -> None:
    """Alembic itself finds no difference between the database and the tables, in either kind."""
    workspace = Workspace(url)
    with workspace.database.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": False})
        differences = compare_metadata(context, Base.metadata)
    workspace.close()
    assert differences == []
