"""A draft that lives on (活文稿): edited in place, locked, restored, and brought up to date when figures change.

A paragraph that is locked or worded by hand is held: nothing but a person changes it. Whether it is stale
(已过期) is told by its bindings against the ledger of now. Knows nothing of screens or databases.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from assistant.domain.base import Frozen
from assistant.domain.draft import Binding, Draft, DraftSection, Paragraph, Sentence, SentenceOrigin
from assistant.domain.facts import Fact, Facts, id_prefix
from assistant.domain.handwork import Place as Place

_SENTENCE = re.compile(r"[^。！？\n]*[。！？]?")
#: The running number that a heading or a paragraph opens with.
NUMBER = re.compile(r"^(?:[一二三四五六七八九十]+、|（[一二三四五六七八九十]+）|\d{1,3}\.(?!\d)|（\d{1,3}）)")


class Outdated(Frozen):
    """A figure that a paragraph shows and the ledger no longer does; `now` is "" where it is gone."""

    shown: str
    now: str
    label: str


def is_edited(paragraph: Paragraph) -> bool:
    """Whether a person worded a sentence of the paragraph."""
    return any(sentence.origin is SentenceOrigin.HUMAN for sentence in paragraph.sentences)


def is_held(paragraph: Paragraph) -> bool:
    """Whether only a person changes the paragraph."""
    return paragraph.locked or is_edited(paragraph)


def outdated(paragraph: Paragraph, facts: Facts) -> tuple[Outdated, ...]:
    """Return the figures of a paragraph that are no longer so; empty where it is up to date."""
    ledger, found = facts.by_id(), []
    for sentence in paragraph.sentences:
        for bound in sentence.bindings:
            fact, shown = ledger.get(bound.fact_id), sentence.text[bound.start : bound.end]
            if fact is None or fact.shown != shown:
                now, label = (fact.shown, fact.label) if fact else ("", "")
                found.append(Outdated(shown=shown, now=now, label=label))
    return tuple(dict.fromkeys(found))


def edited(draft: Draft, place: Place, words: str, facts: Facts) -> Draft:
    """Return the draft with a paragraph worded by hand and bound again; no words at all take it out."""
    before = paragraph_at(draft, place)
    if before is None or words.strip() == before.text:
        return draft
    text = " ".join(words.split("\n")).strip()
    return with_paragraph(draft, place, worded(before, text, facts) if text else None)


def locked(draft: Draft, place: Place, on: bool) -> Draft:
    """Return the draft with a paragraph locked or set free."""
    before = paragraph_at(draft, place)
    return draft if before is None else with_paragraph(draft, place, before.model_copy(update={"locked": on}))


def restored(draft: Draft, place: Place, earlier: Draft) -> Draft:
    """Return the draft with a paragraph as an earlier draft has it; unchanged where that has none."""
    before, now = paragraph_at(earlier, place), paragraph_at(draft, place)
    if before is None or now is None:
        return draft
    return with_paragraph(draft, place, _renumbered(before, now))


def renewed(draft: Draft, reference: Draft | None, fresh: Draft) -> Draft:
    """Return the draft brought up to date with `fresh`, which is written from the figures of now.

    Held paragraphs stay. Of the others those stay that a fresh writing from the figures of then
    (`reference`) does not tell apart from one of now; all others become those of `fresh`.
    """
    old, then = _by_place(draft), _by_place(reference) if reference else {}
    sections = []
    for section in fresh.sections:
        kept = [
            _kept(old.get((section.id, p.id)), then.get((section.id, p.id)), p) for p in section.paragraphs
        ]
        sections.append(_with_orphans(section.model_copy(update={"paragraphs": tuple(kept)}), draft))
    known = {section.id for section in fresh.sections}
    sections += [_held_part(section) for section in draft.sections if section.id not in known]
    return fresh.model_copy(
        update={
            "writer": draft.writer,
            "sections": tuple(section for section in sections if section.paragraphs),
            "sources_note": draft.sources_note or fresh.sources_note,
        }
    )


def paragraph_at(draft: Draft, place: Place) -> Paragraph | None:
    """Return the paragraph at a place (section, paragraph), None where there is none."""
    return _by_place(draft).get(place)


def changed_places(before: Draft, after: Draft) -> tuple[Place, ...]:
    """Return where two drafts differ, in the order of the later one; what is gone comes last."""
    old, new = _by_place(before), _by_place(after)
    changed = [place for place, p in new.items() if place not in old or old[place].text != p.text]
    return (*changed, *(place for place in old if place not in new))


def bound(
    text: str, facts: Facts, likely: Sequence[str] = (), prefixes: Sequence[str] = ()
) -> tuple[Binding, ...]:
    """Return where a text shows facts of the ledger, the longest first, none over another.

    Of several facts that look the same the likely ids come first, then those under one of the prefixes.
    """

    def rank(fact: Fact) -> tuple[bool, bool, int]:
        near = any(fact.id.startswith(f"{prefix}.") for prefix in prefixes)
        return fact.id not in likely, not near, len(fact.id)

    by_form: dict[str, Fact] = {}
    for fact in sorted(facts, key=rank):
        if any(letter.isdigit() for letter in fact.shown):
            by_form.setdefault(fact.shown, fact)
    taken: list[Binding] = []
    for form in sorted(by_form, key=len, reverse=True):
        for start in _places(form, text):
            end = start + len(form)
            if all(end <= one.start or one.end <= start for one in taken):
                taken.append(Binding(start=start, end=end, fact_id=by_form[form].id))
    return tuple(sorted(taken, key=lambda one: one.start))


def worded(before: Paragraph, text: str, facts: Facts, known: Iterable[Sentence] = ()) -> Paragraph:
    """Return the paragraph with new words: sentences that stood there stay what they were, the others are a person's.

    `known` are sentences of elsewhere that may have come here.
    """
    old = {sentence.text: sentence for sentence in (*known, *before.sentences)}
    likely = [one.fact_id for sentence in before.sentences for one in sentence.bindings]
    prefixes = [prefix for row in before.rows if (prefix := _prefix(row))]
    sentences = tuple(
        old.get(words)
        or Sentence(text=words, bindings=bound(words, facts, likely, prefixes), origin=SentenceOrigin.HUMAN)
        for words in sentences_of(text)
    )
    return before.model_copy(update={"sentences": sentences})


def _places(form: str, text: str) -> Iterator[int]:
    """Where a form stands by itself, not as a part of a longer number."""
    before = r"(?<![0-9.])" if form[0].isdigit() else ""
    after = r"(?![0-9]|\.[0-9])" if form[-1].isdigit() else ""
    return (match.start() for match in re.finditer(before + re.escape(form) + after, text))


def _prefix(row: str) -> str:
    try:
        return id_prefix(row)
    except ValueError:
        return ""


def sentences_of(text: str) -> Iterable[str]:
    """Return the sentences of a text, each with its full stop."""
    return (match.group() for match in _SENTENCE.finditer(text) if match.group())


def _by_place(draft: Draft) -> dict[Place, Paragraph]:
    return {(section.id, p.id): p for section in draft.sections for p in section.paragraphs}


def with_paragraph(draft: Draft, place: Place, paragraph: Paragraph | None) -> Draft:
    """Return the draft with another paragraph at a place, with none there where it is None."""
    sections = tuple(
        section.model_copy(update={"paragraphs": tuple(_with(section, place, paragraph))})
        for section in draft.sections
    )
    return draft.model_copy(update={"sections": sections})


def _with(section: DraftSection, place: Place, paragraph: Paragraph | None) -> Iterator[Paragraph]:
    for one in section.paragraphs:
        if (section.id, one.id) != place:
            yield one
        elif paragraph is not None:
            yield paragraph


def _kept(old: Paragraph | None, then: Paragraph | None, fresh: Paragraph) -> Paragraph:
    if old is None:
        return fresh
    if is_held(old) or (then is not None and _same(then, fresh)):
        return _renumbered(old, fresh)
    return fresh


def _same(one: Paragraph, other: Paragraph) -> bool:
    return [_unnumbered(one), one.rows] == [_unnumbered(other), other.rows]


def _unnumbered(paragraph: Paragraph) -> str:
    return NUMBER.sub("", paragraph.text, count=1)


def _renumbered(old: Paragraph, fresh: Paragraph) -> Paragraph:
    """The old words under the number that the paragraph has now; what it covers is as it is now."""
    now = old.model_copy(update={"rows": fresh.rows, "pair_id": fresh.pair_id})
    had, has = NUMBER.match(old.text), NUMBER.match(fresh.text)
    if had is None or has is None or had.group() == has.group() or not old.sentences:
        return now
    first, shift = old.sentences[0], len(has.group()) - len(had.group())
    moved = tuple(
        one.model_copy(update={"start": one.start + shift, "end": one.end + shift}) for one in first.bindings
    )
    words = has.group() + first.text[len(had.group()) :]
    renamed = first.model_copy(update={"text": words, "bindings": moved})
    return now.model_copy(update={"sentences": (renamed, *old.sentences[1:])})


def _with_orphans(section: DraftSection, draft: Draft) -> DraftSection:
    """The section with the held paragraphs that the figures of now no longer call for, each after its neighbour."""
    paragraphs = list(section.paragraphs)
    old = next((one.paragraphs for one in draft.sections if one.id == section.id), ())
    before = ""
    for paragraph in old:
        ids = [one.id for one in paragraphs]
        if paragraph.id not in ids and is_held(paragraph):
            paragraphs.insert(ids.index(before) + 1 if before in ids else 0, paragraph)
        before = paragraph.id
    return section.model_copy(update={"paragraphs": tuple(paragraphs)})


def _held_part(section: DraftSection) -> DraftSection:
    return section.model_copy(update={"paragraphs": tuple(p for p in section.paragraphs if is_held(p))})
