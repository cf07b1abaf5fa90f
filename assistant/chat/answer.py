"""What a tool of the assistant says: words, the past paragraphs they rest on, and what it would do after a yes."""

from __future__ import annotations

from assistant.chat.filling import Change
from assistant.domain.base import Frozen
from assistant.domain.passage import Citation

OPEN, DONE, REFUSED, UNDONE = "open", "done", "refused", "undone"


class Action(Frozen):
    """Something that waits for a yes (待确认的操作): a change of one cell, a whole draft, or a file.

    `kind` is fill, draft or export; `how` the format of a file or the length of a draft.
    """

    kind: str
    state: str = OPEN
    change: Change | None = None
    how: str = ""


class Answer(Frozen):
    """One answer (答复); `citations` are the places it can be checked at."""

    text: str
    citations: tuple[Citation, ...] = ()
    action: Action | None = None
