"""Drafts to measure the proof with: a random report of a seed, scored, diagnosed and written offline."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from proof_reports import random_report

from assistant.diagnosis.triggers import diagnose
from assistant.domain.draft import Draft
from assistant.domain.facts import Facts
from assistant.domain.finding import Finding, Severity
from assistant.domain.report import Report
from assistant.domain.scorecard import Scorecard
from assistant.drafting.brief import build_briefs
from assistant.drafting.compose import compose_draft
from assistant.drafting.offline_writer import OfflineWriter
from assistant.prompts import Prompts
from assistant.proof.draft_checks import check_draft
from assistant.proof.review import Prover
from assistant.scoring.cards import score_report
from assistant.scoring.ledger import build_facts
from assistant.scoring.rules import load_rules

PROMPTS = Prompts(Path(__file__).resolve().parent.parent / "prompts")


class Written(NamedTuple):
    """A draft with all that proves it."""

    seed: int
    report: Report
    scorecard: Scorecard
    facts: Facts
    draft: Draft
    prover: Prover

    def errors(self) -> list[Finding]:
        """What the gate holds against the clean draft."""
        found = check_draft(self.draft, self.prover, self.report, self.scorecard)
        return [one for one in found if one.severity is Severity.ERROR]


def written(seed: int, length: str = "normal") -> Written:
    """The draft of a seed."""
    report = random_report(seed, secret=seed % 10 == 0)
    card = score_report(report, load_rules(report.rules))
    facts = build_facts(report, card)
    briefs = build_briefs(report, card, facts, diagnose(report, card, facts), None, PROMPTS, length)
    draft = compose_draft(briefs, OfflineWriter(), facts, report, length=length)
    return Written(seed, report, card, facts, draft, Prover(report, card, facts, (card.legal_basis,)))
