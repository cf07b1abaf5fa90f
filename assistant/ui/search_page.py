"""The page 查往年: search past reports, open a hit at its place, put two years side by side."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from assistant.domain.passage import Citation, Passage, Query, SectionKind
from assistant.ui.boundary import bounded
from assistant.ui.desk import Desk
from assistant.ui.markup import found_in, marked, text
from assistant.ui.parts import heading, show_empty, show_views
from assistant.ui.state import State, current
from assistant.ui.two_years import show_two_years

_MODES = {"hybrid": "综合", "keyword": "按字词", "semantic": "按意思"}
_NEAR = 3


def show(go: Callable[[str], None]) -> None:
    """Show the page; `go` leads to another one."""
    at, state = current()
    filled = at.workbench.library.exists()
    step = "输入一句话，例如“预算执行率偏低怎么改进”；点“看前后文”打开原处。"
    heading("查往年", step if filled else "先读入往年报告，再来查。")
    if not filled:
        show_empty("资料库还是空的，没有往年报告可查。", "去资料库", lambda: go("library"))
        return
    views = {
        "查找": lambda: _search(at, state),
        "两年对照": lambda: show_two_years(at, state.edited.unit_name),
    }
    show_views("search-view", views)


def _search(at: Desk, state: State) -> None:
    query = _query(at)
    if not query.text:
        return
    result = at.workbench.library.search(query)
    if result.note:
        st.html(f'<div class="zj-legend">{text(result.note)}</div>')
    hits, place = st.columns([1.35, 1], gap="medium")
    with hits:
        for hit in result.passages:
            _hit(state, hit, query.text)
    with place:
        bounded(lambda: _place(at, state))


def _query(at: Desk) -> Query:
    documents = at.workbench.library.documents()
    units = sorted({one.unit_name for one in documents if one.unit_name})
    years = sorted({one.year for one in documents if one.year}, reverse=True)
    words, section, unit, year, mode = st.columns([4, 1.4, 2.2, 1.1, 1.2], vertical_alignment="bottom")
    with words:
        asked = st.text_input("要查的话", key="query", placeholder="例如：微信公众号稿件质量还要提高")
    with section:
        sections = ["", *(kind.value for kind in SectionKind)]
        part = st.selectbox("章节", sections, format_func=lambda s: SectionKind(s).label if s else "全部")
    with unit:
        of_unit = st.selectbox("单位", ["", *units], format_func=lambda u: u or "全部")
    with year:
        of_year = st.selectbox("年度", [None, *years], format_func=lambda y: str(y) if y else "全部")
    with mode:
        way = st.selectbox("方式", list(_MODES), format_func=_MODES.__getitem__)
    return Query(
        text=asked.strip(), section=part or "", unit=of_unit or "", year=of_year, mode=way or "hybrid"
    )


def _hit(state: State, hit: Passage, asked: str) -> None:
    cited = hit.citation
    shown = in_cells(hit.text)
    body = marked(shown, found_in(shown, asked))
    with st.container(gap=None):
        st.html(
            f'<div class="zj-passage"><b>{hit.rank}.</b> {body}</div>'
            f'<div class="zj-source">{text(_where(hit))}</div>'
        )
        if st.button("看前后文", key=f"near-{cited.source}-{cited.first_paragraph}", type="tertiary"):
            state.opened = cited


def _where(hit: Passage) -> str:
    cited = hit.citation
    year = f"{hit.year}年" if hit.year else ""
    heading_path = " › ".join(cited.heading) or hit.section.label
    return f"[{hit.section.label}] {heading_path}　—— {cited.source} 第{cited.first_paragraph + 1}段　{hit.unit_name}{year}"


def _place(at: Desk, state: State) -> None:
    """Show the passage that was opened with what stands around it."""
    opened = state.opened
    if opened is None:
        st.html('<div class="zj-legend">点左边的“看前后文”，在这里打开原处。</div>')
        return
    st.html(
        f'<h3>{text(opened.title or opened.source)}</h3><div class="zj-source">{text(opened.source)}</div>'
    )
    for passage in around(at, opened):
        here = passage.citation.first_paragraph == opened.first_paragraph
        number = passage.citation.first_paragraph + 1
        st.html(
            f'<div class="zj-near{" here" if here else ""}" title="第{number}段">{text(in_cells(passage.text))}</div>'
        )


def around(at: Desk, place: Citation) -> list[Passage]:
    """Return the passage at a place with its neighbours, in the order of the document."""
    library = at.workbench.library
    numbers = range(max(0, place.first_paragraph - _NEAR), place.last_paragraph + _NEAR + 1)
    found = (library.passage(place.source, number) for number in numbers)
    by_start = {one.citation.first_paragraph: one for one in found if one is not None}
    return [by_start[number] for number in sorted(by_start)]


def in_cells(words: str) -> str:
    """Return the words of a passage with a rule between the cells of a table row."""
    return words.replace("\t", " ｜ ")
