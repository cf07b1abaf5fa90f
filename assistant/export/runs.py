"""Runs of a Word document cut at characters: what looks the same before reads the same after.

Knows nothing of why they are cut.
"""

from __future__ import annotations

from copy import deepcopy
from typing import Any

from lxml import etree  # type: ignore[import-untyped]

MAIN = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_XML_SPACE = "{http://www.w3.org/XML/1998/namespace}space"


def tag(name: str) -> str:
    """Return the full name of an element or attribute of a Word document."""
    return f"{{{MAIN}}}{name}"


def element_of(name: str, **attributes: str) -> Any:
    """Return a new element with its attributes."""
    element = etree.Element(tag(name), nsmap={"w": MAIN})
    for key, value in attributes.items():
        element.set(tag(key), value)
    return element


def text_of(words: str, name: str = "t") -> Any:
    """Return a `w:t` (or `w:delText`) of these words, blanks kept."""
    element = element_of(name)
    element.text = words
    element.set(_XML_SPACE, "preserve")
    return element


def split_text(element: Any, offset: int) -> Any:
    """Split a `w:t`: what follows the offset goes to a new run behind; return its `w:t`."""
    text = element.text or ""
    rest = deepcopy(element)
    rest.tail = None
    element.text, rest.text = text[:offset], text[offset:]
    for part in (element, rest):
        part.set(_XML_SPACE, "preserve")
    element.addnext(rest)
    move_to_new_run(element.getparent(), rest)
    return rest


def move_to_new_run(run: Any, first: Any) -> None:
    """Move `first` and what follows it out of a run into a new one right behind, dressed the same."""
    behind = etree.Element(run.tag, attrib=dict(run.attrib), nsmap=run.nsmap)
    dress = run.find(tag("rPr"))
    if dress is not None:
        behind.append(deepcopy(dress))
    behind.extend([first, *first.itersiblings()])
    run.addnext(behind)


def set_apart(element: Any) -> Any:
    """Return a run that holds nothing but this content of a run."""
    before = element.getprevious()
    if before is not None and before.tag != tag("rPr"):
        move_to_new_run(element.getparent(), element)
    if element.getnext() is not None:
        move_to_new_run(element.getparent(), element.getnext())
    return element.getparent()
