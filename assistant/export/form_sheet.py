"""One 项目支出绩效自评表 in the official layout (annex 1 of 财预〔2020〕10号), computed cells as live formulas.

Columns A–H are the printed form, of a project (annex 1) or of a department (domain §3.2); to the right of it
stand what the form has no place for (档次, 周期值…) and the numbers that the score formulas use.
"""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Sequence
from functools import cache
from importlib import resources
from itertools import groupby
from typing import Any

from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from assistant.domain.indicator import Indicator
from assistant.domain.report import Funding, Project, Report, ReportKind, Task
from assistant.export.form_cells import lock, merge, put_formula, put_header, put_number, put_text, put_title
from assistant.export.form_department import write_tasks, write_unit_row
from assistant.export.form_rules import add_amounts, add_indicator_lists, protect, set_page
from assistant.export.form_scores import put_grade, put_number_headers, put_numbers, score_formula

WIDTH = 8
_WIDTHS = (13, 20, 26, 20, 20, 10, 12, 34)
_FUNDS = ("年初预算数", "全年预算数", "全年执行数", "分值", "执行率", "得分")
_INDICATORS = (
    "一级指标",
    "二级指标",
    "三级指标",
    "年度指标值",
    "实际完成值",
    "分值",
    "得分",
    "偏差原因分析及改进措施",
)

_BESIDE = (("预算调整额", "=D{row}-C{row}"), ("结余额", "=D{row}-E{row}"))
_EXTRAS: tuple[tuple[str, Callable[[Indicator], str]], ...] = (
    ("定性档次", lambda row: row.tier.value if row.tier else ""),
    ("实施周期指标值", lambda row: row.cycle_target),
    ("指标编码", lambda row: row.code),
    ("分值组", lambda row: row.weight_group),
    ("复核得分", lambda row: "" if row.review_score is None else f"{row.review_score:f}"),
    ("扣减分数", lambda row: "" if row.deduction is None else f"{row.deduction:f}"),
    ("佐证材料", lambda row: "\n".join(f"{e.file}|{e.page}|{e.sha256}" for e in row.evidence)),
)
_ALWAYS = 2


@cache
def printed() -> dict[str, Any]:
    """Return the words printed on the blank form, read once from form.toml."""
    return tomllib.loads(resources.files("assistant.export").joinpath("form.toml").read_text("utf-8"))


def blank_project(kind: ReportKind = ReportKind.PROJECT) -> Project:
    """Return the sub-project of the blank form: the printed sources and the printed tree, nothing filled in."""
    department = kind is ReportKind.DEPARTMENT
    rows = [
        Indicator(category=group["category"], dimension=dimension)
        for group in printed()["rows"]
        for dimension in group["dimensions"]
    ]
    sources = printed()["department_sources" if department else "sources"]
    return Project(
        name="部门整体支出" if department else "",
        funding=tuple(Funding(source=source) for source in sources),
        indicators=tuple(rows),
    )


def write_project(
    sheet: Worksheet, project: Project, report: Report, *, tasks: Sequence[Task] | None = None
) -> None:
    """Write one sub-project of a report into an empty sheet; `tasks` (not None) asks for the block 年度重点任务."""
    department = report.kind is ReportKind.DEPARTMENT
    put_title(sheet, 1, printed()["department_title" if department else "title"], WIDTH, main=True)
    put_title(sheet, 2, f"（{report.year}年度）" if report.year else "（    年度）", WIDTH)
    _names(sheet, project)
    start = 5
    if department:
        write_unit_row(sheet, start, report)
        start += 1
    after = _funding(sheet, project, start + 1)
    if tasks is not None:
        after = write_tasks(sheet, after, tasks, WIDTH)
    header = _goal(sheet, project, after)
    last = _indicators(sheet, project.indicators, header, start + 1)
    set_page(sheet, _WIDTHS, last, header)
    protect(sheet)


