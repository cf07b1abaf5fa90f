"""The pictures of 看得分: the way down from full marks, budget and spending, completion against target, a rate among others.

Each is made of plain numbers and read at a glance; its table stands below it on the page. Knows nothing
about pages.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any, NamedTuple

from assistant.domain.report import Report
from assistant.domain.scorecard import Scorecard
from assistant.library.standing import Standing

BLUE, RED, GREEN, GREY = "#3b78b5", "#c0392b", "#2e7d4f", "#9aa5b1"
#: A completion rate beyond this is drawn as this: one runaway figure would flatten the others.
_MOST = 150.0
_LINE = 26


class Bar(NamedTuple):
    """A bar of a comparison: what, which series, how much."""

    name: str
    series: str
    amount: Decimal


def waterfall_chart(card: Scorecard) -> Any:
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
        alt.Chart(frame, height=_LINE * len(steps) + 40)
        .mark_bar(size=16)
        .encode(
            y=alt.Y("项:N", sort=None, title=None, axis=alt.Axis(labelLimit=300, labelOverlap=False)),
            x=alt.X("下:Q", scale=alt.Scale(domain=[least, float(card.full_score)]), title="分"),
            x2="上:Q",
            color=alt.Color("类:N", scale=alt.Scale(domain=["总", "失"], range=[BLUE, RED]), legend=None),
            tooltip=[
                alt.Tooltip("项:N"),
                alt.Tooltip("上:Q", title="扣前"),
                alt.Tooltip("下:Q", title="扣后"),
            ],
        )
    )


def money_bars(report: Report) -> list[Bar]:
    """Return budget and spending of every sub-project, and of every source of funds over all of them."""
    bars = []
    for project in report.projects:
        name = "保密子项目" if project.confidential else project.name or "（未命名）"
        bars += _pair(f"子项目：{name}", project.total("annual_budget"), project.total("expenditure"))
    sources: dict[str, list[Decimal]] = {}
    for project in report.projects:
        for row in project.funding:
            held = sources.setdefault(row.source or "（未写来源）", [Decimal(0), Decimal(0)])
            held[0] += row.annual_budget or Decimal(0)
            held[1] += row.expenditure or Decimal(0)
    for name, (budget, spent) in sources.items():
        bars += _pair(f"来源：{name}", budget, spent)
    return bars


def _pair(name: str, budget: Decimal, spent: Decimal) -> list[Bar]:
    return [Bar(name, "全年预算数", budget), Bar(name, "全年执行数", spent)]


def money_chart(bars: Sequence[Bar]) -> Any:
    """Return budget and spending side by side."""
    import altair as alt
    import pandas as pd

    frame = pd.DataFrame([(b.name, b.series, float(b.amount)) for b in bars], columns=["项", "数", "万元"])
    series = ["全年预算数", "全年执行数"]
    return (
        alt.Chart(frame, height=alt.Step(12))
        .mark_bar()
        .encode(
            y=alt.Y("项:N", sort=None, title=None, axis=alt.Axis(labelLimit=300, labelOverlap=False)),
            yOffset=alt.YOffset("数:N", sort=series),
            x=alt.X("万元:Q", title="万元"),
            color=alt.Color(
                "数:N",
                sort=series,
                scale=alt.Scale(domain=series, range=[GREY, BLUE]),
                legend=alt.Legend(orient="top", title=None),
            ),
            tooltip=["项:N", "数:N", alt.Tooltip("万元:Q", format=".2f")],
        )
    )


def completion_chart(card: Scorecard) -> Any:
    """Return how far each indicator with a completion rate came, with the mark of 100 %."""
    import altair as alt
    import pandas as pd

    rows = [
        (f"{n}. {row.name}", min(_MOST, float(row.completion_rate)), f"{row.completion_rate:.2f}%", row.met)
        for n, row in enumerate(card.rows, 1)
        if row.completion_rate is not None and not row.not_applicable
    ]
    frame = pd.DataFrame(rows, columns=["指标", "完成率", "实为", "达到"])
    frame["状态"] = frame["达到"].map({True: "达到目标", False: "没有达到"})
    states = ["达到目标", "没有达到"]
    bars = (
        alt.Chart(frame)
        .mark_bar(size=14)
        .encode(
            y=alt.Y("指标:N", sort=None, title=None, axis=alt.Axis(labelLimit=300, labelOverlap=False)),
            x=alt.X("完成率:Q", title="完成率（%），超过150%的画到150%", scale=alt.Scale(domain=[0, _MOST])),
            color=alt.Color(
                "状态:N",
                sort=states,
                scale=alt.Scale(domain=states, range=[GREEN, RED]),
                legend=alt.Legend(orient="top", title=None),
            ),
            tooltip=["指标:N", alt.Tooltip("实为:N", title="完成率")],
        )
    )
    line = alt.Chart(pd.DataFrame({"x": [100]})).mark_rule(strokeDash=[4, 3], color=GREY).encode(x="x:Q")
    return (bars + line).properties(height=22 * len(rows) + 50)


def standing_chart(found: Standing) -> Any:
    """Return every past rate as a tick on one line, and ours as a large mark."""
    import altair as alt
    import pandas as pd

    others = [
        (float(one.rate), "往年报告", f"{one.year or ''} {one.unit_name or one.title}")
        for one in found.others
    ]
    frame = pd.DataFrame([*others, (float(found.rate), "本报告", "本报告")], columns=["率", "谁", "名"])
    least = max(0.0, min(frame["率"]) - 3)
    scale = alt.Scale(domain=[least, max(100.0, max(frame["率"]))])
    colour = alt.Color(
        "谁:N",
        scale=alt.Scale(domain=["往年报告", "本报告"], range=[GREY, RED]),
        legend=alt.Legend(orient="top", title=None),
    )
    shape = alt.Shape("谁:N", scale=alt.Scale(domain=["往年报告", "本报告"], range=["circle", "diamond"]))
    return (
        alt.Chart(frame, height=150)
        .mark_point(filled=True, size=130, opacity=0.85)
        .encode(
            x=alt.X("率:Q", title="预算执行率（%）", scale=scale),
            color=colour,
            shape=shape,
            tooltip=["名:N", alt.Tooltip("率:Q", title="执行率", format=".2f")],
        )
    )
