"""What one server process keeps open for all its pages (工作间): workbench, workspace, jobs, the sample.

Opened once and cached; nothing in here draws.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from functools import lru_cache
from pathlib import Path
from typing import Protocol

import streamlit as st

from assistant import pipeline
from assistant.bootstrap import CORPUS, SAMPLE, open_workbench
from assistant.domain.report import Report
from assistant.settings import Settings, read_settings
from assistant.ui.jobs import Jobs
from assistant.ui.standing_jobs import Handler, StandingJobs
from assistant.workspace.identity import Identity
from assistant.workspace.store import Workspace

#: The sample as readable data, where the form has not been built from it.
_SAMPLE_DATA = CORPUS / "sources" / "self_evaluation.json"


class Upload(Protocol):
    """A file that the user handed over."""

    name: str

    def getvalue(self) -> bytes:
        """Return its bytes."""
        ...


class Desk:
    """The open parts of one process; safe to share between sessions."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.workbench = open_workbench(settings)
        self.identity = Identity(settings.data_dir, settings.user)
        self.workspace = Workspace(settings.workspace_url, self.identity)
        self.jobs = Jobs()
        self.standing = StandingJobs(self.workspace.jobs, self._handlers())
        self.evaluate: Callable[[Report], pipeline.Evaluation] = lru_cache(maxsize=16)(
            self.workbench.evaluate
        )
        self.sample = _read_sample()

    def _handlers(self) -> dict[str, Handler]:
        """Who does the work of each kind of job that outlives this process."""
        from assistant.ui import drafting_job, reading_job, review_job

        return {
            drafting_job.KIND: lambda task: drafting_job.write(self, task),
            reading_job.KIND: lambda task: reading_job.read(self, task),
            review_job.KIND: lambda task: review_job.review(self, task),
        }

    @property
    def received(self) -> Path:
        """The folder that keeps the past reports handed over in the browser."""
        return self.settings.data_dir / "received"

    def first_report(self) -> int:
        """Return the id of the latest report; a workspace that is empty gets the sample first."""
        saved = self.workspace.reports()
        if saved:
            return saved[0].id
        return self.workspace.add_report(self.sample or Report())

    def is_sample(self, report: Report) -> bool:
        """Return whether a report is the sample (示例), by unit, title and year."""
        return self.sample is not None and _identity(report) == _identity(self.sample)


def _identity(report: Report) -> tuple[str, str, int | None]:
    return report.unit_name, report.title, report.year


def _read_sample() -> Report | None:
    place = next((path for path in (SAMPLE, _SAMPLE_DATA) if path.exists()), None)
    return pipeline.read_figures(str(place), str).report if place else None


def desk() -> Desk:
    """Return the desk of this process for the settings of the environment."""
    settings = read_settings()
    return _opened(repr(settings), settings)


@st.cache_resource(show_spinner=False, max_entries=4)
def _opened(key: str, _settings: Settings) -> Desk:
    opened = Desk(_settings)
    opened.standing.go_on_with_all()
    return opened


def bytes_written(write: Callable[[Path], object], name: str) -> bytes:
    """Return the bytes that `write` puts into a file called `name`, or into the file that it returns."""
    with tempfile.TemporaryDirectory(prefix="zhiji-") as folder:
        path = Path(folder) / name
        other = write(path)
        return (other if isinstance(other, Path) else path).read_bytes()


def kept(upload: Upload, folder: Path) -> Path:
    """Write an upload into `folder` under its own bare name and return where it lies."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / Path(upload.name.replace("\\", "/")).name
    path.write_bytes(upload.getvalue())
    return path
