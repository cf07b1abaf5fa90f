"""Selfcheck (自检): runs the relations on the user's own report and makes a certificate of them."""

from __future__ import annotations

import hashlib
from typing import Any

from assistant.domain.base import Frozen, Number
from assistant.domain.report import Report
from assistant.scoring.cards import score_report
from assistant.scoring.pack import Rules
from assistant.scoring.relations import RELATIONS, Relation, Scorer


class Verdict(Frozen):
    """What came of one relation: `held` is None where it does not apply to this report."""

    id: str
    title: str
    held: bool | None
    violations: tuple[str, ...] = ()

    @property
    def label(self) -> str:
        """The word people read."""
        return {True: "成立", False: "不成立", None: "不适用"}[self.held]


class Certificate(Frozen):
    """The certificate (自检证书): which report (sha256 of its JSON) under which pack, and each verdict."""

    report: str
    unit_name: str
    year: int | None
    rules: str
    total_score: Number
    passed: bool
    verdicts: tuple[Verdict, ...]


def selfcheck(report: Report, rules: Rules, scorer: Scorer = score_report) -> Certificate:
    """Return the certificate of a report; `scorer` is the engine under test."""
    verdicts = tuple(_verdict(relation, report, rules, scorer) for relation in RELATIONS)
    return Certificate(
        report=hashlib.sha256(report.model_dump_json().encode()).hexdigest(),
        unit_name=report.unit_name,
        year=report.year,
        rules=rules.name,
        total_score=scorer(report, rules).total_score,
        passed=all(verdict.held is not False for verdict in verdicts),
        verdicts=verdicts,
    )


def _verdict(relation: Relation, report: Report, rules: Rules, scorer: Scorer) -> Verdict:
    """Return what came of one relation."""
    violations = relation.judge(report, rules, scorer)
    if violations is None:
        return Verdict(id=relation.id, title=relation.title, held=None)
    return Verdict(id=relation.id, title=relation.title, held=not violations, violations=tuple(violations))


def certificate_json(certificate: Certificate) -> dict[str, Any]:
    """Return the certificate as JSON; the total as a string with two decimals."""
    return {**certificate.model_dump(mode="json"), "total_score": f"{certificate.total_score:.2f}"}
