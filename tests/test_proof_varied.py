"""The gate on paragraphs of other units and other reports, of all three kinds: how many it judges rightly."""

from __future__ import annotations

import tomllib
from functools import cache
from typing import NamedTuple

import pytest
from proof_cases import CASES

from assistant.domain.finding import Finding, Severity
from assistant.domain.report import Report
from assistant.pipeline import evaluate, prover_for
from assistant.proof.review import Prover
from assistant.scoring.rules import load_rules


class Judged(NamedTuple):
    """A paragraph with what it is and what the gate said of it: a red finding, and one at the false place."""

    text: str
    true: bool
    red: bool
    placed: bool


@cache
def gate_of(report: str) -> Prover:
    """The gate of a report beside the cases."""
    read = Report.model_validate_json((CASES / "reports" / f"{report}.json").read_text("utf-8"))
    return prover_for(evaluate(read, load_rules(read.rules)))


@cache
def judged() -> tuple[Judged, ...]:
    """Every paragraph of varied.toml with the gate's answer."""
    cases = tomllib.loads((CASES / "varied.toml").read_text("utf-8"))["case"]
    return tuple(judge(case) for case in cases)


def judge(case: dict[str, str]) -> Judged:
    text = case["text"]
    red = [f for f in gate_of(case["report"]).check(text) if f.severity is Severity.ERROR]
    at = text.find(case.get("span", ""))
    spans = (at, at + len(case.get("span", "")))
    return Judged(text, case["verdict"] == "true", bool(red), any(overlaps(f, spans) for f in red))


def overlaps(finding: Finding, span: tuple[int, int]) -> bool:
    return finding.start is not None and finding.start < span[1] and (finding.end or 0) > span[0]


@pytest.mark.parametrize(("least", "kind"), [(0.95, "precision"), (0.90, "recall")])
def test_paragraphs_of_other_units_are_judged_rightly(least: float, kind: str) -> None:
    """Hit is a false paragraph with a finding at its false place; a true paragraph with any finding counts against us."""
    hits = sum(one.placed for one in judged() if not one.true)
    alarms = sum(one.red for one in judged() if one.true)
    false = sum(not one.true for one in judged())
    share = hits / (hits + alarms) if kind == "precision" else hits / false
    assert share >= least, [one.text for one in judged() if one.true == (kind == "precision")][:3]


def test_both_kinds_of_paragraphs_are_many() -> None:
    assert min(sum(one.true for one in judged()), sum(not one.true for one in judged())) >= 150
