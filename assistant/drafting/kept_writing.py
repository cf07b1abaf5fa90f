"""Writing that can be broken off and gone on with (断点续写): a paragraph once worded is never worded again.

Each paragraph is handed out as the writer gave it, slots and all; a later run puts the same words back and
the ledger fills in the figures, so that the draft is the one an unbroken run would have given. Knows
nothing of where the words are kept.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from assistant.domain.base import Frozen
from assistant.drafting.slots import SlottedSentence
from assistant.drafting.writer import Brief, Point, Writer


class Worded(Frozen):
    """One paragraph as the writer gave it, and what the writer had to say of itself then."""

    place: str
    sentences: tuple[SlottedSentence, ...]
    note: str = ""


class KeptWriting:
    """A writer that asks another one only for what has not been worded yet."""

    def __init__(self, writer: Writer, kept: Mapping[str, Worded], keep: Callable[[Worded], None]) -> None:
        self._writer, self._kept, self._keep = writer, dict(kept), keep
        self._note = next((one.note for one in reversed(self._kept.values()) if one.note), "")
        #: Where the paragraph stands that was worded last.
        self.place = ""

    @property
    def name(self) -> str:
        """The name of the writer behind."""
        return self._writer.name

    @property
    def note(self) -> str:
        """What the writer has to say, in this run or in the one that was broken off."""
        return self._writer.note or self._note

    def write(self, point: Point, brief: Brief) -> tuple[SlottedSentence, ...]:
        """Return the sentences of a paragraph, kept ones where there are."""
        self.place = f"{brief.id}/{point.id}"
        found = self._kept.get(self.place)
        if found is None:
            sentences = self._writer.write(point, brief)
            found = Worded(place=self.place, sentences=sentences, note=self._writer.note)
            self._kept[self.place] = found
            self._keep(found)
        return found.sentences
