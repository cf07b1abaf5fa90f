"""The part of 起草 where a draft is worked on in place: edit, lock, restore, bring up to date, compare versions."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from assistant import pipeline
from assistant.domain.draft import Draft, Paragraph, ParagraphStyle
from assistant.drafting.living import Place, changed_places, edited, locked, outdated, paragraph_at, restored
from assistant.errors import WorkspaceError
from assistant.pipeline import Evaluation
from assistant.ui.boundary import fault_of, show_fault
from assistant.ui.desk import Desk
from assistant.ui.draft_rewriting import show_ways
from assistant.ui.draft_sources import show_sources
from assistant.ui.markup import text
from assistant.ui.paper import comparison_html, paragraph_html
from assistant.ui.parts import distinct, here
from assistant.ui.state import State
from assistant.workspace.store import DraftEntry


def show_renewal(at: Desk, state: State, entry: DraftEntry, evaluation: Evaluation) -> None:
    """Where the figures changed since the draft was written: say how much hangs on them, and offer to follow."""
    if entry.report_version == state.version:
        return
    stale = sum(bool(outdated(paragraph, evaluation.facts)) for paragraph in entry.draft.paragraphs)
    said, go = st.columns([3, 1.3], vertical_alignment="center")
    said.html(
        f'<div class="zj-box zj-warn">{text(f"数据改过，有{stale}段的数字已过期。")}</div>'
        if stale
        else '<div class="zj-box zj-warn">数据改过，文中的数字没有受影响。</div>'
    )
    if go.button(
        "按新数据更新",
        type="primary",
        key="renew",
        width="stretch",
        help="只改有变化的句子；锁定的和人工修改的段落不动",
    ):
        _try(lambda: renew(at, state, entry))


def renew(at: Desk, state: State, entry: DraftEntry) -> int:
    """Keep one more draft that follows the figures of now and return its id."""
    now = at.evaluate(state.saved)
    try:
        before = at.evaluate(at.workspace.report(state.report_id, entry.report_version)[0])
    except WorkspaceError:
        before = None
    bench = at.workbench
    draft = pipeline.renew_draft(
        entry.draft, before, now, bench.writer("offline", now), bench.retriever(), bench.prompts
    )
    state.draft_id = at.workspace.add_draft(state.report_id, state.version, draft, "按新数据更新")
    return state.draft_id


def show_editor(at: Desk, state: State, entry: DraftEntry, draft: Draft, evaluation: Evaluation) -> None:
    """Show the draft paragraph by paragraph; the chosen one can be changed in place."""
    for section in draft.sections:
        for paragraph in section.paragraphs:
            place = (section.id, paragraph.id)
            if state.editing == place:
                _form(at, state, entry, evaluation, place, paragraph)
                continue
            words, button = st.columns([12, 1.3], vertical_alignment="center")
            words.html(paragraph_html(draft, place, evaluation.facts))
            if button.button("改", key=f"edit-{section.id}-{paragraph.id}", width="stretch"):
                state.editing = place
                st.rerun()


def _form(
    at: Desk, state: State, entry: DraftEntry, evaluation: Evaluation, place: Place, paragraph: Paragraph
) -> None:
    """The fields of one paragraph; every button keeps one more version of the draft."""
    lines = 2 if paragraph.style is not ParagraphStyle.BODY else 6
    with st.container(border=True):
        words = st.text_area(
            "这一段", paragraph.text, key=f"words-{entry.id}-{'-'.join(place)}", height=34 * lines
        )
        save, lock, back, leave = st.columns(4)
        if save.button("保存修改", type="primary", key="save-words", width="stretch"):
            draft = edited(entry.draft, place, words, evaluation.facts)
            keep_changed(at, state, entry, evaluation, draft, "改写一段")
        if lock.button("解除锁定" if paragraph.locked else "锁定", key="lock", width="stretch"):
            draft = locked(entry.draft, place, not paragraph.locked)
            keep_changed(at, state, entry, evaluation, draft, "解锁一段" if paragraph.locked else "锁定一段")
        earlier = _earlier(at, state, entry, place, paragraph)
        if back.button("还原上一版本", key="back", disabled=earlier is None, width="stretch") and earlier:
            keep_changed(at, state, entry, evaluation, restored(entry.draft, place, earlier), "还原一段")
        if leave.button("取消", key="leave", width="stretch"):
            state.editing = None
            st.rerun()

        def keep(draft: Draft, note: str) -> None:
            keep_changed(at, state, entry, evaluation, draft, note, stay=True)

        typed = words != paragraph.text
        show_ways(at, state, entry.draft, evaluation, place, keep, typed=typed)
        if not (typed or paragraph.locked):
            show_sources(at, entry.draft, evaluation.facts, place, keep)


def _earlier(at: Desk, state: State, entry: DraftEntry, place: Place, paragraph: Paragraph) -> Draft | None:
    """Return the latest earlier draft in which this paragraph had other words."""
    for one in at.workspace.drafts(state.report_id):
        told = paragraph_at(one.draft, place)
        if one.id < entry.id and told is not None and told.text != paragraph.text:
            return one.draft
    return None


def keep_changed(
    at: Desk,
    state: State,
    entry: DraftEntry,
    evaluation: Evaluation,
    draft: Draft,
    note: str,
    *,
    stay: bool = False,
) -> None:
    """Prove the changed draft, keep it as one more version, and show it; `stay` leaves the paragraph open."""
    if draft == entry.draft:
        state.editing = None
        st.rerun()

    def act() -> None:
        proven = pipeline.prove_draft(draft, evaluation)
        state.draft_id = at.workspace.add_draft(state.report_id, entry.report_version, proven, note)
        state.editing = state.editing if stay else None

    _try(act)


def _try(act: object) -> None:
    fault = fault_of(act)  # type: ignore[arg-type]
    if fault is None:
        st.rerun()
    show_fault(fault)


def show_comparison(entries: Sequence[DraftEntry], shown: DraftEntry) -> None:
    """Show what differs from an earlier version, word by word."""
    earlier = [entry for entry in entries if entry.id < shown.id]
    if not earlier:
        st.html('<div class="zj-box">这是第一稿，没有更早的版本。</div>')
        return
    names = distinct(
        {entry.id: f"{here(entry.created_at):%m-%d %H:%M:%S}　{entry.note}" for entry in earlier}
    )
    chosen = st.selectbox(
        "与哪一稿对照", list(names), format_func=lambda number: names[number], key=f"against-{shown.id}"
    )
    before = next(entry for entry in earlier if entry.id == chosen).draft
    parts = [_difference(before, shown.draft, place) for place in changed_places(before, shown.draft)]
    st.html("".join(parts) or '<div class="zj-box zj-ok">文字没有不同。</div>')


def _difference(before: Draft, after: Draft, place: Place) -> str:
    old, new = paragraph_at(before, place), paragraph_at(after, place)
    words = comparison_html(old.text if old else "", new.text if new else "")
    return f'<div class="zj-diff">{words}</div>'
