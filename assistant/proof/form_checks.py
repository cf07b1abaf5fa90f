"""Checks of form and completeness of a report (C04–C06, C12, C18)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from assistant.domain.finding import Finding, Severity
from assistant.domain.indicator import Category, Dimension, Indicator
from assistant.domain.register import finding
from assistant.domain.report import Project, Report, ReportKind
from assistant.domain.scorecard import Scorecard
from assistant.proof.form_rows import is_plan, placed_projects, public_rows
from assistant.proof.placeholders import check_left_over
from assistant.proof.sources import free_texts

_SERVICE = re.compile("服务|培训|宣传|平台|活动|群众|养老|医疗|教育|文化|协商")
_BUILDING = re.compile("建设|修缮|改造|装修|维修|购置|采购|工程|布展")
_SUBORDINATES = re.compile("下属.*单位数|二级单位数")
_WITHHELD = re.compile("保密|不予披露|不公开|^$")
_MANY_PROJECTS = 3
_FUNCTION = re.compile("[\u4e00-\u9fff]{4,}(?:工作)?职能$")
_DOES = re.compile(
    "履行|履职|发挥|行使|承担|担负|落实|强化|转变|完善|优化|具有|具备|赋予|围绕|按照|根据|立足|结合|聚焦|依据|加强|整合|划转|明确|提升|为|是|以|的"
)


def check_required_cells(report: Report, scorecard: Scorecard) -> Iterator[Finding]:
    """C05: unit, year, project name, money, and target, result and weight of every row."""
    year = report.year or is_plan(report)
    for value, label in ((report.unit_name, "单位名称"), (year, "评价年度"), (report.projects, "项目")):
        if not value:
            yield finding("C05", f"{label}未填写", remedy=f"请填写{label}", expected=label)
    for number, (place, project) in enumerate(placed_projects(report), start=1):
        for filled, label in ((project.name, "项目名称"), (project.funding, "项目资金")):
            if not filled:
                yield finding(
                    "C05",
                    f"第{number}个项目的{label}未填写",
                    remedy=f"请填写{label}",
                    expected=label,
                    place=place,
                )
    for name, indicator, row in public_rows(report, scorecard):
        missing = [label for text, label in _wanted(indicator, plan=is_plan(report)) if not text]
        if missing:
            yield finding(
                "C05",
                f"{name}：{'、'.join(missing)}未填写",
                remedy=f"请补填{'、'.join(missing)}",
                expected="、".join(missing),
                place=row.path,
            )


def _wanted(indicator: Indicator, *, plan: bool) -> Iterator[tuple[object, str]]:
    """Yield (what was filled in, label) of the cells that a row needs; a plan has no results and weights yet."""
    yield indicator.name, "名称"
    yield indicator.annual_target, "年度指标值"
    if not plan:
        yield indicator.actual or indicator.tier, "实际完成值"
        yield indicator.weight is not None or indicator.weight_group, "分值"


def check_placeholders(report: Report, scorecard: Scorecard) -> Iterator[Finding]:
    """C06, C20: no placeholder in what was filled in, no doubled word or known typo in names and goals."""
    named = [text for row in _rows(report) for text in (row.name, row.annual_target, row.actual)]
    for text in dict.fromkeys([report.unit_name, report.title, *free_texts(report), *named]):
        for left in check_left_over(text):
            if left.rule in ("C06", "C20"):
                yield finding(
                    left.rule,
                    f"“{_around(text, left)}”中{left.message}",
                    remedy=left.remedy,
                    observed=left.text,
                    expected=left.expected,
                )


def check_broken_phrases(report: Report, scorecard: Scorecard) -> Iterator[Finding]:
    """C20: a clause of a goal or task that ends in 职能 says what is done with it (履行…职能)."""
    for text in dict.fromkeys(_goal_texts(report)):
        for clause in re.split("[，。；！？、\\s]", text):
            if _FUNCTION.search(clause) and not _DOES.search(clause):
                yield finding(
                    "C20",
                    f"“{clause[-30:]}”像是没有写完或漏了动词",
                    remedy="请补全语句（如履行……职能）",
                    observed=clause[-30:],
                )


def _goal_texts(report: Report) -> Iterator[str]:
    """Yield the goals and tasks that anybody may read."""
    for project in report.projects:
        if not project.confidential:
            yield from (project.goal.expected, project.goal.achieved)
    for task in report.tasks:
        yield from (task.name, task.content)


def _around(text: str, found: Finding) -> str:
    """Return the words around a place in a text, short enough for a message."""
    start = max(0, (found.start or 0) - 12)
    return text[start : (found.end or 0) + 12].strip()


def _rows(report: Report) -> Iterator[Indicator]:
    """Yield every indicator that is not of a 保密 sub-project."""
    for project in report.projects:
        if not project.confidential:
            yield from project.indicators


def check_subordinate_units(report: Report, scorecard: Scorecard) -> Iterator[Finding]:
    """C04: as many subordinate units are listed as the form says there are."""
    listed = [unit.name for unit in report.units if unit.name != report.unit_name]
    for figure in report.other_figures:
        if listed and _SUBORDINATES.search(figure.name) and figure.value not in (None, len(listed)):
            yield finding(
                "C04",
                f"“{figure.name}”填为{figure.value:f}，列出的下属单位有{len(listed)}个：{'、'.join(listed)}",
                remedy="请核对单位名录，补列或改正个数",
                observed=f"{figure.value:f}",
                expected=str(len(listed)),
            )


def check_dimensions_present(report: Report, scorecard: Scorecard) -> Iterator[Finding]:
    """C12: output and benefit always, satisfaction for services, cost for building and buying."""
    shown = [
        (place, item) for place, item in placed_projects(report) if item.indicators and not item.confidential
    ]
    for place, project in shown:
        for missing, severity in _missing(project, report):
            yield finding(
                "C12",
                f"“{project.name}”没有{missing}",
                remedy=f"请补充{missing}，或说明理由",
                severity=severity,
                expected=missing,
                place=place,
            )
    filled = [project for project in report.projects if project.indicators]
    if is_plan(report) and len(filled) >= _MANY_PROJECTS:
        yield from _missing_in_plan(filled)


def _missing(project: Project, report: Report) -> Iterator[tuple[str, Severity | None]]:
    """Yield what a sub-project, or a department as a whole, lacks; 满意度 is for others than services a remark."""
    department = report.kind is ReportKind.DEPARTMENT
    held = {Category.of(indicator.category) for indicator in project.indicators}
    dimensions = {Dimension.of(indicator.dimension) for indicator in project.indicators}
    for category in (Category.OUTPUT, Category.BENEFIT):
        if category not in held:
            yield category.value, None
    service = department or _SERVICE.search(project.name) is not None
    if not _has(project, "满意") and (service or not is_plan(report)):
        yield "满意度指标", None if service else Severity.INFO
    costed = _has(project, "成本")
    if not costed and not department and _BUILDING.search(project.name):
        yield "成本指标", None
    if department and not costed and not dimensions & {Dimension.ECONOMIC, Dimension.ECOLOGICAL}:
        yield "成本指标、经济效益指标和生态效益指标", None if is_plan(report) else Severity.INFO


def _has(project: Project, words: str) -> bool:
    """Return whether a category or dimension of a sub-project holds these words."""
    return any(words in row.category or words in row.dimension for row in project.indicators)


def _missing_in_plan(projects: list[Project]) -> Iterator[Finding]:
    """Yield one remark on how many sub-projects of a plan lack a category altogether (C12)."""
    counts = {
        label: sum(not _has(project, label) for project in projects) for label in ("效益", "满意度", "成本")
    }
    lacking = "、".join(f"{count}个没有{label}指标" for label, count in counts.items() if count)
    if sum(counts.values()) > len(projects):
        yield finding(
            "C12",
            f"{len(projects)}个项目中，{lacking}",
            remedy="请逐个核对：效益必须有，面向服务对象的应有满意度，建设、购置、维修的应有成本",
            severity=Severity.INFO,
            observed=lacking,
        )


def check_confidential_goal(report: Report, scorecard: Scorecard) -> Iterator[Finding]:
    """C18: nothing of a 保密 sub-project stands in public notes, nor any value of its rows in a plan."""
    public = "\n".join(_public_words(report))
    for place, project in placed_projects(report):
        if not project.confidential:
            continue
        leaked = [row.name for row in project.indicators if len(row.name) >= 4 and row.name in public]
        if leaked:
            yield finding(
                "C18",
                f"备注中出现保密子项目的指标“{leaked[0]}”",
                remedy="请从备注中删去",
                observed=leaked[0],
                place=place,
            )
        open_rows = [row for row in project.indicators if not _WITHHELD.search(row.annual_target.strip())]
        if is_plan(report) and open_rows:
            yield finding(
                "C18",
                f"“{project.name}”是保密项目，目标表里仍列有{len(open_rows)}个指标的指标值，如“{open_rows[0].annual_target}”",
                remedy="公开前请隐去保密项目的绩效目标、指标和指标值，只保留名称和金额",
                severity=Severity.WARNING,
                observed=open_rows[0].annual_target,
                place=place,
            )


def _public_words(report: Report) -> Iterable[str]:
    """Return the notes that anybody may read."""
    return [
        *report.notes,
        *(note for project in report.projects if not project.confidential for note in project.notes),
    ]
