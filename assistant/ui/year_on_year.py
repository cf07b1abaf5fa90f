"""This year beside last year (与上年比): the figures that both years have, from the ledger; and where last year's come from.

Nothing is counted here but the difference of two figures of one unit.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

import streamlit as st

from assistant import pipeline
from assistant.domain.facts import Fact, Facts
from assistant.domain.report import Report
from assistant.errors import FileMissing
from assistant.ui.boundary import fault_of, show_fault
from assistant.ui.desk import Desk, kept
from assistant.ui.parts import distinct, show_table
from assistant.ui.state import State

_HEAD = ("范围", "项目", "上年", "今年", "增减")
_WHOLE = "all."
_NAMES = ("budget", "spent", "rate", "total")
_TYPES = ["xlsx", "docx", "json", "pdf", "txt", "md", "doc", "xls"]


class Pair(NamedTuple):
    """One figure in both years; `scope` is the sub-project it belongs to, "" for the whole."""

    scope: str
    name: str
    before: Fact
    now: Fact

    @property
    def change(self) -> str:
        """The difference with its sign and unit; 百分点 between two percentages."""
        if self.before.unit != self.now.unit:
            return "单位不同"
        difference = self.now.value - self.before.value
        unit = "个百分点" if self.now.unit == "%" else self.now.unit
        return "持平" if difference == 0 else f"{difference:+f}{unit}"


def pairs_of(facts: Facts) -> Iterator[Pair]:
    """Yield every figure that both years have: the whole first, then sub-projects and indicators by their names."""
    now = {_place(fact): fact for fact in facts if not fact.id.startswith("ly.")}
    for fact in facts:
        if not fact.id.startswith("ly."):
            continue
        current = now.get(_place(fact))
        if current is not None and _is_shown(fact):
            yield Pair(current.scope, _name(current), fact, current)


def _is_shown(fact: Fact) -> bool:
    own = fact.id.removeprefix("ly.")
    return own.endswith(".actual") or own.split(".")[-1] in _NAMES and own.count(".") == 1


def _place(fact: Fact) -> tuple[str, ...]:
    return (fact.id.split(".")[-1], fact.role.value, fact.scope, fact.subject)


def _name(fact: Fact) -> str:
    return f"{fact.subject}（实际完成）" if fact.id.endswith(".actual") else fact.role.value


def show_year_on_year(at: Desk, state: State, facts: Facts) -> None:
    """Show the comparison, or how to bring in last year's figures."""
    pairs = list(pairs_of(facts))
    if pairs:
        rows = [(p.scope or "整份报告", p.name, p.before.shown, p.now.shown, p.change) for p in pairs]
        show_table("与上年比较", _HEAD, rows)
    elif state.edited.last_year is not None:
        st.html('<div class="zj-box zj-warn">上年数据里没有与今年同名的子项目或指标，无从比较。</div>')
    else:
        st.html('<div class="zj-box">还没有上年数据，下面选一种办法取来。</div>')
    with st.expander("取上年数据" if not pairs else "换上年数据", expanded=not pairs):
        _choose(at, state)


def _choose(at: Desk, state: State) -> None:
    """Let the user take last year's figures from a saved report, from the library or from a file."""
    saved, past, file = st.columns(3, gap="medium")
    with saved:
        others = (one for one in at.workspace.reports() if one.id != state.report_id)
        reports = distinct({one.id: one.title for one in others})
        number = st.selectbox(
            "已存的报告", list(reports), format_func=reports.__getitem__, key="last-saved", index=None
        )
        _button(state, "用这份", "take-saved", number, lambda: at.workspace.report(int(number or 0))[0])
    with past:
        documents = at.workbench.library.documents() if at.workbench.library.exists() else ()
        likely = sorted(
            (one for one in documents if one.unit_name == state.edited.unit_name),
            key=lambda one: -(one.year or 0),
        )
        places = distinct({one.place: one.source for one in likely})
        place = st.selectbox(
            "资料库里本单位的报告", list(places), format_func=places.__getitem__, key="last-past", index=None
        )
        _button(state, "读出数据", "take-past", place, lambda: _read(Path(place or "")))
    with file:
        upload = st.file_uploader("上年的自评表或报告", type=_TYPES, key="last-file")
        _button(state, "读入", "take-file", upload, lambda: _uploaded(upload))


def _button(state: State, name: str, key: str, chosen: object, read: Callable[[], Report]) -> None:
    if not st.button(name, key=key, disabled=chosen is None, width="stretch"):
        return

    def take() -> None:
        last_year = read().model_copy(update={"last_year": None})
        state.replace(state.edited.model_copy(update={"last_year": last_year}))

    fault = fault_of(take)
    if fault is None:
        st.rerun()
    show_fault(fault)


def _read(path: Path) -> Report:
    if not path.exists():
        raise FileMissing(path)
    return pipeline.read_figures(str(path), str).report


def _uploaded(upload: object) -> Report:
    with tempfile.TemporaryDirectory(prefix="zhiji-") as folder:
        return _read(kept(upload, Path(folder)))  # type: ignore[arg-type]
