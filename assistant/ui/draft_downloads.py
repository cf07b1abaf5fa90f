"""What a draft may be taken away as: Word, a whole package, PDF, Markdown when it is proven, refused with reasons otherwise."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

from assistant import pipeline
from assistant.domain.draft import Draft
from assistant.domain.finding import Severity
from assistant.export.pdf import require_pdf, write_pdf
from assistant.pipeline import Evaluation
from assistant.ui.boundary import fault_of, show_fault
from assistant.ui.desk import Desk, bytes_written
from assistant.ui.export_wishes import PLAIN, Wish, show_wishes
from assistant.ui.markup import said
from assistant.ui.state import State

_TYPES = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "zip": "application/zip",
    "md": "text/markdown",
    "pdf": "application/pdf",
}


def exported(draft: Draft, evaluation: Evaluation, name: str, wish: Wish = PLAIN) -> bytes:
    """Return the draft as a file of the kind that `name` ends in; an unproven one is marked 未校核稿.

    For a .pdf the Word file is converted. Raises OfficeMissing, FontsMissing, DamagedFile, OutputError.
    """
    pdf = name.endswith(".pdf")

    def write(path: Path) -> Path | None:
        word = path.with_suffix(".docx") if pdf else path
        if pdf:
            require_pdf(word)
        pipeline.export_draft(
            draft,
            evaluation,
            word,
            unproven=not draft.proven,
            provenance=wish.provenance,
            edition=wish.edition,
        )
        return write_pdf(word, wish.edition.layout).path if pdf else None

    return bytes_written(write, name)


def show_downloads(at: Desk, state: State, draft: Draft, evaluation: Evaluation) -> None:
    """Show the downloads that are open to this draft, and why others are not."""
    if not draft.proven:
        _refusal(draft)
    word, more = st.columns([1.4, 1])
    with more.popover("导出选项", width="stretch"):
        files, switches = st.container(), st.container()
    with switches:
        told: list[Wish] = []
        fault = fault_of(lambda: told.append(show_wishes(at, state)))
        if fault is not None:
            show_fault(fault)
        wish = told[0] if told else PLAIN
    with files:
        _offer(draft, evaluation, wish, "成套文件（Word、自评表、出处，.zip）", "zip")
        _offer(draft, evaluation, wish, "Markdown", "md")
        _pdf(draft, evaluation, wish)
    with word:
        name = "下载 Word" if draft.proven else "按未校核稿导出 Word"
        _offer(draft, evaluation, wish, name, "docx", first=draft.proven)


def _offer(
    draft: Draft, evaluation: Evaluation, wish: Wish, label: str, kind: str, *, first: bool = False
) -> None:
    st.download_button(
        label if kind == "docx" else f"下载{label}",
        lambda: exported(draft, evaluation, f"draft.{kind}", wish),
        file_name=file_name(draft, kind),
        mime=_TYPES[kind],
        type="primary" if first else "secondary",
        on_click="ignore",
        width="stretch",
        key=f"download-{kind}",
    )


def _pdf(draft: Draft, evaluation: Evaluation, wish: Wish) -> None:
    """Convert when asked, because it takes seconds; then offer the file."""
    if not st.button("转成 PDF", key="make-pdf", width="stretch"):
        return
    made: list[bytes] = []
    with st.spinner("正在转换……"):
        fault = fault_of(lambda: made.append(exported(draft, evaluation, "draft.pdf", wish)))
    if fault is not None:
        show_fault(fault)
        return
    st.download_button(
        "下载 PDF",
        made[0],
        file_name=file_name(draft, "pdf"),
        mime=_TYPES["pdf"],
        type="primary",
        on_click="ignore",
        width="stretch",
        key="download-pdf",
    )


def file_name(draft: Draft, kind: str) -> str:
    """Return the name of the file: the title, and that it is unproven where it is."""
    safe = "".join("_" if letter in '\\/:*?"<>|\n\t' else letter for letter in draft.title) or "文稿"
    return f"{safe}{'' if draft.proven else '（未校核稿）'}.{kind}"


def _refusal(draft: Draft) -> None:
    count = sum(found.severity is Severity.ERROR for found in draft.findings)
    st.html(
        said(
            "zj-fault",
            f"有 {count} 处没有通过校核，暂不能导出正式稿。",
            "下面“校核”里逐条写明是哪里、应为多少，可以一键改正或删去；急用可先导出每页标明“未校核稿”的文件。",
        )
    )
