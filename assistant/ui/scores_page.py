"""The page 看得分: total and grade, execution, every row with its basis, where points were lost, findings."""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st

from assistant.domain.finding import has_error
from assistant.domain.report import Report, indicator_path
from assistant.domain.scorecard import ProjectScore, Row, Scorecard
from assistant.pipeline import Evaluation
from assistant.ui.boundary import bounded
from assistant.ui.markup import label, table, text
from assistant.ui.parts import cards, heading, lost_rows, show_findings, shown
from assistant.ui.state import current

_HEAD = ("三级指标", "年度指标值", "实际完成值", "完成率", "分值", "得分", "依据")


def show() -> None:
    """Show the page."""
    at, state = current()
    evaluation = at.evaluate(state.edited)
    heading("看得分", _next_step(evaluation))
    _total(evaluation)
    rows, lost, found = st.tabs(["逐项得分", "失分瀑布", label(f"表格问题（{len(evaluation.findings)}）")])
    with rows:
        bounded(lambda: _rows(evaluation))
    with lost:
        bounded(lambda: _waterfall(evaluation.scorecard))
    with found:
        show_findings(evaluation.findings, "没有发现问题：合计、执行率、分值、得分都对得上。")


def _next_step(evaluation: Evaluation) -> str:
    if has_error(evaluation.findings):
        return "“表格问题”里有红灯，请先到“填数据”改正或核实。"
    return "看看失分在哪里；没有疑问就到“起草”。"


def _total(evaluation: Evaluation) -> None:
    card = evaluation.scorecard
    money = card.execution
    rate = "无法计算" if money.rate is None else f"{money.rate:.2f}%"
    cards(
        [
            ("总分", f"{card.total_score:.2f}", f"满分{shown(card.full_score)}，等级：{card.grade.value}"),
            ("预算执行率", rate, f"得{money.score:.2f}分 / {shown(money.weight)}分"),
            ("全年执行数", f"{money.expenditure:.2f}", f"全年预算数{money.annual_budget:.2f}万元"),
            ("失分", f"{card.full_score - card.total_score:.2f}", f"{_unmet(card)}项指标没有得满分"),
            ("评分规则", card.rules, card.rules_title),
        ]
    )


def _unmet(card: Scorecard) -> int:
    return len(lost_rows(card.rows))


def _rows(evaluation: Evaluation) -> None:
    card, actuals = evaluation.scorecard, _actuals(evaluation.report)
    st.html(_execution_html(card))
    for project in card.projects:
        secret = "（保密）" if project.confidential else ""
        st.html(
            f"<h3>{text(project.name)}{secret}　{project.total_score:.2f} / {shown(project.full_score)}分　"
            f"{project.grade.value}</h3>" + _project_html(project, actuals)
        )


def _execution_html(card: Scorecard) -> str:
    head = ("预算执行", "年初预算数", "全年预算数", "全年执行数", "执行率", "分值", "得分", "依据")
    rows = [(project.name, project.execution) for project in card.projects]
    rows.append(("合计", card.execution))
    return "<h3>预算执行（万元）</h3>" + table(
        head,
        [
            (
                name,
                f"{money.initial_budget:.2f}",
                f"{money.annual_budget:.2f}",
                f"{money.expenditure:.2f}",
                "—" if money.rate is None else f"{money.rate:.2f}%",
                shown(money.weight),
                f"{money.score:.2f}",
                money.basis,
            )
            for name, money in rows
        ],
    )


def _actuals(report: Report) -> dict[str, str]:
    """Return what was filled in as 实际完成值 by the path of the indicator."""
    return {
        indicator_path(k, n): indicator.actual
        for k, project in enumerate(report.projects)
        for n, indicator in enumerate(project.indicators)
    }


def _project_html(project: ProjectScore, actuals: Mapping[str, str]) -> str:
    head = "".join(f"<th>{text(name)}</th>" for name in _HEAD)
    body, category = "", ""
    for row in project.rows:
        if row.category != category:
            category = row.category
            body += (
                f'<tr class="group"><td colspan="{len(_HEAD)}">{text(_subtotal(project, category))}</td></tr>'
            )
        body += _row_html(row, actuals.get(row.path, ""))
    return f'<table class="zj-table"><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>'


def _subtotal(project: ProjectScore, category: str) -> str:
    found = next((item for item in project.subtotals if item.level == 1 and item.name == category), None)
    return f"{category}　{found.score:.2f} / {shown(found.weight)}分" if found else category


def _row_html(row: Row, actual: str) -> str:
    rate = "—" if row.completion_rate is None else f"{row.completion_rate:.2f}%"
    cells = (row.name, row.target.raw, actual or "—", rate)
    body = "".join(f"<td>{text(cell)}</td>" for cell in cells)
    numbers = f'<td class="num">{shown(row.weight)}</td><td class="num">{row.score:.2f}</td>'
    kind = ' class="lost"' if lost_rows([row]) else ""
    return f'<tr{kind}>{body}{numbers}<td title="{text(row.clause)}">{text(row.basis)}</td></tr>'


def _waterfall(card: Scorecard) -> None:
    if not card.waterfall:
        st.html('<div class="zj-box zj-ok">没有失分。</div>')
        return
    st.altair_chart(_chart(card), width="stretch")
    st.html(
        table(
            ("失分之处", "扣分", "扣后", "依据"),
            [(s.name, f"{s.change:.2f}", f"{s.running:.2f}", s.basis) for s in card.waterfall],
        )
    )


def _chart(card: Scorecard):  # type: ignore[no-untyped-def]  # altair has no types here
    """Return the way from the full marks down to the total, one bar a loss."""
    import altair as alt
    import pandas as pd

    steps = [("满分", 0.0, float(card.full_score), "总")]
    steps += [
        (f"{n}. {s.name}", float(s.running), float(s.running - s.change), "失")
        for n, s in enumerate(card.waterfall, 1)
    ]
    steps.append(("总分", 0.0, float(card.total_score), "总"))
    frame = pd.DataFrame(steps, columns=["项", "下", "上", "类"])
    least = max(0.0, float(card.total_score) - 4 * float(card.full_score - card.total_score) - 1)
    frame["下"] = frame["下"].clip(lower=least)
    return (
        alt.Chart(frame, height=28 * len(steps) + 40)
        .mark_bar(size=16)
        .encode(
            y=alt.Y("项:N", sort=None, title=None, axis=alt.Axis(labelLimit=260)),
            x=alt.X("下:Q", scale=alt.Scale(domain=[least, float(card.full_score)]), title="分"),
            x2="上:Q",
            color=alt.Color(
                "类:N", scale=alt.Scale(domain=["总", "失"], range=["#1f4e79", "#c0392b"]), legend=None
            ),
        )
    )
