"""Parts of 助手: the list of conversations, and the buttons of what the assistant proposes."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from assistant.chat.answer import CHOOSE, DONE, OPEN
from assistant.ui.actions import accept, action_of, file_of, refuse, take_back
from assistant.ui.boundary import bounded, fault_of, show_fault
from assistant.ui.desk import Desk
from assistant.ui.state import State
from assistant.workspace.store import Message


def show_conversations(at: Desk, state: State, number: int) -> None:
    """Show which conversation is open; choose, begin, rename, delete, export."""
    kept = at.workspace.conversations
    names = {one.id: one.title for one in kept.of(state.report_id)}
    names |= {one.id: f"{one.title}（自由）" for one in kept.of(None)}
    choice, begin, free, more = st.columns([5, 1.4, 1.4, 1.2], vertical_alignment="bottom")
    ids = list(names)

    def change() -> None:
        state.conversation = st.session_state["conversation"]

    st.session_state["conversation"] = number
    with choice:
        st.selectbox(
            "对话",
            ids,
            format_func=lambda one: names[one],
            key="conversation",
            on_change=change,
            label_visibility="collapsed",
        )
    if begin.button("新对话", key="new-conversation", width="stretch"):
        state.conversation = kept.begin(state.report_id)
        st.rerun()
    if free.button("自由对话", key="free-conversation", width="stretch", help="不归入这份报告的对话"):
        state.conversation = kept.begin(None)
        st.rerun()
    with more.popover("管理", width="stretch"):
        _manage(at, state, number, names[number].removesuffix("（自由）"))


def _manage(at: Desk, state: State, number: int, title: str) -> None:
    kept = at.workspace.conversations
    name = st.text_input("名称", title, key=f"rename-{number}")
    if st.button("改名", key="rename", width="stretch"):
        kept.rename(number, name)
        st.rerun()
    st.download_button(
        "导出为 Markdown",
        lambda: kept.exported(number).encode(),
        file_name="对话.md",
        on_click="ignore",
        width="stretch",
        key=f"export-{number}",
    )
    sure = st.checkbox("确认删除这个对话", key=f"sure-{number}")
    if st.button("删除", key="delete-conversation", disabled=not sure, width="stretch"):
        kept.delete(number)
        state.conversation = 0
        st.rerun()


def show_action(at: Desk, state: State, number: int, message: Message) -> None:
    """Show the buttons that belong to what a message proposes."""
    action = action_of(message)
    if action is None:
        return
    if action.kind == CHOOSE:
        return
    if action.state == OPEN:
        yes, no, _ = st.columns([1, 1, 8])
        if yes.button("是", type="primary", key=f"yes-{message.id}", width="stretch"):
            _say(at, number, lambda: accept(at, state, message))
        if no.button("否", key=f"no-{message.id}", width="stretch"):
            _say(at, number, lambda: refuse(at, message))
    elif action.state == DONE and action.kind == "export":
        bounded(lambda: _download(at, state, message))
    elif action.state == DONE and action.kind == "fill":
        back, _ = st.columns([1, 9])
        if back.button("撤销", key=f"undo-{message.id}", width="stretch"):
            _say(at, number, lambda: take_back(at, state, message))


def _download(at: Desk, state: State, message: Message) -> None:
    action = action_of(message)
    if action is None:
        return
    name, content = file_of(at, state, action)
    st.download_button(f"下载 {name}", content, file_name=name, key=f"file-{message.id}", on_click="ignore")


def _say(at: Desk, number: int, act: Callable[[], str]) -> None:
    """Do it and keep what was done as a message; a fault is shown and nothing is kept."""

    def told() -> None:
        at.workspace.conversations.add(number, Message(role="assistant", text=act()))

    fault = fault_of(told)
    if fault is None:
        st.rerun()
    show_fault(fault)
