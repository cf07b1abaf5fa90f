"""Headings that Word numbers itself: 一、（一）1. （1）, or 1、1.1; put into the heading styles of a file.

Knows nothing of what the headings say; the written numbers are taken off where the words go in.
"""

from __future__ import annotations

from typing import Any

from docx.document import Document as WordFile
from docx.oxml import OxmlElement
from docx.oxml.ns import qn

from assistant.export.layout import HeadingNumbers
from assistant.export.roles import HEADINGS, Role

_CHINESE, _ARABIC = "chineseCountingThousand", "decimal"
_FORMS = {
    HeadingNumbers.WORD: ((_CHINESE, "%1、"), (_CHINESE, "（%2）"), (_ARABIC, "%3."), (_ARABIC, "（%4）")),
    HeadingNumbers.DECIMAL: tuple(
        (_ARABIC, ".".join(f"%{part}" for part in range(1, level + 1)) + " ") for level in range(1, 5)
    ),
}
_ID = "9704"


def number_headings(word: WordFile, numbers: HeadingNumbers) -> tuple[Role, ...]:
    """Let Word number the headings where that is wanted; return the roles that it numbers now."""
    if numbers not in _FORMS:
        return ()
    numbering = word.part.numbering_part.element
    abstract = _abstract(numbers)
    first = numbering.find(qn("w:num"))
    if first is None:
        numbering.append(abstract)
    else:
        first.addprevious(abstract)
    number = _child(numbering, "w:num", numId=_ID)
    _child(number, "w:abstractNumId", val=_ID)
    for level, role in enumerate(HEADINGS):
        own = word.styles[role].element.get_or_add_pPr().get_or_add_numPr()
        own.get_or_add_ilvl().val = level
        own.get_or_add_numId().val = int(_ID)
    return HEADINGS


def _abstract(numbers: HeadingNumbers) -> Any:
    abstract = OxmlElement("w:abstractNum")
    abstract.set(qn("w:abstractNumId"), _ID)
    _child(abstract, "w:multiLevelType", val="multilevel")
    for level, (form, text) in enumerate(_FORMS[numbers]):
        own = _child(abstract, "w:lvl", ilvl=str(level))
        _child(own, "w:start", val="1")
        _child(own, "w:numFmt", val=form)
        _child(own, "w:pStyle", val=f"Heading{level + 1}")
        _child(own, "w:suff", val="nothing")
        _child(own, "w:lvlText", val=text)
        _child(own, "w:lvlJc", val="left")
    return abstract


def _child(parent: Any, tag: str, **attributes: str) -> Any:
    element = OxmlElement(tag)
    for name, value in attributes.items():
        element.set(qn(f"w:{name}"), value)
    parent.append(element)
    return element
