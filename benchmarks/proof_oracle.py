"""Does a mutated sentence still tell the truth? Decided from the structured claim, never by the gate.

A claim is what the draft's bindings say: these characters show that fact of the ledger. A mutation puts other
characters there, or another name before them. Knows the ledger and nothing of `assistant.proof`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from assistant.domain.draft import Binding
from assistant.domain.facts import Fact, Facts

_NUMBER = re.compile(r"([-−]?)(\d+(?:\.\d+)?)")
_SCALE = {"元": Decimal("0.0001"), "万元": Decimal(1), "亿元": Decimal(10000)}


@dataclass(frozen=True)
class Mutation:
    """One place changed: characters [start, end) of the sentence became `new`.

    `bindings` are the claims it touches; `facts` the ids those characters would now have to show (swap,
    name); `holds` what the mutation's own rule says of the truth (words), None where the figures decide.
    """

    kind: str
    start: int
    end: int
    new: str
    bindings: tuple[Binding, ...] = ()
    facts: tuple[str, ...] = ()
    holds: bool | None = None


def still_true(mutation: Mutation, text: str, facts: Facts) -> bool:
    """Return whether the sentence `text`, changed so, says nothing that is wrong."""
    if mutation.holds is not None:
        return mutation.holds
    known = facts.by_id()
    if mutation.facts:
        pairs = zip(mutation.bindings, mutation.facts, strict=True)
        return all(same(known[b.fact_id].shown, known[f].shown if f in known else "") for b, f in pairs)
    changed = text[: mutation.start] + mutation.new + text[mutation.end :]
    grown = len(changed) - len(text)
    claims = [(known[b.fact_id], changed[b.start : b.end + grown]) for b in mutation.bindings]
    return bool(claims) and all(shows(fact, said) for fact, said in claims)


def shows(fact: Fact, said: str) -> bool:
    """Whether some characters are a form of a fact: the same number, the same unit after scaling."""
    return same(fact.shown, said)


def same(one: str, other: str) -> bool:
    """Whether two shown forms are equal in value and unit (200元 is 0.02万元, ≥12场 done is 12场)."""
    return one == other or (_value(one) is not None and _value(one) == _value(other))


def _value(shown: str) -> tuple[str, Decimal, str] | None:
    match = _NUMBER.search(shown)
    if match is None:
        return None
    number = Decimal(match.group(2)) * (-1 if match.group(1) else 1)
    before, unit = shown[: match.start()].strip("≥≤="), shown[match.end() :]
    scale = _SCALE.get(unit)
    return (before, number * scale, "万元") if scale else (before, number, unit)


def renamed(bindings: Sequence[Binding], old: str, new: str) -> tuple[str, ...]:
    """The ids the same figures would have under another name (p1.i2.actual becomes p1.i4.actual)."""
    return tuple(new + binding.fact_id.removeprefix(old) for binding in bindings)
