"""One click writes a paragraph or a section anew (改写): from the figures, in other words, shorter or longer.

Offline and deterministic: every figure comes from the ledger again, and the draft is proven before it is kept.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import product
from typing import NamedTuple

import streamlit as st

from assistant import pipeline
from assistant.chat.rewording import Reworded
from assistant.domain.draft import Draft
from assistant.drafting.compose import Writer
from assistant.drafting.living import Place, paragraph_at
from assistant.drafting.rewriting import with_rewritten, with_rewritten_section
from assistant.pipeline import Evaluation
from assistant.ui.desk import Desk
from assistant.ui.markup import said
from assistant.ui.state import State

Keep = Callable[[Draft, str], None]

#: So many other wordings are tried before there is said to be none.
_TURNS = 4


class Way(NamedTuple):
    """One way of writing anew: the words of its button, and what to say where it brings nothing else."""

    name: str
    nothing: str


WAYS = {
    "again": Way("按数据重写", "按现在的数据重写，文字还是这些"),
    "other": Way("换个说法", "没有别的说法"),
    "short": Way("写短", "没有更短的写法"),
    "long": Way("写长", "没有更长的写法"),
}


def show_ways(
    at: Desk,
    state: State,
    draft: Draft,
    evaluation: Evaluation,
    place: Place,
    keep: Keep,
    *,
    typed: bool = False,
) -> None:
    """Show the buttons; a place without a paragraph is a whole section, `typed` says there are unsaved words."""
    paragraph = paragraph_at(draft, place)
    held = paragraph is not None and paragraph.locked
    help_words = "已锁定，先解除锁定" if held else "先保存或取消对这一段的修改" if typed else None
    for column, (way, words) in zip(st.columns(len(WAYS)), WAYS.items(), strict=True):
        if not column.button(
            words.name,
            key=f"{way}-{'-'.join(place)}",
            width="stretch",
            disabled=held or typed,
            help=help_words,
        ):
            continue
        seen = {_words(entry.draft, place) for entry in at.workspace.drafts(state.report_id)}
        changed = rewritten(at, draft, evaluation, place, way, seen)
        if changed is None:
            st.html(said("zj-warn", f"{'这一段' if place[1] else '这一节'}{words.nothing}。"))
        else:
            keep(changed, f"{words.name}{'一段' if place[1] else '一节'}")


def rewritten(
    at: Desk, draft: Draft, evaluation: Evaluation, place: Place, way: str, seen: set[str]
) -> Draft | None:
    """Return the draft with one part written anew that way, None where that brings nothing else.

    Of several other wordings the first that is not among `seen` is taken.
    """
    before, again = _words(draft, place), None
    for fresh in _written(at, draft, evaluation, place[0], way):
        one = (
            with_rewritten(draft, place, fresh)
            if place[1]
            else with_rewritten_section(draft, place[0], fresh)
        )
        after = _words(one, place)
        if not after or after == before or not _fits(way, len(before), len(after)):
            continue
        if way != "other" or after not in seen:
            return one
        again = again or one
    return again


def _fits(way: str, before: int, after: int) -> bool:
    return after < before if way == "short" else after > before if way == "long" else True


def _written(at: Desk, draft: Draft, evaluation: Evaluation, section: str, way: str) -> Iterator[Draft]:
    """Yield the section as it may be written that way, the nearest first.

    Where past reports give the wording there is but one; other words are then the program's own.
    """
    bench = at.workbench
    writer: Writer = bench.writer("offline", evaluation)
    lengths = {"short": ("normal", "short"), "long": ("normal", "long")}.get(way, (draft.length,))
    retrievers = (bench.retriever(), None) if way == "other" else (bench.retriever(),)
    for turn in range(_TURNS if way == "other" else 1):
        if turn:
            writer = Reworded(writer)
        for length, retriever in product(lengths, retrievers):
            yield pipeline.write_draft(
                evaluation, writer, retriever, bench.prompts, length=length, sections=[section]
            )


def _words(draft: Draft, place: Place) -> str:
    """The words of a paragraph, or of a whole section."""
    if place[1]:
        paragraph = paragraph_at(draft, place)
        return paragraph.text if paragraph else ""
    told = (section.paragraphs for section in draft.sections if section.id == place[0])
    return "\n".join(paragraph.text for paragraphs in told for paragraph in paragraphs)
