"""The block 年度重点任务 of a department's form: rows under a header with task names and their money."""

from __future__ import annotations

import re

from assistant.domain.report import Task
from assistant.intake.cells import Reader
from assistant.intake.columns import field_of, header_columns
from assistant.intake.grid import Cell, Grid

_NAME = re.compile(r"(?:年度)?(?:重点)?(?:工作)?任务名称|重点任务|任务")
_CONTENT = re.compile(r"主要内容|主要实施内容|任务内容")
_COMPLETION = re.compile(r"(?:任务|年末)?完成情况")
_MONEY = {"annual_budget": "预算数", "expenditure": "执行数"}


def find_tasks(grid: Grid) -> int | None:
    """Return the header row of the block: a task column and at least one of budget and expenditure."""
    for row in grid.rows():
        named = any(_NAME.fullmatch(cell.plain) for cell in grid.row(row))
        if named and set(header_columns("funding", grid, row)) & set(_MONEY):
            return row
    return None


def read_tasks(reader: Reader, header: int, end: int) -> tuple[Task, ...]:
    """Return the tasks below their header, up to (not including) row `end`; empty lines are none."""
    grid = reader.grid
    columns = {
        field: cell for field, cell in header_columns("funding", grid, header).items() if field in _MONEY
    }
    for cell in grid.row(header):
        for field, pattern in (("name", _NAME), ("content", _CONTENT), ("completion", _COMPLETION)):
            if pattern.fullmatch(cell.plain):
                columns[field] = cell
    found = []
    for row in range(header + 1, end):
        if field_of("total", grid.at(row, columns["name"].column)) == "labels":
            break
        task = _task(reader, {field: grid.at(row, cell.column) for field, cell in columns.items()})
        if task != Task():
            found.append(task)
    return tuple(found)


def _task(reader: Reader, cells: dict[str, Cell]) -> Task:
    """Return the task of a row."""
    words = {
        field: reader.text(cells[field]) for field in ("name", "content", "completion") if field in cells
    }
    money = {
        field: reader.amount(cells[column], f"任务“{words.get('name', '')[:12]}”的{_MONEY[column]}")
        for field, column in (("budget", "annual_budget"), ("expenditure", "expenditure"))
        if column in cells
    }
    return Task(**words, **money)
