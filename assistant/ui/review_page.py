"""The page 审稿: hand over somebody's report, see the findings beside its text, take the commented Word back."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from assistant.ui.boundary import bounded
from assistant.ui.desk import Desk
from assistant.ui.markup import said, table, text
from assistant.ui.parts import distinct, heading, lamps
from assistant.ui.progress import show_broken_off, show_progress
from assistant.ui.review_form import show_review_form
from assistant.ui.review_job import (
    Outcome,
    all_files,
    commented_word,
    forget_review,
    key_of,
    outcomes,
    reviews,
    summary,
    text_and_findings,
    title_of,
)
from assistant.ui.reviewed_text import findings_html, paragraphs_html
from assistant.ui.state import State, current
from assistant.workspace.job_store import JobRecord

_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_NEW = ""


def show() -> None:
    """Show the page."""
    at, state = current()
    kept = reviews(at)
    if state.review not in (*kept, _NEW):
        state.review = _NEW
    record = at.standing.latest(key_of(state.review)) if state.review else None
    heading("审稿", _next_step(record))
    if kept:
        _bar(at, state, kept)
    if record is None:
        bounded(lambda: show_review_form(at, state))
    elif record.active:
        show_progress(at, record, "正在审阅")
    elif record.resumable:
        show_broken_off(at, record, "已审好的文件留着。")
    else:
        bounded(lambda: _reviewed(at, state, outcomes(record)))


def _next_step(record: JobRecord | None) -> str:
    if record is None:
        return "选一份或几份报告，点“开始审阅”；几秒钟后看到问题清单，并可下载带批注的 Word，原文不动。"
    if record.active:
        return "正在审阅，可以去别的页面，回来接着看。"
    return "点右边的问题跳到原处；改完的稿子可以再审一次。“下载批注稿”把问题写成 Word 批注。"


def _bar(at: Desk, state: State, kept: Sequence[str]) -> None:
    names = distinct({_NEW: "（新的审阅）"} | {name: title_of(at, name) for name in kept})
    choice, begin, drop = st.columns([6, 1.3, 1.3], vertical_alignment="bottom")

    def change() -> None:
        state.review = st.session_state["review"]

    st.session_state["review"] = state.review
    with choice:
        st.selectbox("审阅记录", list(names), format_func=names.__getitem__, key="review", on_change=change)
    if begin.button("再审一份", key="new-review", width="stretch", disabled=not state.review):
        state.review = _NEW
        st.rerun()
    if drop.button("删除记录", key="drop-review", width="stretch", disabled=not state.review):
        forget_review(at, state.review)
        state.review = _NEW
        st.rerun()


def _reviewed(at: Desk, state: State, told: Sequence[Outcome]) -> None:
    one = told[0] if len(told) == 1 else _chosen(at, state, told)
    if one.fault:
        st.html(said("zj-fault", f"“{one.name}”没有审：{one.fault}", one.remedy))
    else:
        _one(at, state, one)


def _chosen(at: Desk, state: State, told: Sequence[Outcome]) -> Outcome:
    """Show the table of several files and return the one to look at."""
    st.html(table(("文件", "结果", "红", "黄", "蓝", "批注", "说明"), [_row(one) for one in told]))
    choice, everything = st.columns([6, 2.6], vertical_alignment="bottom")
    number = choice.selectbox(
        "看哪一份",
        range(len(told)),
        format_func=lambda n: f"{n + 1}. {told[n].name}",
        key=f"file-{state.review}",
    )
    everything.download_button(
        "下载全部批注稿（.zip）",
        lambda: all_files(at, state.review, told),
        file_name="审阅稿.zip",
        on_click="ignore",
        key="all-reviews",
        width="stretch",
        disabled=all(one.fault for one in told),
    )
    return told[number or 0]


def _row(one: Outcome) -> tuple[str, ...]:
    if one.fault:
        return (one.name, "未审", "", "", "", "", f"{one.fault}。{one.remedy}")
    counts = (one.errors, one.warnings, one.infos, one.comments)
    return (one.name, "没有错误" if one.proven else "有错误", *map(str, counts), "")


def _one(at: Desk, state: State, one: Outcome) -> None:
    words, told = text_and_findings(at, state.review, one.number)
    left, right = st.columns([1.5, 1], gap="medium")
    with left:
        st.html(_verdict(one))
        with st.container(height=520, border=False, key="reviewed"):
            st.html(paragraphs_html(words, told.findings))
    with right:
        _downloads(at, state, one)
        st.html(f'<div class="zj-legend">{lamps(told.findings)}　批注 {one.comments} 处</div>')
        with st.container(height=470, border=False, key="findings"):
            st.html(findings_html(told.findings, "没有发现问题。"))
            if told.report_findings:
                st.html("<h3>自评表本身的问题</h3>" + findings_html(told.report_findings, ""))


def _verdict(one: Outcome) -> str:
    if one.proven:
        return f'<div class="zj-box zj-ok">{text(f"✔ {one.name}：没有必须改正的问题。")}</div>'
    return f'<div class="zj-box zj-fault">{text(f"✘ {one.name}：有 {one.errors} 处必须改正。")}</div>'


def _downloads(at: Desk, state: State, one: Outcome) -> None:
    stem = one.name.rsplit(".", 1)[0]
    name, number = state.review, one.number
    word, words = st.columns([1.4, 1])
    word.download_button(
        "下载批注稿（Word）",
        lambda: commented_word(at, name, number),
        file_name=f"{stem}（审阅）.docx",
        mime=_WORD,
        type="primary",
        on_click="ignore",
        key=f"word-{name}-{number}",
        width="stretch",
    )
    words.download_button(
        "下载意见汇总",
        lambda: summary(at, name, number),
        file_name=f"{stem}.审阅意见.md",
        on_click="ignore",
        key=f"summary-{name}-{number}",
        width="stretch",
    )
