"""Filters of a search (筛选条件): what they admit, and in the user's words why nothing is left and what is near.

A filter is of documents (unit, year, kind, region, sub-project) or of passages (section, topic). This module
knows nothing about ranking.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from assistant.domain.passage import Query, SectionKind
from assistant.library.profile import short_unit
from assistant.search.records import StoredDocument
from assistant.search.shelf import Shelf
from assistant.search.words import normalised

Mask = NDArray[np.bool_]

#: Where problems and their measures stand: what a topic (P01–P36) selects.
_PROBLEM_SECTIONS = (SectionKind.PROBLEMS.value, SectionKind.MEASURES.value, SectionKind.SUGGESTIONS.value)
#: How many of the values that there are an answer names.
_NAMED = 5


class _Field(NamedTuple):
    """A filter of documents: its name in `Query` and in a document, its Chinese name, and when a value fits."""

    asked: str
    held: str
    label: str
    fits: Callable[[str, str], bool]


@lru_cache(maxsize=10_000)
def same_unit(asked: str, written: str) -> bool:
    """Return whether a unit's name as asked for is part of the written one, in full or as people say it."""
    wanted = {normalised(asked), normalised(short_unit(asked))}
    known = (normalised(written), normalised(short_unit(written)))
    return any(name in full for name in wanted for full in known)


@lru_cache(maxsize=10_000)
def _part(asked: str, written: str) -> bool:
    return normalised(asked) in normalised(written)


def _same(asked: str, written: str) -> bool:
    return asked == written


_FIELDS = (
    _Field("unit", "unit_name", "单位", same_unit),
    _Field("year", "year", "年度", _same),
    _Field("kind", "kind", "类型", _same),
    _Field("region", "region", "地区", _part),
    _Field("project", "project", "子项目", _part),
)


def _asked(query: Query) -> Iterator[tuple[_Field, str]]:
    for field in _FIELDS:
        value = getattr(query, field.asked)
        if value not in ("", None):
            yield field, str(value)


def _fits(field: _Field, wanted: str, document: StoredDocument) -> bool:
    return field.fits(wanted, _word(getattr(document, field.held)))


def _word(value: object) -> str:
    return "" if value is None else str(value)


def admitted(shelf: Shelf, query: Query, topic: tuple[str, ...]) -> Mask:
    """Return for each passage whether the filters admit it; `topic` are the words of the topic asked for."""
    asked = list(_asked(query))
    numbers = [
        number
        for number, document in shelf.documents.items()
        if document.source not in query.exclude_sources
        and all(_fits(field, wanted, document) for field, wanted in asked)
    ]
    mask = np.ones(len(shelf), dtype=bool)
    if len(numbers) < len(shelf.documents):
        mask &= shelf.of_documents(numbers)
    if query.section:
        mask &= shelf.of_section(query.section)
    if query.topic:
        mask &= shelf.speaking_of(_PROBLEM_SECTIONS, topic)
    return mask


def why_nothing(shelf: Shelf, query: Query, topic: tuple[str, ...]) -> str:
    """Return why the filters admit no passage and what is near; "" where they admit some."""
    documents = list(shelf.documents.values())
    if not documents:
        return "资料库里还没有报告，请先运行 zhiji index 往年报告所在文件夹"
    for field, wanted in _asked(query):
        if not any(_fits(field, wanted, document) for document in documents):
            return _none_such(field, wanted, documents)
    if query.topic and not topic:
        return f"没有编号为“{query.topic}”的问题类型，编号为 P01 至 P36"
    if admitted(shelf, query, topic).any():
        return ""
    near = "；".join(_near(shelf, query, topic))
    return f"所选条件下没有段落，{near or '请放宽章节、单位、年度或类型的条件'}"


def _none_such(field: _Field, wanted: str, documents: Sequence[StoredDocument]) -> str:
    known = sorted({_word(getattr(document, field.held)) for document in documents} - {""})
    listed = f"，现有：{'、'.join(known[:_NAMED])}{'等' if len(known) > _NAMED else ''}" if known else ""
    return f"资料库里没有{field.label}“{wanted}”的报告{listed}"


def _near(shelf: Shelf, query: Query, topic: tuple[str, ...]) -> Iterator[str]:
    """Yield each filter without which there would be passages, and how many."""
    labels = {field.asked: field.label for field, _ in _asked(query)}
    labels |= {
        name: label for name, label in (("section", "章节"), ("topic", "问题类型")) if getattr(query, name)
    }
    for name, label in labels.items():
        without = query.model_copy(update={name: None if name == "year" else ""})
        count = int(admitted(shelf, without, topic).sum())
        if count:
            yield f"不限{label}则有 {count} 段"
