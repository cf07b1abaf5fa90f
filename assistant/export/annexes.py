"""The annexes (附件) of a report on the canvas: summary, one 自评表 a sub-project, 佐证材料目录.

Each stands in a landscape section of its own, or all of them where a template has its place for them.
"""

from __future__ import annotations

from docx.enum.text import WD_ALIGN_PARAGRAPH

from assistant.domain.base import Frozen
from assistant.domain.report import Report
from assistant.domain.scorecard import Scorecard
from assistant.export import annex, evidence, styles
from assistant.export.body import write_title
from assistant.export.canvas import Canvas
from assistant.export.roles import Role
from assistant.export.tables import Cell, Setting, Table, element_of


class Annex(Frozen):
    """One annex: its title and tables; `money` says that its amounts are in 万元."""

    title: str
    tables: tuple[Table, ...]
    money: bool = True


def annexes_of(report: Report, scorecard: Scorecard) -> list[Annex]:
    """Return the annexes in order: the summary where there are several sub-projects, then each public form."""
    made = []
    if len(report.projects) > 1:
        rows = annex.summary_rows(report, scorecard)
        table = _table(rows, annex.SUMMARY_WIDTHS, repeat=1)
        made.append(Annex(title="自评情况汇总表", tables=(table,)))
    for project, card in annex.public_projects(report, scorecard):
        figures = _table(annex.figure_rows(report, project, card), annex.WIDTHS)
        rows = annex.indicator_rows(project, card)
        indicators = _table(rows, annex.WIDTHS, repeat=1, keep_last=True)
        made.append(Annex(title=f"“{project.name}”项目支出绩效自评表", tables=(figures, indicators)))
    if listed := evidence.evidence_rows(report):
        table = _table(listed, evidence.WIDTHS, repeat=1)
        made.append(Annex(title=evidence.TITLE, tables=(table,), money=False))
    return made


def _table(
    rows: list[list[Cell]], widths: tuple[int, ...], *, repeat: int = 0, keep_last: bool = False
) -> Table:
    return Table(rows=tuple(map(tuple, rows)), widths=widths, repeat=repeat, keep_last=keep_last)


def write_annex_sections(
    canvas: Canvas, annexes: list[Annex], year: int | None, *, own_page: bool = True
) -> None:
    """Add each annex in a landscape section; `own_page` gives it the layout's margins, not the template's."""
    for number, one in enumerate(annexes, 1):
        section = canvas.add_section()
        if own_page:
            styles.set_page(section, canvas.layout, landscape=True)
        elif number == 1:
            styles.lay_across(section)
        _write(canvas, one, f"附件{number}" if len(annexes) > 1 else "附件", year)


def write_annexes_here(canvas: Canvas, annexes: list[Annex], year: int | None) -> None:
    """Add the annexes one below the other, as wide as the text is."""
    for number, one in enumerate(annexes, 1):
        _write(canvas, one, f"附件{number}" if len(annexes) > 1 else "附件", year)


def _write(canvas: Canvas, one: Annex, mark: str, year: int | None) -> None:
    canvas.add(mark, Role.ANNEX_MARK)
    write_title(canvas, one.title)
    if year:
        canvas.add(f"（{year}年度）", Role.CELL).alignment = WD_ALIGN_PARAGRAPH.CENTER
    canvas.add_right("单位：万元" if one.money else "", Role.CELL)
    fonts, sizes = canvas.layout.fonts, canvas.layout.sizes
    setting = Setting(
        style=canvas.roles[Role.CELL],
        head_font=fonts.table_head,
        latin=fonts.latin,
        size=sizes.table,
        width=canvas.text_width,
        page=canvas.text_height,
    )
    for table in one.tables:
        canvas.add_table(element_of(table, setting))
