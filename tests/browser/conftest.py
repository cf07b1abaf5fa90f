"""A real Chromium and the real application, started as a user starts it, on a fresh data folder."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, sync_playwright

from assistant.settings import ROOT

from ..conftest import missing

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


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def answers(address: str) -> bool:
    try:
        with urllib.request.urlopen(f"{address}/_stcore/health", timeout=1):
            return True
    except (urllib.error.URLError, OSError):
        return False


@pytest.fixture
def application(tmp_path: Path, corpus_index: Path) -> Iterator[str]:
    """Its address; the application ends with the test."""
    port = free_port()
    environment = {
        **os.environ,
        "ZHIJI_DATA_DIR": str(tmp_path / "data"),
        "ZHIJI_INDEX_DIR": str(corpus_index),
        "OPENAI_BASE_URL": "",
    }
    command = [sys.executable, "-m", "assistant.cli", "app", "--headless", "--port", str(port)]
    process = subprocess.Popen(command, cwd=ROOT, env=environment)
    address = f"http://127.0.0.1:{port}"
    try:
        end = time.monotonic() + 60
        while not answers(address):
            assert process.poll() is None and time.monotonic() < end, "应用没有启动"
            time.sleep(0.1)
        yield address
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(20)


@pytest.fixture
def browser_page() -> Iterator[Page]:
    """A page of 1366×768; skipped where there is no Chromium, unless everything is required."""
    if CHROMIUM is None:
        missing("Chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=list(ARGUMENTS))
        context = browser.new_context(viewport={"width": 1366, "height": 768}, locale="zh-CN")
        yield context.new_page()
        browser.close()
