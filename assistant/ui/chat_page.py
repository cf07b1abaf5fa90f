"""The page 助手: ask about scores, figures, past reports; the conversation is kept with its sources."""

from __future__ import annotations

import streamlit as st

from assistant.chat.answer import choice_label
from assistant.ui.actions import action_of
from assistant.ui.boundary import fault_of, show_fault
from assistant.ui.chat_parts import show_action, show_conversations
from assistant.ui.conversation import ask, conversation_of, key_of
from assistant.ui.desk import Desk
from assistant.ui.jobs import Job
from assistant.ui.markup import text
from assistant.ui.paper import source_of
from assistant.ui.parts import heading
from assistant.ui.search_page import in_cells
from assistant.ui.state import State, current
from assistant.workspace.store import Message

_EXAMPLES = (
    "哪些指标扣分了，为什么？",
    "往年怎么写预算执行率偏低",
    "写存在的主要问题",
    "和去年比怎么样",
)
_AVATARS = {"user": ":material/person:", "assistant": ":material/support_agent:"}


def show() -> None:
    """Show the page."""
    at, state = current()
    job = at.jobs.get(key_of(state.report_id))
    running = job is not None and job.running
    by_model = at.settings.has_endpoint
    heading("助手", _next_step(by_model))
    number = conversation_of(at, state)
    show_conversations(at, state, number)
    with st.container(height=400, border=True, key="talk"):
        messages = at.workspace.conversations.messages(number)
        for message in messages:
            _message(at, message)
            show_action(at, state, number, message)
        if messages and not running:
            _choices(at, state, messages[-1], by_model)
        if job is not None:
            _now(at, state, job, drawn_running=running)
    _examples(at, state, by_model, disabled=running)
    with st.container():
        asked = st.chat_input("问一句话，例如：委员履职服务经费的执行率是多少", key="ask", disabled=running)
    if asked and asked.strip():
        _ask(at, state, asked.strip(), by_model)


def _next_step(by_model: bool) -> str:
    if by_model:
        return "直接提问；答复由配置的模型组织语言，数字来自本机计算。要改数据时先给您看，您说“是”才改。"
    return (
        "直接提问，或点下面的例子；没有配置模型服务，答复全部在本机完成。要改数据时先给您看，您说“是”才改。"
    )


def _message(at: Desk, message: Message) -> None:
    with st.chat_message(message.role, avatar=_AVATARS.get(message.role)):
        st.html(f'<div class="zj-said">{text(message.text)}</div>' + _sources(at, message))


def _choices(at: Desk, state: State, message: Message, by_model: bool) -> None:
    """Show the requests that a question back may be answered by."""
    action = action_of(message)
    if action is None or not action.choices:
        return
    with st.container(horizontal=True):
        for n, words in enumerate(action.choices, 1):
            if st.button(f"第{n}个", key=f"choice-{message.id}-{n}", help=choice_label(words)):
                _ask(at, state, words, by_model)


def _sources(at: Desk, message: Message) -> str:
    """Return the sources of a message, each of which opens to the paragraph it names."""
    library = at.workbench.library
    lines = []
    for n, cited in enumerate(message.citations, 1):
        passage = library.passage(cited.source, cited.first_paragraph) if library.exists() else None
        words = in_cells(passage.text) if passage else "资料库里已没有这一段。"
        lines.append(
            f'<details class="zj-source"><summary>[{n}] {text(source_of(cited))}</summary>'
            f'<div class="zj-near here">{text(words)}</div></details>'
        )
    return "".join(lines)


def _now(at: Desk, state: State, job: Job, *, drawn_running: bool) -> None:
    """Show the answer as it comes, or why there is none.

    A job that ended while the page was drawn leaves the box locked, so the page is drawn again.
    """
    if not job.running:
        if drawn_running:
            st.rerun()
        if job.fault is not None:
            show_fault(job.fault)
        at.jobs.forget(key_of(state.report_id))
        return

    @st.fragment(run_every=0.3)
    def live() -> None:
        if not job.running:
            st.rerun()
        with st.chat_message("assistant", avatar=_AVATARS["assistant"]):
            words = "".join(piece for _, piece in tuple(job.pieces)) or "正在查……"
            st.html(f'<div class="zj-said">{text(words)}</div>')

    live()
    if job.wait(0.5):
        st.rerun()


def _examples(at: Desk, state: State, by_model: bool, *, disabled: bool) -> None:
    for column, example in zip(st.columns(len(_EXAMPLES)), _EXAMPLES, strict=True):
        with column:
            if st.button(example, key=f"example-{example}", disabled=disabled, width="stretch"):
                _ask(at, state, example, by_model)


def _ask(at: Desk, state: State, question: str, by_model: bool) -> None:
    fault = fault_of(lambda: ask(at, state, question, model=by_model))
    if fault is None:
        st.rerun()
    show_fault(fault)
