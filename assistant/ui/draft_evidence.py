"""What stands beside a draft: findings, outline, problems with their measures, sources, what is to be filled in."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from assistant.domain.draft import Draft
from assistant.pipeline import Evaluation
from assistant.ui.draft_coverage import show_coverage
from assistant.ui.draft_remedies import show_remedies
from assistant.ui.markup import table, text
from assistant.ui.paper import citations_of, pairs, source_of


def show_evidence(
    draft: Draft, evaluation: Evaluation, keep: Callable[[Draft, str], None], outline: Callable[[], None]
) -> None:
    """Show the lists of a draft; `keep` takes one that was mended with one click, and a note; `outline` draws itself."""
    names = (
        f"校核（{len(draft.findings)}）",
        "提纲",
        "问题与措施",
        f"引用（{len(citations_of(draft))}）",
        f"待补充（{len(draft.pending)}）",
    )
    found, parts, paired, cited, pending = st.tabs(names)
    with found, st.container(height=430, border=False):
        show_remedies(draft, evaluation.facts, keep)
    with parts, st.container(height=430, border=False):
        outline()
    with paired, st.container(height=430, border=False):
        show_coverage(draft, evaluation)
        st.html(_pairs_html(draft))
    with cited, st.container(height=430, border=False):
        st.html(_citations_html(draft))
    with pending, st.container(height=430, border=False):
        st.html(_pending_html(draft))


def _pairs_html(draft: Draft) -> str:
    rows = pairs(draft)
    if not rows:
        return '<div class="zj-box">这一稿没有成对的问题和措施。</div>'
    return "".join(
        f'<div class="zj-pair"><div><b>问题</b><br>{text(problem or "（没有对应的问题）")}</div>'
        f"<div><b>措施</b><br>{text(measure or '（没有对应的措施）')}</div></div>"
        for problem, measure in rows
    )


def _citations_html(draft: Draft) -> str:
    cited = citations_of(draft)
    if not cited:
        return '<div class="zj-box">没有参考往年报告：资料库为空，或没有相近的段落。</div>'
    items = "".join(
        f'<div class="zj-source">[{n}]　{text(source_of(one))}</div>' for n, one in enumerate(cited, 1)
    )
    note = f'<div class="zj-legend">{text(draft.sources_note)}</div>' if draft.sources_note else ""
    return items + note


def _pending_html(draft: Draft) -> str:
    if not draft.pending:
        return '<div class="zj-box zj-ok">没有待补充的内容。</div>'
    return table(("位置", "要补充什么"), [(item.place, item.what) for item in draft.pending])
