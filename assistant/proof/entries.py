"""One figure of the ledger as proof looks it up: by subject, attribute and year."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from assistant.domain.facts import Fact, Origin, Role
from assistant.proof.naming import Subject


@dataclass(frozen=True, slots=True)
class Entry:
    """A fact with its subject and attribute."""

    fact: Fact
    subject: Subject
    attribute: str
    last_year: bool = False


def entry(
    label: str,
    role: Role,
    value: Decimal,
    unit: str,
    shown: str,
    subject: Subject,
    attribute: str,
    last_year: bool = False,
) -> Entry:
    """Return a computed figure as an entry of the ledger."""
    name = f"computed.{subject[0]}{subject[1]}{subject[2]}.{attribute}"
    fact = Fact.model_construct(
        id=name, role=role, label=label, value=value, unit=unit, shown=shown, subject="", scope="", path="",
        origin=Origin.COMPUTED, formula="", sources=(), year=None, confidential=False,
    )  # fmt: skip
    return Entry(fact, subject, attribute, last_year)
