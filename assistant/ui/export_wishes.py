"""How the user wants a report set (导出选项): cover, contents, charts, provenance, the unit's own template."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

from assistant.domain.base import Frozen
from assistant.export.edition import Edition, edition_of
from assistant.ui.desk import Desk, kept
from assistant.ui.state import State

_SWITCHES = {
    "cover": ("封面", False),
    "contents": ("目录", False),
    "figures": ("图示附件（得分瀑布、执行率、完成率）", False),
    "provenance": ("文件里带出处，日后可再校核", True),
}
_NONE = "（GB/T 9704 版式）"


class Wish(Frozen):
    """How a report is to be set, and whether its provenance goes inside."""

    edition: Edition = Edition()
    provenance: bool = True


PLAIN = Wish()


def show_wishes(at: Desk, state: State) -> Wish:
    """Show the switches and return what is wished; raises InputError for a template that cannot be used."""
    for name, (label, default) in _SWITCHES.items():
        state.wishes[name] = st.checkbox(label, state.wishes.get(name, default), key=f"wish-{name}")
    folder = at.settings.data_dir / "templates"
    upload = st.file_uploader("本单位的 Word 模板（.docx，样式或标签）", type=["docx"], key="template-file")
    if upload is not None:
        state.template = kept(upload, folder).name
    names = [_NONE, *sorted(path.name for path in folder.glob("*.docx"))]
    chosen = st.selectbox(
        "版式",
        names,
        names.index(state.template) if state.template in names else 0,
        key=f"template-{len(names)}",
    )
    state.template = "" if chosen in (None, _NONE) else str(chosen)
    wanted = state.wishes
    edition = edition_of(
        cover=wanted["cover"],
        contents=wanted["contents"],
        figures=wanted["figures"],
        template=Path(folder / state.template) if state.template else None,
        layout=at.settings.layout,
    )
    return Wish(edition=edition, provenance=wanted["provenance"])
