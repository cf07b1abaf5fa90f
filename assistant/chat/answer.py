"""What a tool of the assistant says: words, and the past paragraphs they rest on."""

from __future__ import annotations

from assistant.domain.base import Frozen
from assistant.domain.passage import Citation


class Answer(Frozen):
    """One answer (答复); `citations` are the places it can be checked at."""

    text: str
    citations: tuple[Citation, ...] = ()
