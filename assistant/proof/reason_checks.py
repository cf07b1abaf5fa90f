"""Checks of 偏差原因 against the score of its row (C16, C17)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistant.domain.finding import Finding, Severity
from assistant.domain.indicator import Indicator
from assistant.domain.register import finding
from assistant.domain.report import Report
from assistant.domain.scorecard import Scorecard
from assistant.proof.form_rows import is_plan, named_rows

_EMPTY_REASONS = ("", "无", "—", "-", "/", "不适用")
_HOLLOW = re.compile(
    "(?:受|因|由于)?(?:新冠)?(?:肺炎)?(?:疫情|客观原因|客观因素|历史原因|政策原因|不可抗力|人员变动|其他原因|特殊原因)(?:的?影响)?(?:等?原因)?"
)
_UNDONE = ("未完成", "未达标", "未达到目标", "未能完成")


def check_reason_given(report: Report, scorecard: Scorecard) -> Iterator[Finding]:
    """C16: a row that lost points has a reason."""
    if is_plan(report):
        return
    for name, indicator, row in named_rows(report, scorecard):
        if not row.not_applicable and row.lost > 0 and _no_reason(indicator):
            yield finding(
                "C16",
                f"{name}：得分{row.score:f}分低于分值{row.weight:f}分，偏差原因为空",
                remedy="请填写差多少、为什么、怎么改、何时改",
                observed=indicator.deviation_reason,
                expected="偏差原因",
                place=row.path,
            )


def check_reason_says_something(report: Report, scorecard: Scorecard) -> Iterator[Finding]:
    """C16, §2.10: a reason is more than a stock excuse (疫情影响)."""
    for name, indicator, row in named_rows(report, scorecard):
        words = indicator.deviation_reason.strip().rstrip("。")
        if row.lost > 0 and not row.not_applicable and _HOLLOW.fullmatch(words):
            yield finding(
                "C16",
                f"{name}：偏差原因只写“{words}”，没有说明具体情况",
                remedy="请写明哪项工作受影响、差多少、怎么改、何时改",
                severity=Severity.WARNING,
                observed=words,
                place=row.path,
            )


def check_over_completion_reason(report: Report, scorecard: Scorecard) -> Iterator[Finding]:
    """C17: a row far above its target has a reason."""
    for name, indicator, row in named_rows(report, scorecard):
        if row.over_completed and _no_reason(indicator):
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
        undone = any(word in indicator.deviation_reason for word in _UNDONE)
        if undone and row.lost == 0 and row.met:
            yield finding(
                "C16",
                f"{name}：得满分，偏差原因却写未完成",
                remedy="请核对得分或原因",
                severity=Severity.WARNING,
                observed=indicator.deviation_reason,
                place=row.path,
            )


def _no_reason(indicator: Indicator) -> bool:
    """Return whether 偏差原因 says nothing."""
    return indicator.deviation_reason.strip() in _EMPTY_REASONS
