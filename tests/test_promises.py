"""Last year's promises: kept or open as the figures tell, and what falls short two years running."""

from __future__ import annotations

from typing import Any

import pytest
from drafting_cases import Case, case_of, project, report, row

from assistant.domain.problem import CommitmentStatus
from assistant.domain.report import ReportKind


def two_years(before: dict[str, Any], now: dict[str, Any], **more: Any) -> Case:
    """One indicator row in both years."""
    last = report(project(before, spent=more.pop("spent_before", "100.00")), year=2023)
    return case_of(report(project(now, spent=more.pop("spent", "100.00")), last_year=last, **more))


BEFORE = row("活动场次", "≥6场", "4场", "90", measures="按月排定场次，逐场落实场地")


@pytest.mark.parametrize(
    ("actual", "status"), [("6场", CommitmentStatus.KEPT), ("5场", CommitmentStatus.OPEN)]
)
def test_a_promise_is_kept_when_this_year_s_target_is_met(actual: str, status: CommitmentStatus) -> None:
    found = two_years(BEFORE, row("活动场次", "≥6场", actual, "90")).diagnosis.commitments
    assert [(one.text, one.status) for one in found] == [("按月排定场次，逐场落实场地", status)]


def test_what_the_figures_do_not_tell_is_pending() -> None:
    case = two_years(BEFORE, row("观众人次", "≥900人", "930人", "90"))
    assert case.diagnosis.commitments[0].status is CommitmentStatus.UNKNOWN
    assert ("上年度问题整改情况", "上年度问题的整改落实情况") in [
        (one.place, one.what) for one in case.draft().pending
    ]


@pytest.mark.parametrize("kind", list(ReportKind))
def test_every_kind_of_report_tells_what_became_of_last_year_s_measures(kind: ReportKind) -> None:
    text = two_years(BEFORE, row("活动场次", "≥6场", "6场", "90"), kind=kind).draft().text
    assert "上年度问题整改情况" in text
    assert "按月排定场次，逐场落实场地" in text


def test_without_measures_last_year_there_is_no_such_section() -> None:
    before = {**BEFORE, "measures": ""}
    assert "整改情况" not in two_years(before, row("活动场次", "≥6场", "5场", "90")).draft().text


def test_a_row_that_falls_short_again_is_flagged_with_last_year_s_figure() -> None:
    """4场 in 2023 and 5场 in 2024, both below 6场."""
    text = two_years(BEFORE, row("活动场次", "≥6场", "5场", "90")).draft().text
    assert "上年实际完成4场（年度指标值≥6场），连续两年未达到年度指标值" in text


def test_a_row_that_was_met_last_year_is_not_called_repeated() -> None:
    before = row("活动场次", "≥6场", "6场", "90", measures="保持")
    assert "连续两年" not in two_years(before, row("活动场次", "≥6场", "5场", "90")).draft().text


@pytest.mark.parametrize(("spent_before", "said"), [("80.00", True), ("95.00", False)])
def test_slow_spending_two_years_running_is_flagged(spent_before: str, said: bool) -> None:
    now = row("活动场次", "≥6场", "6场", "90")
    case = two_years(BEFORE, now, spent="75.00", spent_before=spent_before)
    assert ("连续两年偏低" in case.draft().text) is said


def test_promises_of_a_confidential_sub_project_are_not_told() -> None:
    now = report(
        project(row("活动场次", "≥6场", "6场", "90")),
        project(row("雷达数", "≥6个", "5个", "90"), name="星海工程", confidential=True),
        last_year=report(
            project(row("雷达数", "≥6个", "4个", "90", measures="补采"), name="星海工程"), year=2023
        ),
    )
    assert case_of(now).diagnosis.commitments == ()
