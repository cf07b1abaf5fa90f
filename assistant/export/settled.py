"""A Word document with the revisions of others accepted (接受修订), so that new ones can be told from them.

Reads a document as `library.word_reader` does: insertions stay, deletions go. Knows nothing of what they say.
"""

from __future__ import annotations

from typing import Any

from assistant.export.runs import tag

_GONE = {tag(name) for name in ("del", "moveFrom")}
_STAYS = {tag(name) for name in ("ins", "moveTo")}
_NOTES = {
    tag(name)
    for name in (
        "rPrChange",
        "pPrChange",
        "tblPrChange",
        "tblGridChange",
        "tblPrExChange",
        "trPrChange",
        "tcPrChange",
        "sectPrChange",
        "numberingChange",
        "cellIns",
        "moveFromRangeStart",
        "moveFromRangeEnd",
        "moveToRangeStart",
        "moveToRangeEnd",
    )
}
_MARKED = {tag("rPr"), tag("trPr")}


def settle(root: Any) -> None:
    """Accept every revision in place."""
    for element in list(root.iter(*_GONE, *_STAYS, *_NOTES)):
        holder = element.getparent()
        if holder is None:
            continue
        if holder.tag == tag("trPr") and element.tag == tag("del"):
            _drop(holder.getparent())
        elif element.tag in _STAYS and holder.tag not in _MARKED:
            _unwrap(element)
        else:
            holder.remove(element)


def _drop(element: Any) -> None:
    if element is not None and element.getparent() is not None:
        element.getparent().remove(element)


def _unwrap(element: Any) -> None:
    for child in list(element):
        element.addprevious(child)
    _drop(element)
