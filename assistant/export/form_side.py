"""The sheets beside the 自评表 in our workbook (附表): report data, line items, notes, other figures and the rest."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from enum import Enum
from typing import Any

from openpyxl import Workbook
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from assistant.domain.report import Project, Report
from assistant.domain.workbook_layout import (
    ATTRIBUTE_COLUMNS,
    ATTRIBUTES,
    FUNDING_ATTRIBUTES,
    FUNDING_COLUMNS,
    INFORMATION_FIELDS,
    KINDS,
    LAST_YEAR,
    OWNER,
    SIDE_SHEETS,
    STAGES,
    Column,
    SideSheet,
)
from assistant.export.form_cells import put_header, put_number, put_text
from assistant.export.form_rules import add_list, protect

#: Side sheets that stand in every workbook, so that there is a place to write in.
_ALWAYS = {"明细", "备注", "其他数据"}
_LABELS = {**KINDS, **STAGES}

Named = Sequence[tuple[str, Project]]


def write_information(sheet: Worksheet, report: Report) -> None:
    """Write 填报信息: the fields of the report, last year's beside them."""
    for column, words in enumerate(("项目", "本年", LAST_YEAR), start=1):
        put_header(sheet, 1, column, words)
    for row, (label, field) in enumerate(INFORMATION_FIELDS, start=2):
        put_header(sheet, row, 1, label)
        for column, source in enumerate((report, report.last_year), start=2):
            _put(sheet, row, column, getattr(source, field) if source is not None else None)
    for letter, width in (("A", 14), ("B", 50), ("C", 50)):
        sheet.column_dimensions[letter].width = width
    for code, known in (("kind", KINDS), ("stage", STAGES)):
        row = next(row for row, (_, name) in enumerate(INFORMATION_FIELDS, start=2) if name == code)
        add_list(sheet, f"B{row}:C{row}", list(known.values()))
    protect(sheet)


def write_side_sheets(
    workbook: Workbook,
    report: Report,
    now: Named,
    before: Named,
    *,
    tasks_in_form: frozenset[str] = frozenset(),
) -> None:
    """Write the side sheets that are needed; `now` and `before` pair sheet names with sub-projects.

    `tasks_in_form` names the reports ("" this year's, 上年 last year's) whose tasks stand in their form.
    """
    reports = [("", report)] + ([(LAST_YEAR, report.last_year)] if report.last_year else [])
    owners = [*reports, *now, *before]
    for layout in SIDE_SHEETS:
        kept = [
            owner for owner in owners if not (layout.attribute == "tasks" and _formed(owner, tasks_in_form))
        ]
        rows = list(_rows(layout, kept))
        if rows or layout.name in _ALWAYS:
            _write(workbook.create_sheet(layout.name), layout.columns, rows)
    _write_where_needed(workbook, ATTRIBUTES, ATTRIBUTE_COLUMNS, _attributes([*now, *before]))
    _write_where_needed(workbook, FUNDING_ATTRIBUTES, FUNDING_COLUMNS, _funding([*now, *before]))


def _formed(owner: tuple[str, Any], tasks_in_form: frozenset[str]) -> bool:
    """Return whether an owner is a report whose tasks stand in its form."""
    return isinstance(owner[1], Report) and owner[0] in tasks_in_form


def _rows(layout: SideSheet, owners: Sequence[tuple[str, Any]]) -> Iterator[tuple[str, list[Any]]]:
    """Yield the rows of a side sheet: owner and values."""
    for name, owner in owners:
        admitted = layout.of_report if isinstance(owner, Report) else layout.of_project
        for item in getattr(owner, layout.attribute) if admitted else ():
            yield name, [getattr(item, column.field) if column.field else item for column in layout.columns]


def _attributes(projects: Named) -> list[tuple[str, list[Any]]]:
    """Return the rows of 项目属性, of sub-projects that have any."""
    rows = [
        (
            name,
            [
                project.code,
                "是" if project.confidential else "",
                project.expenditure_type,
                project.level,
                project.self_score,
                project.self_grade,
            ],
        )
        for name, project in projects
    ]
    return [row for row in rows if any(value is not None and value != "" for value in row[1])]


def _funding(projects: Named) -> list[tuple[str, list[Any]]]:
    """Return the rows of 资金属性: every source of a sub-project where any has a type or level."""
    return [
        (name, [row.source, row.expenditure_type, row.level])
        for name, project in projects
        if any(row.expenditure_type or row.level for row in project.funding)
        for row in project.funding
    ]


def _write_where_needed(
    workbook: Workbook, name: str, columns: Sequence[Column], rows: list[tuple[str, list[Any]]]
) -> None:
    """Write a side sheet only if it has rows."""
    if rows:
        _write(workbook.create_sheet(name), columns, rows)


def _write(sheet: Worksheet, columns: Sequence[Column], rows: Sequence[tuple[str, list[Any]]]) -> None:
    """Write one side sheet: owner first, then its columns."""
    put_header(sheet, 1, 1, OWNER)
    sheet.column_dimensions["A"].width = 22
    for position, column in enumerate(columns, start=2):
        put_header(sheet, 1, position, column.header)
        sheet.column_dimensions[get_column_letter(position)].width = 60 if len(columns) == 1 else 18
    for row, (name, values) in enumerate(rows, start=2):
        put_text(sheet, row, 1, name)
        for position, value in enumerate(values, start=2):
            _put(sheet, row, position, value)
    for position, shown in enumerate(columns, start=2):
        if shown.field == "confidential":
            letter = get_column_letter(position)
            add_list(sheet, f"{letter}2:{letter}{len(rows) + 1}", ["是"])
    sheet.freeze_panes = "A2"


def _put(sheet: Worksheet, row: int, column: int, value: Any) -> None:
    """Write a value as what it is: figure, year, word of a code, text."""
    if isinstance(value, Decimal):
        put_number(sheet, row, column, value)
    elif isinstance(value, int):
        put_number(sheet, row, column, Decimal(value))
    elif isinstance(value, Enum):
        put_text(sheet, row, column, _LABELS[value.value])
    else:
        put_text(sheet, row, column, value or "")
