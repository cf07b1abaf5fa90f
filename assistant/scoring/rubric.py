"""Rows of a 部门整体 rubric that lose points for each 百分点 beyond a limit (§1.6)."""

from __future__ import annotations

from decimal import Decimal

from assistant.domain.figures import round_half_up, trimmed
from assistant.domain.indicator import TargetKind
from assistant.domain.targets import read_actual
from assistant.scoring import formulas
from assistant.scoring.judgement import Assessment, Case
from assistant.scoring.pack import Penalty


def assess_by_points(case: Case, penalty: Penalty) -> Assessment | None:
    """Return the assessment of a row by its 按百分点扣分; None where no percentage was filled in."""
    actual = read_actual(case.indicator.actual)
    if actual is None or actual.unit not in ("%", ""):
        return None
    limit = _limit(case, penalty)
    exact = formulas.by_points(limit, actual.value, case.weight, penalty)
    score = round_half_up(exact)
    return Assessment(
        formula_score=score,
        exact_score=exact,
        met=actual.value <= limit,
        actual=actual,
        basis=_basis(case, limit, actual.value, score, penalty),
        clause=penalty.clause,
    )


def _limit(case: Case, penalty: Penalty) -> Decimal:
    """Return the limit the form states (≤98%), else the one of the pack."""
    target = case.target
    stated = target.kind is TargetKind.NUMBER and target.reverse and target.unit == "%"
    return target.bound if stated and target.bound is not None else penalty.limit


def _basis(case: Case, limit: Decimal, actual: Decimal, score: Decimal, penalty: Penalty) -> str:
    """Return how the score came about, in Chinese."""
    lead = f"限值{trimmed(limit):f}%，实际{case.indicator.actual.strip()}"
    if actual <= limit:
        return f"{lead}，未超过限值得满分{trimmed(case.weight):f}分"
    step = trimmed(penalty.share_per_point * case.weight)
    return f"{lead}，超出{trimmed(actual - limit):f}个百分点，每个百分点扣{step:f}分，得{score:f}分"
