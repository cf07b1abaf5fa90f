"""The ledger made ready for proof: facts by subject and attribute, the names that a text may use for them.

Adds the values that follow from several facts at once (sum of the indicator scores, growth in percent,
counts by dimension). Knows nothing of texts.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal

from assistant.domain.facts import Fact, Facts, Origin, Role
from assistant.domain.figures import round_half_up
from assistant.domain.report import Report
from assistant.domain.scorecard import Scorecard
from assistant.proof.naming import WHOLE_REPORT, Renumbering, Subject, names_of, renumbering

_ID = re.compile(
    r"(?P<last>ly\.)?(?:all|p(?P<project>\d+)|o(?P<other>\d+))(?:\.(?P<kind>[isclo])(?P<number>\d+))?(?:\.(?P<attribute>[a-z_.]+))?"
)


__all__ = ["WHOLE_REPORT", "Entry", "Ledger", "Subject", "build_ledger"]


@dataclass(frozen=True, slots=True)
class Entry:
    """A fact with its subject and attribute."""

    fact: Fact
    subject: Subject
    attribute: str
    last_year: bool = False


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
    entries = [entry for fact in facts.items if (entry := _entry(fact, renumbered)) is not None]
    entries += _full_execution(report)
    entries += _indicator_sums(scorecard) + _counts(report, scorecard)
    index: dict[tuple[bool, Subject], list[Entry]] = defaultdict(list)
    for entry in entries:
        index[entry.last_year, entry.subject].append(entry)
    frozen = {key: tuple(found) for key, found in index.items()}
    return Ledger(entries=tuple(entries), index=frozen, names=_names(report, entries, gone))


def _entry(fact: Fact, renumbered: Renumbering) -> Entry | None:
    match = _ID.fullmatch(fact.id)
    if match is None:
        return None
    project, attribute = int(match["project"] or 0), match["attribute"] or "value"
    subject: Subject = (project, match["kind"] or "", int(match["number"] or 0))
    if match["other"]:
        subject, attribute = (0, "o", int(match["other"])), "value"
    elif attribute.startswith("exec_"):
        subject = (project, "x", 0)
    last = bool(match["last"])
    return Entry(fact, renumbered.of(subject) if last else subject, attribute, last)


def _computed(
    name: str, label: str, role: Role, value: Decimal, unit: str, shown: str, subject: Subject, attribute: str
) -> Entry:
    fact = Fact(id=name, role=role, label=label, value=value, unit=unit, shown=shown, origin=Origin.COMPUTED)
    return Entry(fact, subject, attribute)


def _full_execution(report: Report) -> list[Entry]:
    """The target of 预算执行 as a row of the form: 100 %."""
    hundred = Decimal(100)
    return [
        _computed(
            "computed.goal", "预算执行率的目标", Role.TARGET, hundred, "%", "100%", (project, "x", 0), "goal"
        )
        for project in range(len(report.projects) + 1)
    ]


def _indicator_sums(scorecard: Scorecard) -> list[Entry]:
    """Σ weight, score and lost points over the indicators, for the whole and each sub-project."""
    groups = [(0, scorecard.rows), *((index, card.rows) for index, card in enumerate(scorecard.projects, 1))]
    found: list[Entry] = []
    for project, rows in groups:
        weight, score = (
            sum((row.weight for row in rows), Decimal(0)),
            sum((row.score for row in rows), Decimal(0)),
        )
        for attribute, role, value in (
            ("weight", Role.WEIGHT, weight),
            ("score", Role.SCORE, score),
            ("lost", Role.LOST, weight - score),
        ):
            shown = f"{value:f}分" if attribute == "weight" else f"{round_half_up(value):f}分"
            found.append(
                _computed(
                    f"computed.p{project}.{attribute}",
                    f"指标{role.value}合计",
                    role,
                    value,
                    "分",
                    shown,
                    (project, "g", 0),
                    attribute,
                )
            )
    return found


def _counts(report: Report, scorecard: Scorecard) -> list[Entry]:
    """How many indicators of each category and dimension there are, how many lost points or none."""
    groups = [(0, [i for project in report.projects for i in project.indicators], scorecard.rows)]
    groups += [
        (n, list(project.indicators), card.rows)
        for n, (project, card) in enumerate(zip(report.projects, scorecard.projects, strict=False), 1)
    ]
    found: list[Entry] = []
    for project, indicators, rows in groups:
        counts = Counter(
            word
            for indicator in indicators
            for word in dict.fromkeys((indicator.category, indicator.dimension))
            if word
        )
        counts["dims"], counts["cats"] = (
            len({i.dimension for i in indicators}),
            len({i.category for i in indicators}),
        )
        counts["lost_rows"], counts["full_rows"] = (
            sum(row.lost > 0 for row in rows),
            sum(row.lost <= 0 for row in rows),
        )
        for name, count in counts.items():
            found.append(
                _computed(
                    f"computed.p{project}.{name}",
                    f"{name}数",
                    Role.COUNT,
                    Decimal(count),
                    "项",
                    f"{count}项",
                    (project, "", 0),
                    f"count.{name}",
                )
            )
    return found


def _names(
    report: Report, entries: Iterable[Entry], gone: Iterable[tuple[str, Subject]]
) -> dict[str, tuple[Subject, ...]]:
    names: dict[str, list[Subject]] = defaultdict(list)
    categories = ((entry.fact.subject, entry.subject) for entry in entries if entry.subject[1] == "c")
    for name, subject in (*names_of(report), *categories, *gone):
        if len(name) >= 2 and subject not in names[name]:
            names[name].append(subject)
    return {name: tuple(subjects) for name, subjects in names.items() if subjects}
