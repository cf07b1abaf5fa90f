"""One real Chromium for all tests, a fresh page for each; the real application on a fresh data folder."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

from ..conftest import missing
from .application import Application

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
ARGUMENTS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
WAIT = 30_000


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """Skipped where there is no Chromium, unless everything is required."""
    if CHROMIUM is None:
        missing("Chromium")
    expect.set_options(timeout=WAIT)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=list(ARGUMENTS))
        yield browser
        browser.close()


@pytest.fixture
def browser_page(chromium: Browser) -> Iterator[Page]:
    """A page of 1366×768 that has never been here before."""
    context = chromium.new_context(viewport={"width": 1366, "height": 768}, locale="zh-CN")
    context.set_default_timeout(WAIT)
    yield context.new_page()
    context.close()


@pytest.fixture
def application(tmp_path: Path, corpus_index: Path) -> Iterator[Application]:
    """The application on a fresh data folder, without a model; it ends with the test."""
    running = Application(tmp_path / "data", corpus_index)
    running.start()
    yield running
    running.stop()
