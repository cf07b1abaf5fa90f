"""设置 keeps the name, the trail and the backup; 工作台 hands a report over as one file."""

from __future__ import annotations

from collections.abc import Callable

from streamlit.testing.v1 import AppTest

from assistant.ui.desk import desk
from assistant.workspace.backup import back_up
from assistant.workspace.travelling import report_out

from .conftest import view, words

Open = Callable[[str], AppTest]


def test_a_missing_name_is_said_and_a_name_is_kept(page: Open) -> None:
    at = view(page("settings"), "姓名与备份", "settings-view")
    assert "还没有填姓名" in words(at)
    at.text_input(key="user-name").set_value("张三").run()
    at.button(key="keep-name").click().run()
    assert desk().identity() == "张三" and "还没有填姓名" not in words(at)


def test_the_trail_shows_who_and_what(page: Open) -> None:
    at = page("figures")
    desk().identity.set("张三")
    at.text_area[0].set_value("改过的目标").run()
    shown = words(view(page("settings"), "操作记录", "settings-view"))
    assert "张三" in shown and "修改报告" in shown and "改过的目标" in shown


def test_a_backup_is_put_back_after_it_was_confirmed(page: Open) -> None:
    at = view(page("settings"), "姓名与备份", "settings-view")
    board = desk()
    data, first = back_up(board.workspace), board.first_report()
    board.workspace.delete_report(first)
    at.file_uploader(key="restore-file").set_value(("备份.zip", data, "application/zip")).run()
    at.checkbox(key="sure-restore").set_value(True).run()
    at.button(key="restore").click().run()
    assert not at.exception and [one.id for one in board.workspace.reports()] == [first]
    assert list((board.settings.data_dir / "backups").iterdir())


def test_a_report_file_is_taken_in_and_opened(page: Open) -> None:
    at = page("home")
    board = desk()
    data = report_out(board.workspace, board.first_report())
    at.file_uploader(key="report-file").set_value(("报告.zhiji.zip", data, "application/zip")).run()
    at.button(key="take-report").click().run()
    assert not at.exception and len(board.workspace.reports()) == 2
