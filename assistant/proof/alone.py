"""A text against itself (自证): contradictions that need no report.

One register of pure functions; each reads the text scanned once. Precision before reach: what could be
explained by words left out is not claimed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from assistant.domain.finding import Finding, Severity
from assistant.proof import (
    own_changes,
    own_counts,
    own_dates,
    own_directions,
    own_figures,
    own_names,
    own_ratios,
    own_sections,
    own_shares,
    own_sums,
    own_tables,
    own_witness,
    part_of_whole,
)
from assistant.proof.lists import check_lists
from assistant.proof.own_text import OwnText, read_own_text
from assistant.proof.placeholders import check_left_over
from assistant.proof.slips import check_slips

CHECKS: tuple[Callable[[OwnText], Iterable[Finding]], ...] = (
    own_ratios.check_execution_rates,
    own_ratios.check_named_rates,
    own_ratios.check_products,
    own_ratios.check_counts_add_up,
    own_ratios.check_score_within_weight,
    part_of_whole.check_parts,
    part_of_whole.check_growth,
    part_of_whole.check_overall_rate,
    own_tables.check_row_rates,
    own_tables.check_row_scores,
    own_tables.check_sums,
    own_tables.check_prose_against_rows,
    own_tables.check_all_done,
    own_figures.check_same_phrase,
    own_figures.check_same_thing,
    own_figures.check_scale_jumps,
    own_figures.check_needless_approximation,
    own_figures.check_rare_numbers,
    own_figures.check_unrelated_amounts,
    own_sections.check_grade,
    own_sections.check_pairs,
    own_sections.check_satisfaction_source,
    own_sections.check_kind_of_report,
    own_sections.check_relative_dates,
    own_sections.check_count_targets,
    own_sections.check_losses_said,
    own_sections.check_signature,
    own_shares.check_counted_rates,
    own_shares.check_shares_of_a_whole,
    own_shares.check_counts_with_parts,
    own_changes.check_growth,
    own_changes.check_against_target,
    own_changes.check_shortfall,
    own_changes.check_done_words,
    own_names.check_other_office,
    own_names.check_names_before_values,
    own_directions.check_against_row,
    own_counts.check_counted_twice,
    own_sums.check_added_budget,
    own_sums.check_parts_exceed,
    own_sums.check_price_first,
    own_sums.check_score_parts,
    own_directions.check_points_apart,
    own_directions.check_from_to,
    own_directions.check_named_target,
    own_directions.check_points,
    own_dates.check_spans,
    own_dates.check_survey_year,
    own_dates.check_signed_after,
    own_witness.check_score_columns,
    own_witness.check_named_rows,
    own_witness.check_row_amounts,
    own_witness.check_total_of_table,
    own_witness.check_indicator_names,
    own_witness.check_unit_slips,
    own_witness.check_year_of_title,
)


def check_alone(text: str) -> list[Finding]:
    """Return what contradicts itself in a text, in order of place."""
    own = read_own_text(text)
    found = [finding for check in CHECKS for finding in check(own)]
    found += [*check_left_over(text), *check_lists(text)]
    found += [slip for slip in check_slips(own) if not _is_explained(text, slip, found)]
    unique = {(item.rule, item.start, item.end): item for item in found}
    return sorted(unique.values(), key=lambda item: (item.start or 0, item.end or 0, item.rule))


def _is_explained(text: str, slip: Finding, found: list[Finding]) -> bool:
    """Whether a fault of the same sentence is said already: one fault is one remark."""
    start = text.rfind("。", 0, slip.start or 0)
    end = text.find("。", slip.end or 0)
    end = end if end >= 0 else len(text)
    return any(
        item.start is not None and item.rule[0] in "AB" and start <= item.start < end
        for item in found
        if item.severity is not Severity.INFO
    )
