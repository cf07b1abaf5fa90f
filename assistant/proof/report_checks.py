"""Checks of the report itself (A and C rules on the form): pure functions in one register.

A check never repairs; it points at the row with the bound and what came. Rounded figures raise nothing:
sums and products are held against the intervals of their printed numbers (domain §5.0).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from assistant.domain.finding import Finding
from assistant.domain.report import Report
from assistant.domain.scorecard import Scorecard
from assistant.proof import form_checks as form
from assistant.proof import money_checks as money
from assistant.proof import quality_checks as quality
from assistant.proof import rate_checks as rate
from assistant.proof import reason_checks as reason
from assistant.proof import score_checks as score
from assistant.proof import target_checks as target
from assistant.proof import time_checks as time
from assistant.proof.form_rows import is_plan

Check = Callable[[Report, Scorecard], Iterable[Finding]]

#: Every check of a report, in the order A then C.
CHECKS: tuple[Check, ...] = (
    money.check_total_row,
    money.check_spending_has_a_budget,
    score.check_execution_row,
    score.check_weights_fill_the_card,
    score.check_stated_weights,
    score.check_score_within_weight,
    score.check_total_is_the_sum,
    score.check_score_follows_formula,
    score.check_tier_score,
    score.check_grade,
    money.check_line_item_product,
    money.check_line_items_sum,
    money.check_adjustments_sum,
    money.check_stated_totals,
    money.check_tasks_within_expenditure,
    rate.check_growth,
    money.check_spending_within_budget,
    money.check_stated_balance,
    rate.check_rates_around_the_whole,
    score.check_category_weights,
    time.check_year,
    money.check_money_unit,
    form.check_subordinate_units,
    form.check_required_cells,
    target.check_cycle_filled,
    form.check_placeholders,
    form.check_broken_phrases,
    quality.check_standard_dimensions,
    quality.check_dimension_suits_name,
    quality.check_unit_suits_dimension,
    target.check_targets_can_be_measured,
    quality.check_comparator,
    quality.check_one_measure,
    form.check_dimensions_present,
    target.check_annual_within_cycle,
    quality.check_percentages,
    time.check_milestones_cover_the_year,
    reason.check_reason_given,
    reason.check_reason_says_something,
    reason.check_reason_contradicts_score,
    reason.check_over_completion_reason,
    form.check_confidential_goal,
    target.check_same_targets,
    target.check_scoring_rule_in_target,
)


def check_report(report: Report, scorecard: Scorecard) -> list[Finding]:
    """Return what is wrong in the report's own data, in the order of the register.

    The doubts of scoring come first; a plan has no results yet, so that there is nothing to doubt in it.
    """
    found = [finding for check in CHECKS for finding in check(report, scorecard)]
    return found if is_plan(report) else [*scorecard.findings, *found]
