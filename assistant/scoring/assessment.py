"""What one indicator is worth by formula (公式得分), by the kind of its target.

None of the assessors looks at the score that was filled in. Knows one row at a time.
"""

from __future__ import annotations

from collections.abc import Callable

from assistant.domain.indicator import TargetKind
from assistant.scoring.judgement import Assessment, Case
from assistant.scoring.qualitative import assess_composite, assess_date, assess_steps, assess_words
from assistant.scoring.quantitative import assess_number, assess_range
from assistant.scoring.rubric import assess_by_points

_NOT_APPLICABLE = {"不适用", "无需评价", "不涉及", "N/A"}


def assess(case: Case) -> Assessment:
    """Return what the formulas of the pack say of a row; a row that cannot be scored says why."""
    if _not_applicable(case):
        return Assessment(
            met=True, not_applicable=True, basis="不适用，不计分", clause=case.rules.not_applicable.clause
        )
    penalty = case.rules.penalty_of(case.indicator.name)
    judged = assess_by_points(case, penalty) if penalty is not None else None
    return judged or _ASSESSORS[case.target.kind](case)


def _not_applicable(case: Case) -> bool:
    """Return whether the row is left out (不适用): said so, or confidential and without a judgement."""
    indicator = case.indicator
    if indicator.actual.strip() in _NOT_APPLICABLE:
        return True
    return case.target.kind is TargetKind.CONFIDENTIAL and indicator.tier is None and indicator.score is None


_ASSESSORS: dict[TargetKind, Callable[[Case], Assessment]] = {
    TargetKind.NUMBER: assess_number,
    TargetKind.RANGE: assess_range,
    TargetKind.QUALITATIVE: assess_words,
    TargetKind.DATE: assess_date,
    TargetKind.STEP: assess_steps,
    TargetKind.COMPOSITE: assess_composite,
    TargetKind.CONFIDENTIAL: assess_words,
    TargetKind.EMPTY: assess_words,
}
