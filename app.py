"""The entry of the web application: page config, then the shell opens the workbench and the chosen page."""

from __future__ import annotations

import streamlit as st

from assistant.ui.shell import run

st.set_page_config(page_title="知绩 · 绩效自评报告助手", page_icon="📄", layout="wide")
run()
