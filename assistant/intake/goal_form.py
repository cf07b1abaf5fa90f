"""What a 绩效目标申报表 has in place of amounts spent and results: money to come, goals, tasks (申报阶段).

The layout of 财预〔2015〕82号: 年度资金总额 with its sources below, 年度目标, for a department 年度主要任务. Indicators
are read as in every form.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from assistant.domain.finding import Finding
from assistant.domain.report import Funding, Goal, Task
from assistant.domain.units import sum_slack
from assistant.intake.cells import Reader
from assistant.intake.columns import header_columns
from assistant.intake.disagreement import disagreement
from assistant.intake.grid import Cell, Grid
from assistant.intake.indicator_block import find_indicators
from assistant.intake.project_form import ProjectForm, read_project_form

_TITLE = re.compile("目标(?:申报|审核|批复)?表|申报表")
_RESULTS = {"actual", "score"}
_TOTALS = ("年度资金总额", "年度预算总额", "本年度资金总额", "资金总额", "项目资金总额", "预算总额")
_GOALS = ("年度总体目标", "总体绩效目标", "年度绩效目标", "总体目标", "绩效目标")
_TASK_NAME = re.compile("(?:年度)?(?:主要|重点)?(?:工作)?任务名称|任务名称")
_TASK_MONEY = re.compile("(?:预算金额|预算数|拟投入(?:的)?资金|投入金额|资金)(?:[(（].*)?")
_SUM = re.compile("(?:金额)?(?:合计|总计)")


def is_goal_form(grid: Grid) -> bool:
    """Return whether a form is a plan: so its title says, and its indicators have neither results nor scores."""
    header = find_indicators(grid)
    titles = [cell.plain for cell in grid.cells if cell.row <= (header or 0)]
    named = any(_TITLE.search(text) for text in titles) and not any("自评" in text for text in titles)
    return named and header is not None and not _RESULTS & set(header_columns("indicators", grid, header))


def read_goal_form(grid: Grid) -> ProjectForm:
    """Return the plan on a grid: the form as every form is read, with what only a plan has."""
    form, reader = read_project_form(grid), Reader(grid)
    funding, wrong = read_money(reader)
    tasks, summed = read_planned_tasks(reader, find_indicators(grid) or grid.last_row + 1)
    kept = [found for found in form.findings if found.rule != "I07"]
    project = form.project.model_copy(
        update={"funding": funding or _of_tasks(tasks), "goal": Goal(expected=read_goal(reader))}
    )
    return form.model_copy(
        update={
            "project": project,
            "tasks": tasks,
            "plan": True,
            "findings": (*kept, *reader.findings, *wrong, *summed),
        }
    )


def _of_tasks(tasks: tuple[Task, ...]) -> tuple[Funding, ...]:
    """Return the money of a department that plans by tasks alone."""
    total = sum((task.budget or Decimal(0) for task in tasks), Decimal(0))
    return (_planned("年度资金总额", total),) if total else ()


def read_goal(reader: Reader) -> str:
    """Return the 年度目标 below its header, else the text right of 总体目标."""
    grid = reader.grid
    header = next((cell for cell in grid.cells if cell.plain == "年度目标"), None)
    if header is not None:
        return reader.text(grid.at(header.last_row + 1, header.column))
    label = next((cell for words in _GOALS for cell in grid.cells if cell.plain == words), None)
    return "" if label is None else reader.text(grid.at(label.row, label.last_column + 1))


def read_money(reader: Reader) -> tuple[tuple[Funding, ...], list[Finding]]:
    """Return the money of the year by source; A01 where the printed total is not their sum."""
    grid = reader.grid
    label = next((cell for words in _TOTALS for cell in grid.cells if cell.plain == words), None)
    if label is None:
        return (), []
    total = reader.amount(grid.at(label.row, label.last_column + 1), label.plain)
    sources = tuple(_sources(reader, label))
    if not sources:
        return (() if total is None else (_planned("年度资金总额", total),)), []
    expected = sum((row.annual_budget or Decimal(0) for row in sources), Decimal(0))
    if total is None or abs(total - expected) <= sum_slack(len(sources)):
        return sources, []
    place = grid.place(grid.at(label.row, label.last_column + 1))
    return sources, [disagreement("A01", place, label.plain, total, expected, "万元", "各来源之和为")]


def _sources(reader: Reader, label: Cell) -> Iterator[Funding]:
    """Yield the sources below the total, while names and amounts go on."""
    grid = reader.grid
    for row in grid.rows(label.last_row + 1):
        name = re.sub("^其中[:：]?", "", grid.at(row, label.column).plain)
        amount = grid.at(row, label.last_column + 1)
        if not name or not re.match(r"[\d,.]+(?:万元)?$", amount.plain):
            return
        value = reader.amount(amount, f"“{name}”的金额")
        if value:
            yield _planned(name, value)


def _planned(source: str, amount: Decimal) -> Funding:
    """Return money of a plan: both 年初预算数 and 全年预算数."""
    return Funding(source=source, initial_budget=amount, annual_budget=amount)


def read_planned_tasks(reader: Reader, end: int) -> tuple[tuple[Task, ...], list[Finding]]:
    """Return the 年度主要任务 above row `end`; A12 where their printed sum is not that of the rows."""
    grid = reader.grid
    for row in grid.rows():
        name = next((cell for cell in grid.row(row) if _TASK_NAME.fullmatch(cell.plain)), None)
        money = next((cell for cell in grid.row(row) if _TASK_MONEY.fullmatch(cell.plain)), None)
        if row < end and name is not None and money is not None:
            return _tasks(reader, name, money, end)
    return (), []


def _tasks(reader: Reader, name: Cell, money: Cell, end: int) -> tuple[tuple[Task, ...], list[Finding]]:
    """Return the rows below a header of tasks, down to their sum."""
    grid, tasks = reader.grid, list[Task]()
    for row in grid.rows(name.last_row + 1):
        label, cell = grid.at(row, name.column), grid.at(row, money.column)
        if row >= end:
            break
        if not label.plain:
            continue
        amount = (
            reader.amount(cell, f"任务“{label.plain[:12]}”的资金") if re.match(r"\d", cell.plain) else None
        )
        if _SUM.fullmatch(label.plain):
            expected = sum((task.budget or Decimal(0) for task in tasks), Decimal(0))
            wrong = amount is not None and tasks and abs(amount - expected) > sum_slack(len(tasks))
            what = f"“{label.plain}”"
            return tuple(tasks), (
                [disagreement("A12", grid.place(cell), what, amount, expected, "万元", "各任务之和为")]
                if wrong and amount is not None
                else []
            )
        content = grid.at(row, name.last_column + 1)
        words = "" if content.column == money.column else reader.text(content)
        if amount is not None or words:
            tasks.append(Task(name=reader.text(label), content=words, budget=amount))
    return tuple(tasks), []
