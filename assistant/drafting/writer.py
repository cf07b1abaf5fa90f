"""What a writer is given and what it gives back (写作的约定): Point and Brief in, slotted sentences out."""

from __future__ import annotations

from enum import StrEnum
from typing import Protocol

from assistant.domain.base import Frozen
from assistant.domain.draft import ParagraphStyle
from assistant.domain.passage import Passage
from assistant.drafting.phrases import Wording
from assistant.drafting.slots import SlottedSentence


class Length(StrEnum):
    """篇幅."""

    SHORT = "short"
    NORMAL = "normal"
    LONG = "long"


class Point(Frozen):
    """One paragraph to write.

    `number` is the level of its running number (1 一、 2 （一） 3 1. 4 （1）, 0 none); `wordings` are the
    sentences with their alternatives; `passages` past paragraphs about the same; `rows` the report paths
    it covers; `scope` the sub-project it stands under. Only a `prose` point may be worded by a model, a
    `confidential` one never. `turn` keeps neighbours from sounding alike.
    """

    id: str
    style: ParagraphStyle = ParagraphStyle.BODY
    number: int = 0
    wordings: tuple[Wording, ...] = ()
    passages: tuple[Passage, ...] = ()
    pair_id: str = ""
    rows: tuple[str, ...] = ()
    scope: str = ""
    confidential: bool = False
    prose: bool = False
    proposal: bool = False
    turn: int = 0


class Brief(Frozen):
    """One section of the draft: its place in the outline and the paragraphs it holds.

    `texts` are the words of the inputs by id, `pending` the names of what may be 「（待补充）」.
    """

    id: str
    title: str
    level: int = 1
    points: tuple[Point, ...] = ()
    seed: str = ""
    length: Length = Length.NORMAL
    texts: dict[str, str] = {}
    pending: dict[str, str] = {}


class Writer(Protocol):
    """Words a point (写作): offline or through a model."""

    @property
    def name(self) -> str:
        """ "offline" or "model"."""
        ...

    @property
    def note(self) -> str:
        """What the draft must say of how it was written, "" for nothing."""
        ...

    def write(self, point: Point, brief: Brief) -> tuple[SlottedSentence, ...]:
        """Return the sentences of one paragraph, with slots in place of every figure."""
        ...
