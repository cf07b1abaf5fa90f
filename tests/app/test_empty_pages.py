"""Every page with nothing on it yet: one sentence that says so, and one button that leads on."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from assistant.domain.report import Report
from assistant.ui.desk import desk

from .conftest import words

Open = Callable[[str], AppTest]


@pytest.fixture
def blank(page: Open) -> Open:
    """Open a page with a report without any data as the latest one."""
    desk().workspace.add_report(Report(title="新报告"))
    return page


@pytest.mark.parametrize("name", ["home", "scores", "draft"])
def test_a_report_without_data_leads_to_filling_in(blank: Open, name: str) -> None:
    at = blank(name)
    assert "还没有数据" in words(at) and "zj-fault" not in words(at) and not at.exception
    at.button(key="lead-on").click().run()
    assert '<h1 class="zj-title">填数据</h1>' in words(at) and not at.exception


def test_without_a_library_the_search_leads_to_it(
    page: Open, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ZHIJI_INDEX_DIR", str(tmp_path / "none"))
    at = page("search")
    assert "资料库还是空的" in words(at)
    at.button(key="lead-on").click().run()
    assert '<h1 class="zj-title">资料库</h1>' in words(at) and "资料库是空的" in words(at)


def test_without_a_subproject_the_page_says_where_to_begin(blank: Open) -> None:
    """新增子项目 then gives one to fill in."""
    at = blank("figures")
    assert "还没有子项目" in words(at)
    next(one for one in at.button if one.label == "新增子项目").click().run()
    assert "还没有子项目" not in words(at) and "zj-fault" not in words(at)


def test_without_a_draft_the_page_says_how_to_get_one(page: Open) -> None:
    assert "还没有文稿：点上面的“起草”" in words(page("draft"))
