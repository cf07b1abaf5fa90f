"""What a person made of a draft outside the program (手改): its lines as they are now, each with where it came from.

Knows nothing of Word and nothing of how the lines go back into the draft.
"""

from __future__ import annotations

from enum import StrEnum

from assistant.domain.base import Frozen
from assistant.domain.comparison import ChangedFigure

#: Where a paragraph stands in a draft: (section, paragraph).
Place = tuple[str, str]


class HandLine(Frozen):
    """A paragraph as it reads now; `place` is None where it is new, `before` what it said, `level` that of a heading.

    `moved` says that it stood elsewhere.
    """

    words: str
    place: Place | None = None
    before: str = ""
    level: int = 0
    moved: bool = False


class Handwork(Frozen):
    """The whole text of now: title, lines in order, signature; paragraphs of the draft not among the lines are gone."""

    title: str
    lines: tuple[HandLine, ...] = ()
    signature: tuple[str, ...] = ()


class HandKind(StrEnum):
    """What was done to a paragraph; the value is the word for people."""

    CHANGED = "改写"
    ADDED = "新增"
    REMOVED = "删去"
    MOVED = "移动"


class HandChange(Frozen):
    """One paragraph that was changed by hand; `section` is the title it stands under, `figures` the numbers in it.

    `conflict` says that the paragraph had meanwhile been changed in the program too; the hand's words stand.
    """

    kind: HandKind
    place: Place
    section: str = ""
    before: str = ""
    now: str = ""
    figures: tuple[ChangedFigure, ...] = ()
    conflict: bool = False
