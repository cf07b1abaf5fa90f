"""The short form: 存在问题 and 改进措施 of at most 200 characters, whatever the report holds."""

from __future__ import annotations

import pytest
from drafting_cases import Case, case_of, project, report, row, sample
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.drafting.section_short import MOST

NAMES = st.text("甲乙丙丁戊己庚辛壬癸站线路户群众宣传培训", min_size=2, max_size=24)


def items(case: Case) -> str:
    """The lines of both sections without the two headings."""
    sections = [s for s in case.draft("short").sections if s.id in ("problems", "measures")]
    return "".join(p.text for s in sections for p in s.paragraphs[1:])


def of_rows(names: list[str], spent: str = "80.00") -> Case:
    rows = [
        row(name, "≥30次", f"{n + 3}次", "5", deviation_reason="道路中断") for n, name in enumerate(names)
    ]
    return case_of(report(project(*rows, spent=spent)))


def test_the_limit_is_that_of_the_form() -> None:
    """Sichuan's form: 不超过200字."""
    assert MOST == 200


@settings(max_examples=25, deadline=None)
@given(names=st.lists(NAMES, min_size=1, max_size=16, unique=True))
def test_it_is_longer_only_where_the_names_alone_do_not_fit(names: list[str]) -> None:
    """What is not named is not proven, so then every row is named."""
    text = items(of_rows(names))
    assert len(text) <= MOST or (sum(map(len, names)) > MOST // 2 and all(name in text for name in names))


@pytest.mark.parametrize("count", [1, 4, 9])
def test_every_lost_row_is_named_where_there_is_room(count: int) -> None:
    names = [f"{mark}片区巡查次数" for mark in "甲乙丙丁戊己庚辛壬"[:count]]
    text = items(of_rows(names))
    assert [name for name in names if name not in text] == []


def test_every_row_stays_covered_even_where_its_name_does_not_fit() -> None:
    names = [f"{mark}片区巡查{'及隐患排查整改' * 3}次数" for mark in "甲乙丙丁戊己庚辛壬癸"]
    draft = of_rows(names).draft("short")
    covered = {path for s in draft.sections if s.id == "problems" for p in s.paragraphs for path in p.rows}
    assert {f"projects[0].indicators[{n}]" for n in range(10)} <= covered


def test_every_short_problem_has_its_measure() -> None:
    sections = {s.id: s.paragraphs[1:] for s in sample().draft("short").sections}
    pairs = [[p.pair_id for p in sections[name]] for name in ("problems", "measures")]
    assert pairs[0] == pairs[1]
