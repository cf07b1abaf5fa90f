"""Parts of 设置 and 工作台 about saved work: the name, backup and restore, the trail, a report as one file."""

from __future__ import annotations

from datetime import datetime

import streamlit as st

from assistant.ui.boundary import fault_of, show_fault
from assistant.ui.desk import Desk
from assistant.ui.markup import table, text
from assistant.ui.parts import here
from assistant.ui.state import State
from assistant.workspace.audit import Entry
from assistant.workspace.backup import back_up, restore
from assistant.workspace.travelling import report_in, report_out

_LATEST = 200


def show_name(at: Desk) -> None:
    """Show and take the name that signs the trail."""
    name = at.identity()
    if at.identity.fixed:
        st.html(f'<div class="zj-said">操作记录署名：<b>{text(name)}</b>（由 ZHIJI_USER 设定）</div>')
        return
    if not name:
        st.html('<div class="zj-box zj-warn">还没有填姓名，操作记录会没有署名。</div>')
    typed, go, _ = st.columns([3, 1, 4], vertical_alignment="bottom")
    fresh = typed.text_input("姓名（记入操作记录，不用登录）", name, key="user-name")
    if go.button("记住", key="keep-name", width="stretch"):
        fault = fault_of(lambda: at.identity.set(fresh))
        if fault is None:
            at.workspace.audit.note("设置姓名", kind="workspace", before=name, after=at.identity())
            st.rerun()
        show_fault(fault)


def show_backup(at: Desk, state: State) -> None:
    """Show the backup of everything as one file, and the way back."""
    left, right = st.columns(2, gap="large")
    with left:
        st.html("<h3>备份</h3>")
        st.html(
            '<div class="zj-legend">全部报告、各版本、文稿、对话、操作记录，存成一个文件。资料库另由原文件重建。</div>'
        )
        st.download_button(
            "下载备份",
            lambda: back_up(at.workspace),
            file_name=f"知绩备份-{datetime.now():%Y%m%d-%H%M}.zip",
            on_click="ignore",
            key="backup",
        )
    with right:
        st.html("<h3>还原</h3>")
        upload = st.file_uploader("备份文件（.zip）", type=["zip"], key="restore-file")
        sure = st.checkbox("用备份替换现在的全部内容", key="sure-restore")
        if st.button("还原", disabled=upload is None or not sure, key="restore") and upload is not None:
            fault = fault_of(lambda: _restore(at, state, upload.getvalue()))
            if fault is None:
                st.rerun()
            show_fault(fault)


def _restore(at: Desk, state: State, data: bytes) -> None:
    """Keep what is there beside the database, then put the backup in its place."""
    folder = at.settings.data_dir / "backups"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / f"还原前-{datetime.now():%Y%m%d-%H%M%S}.zip").write_bytes(back_up(at.workspace))
    restore(at.workspace, data)
    state.open(at, at.first_report())


def show_trail(at: Desk) -> None:
    """Show who changed what, when, from what, to what."""
    entries = at.workspace.audit.entries(limit=_LATEST)
    if not entries:
        st.html('<div class="zj-box">还没有操作记录。</div>')
        return
    st.html(table(("时间", "谁", "做了什么", "对象", "改动"), [_row(entry) for entry in entries]))


def _row(entry: Entry) -> tuple[str, str, str, str, str]:
    shown = [
        "；".join(part for part in (one.path, f"{one.before or '（空）'} → {one.after or '（空）'}") if part)
        for one in entry.changes[:6]
    ]
    more = [f"另有{len(entry.changes) - 6}处"] if len(entry.changes) > 6 else []
    when = f"{here(entry.at):%Y-%m-%d %H:%M:%S}"
    return when, entry.who or "（未署名）", entry.what, entry.title, "\n".join([*shown, *more])


def offer_file(at: Desk, report_id: int, title: str) -> None:
    """Offer a report with all that belongs to it as one file."""
    safe = "".join("_" if letter in '\\/:*?"<>|\n\t' else letter for letter in title)
    st.download_button(
        "导出",
        lambda: report_out(at.workspace, report_id),
        file_name=f"{safe}.zhiji.zip",
        on_click="ignore",
        width="stretch",
        key=f"out-{report_id}",
        help="连同各版本、文稿和对话存成一个文件",
    )


def take_file(at: Desk, state: State) -> None:
    """Take a report that was exported as one file, and open it."""
    with st.expander("导入报告文件"):
        upload = st.file_uploader("知绩导出的报告（.zhiji.zip）", type=["zip"], key="report-file")
        if st.button("导入", disabled=upload is None or state.unsaved, key="take-report") and upload:
            fault = fault_of(lambda: state.open(at, report_in(at.workspace, upload.getvalue())))
            if fault is None:
                st.rerun()
            show_fault(fault)
