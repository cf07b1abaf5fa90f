"""The part of 查往年 that keeps the library: what is in it, add files, delete documents."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import streamlit as st

from assistant.search.store import StoredDocument
from assistant.ui.desk import Desk
from assistant.ui.markup import table, text
from assistant.ui.progress import show_broken_off, show_progress
from assistant.ui.reading_job import KEY, outcome, start_reading
from assistant.workspace.job_store import JobRecord

_TYPES = ["docx", "pdf", "xlsx", "txt", "md", "html", "doc", "wps", "xls", "et"]
_WORDS = {
    "added": "新读入",
    "replaced": "已更新",
    "unchanged": "未变化",
    "skipped": "跳过",
    "refused": "未读入",
    "removed": "已移除",
}


def show_library(at: Desk) -> None:
    """Show the documents of the library, the upload, and what became of the last files."""
    record = at.standing.latest(KEY)
    if record is not None and record.active:
        show_progress(at, record, "正在读入")
        return
    left, right = st.columns([1, 2], gap="medium")
    with left:
        _add(at)
        _outcome(at, record)
    with right:
        _documents(at)


def _add(at: Desk) -> None:
    with st.form("add-files", clear_on_submit=True):
        uploads = st.file_uploader("往年报告（可多选）", type=_TYPES, accept_multiple_files=True)
        if st.form_submit_button("读入资料库", type="primary") and uploads:
            start_reading(at, uploads)
            st.rerun()


def _outcome(at: Desk, record: JobRecord | None) -> None:
    if record is None:
        return
    if record.resumable:
        show_broken_off(at, record, "已读入的文件留在资料库里。")
        return
    rows = [
        (
            str(one["source"]),
            _WORDS.get(one["status"], one["status"]),
            one["why"] or f"{one['paragraphs']}段、{one['tables']}张表",
        )
        for one in outcome(record)
        if one["status"] != "unchanged"
    ]
    st.html(table(("文件", "结果", "说明"), rows) if rows else '<div class="zj-box">没有新的文件。</div>')


def _documents(at: Desk) -> None:
    if not at.workbench.library.exists():
        st.html('<div class="zj-box">资料库是空的。</div>')
        return
    documents = at.workbench.library.documents()
    st.html(
        table(
            ("文件", "单位", "年度", "内容", "说明"),
            [
                (
                    one.source,
                    one.unit_name,
                    str(one.year or ""),
                    _content(one),
                    one.why or one.verdict,
                )
                for one in documents
            ],
        )
    )
    _delete(at, documents)


def _content(document: StoredDocument) -> str:
    counts = ((document.paragraphs, "段"), (document.tables, "张表"))
    return "、".join(f"{count}{word}" for count, word in counts if count) or "没有内容"


def _delete(at: Desk, documents: Sequence[StoredDocument]) -> None:
    choice, go = st.columns([4, 1], vertical_alignment="bottom")
    with choice:
        source = st.selectbox(
            "从资料库删除", [""] + [one.source for one in documents], key=f"drop-{len(documents)}"
        )
    with go:
        if st.button("删除", disabled=not source, width="stretch") and source:
            at.workbench.library.delete(source)
            for document in documents:
                if document.source == source:
                    forget_file(at, document)
            st.rerun()
    st.html(
        f'<div class="zj-legend">{text("删除后查不到也引用不到；原来的文件不动，在这里上传的副本一并删除。")}</div>'
    )


def forget_file(at: Desk, document: StoredDocument) -> None:
    """Delete the copy of a document that was handed over in the browser, so that it does not come back."""
    copy = (Path(document.root) / document.source).resolve()
    if copy.is_relative_to(at.received.resolve()):
        copy.unlink(missing_ok=True)
