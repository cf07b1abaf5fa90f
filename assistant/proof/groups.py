"""Several subjects at once: what is said of every one (均超过90%), and sums over those named (合计).

Knows the ledger and one claim.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from decimal import Decimal
from itertools import combinations

from assistant.domain.chinese_numbers import read_chinese
from assistant.domain.facts import Role
from assistant.proof.candidates import Candidate, Expectation
from assistant.proof.claim import Claim
from assistant.proof.entries import Entry, entry
from assistant.proof.fitting import usable
from assistant.proof.frames import Relation
from assistant.proof.layout import clause_around
from assistant.proof.ledger import Ledger
from assistant.proof.naming import Subject

_PROJECTS = re.compile("子项目|个项目|各项目")
_ROWS = re.compile("指标")
_ADDED = ("budget", "spent", "initial", "unspent", "score", "lost", "weight", "actual", "quantity")
_ALL_OF = (
    ("", re.compile("子项目|个项目|合计|共")),
    ("t", re.compile("[项个](?:年度)?(?:重点)?(?:工作)?任务|各项任务")),
    ("l", re.compile("[项个](?:支出|明细|内容|费用)|各项(?:支出|明细|费用)")),
)
_ANY_ALL = re.compile(
    "[0-9两三四五六七八九十][项个](?:年度)?(?:重点)?(?:工作)?(?:任务|支出|明细|内容|费用|子项目|公开子项目)"
)


def each_of(claim: Claim, ledger: Ledger, text: str) -> list[Entry]:
    """Return the figures of all that a number with 均 or 都 is said of; empty where they are not known."""
    if not claim.attributes:
        return []
    named = _of(ledger, (s for level in claim.levels[: claim.named] for s in level[:1]), claim)
    if len(named) > 1:
        return named
    clause = clause_around(text, claim.mention.start, claim.mention.end)
    said = text[max(claim.sentence.start, clause.start - 30) : claim.mention.start]
    kind = "" if _PROJECTS.search(said) else "i" if _ROWS.search(said) else None
    if kind is None:
        return []
    within = {s[0] for level in claim.levels[: claim.named] for s in level if s[1] == ""} - {0}
    own = [
        s
        for (last, s) in ledger.index
        if not last and s[1] == kind and s[0] and (not within or s[0] in within or kind == "")
    ]
    return _of(ledger, own, claim)


def _of(ledger: Ledger, subjects: Iterable[Subject], claim: Claim) -> list[Entry]:
    found = []
    for subject in dict.fromkeys(subjects):
        own = ledger.of(subject, claim.attributes, claim.last_year)
        if own and usable(claim.mention, own) and not own[0].fact.confidential:
            found.append(own[0])
    return found


def sums_of(claim: Claim, ledger: Ledger, text: str) -> Expectation:
    """Return the sums over the subjects named so far that a number can be."""
    if (
        claim.frame.relation not in (Relation.SUM, Relation.VALUE)
        or claim.frame.relation is Relation.VALUE
        and not _ANY_ALL.search(text, claim.sentence.start, claim.mention.start)
    ):
        return Expectation()
    named = list(dict.fromkeys(s for level in claim.levels[: claim.named] for s in level if _can_be_added(s)))
    if counted := _SO_MANY.search(
        text, max(claim.sentence.start, claim.mention.start - 16), claim.mention.start
    ):
        rows = list(dict.fromkeys(s for level in claim.levels for s in level[:1] if _can_be_added(s)))
        number = int(read_chinese(counted[1]) or 0) if not counted[1].isdigit() else int(counted[1])
        named = rows[:number] if 1 < number <= len(rows) else named
    groups = [named[:count] for count in range(2, len(named) + 1)]
    groups += [list(pair) for pair in combinations(named, 2)] if len(named) > 2 else []
    said = text[max(claim.sentence.start, claim.mention.start - 30) : claim.mention.start]
    kinds = [kind for kind, words in _ALL_OF if words.search(said)]
    groups += [
        [s for (last, s) in ledger.index if not last and s[1] == kind and (s[0] or kind)] for kind in kinds
    ]
    return Expectation(tuple(Candidate(one) for group in groups for one in _sums(claim, group, ledger)))


def _can_be_added(subject: Subject) -> bool:
    return bool(subject[0]) or subject[1] in ("c", "s", "e", "t", "o", "l")


_SO_MANY = re.compile("([0-9]|[两二三四五六七八九])[者项个][^，。；]{0,6}(?:合计|共|之和|总)")


def _sums(claim: Claim, group: list[Subject], ledger: Ledger) -> list[Entry]:
    found = []
    for name in _ADDED:
        if claim.attributes and name not in claim.attributes:
            continue
        parts = [one for s in group for one in ledger.of(s, (name,), claim.last_year)[:1]]
        if len(parts) != len(group) or len(parts) < 2 or any(p.fact.role is Role.TEXT for p in parts):
            continue
        if not usable(claim.mention, parts[:1]) or len({p.fact.unit for p in parts}) > 1:
            continue
        total, unit = sum((p.fact.value for p in parts), Decimal(0)), parts[0].fact.unit
        found.append(
            entry(
                f"{len(parts)}项{parts[0].fact.role.value}合计",
                Role.OTHER,
                total,
                unit,
                f"{total:f}{unit}",
                (0, "", 0),
                "sum",
            )
        )
    return found
