"""A draft with what a person did to it outside the program (手改取回): their words, bound again and locked.

A three-way merge: `base` is the draft that went out, `draft` what it has become here meanwhile. What the hand
left alone stays as it is here; what the hand changed is the hand's. Knows nothing of files.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from assistant.domain.comparison import changed_figures
from assistant.domain.draft import Draft, DraftSection, Paragraph, ParagraphStyle
from assistant.domain.facts import Facts
from assistant.domain.handwork import HandChange, HandKind, HandLine, Handwork, Place
from assistant.drafting.living import paragraph_at, worded

_NEW = "hand-"
_HEADINGS = {number: ParagraphStyle(f"heading{number}") for number in range(1, 5)}


def with_handwork(
    draft: Draft, base: Draft, work: Handwork, facts: Facts
) -> tuple[Draft, tuple[HandChange, ...]]:
    """Return the draft as the person left it, unproven, and what they changed in the order of the text."""
    taken = _Taking(draft, base, work, facts)
    sections = taken.sections()
    changed = {"title": work.title, "signature": work.signature, "sections": sections}
    return draft.model_copy(update=changed), tuple(taken.changes())


class _Taking:
    """One taking back; every line of the text has a section before any paragraph is made."""

    def __init__(self, draft: Draft, base: Draft, work: Handwork, facts: Facts) -> None:
        self.draft, self.base, self.facts = draft, base, facts
        self.known = [sentence for paragraph in base.paragraphs for sentence in paragraph.sentences]
        self.titles = {section.id: section.title for section in (*base.sections, *draft.sections)}
        self.lines = list(_placed(work.lines, base, _next_number(draft)))

    def sections(self) -> tuple[DraftSection, ...]:
        """The sections of the draft, in its order, with the paragraphs of now."""
        made = {place: self._paragraph(place, line) for place, line in self.lines}
        known = {section.id for section in self.draft.sections}
        dropped = [section for section in self.base.sections if section.id not in known]
        filled = []
        for section in (*self.draft.sections, *dropped):
            own = [p for place, p in made.items() if p is not None and place[0] == section.id]
            filled.append(section.model_copy(update={"paragraphs": _with_later(own, section, self.base)}))
        return tuple(section for section in filled if section.paragraphs)

    def changes(self) -> Iterator[HandChange]:
        """What was done to each paragraph; what is gone comes last."""
        for place, line in self.lines:
            kind = _kind(line)
            if kind is not None:
                yield self._change(kind, place, line.before, line.words)
        here = {line.place for _, line in self.lines}
        for section in self.base.sections:
            for paragraph in section.paragraphs:
                place = (section.id, paragraph.id)
                if place not in here:
                    yield self._change(HandKind.REMOVED, place, paragraph.text, "")

    def _change(self, kind: HandKind, place: Place, before: str, now: str) -> HandChange:
        ours, theirs = paragraph_at(self.draft, place), paragraph_at(self.base, place)
        return HandChange(
            kind=kind,
            place=place,
            section=self.titles.get(place[0], ""),
            before=before,
            now=now,
            figures=changed_figures(before, now),
            conflict=theirs is not None and (ours is None or ours.text != theirs.text),
        )

    def _paragraph(self, place: Place, line: HandLine) -> Paragraph | None:
        """The paragraph of a line: ours where the hand left it alone, None where we have dropped it since."""
        ours = paragraph_at(self.draft, line.place) if line.place else None
        if line.place and line.words == line.before:
            return (
                ours.model_copy(update={"id": place[1], "locked": ours.locked or line.moved})
                if ours
                else None
            )
        before = ours or (paragraph_at(self.base, line.place) if line.place else None) or _empty(place, line)
        return worded(before, line.words, self.facts, self.known).model_copy(
            update={"id": place[1], "locked": True}
        )


def _kind(line: HandLine) -> HandKind | None:
    if line.place is None:
        return HandKind.ADDED
    if line.words != line.before:
        return HandKind.CHANGED
    return HandKind.MOVED if line.moved else None


def _placed(lines: Sequence[HandLine], base: Draft, number: int) -> Iterator[tuple[Place, HandLine]]:
    """Yield every line with its place of now: a new or moved one stands in the section it follows."""
    first = base.sections[0].id if base.sections else ""
    section = next((line.place[0] for line in lines if line.place and not line.moved), first)
    for line in lines:
        if line.place is None or line.moved and line.place[0] != section:
            yield (section, f"{_NEW}{number}"), line
            number += 1
        else:
            section = line.place[0]
            yield line.place, line


def _next_number(draft: Draft) -> int:
    """Return a number that no paragraph added by hand has yet."""
    numbers = [p.id.removeprefix(_NEW) for p in draft.paragraphs if p.id.startswith(_NEW)]
    return 1 + max((int(number) for number in numbers if number.isdecimal()), default=0)


def _empty(place: Place, line: HandLine) -> Paragraph:
    return Paragraph(id=place[1], style=_HEADINGS.get(line.level, ParagraphStyle.BODY))


def _with_later(own: Sequence[Paragraph], section: DraftSection, base: Draft) -> tuple[Paragraph, ...]:
    """Put in, after their neighbours, the paragraphs that came here after the draft went out."""
    paragraphs, before = list(own), ""
    for paragraph in section.paragraphs:
        if paragraph_at(base, (section.id, paragraph.id)) is None:
            ids = [one.id for one in paragraphs]
            paragraphs.insert(ids.index(before) + 1 if before in ids else len(ids), paragraph)
        before = paragraph.id
    return tuple(paragraphs)
