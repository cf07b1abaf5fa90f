"""What was asked of a model and what became of its answers (请求记录): kept for audit, summed up for the user.

Knows nothing of endpoints; the record stays on this machine.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from assistant.domain.base import Frozen
from assistant.errors import OutputError


class Exchange(Frozen):
    """One request (一次请求): the task, the answer, the sentences that stand, those sent back and why."""

    section: str
    paragraph: str
    model: str
    task: str
    answer: str = ""
    accepted: tuple[str, ...] = ()
    refused: tuple[str, ...] = ()
    failure: str = ""


#: Told of every finished request.
Record = Callable[[Exchange], None]


class Usage:
    """Counts the requests of one draft (用量); a token is taken as one character."""

    def __init__(self) -> None:
        self.requests = self.sent = self.received = self.accepted = self.refused = 0

    def add(self, one: Exchange, system: str) -> None:
        """Count one request, whatever came of it."""
        self.requests += 1
        self.sent += len(system) + len(one.task)
        self.received += len(one.answer)
        self.accepted += len(one.accepted)
        self.refused += len(one.refused)

    @property
    def told(self) -> str:
        """Return the sum in one sentence, "" where nothing was asked."""
        if not self.requests:
            return ""
        return (
            f"模型写作请求{self.requests}次，发出{self.sent}字、收到{self.received}字"
            f"（按一字一个词元估算共{self.sent + self.received}个），采用{self.accepted}句、退回{self.refused}句。"
        )


def recorder(path: Path) -> Record:
    """Return what appends each request to a file, one JSON line each; raises OutputError where it cannot."""

    def record(one: Exchange) -> None:
        now = datetime.now().astimezone().isoformat(timespec="seconds")
        line = f'{{"time":"{now}",{one.model_dump_json()[1:]}\n'
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            with path.open("a", encoding="utf-8") as file:
                file.write(line)
        except OSError as error:
            raise OutputError(path, str(error)) from None

    return record
