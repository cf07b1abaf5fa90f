"""The page 资料库: hand over past reports, see a verdict on each, correct what is known of them, delete for good."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from assistant.ui.boundary import bounded, fault_of, show_fault
from assistant.ui.desk import Desk
from assistant.ui.library_list import show_list
from assistant.ui.markup import table
from assistant.ui.parts import heading
from assistant.ui.progress import show_broken_off, show_progress
from assistant.ui.reading_job import KEY, outcome, start_reading, start_rebuilding
from assistant.ui.state import current
from assistant.workspace.job_store import JobRecord

_TYPES = ["docx", "pdf", "xlsx", "txt", "md", "html", "doc", "wps", "xls", "et", "rtf"]
_WORDS = {
    "added": "新读入",
    "replaced": "已更新",
    "skipped": "跳过",
    "refused": "未读入",
    "removed": "已移除",
}


def show() -> None:
    """Show the page."""
    at, _ = current()
    record = at.standing.latest(KEY)
    found: list[bool] = []
    fault = fault_of(lambda: found.append(at.workbench.library.exists()))
    filled = bool(found and found[0])
    heading("资料库", _next_step(record, filled=filled))
    left, right = st.columns([1, 2.1], gap="medium")
    with left:
        _add(at, record)
    with right:
        if fault is None:
            bounded(lambda: show_list(at, filled=filled))
        elif record is None or not record.active:
            show_fault(fault)
            _rebuild(at)


def _rebuild(at: Desk) -> None:
    """Offer to build a library anew that can no longer be used."""
    if st.button("重建资料库", type="primary", key="rebuild", help="重新读入示例和在这里上传过的报告"):
        start_rebuilding(at)
        st.rerun()


def _next_step(record: JobRecord | None, *, filled: bool) -> str:
    if record is not None and record.active:
        return "正在读入，可以去别的页面，读完的文件马上查得到。"
    if not filled:
        return "把单位往年的自评报告拖到左边，点“读入资料库”；读入后可在“查往年”里查，起草时也会参考。"
    return "核对单位、年度、类型，程序推定得不对的点开改正；再要加报告，拖到左边读入。"


def _add(at: Desk, record: JobRecord | None) -> None:
    if record is not None and record.active:
        show_progress(at, record, "正在读入")
        return
    with st.form("add-files", clear_on_submit=True):
        uploads = st.file_uploader("往年报告（可多选）", type=_TYPES, accept_multiple_files=True)
        if st.form_submit_button("读入资料库", type="primary", width="stretch") and uploads:
            start_reading(at, uploads)
            st.rerun()
    if record is not None and record.resumable:
        show_broken_off(at, record, "已读入的文件留在资料库里。")
    elif record is not None:
        st.html("<h3>上次读入的结果</h3>" + _verdicts(outcome(record)))


def _verdicts(told: Sequence[dict[str, str]]) -> str:
    rows = [
        (
            str(one["source"]),
            _WORDS.get(one["status"], one["status"]),
            one["why"] or f"{one['paragraphs']}段、{one['tables']}张表",
        )
        for one in told
    ]
    return table(("文件", "结果", "说明"), rows) if rows else '<div class="zj-box">没有新的文件。</div>'