def _names(sheet: Worksheet, project: Project) -> None:
    """Write the rows 项目名称 and 主管部门 / 实施单位."""
    put_header(sheet, 3, 1, "项目名称")
    put_text(sheet, 3, 2, project.name)
    merge(sheet, (3, 2), (3, WIDTH))
    put_header(sheet, 4, 1, "主管部门")
    put_text(sheet, 4, 2, project.supervising_department)
    merge(sheet, (4, 2), (4, 4))
    put_header(sheet, 4, 5, "实施单位")
    put_text(sheet, 4, 6, project.implementing_unit)
    merge(sheet, (4, 6), (4, WIDTH))


def _funding(sheet: Worksheet, project: Project, total: int) -> int:
    """Write the funds block with its total on row `total`; return the first row below it."""
    put_header(sheet, total - 1, 1, "项目资金\n（万元）")
    put_header(sheet, total - 1, 2, "")
    for column, words in enumerate(_FUNDS, start=3):
        put_header(sheet, total - 1, column, words)
    sources = project.funding or (Funding(source=printed()["sources"][0]),)
    first, last = total + 1, total + len(sources)
    put_header(sheet, total, 2, "年度资金总额")
    for column in range(3, 6):
        letter = get_column_letter(column)
        put_formula(sheet, total, column, f"=SUM({letter}{first}:{letter}{last})", "0.00")
    put_number(sheet, total, 6, printed()["execution_weight"])
    put_formula(sheet, total, 7, f'=IF(D{total}=0,"",E{total}/D{total})', "0.00%")
    put_formula(
        sheet, total, 8, f"=IF(D{total}=0,0,ROUND(MAX(0,MIN(1,E{total}/D{total}))*F{total},2))", "0.00"
    )
    for row, source in enumerate(sources, start=first):
        _source(sheet, row, source, first=row == first)
    for column, (words, formula) in enumerate(_BESIDE, start=WIDTH + 1):
        put_header(sheet, total - 1, column, words)
        put_formula(sheet, total, column, formula.format(row=total), "0.00")
    merge(sheet, (total - 1, 1), (last, 1))
    add_amounts(sheet, f"C{first}:E{last}")
    return last + 1


def _source(sheet: Worksheet, row: int, source: Funding, *, first: bool) -> None:
    """Write one funding source."""
    marked = first or source.source.endswith(("总额", "合计", "总计"))
    put_text(sheet, row, 2, f"其中：{source.source}" if marked else source.source)
    for column, amount in enumerate(
        (source.initial_budget, source.annual_budget, source.expenditure), start=3
    ):
        put_number(sheet, row, column, amount)
    put_header(sheet, row, 6, "—")
    put_formula(sheet, row, 7, f'=IF(N(D{row})=0,"",E{row}/D{row})', "0.00%")
    put_header(sheet, row, 8, "—")


def _goal(sheet: Worksheet, project: Project, row: int) -> int:
    """Write 年度总体目标; return the row of the indicator header."""
    put_header(sheet, row, 1, "年度总体目标")
    merge(sheet, (row, 1), (row + 1, 1))
    put_header(sheet, row, 2, "预期目标")
    merge(sheet, (row, 2), (row, 4))
    put_header(sheet, row, 5, "实际完成情况")
    merge(sheet, (row, 5), (row, WIDTH))
    put_text(sheet, row + 1, 2, project.goal.expected)
    merge(sheet, (row + 1, 2), (row + 1, 4))
    put_text(sheet, row + 1, 5, project.goal.achieved)
    merge(sheet, (row + 1, 5), (row + 1, WIDTH))
    sheet.row_dimensions[row + 1].height = 60
    return row + 2


def _indicators(sheet: Worksheet, rows: Sequence[Indicator], header: int, total_row: int) -> int:
    """Write the indicator rows, 总分 and 评价等级 below, the columns beside the form; return the last row."""
    for column, words in enumerate(_INDICATORS, start=1):
        put_header(sheet, header, column, words)
    used = _used(rows)
    numbers = WIDTH + 1 + len(used)
    put_number_headers(sheet, header, numbers)
    for row, indicator in enumerate(rows, start=header + 1):
        _indicator(sheet, row, indicator, used)
        put_numbers(sheet, row, numbers, indicator)
    _merge_categories(sheet, rows, header + 1)
    _extras(sheet, rows, header, used)
    last, total = header + len(rows), header + len(rows) + 1
    if rows:
        add_indicator_lists(sheet, header + 1, last, WIDTH + 1)
    _total(sheet, rows, header, total, total_row)
    return total + 1


