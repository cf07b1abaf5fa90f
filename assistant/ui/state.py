"""The one object of a browser session (会话状态): which report is open and what is not saved yet.

`base` is the report as the editors on the page were filled with; it stays as it is while they are shown,
so that an editor never loses a second edit. `edited` holds what has been committed since.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import cast

import streamlit as st

from assistant.domain.finding import Finding
from assistant.domain.passage import Citation
from assistant.domain.report import Report
from assistant.ui.desk import Desk, desk
from assistant.ui.trials import Verdict

_KEY = "state"


@dataclass
class State:
    """Ids, the working copy of the open report, and what the pages remember."""

    report_id: int = 0
    version: int = 0
    base: Report = field(default_factory=Report)
    edited: Report = field(default_factory=Report)
    saved: Report = field(default_factory=Report)
    round: int = 0
    place: str = ""
    complaints: dict[str, tuple[str, ...]] = field(default_factory=dict)
    found: tuple[Finding, ...] = ()
    notice: str = ""
    draft_id: int | None = None
    seen_job: int | None = None
    editing: tuple[str, str] | None = None
    conversation: int = 0
    opened: Citation | None = None
    review: str = ""
    wishes: dict[str, bool] = field(default_factory=dict)
    template: str = ""
    trials: dict[str, Verdict] = field(default_factory=dict)

    @property
    def unsaved(self) -> bool:
        """Whether the working copy differs from what is saved."""
        return self.edited != self.saved

    def open(self, desk: Desk, report_id: int) -> None:
        """Open a saved report and forget what was not saved."""
        report, version = desk.workspace.report(report_id)
        self.report_id, self.version, self.draft_id, self.found = report_id, version, None, ()
        self.editing = None
        self.saved = self.edited = report
        self.rebase()

    def enter(self, place: str) -> None:
        """Say which editors are shown; those of another place start from what is committed."""
        if place != self.place:
            self.place = place
            self.rebase()

    def rebase(self) -> None:
        """Fill the editors anew with what is committed."""
        self.base = self.edited
        self.complaints = {}
        self.round += 1

    def commit(self, report: Report) -> None:
        """Take a changed report as the working copy; the editors stay as they are."""
        self.edited = report

    def replace(self, report: Report) -> None:
        """Take a changed report as the working copy and fill the editors anew with it."""
        self.edited = report
        self.rebase()

    def save(self, desk: Desk) -> None:
        """Save the working copy; raises StaleVersion where somebody was first, and keeps the copy."""
        if self.unsaved:
            self.version = desk.workspace.save_report(self.report_id, self.edited, self.version)
            self.saved = self.edited
            self.rebase()


def current() -> tuple[Desk, State]:
    """Return the desk and the state of this session; a new session opens the latest report."""
    at = desk()
    if _KEY not in st.session_state:
        state = State()
        state.open(at, at.first_report())
        st.session_state[_KEY] = state
    return at, cast(State, st.session_state[_KEY])
