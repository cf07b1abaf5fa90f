"""Whether a number is of what is to be done, or of a rule, and no claim about the results (计划数、规定数)."""

from __future__ import annotations

import re

from assistant.domain.mention import Bound
from assistant.domain.units import DURATIONS
from assistant.proof.claim import Claim
from assistant.proof.faults import Verdict
from assistant.proof.layout import clause_around
from assistant.proof.lexicon import PLAN, POLICY, UnitClass, unit_class

_LONGEST_PLAN = 60
_FUTURE = re.compile(
    "下一步|下年度?|下一年度?|明年|次年|力争|争取|拟(?!定|采取)|预计|打算|将(?:于|在|把|达|提高|增加)"
)


def is_plan_time(text: str, claim: Claim) -> bool:
    """Return whether a number is a length of time in a plan (10个工作日内): no figure of the form."""
    short = claim.mention.value is not None and claim.mention.value <= _LONGEST_PLAN
    plan = PLAN.search(text, claim.sentence.start, claim.sentence.end)
    return short and claim.mention.unit in DURATIONS and plan is not None


def is_plan(text: str, verdict: Verdict, *, planning: bool) -> bool:
    """Return whether a number is one of what is to be done, or of a rule: no claim about the results."""
    claim = verdict.claim
    if claim.row or (verdict.explicit and claim.mention.sign):
        return False
    clause = clause_around(text, claim.mention.start, claim.mention.end)
    if not verdict.explicit and POLICY.search(text, clause.start, clause.end):
        return True
    if _FUTURE.search(text, claim.sentence.start, claim.mention.start):
        return True
    if not planning or unit_class(claim.mention.unit) is UnitClass.MONEY:
        return False
    loose = verdict.wanted is None or claim.mention.bound is not Bound.EXACT
    return loose or PLAN.search(text, claim.sentence.start, claim.sentence.end) is not None
