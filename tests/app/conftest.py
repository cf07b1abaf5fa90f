"""A fresh workspace a test and one library a session, all real, all in temporary folders."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from assistant.ui.desk import desk

PAGE = "from assistant.ui.shell import run\nrun({!r})\n"


@pytest.fixture
def home(tmp_path: Path, corpus_index: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """The data folder of one test, with the library beside it and no model service."""
    monkeypatch.setenv("ZHIJI_DATA_DIR", str(tmp_path / "data"))
    monkeypatch.setenv("ZHIJI_INDEX_DIR", str(corpus_index))
    for name in ("OPENAI_BASE_URL", "OPENAI_API_KEY", "OPENAI_MODEL"):
        monkeypatch.setenv(name, "")
    yield tmp_path / "data"
    at = desk()
    at.workbench.close()
    at.workspace.close()


@pytest.fixture
def page(home: Path) -> Callable[[str], AppTest]:
    """Open one page of the real application, navigation and all."""

    def opened(name: str) -> AppTest:
        return AppTest.from_string(PAGE.format(name), default_timeout=30).run()

    return opened


def words(at: AppTest) -> str:
    """Return every word of our own HTML on the page."""
    bodies = (str(element.proto.body) for element in at.get("html"))
    return "\n".join(body for body in bodies if not body.startswith("<style"))


def view(at: AppTest, name: str, key: str) -> AppTest:
    """Open one of the tabs of a page, as a click on it does."""
    at.session_state[key] = name
    at.run()
    assert not at.exception
    return at
