"""The coverage map of a draft (覆盖表): every shortfall of the form, the problem that names it, the measure that answers."""

from __future__ import annotations

from typing import NamedTuple

import streamlit as st

from assistant.domain.draft import Draft
from assistant.domain.report import project_path
from assistant.pipeline import Evaluation
from assistant.ui.markup import text
from assistant.ui.parts import lost_rows, offer_table, shown

_MISSING = "没有写到"
_HEAD = ("失分之处", "失分", "存在的问题", "改进措施")


class Covered(NamedTuple):
    """One shortfall: its name, the points lost, and the headings of problem and measure, "" where there is none."""

    name: str
    lost: str
    problem: str
    measure: str


def coverage(draft: Draft, evaluation: Evaluation) -> list[Covered]:
    """Return every shortfall that may be named, those of the money first, in the order of the form."""
    problems, measures = _said(draft, "problems"), _said(draft, "measures")
    secret = {project_path(n) for n, project in enumerate(evaluation.report.projects) if project.confidential}
    return [
        Covered(name, lost, problems.get(path, ""), measures.get(path, ""))
        for path, name, lost in _shortfalls(evaluation)
        if path.split(".")[0] not in secret
    ]


def _shortfalls(evaluation: Evaluation) -> list[tuple[str, str, str]]:
    """Return path, name and points lost of everything that lost points."""
    card = evaluation.scorecard
    money = [
        (project_path(n), f"“{one.name}”预算执行", shown(one.execution.weight - one.execution.score))
        for n, one in enumerate(card.projects)
        if one.execution.score < one.execution.weight
    ]
    return [*money, *((row.path, row.name, shown(row.lost)) for row in lost_rows(card.rows))]


def _said(draft: Draft, section: str) -> dict[str, str]:
    """Return what a section says of each path: the first paragraph that covers it, which is its heading."""
    told: dict[str, str] = {}
    for paragraph in (p for one in draft.sections if one.id == section for p in one.paragraphs):
        for path in paragraph.rows:
            told.setdefault(path, paragraph.text)
    return told


def show_coverage(draft: Draft, evaluation: Evaluation) -> None:
    """Show the map; what is not written about is marked."""
    rows = coverage(draft, evaluation)
    if not rows:
        st.html('<div class="zj-box zj-ok">没有失分，不需要逐项对应问题和措施。</div>')
        return
    head = "".join(f"<th>{name}</th>" for name in _HEAD)
    body = "".join(
        f'<tr><td>{text(row.name)}</td><td class="num">{row.lost}</td>{_cell(row.problem)}{_cell(row.measure)}</tr>'
        for row in rows
    )
    missing = sum(not (row.problem and row.measure) for row in rows)
    verdict = f"{len(rows)}处失分，{missing}处没有写全" if missing else f"{len(rows)}处失分都有问题和措施"
    st.html(
        f'<div class="zj-box {"zj-warn" if missing else "zj-ok"}">{verdict}。</div>'
        f'<table class="zj-table"><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>'
    )
    offer_table("问题措施覆盖表", _HEAD, [tuple(row) for row in rows])


def _cell(words: str) -> str:
    return f"<td>{text(words)}</td>" if words else f'<td><span class="zj-tag zj-stale">{_MISSING}</span></td>'
