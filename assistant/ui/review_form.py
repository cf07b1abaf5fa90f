"""The part of 审稿 that takes the files, and says what they are held against."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from assistant.ui.boundary import fault_of, show_fault
from assistant.ui.desk import Desk, Upload
from assistant.ui.markup import text
from assistant.ui.review_job import start_review
from assistant.ui.state import State

_TYPES = ["docx", "doc", "wps", "pdf", "txt", "md", "html", "xlsx", "xls", "et", "rtf"]
_ALONE, _OPEN, _FORM = "alone", "open", "form"
_AGAINST = {
    _ALONE: "只看报告自身：前后数字、算式、合计是否一致",
    _OPEN: "对照当前报告已保存的数据",
    _FORM: "对照另外上传的自评表（只限一份报告）",
}


def show_review_form(at: Desk, state: State) -> None:
    """Show the upload and begin the review when it is asked for."""
    left, right = st.columns([3, 2], gap="large")
    with left:
        files = st.file_uploader(
            "要审的报告（可多选）", type=_TYPES, accept_multiple_files=True, key="review-files"
        )
    with right:
        against = st.radio("对照什么", list(_AGAINST), format_func=_AGAINST.__getitem__, key="against")
        form = None
        if against == _FORM:
            form = st.file_uploader(
                "它的自评表（.xlsx、.docx、.json）", type=["xlsx", "docx", "json"], key="review-table"
            )
    why = _refusal(files, against or _ALONE, form)
    if st.button("开始审阅", type="primary", key="start-review", disabled=bool(why)):
        _start(at, state, files, against or _ALONE, form)
    if why:
        st.html(f'<div class="zj-legend">{text(why)}</div>')


def _refusal(files: Sequence[Upload], against: str, form: Upload | None) -> str:
    """Return why the review cannot begin yet, "" where it can."""
    if not files:
        return "先选要审的报告，才能开始。"
    if against == _FORM and len(files) > 1:
        return "几份报告不能对照同一份自评表：请一份一份地审，或改为只看报告自身。"
    if against == _FORM and form is None:
        return "还差自评表：请上传，或改为只看报告自身。"
    return ""


def _start(at: Desk, state: State, files: Sequence[Upload], against: str, form: Upload | None) -> None:
    def act() -> None:
        report = (state.report_id, state.version) if against == _OPEN else None
        state.review = start_review(at, files, form, report)

    fault = fault_of(act)
    if fault is None:
        st.rerun()
    show_fault(fault)
