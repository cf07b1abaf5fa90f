"""How far a job is and how long it will take, with a stop button; and what to do with one that was broken off."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from assistant.ui.desk import Desk
from assistant.ui.markup import said
from assistant.workspace.job_store import STOPPED, JobRecord

#: How often a page looks at a job, in seconds.
_GLANCE = 0.6


def show_progress(
    at: Desk, record: JobRecord, doing: str, more: Callable[[JobRecord], None] | None = None
) -> None:
    """Show a running job until it ends, with `more` below; every browser sees the same."""
    if st.button("停止", key=f"stop-{record.key}"):
        at.standing.stop(record.key)
        st.rerun()

    @st.fragment(run_every=_GLANCE)
    def live() -> None:
        now = at.standing.latest(record.key)
        if now is None or not now.active:
            st.rerun()
        st.progress(now.fraction, text=f"{doing}：{now.at or '准备'}{time_left(now)}")
        if more is not None:
            more(now)

    live()
    if at.standing.wait(record.key, 0.3):
        now = at.standing.latest(record.key)
        if now is None or not now.active:
            st.rerun()


def time_left(record: JobRecord) -> str:
    """Return how long the rest will take, in words; "" where that cannot be said yet."""
    seconds = record.seconds_left
    if seconds is None:
        return ""
    if seconds < 60:
        return f"，约剩{max(1, round(seconds))}秒"
    return f"，约剩{round(seconds / 60)}分钟"


def show_broken_off(at: Desk, record: JobRecord, kept: str) -> None:
    """Say why a job ended before its time, and let the user go on with it or drop it."""
    if record.state == STOPPED:
        st.html(said("zj-warn", f"已停止。{kept}", "点“继续”接着做，点“放弃”不再保留。"))
    else:
        st.html(said("zj-fault", f"{record.fault}。{kept}", record.remedy))
    go_on, drop, _ = st.columns([1, 1, 6])
    if go_on.button("继续", type="primary", key=f"go-on-{record.key}", width="stretch"):
        at.standing.go_on(record.key)
        st.rerun()
    if drop.button("放弃", key=f"drop-{record.key}", width="stretch"):
        at.standing.forget(record.key)
        st.rerun()
