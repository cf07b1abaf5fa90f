"""The part of 填数据 that takes a filled form or begins a new report; what intake found is shown beside it."""

from __future__ import annotations

import tempfile
from pathlib import Path

import streamlit as st

from assistant import pipeline
from assistant.domain.report import Report
from assistant.export.form import write_form
from assistant.ui.boundary import fault_of, show_fault
from assistant.ui.desk import Desk, Upload, bytes_written, kept
from assistant.ui.parts import show_findings
from assistant.ui.state import State

_TYPES = ["xlsx", "docx", "xls", "et", "doc", "wps", "pdf", "csv", "txt", "md", "html", "json"]


def show_upload(at: Desk, state: State) -> None:
    """Show the upload, the blank form, and the findings of the last upload."""
    left, right = st.columns([2, 3])
    with left:
        _take(at, state)
        _begin(at, state)
    with right:
        st.html("<h3>读表时发现的情况</h3>")
        show_findings(state.found, "没有需要留意的地方。上传表格后，读到的疑点会列在这里。")


def _take(at: Desk, state: State) -> None:
    upload = st.file_uploader(
        "填好的自评表、申报表或往年报告（Excel、Word、PDF、文本、.json）", type=_TYPES, key="form"
    )
    if upload is None or not st.button("读入为新报告", type="primary", disabled=state.unsaved):
        return
    fault = fault_of(lambda: _read_in(at, state, upload))
    if fault is None:
        st.rerun()
    show_fault(fault)


def _read_in(at: Desk, state: State, upload: Upload) -> None:
    with tempfile.TemporaryDirectory(prefix="zhiji-") as folder:
        read = pipeline.read_figures(str(kept(upload, Path(folder))), str)
    state.open(at, at.workspace.add_report(read.report))
    state.found = tuple(read.findings)


def _begin(at: Desk, state: State) -> None:
    st.download_button(
        "下载空白自评表",
        lambda: bytes_written(lambda path: write_form(None, path), "blank.xlsx"),
        file_name="绩效自评表（空白）.xlsx",
        on_click="ignore",
    )
    if st.button("新建空白报告", disabled=state.unsaved):
        state.open(at, at.workspace.add_report(Report(title="新报告")))
        st.rerun()
