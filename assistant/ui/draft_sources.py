"""What past reports say about a paragraph (往年怎么写): “用这句” takes a sentence in, with its citation."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from assistant.domain.draft import Draft
from assistant.domain.facts import Facts
from assistant.domain.passage import Passage, Query
from assistant.drafting.living import Place, paragraph_at, sentences_of
from assistant.drafting.rewriting import with_past_sentence
from assistant.ui.desk import Desk
from assistant.ui.markup import text
from assistant.ui.paper import source_of

_HITS = 5
#: A paragraph is searched for by its opening.
_OPENING = 120
#: What is shorter is no sentence to take over.
_LEAST = 8


def show_sources(
    at: Desk, draft: Draft, facts: Facts, place: Place, keep: Callable[[Draft, str], None]
) -> None:
    """Show passages near the paragraph; one click adds a sentence at its end and keeps the draft."""
    name = "-".join(place)
    panel = st.expander("往年怎么写", key=f"past-{name}", on_change="rerun")
    if not panel.open:
        return
    with panel:
        if not at.workbench.library.exists():
            st.html(
                '<div class="zj-box">资料库还是空的：到“资料库”读入往年报告后，这里会列出相近的段落。</div>'
            )
            return
        paragraph = paragraph_at(draft, place)
        opening = paragraph.text[:_OPENING] if paragraph else ""
        asked = st.text_input("要查的话（留空就查与这一段相近的）", key=f"ask-{name}").strip() or opening
        passages = at.workbench.library.search(Query(text=asked, limit=_HITS)).passages
        for hit in passages:
            _hit(draft, facts, place, hit, keep)
        if not passages:
            st.html('<div class="zj-box">没有相近的段落，请换个说法再查。</div>')


def _hit(draft: Draft, facts: Facts, place: Place, hit: Passage, keep: Callable[[Draft, str], None]) -> None:
    st.html(f'<div class="zj-source">{text(source_of(hit.citation))}</div>')
    for number, sentence in enumerate(usable(hit.text)):
        words, button = st.columns([6, 1.2], vertical_alignment="center")
        words.html(f'<div class="zj-passage">{text(sentence)}</div>')
        if button.button("用这句", key=f"use-{hit.rank}-{number}", width="stretch"):
            keep(with_past_sentence(draft, place, sentence, hit.citation, facts), "用往年一句")


def usable(words: str) -> list[str]:
    """Return the sentences of a passage that can be taken over; the cells of a table cannot."""
    told = (sentence.strip() for line in words.split("\n") for sentence in sentences_of(line))
    return [one for one in told if len(one) >= _LEAST and "\t" not in one]
