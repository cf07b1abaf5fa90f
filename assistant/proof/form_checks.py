"""Checks of form and completeness of a report (C05–C07, C12, C18, C21)."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from decimal import Decimal

from assistant.domain.finding import Finding
from assistant.domain.indicator import Category, Dimension, TargetKind
from assistant.domain.register import finding
from assistant.domain.report import Project, Report, Stage, project_path
from assistant.domain.scorecard import Scorecard
from assistant.proof.limits import limits
from assistant.proof.placeholders import check_left_over
from assistant.proof.score_checks import named_rows
from assistant.proof.sources import free_texts

_SERVICE = re.compile("服务|培训|宣传|平台|活动|群众|养老|医疗|教育|文化|协商")
_BUILDING = re.compile("建设|修缮|改造|装修|维修|购置|采购|工程|布展")


def check_required_cells(report: Report, scorecard: Scorecard) -> Iterator[Finding]:
    """C05: unit, year, project name, money, and target, result and weight of every row."""
    for value, label in (
        (report.unit_name, "单位名称"),
        (report.year, "评价年度"),
        (report.projects, "项目"),
    ):
        if not value:
            yield finding("C05", f"{label}未填写", remedy=f"请填写{label}", expected=label)
    for index, project in enumerate(report.projects):
        for filled, label in ((project.name, "项目名称"), (project.funding, "项目资金")):
            if not filled:
                yield finding(
                    "C05",
                    f"第{index + 1}个项目的{label}未填写",
                    remedy=f"请填写{label}",
                    expected=label,
                    place=project_path(index),
                )
    for name, indicator, row in named_rows(report, scorecard):
        if row.target.kind is TargetKind.CONFIDENTIAL or report.stage is Stage.PLAN:
            continue
        missing = [
            label
            for text, label in (
                (indicator.name, "名称"),
                (indicator.annual_target, "年度指标值"),
                (indicator.actual or indicator.tier, "实际完成值"),
                (indicator.weight, "分值"),
            )
            if not text
        ]
        if missing:
            yield finding(
                "C05",
                f"{name}：{'、'.join(missing)}未填写",
                remedy="请补填",
                expected="、".join(missing),
                place=row.path,
            )


def check_placeholders(report: Report, scorecard: Scorecard) -> Iterator[Finding]:
    """C06: no placeholder in what was filled in."""
    texts = [report.unit_name, report.title, *free_texts(report)]
    texts += [
        text
        for project in report.projects
        for indicator in project.indicators
        for text in (indicator.name, indicator.annual_target, indicator.actual)
    ]
    for text in texts:
        for left in check_left_over(text):
            if left.rule == "C06":
                yield finding(
                    "C06",
                    f"“{text[:30]}”中留有占位内容“{left.text}”",
                    remedy="请填入实际内容",
                    observed=left.text,
                )


def check_standard_dimensions(report: Report, scorecard: Scorecard) -> Iterator[Finding]:
    """C07: category and dimension are words of the standard tree."""
    for name, indicator, row in named_rows(report, scorecard):
        if indicator.dimension and Dimension.of(indicator.dimension) is None:
            yield finding(
                "C07",
                f"{name}：二级指标“{indicator.dimension}”不在标准指标体系内",
                remedy="请按标准名称归类，或说明",
                observed=indicator.dimension,
                place=row.path,
            )
        if indicator.category and Category.of(indicator.category) is None:
            yield finding(
                "C07",
                f"{name}：一级指标“{indicator.category}”不在标准指标体系内",
                remedy="请按标准名称归类",
                observed=indicator.category,
                place=row.path,
            )


def check_dimensions_present(report: Report, scorecard: Scorecard) -> Iterator[Finding]:
    """C12: output and benefit always, satisfaction for services, cost for building and buying."""
    for index, project in enumerate(report.projects):
        if project.indicators and not project.confidential:
            for missing in _missing_categories(project):
                yield finding(
                    "C12",
                    f"“{project.name}”没有{missing}",
                    remedy=f"请补充{missing}，或说明理由",
                    expected=missing,
                    place=project_path(index),
                )


def _missing_categories(project: Project) -> Iterator[str]:
    held = {Category.of(indicator.category) for indicator in project.indicators}
    dimensions = " ".join(indicator.dimension for indicator in project.indicators)
    if Category.OUTPUT not in held:
        yield "产出指标"
    if Category.BENEFIT not in held:
        yield "效益指标"
    if Category.SATISFACTION not in held and "满意" not in dimensions and _SERVICE.search(project.name):
        yield "满意度指标"
    if Category.COST not in held and "成本" not in dimensions and _BUILDING.search(project.name):
        yield "成本指标"


def check_confidential_goal(report: Report, scorecard: Scorecard) -> Iterator[Finding]:
    """C18: words of a 保密 sub-project do not stand in public notes."""
    public = "\n".join(
        [
            *report.notes,
            *(note for project in report.projects if not project.confidential for note in project.notes),
        ]
    )
    for index, project in enumerate(report.projects):
        if project.confidential:
            leaked = [
                indicator.name
                for indicator in project.indicators
                if len(indicator.name) >= 4 and indicator.name in public
            ]
            if leaked:
                yield finding(
                    "C18",
                    f"备注中出现保密子项目的指标“{leaked[0]}”",
                    remedy="请从备注中删去",
                    observed=leaked[0],
                    place=project_path(index),
                )


def check_same_targets(report: Report, scorecard: Scorecard) -> Iterator[Finding]:
    """C21: not every indicator has the same target (98% everywhere)."""
    for index, project in enumerate(report.projects):
        targets = Counter(
            indicator.annual_target.strip().lstrip("≥＝=≤")
            for indicator in project.indicators
            if "%" in indicator.annual_target
        )
        for target, count in targets.most_common(1):
            if count >= limits().same_least and Decimal(count) >= limits().same_share * len(
                project.indicators
            ):
                yield finding(
                    "C21",
                    f"“{project.name}”有{count}个指标的年度指标值都是{target}",
                    remedy="请按各指标的实际情况设定指标值",
                    observed=target,
                    place=project_path(index),
                )
