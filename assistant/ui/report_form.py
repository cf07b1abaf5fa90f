"""The part of 填数据 about the whole report: unit, title, year, kind, rules, notes, other figures."""

from __future__ import annotations

import streamlit as st

from assistant.domain.report import Report, ReportKind
from assistant.scoring.rules import list_rules
from assistant.ui import report_edits
from assistant.ui.desk import Desk, bytes_written
from assistant.ui.editing import OTHER_FIGURES
from assistant.ui.figure_editors import choice_editor, line_editor, table_editor, words_editor
from assistant.ui.markup import said
from assistant.ui.state import State

_KINDS = {kind.value: kind.label for kind in ReportKind}


def show_report_form(at: Desk, state: State) -> None:
    """Show the fields of the whole report and the download of the filled form."""
    report = state.base
    _head(at, state, report)

    def change(**fields: object) -> None:
        state.commit(state.edited.model_copy(update=fields))

    st.html("<h3>其他数据（文稿里还要用到的数字）</h3>")
    table_editor(
        state, OTHER_FIGURES, "others", report.other_figures, lambda rows: change(other_figures=rows)
    )
    words_editor(
        state,
        "说明（每行一条：事实、原因、检查结果，起草时引用）",
        "report-notes",
        "\n".join(report.notes),
        lambda words: change(notes=report_edits.lines(words)),
    )
    _download(state)


def _head(at: Desk, state: State, report: Report) -> None:
    def change(**fields: object) -> None:
        state.commit(state.edited.model_copy(update=fields))

    unit, title, year, kind, rules = st.columns([3, 3, 1, 2, 2])
    with unit:
        line_editor(state, "单位名称", "unit-name", report.unit_name, lambda w: change(unit_name=w))
    with title:
        line_editor(state, "项目（报告）名称", "title", report.title, lambda w: change(title=w))
    with year:
        line_editor(state, "年度", "year", str(report.year or ""), lambda words: _change_year(state, words))
    with kind:
        choice_editor(
            state, "报告类型", "kind", _KINDS, report.kind.value, lambda k: change(kind=ReportKind(k))
        )
    with rules:
        packs = {pack.name: pack.title for pack in list_rules(at.settings.rules_dir)}
        choice_editor(state, "评分规则", "rules", packs, report.rules, lambda name: change(rules=name))
    for complaint in state.complaints.get("year", ()):
        st.html(said("zj-fault", complaint, "请填四位数字的年份"))


def _change_year(state: State, words: str) -> None:
    if words and not (words.isdecimal() and len(words) == 4):
        state.complaints["year"] = (f"年度应为四位数字，现为“{words}”，没有采用",)
        return
    state.complaints["year"] = ()
    state.commit(state.edited.model_copy(update={"year": int(words) if words else None}))


def _download(state: State) -> None:
    from assistant.export.form import write_form

    report = state.edited
    name = f"{report.unit_name}{report.year or ''}年{report.title}自评表.xlsx"
    st.download_button(
        "下载填好的自评表（.xlsx）",
        lambda: bytes_written(lambda path: write_form(report, path), "form.xlsx"),
        file_name=name,
        on_click="ignore",
    )
