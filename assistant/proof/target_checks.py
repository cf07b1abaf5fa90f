"""Checks of targets beside each other: the year against the whole period, one value for all, rules in them (C05, C10, C13, C21, C22)."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from assistant.domain.finding import Finding, Severity
from assistant.domain.indicator import Indicator, Target, TargetKind
from assistant.domain.register import finding
from assistant.domain.report import Project, Report
from assistant.domain.scorecard import Row, Scorecard
from assistant.domain.targets import normalised, read_target
from assistant.proof.form_rows import NamedRow, is_plan, placed_projects, public_rows
from assistant.proof.limits import limits

_DURATION = re.compile(r"[一二两三四五六七八九十\d]+(?:年|个月|个季度)|长期|全年")
_DEADLINE = re.compile(r"期限|后\d+个?月")
_SCORING_RULE = re.compile(r"[得扣]\s*[0-9.]+\s*分|满分\s*\d+\s*分")
_VALUE_NAME = re.compile("(?:率|度|数|数量|面积|比例|情况|水平|次数|时间)$")
_BARE_PERCENT = re.compile(r"\d+(?:\.\d+)?%")
_BRACKETS = re.compile(r"[(（【\[][^)）】\]]*[)）】\]]")
_PARTLY = 4


def check_annual_within_cycle(report: Report, scorecard: Scorecard) -> Iterator[Finding]:
    """C13: an annual target is not larger than that of the whole period; in a plan the two are of one kind."""
    for name, indicator, row in public_rows(report, scorecard):
        cycle, annual = _trimmed(indicator.cycle_target), _trimmed(indicator.annual_target)
        if not cycle or not annual or cycle == annual:
            continue
        read = _read(indicator, indicator.cycle_target)
        why, severity = _exceeds(read, row.target), None
        if not why and is_plan(report):
            why, severity = _differs(cycle, read, row.target)
        if why:
            yield finding(
                "C13",
                f"{name}：实施周期指标值“{indicator.cycle_target}”{why}，年度指标值为“{indicator.annual_target}”",
                remedy="请核对两栏：类型和单位应当相同，年度值不大于周期值",
                severity=severity,
                observed=indicator.annual_target,
                expected=indicator.cycle_target,
                place=row.path,
            )


def _exceeds(cycle: Target, annual: Target) -> str:
    """Return that the annual target is the larger one, "" where it is not or the two cannot be compared."""
    comparable = cycle.kind is annual.kind is TargetKind.NUMBER and cycle.unit == annual.unit
    if not comparable or annual.reverse or cycle.bound is None or annual.bound is None:
        return ""
    return "小于年度指标值" if annual.bound > cycle.bound else ""


def _differs(words: str, cycle: Target, annual: Target) -> tuple[str, Severity | None]:
    """Return in Chinese how a cycle target is of another sort than the annual one, "" where it is not."""
    if _DURATION.fullmatch(words) or _DEADLINE.search(words):
        return "是期限，不是指标值", None
    if cycle.kind is not annual.kind:
        return f"是{cycle.kind.value}，年度指标值是{annual.kind.value}", None
    if cycle.kind is not TargetKind.NUMBER:
        return "", None
    if cycle.unit != annual.unit:
        return "与年度指标值的单位不同", None
    if cycle.comparator is not annual.comparator:
        return "与年度指标值的符号不同", None
    same = cycle.bound == annual.bound
    return ("与年度指标值写法不同", Severity.INFO) if same and annual.unit == "%" else ("", None)


def _trimmed(text: str) -> str:
    """Return a target without blanks and its last stop."""
    return re.sub(r"\s", "", normalised(text)).rstrip("。.;；")


def _read(row: Indicator, text: str) -> Target:
    """Return another target of the same row."""
    return read_target(text, category=row.category, dimension=row.dimension, name=row.name)


def check_cycle_filled(report: Report, scorecard: Scorecard) -> Iterator[Finding]:
    """C05: in a plan that has cycle targets every row has one."""
    rows = list(public_rows(report, scorecard)) if is_plan(report) else []
    blank = [indicator.name for _, indicator, _ in rows if not indicator.cycle_target.strip()]
    if blank and len(blank) < len(rows):
        listed = "、".join(f"“{name[:16]}”" for name in blank)
        yield finding(
            "C05",
            f"{len(rows)}个指标中有{len(blank)}个的实施周期指标值未填：{listed}",
            remedy="请补填；只有一年的项目填与年度指标值相同的值",
            expected="实施周期指标值",
        )


def check_targets_can_be_measured(report: Report, scorecard: Scorecard) -> Iterator[Finding]:
    """C10: at least half of the targets of a sub-project hold a number."""
    for place, rows, project in _by_project(report, scorecard):
        counted = [indicator for _, indicator, _ in rows if re.search(r"\d", indicator.annual_target)]
        filled = [indicator for _, indicator, _ in rows if indicator.annual_target.strip()]
        if len(filled) >= _PARTLY and len(counted) < limits().numbers_share * len(filled):
            yield finding(
                "C10",
                f"“{project.name}”的{len(filled)}个指标中只有{len(counted)}个的年度指标值含有数字，其余是文字描述，难以衡量",
                remedy="请尽量写成数量、比率、日期，或写明达成、部分达成的判断标准",
                severity=Severity.INFO,
                observed=f"{len(counted)}个",
                place=place,
            )


def _by_project(report: Report, scorecard: Scorecard) -> Iterator[tuple[str, Sequence[NamedRow], Project]]:
    """Yield (path, rows, sub-project) of every sub-project that is not 保密."""
    held: dict[str, list[NamedRow]] = {}
    for named in public_rows(report, scorecard):
        held.setdefault(named[2].path.partition(".")[0], []).append(named)
    for place, project in placed_projects(report):
        if place in held:
            yield place, held[place], project


def check_same_targets(report: Report, scorecard: Scorecard) -> Iterator[Finding]:
    """C21: the indicators do not all have the same target, in one sub-project or across a plan."""
    for place, rows, project in _by_project(report, scorecard):
        values = Counter(value for _, indicator, row in rows if (value := _percent(indicator, row)))
        for value, times in values.most_common(1):
            if times >= limits().same_least and times >= limits().same_share * len(rows):
                yield finding(
                    "C21",
                    f"“{project.name}”有{times}个指标的年度指标值都是{value}",
                    remedy="请按各指标的实际情况、历史水平或行业标准分别设定指标值",
                    observed=value,
                    place=place,
                )
    yield from _same_everywhere(report)


def _same_everywhere(report: Report) -> Iterator[Finding]:
    """Yield C21 where a few percentages without an operator stand in many rows of the whole report."""
    targets = [_trimmed(row.annual_target) for project in report.projects for row in project.indicators]
    bare = Counter(value for value in targets if _BARE_PERCENT.fullmatch(value))
    common = bare.most_common(limits().bare_values)
    times = sum(number for _, number in common)
    if times >= limits().bare_least:
        shown = "、".join(f"{value}（{number}个）" for value, number in common)
        yield finding(
            "C21",
            f"{len(targets)}个指标中有{times}个的年度指标值只写{shown}",
            remedy="请按各指标的实际情况分别设定指标值，并写明≥、≤或＝",
            observed="、".join(value for value, _ in common),
        )


def _percent(indicator: Indicator, row: Row) -> str:
    """Return the percentage that a target asks for, without its operator."""
    if row.target.unit != "%" or row.target.bound is None or row.target.kind is not TargetKind.NUMBER:
        return ""
    share = f"{row.target.bound.normalize():f}%"
    return share if "%" in normalised(indicator.annual_target) else ""


def check_scoring_rule_in_target(report: Report, scorecard: Scorecard) -> Iterator[Finding]:
    """C22: neither a scoring rule nor the name of the indicator stands in the target."""
    for name, indicator, row in public_rows(report, scorecard):
        text = _trimmed(indicator.annual_target)
        if _SCORING_RULE.search(text):
            said, remedy = "写了评分标准", "请把评分标准移到评分标准栏，这里只填要达到的值"
        elif _repeats_name(indicator, text):
            said, remedy = "重复了指标名称，没有指标值", "请填写要达到的值（如≥95%）"
        else:
            continue
        yield finding(
            "C22",
            f"{name}：年度指标值里{said}“{indicator.annual_target}”",
            remedy=remedy,
            observed=indicator.annual_target,
            place=row.path,
        )


def _repeats_name(indicator: Indicator, target: str) -> bool:
    """Return whether a target is the name of a measurable thing over again."""
    name, words = (_BRACKETS.sub("", _trimmed(text)) for text in (indicator.name, target))
    return bool(name) and words == name and _VALUE_NAME.search(name) is not None
