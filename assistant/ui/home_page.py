"""The page 工作台: the open report at a glance, the three steps to a proven Word file, the saved reports."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import streamlit as st

from assistant.pipeline import Evaluation
from assistant.ui.boundary import bounded, fault_of, show_fault
from assistant.ui.desk import Desk
from assistant.ui.drafting_job import start_drafting
from assistant.ui.markup import text
from assistant.ui.parts import cards, heading, here, lamps, lost_rows, show_empty, shown
from assistant.ui.saved_work import offer_file, take_file
from assistant.ui.state import State, current
from assistant.workspace.store import DraftEntry

_STEPS = (
    ("填数据", "figures", "上传自评表，或直接在表格里填"),
    ("看得分", "scores", "得分、失分和表格问题，逐项有依据"),
    ("起草", "draft", "写成文稿，逐个数字校核，下载 Word"),
)


def show(go: Callable[[str], None]) -> None:
    """Show the page; `go` leads to another one."""
    at, state = current()
    drafts = at.workspace.drafts(state.report_id)
    heading("工作台", _next_step(at, state, drafts))
    report = state.saved
    name = f"{report.unit_name}　{report.year or ''}年　{report.title}"
    st.html(f"<h2>{text(name)}</h2>")
    if state.edited.projects:
        bounded(lambda: _figures(at.evaluate(state.edited)))
        _start(at, state, go, drafts)
    else:
        show_empty("这份报告还没有数据。", "上传自评表或逐格填写", lambda: go("figures"))
    _steps(go)
    _saved(at, state)


def _next_step(at: Desk, state: State, drafts: Sequence[DraftEntry]) -> str:
    if not state.saved.projects:
        return "到“填数据”上传填好的自评表，或逐格填写。"
    if drafts and drafts[0].draft.proven and drafts[0].report_version == state.version:
        return "文稿已校核通过，到“起草”下载 Word。"
    sample = "现在打开的是示例；" if at.is_sample(state.saved) else ""
    return f"{sample}点“起草这份报告”，几秒钟后得到校核过的文稿。"


def _figures(evaluation: Evaluation) -> None:
    card = evaluation.scorecard
    money = card.execution
    rate = "无法计算" if money.rate is None else f"{money.rate:.2f}%"
    lost = len(lost_rows(card.rows))
    cards(
        [
            ("总分", f"{card.total_score:.2f}", f"满分{shown(card.full_score)}，等级：{card.grade.value}"),
            ("预算执行率", rate, f"{money.expenditure:.2f} / {money.annual_budget:.2f}万元"),
            ("绩效指标", f"{len(card.rows)}项", f"{lost}项没有得满分"),
            ("子项目", f"{len(card.projects)}个", _names(evaluation)),
        ]
    )
    st.html(f'<div class="zj-legend">表格问题　{lamps(evaluation.findings)}</div>')


def _names(evaluation: Evaluation) -> str:
    names = [project.name for project in evaluation.scorecard.projects]
    return "、".join(names[:3]) + ("等" if len(names) > 3 else "")


def _start(at: Desk, state: State, go: Callable[[str], None], drafts: Sequence[DraftEntry]) -> None:
    label = "重新起草" if drafts else "起草这份报告"
    if st.button(label, type="primary", key="start"):
        fault = fault_of(lambda: start_drafting(at, state))
        if fault is None:
            go("draft")
        else:
            show_fault(fault)


def _steps(go: Callable[[str], None]) -> None:
    for column, (name, page, what) in zip(st.columns(len(_STEPS)), _STEPS, strict=True):
        with column, st.container(border=True):
            st.html(f'<div class="zj-said"><b>{name}</b><br>{what}</div>')
            if st.button(f"去{name}", key=f"go-{page}", width="stretch"):
                go(page)


def _saved(at: Desk, state: State) -> None:
    st.html("<h3>已存的报告</h3>")
    for entry in at.workspace.reports():
        name, opened, out, dropped = st.columns([6, 1, 1, 1], vertical_alignment="center")
        current_one = entry.id == state.report_id
        with name:
            mark = '<span class="zj-tag">当前</span>' if current_one else ""
            st.html(
                f'<div class="zj-said">{text(entry.title)}　{mark}'
                f'<span class="zj-source">第{entry.version}版，{here(entry.updated_at):%Y-%m-%d}</span></div>'
            )
        with opened:
            if st.button(
                "打开", key=f"open-{entry.id}", disabled=current_one or state.unsaved, width="stretch"
            ):
                state.open(at, entry.id)
                st.rerun()
        with out:
            offer_file(at, entry.id, entry.title)
        with dropped:
            if st.button("删除", key=f"drop-{entry.id}", disabled=current_one, width="stretch"):
                _confirm_delete(at, entry.id, entry.title)
    take_file(at, state)


@st.dialog("删除报告")
def _confirm_delete(at: Desk, number: int, title: str) -> None:
    """Ask before a report with its drafts and conversation is gone."""
    st.html(f'<div class="zj-said">“{text(title)}”连同它的文稿和对话都会删除，不能恢复。</div>')
    if st.button("确认删除", type="primary"):
        at.workspace.delete_report(number)
        st.rerun()
