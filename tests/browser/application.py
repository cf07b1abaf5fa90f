"""The application as a user starts it, on a data folder that outlives it, and what it has kept there."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

from assistant.settings import ROOT
from assistant.workspace.job_store import JobRecord
from assistant.workspace.store import Workspace

_PATIENCE = 60.0


class Application:
    """One data folder and one library; the server can be started and killed."""

    def __init__(self, folder: Path, index: Path, model: str = "") -> None:
        self.folder, self.index, self.port = folder, index, _free_port()
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
        """Start the server and wait until it answers."""
        command = [sys.executable, "-m", "assistant.cli", "app", "--headless", "--port", str(self.port)]
        self._process = subprocess.Popen(
            command, cwd=ROOT, env=self._environment, start_new_session=True, stdout=subprocess.DEVNULL
        )
        until(lambda: _answers(self.address))

    def kill(self) -> None:
        """End the server and its children at once, as a power cut would."""
        if self._process is not None:
            os.killpg(self._process.pid, signal.SIGKILL)
            self._process.wait(10)
            self._process = None

    def stop(self) -> None:
        """End the server as a user does."""
        if self._process is not None:
            self._process.terminate()
            self._process.wait(20)
            self._process = None

    def workspace(self) -> Workspace:
        """Return what is kept, opened beside the server."""
        return Workspace(f"sqlite:///{self.folder / 'workspace.sqlite'}")

    def texts(self) -> list[str]:
        """Return the drafts of the latest report, the latest first."""
        workspace = self.workspace()
        try:
            return [entry.draft.text for entry in workspace.drafts(workspace.reports()[0].id)]
        finally:
            workspace.close()

    def titles(self) -> list[str]:
        """Return the titles of the reports that are kept."""
        workspace = self.workspace()
        try:
            return [entry.title for entry in workspace.reports()]
        finally:
            workspace.close()

    def job(self, key: str) -> JobRecord | None:
        """Return the latest job of that key."""
        workspace = self.workspace()
        try:
            return workspace.jobs.latest(key)
        finally:
            workspace.close()


def until(holds: object, seconds: float = _PATIENCE) -> None:
    """Wait until something holds; an assertion fails where it does not in time."""
    end = time.monotonic() + seconds
    while not holds():  # type: ignore[operator]
        assert time.monotonic() < end, "没有等到"
        time.sleep(0.05)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _answers(address: str) -> bool:
    try:
        with urllib.request.urlopen(f"{address}/_stcore/health", timeout=1):
            return True
    except (urllib.error.URLError, OSError):
        return False
