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
from assistant.proof import score_checks as score

Check = Callable[[Report, Scorecard], Iterable[Finding]]

#: Every check of a report, in the order A then C.
CHECKS: tuple[Check, ...] = (
    money.check_execution_rate,
    score.check_weights_fill_the_card,
    score.check_score_within_weight,
    score.check_score_follows_formula,
    score.check_tier_score,
    score.check_grade_at_its_bound,
    money.check_line_item_product,
    money.check_line_items_sum,
    money.check_tasks_within_expenditure,
    money.check_adjustments_sum,
    money.check_overspending_has_carry_over,
    score.check_category_weights,
    form.check_required_cells,
    form.check_placeholders,
    form.check_standard_dimensions,
    quality.check_dimension_suits_name,
    quality.check_unit_suits_dimension,
    quality.check_comparator,
    quality.check_one_measure,
    form.check_dimensions_present,
    quality.check_annual_within_cycle,
    quality.check_percentages,
    score.check_reason_given,
    score.check_over_completion_reason,
    score.check_reason_contradicts_score,
    form.check_confidential_goal,
    form.check_same_targets,
    quality.check_scoring_rule_in_target,
)


def check_report(report: Report, scorecard: Scorecard) -> list[Finding]:
    """Return what is wrong in the report's own data, in the order of the register."""
    found = [finding for check in CHECKS for finding in check(report, scorecard)]
    return [*scorecard.findings, *found]
