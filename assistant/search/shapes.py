"""The shape of a passage: prose, a bare heading, a table row of words and figures, a row that tells something.

Shapes decide what stands behind when passages are ranked. It knows nothing about scores.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from enum import IntEnum

import numpy as np
from numpy.typing import NDArray

#: A shorter paragraph without a full stop is a heading.
_HEADING = 46
#: A cell this long with punctuation inside is prose.
_TELLING = re.compile(r"(?=[^\t]{40})[^\t]*[，。；,;]")


class Shape(IntEnum):
    """What a passage looks like."""

    PROSE = 0
    HEADING = 1
    ROW = 2
    TELLING_ROW = 3


def shape_of(text: str, *, is_row: bool) -> Shape:
    """Return the shape of a paragraph or table row."""
    if is_row:
        return Shape.TELLING_ROW if _TELLING.search(text) else Shape.ROW
    return Shape.HEADING if len(text) < _HEADING and "。" not in text else Shape.PROSE


def shapes_of(texts: Iterable[str], rows: Iterable[bool]) -> NDArray[np.uint8]:
    """Return the shape of every passage as its number."""
    shapes = [shape_of(text, is_row=bool(row)) for text, row in zip(texts, rows, strict=True)]
    return np.asarray(shapes, dtype=np.uint8)
