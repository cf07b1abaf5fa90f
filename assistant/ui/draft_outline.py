"""The outline of a draft (提纲): the state of every section, and what can be done with a whole one."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from assistant.domain.draft import Draft, DraftSection
from assistant.domain.facts import Facts
from assistant.drafting.living import is_edited, locked, outdated
from assistant.drafting.slots import PENDING
from assistant.pipeline import Evaluation
from assistant.ui.desk import Desk
from assistant.ui.draft_rewriting import show_ways
from assistant.ui.markup import text
from assistant.ui.state import State

_STALE, _WAITING, _LOCKED = "过期", "待补充", "已锁定"


def states_of(section: DraftSection, facts: Facts) -> list[str]:
    """Return what there is to say of a section, the most pressing first; 已起草 where there is nothing else."""
    paragraphs = section.paragraphs
    counts = (
        (_STALE, sum(bool(outdated(one, facts)) for one in paragraphs), "段"),
        (_WAITING, sum(one.text.count(PENDING) for one in paragraphs), "处"),
        (_LOCKED, sum(one.locked for one in paragraphs), "段"),
        ("人工修改", sum(is_edited(one) for one in paragraphs), "段"),
    )
    told = [f"{name} {count}{unit}" for name, count, unit in counts if count and not _whole(name, section)]
    if paragraphs and all(one.locked for one in paragraphs):
        told.append(_LOCKED)
    return told or ["已起草"]


def _whole(name: str, section: DraftSection) -> bool:
    return name == _LOCKED and all(one.locked for one in section.paragraphs)


def show_outline(
    at: Desk, state: State, draft: Draft, evaluation: Evaluation, keep: Callable[[Draft, str], None]
) -> None:
    """Show the sections with their states; one can be chosen to be written anew or locked as a whole."""
    st.html(_outline_html(draft, evaluation.facts))
    by_id = {section.id: section for section in draft.sections if section.paragraphs}
    chosen = st.selectbox(
        "整节处理", list(by_id), format_func=lambda name: by_id[name].title, key="outline-section"
    )
    if chosen is None:
        return
    whole = all(one.locked for one in by_id[chosen].paragraphs)
    show_ways(at, state, draft, evaluation, (chosen, ""), keep)
    if st.button(
        "解除整节锁定" if whole else "锁定整节", key="lock-section", help="锁定的段落只有您自己能改"
    ):
        keep(with_section_locked(draft, by_id[chosen], not whole), "解锁一节" if whole else "锁定一节")


def with_section_locked(draft: Draft, section: DraftSection, on: bool) -> Draft:
    """Return the draft with every paragraph of a section locked or set free."""
    for paragraph in section.paragraphs:
        draft = locked(draft, (section.id, paragraph.id), on)
    return draft


def _outline_html(draft: Draft, facts: Facts) -> str:
    rows = []
    for section in draft.sections:
        tags = "".join(
            f'<span class="zj-tag{" zj-stale" if state.startswith((_STALE, _WAITING)) else ""}">{text(state)}</span>'
            for state in states_of(section, facts)
        )
        name = section.paragraphs[0].text if section.paragraphs else section.title
        rows.append(f"<tr><td>{text(name)}</td><td>{tags}</td></tr>")
    return f'<table class="zj-table"><thead><tr><th>章节</th><th>状态</th></tr></thead><tbody>{"".join(rows)}</tbody></table>'
