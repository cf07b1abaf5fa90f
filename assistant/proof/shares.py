"""Shares (占全年预算的92.40%, 完成目标的89.2%): a figure of a subject in what stands behind 占.

Knows the ledger and one claim.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistant.domain.facts import Role
from assistant.domain.figures import round_half_up
from assistant.proof.candidates import Candidate, Expectation
from assistant.proof.claim import Claim
from assistant.proof.entries import Entry, entry
from assistant.proof.ledger import Ledger
from assistant.proof.lexicon import ROLE, ROLE_ATTRIBUTES
from assistant.proof.naming import WHOLE_REPORT, Subject

_PARTS = (
    "budget",
    "spent",
    "unspent",
    "initial",
    "adjusted",
    "adjustment",
    "score",
    "weight",
    "lost",
    "actual",
    "value",
)
_WITHIN = {
    "spent": ("budget", "initial"),
    "unspent": ("budget",),
    "adjusted": ("initial", "budget"),
    "adjustment": ("initial", "budget"),
    "actual": ("target",),
    "score": ("weight",),
    "lost": ("weight", "full"),
    "total": ("full",),
    "budget": ("initial",),
}
_NAMED = ("share", "rate", "completion", "unspent_rate", "initial_rate")
_OF_ALL = re.compile("全部|总|整体|全年支出|项目|各项|三项|四项")


def shares(claim: Claim, ledger: Ledger, text: str) -> Expectation:
    """Return the shares that a number can be, those of the subject named first."""
    of = claim.frame.share_of
    words = text[of.start : of.end] if of is not None else ""
    roles = [ROLE_ATTRIBUTES[match.lastgroup or ""] for match in ROLE.finditer(words)]
    below = frozenset().union(*roles) if roles else frozenset()
    if {"budget", "initial"} <= below and "年初" not in words:
        below -= {"initial"}
    found: list[Candidate] = []
    for position, subjects in enumerate(claim.levels):
        level = [
            Candidate(one)
            for subject in subjects
            for one in (
                *_in_whole(subject, claim.attributes, below, ledger),
                *_in_itself(subject, claim.attributes, below, ledger, part_of_all=_is_part(subject, words)),
            )
        ]
        found += level
        if level and position < claim.named:
            return Expectation(tuple(found), strict=claim.worded or bool(below))
    return Expectation(tuple(found))


def _is_part(subject: Subject, words: str) -> bool:
    """Whether a share is one in the whole: 占11.18%, 占全部预算的…, said of a row or a sub-project."""
    return (
        subject != WHOLE_REPORT
        and subject[1] not in ("i", "x")
        and (not words or _OF_ALL.search(words) is not None)
    )


def _in_whole(
    subject: Subject, above: frozenset[str], below: frozenset[str], ledger: Ledger
) -> Iterator[Entry]:
    """The same figure of the sub-project or of the whole, or the one said."""
    for whole in dict.fromkeys([(subject[0], "", 0), WHOLE_REPORT, (0, "g", 0)]):
        if whole == subject:
            continue
        for part in ledger.of(subject, above & set(_PARTS) or _PARTS):
            same = {part.attribute} if not below or part.attribute in below or not above else below
            extra = {"full", "total"} if part.attribute in ("score", "lost", "weight") else set()
            for one in ledger.of(whole, same | extra):
                yield from _ratio(part, one)


def _in_itself(
    subject: Subject, above: frozenset[str], below: frozenset[str], ledger: Ledger, *, part_of_all: bool
) -> Iterator[Entry]:
    """The share of one figure of a subject in another: 支出占预算, 完成目标的."""
    if part_of_all:
        return
    for part in ledger.of(subject, above & set(_PARTS) or _PARTS):
        wholes = set(_WITHIN.get(part.attribute, ()))
        for one in ledger.of(subject, wholes & below if wholes & below else wholes):
            yield from _ratio(part, one)
    if not below or below & {"target", "cycle"} or "unspent" in below:
        yield from ledger.of(subject, {"unspent_rate"} if "unspent" in above | below else _NAMED)


def _ratio(part: Entry, whole: Entry) -> Iterator[Entry]:
    if (
        not whole.fact.value
        or Role.TEXT in (part.fact.role, whole.fact.role)
        or part.fact.unit != whole.fact.unit
    ):
        return
    value = part.fact.value / whole.fact.value * 100
    label = f"{part.fact.label}占{whole.fact.label}的比率"
    yield entry(label, Role.SHARE, value, "%", f"{round_half_up(value):f}%", part.subject, "ratio")
