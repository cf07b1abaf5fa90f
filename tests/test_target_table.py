"""Every target string of the two published plans, and forty rewritten ones, against a table made by hand."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path

import pytest

from assistant.domain.indicator import Indicator, Target
from assistant.domain.targets import read_target
from assistant.intake.reading import read_report
from assistant.pipeline import Evaluation, evaluate, rules_for

TABLE = tomllib.loads((Path(__file__).parent / "cases" / "targets.toml").read_text("utf-8"))
PUBLISHED = [(3, *row) for row in TABLE["seed_3"]] + [(4, *row) for row in TABLE["seed_4"]]


@cache
def evaluated(path: Path) -> Evaluation:
    read = read_report(path)
    return evaluate(read.report, rules_for(read.report, "", None), read.findings)


def rows_of(path: Path) -> list[tuple[str, Indicator]]:
    return [
        (f"projects[{p}].indicators[{n}]", row)
        for p, project in enumerate(evaluated(path).report.projects)
        for n, row in enumerate(project.indicators)
    ]


def shown(target: Target) -> list[object]:
    return [
        target.kind.value,
        target.comparator.value if target.comparator else "",
        "" if target.low is None else f"{target.low:f}",
        "" if target.high is None else f"{target.high:f}",
        target.unit,
        target.assumed,
        target.approximate,
    ]


def parsed(row: Indicator) -> Target:
    return read_target(row.annual_target, category=row.category, dimension=row.dimension, name=row.name)


@pytest.mark.parametrize("case", PUBLISHED, ids=[f"{case[0]}-{case[1]}" for case in PUBLISHED])
def test_a_published_target_is_read_as_a_person_reads_it(seeds: Path, case: tuple[object, ...]) -> None:
    """Kind, comparator, bounds, unit, and whether the operator was supposed; the raw text is kept."""
    path = next(seeds.glob(f"{case[0]:03}*"))
    _, row = rows_of(path)[int(str(case[1])) - 1]
    target = parsed(row)
    assert shown(target) == list(case[2:])
    assert target.raw == row.annual_target


@pytest.mark.parametrize("number", [3, 4])
def test_the_table_has_every_indicator_of_the_plan(seeds: Path, number: int) -> None:
    """14 and 68: none is left out."""
    assert len(rows_of(next(seeds.glob(f"{number:03}*")))) == len(TABLE[f"seed_{number}"])


@pytest.mark.parametrize("number", [3, 4])
def test_every_supposed_operator_is_a_finding(seeds: Path, number: int) -> None:
    """C10 names the row of each bare number; none where the operator is written."""
    path = next(seeds.glob(f"{number:03}*"))
    supposed = {place for place, row in rows_of(path) if parsed(row).assumed}
    said = {found.place for found in evaluated(path).findings if found.rule == "C10"}
    assert {place for place in said if "indicators" in place} == supposed


@pytest.mark.parametrize("case", TABLE["rewritten"], ids=[case[0] for case in TABLE["rewritten"]])
def test_a_rewritten_target_is_read_by_the_same_grammar(case: list[object]) -> None:
    """Runs everywhere, without the published files."""
    text, dimension, name = (str(part) for part in case[:3])
    assert shown(read_target(text, dimension=dimension, name=name)) == case[3:]


def test_there_are_forty_rewritten_strings() -> None:
    assert len(TABLE["rewritten"]) >= 40
