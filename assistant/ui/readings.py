"""How the cells of 填数据 are read (读作): sign, bound and unit of each target, and the quantity of each actual value.

What was supposed is marked, so that the one who types sees at once what will be scored.
"""

from __future__ import annotations

from typing import NamedTuple

import streamlit as st

from assistant.domain.base import plain
from assistant.domain.indicator import Comparator, Indicator, Target, TargetKind
from assistant.domain.report import Report
from assistant.domain.target_words import read_date, read_steps, read_tier
from assistant.domain.targets import read_actual, read_target
from assistant.ui.markup import table

_HEAD = ("三级指标", "年度指标值", "读作", "实际完成值", "读作")
_REST = {
    TargetKind.QUALITATIVE: "定性，按档次评分",
    TargetKind.COMPOSITE: "含几个数，须人工判断",
    TargetKind.CONFIDENTIAL: "保密",
    TargetKind.EMPTY: "未填",
}


class Reading(NamedTuple):
    """One row of the form and what its two cells are taken for."""

    name: str
    target: str
    target_read: str
    actual: str
    actual_read: str


def readings(report: Report, index: int) -> list[Reading]:
    """Return how the rows of one sub-project are read."""
    return [_reading(row, report.year) for row in report.projects[index].indicators]


def show_readings(report: Report, index: int) -> None:
    """Show the readings below the table that they are typed into; nothing where it is empty."""
    rows = readings(report, index)
    if not rows:
        return
    supposed = sum("推定" in row.target_read for row in rows)
    note = f"（{supposed}处符号是推定的）" if supposed else ""
    with st.expander(f"程序怎样读这些指标值{note}", expanded=True):
        st.html(table(_HEAD, rows))


def _reading(row: Indicator, year: int | None) -> Reading:
    target = read_target(
        row.annual_target, category=row.category, dimension=row.dimension, name=row.name, tier=row.tier
    )
    return Reading(
        row.name, row.annual_target, target_words(target, year), row.actual, _actual(row, target, year)
    )


def target_words(target: Target, year: int | None = None) -> str:
    """Return a parsed target in words: comparator, bound, unit, and whether the comparator was supposed."""
    if target.kind is TargetKind.RANGE and target.low is not None and target.high is not None:
        return f"{plain(target.low)} 至 {plain(target.high)} {target.unit}".rstrip()
    if target.kind is TargetKind.NUMBER and target.bound is not None:
        sign = (target.comparator or Comparator.EQ).value
        about = "，约数" if target.approximate else ""
        supposed = "（没有写符号，推定）" if target.assumed else ""
        return f"{sign} {plain(target.bound)} {target.unit}".rstrip() + about + supposed
    if target.kind is TargetKind.DATE:
        due = read_date(target.raw, year)
        return f"不晚于 {due:%Y-%m-%d}" if due else "日期，读不出是哪一天"
    if target.kind is TargetKind.STEP:
        return f"分{len(read_steps(target.raw))}段计分"
    return _REST[target.kind]


def _actual(row: Indicator, target: Target, year: int | None) -> str:
    """Return what an actual value is taken for, beside a target of that kind."""
    if not row.actual.strip():
        return "未填"
    if target.kind is TargetKind.DATE and (done := read_date(row.actual, year)):
        return f"{done:%Y-%m-%d}"
    quantity = read_actual(row.actual)
    if target.kind is not TargetKind.QUALITATIVE and quantity is not None:
        return f"{plain(quantity.value)} {quantity.unit}".rstrip()
    tier = row.tier or read_tier(row.actual, row.annual_target)
    return f"{tier.value}档：{tier.label}" if tier else "文字，须填定性档次"
