"""Checks of the quality of single indicators (C07–C11, C14): class, unit, operator, one thing at a time."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from assistant.domain.finding import Finding, Severity
from assistant.domain.indicator import Category, Comparator, Dimension, Indicator, TargetKind
from assistant.domain.register import finding
from assistant.domain.report import Project, Report
from assistant.domain.scorecard import Row, Scorecard
from assistant.domain.targets import normalised
from assistant.proof.form_rows import named_rows, placed_projects, public_rows
from assistant.proof.limits import limits

_BRACKETS = re.compile(r"[(（【\[][^)）】\]]*[)）】\]]")
_RATE_NAME = re.compile("(?<!频)率$|比例$|占比$|比重$|百分比$|满意度$|覆盖面$")
_COUNT_NAME = re.compile(
    "(?:次数|人数|人次|数量|面积|场次|批次|件数|条数|篇数|期数|个数|户数|台数|套数|频率|频次|[投供发产总]稿?量|里程|时长|(?<![指系分倍基参])数)$"
)
#: What a percentage suits although the row stands under 数量指标 (计划任务完成情况 100%).
_SHARE_NAME = re.compile("率|比例|占比|比重|百分|程度|情况|进度|覆盖|满意|完成|达标|比$|度$")
_SHARE_UNITS = ("%", "‰", "百分点", "分", "倍")
_MANY = re.compile(r"1[.、．].+2[.、．]", re.DOTALL)
_FREE_PERCENT = re.compile("增长|增幅|完成率|完成情况|覆盖|变动|提高|上升|降|增加|升幅")


def check_standard_dimensions(report: Report, scorecard: Scorecard) -> Iterator[Finding]:
    """C07: category and dimension are words of the standard tree, or of the evaluation framework or rule pack."""
    own = {*limits().framework, *(name for split in scorecard.bounds.category_weights for name in split)}
    for place, project in placed_projects(report):
        for label, words, names in _strange_words(project, own):
            listed = "、".join(f"“{name}”" for name in names[:3]) + ("等" if len(names) > 3 else "")
            yield finding(
                "C07",
                f"“{project.name}”的{label}“{words}”不在标准指标体系内，涉及{len(names)}个指标：{listed}",
                remedy="请按标准名称归类；确需自设的，请说明",
                observed=words,
                place=place,
            )


def _strange_words(project: Project, own: set[str]) -> Iterator[tuple[str, str, list[str]]]:
    """Yield (level, words, names of the rows) of categories and dimensions that no tree has."""
    found: dict[tuple[str, str], list[str]] = {}
    for row in project.indicators:
        framework = row.category.strip() in own and Category.of(row.category) is None
        if row.category and Category.of(row.category) is None and not framework:
            found.setdefault(("一级指标", row.category), []).append(row.name)
        if row.dimension and Dimension.of(row.dimension) is None and not framework:
            found.setdefault(("二级指标", row.dimension), []).append(row.name)
    for (label, words), names in found.items():
        yield label, words, names


def check_dimension_suits_name(report: Report, scorecard: Scorecard) -> Iterator[Finding]:
    """C08: the name of an indicator suits its dimension."""
    for name, indicator, row in public_rows(report, scorecard):
        dimension, bare = Dimension.of(indicator.dimension), _bare(indicator.name)
        right = next((known.right for known in limits().classes if known.misplaced(bare, dimension)), "")
        if right and Category.of(indicator.category) is not Category.SATISFACTION:
            yield finding(
                "C08",
                f"{name}：列在“{indicator.dimension}”下，从名称看应属{right}",
                remedy=f"请核对归类，考虑调整到{right}" if "不作" not in right else "请换成反映产出的指标",
                observed=indicator.dimension,
                expected=right,
                place=row.path,
            )


def check_unit_suits_dimension(report: Report, scorecard: Scorecard) -> Iterator[Finding]:
    """C09: what is counted has no percentage for a target, a rate has one."""
    for name, indicator, row in public_rows(report, scorecard):
        if _counted_in_percent(indicator, row):
            said, remedy = (
                f"计数类指标的年度指标值为“{indicator.annual_target}”",
                "请改为带单位的数量（如≥10次）",
            )
        elif _rate_without_percent(indicator, row):
            lacking = "不是百分比" if row.target.unit else "没有百分号"
            said, remedy = (
                f"比率类指标的年度指标值“{indicator.annual_target}”{lacking}",
                "请改为百分比（如≥95%），或按所填内容改指标名称",
            )
        else:
            continue
        yield finding(
            "C09", f"{name}：{said}", remedy=remedy, observed=indicator.annual_target, place=row.path
        )


def _bare(name: str) -> str:
    """Return a name without what stands in brackets."""
    return _BRACKETS.sub("", name).strip()


def _counted_in_percent(indicator: Indicator, row: Row) -> bool:
    """Return whether something that is counted has a percentage for its target."""
    name, target = _bare(indicator.name), row.target
    if "%" not in normalised(indicator.annual_target) and target.unit != "%":
        return False
    if _COUNT_NAME.search(name):
        return True
    counted = Dimension.of(indicator.dimension) is Dimension.QUANTITY and target.kind is TargetKind.NUMBER
    return counted and target.unit == "%" and _SHARE_NAME.search(name) is None


def _rate_without_percent(indicator: Indicator, row: Row) -> bool:
    """Return whether a rate has a number for its target that is no percentage."""
    target, text = row.target, indicator.annual_target
    if target.kind is not TargetKind.NUMBER or not _RATE_NAME.search(_bare(indicator.name)):
        return False
    if target.unit:
        return target.unit not in _SHARE_UNITS and "/" not in text and "每" not in text
    shown = "%" in normalised(indicator.name) or "‰" in indicator.name + text or "/" in text
    return not shown and "%" not in normalised(text)


def check_comparator(report: Report, scorecard: Scorecard) -> Iterator[Finding]:
    """C10: a target has an operator, and that of a cost does not ask for more."""
    for name, indicator, row in named_rows(report, scorecard):
        target = row.target
        if target.kind is not TargetKind.NUMBER or target.comparator is None:
            continue
        cost = "成本" in indicator.dimension or "成本" in indicator.category
        if cost and target.comparator in (Comparator.GE, Comparator.GT) and "节约" not in indicator.name:
            yield finding(
                "C10",
                f"{name}：成本指标的年度指标值为“{indicator.annual_target}”，应为不超过",
                remedy="请把符号改为≤",
                observed=indicator.annual_target,
                expected="≤",
                place=row.path,
            )
        elif target.assumed:
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
    for name, indicator, row in public_rows(report, scorecard):
        listed = _MANY.search(indicator.name) or _MANY.search(indicator.annual_target)
        if listed or row.target.kind is TargetKind.COMPOSITE:
            yield finding(
                "C11",
                f"{name}：一个指标里有几项内容",
                remedy="请拆成几个指标，每个只衡量一件事",
                observed=indicator.annual_target or indicator.name,
                place=row.path,
            )


def check_percentages(report: Report, scorecard: Scorecard) -> Iterator[Finding]:
    """C14: percentages lie in 0 to 100; growth and what may exceed it is left out."""
    for name, indicator, row in public_rows(report, scorecard):
        bound = row.target.bound if row.target.unit == "%" else None
        actual = row.actual.value if row.actual is not None and row.actual.unit == "%" else None
        for label, text, value in (
            ("年度指标值", indicator.annual_target, bound),
            ("实际完成值", indicator.actual, actual),
        ):
            words = f"{indicator.name}{indicator.annual_target}"
            if value is None or _FREE_PERCENT.search(words) or Decimal(0) <= value <= Decimal(100):
                continue
            yield finding(
                "C14",
                f"{name}：百分比应在0至100之间，{label}现为{text}",
                remedy="请核对数值，确可超过的请说明",
                observed=text,
                expected="0至100%",
                place=row.path,
            )
