"""One sentence being read from left to right: its numbers, its names, and how far it was read.

Holds what the readers of roles and of subjects share; decides nothing.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.domain.numerals import Mention
from assistant.proof.claim import Claim, Paragraph
from assistant.proof.frames import against
from assistant.proof.layout import Span, clause_around
from assistant.proof.ledger import Subject
from assistant.proof.subjects import Named, Names

_YEAR_FIRST = re.compile("(?:20[0-9]{2}年|上年|去年)")


class Context:
    """One sentence being read from left to right: its numbers, names, and how far it was read."""

    def __init__(
        self,
        paragraph: Paragraph,
        sentence: Span,
        mentions: Sequence[Mention],
        named: Sequence[Named],
        names: Names,
        earlier: Sequence[Named],
    ) -> None:
        self.paragraph, self.text, self.sentence = paragraph, paragraph.text, sentence
        self.mentions, self.named, self.names, self.earlier = mentions, named, names, earlier
        self.compared = against(self.text, sentence, named)
        self.operands = {one.name.start for one in self.compared if one.name is not None}
        self.shared: dict[int, Named] = {}
        self.queue: list[frozenset[str]] = []
        self.linked: tuple[Subject, ...] = ()
        self.nearby: tuple[Subject, ...] | None = None
        self.at = sentence.start
        self.before: list[Claim] = []

    def clause_of(self, mention: Mention) -> Span:
        """The clause of a number; a year in brackets opens one of its own (2022年为84.60万元)."""
        clause = clause_around(self.text, mention.start, mention.end)
        bracket = max(
            self.text.rfind("（", clause.start, mention.start),
            self.text.rfind("(", clause.start, mention.start),
        )
        if bracket >= 0 and _YEAR_FIRST.match(self.text, bracket + 1):
            return Span(bracket + 1, clause.end)
        return clause

    def operand_itself(self, mention: Mention) -> Named | None:
        """Return the name that a number is of though something else is held against it: 比甲的87%高."""
        held = next((one for one in reversed(self.compared) if one.end <= mention.start), None)
        if held is None or held.name is None or held.kind != "subject":
            return None
        return held.name if self.text[held.end : mention.start].strip("”") in ("的", "") else None
