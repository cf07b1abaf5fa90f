"""The gate on words beside numbers: completeness, dates, causes, names, in paragraphs of other units."""

from __future__ import annotations

import tomllib

import pytest
from proof_cases import CASES
from test_proof_varied import gate_of

from assistant.domain.finding import Severity


def cases(verdict: str) -> list[tuple[str, str]]:
    read = tomllib.loads((CASES / "words.toml").read_text("utf-8"))["case"]
    return [(case["report"], case["text"]) for case in read if case["verdict"] == verdict]


def alarms(report: str, text: str) -> list[str]:
    return [f.message for f in gate_of(report).check(text) if f.severity is Severity.ERROR]


@pytest.mark.parametrize(("report", "text"), cases("true"))
def test_a_true_word_raises_no_error(report: str, text: str) -> None:
    """Counted by hand against the table of the report."""
    assert alarms(report, text) == []


@pytest.mark.parametrize(("report", "text"), cases("false"))
def test_a_false_word_is_found(report: str, text: str) -> None:
    """One word of each paragraph contradicts the table or the texts of the report."""
    assert alarms(report, text)