def _total(sheet: Worksheet, rows: Sequence[Indicator], header: int, total: int, total_row: int) -> None:
    """Write 总分 and 评价等级."""
    last = header + len(rows)
    put_header(sheet, total, 1, "总分")
    merge(sheet, (total, 1), (total, 5))
    weights = f"+SUM(F{header + 1}:F{last})" if rows else ""
    scores = f"+SUM(G{header + 1}:G{last})" if rows else ""
    put_formula(sheet, total, 6, f"=F{total_row}{weights}", "0.##")
    put_formula(sheet, total, 7, f"=H{total_row}{scores}", "0.00")
    lock(put_text(sheet, total, 8, ""))
    put_header(sheet, total + 1, 1, "评价等级")
    merge(sheet, (total + 1, 1), (total + 1, 5))
    put_grade(sheet, total + 1, total, 6)
    merge(sheet, (total + 1, 6), (total + 1, WIDTH))


def _used(rows: Sequence[Indicator]) -> list[tuple[str, Callable[[Indicator], str]]]:
    """Return the columns beside the form: tier and cycle target always, the others where they are used."""
    return [
        (words, value)
        for position, (words, value) in enumerate(_EXTRAS)
        if position < _ALWAYS or any(value(row) for row in rows)
    ]


def _indicator(
    sheet: Worksheet, row: int, indicator: Indicator, used: Sequence[tuple[str, Callable[[Indicator], str]]]
) -> None:
    """Write one indicator; — stands for a category or dimension that the report leaves empty."""
    put_text(sheet, row, 1, indicator.category or "—")
    put_text(sheet, row, 2, indicator.dimension or "—")
    put_text(sheet, row, 3, indicator.name)
    put_text(sheet, row, 4, indicator.annual_target)
    put_text(sheet, row, 5, indicator.actual)
    put_number(sheet, row, 6, indicator.weight)
    first = WIDTH + 1 + len(used)
    letters = {words: get_column_letter(column) for column, (words, _) in enumerate(used, start=WIDTH + 1)}
    formula = score_formula(
        indicator,
        row,
        numbers=f"{get_column_letter(first)},{get_column_letter(first + 1)}",
        tier=letters["定性档次"],
        deduction=letters.get("扣减分数", ""),
    )
    if indicator.score is None and formula:
        put_formula(sheet, row, 7, formula, "0.00")
    else:
        put_number(sheet, row, 7, indicator.score)
    put_text(sheet, row, 8, _reason(indicator))


def _reason(indicator: Indicator) -> str:
    """Return the words of the last column: the reason, and the measures after their own lead."""
    if not indicator.measures:
        return indicator.deviation_reason
    return f"{indicator.deviation_reason}\n改进措施：{indicator.measures}".strip()


def _merge_categories(sheet: Worksheet, rows: Sequence[Indicator], first: int) -> None:
    """Merge equal categories that follow one another, as the official form prints them."""
    start = first
    for _, group in groupby(rows, key=lambda row: row.category):
        length = len(list(group))
        merge(sheet, (start, 1), (start + length - 1, 1))
        start += length


def _extras(
    sheet: Worksheet,
    rows: Sequence[Indicator],
    header: int,
    used: Sequence[tuple[str, Callable[[Indicator], str]]],
) -> None:
    """Write the columns beside the form."""
    for column, (words, value) in enumerate(used, start=WIDTH + 1):
        put_header(sheet, header, column, words)
        sheet.column_dimensions[get_column_letter(column)].width = 14
        for row, indicator in enumerate(rows, start=header + 1):
            put_text(sheet, row, column, value(indicator))
