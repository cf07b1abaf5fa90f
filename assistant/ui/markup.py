"""HTML made by us: every piece of text is escaped, so that words from documents are never interpreted.

Knows nothing about Streamlit, reports or drafts.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from html import escape
from itertools import pairwise
from typing import NamedTuple

_MARKDOWN = re.compile(r"([\\`*_{}\[\]()<>#+\-.!|~$:&])")


class Mark(NamedTuple):
    """Characters [start, end) of a text that wear a class and show a title when pointed at.

    `anchor` is the name of the place where they begin, for links.
    """

    start: int
    end: int
    kind: str
    title: str = ""
    anchor: str = ""


def text(words: str) -> str:
    """Return escaped words; line breaks stay line breaks."""
    return escape(words).replace("\n", "<br>")


def label(words: str) -> str:
    """Return words for a widget label with everything escaped that Markdown would interpret."""
    return _MARKDOWN.sub(r"\\\1", words)


def said(kind: str, message: str, remedy: str = "") -> str:
    """Return a box of class `kind` with a message and what to do about it."""
    advice = f'<div class="zj-remedy">{text(remedy)}</div>' if remedy else ""
    return f'<div class="zj-box {kind}"><div>{text(message)}</div>{advice}</div>'


def marked(words: str, marks: Iterable[Mark]) -> str:
    """Return the words with marks around their characters; marks may overlap and reach beyond the text."""
    size = len(words)
    live = [m._replace(start=max(m.start, 0), end=min(m.end, size)) for m in marks]
    live = [m for m in live if m.start < m.end]
    cuts = sorted({0, size, *(m.start for m in live), *(m.end for m in live)})
    return "".join(
        _piece(words[a:b], [m for m in live if m.start <= a and b <= m.end], a) for a, b in pairwise(cuts)
    )


def _piece(words: str, marks: Sequence[Mark], start: int) -> str:
    if not marks:
        return text(words)
    anchor = next((m.anchor for m in marks if m.anchor and m.start == start), "")
    name = f' id="{escape(anchor, quote=True)}"' if anchor else ""
    kinds = " ".join(dict.fromkeys(m.kind for m in marks))
    title = "\n".join(dict.fromkeys(m.title for m in marks if m.title))
    tip = f' title="{escape(title, quote=True)}"' if title else ""
    return f'<span{name} class="{kinds}"{tip}>{text(words)}</span>'


def table(head: Sequence[str], rows: Iterable[Sequence[str]], kind: str = "") -> str:
    """Return a table of plain cells; a cell is escaped, `kind` is an extra class."""
    top = "".join(f"<th>{text(cell)}</th>" for cell in head)
    body = "".join("<tr>" + "".join(f"<td>{text(cell)}</td>" for cell in row) + "</tr>" for row in rows)
    return f'<table class="zj-table {kind}"><thead><tr>{top}</tr></thead><tbody>{body}</tbody></table>'


def found_in(words: str, query: str, least: int = 2) -> list[Mark]:
    """Return marks over the parts of `words`, of `least` or more characters, that also stand in the query."""
    marks: list[Mark] = []
    start = 0
    while start <= len(words) - least:
        end = start + least
        if words[start:end].isspace() or words[start:end] not in query:
            start += 1
            continue
        while end < len(words) and words[start : end + 1] in query:
            end += 1
        marks.append(Mark(start, end, "zj-hit"))
        start = end
    return marks
