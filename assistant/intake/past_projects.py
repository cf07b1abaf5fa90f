"""Builds the sub-projects of a past report from its tables and sentences (由文成表).

Tables go before sentences; what a sentence says otherwise is a finding (B02). Knows nothing of files.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal

from assistant.domain.figures import CENT
from assistant.domain.finding import Finding
from assistant.domain.register import finding
from assistant.domain.report import Funding, LineItem, OtherFigure, Project, Task
from assistant.intake.flow import speaks_of
from assistant.intake.funding_block import COLUMNS, NAMES
from assistant.intake.money_tables import MoneyRow, MoneyTable
from assistant.intake.prose_indicators import Stated
from assistant.intake.prose_money import Statement

_WHOLE_LABEL = "年度资金总额"
_CONFIDENTIAL = re.compile(r"保密|涉密")


def funding_of(table: MoneyTable) -> tuple[Funding, ...]:
    """Return the rows of a table by source or by type as funding."""
    typed = table.kind == "types"
    return tuple(
        Funding(source=row.name, expenditure_type=row.name if typed else "", **_amounts(row))
        for row in table.rows
    )


def stated_funding(statements: Sequence[Statement], source: str = _WHOLE_LABEL) -> tuple[Funding, ...]:
    """Return funding from sentences: by type where they part it, else one row of the whole under `source`."""
    typed = [item for item in statements if item.subject]
    if typed:
        return tuple(
            Funding(
                source=item.subject,
                expenditure_type=item.subject,
                annual_budget=item.annual,
                expenditure=item.spent,
            )
            for item in typed
        )
    whole = next((item for item in statements if item.complete), None)
    if whole is None:
        return ()
    return (
        Funding(
            source=source,
            initial_budget=whole.initial,
            annual_budget=whole.annual,
            expenditure=whole.spent,
        ),
    )


def _amounts(row: MoneyRow) -> dict[str, Decimal | None]:
    """Return the three amounts of a row by field."""
    return {column: row.amount(column) for column in COLUMNS}


def part_projects(tables: Sequence[MoneyTable], names: Sequence[str]) -> tuple[Project, ...]:
    """Return a sub-project for each row of the table by sub-project, if that table holds all `names`; else none."""
    for table in tables:
        rows = {row.name: row for row in table.rows}
        if table.kind == "parts" and names and set(names) <= set(rows):
            return tuple(
                Project(
                    name=row.name,
                    confidential=bool(_CONFIDENTIAL.search(row.name)),
                    funding=(Funding(source=_WHOLE_LABEL, **_amounts(row)),),
                )
                for row in table.rows
            )
    return ()


def tasks_of(tables: Sequence[MoneyTable]) -> tuple[Task, ...]:
    """Return the tasks and, where one form covers several sub-projects, those as tasks with their money."""
    found: list[Task] = []
    for table in tables:
        grouped = any(row.group for row in table.rows)
        if table.kind in ("tasks", "parts") or (grouped and table.kind == "items"):
            found += [
                Task(
                    name=row.group if grouped and table.kind == "items" else row.name,
                    content=row.content if row.content != row.name else "",
                    budget=row.amount("annual_budget"),
                    expenditure=row.amount("expenditure"),
                    completion=row.completion,
                )
                for row in table.counted
            ]
    return tuple(found)


def items_of(tables: Sequence[MoneyTable], names: Sequence[str]) -> dict[int, tuple[LineItem, ...]]:
    """Return the line items by position of the sub-project that a caption names; by 0 where there is only one."""
    found: dict[int, tuple[LineItem, ...]] = {}
    for table in tables:
        owner = 0 if len(names) == 1 else speaks_of(table.caption, names)
        if table.kind != "items" or owner is None:
            continue
        rows = [row for row in table.rows if "小计" not in row.name]
        items = tuple(
            LineItem(
                name=row.name if row.name != "不公开" else row.group,
                budget=row.amount("annual_budget"),
                expenditure=row.amount("expenditure"),
            )
            for row in rows
        )
        found[owner] = found.get(owner, ()) + items
    return found


def figures_of(table: MoneyTable, year: int | None, *, children_only: bool) -> tuple[OtherFigure, ...]:
    """Return the amounts of rows that have no place in the form, as further figures in 万元."""
    rows = table.children if children_only else (*table.rows, *table.children)
    return tuple(
        OtherFigure(
            name=f"{row.name}{NAMES[column]}", value=amount, unit="万元", year=year, source=table.caption
        )
        for row in rows
        for column in COLUMNS
        if (amount := row.amount(column)) is not None
    )


def with_indicators(projects: Sequence[Project], stated: Sequence[Stated]) -> tuple[Project, ...]:
    """Return the sub-projects with the indicators that sentences state, where they have none from a table."""
    single = len(projects) == 1
    return tuple(
        project
        if project.indicators
        else project.model_copy(
            update={
                "indicators": tuple(item.indicator for item in stated if single or item.scope == position)
            }
        )
        for position, project in enumerate(projects)
    )


def against_tables(statements: Sequence[Statement], projects: Sequence[Project]) -> list[Finding]:
    """Return B02 where a sentence states other amounts of a sub-project or the whole than the tables."""
    found = []
    for item in statements:
        if item.subject:
            continue
        owners = list(projects) if item.scope is None else [projects[item.scope]]
        what = "全部项目" if item.scope is None else f"“{projects[item.scope].name}”"
        for column, stated in (
            ("initial_budget", item.initial),
            ("annual_budget", item.annual),
            ("expenditure", item.spent),
        ):
            if stated is None or any(
                getattr(row, column) is None for project in owners for row in project.funding
            ):
                continue
            total = sum((project.total(column) for project in owners), Decimal(0))
            if total and abs(total - stated) > CENT:
                found.append(
                    finding(
                        "B02",
                        f"{item.place}：{what}的{NAMES[column]}写为{stated:f}万元，按资金表为{total:f}万元",
                        remedy="请核对正文与资金表",
                        observed=f"{stated:f}万元",
                        expected=f"{total:f}万元",
                        place=item.place,
                    )
                )
    return found
