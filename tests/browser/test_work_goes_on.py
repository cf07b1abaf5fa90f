"""A draft in a real browser: clicks, a reload, a second window and a killed server neither lose nor double it."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from assistant.settings import ROOT
from assistant.workspace.store import Workspace

from ..openai_server import serving
from .conftest import answers, free_port

pytestmark = pytest.mark.browser

WAIT = 120_000


class Application:
    """The application as a user starts it, on a data folder that outlives it."""

    def __init__(self, folder: Path, index: Path, model: str) -> None:
        self.folder, self.port = folder, free_port()
        self.address = f"http://127.0.0.1:{self.port}"
        self._environment = {
            **os.environ,
            "ZHIJI_DATA_DIR": str(folder),
            "ZHIJI_INDEX_DIR": str(index),
            "OPENAI_BASE_URL": model,
            "OPENAI_MODEL": "m",
        }
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        command = [sys.executable, "-m", "assistant.cli", "app", "--headless", "--port", str(self.port)]
        self._process = subprocess.Popen(
            command, cwd=ROOT, env=self._environment, start_new_session=True, stdout=subprocess.DEVNULL
        )
        end = time.monotonic() + 60
        while not answers(self.address):
            assert self._process.poll() is None and time.monotonic() < end, "应用没有启动"
            time.sleep(0.1)

    def kill(self) -> None:
        """End the server and its children at once, as a power cut would."""
        if self._process is not None:
            os.killpg(self._process.pid, signal.SIGKILL)
            self._process.wait(10)
            self._process = None

    def texts(self) -> list[str]:
        """The drafts that are kept, the latest first."""
        workspace = Workspace(f"sqlite:///{self.folder / 'workspace.sqlite'}")
        try:
            return [entry.draft.text for entry in workspace.drafts(workspace.reports()[0].id)]
        finally:
            workspace.close()


@pytest.fixture
def slow(tmp_path: Path, corpus_index: Path) -> Iterator[Application]:
    """The application with a model that takes its time."""
    with serving(pause=0.1) as model:
        application = Application(tmp_path / "data", corpus_index, model.base_url)
        application.start()
        try:
            yield application
        finally:
            application.kill()


def draft_by_model(page: Page) -> None:
    page.get_by_role("combobox", name="由谁措辞").first.click(timeout=WAIT)
    page.get_by_role("option", name="模型写作").click(timeout=WAIT)
    page.get_by_role("button", name="起草", exact=True).click(timeout=WAIT)


def test_a_killed_server_finishes_the_draft_after_its_restart(browser_page: Page, slow: Application) -> None:
    """Click away, reload, look from a second window, kill -9, restart: one draft, to the letter that of a quiet run."""
    page = browser_page
    page.goto(f"{slow.address}/draft")
    draft_by_model(page)
    expect(page.get_by_text("正在写：").first).to_be_visible(timeout=WAIT)
    page.get_by_role("link", name="设置").click()
    expect(page.get_by_text("服务密钥")).to_be_visible(timeout=WAIT)
    page.goto(f"{slow.address}/draft")
    expect(page.get_by_text("基本情况").first).to_be_visible(timeout=WAIT)
    second = page.context.new_page()
    second.goto(f"{slow.address}/draft")
    expect(second.get_by_text("正在写：").first).to_be_visible(timeout=WAIT)
    slow.kill()
    assert slow.texts() == []
    slow.start()
    page.goto(f"{slow.address}/draft")
    expect(page.get_by_text("文中").first).to_be_visible(timeout=WAIT)
    assert len(slow.texts()) == 1
    draft_by_model(page)
    expect(page.get_by_text("正在写：").first).to_be_visible(timeout=WAIT)
    expect(page.get_by_text("正在写：").first).to_be_hidden(timeout=WAIT)
    texts = slow.texts()
    assert len(texts) == 2 and texts[0] == texts[1]


def test_a_stopped_draft_goes_on_with_one_click(browser_page: Page, slow: Application) -> None:
    page = browser_page
    page.goto(f"{slow.address}/draft")
    draft_by_model(page)
    page.get_by_role("button", name="停止").click(timeout=WAIT)
    expect(page.get_by_text("已停止。")).to_be_visible(timeout=WAIT)
    page.get_by_role("button", name="继续").click(timeout=WAIT)
    expect(page.get_by_text("文中").first).to_be_visible(timeout=WAIT)
    assert len(slow.texts()) == 1
