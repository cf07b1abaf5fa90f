"""部门整体预算绩效目标申报表: money by three views, tasks, indicators; ragged and shifted cells (申报阶段)."""

from __future__ import annotations

import re
from decimal import Decimal

from assistant.domain.figures import CENT
from assistant.domain.finding import Finding
from assistant.domain.indicator import Category, Dimension, Indicator
from assistant.domain.register import finding
from assistant.domain.report import Funding, Goal, OtherFigure, Project, Report, ReportKind, Stage, Task
from assistant.intake.cells import Reader
from assistant.intake.grid import Cell, Grid

_SPENDING = ("基本支出", "项目支出", "财政专项资金", "其他事业发展性支出", "其他事业事业发展性支出")
_VIEWS = {
    "支出合计": _SPENDING,
    "收入合计": ("财政拨款", "其他资金"),
    "级次合计": ("市本级使用资金", "本级使用资金", "拟用于对下转移支付资金"),
}
_COUNTS = {"财政供养人员数": "人", "下属二级单位数": "个"}
_TASKS = {"名称", "主要实施内容"}
_BENEFITS = {Dimension.ECONOMIC, Dimension.SOCIAL, Dimension.ECOLOGICAL, Dimension.SUSTAINABILITY}
_SPANNING = {"绩效指标", "产出指标", "效益指标", "满意度指标"}


def is_plan_form(grid: Grid) -> bool:
    """Return whether a grid is a 申报表: it has 部门名称, 基本支出 and 总体绩效目标."""
    words = {cell.plain for cell in grid.cells}
    return {"部门名称", "基本支出", "总体绩效目标"} <= words


def read_plan_form(grid: Grid) -> tuple[Report, list[Finding]]:
    """Return the plan of a department as a report of stage 申报, and the findings of the form."""
    reader = Reader(grid)
    amounts = {label: _amount(reader, label) for labels in _VIEWS.values() for label in labels}
    funding = tuple(
        Funding(source="财政拨款", initial_budget=amount, annual_budget=amount, expenditure_type=label)
        for label in _SPENDING
        if (amount := amounts[label])
    )
    project = Project(
        name="部门整体支出",
        funding=funding,
        goal=Goal(expected=_right(reader, "总体绩效目标")),
        indicators=_indicators(reader),
    )
    report = Report(
        unit_name=_right(reader, "部门名称"),
        title=next((cell.text for cell in grid.cells if "申报表" in cell.plain), ""),
        kind=ReportKind.DEPARTMENT,
        stage=Stage.PLAN,
        projects=(project,),
        tasks=_tasks(reader),
        other_figures=_counts(reader),
    )
    return report, [*reader.findings, *_views(amounts), *_staff(reader)]


def _counts(reader: Reader) -> tuple[OtherFigure, ...]:
    """Return the numbers of people and units that the form states."""
    found = []
    for label, unit in _COUNTS.items():
        cell = _label(reader.grid, label)
        value = reader.whole(reader.grid.at(cell.row, cell.last_column + 1), label) if cell else None
        if value is not None:
            found.append(OtherFigure(name=label, value=Decimal(value), unit=unit, source="基本信息"))
    return tuple(found)


def _label(grid: Grid, words: str) -> Cell | None:
    """Return the cell that holds exactly these words."""
    return next((cell for cell in grid.cells if cell.plain == words), None)


def _right(reader: Reader, words: str) -> str:
    """Return the text right of a label."""
    label = _label(reader.grid, words)
    return "" if label is None else reader.text(reader.grid.at(label.row, label.last_column + 1))


def _amount(reader: Reader, words: str) -> Decimal | None:
    """Return the amount right of a label in 万元."""
    label = _label(reader.grid, words)
    return None if label is None else reader.amount(reader.grid.at(label.row, label.last_column + 1), words)


def _views(amounts: dict[str, Decimal | None]) -> list[Finding]:
    """Return A13 where spending, income and level do not give the same sum."""
    sums = {
        view: sum((amounts[label] or Decimal(0) for label in labels), Decimal(0))
        for view, labels in _VIEWS.items()
    }
    filled = {
        view: total
        for view, total in sums.items()
        if any(amounts[label] is not None for label in _VIEWS[view])
    }
    if not filled or max(filled.values()) - min(filled.values()) <= CENT * 2:
        return []
    shown = "、".join(f"{view}{total:f}万元" for view, total in filled.items())
    return [
        finding(
            "A13",
            f"申报表的三个口径不一致：{shown}",
            remedy="支出、收入、预算级次的合计应当相等，请核对各口径的分项",
            observed=shown,
        )
    ]


