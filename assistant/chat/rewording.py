"""A writer that words everything another way (换个说法): the same facts, the next of the alternatives."""

from __future__ import annotations

from assistant.drafting.compose import Writer
from assistant.drafting.slots import SlottedSentence
from assistant.drafting.writer import Brief, Point


class Reworded:
    """The writer behind, one turn further at every paragraph."""

    def __init__(self, writer: Writer) -> None:
        self._writer = writer

    @property
    def name(self) -> str:
        """The name of the writer behind."""
        return self._writer.name

    @property
    def note(self) -> str:
        """What the writer behind has to say."""
        return self._writer.note

    def write(self, point: Point, brief: Brief) -> tuple[SlottedSentence, ...]:
        """Return the sentences of a paragraph in other words."""
        return self._writer.write(point.model_copy(update={"turn": point.turn + 1}), brief)
