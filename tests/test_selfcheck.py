"""Selfcheck: holds on real and random reports, and each relation catches a bug that was planted for it."""

from __future__ import annotations

import json
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import pytest
from scoring_cases import report_of, rules_of
from second_engine import random_case

from assistant.domain.indicator import Indicator
from assistant.domain.report import Funding, Project, Report
from assistant.domain.scorecard import Row, Scorecard
from assistant.scoring.cards import score_report
from assistant.scoring.relations import RELATIONS, Scorer
from assistant.scoring.rules import Rules, load_rules
from assistant.scoring.selfcheck import selfcheck

SEED0 = Path(__file__).parent / "cases" / "seed0.json"


def two_rows(name: str, budget: str) -> Project:
    """A sub-project that lost points in a ≥ and in a ≤ row, and spent 80% of its money."""
    rows = (("≥1000篇", "892篇"), ("≤90万元", "95万元"), ("≥10场", "11场"))
    return Project(
        name=name,
        implementing_unit="云溪市政协",
        funding=(
            Funding(initial_budget=budget, annual_budget=budget, expenditure=f"{Decimal(budget) * 8 / 10:f}"),
        ),
        indicators=tuple(
            Indicator(category="产出指标", name=f"指标{n}", annual_target=target, actual=actual, weight="30")
            for n, (target, actual) in enumerate(rows)
        ),
    )


REPORT = Report(unit_name="云溪市政协", year=2024, projects=(two_rows("甲", "300"), two_rows("乙", "100")))


def verdicts(report: Report, scorer: Scorer = score_report) -> dict[str, bool | None]:
    return {verdict.id: verdict.held for verdict in selfcheck(report, load_rules(), scorer).verdicts}


def test_every_relation_holds_on_a_report_they_all_apply_to() -> None:
    """Eight relations, none of them empty."""
    assert verdicts(REPORT) == {relation.id: True for relation in RELATIONS}


def test_every_relation_holds_on_a_published_report() -> None:
    """The figures of 广州市政协 2021."""
    report = Report.model_validate(json.loads(SEED0.read_text("utf-8")))
    assert selfcheck(report, load_rules()).passed


@pytest.mark.parametrize("seed", range(60))
def test_every_relation_holds_on_random_reports_under_every_pack(seed: int) -> None:
    """No false alarm: the engine keeps its relations."""
    case = random_case(seed)
    certificate = selfcheck(report_of(case), rules_of(case))
    assert [verdict for verdict in certificate.verdicts if verdict.held is False] == []


Change = Callable[[Report, Scorecard], Scorecard]


def broken(change: Change) -> Scorer:
    """The engine with a bug behind it."""

    def scorer(report: Report, rules: Rules) -> Scorecard:
        return change(report, score_report(report, rules))

    return scorer


def with_total(card: Scorecard, total: Decimal) -> Scorecard:
    return card.model_copy(update={"total_score": total})


def with_rows(card: Scorecard, change: Callable[[int, Row], Row]) -> Scorecard:
    """The card with every row changed by its place in its sub-project."""
    projects = tuple(
        project.model_copy(update={"rows": tuple(change(n, row) for n, row in enumerate(project.rows))})
        for project in card.projects
    )
    return card.model_copy(update={"projects": projects})


def full(row: Row) -> Row:
    return row.model_copy(update={"score": row.weight})


def bonus_for_large_sums(report: Report, card: Scorecard) -> Scorecard:
    """M1: a score that looks at the size of the money."""
    return with_total(card, card.total_score - (1 if report.total("annual_budget") > 10_000 else 0))


def first_row_counts_half(report: Report, card: Scorecard) -> Scorecard:
    """M2: a score that depends on the place in the table."""
    return with_rows(card, lambda n, row: row.model_copy(update={"score": row.score / 2}) if n == 0 else row)


def mean_over_all_projects(report: Report, card: Scorecard) -> Scorecard:
    """M3: an empty sub-project enters the mean."""
    totals = [project.total_score if project.rows else Decimal(0) for project in card.projects]
    return with_total(card, sum(totals, Decimal(0)) / len(totals))


def rate_by_difference(report: Report, card: Scorecard) -> Scorecard:
    """M4: points by the amount that is left over, not by the rate."""
    left = report.total("annual_budget") - report.total("expenditure")
    return card.model_copy(
        update={"execution": card.execution.model_copy(update={"score": max(10 - left / 100, Decimal(0))})}
    )


def favours_a_unit(report: Report, card: Scorecard) -> Scorecard:
    """M5: a score that knows the name of the unit."""
    return with_total(card, card.total_score + (1 if report.unit_name == "云溪市政协" else 0))


def all_rows_forward(report: Report, card: Scorecard) -> Scorecard:
    """M6: every row scored as ≥, reverse ones too (the mistake of a neighbouring tool)."""

    def forward(n: int, row: Row) -> Row:
        bound, actual = row.target.bound, row.actual
        return full(row) if bound and actual and actual.value >= bound else row

    return with_rows(card, forward)


def met_rows_lose_a_cent(report: Report, card: Scorecard) -> Scorecard:
    """M7: full marks are never given."""
    return with_rows(
        card, lambda n, row: row.model_copy(update={"score": row.score - Decimal("0.01")}) if row.met else row
    )


def a_step_is_missing(report: Report, card: Scorecard) -> Scorecard:
    """M8: the waterfall forgets a loss."""
    return card.model_copy(update={"waterfall": card.waterfall[1:]})


BUGS = {
    "M1": bonus_for_large_sums,
    "M2": first_row_counts_half,
    "M3": mean_over_all_projects,
    "M4": rate_by_difference,
    "M5": favours_a_unit,
    "M6": all_rows_forward,
    "M7": met_rows_lose_a_cent,
    "M8": a_step_is_missing,
}


def test_every_relation_has_a_planted_bug() -> None:
    """No relation goes untested."""
    assert set(BUGS) == {relation.id for relation in RELATIONS}


@pytest.mark.parametrize("relation", BUGS)
def test_a_planted_bug_violates_its_relation(relation: str) -> None:
    """The certificate of a broken engine is refused and names the relation."""
    certificate = selfcheck(REPORT, load_rules(), broken(BUGS[relation]))
    failed = {verdict.id: verdict for verdict in certificate.verdicts if verdict.held is False}
    assert not certificate.passed
    assert failed[relation].violations


def test_the_certificate_is_of_this_report() -> None:
    """Another figure is another fingerprint."""
    other = REPORT.model_copy(update={"year": 2023})
    prints = {selfcheck(report, load_rules()).report for report in (REPORT, other)}
    assert len(prints) == 2


def test_what_does_not_apply_is_said() -> None:
    """A report without money and rows has little to check, and nothing is made up."""
    assert verdicts(Report(projects=(Project(name="甲"),)))["M6"] is None
