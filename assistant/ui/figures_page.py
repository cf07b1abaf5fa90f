"""The page 填数据: funds, indicators, goals and notes sub-project by sub-project, with the score beside them."""

from __future__ import annotations

import streamlit as st

from assistant.domain.report import Project
from assistant.pipeline import Evaluation
from assistant.ui import report_edits
from assistant.ui.boundary import bounded
from assistant.ui.desk import Desk
from assistant.ui.editing import FUNDING, INDICATORS, LINE_ITEMS
from assistant.ui.evidence_files import show_evidence_files
from assistant.ui.figure_editors import line_editor, table_editor, words_editor
from assistant.ui.markup import label
from assistant.ui.parts import cards, heading, lost_rows, show_views, shown
from assistant.ui.readings import show_readings
from assistant.ui.report_form import show_report_form
from assistant.ui.state import State, current
from assistant.ui.upload_form import show_upload


def show() -> None:
    """Show the page."""
    at, state = current()
    heading("填数据", _next_step(state))
    show_views(
        "figures-view",
        {
            "子项目": lambda: _projects(at, state),
            "报告信息与其他数据": lambda: show_report_form(at, state),
            "上传表格 / 新建": lambda: show_upload(at, state),
        },
    )


def _next_step(state: State) -> str:
    if state.unsaved:
        return "修改没有存上，原因见左边；您填的内容都还在这一页。"
    if not state.edited.projects:
        return "上传填好的自评表，或新增一个子项目后逐格填写。"
    return "核对数字，需要改的直接在表格里改（双击单元格），改了就自动保存；没有问题就到“看得分”或“起草”。"


def _projects(at: Desk, state: State) -> None:
    names = [project.name or "（未命名）" for project in state.edited.projects]
    index = _bar(at, state, names)
    if index is None:
        st.html(
            '<div class="zj-box">还没有子项目：点上面的“新增子项目”，或到“上传表格 / 新建”读入填好的自评表。</div>'
        )
        return
    state.enter(f"figures-{index}")
    bounded(lambda: _live_score(at, state, index))
    _editors(state, index, state.base.projects[index])
    show_evidence_files(at, state, index)


def _bar(at: Desk, state: State, names: list[str]) -> int | None:
    """Show the choice of the sub-project and what can be done; return its position, None where there is none."""
    choice, undo, add, drop = st.columns([5, 1.2, 1.4, 1.4], vertical_alignment="bottom")
    with choice:
        index = st.selectbox(
            "子项目",
            range(len(names)),
            format_func=lambda n: f"{n + 1}. {names[n]}",
            key=f"project-{len(names)}",
        )
    with undo:
        if st.button(
            "撤销", disabled=not state.past, width="stretch", key="undo", help="收回上一处修改，可连续撤销"
        ):
            state.undo()
            st.rerun()
    with add:
        if st.button("新增子项目", width="stretch"):
            state.replace(report_edits.with_new_project(state.edited))
            st.rerun()
    with drop:
        if st.button("删除此子项目", width="stretch", disabled=index is None) and index is not None:
            state.replace(report_edits.without_project(state.edited, index))
            st.rerun()
    return index


def _live_score(at: Desk, state: State, index: int) -> None:
    evaluation: Evaluation = at.evaluate(state.edited)
    card, whole = evaluation.scorecard.projects[index], evaluation.scorecard
    rate = "无法计算" if card.execution.rate is None else f"{card.execution.rate:.2f}%"
    lost = [f"{row.name} −{row.lost:.2f}" for row in lost_rows(card.rows)]
    cards(
        [
            ("预算执行率", rate, f"得{card.execution.score:.2f}分 / {shown(card.execution.weight)}分"),
            ("本子项目得分", f"{card.total_score:.2f}", f"满分{shown(card.full_score)}，{card.grade.value}"),
            ("报告总分", f"{whole.total_score:.2f}", f"满分{shown(whole.full_score)}，{whole.grade.value}"),
            ("失分指标", f"{len(lost)}项", "；".join(lost[:2]) or "没有"),
        ]
    )


def _editors(state: State, index: int, project: Project) -> None:
    def change(**fields: object) -> None:
        state.commit(report_edits.with_project(state.edited, index, **fields))

    st.html("<h3>资金（万元）</h3>")
    table_editor(state, FUNDING, f"funds-{index}", project.funding, lambda rows: change(funding=rows))
    st.html("<h3>绩效指标（填报得分留空则自动计算）</h3>")
    table_editor(
        state, INDICATORS, f"indicators-{index}", project.indicators, lambda rows: change(indicators=rows)
    )
    show_readings(state.edited, index)
    _goals(state, index, project)
    items = st.expander(
        label(f"支出明细（{len(project.line_items)}项）"), key=f"items-open-{index}", on_change="rerun"
    )
    if items.open:
        with items:
            table_editor(
                state, LINE_ITEMS, f"items-{index}", project.line_items, lambda rows: change(line_items=rows)
            )
    _names(state, index, project)


def _goals(state: State, index: int, project: Project) -> None:
    def goal(**fields: str) -> None:
        state.commit(report_edits.with_goal(state.edited, index, **fields))

    def notes(words: str) -> None:
        lines = report_edits.lines(words)
        state.commit(report_edits.with_project(state.edited, index, notes=lines))

    left, middle, right = st.columns(3)
    with left:
        words_editor(
            state, "年度目标（预期）", f"expected-{index}", project.goal.expected, lambda w: goal(expected=w)
        )
    with middle:
        words_editor(
            state, "实际完成情况", f"achieved-{index}", project.goal.achieved, lambda w: goal(achieved=w)
        )
    with right:
        words_editor(state, "说明（每行一条）", f"notes-{index}", "\n".join(project.notes), notes)


def _names(state: State, index: int, project: Project) -> None:
    def change(**fields: object) -> None:
        state.commit(report_edits.with_project(state.edited, index, **fields))

    name, department, unit, secret = st.columns([3, 3, 3, 1.3], vertical_alignment="bottom")
    with name:
        line_editor(state, "子项目名称", f"name-{index}", project.name, lambda w: change(name=w))
    with department:
        words = project.supervising_department
        line_editor(
            state, "主管部门", f"department-{index}", words, lambda w: change(supervising_department=w)
        )
    with unit:
        words = project.implementing_unit
        line_editor(state, "实施单位", f"unit-{index}", words, lambda w: change(implementing_unit=w))
    with secret:
        key = f"secret-{index}-{state.round}"
        st.toggle(
            "保密",
            project.confidential,
            key=key,
            on_change=lambda: change(confidential=bool(st.session_state[key])),
            help="保密子项目只计入合计，内容不写入文稿、不外发",
        )
