"""Two past reports of one unit side by side (两年对照): part by part, with what was taken over word for word marked."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import streamlit as st

from assistant.domain.passage import Passage, SectionKind
from assistant.search.copying import COPIED, sentences_in, share_of
from assistant.search.store import StoredDocument
from assistant.ui.desk import Desk
from assistant.ui.markup import Mark, marked, text
from assistant.ui.parts import distinct

#: What is most worth comparing comes first.
_PARTS = (
    SectionKind.PROBLEMS,
    SectionKind.MEASURES,
    SectionKind.SUGGESTIONS,
    SectionKind.CONCLUSION,
    SectionKind.FUNDING,
    SectionKind.OVERVIEW,
    SectionKind.MANAGEMENT,
    SectionKind.ACHIEVEMENTS,
    SectionKind.BENEFITS,
    SectionKind.INDICATORS,
)
#: Shorter sentences are alike by chance.
_SHORTEST = 8


def show_two_years(at: Desk, own: str) -> None:
    """Show the choice of two reports of one unit, first of all our `own`, and both part by part."""
    documents = [one for one in at.workbench.library.documents() if one.unit_name and one.newest]
    units = _units(documents)
    if not units:
        st.html('<div class="zj-box">资料库里还没有同一单位两个年度的报告，无从对照。</div>')
        return
    unit, earlier, later = st.columns([1, 1.6, 1.6])
    known = sorted(units, key=lambda name: (name != own, name))
    name = unit.selectbox("单位", known, key="compare-unit")
    names = distinct({one.source: f"{one.year}年　{one.title or one.source}" for one in units[name or ""]})
    sources = list(names)
    before = earlier.selectbox("较早的一份", sources, 0, format_func=names.__getitem__, key=f"before-{name}")
    after = later.selectbox(
        "较晚的一份", sources, len(sources) - 1, format_func=names.__getitem__, key=f"after-{name}"
    )
    if not before or not after or before == after:
        st.html('<div class="zj-legend">请选两份不同的报告。</div>')
        return
    by_source = {one.source: one for one in documents}
    st.html(_rates(at, before, after))
    st.html(compared_html(passages_of(at, by_source[before]), passages_of(at, by_source[after])))


def _units(documents: Iterable[StoredDocument]) -> dict[str, list[StoredDocument]]:
    """Return the reports by unit, oldest first, of units that have two or more."""
    units: dict[str, list[StoredDocument]] = {}
    for one in sorted(documents, key=lambda one: (one.year or 0, one.source)):
        units.setdefault(one.unit_name, []).append(one)
    return {name: held for name, held in sorted(units.items()) if len(held) > 1}


def passages_of(at: Desk, document: StoredDocument) -> list[Passage]:
    """Return every passage of a document in its order."""
    library = at.workbench.library
    last = document.paragraphs + document.tables * 200
    found, number, misses = list[Passage](), 0, 0
    while number <= last and misses < 20:
        passage = library.passage(document.source, number)
        misses = 0 if passage else misses + 1
        if passage is not None:
            found.append(passage)
        number = passage.citation.last_paragraph + 1 if passage else number + 1
    return found


def _rates(at: Desk, before: str, after: str) -> str:
    """Return both execution rates where the reports say them."""
    rates = {one.source: one.rate for one in at.workbench.library.rates()}
    if before not in rates or after not in rates:
        return '<div class="zj-legend">预算执行率：两份里有一份没有写明。</div>'
    moved = rates[after] - rates[before]
    words = "持平" if moved == 0 else f"{'提高' if moved > 0 else '下降'}{abs(moved):.2f}个百分点"
    return f'<div class="zj-box">{text(f"预算执行率：{rates[before]:.2f}% → {rates[after]:.2f}%，{words}。")}</div>'


def compared_html(before: Sequence[Passage], after: Sequence[Passage]) -> str:
    """Return both reports part by part; sentences of the later one that stood in the earlier one are marked."""
    known = [sentence for passage in before for sentence in sentences_in(passage.text)]
    rows = []
    for part in _PARTS:
        left = [one.text for one in before if one.section is part]
        right = [one.text for one in after if one.section is part]
        if left or right:
            rows.append(
                f'<tr class="group"><td colspan="2">{text(part.label)}</td></tr><tr><td>'
                + ("".join(f"<p>{_shown(words)}</p>" for words in left) or "（没有这一部分）")
                + "</td><td>"
                + ("".join(f"<p>{_with_copies(words, known)}</p>" for words in right) or "（没有这一部分）")
                + "</td></tr>"
            )
    legend = '<div class="zj-legend"><i class="zj-hit">黄底</i> 与较早的一份相同的话</div>'
    return f'{legend}<table class="zj-table zj-years"><tbody>{"".join(rows)}</tbody></table>'


def _with_copies(words: str, known: Sequence[str]) -> str:
    marks, start = [], 0
    for sentence in sentences_in(words):
        start = words.index(sentence, start)
        alike = len(sentence) >= _SHORTEST and any(
            abs(len(sentence) - len(other)) <= len(sentence) // 3 and share_of(sentence, other) >= COPIED
            for other in known
        )
        if alike:
            marks.append(Mark(start, start + len(sentence), "zj-hit", "较早的一份里有相同的话"))
        start += len(sentence)
    return _shown(words, marks)


def _shown(words: str, marks: Sequence[Mark] = ()) -> str:
    return marked(words.replace("\t", "｜"), marks)
