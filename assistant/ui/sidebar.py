"""The left side below the navigation: which report is open, whether it is saved, what is next."""

from __future__ import annotations

import streamlit as st

from assistant.ui.boundary import show_fault
from assistant.ui.desk import Desk
from assistant.ui.markup import text
from assistant.ui.parts import distinct, here
from assistant.ui.state import State, current


def show_sidebar() -> None:
    """Save what was changed since, show the open report and let the user choose another one."""
    at, state = current()
    state.autosave(at)
    with st.sidebar:
        _choose(at, state)
        _about(at, state)


def _choose(at: Desk, state: State) -> None:
    reports = sorted(at.workspace.reports(), key=lambda entry: entry.id)
    entries = distinct({entry.id: entry.title for entry in reports})
    ids = list(entries)
    if state.report_id not in entries:
        state.open(at, at.first_report())
        st.rerun()
    key = f"open-{state.report_id}-{len(ids)}"

    def change() -> None:
        state.open(at, st.session_state[key])

    st.selectbox(
        "当前报告",
        ids,
        index=ids.index(state.report_id),
        format_func=lambda number: entries[number],
        key=key,
        on_change=change,
        disabled=state.unsaved,
        help="有未保存的修改时不能换报告",
    )


def _about(at: Desk, state: State) -> None:
    tags = [f"第{state.version}版"]
    if at.is_sample(state.saved):
        tags.insert(0, "示例")
    if state.saved_at is not None and not state.unsaved:
        tags.append(f"已自动保存 {here(state.saved_at):%H:%M:%S}")
    if state.unsaved:
        tags.append("有未保存的修改")
    st.html("".join(f'<span class="zj-tag">{text(tag)}</span>' for tag in tags))
    if state.unsaved_because is not None:
        show_fault(state.unsaved_because)
    if state.unsaved and st.button("放弃修改，载入最新版本", width="stretch"):
        state.open(at, state.report_id)
        st.rerun()
