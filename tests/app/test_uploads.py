"""Files handed over in the browser: a filled form becomes a report, a past report can be found, and deleted."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from assistant.bootstrap import CORPUS, SAMPLE
from assistant.domain.passage import Query
from assistant.ui.desk import desk, kept
from assistant.ui.state import State

from .conftest import words

Open = Callable[[str], AppTest]
PAST = CORPUS / "sources" / "yunxi_zhengxie_2022_platform.md"


def press(at: AppTest, name: str) -> AppTest:
    return next(one for one in at.button if one.label == name).click().run()


@pytest.fixture
def own_library(home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ZHIJI_INDEX_DIR", str(tmp_path / "own-index"))


def read_in(at: AppTest) -> AppTest:
    """Hand over one past report and wait for the job as a user would."""
    at.file_uploader[0].set_value([(PAST.name, PAST.read_bytes(), "text/markdown")])
    press(at, "读入资料库")
    assert desk().standing.wait("library", 60)
    return at.run()


def test_a_filled_form_becomes_the_open_report(page: Open) -> None:
    at = page("figures")
    at.file_uploader(key="form").set_value(("自评表.xlsx", SAMPLE.read_bytes(), "")).run()
    press(at, "读入为新报告")
    state: State = at.session_state["state"]
    assert state.saved.projects[0].name == "协商平台经费"
    assert len(desk().workspace.reports()) == 2


def test_a_file_that_is_no_form_is_said_and_changes_nothing(page: Open) -> None:
    at = page("figures")
    at.file_uploader(key="form").set_value(("坏表.xlsx", b"not a workbook", "")).run()
    press(at, "读入为新报告")
    assert not at.exception and "坏表.xlsx" in words(at)
    assert len(desk().workspace.reports()) == 1


@pytest.mark.usefixtures("own_library")
def test_a_past_report_handed_over_is_found(page: Open) -> None:
    at = read_in(page("search"))
    assert "新读入" in words(at)
    assert desk().workbench.library.search(Query(text="协商议政平台")).passages


@pytest.mark.usefixtures("own_library")
def test_a_deleted_report_is_not_found_and_does_not_come_back(page: Open) -> None:
    """Its copy is gone too, so that reading the folder again does not bring it back."""
    at = read_in(page("search"))
    at.selectbox(key="drop-1").set_value(PAST.name).run()
    press(at, "删除")
    board = desk()
    assert not board.workbench.library.search(Query(text="协商议政平台")).passages
    assert not list(board.received.iterdir())


def test_a_file_name_cannot_lead_out_of_its_folder(tmp_path: Path) -> None:
    class Upload:
        name = "..\\..\\../../逃走.docx"

        def getvalue(self) -> bytes:
            return b"x"

    assert kept(Upload(), tmp_path / "received") == tmp_path / "received" / "逃走.docx"
