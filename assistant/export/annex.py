"""The 自评表 as the annex of a report: one form a sub-project in the layout of 财预〔2020〕10号, annex 1.

Reads a Report and its Scorecard, returns rows of cells. Confidential (保密) sub-projects have no form.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from itertools import groupby

from assistant.domain.base import plain
from assistant.domain.figures import percentage, round_half_up
from assistant.domain.report import Funding, Project, Report, ReportKind, quoted
from assistant.domain.scorecard import ProjectScore, Row, Scorecard
from assistant.export.tables import LEFT, Cell

#: Grid of the form in twips (landscape text width).
WIDTHS = (1380, 1600, 2250, 1700, 1720, 700, 930, 2476)
#: Grids for the indicators: more room for names, for targets and actuals, or for reasons and measures.
GRIDS = (
    WIDTHS,
    (1380, 1600, 1700, 1450, 1450, 700, 930, 3546),
    (1380, 1600, 1700, 1700, 1720, 700, 930, 3026),
    (1380, 1600, 2400, 1450, 1450, 700, 930, 2846),
    (1380, 1600, 2900, 1700, 1720, 700, 930, 1826),
    (1380, 1600, 2000, 2000, 2400, 700, 930, 1746),
)
DASH = "—"
_MERGED_AT_MOST = 8  # lines of one merged cell
COLUMNS = (
    "一级指标",
    "二级指标",
    "三级指标",
    "年度指标值",
    "实际完成值",
    "分值",
    "得分",
    "偏差原因分析及改进措施",
)
_FORMS = {
    ReportKind.PROJECT: "项目支出绩效自评表",
    ReportKind.DEPARTMENT: "支出绩效自评表",
    ReportKind.EVALUATION: "绩效评价评分表",
}
FUND_COLUMNS = ("年初预算数", "全年预算数", "全年执行数", "分值", "执行率", "得分")


def public_projects(report: Report, scorecard: Scorecard) -> list[tuple[Project, ProjectScore]]:
    """Return the sub-projects that may be shown, with their cards."""
    pairs = zip(report.projects, scorecard.projects, strict=True)
    return [(project, card) for project, card in pairs if not project.confidential]


def title_of(report: Report, project: Project) -> str:
    """Return the title of a sub-project's form by the kind of report."""
    if report.kind is ReportKind.DEPARTMENT and len(report.projects) == 1:
        return "部门整体支出绩效自评表"
    return f"{quoted(project.name)}{_FORMS[report.kind]}"


def figure_rows(report: Report, project: Project, card: ProjectScore) -> list[list[Cell]]:
    """Return the upper part of one sub-project's form: names, money, goals."""
    return [*_head_rows(report, project), *_fund_rows(project, card), *_goal_rows(project)]


def indicator_rows(project: Project, card: ProjectScore) -> list[list[Cell]]:
    """Return the lower part of the form: a heading line to repeat on each page, the indicators, the total."""
    return [
        [Cell(text=name, head=True) for name in COLUMNS],
        *_indicator_rows(project, card.rows),
        [
            Cell(text="总分", span=5, head=True),
            Cell(text=plain(card.full_score)),
            Cell(text=money_text(card.total_score)),
            Cell(text=f"等级：{card.grade.value}"),
        ],
    ]


def summary_rows(report: Report, scorecard: Scorecard) -> list[list[Cell]]:
    """Return the summary over the sub-projects: money, rate, total and grade; 保密 ones only in the total."""
    head = ("序号", "子项目", "全年预算数", "全年执行数", "执行率", "总分", "等级")
    rows = [[Cell(text=text, head=True) for text in head]]
    for number, (project, card) in enumerate(public_projects(report, scorecard), 1):
        money = card.execution
        cells = (
            str(number),
            project.name,
            money_text(money.annual_budget),
            money_text(money.expenditure),
            rate_text(money.rate),
        )
        rows.append([*_cells(cells), Cell(text=money_text(card.total_score)), Cell(text=card.grade.value)])
    money = scorecard.execution
    sums = (
        money_text(money.annual_budget),
        money_text(money.expenditure),
        rate_text(money.rate),
        money_text(scorecard.total_score),
    )
    label = "合计（含保密子项目）" if any(project.confidential for project in report.projects) else "合计"
    rows.append([Cell(text=label, span=2, head=True), *_cells(sums), Cell(text=scorecard.grade.value)])
    return rows


SUMMARY_WIDTHS = (900, 4200, 1700, 1700, 1400, 1400, 1454)


