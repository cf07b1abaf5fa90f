"""The editors of 填数据: tables, text areas and switches that commit every change in a callback.

An editor is filled with the constant base frame of the state and reports its edits against it; its output
is never fed back, so that a second edit never undoes the first.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import streamlit as st

from assistant.domain.base import Frozen
from assistant.ui.editing import Column, Edits, Sheet, applied, cells
from assistant.ui.markup import said
from assistant.ui.state import State

Change = Callable[[Any], None]


def table_editor(state: State, sheet: Sheet, name: str, rows: Sequence[Frozen], change: Change) -> None:
    """Show `rows` of the base as an editable table; `change` takes all rows after each edit."""
    import pandas as pd

    key = f"{name}-{state.round}"

    def commit() -> None:
        after, complaints = applied(rows, Edits.of(st.session_state[key]), sheet)
        state.complaints[name] = complaints
        change(after)

    frame = pd.DataFrame(
        [cells(row, sheet) for row in rows],
        columns=[column.field for column in sheet.columns],
        dtype="object",
    )
    st.data_editor(
        frame,
        key=key,
        on_change=commit,
        num_rows="dynamic",
        placeholder="",
        hide_index=True,
        column_config={column.field: _config(column, rows) for column in sheet.columns},
    )
    for complaint in state.complaints.get(name, ()):
        st.html(said("zj-fault", complaint, "请改为数字，或清空这一格"))


def _config(column: Column, rows: Sequence[Frozen]) -> Any:
    if not column.choices:
        return st.column_config.TextColumn(column.head, width=column.width)
    others = {str(getattr(row, column.field) or "") for row in rows}
    options = [*map(str, column.choices), *sorted(others - {str(choice) for choice in column.choices})]
    return st.column_config.SelectboxColumn(column.head, width=column.width, options=options)


def words_editor(state: State, head: str, name: str, words: str, change: Change, height: int = 130) -> None:
    """Show a text area; `change` takes its words after each edit."""
    key = f"{name}-{state.round}"
    st.text_area(
        head, words, key=key, height=height, on_change=lambda: change(str(st.session_state[key]).strip())
    )


def line_editor(state: State, head: str, name: str, words: str, change: Change) -> None:
    """Show a one-line field; `change` takes its words after each edit."""
    key = f"{name}-{state.round}"
    st.text_input(head, words, key=key, on_change=lambda: change(str(st.session_state[key]).strip()))


def choice_editor(
    state: State, head: str, name: str, options: dict[str, str], chosen: str, change: Change
) -> None:
    """Show a choice among words by key; `change` takes the key that was chosen."""
    key, keys = f"{name}-{state.round}", list(options)
    st.selectbox(
        head,
        keys,
        index=keys.index(chosen) if chosen in options else 0,
        format_func=lambda word: options[word],
        key=key,
        on_change=lambda: change(st.session_state[key]),
    )
