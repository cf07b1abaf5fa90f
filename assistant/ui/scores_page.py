"""The page 看得分: total and grade, every row with its basis, and the views that explain them; each is drawn when opened."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import Decimal

import streamlit as st

from assistant.domain.figures import percentage
from assistant.domain.finding import has_error
from assistant.domain.report import Report, indicator_path
from assistant.domain.scorecard import ProjectScore, Row, Scorecard
from assistant.pipeline import Evaluation
from assistant.ui.markup import table, text
from assistant.ui.parts import (
    cards,
    heading,
    lost_rows,
    show_empty,
    show_findings,
    show_table,
    show_views,
    shown,
)
from assistant.ui.score_charts import completion_chart, money_bars, money_chart, waterfall_chart
from assistant.ui.score_outlook import show_standing, show_way_up
from assistant.ui.state import current
from assistant.ui.year_on_year import show_year_on_year

_HEAD = ("三级指标", "年度指标值", "实际完成值", "完成率", "分值", "得分", "依据")


def show(go: Callable[[str], None]) -> None:
    """Show the page; `go` leads to another one."""
    at, state = current()
    if not state.edited.projects:
        heading("看得分", "先填数据，再看得分。")
        show_empty("这份报告还没有数据，算不出得分。", "去填数据", lambda: go("figures"))
        return
    evaluation = at.evaluate(state.edited)
    heading("看得分", _next_step(evaluation))
    _total(evaluation)
    views = {
        "逐项得分": lambda: _rows(evaluation),
        "失分": lambda: _waterfall(evaluation.scorecard),
        "预算执行": lambda: _money(evaluation),
        "指标完成": lambda: _completion(evaluation.scorecard, _actuals(evaluation.report)),
        "与上年比": lambda: show_year_on_year(at, state, evaluation.facts),
        "与同类比": lambda: show_standing(at, evaluation),
        "怎样提分": lambda: show_way_up(evaluation),
        "表格问题": lambda: show_findings(
            evaluation.findings, "没有发现问题：合计、执行率、分值、得分都对得上。"
        ),
    }
    show_views("score-view", views)


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
    st.altair_chart(waterfall_chart(card), width="stretch")
    rows = [(s.name, f"{s.change:.2f}", f"{s.running:.2f}", s.basis) for s in card.waterfall]
    show_table("失分明细", ("失分之处", "扣分", "扣后", "依据"), rows)


def _money(evaluation: Evaluation) -> None:
    bars = money_bars(evaluation.report)
    if not any(bar.amount for bar in bars):
        st.html('<div class="zj-box">还没有填资金。</div>')
        return
    st.altair_chart(money_chart(bars), width="stretch")
    rows = [
        (before.name, f"{before.amount:.2f}", f"{after.amount:.2f}", _rate(after.amount, before.amount))
        for before, after in zip(bars[::2], bars[1::2], strict=True)
    ]
    show_table("预算执行", ("范围", "全年预算数（万元）", "全年执行数（万元）", "执行率"), rows)


def _rate(spent: Decimal, budget: Decimal) -> str:
    return f"{percentage(spent, budget):.2f}%" if budget else "—"


def _completion(card: Scorecard, actuals: Mapping[str, str]) -> None:
    if not any(row.completion_rate is not None for row in card.rows):
        st.html('<div class="zj-box">还没有可以计算完成率的指标。</div>')
        return
    st.altair_chart(completion_chart(card), width="stretch")
    head = ("子项目", "三级指标", "年度指标值", "实际完成值", "完成率")
    rows = [
        (row.project, row.name, row.target.raw, actuals.get(row.path, ""), f"{row.completion_rate:.2f}%")
        for row in card.rows
        if row.completion_rate is not None
    ]
    show_table("指标完成率", head, rows)
