"""The annexes (附件) of a report on the canvas: summary, one 自评表 a sub-project, 佐证材料目录.

Each stands in a landscape section of its own, or all of them where a template has its place for them.
"""

from __future__ import annotations

from docx.enum.text import WD_ALIGN_PARAGRAPH

from assistant.domain.base import Frozen
from assistant.domain.report import Report
from assistant.domain.scorecard import Scorecard
from assistant.export import annex, evidence, pictures, styles
from assistant.export.body import write_title
from assistant.export.canvas import Canvas
from assistant.export.charts import Chart, write_chart
from assistant.export.roles import Role
from assistant.export.tables import Setting, Table, as_rows, element_of, lowest


class Annex(Frozen):
    """One annex: its title and tables or charts; `money` says that its amounts are in 万元."""

    title: str
    tables: tuple[Table, ...] = ()
    charts: tuple[Chart, ...] = ()
    money: bool = True


def annexes_of(report: Report, scorecard: Scorecard, *, figures: bool = False) -> list[Annex]:
    """Return the annexes in order: the summary where there are several sub-projects, each public form, evidence.

    `figures` adds the charts of the scores.
    """
    made = []
    if len(report.projects) > 1:
        rows = annex.summary_rows(report, scorecard)
        summary = Table(rows=as_rows(rows), widths=annex.SUMMARY_WIDTHS, repeat=1)
        made.append(Annex(title="自评情况汇总表", tables=(summary,)))
    for project, card in annex.public_projects(report, scorecard):
        upper = annex.figure_rows(report, project, card)
        rows = annex.indicator_rows(project, card)
        tables = (
            Table(rows=as_rows(upper), widths=annex.WIDTHS, joined=True),
            Table(rows=as_rows(rows), widths=lowest(rows, annex.GRIDS), repeat=1, keep_last=True),
        )
        made.append(Annex(title=annex.title_of(report, project), tables=tables))
    if listed := evidence.evidence_rows(report):
        files = Table(rows=as_rows(listed), widths=evidence.WIDTHS, repeat=1)
        made.append(Annex(title=evidence.TITLE, tables=(files,), money=False))
    if figures:
        made.append(Annex(title=pictures.TITLE, charts=tuple(pictures.charts_of(scorecard)), money=False))
    return made


def write_annex_sections(
    canvas: Canvas, annexes: list[Annex], year: int | None, *, own_page: bool = True
) -> None:
    """Add each annex on pages of its own, tables across; `own_page` gives them the layout's margins."""
    for number, one in enumerate(annexes, 1):
        section = canvas.add_section()
        if own_page:
            styles.set_page(section, canvas.layout, landscape=not one.charts)
        else:
            styles.lay(section, landscape=not one.charts)
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
    for number, chart in enumerate(one.charts, 1):
        write_chart(canvas, chart, number)
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
