"""A process that drafts as the application does, slowly enough to be killed in the middle."""

from __future__ import annotations

import sys
import time

from assistant.drafting.slots import SlottedSentence
from assistant.drafting.writer import Brief, Point
from assistant.settings import read_settings
from assistant.ui.desk import Desk
from assistant.ui.drafting_job import key_of, start_drafting
from assistant.ui.state import State


class Slow:
    """The offline writer with a pause before each paragraph."""

    def __init__(self, writer: object, pause: float) -> None:
        self._writer, self._pause = writer, pause

    name = "offline"
    note = ""

    def write(self, point: Point, brief: Brief) -> tuple[SlottedSentence, ...]:
        time.sleep(self._pause)
        return self._writer.write(point, brief)  # type: ignore[attr-defined, no-any-return]


def main(pause: float) -> None:
    """Draft the sample report and say when it has begun and ended."""
    at, state = Desk(read_settings()), State()
    plain = at.workbench.writer
    at.workbench.writer = lambda name, evaluation: Slow(plain(name, evaluation), pause)  # type: ignore[method-assign]
    state.open(at, at.first_report())
    start_drafting(at, state)
    sys.stdout.write("begun\n")
    sys.stdout.flush()
    at.standing.wait(key_of(state.report_id), 120)


if __name__ == "__main__":
    main(float(sys.argv[1]))
