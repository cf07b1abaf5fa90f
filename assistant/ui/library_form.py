"""The part of 查往年 that keeps the library: what is in it, add files, delete documents."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import streamlit as st

from assistant.search.index import Verdict
from assistant.search.store import StoredDocument
from assistant.ui.boundary import show_fault
from assistant.ui.desk import Desk, Upload, kept
from assistant.ui.jobs import Job
from assistant.ui.markup import table, text

_KEY = "library"
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
    job = at.jobs.get(_KEY)
    if job is not None and job.running:
        _tail(job)
        return
    left, right = st.columns([1, 2], gap="medium")
    with left:
        _add(at)
        _outcome(job)
    with right:
        _documents(at)


def _add(at: Desk) -> None:
    with st.form("add-files", clear_on_submit=True):
        uploads = st.file_uploader("往年报告（可多选）", type=_TYPES, accept_multiple_files=True)
        if st.form_submit_button("读入资料库", type="primary") and uploads:
            start_reading(at, uploads)
            st.rerun()


def start_reading(at: Desk, uploads: Sequence[Upload]) -> Job:
    """Keep the files handed over and read them into the library in the background."""
    for upload in uploads:
        kept(upload, at.received)
    return at.jobs.start(_KEY, "读入资料库", lambda job: _read(at, job))


def _read(at: Desk, job: Job) -> tuple[Verdict, ...]:
    return at.workbench.index([at.received], progress=job.report)


def _tail(job: Job) -> None:
    @st.fragment(run_every=0.5)
    def live() -> None:
        if not job.running:
            st.rerun()
        st.progress(job.fraction, text=f"正在读入：{job.at or '准备'}")

    live()
    if job.wait(0.3):
        st.rerun()


def _outcome(job: Job | None) -> None:
    if job is None:
        return
    if job.fault is not None:
        show_fault(job.fault)
        return
    verdicts = job.result if isinstance(job.result, tuple) else ()
    rows = [
        (one.source, _WORDS.get(one.status, one.status), one.why or f"{one.paragraphs}段、{one.tables}张表")
        for one in verdicts
        if one.status != "unchanged"
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
