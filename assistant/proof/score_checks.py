"""Checks of weights, scores and grades of a report (A03–A10, A20)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from assistant.domain.figures import places_of, round_half_up
from assistant.domain.finding import Finding, Severity
from assistant.domain.indicator import Category, TargetKind, Tier, weighed
from assistant.domain.register import finding
from assistant.domain.report import Project, Report, ReportKind, project_path
from assistant.domain.scorecard import ProjectScore, Row, Scorecard
from assistant.domain.units import half_place, ratio_holds
from assistant.proof.form_rows import is_plan, named_rows, tier_of
from assistant.proof.limits import limits

_FULL = Decimal(100)
_SLACK = Decimal("0.005")
_CENT = Decimal("0.01")
_HALF = Decimal("0.5")
_EXECUTION = re.compile("(?:预算|资金)执行(?:率|情况)?")


def check_weights_fill_the_card(report: Report, scorecard: Scorecard) -> Iterator[Finding]:
    """A04: weights of the indicators + weight of 预算执行 = 100, a card at a time; a plan has no weights yet."""
    for name, place, rows, execution in _cards(report, scorecard):
        indicators = sum((row.weight for row in rows), Decimal(0))
        unweighted = is_plan(report) and indicators == 0
        if not rows or unweighted or _fill_alone(report, rows):
            continue
        if abs(indicators + execution - _FULL) > _CENT:
            yield finding(
                "A04",
                f"{name}：各指标分值合计{indicators:f}分，加预算执行{execution:f}分为{indicators + execution:f}分，应为100分",
                remedy=f"请调整各指标分值，使其合计为{_FULL - execution:f}分；预算执行不是{execution:f}分的，请选用本地区的评分规则",
                observed=f"{indicators + execution:f}",
                expected="100",
                place=place,
            )


def _cards(report: Report, scorecard: Scorecard) -> Iterator[tuple[str, str, tuple[Row, ...], Decimal]]:
    """Yield (name, place, rows, weight of 预算执行) of every card of 100 points."""
    if scorecard.rollup == "budget_weighted":
        for index, card in enumerate(scorecard.projects):
            yield f"“{card.name}”", project_path(index), card.rows, card.execution.weight
    else:
        yield "本报告", "", scorecard.rows, scorecard.execution.weight


def _carded(report: Report, scorecard: Scorecard) -> Iterator[tuple[Project, ProjectScore]]:
    """Yield every sub-project with its card."""
    yield from zip(report.projects, scorecard.projects, strict=True)


def _fill_alone(report: Report, rows: tuple[Row, ...]) -> bool:
    """Return whether the indicators are the whole card: an evaluation, or 预算执行率 is one of them."""
    inside = report.kind is ReportKind.EVALUATION or any(_EXECUTION.search(row.name) for row in rows)
    return inside and abs(sum((row.weight for row in rows), Decimal(0)) - _FULL) <= _CENT


def check_execution_row(report: Report, scorecard: Scorecard) -> Iterator[Finding]:
    """A03: 预算执行率 put among the indicators states the rate that the money gives."""
    cards = {card.path: card.execution for card in scorecard.projects}
    for name, indicator, row in named_rows(report, scorecard):
        if not _EXECUTION.fullmatch(indicator.name) or row.actual is None or row.actual.unit != "%":
            continue
        money = cards[row.path.partition(".")[0]]
        budget, spent = money.annual_budget, money.expenditure
        if budget > 0 and not ratio_holds(spent, budget, row.actual.value):
            rate = spent / budget * _FULL
            yield finding(
                "A03",
                f"{name}：实际完成值{indicator.actual}，按资金计算的执行率为{round_half_up(rate):f}%",
                remedy="请按全年执行数÷全年预算数改正，并重算得分",
                observed=indicator.actual,
                expected=f"{round_half_up(rate):f}%",
                place=row.path,
            )


def check_stated_weights(report: Report, scorecard: Scorecard) -> Iterator[Finding]:
    """A05: the 分值 written behind a category or dimension (产出指标（50分）) is the sum of its rows."""
    for card in scorecard.projects:
        for part in card.subtotals:
            name, stated = weighed(part.name)
            if stated is not None and abs(part.weight - stated) > _CENT:
                yield finding(
                    "A05",
                    f"“{card.name}”的“{name}”写明{stated:f}分，所属各指标分值合计{part.weight:f}分",
                    remedy="请核对各指标分值与这一处的合计，改正不一致的一处",
                    observed=f"{stated:f}分",
                    expected=f"{part.weight:f}分",
                    place=card.path,
                )


def check_score_within_weight(report: Report, scorecard: Scorecard) -> Iterator[Finding]:
    """A06: 0 ≤ score ≤ weight, weight > 0."""
    for name, indicator, row in named_rows(report, scorecard):
        weight, score = indicator.weight, indicator.score
        if weight is not None and weight <= 0:
            yield finding(
                "A06",
                f"{name}：分值应大于0，现为{weight:f}",
                remedy="请填写大于0的分值；不考核的指标请删去",
                observed=f"{weight:f}",
                expected="大于0",
                place=row.path,
            )
        if score is not None and weight is not None and not -_SLACK < score < weight + _SLACK:
            yield finding(
                "A06",
                f"{name}：得分应在0至{weight:f}之间，现为{score:f}",
                remedy="请更正得分或分值；超额完成也不超过分值",
                observed=f"{score:f}",
                expected=f"0至{weight:f}",
                place=row.path,
            )


def check_total_is_the_sum(report: Report, scorecard: Scorecard) -> Iterator[Finding]:
    """A07: a stated 自评总分 is 预算执行得分 + Σ得分, as far as rounding allows."""
    stated: list[tuple[Project | Report, ProjectScore | Scorecard, str]] = [
        (project, card, card.path) for project, card in _carded(report, scorecard) if len(report.projects) > 1
    ]
    whole = report.projects[0] if len(report.projects) == 1 and report.self_score is None else report
    for owner, card, place in (*stated, (whole, scorecard, "")):
        total = owner.self_score
        expected = _total_of(report, card)
        if total is None or expected is None:
            continue
        slack = max(_SLACK * (len(card.rows) + 1), half_place(places_of(total)), _CENT)
        if abs(total - expected) > slack:
            name = f"“{owner.name}”" if isinstance(owner, Project) else "本报告"
            yield finding(
                "A07",
                f"{name}：自评总分填为{total:f}分，按各行得分计算为{expected:f}分",
                remedy="请核对各行得分与总分，改正不一致的一处；另有扣分的请列明",
                observed=f"{total:f}分",
                expected=f"{expected:f}分",
                place=place,
            )


def _total_of(report: Report, card: ProjectScore | Scorecard) -> Decimal | None:
    """Return the total of a card that is complete, None where weights or scores are missing."""
    if not card.rows or any(row.formula_score is None and row.exact_score == 0 for row in card.rows):
        return None
    if _fill_alone(report, card.rows):
        return sum((row.score for row in card.rows), Decimal(0))
    return card.total_score if card.full_score == _FULL else None


def check_score_follows_formula(report: Report, scorecard: Scorecard) -> Iterator[Finding]:
    """A08: a quantitative score given equals the formula within 0.01; a whole number near it is a warning.

    What a formula gives of words or of a late day is only a default (§2.5): any lower score stands there.
    """
    for name, indicator, row in named_rows(report, scorecard):
        score, formula = indicator.score, row.formula_score
        if score is None or formula is None or tier_of(indicator, row) is not None:
            continue
        judged = row.target.kind is TargetKind.DATE and not row.met and score < row.weight
        if abs(score - formula) > _CENT and not judged:
            whole = score == score.to_integral_value() and abs(score - formula) <= _HALF
            yield finding(
                "A08",
                f"{name}：填报得分{score:f}分，按公式应为{formula:f}分（{row.basis.partition('；以填报')[0]}）",
                remedy="请更正得分，或说明扣分、加分的依据",
                severity=Severity.WARNING if whole else None,
                observed=f"{score:f}",
                expected=f"{formula:f}",
                place=row.path,
            )


def check_tier_score(report: Report, scorecard: Scorecard) -> Iterator[Finding]:
    """A09: a qualitative score lies in the interval of its tier, as the rule pack has it."""
    for name, indicator, row in named_rows(report, scorecard):
        tier = tier_of(indicator, row)
        bounds = scorecard.bounds.tiers.get(tier) if tier is not None else None
        if tier is None or bounds is None or indicator.score is None or not indicator.weight:
            continue
        low, high = (round_half_up(share * indicator.weight) for share in bounds)
        score = indicator.score
        if not (low <= score <= high if tier is Tier.A else low <= score < high):
            upper = "（含）" if tier is Tier.A else "（不含）"
            yield finding(
                "A09",
                f"{name}：{tier.value}档（{tier.label}）得分应在{low:f}至{high:f}{upper}分之间，现为{score:f}分",
                remedy="请更正档次或得分",
                observed=f"{score:f}",
                expected=f"{low:f}至{high:f}",
                place=row.path,
            )


def check_grade(report: Report, scorecard: Scorecard) -> Iterator[Finding]:
    """A10: a stated 等级 is that of the total by the bounds of the rule pack."""
    owners: list[tuple[Project | Report, ProjectScore | Scorecard, str]] = [(report, scorecard, "")]
    owners += [(project, card, card.path) for project, card in _carded(report, scorecard)]
    for owner, card, place in owners:
        if owner.self_score is None and card.full_score != _FULL:
            continue
        total = owner.self_score if owner.self_score is not None else card.total_score
        grade = scorecard.bounds.grade(total)
        stated = owner.self_grade.strip().removesuffix("秀").removesuffix("好").removesuffix("等")
        if stated and grade is not None and stated != grade.value:
            yield finding(
                "A10",
                f"评价等级填为“{owner.self_grade}”，总分{total:f}分应评为“{grade.value}”",
                remedy="请更正等级或总分",
                observed=owner.self_grade,
                expected=grade.value,
                place=place,
            )


def check_category_weights(report: Report, scorecard: Scorecard) -> Iterator[Finding]:
    """A20: the split over the categories is near one of those that the rule pack gives."""
    splits = scorecard.bounds.category_weights
    for card in scorecard.projects:
        weights = _weights_of(card)
        known = {Category.COST.value, *(name for split in splits for name in split)}
        if not splits or not weights or not set(weights) <= known:
            continue
        far = [_far_off(weights, split) for split in splits]
        if all(far):
            shown = "、".join(f"{name.removesuffix('指标')}{weight:f}" for name, weight in weights.items())
            usual = "、".join(f"{name.removesuffix('指标')}{weight:f}" for name, weight in splits[0].items())
            yield finding(
                "A20",
                f"“{card.name}”：一级指标分值为{shown}，与评分规则的默认分值（{usual}）相差较大：{'、'.join(far[0])}",
                remedy="如有本地通知或项目特点作依据，请在报告中说明",
                observed=shown,
                expected=usual,
                place=card.path,
            )


def _weights_of(card: ProjectScore) -> dict[str, Decimal]:
    """Return the weight of each category by the word of the form; 成本 counts as 产出 where packs have none."""
    weights: dict[str, Decimal] = {}
    for part in card.subtotals:
        if part.level == 1 and part.weight:
            category = Category.of(part.name)
            name = category.value if category is not None else part.name
            weights[name] = weights.get(name, Decimal(0)) + part.weight
    return weights


def _far_off(weights: dict[str, Decimal], split: dict[str, Decimal]) -> list[str]:
    """Return the categories whose weight is far from that of a split (A20), by their words."""
    held = dict(weights)
    cost, output = Category.COST.value, Category.OUTPUT.value
    if cost in held and cost not in split:
        held[output] = held.get(output, Decimal(0)) + held.pop(cost)
    shares = {name: held.get(name, Decimal(0)) / usual for name, usual in split.items() if usual}
    far = [name for name, share in shares.items() if not limits().least_share <= share < limits().most_share]
    return [name.removesuffix("指标") for name in (*far, *(name for name in held if name not in split))]
