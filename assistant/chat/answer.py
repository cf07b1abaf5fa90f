"""What a tool of the assistant says: words, the past paragraphs they rest on, and what it would do after a yes."""

from __future__ import annotations

from collections.abc import Iterable

from assistant.chat.filling import Change
from assistant.chat.intents import COMMANDS
from assistant.domain.base import Frozen
from assistant.domain.passage import Citation

OPEN, DONE, REFUSED, UNDONE = "open", "done", "refused", "undone"


class Action(Frozen):
    """Something that waits for a yes (待确认的操作): a change of one cell, a whole draft, or a file.

    `kind` is fill, draft, export, or choose (请选): then `choices` are requests of which one is meant.
    `how` is the format of a file or the length of a draft.
    """

    kind: str
    state: str = OPEN
    change: Change | None = None
    how: str = ""
    choices: tuple[str, ...] = ()


CHOOSE = "choose"


class Answer(Frozen):
    """One answer (答复); `citations` are the places it can be checked at."""

    text: str
    citations: tuple[Citation, ...] = ()
    action: Action | None = None


def asked_back(question: str, choices: Iterable[str]) -> Answer:
    """Return a question with the requests it may be answered by, numbered (反问)."""
    told = tuple(choices)
    lines = [f"{n}. {choice_label(words)}" for n, words in enumerate(told, 1)]
    return Answer(text="\n".join([question, *lines]), action=Action(kind=CHOOSE, choices=told))


def choice_label(request: str) -> str:
    """Return a request of a choice as people read it: /得分 X is “解释得分：X”."""
    word, _, rest = request.removeprefix("/").partition(" ")
    return f"{COMMANDS[word].value}：{rest}" if request.startswith("/") and word in COMMANDS else request
