"""A template filled: its tags replaced by values, its rows and paragraphs repeated, everything else as it was.

Works on the elements of a checked template; the formatting of a tag becomes that of its value. Values are
text and stay text. Knows nothing of reports.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from copy import deepcopy
from typing import Any, NamedTuple

from docx.oxml import OxmlElement
from docx.oxml.ns import qn

from assistant.export.tags import Kind, Tag, read_tags

#: An element of lxml, which comes without types.
Element = Any
#: Texts, lists of such, and blocks by name.
Values = Mapping[str, Any]
_PARAGRAPH, _ROW, _TEXT, _BOX = qn("w:p"), qn("w:tr"), qn("w:t"), qn("w:txbxContent")
_NOT_IN_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"


class Block(NamedTuple):
    """Paragraphs and tables that take the place of the paragraph that names them."""

    elements: tuple[Element, ...]


class Group(NamedTuple):
    """A sibling alone, or with the tag that opens a repetition or condition over several."""

    tag: Tag | None
    elements: Sequence[Element]


def filled(elements: Sequence[Element], values: Values) -> list[Element]:
    """Return the elements with every tag replaced; a block or repetition gives more or fewer of them."""
    made: list[Element] = []
    for tag, inner in grouped(elements):
        if tag is None:
            made += _filled_one(inner[0], values)
        elif tag.kind is Kind.IF:
            made += filled(inner, values) if bool(value_of(tag.path, values)) != tag.negated else []
        else:
            for piece in value_of(tag.path, values):
                made += filled(deepcopy(list(inner)), {**values, tag.variable: piece})
    return made


def grouped(elements: Sequence[Element]) -> Iterator[Group]:
    """Yield siblings, those between an opening tag and its end as one group."""
    place = 0
    while place < len(elements):
        tag = control_of(elements[place])
        if tag is None or not tag.opens:
            yield Group(None, elements[place : place + 1])
            place += 1
            continue
        end = _end_of(elements, place)
        yield Group(tag, elements[place + 1 : end])
        place = end + 1


def _end_of(elements: Sequence[Element], start: int) -> int:
    depth = 0
    for place in range(start, len(elements)):
        tag = control_of(elements[place])
        depth += tag is not None and tag.opens
        depth -= tag is not None and tag.closes
        if not depth:
            return place
    return len(elements)


def control_of(element: Element) -> Tag | None:
    """Return the tag that a paragraph, or a row of a table, holds to repeat or condition what follows it."""
    if element.tag == _PARAGRAPH:
        return _control(own_text(element), "")
    if element.tag == _ROW:
        found = (_control(own_text(one), "tr") for one in element.iter(_PARAGRAPH))
        return next((tag for tag in found if tag is not None), None)
    return None


def _control(text: str, scope: str) -> Tag | None:
    tags, _ = read_tags(text)
    return next((tag for tag in tags if (tag.opens or tag.closes) and tag.scope == scope), None)


def own_texts(paragraph: Element) -> list[Element]:
    """Return the `w:t` of a paragraph, not those of text boxes that are anchored in it."""
    if paragraph.find(f".//{_BOX}") is None:
        return list(paragraph.iter(_TEXT))
    return [one for one in paragraph.iter(_TEXT) if next(one.iterancestors(_PARAGRAPH)) is paragraph]


def own_text(paragraph: Element) -> str:
    """Return the words of a paragraph, not those of text boxes that are anchored in it."""
    return "".join(one.text or "" for one in own_texts(paragraph))


def value_of(path: Sequence[str], values: Values) -> Any:
    """Return the value that a path names; KeyError where there is none."""
    value: Any = values
    for name in path:
        value = value[name]
    return value


def _filled_one(element: Element, values: Values) -> list[Element]:
    if element.tag != _PARAGRAPH:
        refill(element, values)
        return [element]
    for box in element.iter(_BOX):
        refill(box, values)
    tags, _ = read_tags(own_text(element))
    for tag in reversed(tags):
        value = "" if tag.kind is Kind.NOTE else value_of(tag.path, values)
        if isinstance(value, Block):
            return deepcopy(list(value.elements))
        _replace(own_texts(element), tag, _NOT_IN_XML.sub("", str(value)))
    return [element]


def refill(parent: Element, values: Values) -> None:
    """Fill what is inside an element that may hold paragraphs: a body, table, row, cell, control or text box."""
    if parent.tag != _BOX and next(parent.iter(_TEXT), None) is None:
        return
    before = list(parent)
    made = filled(before, values)
    kept = set(made)
    for element in before:
        if element not in kept:
            parent.remove(element)
    # Only what is new is moved in: lxml works through the whole of every element that it moves.
    place = next(iter(parent), None)
    for element in made:
        if element is place:
            place = place.getnext()
        elif place is None:
            parent.append(element)
        else:
            place.addprevious(element)


def _replace(texts: Sequence[Element], tag: Tag, value: str) -> None:
    """Put a value where the tag stands, which may begin in one run and end in another."""
    place = 0
    for text in texts:
        words = text.text or ""
        start, end = max(tag.start - place, 0), tag.end - place
        place += len(words)
        if start >= len(words) or end <= 0:
            continue
        begins = tag.start >= place - len(words)
        text.text = words[:start] + (value if begins else "") + words[end:]
        text.set(_SPACE, "preserve")
        _break_lines(text)


def _break_lines(text: Element) -> None:
    """Turn line ends of a value into breaks of Word."""
    first, *rest = (text.text or "").split("\n")
    text.text = first
    for line in reversed(rest):
        words = OxmlElement("w:t")
        words.text = line
        words.set(_SPACE, "preserve")
        text.addnext(words)
        text.addnext(OxmlElement("w:br"))
