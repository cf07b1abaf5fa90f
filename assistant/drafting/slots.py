"""Slots (占位): writers put `{{id}}` where a figure or a word of the inputs belongs; here they are filled.

Filling is one pass: what fills a slot is data and is never read as a slot again. Knows nothing of where
sentences come from.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from assistant.domain.base import Frozen
from assistant.domain.draft import Binding, Sentence, SentenceOrigin
from assistant.domain.facts import Facts
from assistant.domain.passage import Citation
from assistant.errors import ZhijiError

SLOT = re.compile(r"\{\{([a-z0-9_.]+)\}\}")
#: What stands in a draft where the inputs say nothing.
PENDING = "（待补充）"
_PENDING_PREFIX = "pending."


class UnknownSlot(ZhijiError):
    """A sentence asks for a figure that is not in the ledger (占位没有对应的数据)."""

    code = "unknown_slot"

    def __init__(self, slot: str, sentence: str) -> None:
        super().__init__(f"句子“{sentence}”中的占位“{slot}”没有对应的数据", "请重新生成该段")


class SlottedSentence(Frozen):
    """A sentence as a writer hands it over: words, slots, and where its wording was learnt.

    `plain` says the same without anything learnt, "" where it can be left out.
    """

    text: str
    plain: str = ""
    citations: tuple[Citation, ...] = ()
    origin: SentenceOrigin = SentenceOrigin.OFFLINE


def slots_in(text: str) -> tuple[str, ...]:
    """Return the ids a slotted text asks for, in order, each once."""
    return tuple(dict.fromkeys(SLOT.findall(text)))


def without_slots(text: str, mark: str = "") -> str:
    """Return the writer's own words: the text with every slot taken out."""
    return SLOT.sub(mark, text)


class Values:
    """What may fill a slot: facts of the ledger, texts of the inputs, and what is still pending (待补充)."""

    def __init__(self, facts: Facts, texts: Mapping[str, str], pending: Mapping[str, str]) -> None:
        self.facts = facts.by_id()
        self.texts = texts
        self.pending = pending

    def knows(self, slot: str) -> bool:
        """Whether the slot can be filled."""
        return slot in self.facts or slot in self.texts or self.missing(slot) is not None

    def missing(self, slot: str) -> str | None:
        """Return what is to be supplied for a pending slot, None for a slot of another kind."""
        return (
            self.pending.get(slot.removeprefix(_PENDING_PREFIX)) if slot.startswith(_PENDING_PREFIX) else None
        )

    def shown(self, slot: str) -> str:
        """Return the characters for a slot; KeyError where it is unknown."""
        if slot in self.facts:
            return self.facts[slot].shown
        return PENDING if self.missing(slot) is not None else self.texts[slot]

    def fill(self, sentence: SlottedSentence) -> Sentence:
        """Return the sentence with every slot filled and every figure bound; UnknownSlot otherwise."""
        pieces: list[str] = []
        bindings: list[Binding] = []
        length = last = 0
        for match in SLOT.finditer(sentence.text):
            slot = match.group(1)
            if not self.knows(slot):
                raise UnknownSlot(slot, sentence.text)
            before, shown = sentence.text[last : match.start()], self.shown(slot)
            start = length + len(before)
            if slot in self.facts:
                bindings.append(Binding(start=start, end=start + len(shown), fact_id=slot))
            pieces += [before, shown]
            length, last = start + len(shown), match.end()
        pieces.append(sentence.text[last:])
        return Sentence(
            text="".join(pieces),
            bindings=tuple(bindings),
            citations=sentence.citations,
            origin=sentence.origin,
        )
