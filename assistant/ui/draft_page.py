"""The page 起草: write a draft, see it grow, see what proves it, download it when it is proven."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import streamlit as st

from assistant import pipeline
from assistant.domain.draft import Draft
from assistant.ui.boundary import bounded, fault_of, show_fault
from assistant.ui.desk import Desk
from assistant.ui.draft_downloads import show_downloads
from assistant.ui.draft_editing import keep_changed, show_comparison, show_editor, show_renewal
from assistant.ui.draft_evidence import show_evidence
from assistant.ui.draft_outline import show_outline
from assistant.ui.drafting_job import LENGTHS, WRITERS, key_of, so_far, start_drafting
from assistant.ui.markup import text
from assistant.ui.paper import paper
from assistant.ui.parts import distinct, heading, here, show_empty
from assistant.ui.progress import show_broken_off, show_progress
from assistant.ui.state import State, current
from assistant.workspace.job_store import DONE, JobRecord
from assistant.workspace.store import DraftEntry

_LEGEND = (
    '<div class="zj-legend"><span><u class="zj-fact">下划线</u> 有出处，指上去看算法</span>'
    '<span>[1] 参考的往年段落</span><span><i class="zj-wait">（待补充）</i>输入里没有</span>'
    '<span><i class="zj-model">紫底</i> 模型措辞</span><span><i class="zj-human">绿底</i> 人工改写</span></div>'
)


def show(go: Callable[[str], None]) -> None:
    """Show the page; `go` leads to another one."""
    at, state = current()
    if not state.edited.projects:
        heading("起草", "先填数据，再起草。")
        show_empty("这份报告还没有数据，写不出文稿。", "去填数据", lambda: go("figures"))
        return
    record = at.standing.latest(key_of(state.report_id))
    running = record is not None and record.active
    _take_over(state, record)
    entries = () if running else at.workspace.drafts(state.report_id)
    heading("起草", _next_step(state, running, entries))
    _bar(at, state, running)
    if record is not None and running:
        show_progress(at, record, "正在写", lambda now: _written(at, now))
        return
    if record is not None and record.resumable:
        _broken_off(at, record)
    bounded(lambda: _kept(at, state, entries))


def _take_over(state: State, record: JobRecord | None) -> None:
    """Open the latest draft where a job has ended since this session last looked."""
    if record is not None and record.state == DONE and record.id != state.seen_job:
        state.seen_job, state.draft_id = record.id, None


def _next_step(state: State, running: bool, entries: Sequence[DraftEntry]) -> str:
    if running:
        return "正在起草，可以去别的页面，回来接着看。"
    if not entries:
        return "点“起草”，几秒钟后得到一份逐数字校核过的文稿。"
    if state.unsaved or entries[0].report_version != state.version:
        return "数据在这一稿之后改过：点“按新数据更新”只改有变化的句子，或点“起草”全部重写。"
    if not entries[0].draft.proven:
        return "右边红灯条目下点“改为……”或“删去这一句”；要改的是数据，就到“填数据”改后再更新。"
    return "校核通过，点“下载 Word”；标黄的（待补充）请在 Word 里或“填数据”里补上。"


def _bar(at: Desk, state: State, running: bool) -> None:
    go, writer, length, rest = st.columns([1.2, 1.6, 1.6, 6], vertical_alignment="bottom")
    choices = list(WRITERS) if at.settings.has_endpoint else ["offline"]
    with writer:
        chosen = st.selectbox("由谁措辞", choices, format_func=WRITERS.__getitem__, disabled=running)
    with length:
        size = st.selectbox("篇幅", list(LENGTHS), format_func=LENGTHS.__getitem__, disabled=running)
    with go:
        if st.button("起草", type="primary", disabled=running, width="stretch", key="draft"):
            fault = fault_of(lambda: start_drafting(at, state, chosen or "offline", size or "normal"))
            if fault is None:
                st.rerun()
            with rest:
                show_fault(fault)


def _written(at: Desk, record: JobRecord) -> None:
    """Show what has been written so far."""
    paragraphs = "".join(f"<p>{text(words)}</p>" for words in so_far(at, record))
    st.html(f'<div class="zj-paper">{paragraphs}</div>')


def _broken_off(at: Desk, record: JobRecord) -> None:
    count = len(so_far(at, record))
    show_broken_off(at, record, f"已写好的{count}段留着。")
    if count:
        with st.expander("看已写好的部分"):
            _written(at, record)


def _kept(at: Desk, state: State, entries: Sequence[DraftEntry]) -> None:
    """Show the chosen version of the draft with its proof and its downloads."""
    if not entries:
        st.html('<div class="zj-box">还没有文稿：点上面的“起草”，写好后出现在这里。</div>')
        return
    entry = _chosen(state, entries)
    evaluation = at.evaluate(state.saved)
    stale = entry.report_version != state.version
    draft = pipeline.prove_draft(entry.draft, evaluation) if stale else entry.draft
    left, right = st.columns([1.65, 1], gap="medium")
    with left:
        _verdict(draft, stale=stale)
        show_renewal(at, state, entry, evaluation)
        legend, switch = st.columns([5, 1.4], vertical_alignment="center")
        legend.html(_LEGEND)
        editing = switch.toggle("修改文稿", key="edit-mode")
        with st.container(height=520, border=False, key="paper"):
            if editing:
                show_editor(at, state, entry, draft, evaluation)
            else:
                st.html(paper(draft, evaluation.facts))
    with right:
        show_downloads(at, state, draft, evaluation)
        _versions(state, entries, entry)
        with st.expander("与前一稿对照"):
            show_comparison(entries, entry)

        def keep(changed: Draft, note: str) -> None:
            keep_changed(at, state, entry, evaluation, changed, note)

        show_evidence(draft, evaluation, keep, lambda: show_outline(at, state, entry.draft, evaluation, keep))


def _chosen(state: State, entries: Sequence[DraftEntry]) -> DraftEntry:
    return next((entry for entry in entries if entry.id == state.draft_id), entries[0])


def _verdict(draft: Draft, *, stale: bool) -> None:
    against = "写成之后数据又改过；按现在的数据重新校核：" if stale else ""
    if draft.proven:
        words = f"✔ {against}校核通过：文中 {_count(draft)} 处数字都有出处。"
        st.html(f'<div class="zj-box zj-ok">{text(words)}</div>')
    else:
        words = f"✘ {against}校核未通过，不能导出正式稿；原因见右边“校核”。"
        st.html(f'<div class="zj-box zj-fault">{text(words)}</div>')


def _count(draft: Draft) -> int:
    """Return how many places of the draft show a figure of the ledger."""
    return sum(
        any(letter.isdigit() for letter in sentence.text[bound.start : bound.end])
        for paragraph in draft.paragraphs
        for sentence in paragraph.sentences
        for bound in sentence.bindings
    )


def _versions(state: State, entries: Sequence[DraftEntry], shown: DraftEntry) -> None:
    if len(entries) < 2:
        return
    names = distinct(
        {
            entry.id: f"第{len(entries) - n}稿　{here(entry.created_at):%m-%d %H:%M}　{entry.note}　{entry.who or WRITERS.get(entry.draft.writer, '')}"
            for n, entry in enumerate(entries)
        }
    )
    ids = list(names)

    def change() -> None:
        state.draft_id = st.session_state["version"]

    st.session_state["version"] = shown.id
    st.selectbox("文稿版本", ids, format_func=lambda number: names[number], key="version", on_change=change)