def _staff(reader: Reader) -> list[Finding]:
    """Return C05 where 财政供养人员数 is blank."""
    label = _label(reader.grid, "财政供养人员数")
    if label is None or _right(reader, "财政供养人员数"):
        return []
    return [
        finding(
            "C05",
            "申报表的“财政供养人员数”未填",
            remedy="请填写在编和离退休等财政供养人数",
            place=reader.grid.place(label),
        )
    ]


def _tasks(reader: Reader) -> tuple[Task, ...]:
    """Return the rows of 年度重点工作任务, down to the next block."""
    grid = reader.grid
    header = next((row for row in grid.rows() if {cell.plain for cell in grid.row(row)} >= _TASKS), None)
    if header is None:
        return ()
    columns = {re.sub(r"\(.*", "", cell.plain): cell.column for cell in grid.row(header)}
    money = next((column for words, column in columns.items() if "资金" in words), None)
    goal = next((column for words, column in columns.items() if words.startswith("期望")), None)
    tasks = []
    for row in grid.rows(header + 1):
        name = reader.text(grid.at(row, columns["名称"]))
        if grid.at(row, 1).text.strip() or not name:
            break
        expected = reader.text(grid.at(row, goal)) if goal else ""
        content = reader.text(grid.at(row, columns["主要实施内容"]))
        tasks.append(
            Task(
                name=name,
                content=f"{content}\n期望目标：{expected}" if expected else content,
                budget=reader.amount(grid.at(row, money), f"任务“{name[:12]}”的资金") if money else None,
            )
        )
    return tuple(tasks)


def _indicators(reader: Reader) -> tuple[Indicator, ...]:
    """Return the indicator rows; cells that a page break shifted are read by what follows the name."""
    grid = reader.grid
    header = next((row for row in grid.rows() if "三级指标" in {cell.plain for cell in grid.row(row)}), None)
    found: list[Indicator] = []
    above = ""
    _note_split_header(reader, header)
    for row in grid.rows(header + 1) if header is not None else ():
        cells = [grid.at(row, column) for column in range(1, grid.last_column + 1)]
        start = next(
            (n for n, cell in enumerate(cells) if cell.text.strip() and cell.plain not in _SPANNING), None
        )
        if start is None:
            continue
        if Dimension.of(cells[start].plain) is not None:
            above, start = cells[start].plain, start + 1
        elif above:
            reader.suppose(cells[start], f"二级指标空白，按上一行的“{above}”读入")
        found.append(_indicator(reader, cells[start : start + 3], above))
    return tuple(found)


def _note_split_header(reader: Reader, header: int | None) -> None:
    """Say where a page break parted the cell 绩效指标 beside the rows, or put another word into it (I04)."""
    for row in reader.grid.rows(header) if header is not None else ():
        cell = reader.grid.at(row, 1)
        if cell.row == row and cell.plain in _SPANNING:
            reader.suppose(cell, f"“{cell.plain}”是跨行栏目名被分页断开后留下的，不作指标读入")


def _indicator(reader: Reader, cells: list[Cell], dimension: str) -> Indicator:
    """Return an indicator from its name and the two values after it."""
    name, cycle, annual = [*(reader.text(cell) for cell in cells), "", "", ""][:3]
    return Indicator(
        category=_category(dimension),
        dimension=dimension,
        name=name,
        cycle_target=cycle,
        annual_target=annual,
    )


def _category(dimension: str) -> str:
    """Return the 一级指标 of a standard dimension, as the indicator tree has it (财预〔2015〕82号)."""
    standard = Dimension.of(dimension)
    if standard is None:
        return ""
    if standard in _BENEFITS:
        return Category.BENEFIT.value
    if standard is Dimension.BENEFICIARY_SATISFACTION:
        return Category.SATISFACTION.value
    return Category.OUTPUT.value
