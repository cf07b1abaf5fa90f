"""The numbers of the charts of a Word package, and where they differ from those that were exported.

Reads any chart part, under whatever name an office program has given it. Knows nothing of how ours are made.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal, InvalidOperation

from lxml import etree  # type: ignore[import-untyped]

from assistant.domain.finding import Finding
from assistant.domain.register import finding

_C = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
_A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_FOLDER = "word/charts/"
_REMEDY = "请改回导出时的内容，或在填报数据中改正后重新导出"

#: The numbers and labels of one chart, in order.
Words = tuple[str, ...]


def chart_words(parts: Mapping[str, bytes]) -> tuple[Words, ...]:
    """Return what each chart of a package says, in the order of their names."""
    names = sorted(name for name in parts if name.startswith(_FOLDER) and name.endswith(".xml"))
    read = (tuple(_words(parts[name])) for name in names)
    return tuple(words for words in read if words)


def chart_changes(then: Sequence[Words], now: Sequence[Words]) -> list[Finding]:
    """Return one finding (N20) for every number or label of a chart that differs, and for charts gone or new."""
    if len(then) != len(now):
        message = f"导出时有{len(then)}张图，现有{len(now)}张"
        return [finding("N20", message, remedy=_REMEDY, observed=str(len(now)), expected=str(len(then)))]
    return [
        finding(
            "N20",
            f"图{number}中的“{is_now}”导出时为“{was}”",
            remedy=_REMEDY,
            text=is_now,
            observed=is_now,
            expected=was,
        )
        for number, (old, new) in enumerate(zip(then, now, strict=True), 1)
        for was, is_now in _pairs(old, new)
        if was != is_now
    ]


def _pairs(old: Words, new: Words) -> Iterator[tuple[str, str]]:
    if len(old) != len(new):
        yield "、".join(old), "、".join(new)
        return
    yield from zip(old, new, strict=True)


def _words(part: bytes) -> Iterator[str]:
    try:
        root = etree.fromstring(part, etree.XMLParser(resolve_entities=False, no_network=True))
    except etree.XMLSyntaxError:
        return
    for values in root.iter(f"{_C}val"):
        yield from (_number(one.text or "") for one in values.iter(f"{_C}v"))
    for label in root.iter(f"{_C}dLbl"):
        if words := "".join(one.text or "" for one in label.iter(f"{_A}t")):
            yield words


def _number(text: str) -> str:
    """Return a number as programs agree on it: 96.8 and 96.80 are one."""
    try:
        return f"{Decimal(text).normalize():f}"
    except InvalidOperation:
        return text
