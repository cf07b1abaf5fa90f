"""How many days lie between the date a thing was due and the date it was done (提前8天、晚15天).

Knows the dates of indicators, reads no text.
"""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal

from assistant.domain.facts import Role
from assistant.proof.candidates import Candidate
from assistant.proof.claim import Claim
from assistant.proof.entries import entry
from assistant.proof.ledger import Ledger
from assistant.proof.naming import Subject

_DATE = re.compile("(20[0-9]{2})[年\\-/.]([0-9]{1,2})[月\\-/.]([0-9]{1,2})")


def read_date(text: str) -> date | None:
    """Return the first full date in words, None where there is none that exists."""
    match = _DATE.search(text)
    if match is None:
        return None
    try:
        return date(int(match[1]), int(match[2]), int(match[3]))
    except ValueError:
        return None


def due_and_done(subject: Subject, ledger: Ledger) -> tuple[date, date] | None:
    """Return the date an indicator was due and the date it was done."""
    due = next((read_date(one.fact.shown) for one in ledger.of(subject, ("target",))), None)
    done = next((read_date(one.fact.shown) for one in ledger.of(subject, ("actual",))), None)
    return (due, done) if due and done else None


def days_between(claim: Claim, ledger: Ledger) -> tuple[Candidate, ...]:
    """Return the days by which the named indicators, or else any, were early (-1) or late (1)."""
    levels = [[s for s in level if s[1] == "i"] for level in claim.levels]
    counted = any(
        one.fact.unit == claim.mention.unit and one.fact.role is not Role.TEXT
        for level in levels
        for s in level
        for one in ledger.of(s, ("actual",))
    )
    everyone = [] if counted else [s for last, s in ledger.index if s[1] == "i" and not last]
    for subjects in (*levels, everyone):
        found = tuple(_days(s, *dates) for s in subjects if (dates := due_and_done(s, ledger)))
        if found:
            return found
    return ()


def _days(subject: Subject, due: date, done: date) -> Candidate:
    days = (done - due).days
    label = "完成日期与计划日期相差的天数"
    shown = f"{abs(days)}天"
    made = entry(label, Role.OTHER, Decimal(abs(days)), "天", shown, subject, "difference")
    return Candidate(made, (days > 0) - (days < 0))
