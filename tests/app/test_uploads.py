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

from .conftest import view, words

Open = Callable[[str], AppTest]
PAST = CORPUS / "sources" / "yunxi_zhengxie_2022_platform.md"


def press(at: AppTest, name: str) -> AppTest:
    return next(one for one in at.button if one.label == name).click().run()


@pytest.fixture
def own_library(home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ZHIJI_INDEX_DIR", str(tmp_path / "own-index"))


def read_in(at: AppTest, *files: tuple[str, bytes, str]) -> AppTest:
    """Hand over past reports, one where none is given, and wait for the job as a user would."""
    at.file_uploader[0].set_value(list(files) or [(PAST.name, PAST.read_bytes(), "text/markdown")])
    press(at, "读入资料库")
    assert desk().standing.wait("library", 60)
    return at.run()


def opened(at: AppTest) -> AppTest:
    """Open the only report of the library."""
    return next(one for one in at.selectbox if str(one.key).startswith("open-document")).set_value(1).run()


def test_a_filled_form_becomes_the_open_report(page: Open) -> None:
    at = view(page("figures"), "上传表格 / 新建", "figures-view")
    at.file_uploader(key="form").set_value(("自评表.xlsx", SAMPLE.read_bytes(), "")).run()
    press(at, "读入为新报告")
    state: State = at.session_state["state"]
    assert state.saved.projects[0].name == "协商平台经费"
    assert len(desk().workspace.reports()) == 2


def test_a_file_that_is_no_form_is_said_and_changes_nothing(page: Open) -> None:
    at = view(page("figures"), "上传表格 / 新建", "figures-view")
    at.file_uploader(key="form").set_value(("坏表.xlsx", b"not a workbook", "")).run()
    press(at, "读入为新报告")
    assert not at.exception and "坏表.xlsx" in words(at)
    assert len(desk().workspace.reports()) == 1


@pytest.mark.usefixtures("own_library")
def test_a_past_report_handed_over_is_found(page: Open) -> None:
    at = read_in(page("library"))
    assert "新读入" in words(at)
    assert desk().workbench.library.search(Query(text="协商议政平台")).passages


@pytest.mark.usefixtures("own_library")
def test_a_deleted_report_is_not_found_and_does_not_come_back(page: Open) -> None:
    """Its copy is gone too, so that reading the folder again does not bring it back."""
    at = opened(read_in(page("library")))
    next(one for one in at.checkbox if str(one.key).startswith("sure-")).set_value(True).run()
    press(at, "删除")
    board = desk()
    assert not board.workbench.library.search(Query(text="协商议政平台")).passages
    assert not list(board.received.iterdir())


@pytest.mark.usefixtures("own_library")
def test_a_guess_is_corrected_by_hand_and_taken_back(page: Open) -> None:
    """The year that was guessed gives way to the user's, marked as such, until the user takes it back."""
    at = opened(read_in(page("library")))
    next(one for one in at.text_input if one.label == "年度").set_value("2021")
    at = press(at, "保存改正").run()
    assert desk().workbench.library.describe(PAST.name)["year"].value == "2021"
    assert '2021<sup title="人工改正">' in words(at)
    press(at, "恢复程序的推定")
    assert desk().workbench.library.describe(PAST.name)["year"].value == "2022"


@pytest.mark.usefixtures("own_library")
def test_a_value_out_of_bounds_is_refused_in_words(page: Open) -> None:
    at = opened(read_in(page("library")))
    next(one for one in at.text_input if one.label == "年度").set_value("去年")
    assert "年度应为" in words(press(at, "保存改正")) and not at.exception


@pytest.mark.usefixtures("own_library")
def test_versions_of_one_report_stand_together(page: Open) -> None:
    """The same report with one line more is a version; both are tagged, the newer one first."""
    second = PAST.read_bytes() + "\n补充说明一行。\n".encode()
    at = read_in(page("library"), (PAST.name, PAST.read_bytes(), ""), ("修订稿.md", second, ""))
    assert "最新版本，共2份" in words(at) and "较早版本，共2份" in words(at)


@pytest.mark.usefixtures("own_library")
def test_each_file_has_its_verdict_and_a_bad_one_stops_nothing(page: Open) -> None:
    at = read_in(page("library"), ("坏.docx", b"no word file", ""), (PAST.name, PAST.read_bytes(), ""))
    told = words(at)
    assert "未读入" in told and "新读入" in told and desk().workbench.library.exists()


@pytest.mark.usefixtures("own_library")
def test_a_library_that_cannot_be_used_is_built_anew_with_one_click(page: Open) -> None:
    """Its database overwritten with rubbish: the page says so, and one click brings back what was handed over."""
    at = read_in(page("library"))
    desk().workbench.library.close()
    (desk().workbench.index_dir / "library.sqlite").write_bytes(b"rubbish" * 1000)
    at = at.run()
    assert "zj-fault" in words(at)
    at.button(key="rebuild").click().run()
    assert desk().standing.wait("library", 120)
    assert "zj-fault" not in words(at.run()) and PAST.name in words(at)


def test_a_file_name_cannot_lead_out_of_its_folder(tmp_path: Path) -> None:
    class Upload:
        name = "..\\..\\../../逃走.docx"

        def getvalue(self) -> bytes:
            return b"x"

    assert kept(Upload(), tmp_path / "received") == tmp_path / "received" / "逃走.docx"
