"""The one object of a browser session (会话状态): which report is open and what is not saved yet.

`base` is the report as the editors on the page were filled with; it stays as it is while they are shown,
so that an editor never loses a second edit. `edited` holds what has been committed since.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import cast

import streamlit as st

from assistant.domain.finding import Finding
from assistant.domain.passage import Citation
from assistant.domain.report import Report
from assistant.errors import ZhijiError
from assistant.ui.boundary import fault_of
from assistant.ui.desk import Desk, desk
from assistant.ui.trials import Verdict

_KEY = "state"
#: So many changes can be taken back.
_UNDONE = 50


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
    #: What the working copy was before each change, the latest last.
    past: list[Report] = field(default_factory=list)
    saved_at: datetime | None = None
    unsaved_because: ZhijiError | None = None

    @property
    def unsaved(self) -> bool:
        """Whether the working copy differs from what is saved."""
        return self.edited != self.saved

    def open(self, desk: Desk, report_id: int) -> None:
        """Open a saved report and forget what was not saved."""
        report, version = desk.workspace.report(report_id)
        self.report_id, self.version, self.draft_id, self.found = report_id, version, None, ()
        self.editing = self.saved_at = self.unsaved_because = None
        self.past = []
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
        if report != self.edited:
            self.past = [*self.past[1 - _UNDONE :], self.edited]
        self.edited = report

    def replace(self, report: Report) -> None:
        """Take a changed report as the working copy and fill the editors anew with it."""
        self.commit(report)
        self.rebase()

    def undo(self) -> None:
        """Take back the last change (撤销); nothing where there is none."""
        if self.past:
            self.edited = self.past.pop()
            self.rebase()

    def save(self, desk: Desk) -> None:
        """Save the working copy; raises StaleVersion where somebody was first, and keeps the copy.

        The editors stay as they are: saving never takes the cursor out of a cell.
        """
        if self.unsaved:
            self.version = desk.workspace.save_report(self.report_id, self.edited, self.version)
            self.saved, self.saved_at = self.edited, datetime.now(UTC)

    def autosave(self, desk: Desk) -> None:
        """Save the working copy (自动保存); where that is refused, remember why."""
        self.unsaved_because = fault_of(lambda: self.save(desk))


def current() -> tuple[Desk, State]:
    """Return the desk and the state of this session; a new session opens the latest report."""
    at = desk()
    if _KEY not in st.session_state:
        state = State()
        state.open(at, at.first_report())
        st.session_state[_KEY] = state
    return at, cast(State, st.session_state[_KEY])
