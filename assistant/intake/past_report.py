"""A past report's own figures as a Report (往年报告成数据): its tables where it has them, its sentences where not.

Every supposition is a finding with its paragraph; contradictions of the report stay as it printed them and
are said. Knows nothing of file formats.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.domain.base import Frozen
from assistant.domain.finding import Finding
from assistant.domain.register import finding
from assistant.domain.report import Milestone, OtherFigure, Project, Report, ReportKind, Stage, Task
from assistant.intake.flow import Paragraph, paragraphs_of, scoped, sub_projects_in
from assistant.intake.grid import Grid
from assistant.intake.money_tables import MoneyTable, money_tables
from assistant.intake.past_findings import rate_without_budget, supposed_money
from assistant.intake.past_projects import (
    against_tables,
    figures_of,
    funding_of,
    items_of,
    part_projects,
    stated_funding,
    tasks_of,
    with_indicators,
)
from assistant.intake.prose_indicators import Stated, indicators_in
from assistant.intake.prose_items import items_stated
from assistant.intake.prose_money import Statement, rate_findings, statements_in, task_rates
from assistant.intake.prose_scores import Total, total_findings, totals_in
from assistant.intake.table_sums import check_tables
from assistant.library.profile import Profile, profile_of
from assistant.library.source import SourceText

_SENTENCE = re.compile(r".{20,}[。；]")
_SUFFIX = re.compile(r"(?:绩效)?(?:自评|评价|自我评价)(?:情况)?(?:报告|总结)$")
_GENERIC = re.compile(r"(?:全年|年度|总|项目|部门|我单位)$")
_STEP = re.compile(r"(?P<year>20\d\d)年[，,](?P<content>[^；。]{4,60})(?=[；。])")


class Text(Frozen):
    """What the sentences and tables of a report say, before it is put together."""

    profile: Profile
    paragraphs: tuple[Paragraph, ...]
    names: tuple[str, ...]
    tables: tuple[MoneyTable, ...]
    statements: tuple[Statement, ...]
    stated: tuple[Stated, ...]
    totals: tuple[Total, ...]


def is_past_report(source: SourceText) -> bool:
    """Return whether a source is a report in prose: numbered headings, and sentences under them."""
    paragraphs = paragraphs_of(source)
    headings = sum(1 for item in paragraphs if 1 <= item.level <= 2)
    return headings >= 2 and any(_SENTENCE.search(item.text) for item in paragraphs)


def read_past_report(
    source: SourceText, grids: Sequence[Grid], form: Report | None
) -> tuple[Report, list[Finding]]:
    """Return the report that sentences, money tables and the form in them (if any) give, with all findings."""
    text, findings = _read(source, grids, form)
    projects, supposed = _projects(text, form)
    kind = _kind(text.profile)
    tasks = tasks_of(_task_tables(text, projects)) + _rated(text)
    of_report = kind is ReportKind.DEPARTMENT or len(projects) != 1
    if not of_report:
        projects = (projects[0].model_copy(update={"tasks": tasks, "milestones": _milestones(text)}),)
    scores = {total.scope: total.score for total in text.totals}
    projects = tuple(
        project.model_copy(update={"self_score": scores.get(position)})
        for position, project in enumerate(projects)
    )
    whole = scores.get(None)
    if whole is not None and len(projects) == 1:
        projects = (projects[0].model_copy(update={"self_score": whole}),)
    report = Report(
        unit_name=text.profile.unit_name,
        title=_title(text.profile),
        year=text.profile.year,
        kind=kind,
        stage=Stage.SELF_EVALUATION,
        projects=projects,
        tasks=tasks if of_report else (),
        other_figures=_others(text, projects),
        last_year=form.last_year if form else None,
        self_score=whole,
    )
    findings += _unread(source, report)
    findings += [*supposed, *rate_findings(text.statements), *check_tables(text.tables)]
    findings += [*_against(text, projects), *total_findings(text.totals, projects, text.paragraphs)]
    return report, findings + rate_without_budget(text.paragraphs, text.statements)


def _read(source: SourceText, grids: Sequence[Grid], form: Report | None) -> tuple[Text, list[Finding]]:
    """Return what the text says, and what was supposed in reading its indicators."""
    paragraphs = paragraphs_of(source)
    listed = sub_projects_in(paragraphs)
    named = tuple(project.name for project in form.projects if project.name) if form else ()
    names = listed or (named if len(named) > 1 else ())
    paragraphs = scoped(paragraphs, names)
    tabled = form is not None and any(project.indicators for project in form.projects)
    stated, findings = ((), []) if tabled else indicators_in(paragraphs)
    text = Text(
        profile=profile_of(source),
        paragraphs=paragraphs,
        names=names,
        tables=money_tables(grids),
        statements=statements_in(paragraphs),
        stated=stated,
        totals=totals_in(paragraphs, names),
    )
    return text, list(findings)


def _unread(source: SourceText, report: Report) -> list[Finding]:
    """Return I03 where a table of indicators came as text without cells (some PDFs, conversions of old files)."""
    if any(project.indicators for project in report.projects):
        return []
    lines = ["".join(block.text.split()) for block in source.blocks if "三级指标" in block.text]
    loose = source.wrapped or any(re.match(r"一级指标二级指标三级指标", line) for line in lines)
    if not lines or not loose:
        return []
    message = "文中的指标表没有单元格，指标没有读入，只读入了资金、任务和总分"
    return [finding("I03", message, remedy="请改用该报告的 .docx 或 .xlsx 版读入")]


def _kind(profile: Profile) -> ReportKind:
    """Return the kind that the title names, 项目 where it names none."""
    known = {kind.value: kind for kind in ReportKind}
    return known.get(profile.kind, ReportKind.PROJECT)


def _title(profile: Profile) -> str:
    """Return the title without unit, year and the words 绩效自评报告."""
    bare = re.sub(r"20\d\d年度?", "", profile.title)
    return _SUFFIX.sub("", bare.replace(profile.unit_name, "", 1)) or profile.title


def _projects(text: Text, form: Report | None) -> tuple[tuple[Project, ...], list[Finding]]:
    """Return the sub-projects: those of the forms, completed by tables and sentences; else those of the sentences."""
    tabled = form.projects if form else ()
    named = [project.name for project in tabled if project.name]
    parts = part_projects(text.tables, named) if len(named) > 1 else ()
    projects = _completed(tabled, parts) if tabled else _from_sentences(text)
    findings: list[Finding] = []
    if len(projects) == 1:
        projects = (_single(text, projects[0], findings),)
    elif not tabled:
        findings += [
            supposed_money(item, projects[item.scope].name)
            for item in _firsts(text)
            if item.scope is not None
        ]
    projects = with_indicators(projects, text.stated)
    items = {**items_stated(text.paragraphs), **items_of(text.tables, [project.name for project in projects])}
    return tuple(
        project.model_copy(update={"line_items": items[position]}) if position in items else project
        for position, project in enumerate(projects)
    ), findings


def _completed(forms: Sequence[Project], parts: Sequence[Project]) -> tuple[Project, ...]:
    """Return the sub-projects of the forms with those that only the table by sub-project lists (保密 ones)."""
    known = {project.name: project for project in forms}
    if not parts:
        return tuple(forms)
    return tuple(known.get(part.name, part) for part in parts)


def _from_sentences(text: Text) -> tuple[Project, ...]:
    """Return a sub-project for every name that the text lists, one for a text that lists none."""
    spoken = {item.scope for item in text.statements} | {item.scope for item in text.stated}
    if len(text.names) < 2 or spoken <= {None}:
        return (Project(),)
    return tuple(
        Project(
            name=name, funding=stated_funding([item for item in text.statements if item.scope == position])
        )
        for position, name in enumerate(text.names)
    )


def _single(text: Text, project: Project, findings: list[Finding]) -> Project:
    """Return the only project with name and money: from a table by source, by type, else from sentences."""
    name = project.name or _name(text)
    by_kind = {table.kind: table for table in reversed(text.tables)}
    table = by_kind.get("sources") or by_kind.get("types")
    funding = project.funding
    if table is not None and (not funding or table.kind == "types" and "sources" not in by_kind):
        funding = funding_of(table)
    if not funding:
        wholes = [item for item in text.statements if item.scope is None]
        funding = stated_funding(wholes, *_source(text, None))
        findings += [supposed_money(item, name) for item in wholes[: len(funding)]]
    return project.model_copy(update={"name": name, "funding": funding})


def _source(text: Text, scope: int | None) -> tuple[str, ...]:
    """Return the source that the sentences of a scope say all money comes from, none where they say none."""
    stated = any("由财政拨款" in item.text for item in text.paragraphs if item.scope == scope)
    return ("财政拨款",) if stated else ()


def _name(text: Text) -> str:
    """Return the name of the only project: what its budget sentence speaks of, else the title."""
    about = next((item.about for item in text.statements if item.about), "")
    if "“" in about and not _GENERIC.search(about):
        return about
    return "部门整体支出" if _kind(text.profile) is ReportKind.DEPARTMENT else _title(text.profile)


def _firsts(text: Text) -> list[Statement]:
    """Return the first statement of every scope."""
    return list({item.scope: item for item in reversed(text.statements)}.values())


def _task_tables(text: Text, projects: Sequence[Project]) -> list[MoneyTable]:
    """Return the tables whose rows are tasks; a table by sub-project that became the sub-projects is none."""
    names = {project.name for project in projects}
    return [
        table
        for table in text.tables
        if not (table.kind == "parts" and {row.name for row in table.rows} <= names)
    ]


def _rated(text: Text) -> tuple[Task, ...]:
    """Return tasks of which the text states nothing but a rate."""
    return tuple(Task(name=name, completion=rate) for name, rate in task_rates(text.paragraphs))


def _milestones(text: Text) -> tuple[Milestone, ...]:
    """Return the steps by year of a project of several years (2022年，…；2023年，…)."""
    for paragraph in text.paragraphs:
        steps = list(_STEP.finditer(paragraph.text))
        if len({step["year"] for step in steps}) >= 2 and re.search(r"周期|分年|三年|规划", paragraph.text):
            return tuple(Milestone(year=int(step["year"]), content=step["content"]) for step in steps)
    return ()


def _others(text: Text, projects: Sequence[Project]) -> tuple[OtherFigure, ...]:
    """Return amounts that tables give beside the funds: by type where funds are by source, and parts of a row."""
    by_type = any(row.expenditure_type for project in projects for row in project.funding)
    return tuple(
        figure
        for table in text.tables
        if table.kind == "types"
        for figure in figures_of(table, text.profile.year, children_only=by_type)
    )


def _against(text: Text, projects: Sequence[Project]) -> list[Finding]:
    """Return where sentences and tables differ; statements of unknown sub-projects are left out."""
    known = [item for item in text.statements if item.scope is None or item.scope < len(projects)]
    return against_tables(known, projects)
