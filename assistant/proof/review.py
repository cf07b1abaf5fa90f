"""The gate (校核): proves a sentence or a whole text against one report, and a text against itself."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.domain.facts import Facts
from assistant.domain.finding import Finding
from assistant.domain.passage import Passage
from assistant.domain.report import Report
from assistant.domain.scorecard import Scorecard
from assistant.proof.alone import check_alone
from assistant.proof.figures import Reading
from assistant.proof.ledger import build_ledger
from assistant.proof.lists import check_lists
from assistant.proof.names import guard_names
from assistant.proof.placeholders import check_left_over
from assistant.proof.sources import gather
from assistant.proof.whole import check_whole

__all__ = ["Prover", "check_alone"]


class Prover:
    """Bound to one report; implements `domain.services.Gate`.

    `rule_texts` are texts of the legal basis and `sources` passages that may be quoted in “”.
    """

    def __init__(
        self,
        report: Report,
        scorecard: Scorecard,
        facts: Facts,
        rule_texts: Sequence[str] = (),
        sources: Sequence[Passage] = (),
    ) -> None:
        self.report = report
        self.scorecard = scorecard
        self.facts = facts
        ledger = build_ledger(report, scorecard, facts)
        self._reading = Reading(report, scorecard, ledger, gather(report, facts, rule_texts, sources))
        self._names = guard_names(report)

    def examine(self, text: str, scope: str = "") -> list[Finding]:
        """Return what is wrong in a sentence or paragraph; `scope` names its sub-project."""
        found = self._reading.read(text, self._reading.project_named(scope))
        return in_order([*found, *self._around(text)])

    def check(self, text: str) -> list[Finding]:
        """Return what is wrong in a whole text: its numbers, words and names, and its sections as a whole."""
        found = self._reading.read(text, whole=True)
        whole = check_whole(text, self.report, self.scorecard)
        return in_order([*found, *self._around(text), *whole])

    def _around(self, text: str) -> list[Finding]:
        return [*self._names.check(text), *check_left_over(text), *check_lists(text)]


def in_order(findings: Sequence[Finding]) -> list[Finding]:
    """Return the findings by place, each once."""
    unique = {(f.rule, f.start, f.end, f.message): f for f in findings}
    return sorted(unique.values(), key=lambda f: (f.start is None, f.start or 0, f.end or 0, f.rule))
