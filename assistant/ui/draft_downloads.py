"""What a draft may be taken away as: Word when it is proven, refused with reasons otherwise; Markdown."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

from assistant import pipeline
from assistant.domain.draft import Draft
from assistant.domain.finding import Severity
from assistant.pipeline import Evaluation
from assistant.ui.desk import bytes_written
from assistant.ui.markup import said

_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def exported(draft: Draft, evaluation: Evaluation, name: str) -> bytes:
    """Return the draft as a file of the kind that `name` ends in; an unproven one is marked 未校核稿."""

    def write(path: Path) -> None:
        pipeline.export_draft(draft, evaluation, path, unproven=not draft.proven)

    return bytes_written(write, name)


def show_downloads(draft: Draft, evaluation: Evaluation) -> None:
    """Show the downloads that are open to this draft, and why others are not."""
    if not draft.proven:
        _refusal(draft)
    word, markdown = st.columns([1.4, 1])
    with word:
        st.download_button(
            "下载 Word" if draft.proven else "按未校核稿导出 Word",
            lambda: exported(draft, evaluation, "draft.docx"),
            file_name=file_name(draft, "docx"),
            mime=_WORD,
            type="primary" if draft.proven else "secondary",
            on_click="ignore",
            width="stretch",
            key="word",
        )
    with markdown:
        st.download_button(
            "下载 Markdown",
            lambda: exported(draft, evaluation, "draft.md"),
            file_name=file_name(draft, "md"),
            mime="text/markdown",
            on_click="ignore",
            width="stretch",
            key="markdown",
        )


def file_name(draft: Draft, kind: str) -> str:
    """Return the name of the file: the title, and that it is unproven where it is."""
    safe = "".join("_" if letter in '\\/:*?"<>|\n\t' else letter for letter in draft.title) or "文稿"
    return f"{safe}{'' if draft.proven else '（未校核稿）'}.{kind}"


def _refusal(draft: Draft) -> None:
    red = [found for found in draft.findings if found.severity is Severity.ERROR]
    reasons = "\n".join(f"· {found.message}" for found in red[:3])
    more = f"\n· 另有 {len(red) - 3} 条，见“校核”" if len(red) > 3 else ""
    st.html(said("zj-fault", f"有 {len(red)} 处数字或说法没有通过校核，暂不能导出正式稿：\n{reasons}{more}"))
