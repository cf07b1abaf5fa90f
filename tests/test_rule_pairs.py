"""Every A and C rule of the register has one case that fires and one near miss that does not."""

from __future__ import annotations

import copy
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from proof_cases import prover, scored

from assistant.domain.register import registered
from assistant.domain.report import Report
from assistant.intake.reading import read_report
from assistant.pipeline import evaluate, rules_for
from assistant.proof.report_checks import check_report
from assistant.proof.review import check_alone

TABLE = tomllib.loads((Path(__file__).parent / "cases" / "rules.toml").read_text("utf-8"))
CASES = TABLE["case"]


def changed(changes: Mapping[str, Any]) -> Report:
    """The base report with values put at dotted paths."""
    data = copy.deepcopy(TABLE["base"])
    for path, value in changes.items():
        place, *rest = path.split(".")
        holder: Any = data
        while rest:
            holder, place, rest = holder[int(place) if place.isdigit() else place], rest[0], rest[1:]
        holder[int(place) if place.isdigit() else place] = value if value != "" or place != "tier" else None
    return Report.model_validate(data)


def of_form(text: str, folder: Path) -> set[str]:
    """The rules that fire on a form in tab-separated text."""
    path = folder / "form.txt"
    path.write_text(text, "utf-8")
    read = read_report(path)
    return {
        one.rule for one in evaluate(read.report, rules_for(read.report, "", None), read.findings).findings
    }


def fired(case: dict[str, Any], change: Any, folder: Path) -> set[str]:
    """The rules that fire on one side of a pair."""
    if case["kind"] == "report":
        report = changed(change)
        return {one.rule for one in check_report(report, scored(report))}
    if case["kind"] == "text":
        return {one.rule for one in check_alone(change)}
    if case["kind"] == "document":
        return {one.rule for one in prover(changed({})).check(change)}
    text = TABLE["forms"][case.get("form", "project")]
    for old, new in change:
        assert text.count(old) >= 1, old
        text = text.replace(old, new)
    return of_form(text, folder)


@pytest.mark.parametrize("case", CASES, ids=[case["rule"] for case in CASES])
def test_a_rule_fires_on_its_case_and_not_on_its_near_miss(case: dict[str, Any], tmp_path: Path) -> None:
    """The claim of the pair stands in rules.toml."""
    assert case["rule"] in fired(case, case["fires"], tmp_path)
    assert case["rule"] not in fired(case, case["near"], tmp_path)


def test_every_rule_on_forms_has_exactly_one_pair() -> None:
    """A rule that comes into the register without a pair fails here."""
    assert sorted(case["rule"] for case in CASES) == sorted(rule for rule in registered() if rule[0] in "AC")


def test_the_base_report_raises_nothing() -> None:
    """What the pairs change is in order."""
    assert check_report(changed({}), scored(changed({}))) == []


@pytest.mark.parametrize("name", list(TABLE["forms"]))
def test_the_base_forms_raise_no_rule_of_the_table(name: str, tmp_path: Path) -> None:
    """Each form says all of it right; a plan of outputs only lacks 效益 and 满意度 (C12)."""
    assert {rule for rule in of_form(TABLE["forms"][name], tmp_path) if rule[0] in "AC"} <= {"C12"}
