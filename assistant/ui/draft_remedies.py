"""One click for what the gate refused (一键处理): put in the right figure, or take the sentence out.

The places are worked out here by pure functions; the change itself is kept as one more version of the draft.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import NamedTuple

import streamlit as st

from assistant.domain.draft import Draft, Paragraph
from assistant.domain.facts import Facts
from assistant.domain.finding import Finding, Severity
from assistant.drafting.living import Place, edited, paragraph_at
from assistant.ui.markup import label
from assistant.ui.parts import finding_html, show_findings

#: More than these are not mended one by one.
_MOST = 12
_FIGURE = re.compile(r"[≥≤><]?[-+]?\d[\d,.]*\S{0,6}")
_WORDS = {"≥": "不少于", "≤": "不超过", ">": "大于", "<": "小于"}


class Spot(NamedTuple):
    """Where a finding stands: the paragraph, and its characters there."""

    place: Place
    start: int
    end: int


def spot_of(draft: Draft, found: Finding) -> Spot | None:
    """Return where a finding stands, None where it has no place within one paragraph."""
    if found.start is None or found.end is None:
        return None
    start = len(draft.title) + 1
    for section in draft.sections:
        for paragraph in section.paragraphs:
            if start <= found.start and found.end <= start + len(paragraph.text):
                return Spot((section.id, paragraph.id), found.start - start, found.end - start)
            start += len(paragraph.text) + 1
    return None


def right_words(found: Finding) -> str:
    """Return what should stand in the place of the finding's words, "" where that cannot be said."""
    expected = found.expected.strip()
    if not found.text or not _FIGURE.fullmatch(expected):
        return ""
    return _WORDS.get(expected[0], "") + expected.lstrip("".join(_WORDS))


def corrected(draft: Draft, found: Finding, facts: Facts) -> Draft:
    """Return the draft with the right words in the place of the wrong ones; unchanged where there are none."""
    spot, words = spot_of(draft, found), right_words(found)
    paragraph = paragraph_at(draft, spot.place) if spot else None
    if spot is None or paragraph is None or not words:
        return draft
    text = paragraph.text[: spot.start] + words + paragraph.text[spot.end :]
    return edited(draft, spot.place, text, facts)


def without_sentence(draft: Draft, found: Finding, facts: Facts) -> Draft:
    """Return the draft without the sentence that the finding stands in."""
    spot = spot_of(draft, found)
    paragraph = paragraph_at(draft, spot.place) if spot else None
    if spot is None or paragraph is None:
        return draft
    return edited(draft, spot.place, _rest(paragraph, spot), facts)


def _rest(paragraph: Paragraph, spot: Spot) -> str:
    kept, start = [], 0
    for sentence in paragraph.sentences:
        end = start + len(sentence.text)
        if end <= spot.start or start >= spot.end:
            kept.append(sentence.text)
        start = end
    return "".join(kept)


def show_remedies(draft: Draft, facts: Facts, keep: Callable[[Draft, str], None]) -> None:
    """Show the findings; under each red one with a place, what one click can do about it."""
    red = [found for found in draft.findings if found.severity is Severity.ERROR]
    mended = [found for found in red if spot_of(draft, found)][:_MOST]
    for number, found in enumerate(mended):
        st.html(finding_html(found))
        right, out, _ = st.columns([1.6, 1.2, 0.6])
        words = right_words(found)
        if words and right.button(label(f"改为“{words}”"), key=f"right-{number}", width="stretch"):
            keep(corrected(draft, found, facts), f"改为{words}")
        if out.button("删去这一句", key=f"out-{number}", width="stretch"):
            keep(without_sentence(draft, found, facts), "删去一句")
    rest = [found for found in draft.findings if found not in mended]
    if rest or not mended:
        show_findings(rest, "没有问题：数字、口径、等级用语都与数据一致。")