def _head_rows(report: Report, project: Project) -> list[list[Cell]]:
    return [
        [Cell(text="项目名称", head=True), Cell(text=project.name, span=7, align=LEFT)],
        [
            Cell(text="主管部门", head=True),
            Cell(text=project.supervising_department or report.unit_name, span=3, align=LEFT),
            Cell(text="实施单位", head=True),
            Cell(text=project.implementing_unit or report.unit_name, span=3, align=LEFT),
        ],
    ]


def _fund_rows(project: Project, card: ProjectScore) -> list[list[Cell]]:
    money = card.execution
    head = [Cell(text="项目资金\n（万元）", head=True, merge="restart"), Cell()]
    rows = [[*head, *(Cell(text=name, head=True) for name in FUND_COLUMNS)]]
    total = (
        money_text(money.initial_budget),
        money_text(money.annual_budget),
        money_text(money.expenditure),
        plain(money.weight) if money.weight else DASH,
        rate_text(money.rate),
        money_text(money.score) if money.weight else DASH,
    )
    rows.append([Cell(merge="continue"), Cell(text="年度资金总额", head=True), *_cells(total)])
    for number, source in enumerate(project.funding):
        label = f"其中：{source.source}" if number == 0 else source.source
        rows.append([Cell(merge="continue"), Cell(text=label), *_cells(_source_cells(source))])
    return rows


def _source_cells(source: Funding) -> tuple[str, ...]:
    budget, spent = source.annual_budget or Decimal(0), source.expenditure or Decimal(0)
    amounts = (source.initial_budget, source.annual_budget, source.expenditure)
    rate = percentage(spent, budget)
    return (
        *(money_text(amount) if amount is not None else "" for amount in amounts),
        DASH,
        rate_text(rate),
        DASH,
    )


def _goal_rows(project: Project) -> list[list[Cell]]:
    goal = project.goal
    return [
        [
            Cell(text="年度总体目标", head=True, merge="restart"),
            Cell(text="预期目标", span=3, head=True),
            Cell(text="实际完成情况", span=4, head=True),
        ],
        [
            Cell(merge="continue"),
            Cell(text=goal.expected, span=3, align=LEFT),
            Cell(text=goal.achieved, span=4, align=LEFT),
        ],
    ]


def _indicator_rows(project: Project, rows: Sequence[Row]) -> list[list[Cell]]:
    """Return one line an indicator, its categories merged by their runs in the form."""
    pairs = list(zip(project.indicators, rows, strict=True))
    categories = _runs([indicator.category for indicator in project.indicators])
    dimensions = _runs([f"{one.category}\t{one.dimension}" for one in project.indicators])
    return [
        [
            _merged(indicator.category, first=category),
            _merged(indicator.dimension, first=dimension),
            Cell(text=indicator.name, align=LEFT),
            Cell(text=indicator.annual_target),
            Cell(text=indicator.actual or (row.actual.shown if row.actual else "")),
            Cell(text=plain(row.weight)),
            Cell(text=money_text(row.score)),
            Cell(text=_explanation(indicator.deviation_reason, indicator.measures), align=LEFT),
        ]
        for (indicator, row), category, dimension in zip(pairs, categories, dimensions, strict=True)
    ]


def _runs(names: Sequence[str]) -> list[bool]:
    """Return for each line whether its name is written again: where it changes, and on and on in a long run.

    A merged cell that goes over several pages shows its words on one of them only.
    """
    firsts = list[bool]()
    for _, run in groupby(names):
        lines = len(list(run))
        parts = -(-lines // _MERGED_AT_MOST)
        firsts += [place * parts % lines < parts for place in range(lines)]
    return firsts


def _merged(text: str, *, first: bool) -> Cell:
    return Cell(text=text, merge="restart") if first else Cell(merge="continue")


def _explanation(reason: str, measures: str) -> str:
    parts = (f"原因：{reason}" if reason else "", f"措施：{measures}" if measures else "")
    return "\n".join(part for part in parts if part)


def _cells(texts: Sequence[str]) -> list[Cell]:
    return [Cell(text=text) for text in texts]


def money_text(value: Decimal) -> str:
    """Return an amount or a score as it is printed: two decimals, rounded half up."""
    return plain(round_half_up(value))


def rate_text(value: Decimal | None) -> str:
    """Return a rate as it is printed, a dash where there is none."""
    return DASH if value is None else f"{plain(round_half_up(value))}%"
