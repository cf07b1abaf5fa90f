"""The page 设置: what is configured and found on this machine, and what has left it. Secrets are never shown."""

from __future__ import annotations

import streamlit as st

from assistant import __version__
from assistant.office import find_soffice
from assistant.ui.desk import Desk
from assistant.ui.markup import label, said, table, text
from assistant.ui.parts import heading, show_views
from assistant.ui.saved_work import show_backup, show_name, show_trail
from assistant.ui.state import State, current
from assistant.ui.trials import TRIALS, Verdict, try_out

_LATEST = 50


def show() -> None:
    """Show the page."""
    at, state = current()
    local = "没有配置模型服务，全部工作在本机完成，没有内容离开这台机器。"
    remote = "模型服务已配置；下面可以查看每一次外发的内容。"
    heading("设置", remote if at.settings.has_endpoint else local)
    show_views(
        "settings-view",
        {
            "本机配置": lambda: _machine(at, state),
            "姓名与备份": lambda: _saved(at, state),
            "操作记录": lambda: show_trail(at),
            "外发记录": lambda: _released(at),
        },
    )


def _machine(at: Desk, state: State) -> None:
    _trials(at, state)
    _configured(at)


def _saved(at: Desk, state: State) -> None:
    show_name(at)
    show_backup(at, state)


def _trials(at: Desk, state: State) -> None:
    """Show a button for each part that can be tried out, and what came of it."""
    st.html("<h3>试一试各部分是否可用</h3>")
    for column, (name, trial) in zip(st.columns(len(TRIALS)), TRIALS.items(), strict=True):
        with column:
            if st.button(f"测试{name}", key=f"try-{name}", width="stretch"):
                with st.spinner("正在测试……"):
                    state.trials[name] = try_out(trial, at)
    for name in TRIALS:
        if name in state.trials:
            st.html(_verdict(name, state.trials[name]))


def _verdict(name: str, verdict: Verdict) -> str:
    kind, mark = {True: ("zj-ok", "✔"), False: ("zj-fault", "✘"), None: ("", "—")}[verdict.good]
    return said(kind, f"{mark} {name}：{verdict.words}", verdict.remedy)


def _configured(at: Desk) -> None:
    settings = at.settings
    secret = "已设置（不显示）" if settings.api_key.get_secret_value() else "未设置"
    where = "本机" if settings.endpoint_is_local else "外部"
    office = find_soffice()
    library = at.workbench.library.info()
    rows = [
        ("版本", f"知绩 {__version__}", ""),
        (
            "模型服务",
            f"{settings.base_url}（{where}）" if settings.has_endpoint else "未配置",
            "OPENAI_BASE_URL",
        ),
        ("模型名称", settings.model or "未配置", "OPENAI_MODEL"),
        ("服务密钥", secret, "OPENAI_API_KEY"),
        ("向量模型", settings.embedding_model or "自带模型", "ZHIJI_EMBEDDING_MODEL"),
        ("资料库", str(at.workbench.index_dir), "ZHIJI_INDEX_DIR"),
        ("资料库内容", f"{library['documents']}份报告，{library['passages']}段", ""),
        ("已存报告和文稿", str(settings.data_dir), "ZHIJI_DATA_DIR"),
        (
            "工作区数据库",
            at.workspace.database.url.render_as_string(hide_password=True),
            "ZHIJI_DATABASE_URL",
        ),
        ("LibreOffice", str(office) if office else "没有找到：.doc、.wps 请先另存为 .docx", ""),
    ]
    st.html(table(("项目", "现在的值", "用哪个环境变量改"), rows))
    st.html('<div class="zj-legend">设置写在环境变量或程序目录的 .env 文件里，改后重新启动生效。</div>')


def _released(at: Desk) -> None:
    released = at.workbench.egress.released()
    if not released:
        st.html('<div class="zj-box zj-ok">没有任何内容离开过这台机器。</div>')
        return
    st.html(f'<div class="zj-legend">共 {len(released)} 次，最近的在前。</div>')
    for entry in released[: -_LATEST - 1 : -1]:
        with st.expander(label(f"{entry['time']}　{entry['purpose']}　{entry['endpoint']}")):
            st.html(f'<div class="zj-said">{text(entry["text"])}</div>')
