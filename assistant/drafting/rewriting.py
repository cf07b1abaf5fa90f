"""One paragraph or one section of a draft written anew (改写一段、一节), and a past sentence taken in (用这句).

Pure functions on frozen drafts: the numbers of headings stay those of the draft, and what a person holds stays
unless it is the very paragraph that was asked for. Knows nothing of screens, writers or scores.
"""

from __future__ import annotations

from assistant.domain.draft import Draft, DraftSection, Paragraph, Sentence, SentenceOrigin
from assistant.domain.facts import Facts
from assistant.domain.passage import Citation
from assistant.drafting.living import NUMBER, Place, bound, paragraph_at, renewed, with_paragraph
from assistant.drafting.slots import PENDING


def with_rewritten(draft: Draft, place: Place, fresh: Draft) -> Draft:
    """Return the draft with one paragraph as `fresh` words it, under the number it has.

    Unchanged where the paragraph is locked or `fresh` has none at that place.
    """
    before, after = paragraph_at(draft, place), paragraph_at(fresh, place)
    if before is None or after is None or before.locked:
        return draft
    words = _numbered_as(after, before).model_copy(update={"rows": before.rows, "pair_id": before.pair_id})
    changed = with_paragraph(draft, place, words)
    waiting = [one for one in fresh.pending if one not in draft.pending] if PENDING in words.text else []
    return changed.model_copy(update={"pending": (*draft.pending, *waiting)})


def with_rewritten_section(draft: Draft, section: str, fresh: Draft) -> Draft:
    """Return the draft with one section as `fresh` words it; locked paragraphs and those worded by hand stay."""
    before = next((one for one in draft.sections if one.id == section), None)
    if before is None or all(one.id != section for one in fresh.sections):
        return draft
    alone = draft.model_copy(update={"sections": (before,)})
    told = renewed(alone, None, fresh).sections
    after = next(_under_heading_of(one, before) for one in told if one.id == section)
    sections = tuple(after if one.id == section else one for one in draft.sections)
    elsewhere = [one for one in draft.pending if one.place != before.title]
    waiting = [one for one in fresh.pending if one.place == before.title]
    return draft.model_copy(update={"sections": sections, "pending": (*elsewhere, *waiting)})


def with_past_sentence(draft: Draft, place: Place, words: str, cited: Citation, facts: Facts) -> Draft:
    """Return the draft with a sentence of a past report at the end of a paragraph, with its citation.

    It counts as chosen by a person, so that bringing the draft up to date leaves it there.
    """
    before, text = paragraph_at(draft, place), words.strip()
    if before is None or before.locked or not text:
        return draft
    likely = [one.fact_id for sentence in before.sentences for one in sentence.bindings]
    taken = Sentence(
        text=text,
        bindings=bound(text, facts, likely),
        citations=(cited,),
        origin=SentenceOrigin.HUMAN,
    )
    after = before.model_copy(update={"sentences": (*before.sentences, taken)})
    return with_paragraph(draft, place, after)


def _under_heading_of(section: DraftSection, before: DraftSection) -> DraftSection:
    """The section with the heading it had: written alone, it would count from one."""
    heading = before.paragraphs[0]
    rest = (one for one in section.paragraphs if one.id != heading.id)
    return section.model_copy(update={"paragraphs": (heading, *rest)})


def _numbered_as(fresh: Paragraph, before: Paragraph) -> Paragraph:
    """The fresh words under the number that the paragraph has, under none where it has none."""
    had, has = NUMBER.match(fresh.text), NUMBER.match(before.text)
    old, new = had.group() if had else "", has.group() if has else ""
    if old == new or not fresh.sentences:
        return fresh
    first, shift = fresh.sentences[0], len(new) - len(old)
    moved = tuple(
        one.model_copy(update={"start": one.start + shift, "end": one.end + shift}) for one in first.bindings
    )
    renamed = first.model_copy(update={"text": new + first.text[len(old) :], "bindings": moved})
    return fresh.model_copy(update={"sentences": (renamed, *fresh.sentences[1:])})
