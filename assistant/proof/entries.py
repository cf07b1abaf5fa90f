"""One figure of the ledger as proof looks it up: by subject, attribute and year."""

from __future__ import annotations

from dataclasses import dataclass

from assistant.domain.facts import Fact
from assistant.proof.naming import Subject


@dataclass(frozen=True, slots=True)
class Entry:
    """A fact with its subject and attribute."""

    fact: Fact
    subject: Subject
    attribute: str
    last_year: bool = False
