"""The blocks that a 部门整体支出绩效自评表 has beside those of a project (部门信息、年度重点任务), domain §3.2."""

from __future__ import annotations

from collections.abc import Sequence

from openpyxl.worksheet.worksheet import Worksheet

from assistant.domain.report import Report, Task
from assistant.domain.workbook_layout import INFORMATION, UNITS
from assistant.export.form_cells import lock, merge, put_formula, put_header, put_number, put_text

#: The last row of the sheet of units that is counted.
_MOST = 1000
#: Columns of the task block with the first and last column each covers.
_TASKS = (
    ("任务名称", 2, 2),
    ("主要内容", 3, 3),
    ("预算数", 4, 4),
    ("执行数", 5, 5),
    ("执行率", 6, 6),
    ("任务完成情况", 7, 8),
)


def write_unit_row(sheet: Worksheet, row: int, report: Report) -> None:
    """Write 单位名称 from 填报信息 and the number of subordinate units, as live cells."""
    put_header(sheet, row, 1, "单位名称")
    put_formula(sheet, row, 2, f'={INFORMATION}!B2&""', "General")
    merge(sheet, (row, 2), (row, 4))
    put_header(sheet, row, 5, "下属单位数")
    if report.units:
        put_formula(sheet, row, 6, f'=COUNTIFS({UNITS}!A2:A{_MOST},"",{UNITS}!B2:B{_MOST},"1")', "0")
    else:
        lock(put_text(sheet, row, 6, ""))
    merge(sheet, (row, 6), (row, 8))


def write_tasks(sheet: Worksheet, row: int, tasks: Sequence[Task], width: int) -> int:
    """Write 年度重点任务 from `row` on, a blank line for none; return the first row below."""
    for words, first, last in _TASKS:
        put_header(sheet, row, first, words)
        merge(sheet, (row, first), (row, last))
    put_header(sheet, row, 1, "年度重点任务")
    listed = tasks or (Task(),)
    for at, task in enumerate(listed, start=row + 1):
        put_text(sheet, at, 2, task.name)
        put_text(sheet, at, 3, task.content)
        put_number(sheet, at, 4, task.budget)
        put_number(sheet, at, 5, task.expenditure)
        put_formula(sheet, at, 6, f'=IF(N(D{at})=0,"",E{at}/D{at})', "0.00%")
        put_text(sheet, at, 7, task.completion)
        merge(sheet, (at, 7), (at, width))
    merge(sheet, (row, 1), (row + len(listed), 1))
    return row + len(listed) + 1
