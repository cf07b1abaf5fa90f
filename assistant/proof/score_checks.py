"""Checks of weights, scores and reasons of a report (A04, A06, A08, A09, A10, A20, C16, C17)."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from assistant.domain.figures import round_half_up
from assistant.domain.finding import Finding, Severity
from assistant.domain.indicator import Category, Indicator, Tier
from assistant.domain.register import finding
from assistant.domain.report import Report, indicator_path, project_path
from assistant.domain.scorecard import ProjectScore, Row, Scorecard
from assistant.proof.limits import limits

_FULL = Decimal(100)
_SLACK = Decimal("0.005")
_CENT = Decimal("0.01")
_HALF = Decimal("0.5")
_EMPTY_REASONS = ("", "无", "—", "-", "/", "不适用")


def named_rows(report: Report, scorecard: Scorecard) -> Iterator[tuple[str, Indicator, Row]]:
    """Yield (name for messages, indicator, row) of every indicator."""
    rows = {row.path: row for row in scorecard.rows}
    for index, project in enumerate(report.projects):
        for number, indicator in enumerate(project.indicators):
            row = rows.get(indicator_path(index, number))
            if row is not None:
                yield f"“{project.name}”的指标“{indicator.name}”", indicator, row


def check_weights_fill_the_card(report: Report, scorecard: Scorecard) -> Iterator[Finding]:
    """A04: weights of the indicators + weight of 预算执行 = 100, a card at a time."""
    if scorecard.rollup == "budget_weighted":
        cards = [
            (f"“{card.name}”", project_path(index), card.execution.weight, card)
            for index, card in enumerate(scorecard.projects)
        ]
        for name, place, execution, card in cards:
            yield from _weights(name, place, [row.weight for row in card.rows], execution)
    else:
        yield from _weights("本报告", "", [row.weight for row in scorecard.rows], scorecard.execution.weight)


def _weights(name: str, place: str, weights: list[Decimal], execution: Decimal) -> Iterator[Finding]:
    total = sum(weights, execution)
    if weights and abs(total - _FULL) > _CENT:
        yield finding(
            "A04",
            f"{name}：各指标分值合计{total - execution:f}分，加预算执行{execution:f}分为{total:f}分，应为100分",
            remedy="请调整分值，使合计为100分",
            observed=f"{total:f}",
            expected="100",
            place=place,
        )


def check_score_within_weight(report: Report, scorecard: Scorecard) -> Iterator[Finding]:
    """A06: 0 ≤ score ≤ weight, weight > 0."""
    for name, indicator, row in named_rows(report, scorecard):
        if indicator.weight is not None and indicator.weight <= 0:
            yield finding(
                "A06",
                f"{name}：分值应大于0，现为{indicator.weight:f}",
                remedy="请填写分值",
                observed=f"{indicator.weight:f}",
                expected="大于0",
                place=row.path,
            )
        score = indicator.score
        if (
            score is not None
            and indicator.weight is not None
            and not -_SLACK < score < indicator.weight + _SLACK
        ):
            yield finding(
                "A06",
                f"{name}：得分应在0至{indicator.weight:f}之间，现为{score:f}",
                remedy="请更正得分",
                observed=f"{score:f}",
                expected=f"0至{indicator.weight:f}",
                place=row.path,
            )


def check_score_follows_formula(report: Report, scorecard: Scorecard) -> Iterator[Finding]:
    """A08: a quantitative score given equals the formula within 0.01; a whole number near it is a warning."""
    for name, indicator, row in named_rows(report, scorecard):
        if indicator.score is None or row.formula_score is None or indicator.tier is not None:
            continue
        gap = abs(indicator.score - row.formula_score)
        if gap > _CENT:
            whole = indicator.score == indicator.score.to_integral_value() and gap <= _HALF
            yield finding(
                "A08",
                f"{name}：填报得分{indicator.score:f}分，按公式应为{row.formula_score:f}分",
                remedy="请更正得分，或说明扣分、加分的依据",
                severity=Severity.WARNING if whole else None,
                observed=f"{indicator.score:f}",
                expected=f"{row.formula_score:f}",
                place=row.path,
            )


def check_tier_score(report: Report, scorecard: Scorecard) -> Iterator[Finding]:
    """A09: a qualitative score lies in the interval of its tier (A [80,100], B [60,80), C [0,60) % of the weight)."""
    for name, indicator, row in named_rows(report, scorecard):
        if indicator.tier is None or indicator.score is None or not indicator.weight:
            continue
        low, high = (round_half_up(share * indicator.weight) for share in limits().tiers[indicator.tier])
        inside = low <= indicator.score <= high if indicator.tier is Tier.A else low <= indicator.score < high
        if not inside:
            yield finding(
                "A09",
                f"{name}：{indicator.tier.value}档得分应在{low:f}至{high:f}分之间，现为{indicator.score:f}分",
                remedy="请更正档次或得分",
                observed=f"{indicator.score:f}",
                expected=f"{low:f}至{high:f}",
                place=row.path,
            )


def check_grade_at_its_bound(report: Report, scorecard: Scorecard) -> Iterator[Finding]:
    """A10, G13: the grade that the exact total would have differs from that of the displayed one."""
    bounds = {Decimal(90), Decimal(80), Decimal(60)}
    cards: list[ProjectScore | Scorecard] = (
        [*scorecard.projects, scorecard] if len(scorecard.projects) > 1 else [scorecard]
    )
    for card in cards:
        name = f"“{card.name}”" if isinstance(card, ProjectScore) else "本报告"
        if card.total_score in bounds and card.full_score == _FULL:
            yield finding(
                "A10",
                f"{name}：总分{card.total_score:f}分正在等级界限上，等级“{card.grade.value}”取决于四舍五入",
                remedy="请复核各行得分",
                severity=Severity.INFO,
                observed=f"{card.total_score:f}",
            )


def check_category_weights(report: Report, scorecard: Scorecard) -> Iterator[Finding]:
    """A20: 产出 carries at least as much as 效益 and 效益 more than nothing, as the usual split has it."""
    for index, card in enumerate(scorecard.projects):
        weights = {Category.of(part.name): part.weight for part in card.subtotals if part.level == 1}
        output, benefit = weights.get(Category.OUTPUT), weights.get(Category.BENEFIT)
        if output is not None and benefit is not None and benefit > output:
            yield finding(
                "A20",
                f"“{card.name}”：效益指标分值{benefit:f}分大于产出指标分值{output:f}分，与通行的权重不同",
                remedy="如有依据请说明",
                observed=f"{benefit:f}",
                place=project_path(index),
            )


def check_reason_given(report: Report, scorecard: Scorecard) -> Iterator[Finding]:
    """C16: a row that lost points has a reason."""
    for name, indicator, row in named_rows(report, scorecard):
        if row.not_applicable or row.lost <= 0 or indicator.deviation_reason.strip() not in _EMPTY_REASONS:
            continue
        yield finding(
            "C16",
            f"{name}：得分{row.score:f}分低于分值{row.weight:f}分，偏差原因为空",
            remedy="请填写差多少、为什么、怎么改、何时改",
            observed=indicator.deviation_reason,
            expected="偏差原因",
            place=row.path,
        )


def check_over_completion_reason(report: Report, scorecard: Scorecard) -> Iterator[Finding]:
    """C17: a row far above its target has a reason."""
    for name, indicator, row in named_rows(report, scorecard):
        if row.over_completed and indicator.deviation_reason.strip() in _EMPTY_REASONS:
            rate = f"{row.completion_rate:.2f}%" if row.completion_rate is not None else "较高"
            yield finding(
                "C17",
                f"{name}：完成率{rate}，超额较多而没有说明原因",
                remedy="请说明超额的原因；目标偏低的，下年调整目标",
                observed=rate,
                place=row.path,
            )


def check_reason_contradicts_score(report: Report, scorecard: Scorecard) -> Iterator[Finding]:
    """C16, §2.10: full marks beside a reason that says 未完成."""
    for name, indicator, row in named_rows(report, scorecard):
        if (
            row.lost == 0
            and row.met
            and any(
                word in indicator.deviation_reason for word in ("未完成", "未达标", "未达到目标", "未能完成")
            )
        ):
            yield finding(
                "C16",
                f"{name}：得满分，偏差原因却写未完成",
                remedy="请核对得分或原因",
                severity=Severity.WARNING,
                observed=indicator.deviation_reason,
                place=row.path,
            )
