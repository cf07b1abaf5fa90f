"""The part of 填数据 about evidence (佐证材料): files kept in the data folder, named in the row that they prove.

A file lies under its SHA-256, so that the same one is kept once and a changed one is noticed.
"""

from __future__ import annotations

import hashlib
from pathlib import Path

import streamlit as st

from assistant.domain.evidence import Evidence
from assistant.domain.report import Report
from assistant.errors import FileMissing
from assistant.ui import report_edits
from assistant.ui.boundary import fault_of, show_fault
from assistant.ui.desk import Desk, Upload
from assistant.ui.markup import text
from assistant.ui.state import State

_FOLDER = "evidence"


def kept_evidence(upload: Upload, folder: Path) -> Evidence:
    """Keep an upload under its SHA-256 and return what names it."""
    content = upload.getvalue()
    digest = hashlib.sha256(content).hexdigest()
    folder.mkdir(parents=True, exist_ok=True)
    (folder / digest).write_bytes(content)
    return Evidence(file=Path(upload.name.replace("\\", "/")).name, sha256=digest)


def evidence_bytes(one: Evidence, folder: Path) -> bytes:
    """Return the bytes of a kept file; FileMissing where it is not here or is another one by now."""
    path = folder / (one.sha256 or "-")
    content = path.read_bytes() if path.is_file() else b""
    if hashlib.sha256(content).hexdigest() != one.sha256:
        raise FileMissing(Path(one.file))
    return content


def with_evidence(report: Report, index: int, row: int, told: tuple[Evidence, ...]) -> Report:
    """Return the report with other evidence at one row of a sub-project."""
    rows = list(report.projects[index].indicators)
    rows[row] = rows[row].model_copy(update={"evidence": told})
    return report_edits.with_project(report, index, indicators=tuple(rows))


def show_evidence_files(at: Desk, state: State, index: int) -> None:
    """Show the evidence of one sub-project, row by row; files are added and taken out."""
    rows = state.edited.projects[index].indicators
    panel = st.expander("佐证材料", key=f"evidence-open-{index}", on_change="rerun")
    if not (panel.open and rows):
        return
    with panel:
        _add(at, state, index)
        for number, row in enumerate(rows):
            for place, one in enumerate(row.evidence):
                _line(at, state, (index, number, place), one)


def _add(at: Desk, state: State, index: int) -> None:
    rows = state.edited.projects[index].indicators
    names = [f"{n}. {row.name or '（未命名）'}" for n, row in enumerate(rows, 1)]
    which, page, files, add = st.columns([3, 1.4, 4, 1.4], vertical_alignment="bottom")
    row = which.selectbox(
        "证明哪项指标",
        range(len(rows)),
        format_func=lambda n: names[n],
        key=f"evidence-row-{index}-{len(rows)}",
    )
    where = page.text_input("页码", key=f"evidence-page-{index}").strip()
    uploads = files.file_uploader(
        "文件（可多选）", accept_multiple_files=True, key=f"evidence-{index}-{len(state.past)}"
    )
    if (
        add.button("添加", key=f"evidence-add-{index}", width="stretch", disabled=not uploads)
        and row is not None
    ):

        def act() -> None:
            told = [kept_evidence(one, at.settings.data_dir / _FOLDER) for one in uploads]
            placed = (one.model_copy(update={"page": where}) for one in told)
            both = dict.fromkeys((*state.edited.projects[index].indicators[row].evidence, *placed))
            state.replace(with_evidence(state.edited, index, row, tuple(both)))

        fault = fault_of(act)
        if fault is None:
            st.rerun()
        show_fault(fault)


def _line(at: Desk, state: State, place: tuple[int, int, int], one: Evidence) -> None:
    index, number, position = place
    row = state.edited.projects[index].indicators[number]
    name, get, drop = st.columns([6, 1.4, 1.2], vertical_alignment="center")
    where = f"　第{one.page}页" if one.page else ""
    name.html(f'<div class="zj-said">{text(row.name)}：{text(one.file + where)}</div>')
    key = "-".join(map(str, place))
    found: list[bytes] = []
    if fault_of(lambda: found.append(evidence_bytes(one, at.settings.data_dir / _FOLDER))) is None:
        get.download_button(
            "打开",
            found[0],
            file_name=one.file,
            on_click="ignore",
            key=f"evidence-get-{key}",
            width="stretch",
        )
    else:
        get.html('<span class="zj-tag">文件不在本机</span>')
    if drop.button("移除", key=f"evidence-drop-{key}", width="stretch"):
        told = tuple(item for n, item in enumerate(row.evidence) if n != position)
        state.replace(with_evidence(state.edited, index, number, told))
        st.rerun()
