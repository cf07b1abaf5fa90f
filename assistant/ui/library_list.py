"""The list of 资料库: every report with its versions beside it; one opened to be corrected or deleted for good."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import NamedTuple

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from assistant.search.describing import KINDS, Description, Field
from assistant.search.store import StoredDocument
from assistant.ui.boundary import fault_of, show_fault
from assistant.ui.desk import Desk
from assistant.ui.markup import text
from assistant.ui.parts import distinct

_HEAD = ("文件", "单位", "年度", "类型", "内容")
#: More rows than these are not read by anybody: then the filter is needed.
_SHOWN = 200


class Entry(NamedTuple):
    """A report of the library as it was read, and what is known of it."""

    document: StoredDocument
    known: Description


def show_list(at: Desk, *, filled: bool) -> None:
    """Show the reports and the one that was chosen; `filled` says whether there are any."""
    if not filled:
        st.html('<div class="zj-box">资料库是空的：在左边选好往年报告，点“读入资料库”。</div>')
        return
    library = at.workbench.library
    entries = by_group(
        [Entry(*pair) for pair in zip(library.documents(), library.descriptions(), strict=False)]
    )
    asked, choice = st.columns([1, 1.6], vertical_alignment="bottom")
    words = asked.text_input("筛选", key="library-filter", placeholder="单位、年度或文件名")
    shown = [one for one in entries if words.strip() in _searched(one.known)]
    names = distinct({0: "（不打开）"} | {one.document.id: one.document.source for one in shown})
    number = choice.selectbox(
        "打开一份：改正说明、删除",
        list(names),
        format_func=lambda number: names[number],
        key=f"open-document-{len(entries)}-{words}",
    )
    for one in shown:
        if one.document.id == number:
            _opened(at, one, entries)
    st.html(_table(shown[:_SHOWN]))
    more = f"，这里列出前{_SHOWN}份，请用筛选缩小范围" if len(shown) > _SHOWN else ""
    st.html(f'<div class="zj-legend">共{len(entries)}份，符合筛选的{len(shown)}份{more}。</div>')


def by_group(entries: Sequence[Entry]) -> list[Entry]:
    """Return the reports with the versions of one after the other, the newest first."""
    leaders = {document.source: min((document.source, *document.alike)) for document, _ in entries}
    return sorted(
        entries,
        key=lambda one: (leaders[one.document.source], not one.document.newest, one.document.source),
    )


def _searched(known: Description) -> str:
    return "　".join((known.source, *(_word(field) for field in known.fields)))


def _table(entries: Iterable[Entry]) -> str:
    head = "".join(f"<th>{name}</th>" for name in _HEAD)
    body = "".join(_row(*one) for one in entries)
    return f'<table class="zj-table"><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>'


def _row(document: StoredDocument, known: Description) -> str:
    tags = ""
    if known.alike:
        which = "最新版本" if known.newest else "较早版本"
        tags = f'<span class="zj-tag">{which}，共{len(known.alike) + 1}份</span>'
    cells = [f"{text(document.source)} {tags}"]
    cells += [_said(known[name]) for name in ("unit_name", "year", "kind")]
    cells.append(text(document.why or _content(document)))
    kind = ' class="older"' if known.alike and not known.newest else ""
    return f"<tr{kind}>" + "".join(f"<td>{cell}</td>" for cell in cells) + "</tr>"


def _said(field: Field) -> str:
    """Return a value with a mark where it is the user's own word."""
    mark = '<sup title="人工改正">改</sup>' if field.corrected else ""
    return text(_word(field)) + mark


def _word(field: Field) -> str:
    return KINDS.get(field.value, field.value) if field.name == "kind" else field.value


def _content(document: StoredDocument) -> str:
    counts = ((document.paragraphs, "段"), (document.tables, "张表"))
    return "、".join(f"{count}{word}" for count, word in counts if count) or "没有内容"


def _opened(at: Desk, entry: Entry, entries: Sequence[Entry]) -> None:
    document, known = entry
    with st.container(border=True):
        st.html(f"<h3>{text(document.source)}</h3>")
        if known.alike:
            others = "；".join(known.alike)
            st.html(f'<div class="zj-legend">与它是同一份报告的不同版本：{text(others)}</div>')
        _correct(at, document, known)
        _delete(at, document, [one.document for one in entries if one.document.source == document.source])


def _correct(at: Desk, document: StoredDocument, known: Description) -> None:
    """Show what is known of a report, each with what it was guessed from; a changed field is the user's word."""
    with st.form(f"describe-{document.id}", border=False):
        columns = st.columns(3)
        typed = {
            field.name: _input(columns[number % 3], document.id, field)
            for number, field in enumerate(known.fields)
        }
        save, back, _ = st.columns([1.2, 1.6, 4])
        keep = save.form_submit_button("保存改正", type="primary", width="stretch")
        undo = back.form_submit_button("恢复程序的推定", width="stretch")
    changes = {field.name: typed[field.name] for field in known.fields if typed[field.name] != field.value}
    if undo:
        changes = {field.name: "" for field in known.fields if field.corrected}
    if (keep or undo) and changes:
        fault = fault_of(lambda: at.workbench.library.describe(document.place, **changes))
        if fault is None:
            st.rerun()
        show_fault(fault)


def _input(column: DeltaGenerator, number: int, field: Field) -> str:
    key = f"{number}-{field.name}-{field.value}"
    origin = f"人工改正；程序推定为“{field.guess}”" if field.corrected else field.evidence
    advice = f"依据：{origin}" if origin else "文件里没有写明"
    if field.name == "kind":
        kinds = ["", *KINDS]
        index = kinds.index(field.value) if field.value in kinds else 0
        chosen = column.selectbox(
            field.label,
            kinds,
            index,
            format_func=lambda kind: KINDS.get(kind, "（不详）"),
            key=key,
            help=advice,
        )
        return chosen or ""
    return str(column.text_input(field.label, field.value, key=key, help=advice)).strip()


def _delete(at: Desk, document: StoredDocument, copies: Sequence[StoredDocument]) -> None:
    sure, go = st.columns([4, 1.3], vertical_alignment="center")
    certain = sure.checkbox(
        "永久删除：查不到、引用不到、不能恢复；原来的文件不动，在这里上传的副本一并删除",
        key=f"sure-{document.id}",
    )
    if go.button("删除", key="drop-document", disabled=not certain, width="stretch"):
        fault = fault_of(lambda: _drop(at, document.source, copies))
        if fault is None:
            st.rerun()
        show_fault(fault)


def _drop(at: Desk, source: str, copies: Sequence[StoredDocument]) -> None:
    at.workbench.library.delete(source)
    for document in copies:
        forget_file(at, document)


def forget_file(at: Desk, document: StoredDocument) -> None:
    """Delete the copy of a document that was handed over in the browser, so that it does not come back."""
    copy = (Path(document.root) / document.source).resolve()
    if copy.is_relative_to(at.received.resolve()):
        copy.unlink(missing_ok=True)
