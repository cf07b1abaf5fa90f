"""The test buttons of 设置 really use the part and say plainly what came of it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from assistant.office import find_soffice
from assistant.ui.desk import desk
from assistant.ui.trials import TRIALS, try_out

from ..conftest import missing
from ..openai_server import english, serving
from .conftest import words

Open = Callable[[str], AppTest]
SECRET = "geheim-4711"


def press(at: AppTest, name: str) -> str:
    """Press a test button and return the words of the page."""
    at.button(key=f"try-{name}").click().run(timeout=120)
    assert not at.exception
    return words(at)


def test_without_a_service_there_is_nothing_to_try(page: Open) -> None:
    assert "没有配置模型服务" in press(page("settings"), "模型服务")


def test_a_service_that_answers_is_good(page: Open, monkeypatch: pytest.MonkeyPatch) -> None:
    with serving(behaviour=english) as server:
        monkeypatch.setenv("OPENAI_BASE_URL", server.base_url)
        monkeypatch.setenv("OPENAI_API_KEY", SECRET)
        shown = press(page("settings"), "模型服务")
    assert "作了回答" in shown and SECRET not in shown


def test_a_service_that_is_away_is_said_with_what_to_do(page: Open, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing listens on port 9; the key is not in what is said."""
    monkeypatch.setenv("OPENAI_BASE_URL", "http://127.0.0.1:9/v1")
    monkeypatch.setenv("OPENAI_API_KEY", SECRET)
    shown = press(page("settings"), "模型服务")
    assert "✘ 模型服务：" in shown and "zj-remedy" in shown and SECRET not in shown


def test_the_shipped_embedding_tells_near_from_far(page: Open) -> None:
    assert "✔ 向量模型：" in press(page("settings"), "向量模型")


def test_a_folder_that_is_no_model_is_said(
    page: Open, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ZHIJI_EMBEDDING_MODEL", str(tmp_path / "none"))
    assert "✘ 向量模型：" in press(page("settings"), "向量模型")


def test_the_semantic_index_of_the_library_answers(page: Open) -> None:
    assert "本机的语义索引正常" in press(page("settings"), "语义索引（Chroma）")


def test_a_chroma_server_that_is_away_is_named(page: Open, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ZHIJI_CHROMA_URL", "http://127.0.0.1:9")
    assert "Chroma 服务“http://127.0.0.1:9”不可用" in press(page("settings"), "语义索引（Chroma）")


def test_fonts_are_looked_for(home: object) -> None:
    assert try_out(TRIALS["公文字体"], desk()).words


@pytest.mark.office
def test_libreoffice_makes_a_page_of_chinese(home: object) -> None:
    if find_soffice() is None:
        missing("LibreOffice")
    verdict = try_out(TRIALS["LibreOffice"], desk())
    assert verdict.good, verdict
