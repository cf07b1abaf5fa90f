"""Checks of the quality of single indicators (C08–C11, C13, C14, C22): class, unit, operator, bounds."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from assistant.domain.finding import Finding, Severity
from assistant.domain.indicator import Comparator, Dimension, TargetKind
from assistant.domain.numerals import MentionKind, scan
from assistant.domain.register import finding
from assistant.domain.report import Report
from assistant.domain.scorecard import Scorecard
from assistant.proof.score_checks import named_rows

_RATE_NAME = re.compile("率$|比例$|占比$|百分比$|满意度$|覆盖面$")
_COUNT_NAME = re.compile("(?:次数|人数|人次|数量|面积|场次|批次|件数|条数|篇数|期数|个数|户数|台数|套数)$")
_KEYWORDS: tuple[tuple[re.Pattern[str], tuple[Dimension, ...], str], ...] = (
    (
        re.compile("合格率|合规率|达标率|正常运行率|优良率|准确率"),
        (Dimension.QUANTITY, Dimension.TIMELINESS),
        "质量指标",
    ),
    (
        re.compile("及时率|及时性|按时|按期|完成时间|时限"),
        (Dimension.QUANTITY, Dimension.QUALITY),
        "时效指标",
    ),
    (
        re.compile("(?:次数|人数|人次|面积|场次|批次|件数|篇数|期数)$"),
        (Dimension.QUALITY, Dimension.TIMELINESS),
        "数量指标",
    ),
    (re.compile("成本|单价"), (Dimension.QUANTITY, Dimension.QUALITY, Dimension.TIMELINESS), "成本指标"),
    (re.compile("满意"), (Dimension.QUANTITY, Dimension.QUALITY, Dimension.TIMELINESS), "服务对象满意度指标"),
)
_MANY = re.compile(r"1[.、．].+2[.、．]", re.DOTALL)
_SCORING_RULE = re.compile(r"得[0-9.]+分|扣[0-9.]+分")


def check_dimension_suits_name(report: Report, scorecard: Scorecard) -> Iterator[Finding]:
    """C08: the name of an indicator suits its dimension."""
    for name, indicator, row in named_rows(report, scorecard):
        dimension = Dimension.of(indicator.dimension)
        for pattern, wrong, right in _KEYWORDS:
            if dimension in wrong and pattern.search(indicator.name):
                yield finding(
                    "C08",
                    f"{name}：列在“{indicator.dimension}”下，从名称看应属{right}",
                    remedy=f"请核对归类，考虑调整到{right}",
                    observed=indicator.dimension,
                    expected=right,
                    place=row.path,
                )
                break


def check_unit_suits_dimension(report: Report, scorecard: Scorecard) -> Iterator[Finding]:
    """C09: what is counted has no percentage for a target, a rate has one."""
    for name, indicator, row in named_rows(report, scorecard):
        percent = (
            "%" in indicator.annual_target
            or "％" in indicator.annual_target
            or "百分比" in indicator.annual_target
        )
        if _COUNT_NAME.search(indicator.name) and percent:
            yield finding(
                "C09",
                f"{name}：计数类指标的年度指标值为“{indicator.annual_target}”",
                remedy="请改为带单位的数量",
                observed=indicator.annual_target,
                place=row.path,
            )
        elif (
            _RATE_NAME.search(indicator.name)
            and row.target.kind is TargetKind.NUMBER
            and not percent
            and not row.target.unit
        ):
            yield finding(
                "C09",
                f"{name}：比率类指标的年度指标值“{indicator.annual_target}”没有百分号",
                remedy="请补百分号",
                observed=indicator.annual_target,
                place=row.path,
            )


def check_comparator(report: Report, scorecard: Scorecard) -> Iterator[Finding]:
    """C10: a target has an operator, and that of a cost does not ask for more."""
    for name, indicator, row in named_rows(report, scorecard):
        target = row.target
        cost = "成本" in indicator.dimension or "成本" in indicator.category
        if cost and target.kind is TargetKind.NUMBER and target.comparator in (Comparator.GE, Comparator.GT):
            yield finding(
                "C10",
                f"{name}：成本指标的年度指标值为“{indicator.annual_target}”，应为不超过",
                remedy="请把符号改为≤",
                observed=indicator.annual_target,
                expected="≤",
                place=row.path,
            )
        elif target.kind is TargetKind.NUMBER and target.assumed and target.comparator is not None:
            yield finding(
                "C10",
                f"{name}：年度指标值“{indicator.annual_target}”没有符号，按{target.comparator.value}处理",
                remedy="请写明≥、≤或＝",
                severity=Severity.INFO,
                observed=indicator.annual_target,
                place=row.path,
            )


def check_one_measure(report: Report, scorecard: Scorecard) -> Iterator[Finding]:
    """C11: one indicator measures one thing."""
    for name, indicator, row in named_rows(report, scorecard):
        if (
            _MANY.search(indicator.name)
            or _MANY.search(indicator.annual_target)
            or row.target.kind is TargetKind.COMPOSITE
        ):
            yield finding(
                "C11",
                f"{name}：一个指标里有几项内容",
                remedy="请拆成几个指标",
                observed=indicator.annual_target or indicator.name,
                place=row.path,
            )


def check_annual_within_cycle(report: Report, scorecard: Scorecard) -> Iterator[Finding]:
    """C13: an annual target is not larger than that of the whole period, in the same unit."""
    for name, indicator, row in named_rows(report, scorecard):
        cycle = [mention for mention in scan(indicator.cycle_target) if mention.kind is MentionKind.QUANTITY]
        bound = row.target.bound
        if (
            len(cycle) != 1
            or bound is None
            or cycle[0].value is None
            or cycle[0].unit != row.target.unit
            or row.target.reverse
        ):
            continue
        if bound > cycle[0].value:
            yield finding(
                "C13",
                f"{name}：年度指标值“{indicator.annual_target}”大于实施周期指标值“{indicator.cycle_target}”",
                remedy="请核对两个指标值",
                observed=indicator.annual_target,
                expected=indicator.cycle_target,
                place=row.path,
            )


def check_percentages(report: Report, scorecard: Scorecard) -> Iterator[Finding]:
    """C14: percentages lie in 0 to 100; growth and what may exceed it is left out."""
    free = re.compile("增长|增幅|完成率|覆盖|变动|提高|上升|降")
    for name, indicator, row in named_rows(report, scorecard):
        if free.search(indicator.name) or row.actual is None or row.actual.unit not in ("%", "％"):
            continue
        if not Decimal(0) <= row.actual.value <= Decimal(100):
            yield finding(
                "C14",
                f"{name}：百分比应在0至100之间，现为{indicator.actual}",
                remedy="请核对数值，确可超过的请说明",
                observed=indicator.actual,
                expected="0至100%",
                place=row.path,
            )


def check_scoring_rule_in_target(report: Report, scorecard: Scorecard) -> Iterator[Finding]:
    """C22: a scoring rule does not stand in the target."""
    for name, indicator, row in named_rows(report, scorecard):
        if _SCORING_RULE.search(indicator.annual_target):
            yield finding(
                "C22",
                f"{name}：年度指标值里写了评分标准“{indicator.annual_target}”",
                remedy="请把评分标准移到评分标准栏",
                observed=indicator.annual_target,
                place=row.path,
            )
