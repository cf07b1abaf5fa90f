"""Where a score stands and where it could go: the place among similar reports, and what the next grade would take."""

from __future__ import annotations

from decimal import Decimal

import streamlit as st

from assistant.domain.scorecard import Grade, Scorecard
from assistant.errors import InputError
from assistant.library.standing import Standing, standing_of
from assistant.pipeline import Evaluation
from assistant.scoring.counterfactual import Counterfactual, Option, counterfactual
from assistant.ui.desk import Desk
from assistant.ui.markup import said, text
from assistant.ui.parts import show_table
from assistant.ui.score_charts import standing_chart

_ORDER = (Grade.POOR, Grade.FAIR, Grade.GOOD, Grade.EXCELLENT)


def show_standing(at: Desk, evaluation: Evaluation) -> None:
    """Show where the execution rate stands among the past reports of the library, with the list."""
    library = at.workbench.library
    try:
        found = standing_of(evaluation.report, library.rates() if library.exists() else ())
    except InputError as error:
        st.html(said("", error.message, "到“资料库”读入更多往年报告，满五份同类的就能比较。"))
        return
    st.html(f'<div class="zj-box">{text(found.sentence)}。</div>')
    st.altair_chart(standing_chart(found), width="stretch")
    show_table("同类报告的预算执行率", ("执行率", "年度", "单位", "出处"), _listed(found))


def _listed(found: Standing) -> list[tuple[str, ...]]:
    rows = [
        (
            f"{one.rate:.2f}%",
            str(one.year or ""),
            one.unit_name or one.title,
            f"{one.source} 第{one.paragraph + 1}段",
        )
        for one in found.others
    ]
    position = sum(one.rate > found.rate for one in found.others)
    return [*rows[:position], (f"{found.rate:.2f}%", "", "◀ 本报告", ""), *rows[position:]]


def show_way_up(evaluation: Evaluation) -> None:
    """Show what would have to be different for a better grade or a given score."""
    if evaluation.rules is None or not _goals(evaluation.scorecard):
        st.html('<div class="zj-box zj-ok">已得满分，没有可提的分。</div>')
        return
    chosen, _ = st.columns([1, 3])
    goal = chosen.selectbox("目标", _goals(evaluation.scorecard), key="goal") or "100"
    answer = counterfactual(evaluation.report, evaluation.rules, goal)
    st.html(f'<div class="zj-box">{text(_answered(answer))}</div>')
    rows = [_option("只改一处", one) for one in answer.singles] + [
        _option("同时改两处", one) for one in answer.pairs
    ]
    if rows:
        show_table("提分测算", ("办法", "改什么", "改后得分", "等级"), rows)


def _goals(card: Scorecard) -> list[str]:
    """Return the grades above this one, then the round scores above the total."""
    better = [one.value for one in _ORDER[_ORDER.index(card.grade) + 1 :]]
    return [*better, *(score for score in ("95", "98", "100") if Decimal(score) > card.total_score)]


def _answered(answer: Counterfactual) -> str:
    goal = f"“{answer.target}”（{answer.target_score:f}分）"
    if answer.reached:
        return f"已达到{goal}，现为{answer.total_score:.2f}分。"
    if answer.best_score < answer.target_score:
        return f"达不到{goal}：可改的{answer.levers}处全部改到最好也只有{answer.best_score:.2f}分。"
    gap = answer.target_score - answer.total_score
    return f"距{goal}还差{gap:.2f}分。下面只是测算：填报数据以实际为准，不能为了得分改动。"


def _option(way: str, option: Option) -> tuple[str, str, str, str]:
    words = "；".join(f"{one.name}的{one.what}由{one.before}到{one.after}" for one in option.changes)
    return way, words, f"{option.total_score:.2f}", option.grade.value
