"""The ledger made ready for proof: facts by subject and attribute, the names that a text may use for them.

Knows nothing of texts.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from assistant.domain.facts import Fact, Facts
from assistant.domain.report import Report
from assistant.domain.scorecard import Scorecard
from assistant.proof.derived import derived
from assistant.proof.entries import Entry
from assistant.proof.naming import WHOLE_REPORT, Renumbering, Subject, names_of, renumbering
from assistant.proof.pools import pools
from assistant.proof.subordinate import names_of_units

_ID = re.compile(
    r"(?P<last>ly\.)?(?:all|p(?P<project>\d+)|o(?P<other>\d+))(?:\.(?P<kind>[isclo])(?P<number>\d+))?(?:\.(?P<attribute>[a-z_.]+))?"
)


__all__ = ["WHOLE_REPORT", "Entry", "Ledger", "Subject", "build_ledger"]


@dataclass(frozen=True)
class Ledger:
    """Facts by (last year?, subject, attribute)."""

    entries: tuple[Entry, ...]
    index: dict[tuple[bool, Subject], tuple[Entry, ...]] = field(repr=False)
    names: dict[str, tuple[Subject, ...]] = field(repr=False)

    def of(self, subject: Subject, attributes: Iterable[str], last_year: bool = False) -> list[Entry]:
        """Return the entries of a subject that have one of the attributes."""
        wanted = frozenset(attributes)
        return [entry for entry in self.index.get((last_year, subject), ()) if entry.attribute in wanted]


def build_ledger(report: Report, scorecard: Scorecard, facts: Facts) -> Ledger:
    """Return the ledger of a report with everything that follows from it."""
    renumbered, gone = renumbering(report)
    entries = [
        entry for fact in facts.items if (entry := _entry(fact, renumbered, report.year or 0)) is not None
    ]
    entries = _as_now(entries)
    entries += derived(report, scorecard)
    index: dict[tuple[bool, Subject], list[Entry]] = defaultdict(list)
    for entry in entries:
        index[entry.last_year, entry.subject].append(entry)
    frozen = {key: tuple(found) for key, found in index.items()}
    return Ledger(entries=tuple(entries), index=frozen, names=_names(report, entries, gone))


def _as_now(entries: Sequence[Entry]) -> list[Entry]:
    """Return the entries, last year's further figures as those of what has the same name this year."""
    now: dict[str, Entry] = {}
    for one in entries:
        if not one.last_year and one.attribute in ("value", "actual") and one.subject[1] in ("o", "i"):
            now.setdefault(one.fact.subject, one)
    known = {one.subject for one in entries if one.last_year}
    return [
        replace(one, subject=same.subject, attribute=same.attribute)
        if one.last_year
        and one.subject[1] == "o"
        and (same := now.get(one.fact.subject)) is not None
        and same.subject not in known
        else one
        for one in entries
    ]


def _entry(fact: Fact, renumbered: Renumbering, year: int) -> Entry | None:
    match = _ID.fullmatch(fact.id)
    if match is None:
        return None
    project, attribute = int(match["project"] or 0), match["attribute"] or "value"
    subject: Subject = (project, match["kind"] or "", int(match["number"] or 0))
    last = bool(match["last"])
    if match["other"]:
        subject, attribute = (0, "o", int(match["other"])), "value"
        last = last or (fact.year is not None and fact.year == year - 1)
    elif attribute.startswith("exec_"):
        subject = (project, "x", 0)
    return Entry(fact, renumbered.of(subject) if match["last"] else subject, attribute, last)


def _names(
    report: Report, entries: Iterable[Entry], gone: Iterable[tuple[str, Subject]]
) -> dict[str, tuple[Subject, ...]]:
    names: dict[str, list[Subject]] = defaultdict(list)
    categories = ((entry.fact.subject, entry.subject) for entry in entries if entry.subject[1] == "c")
    pooled = ((name, subject) for name, subject, _ in pools(report) if subject[1] != "p")
    for name, subject in (*pooled, *names_of(report), *names_of_units(report.units), *categories, *gone):
        if len(name) >= 2 and subject not in names[name]:
            names[name].append(subject)
    return {name: tuple(subjects) for name, subjects in names.items() if subjects}
