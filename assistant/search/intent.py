"""What a question is after (问的是什么): its words without those of asking, and which sections it points to.

The words and weights are data (intents.toml). It knows nothing about passages or scores.
"""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib import resources
from typing import NamedTuple

from assistant.domain.base import Frozen
from assistant.domain.passage import SectionKind
from assistant.search.shapes import Shape


class Intent(Frozen):
    """The words to look for, the weight of each section kind and of each shape of passage; whether for a remedy."""

    core: str
    sections: tuple[float, ...]
    shapes: tuple[float, ...]
    remedy: bool = False


class _Sign(NamedTuple):
    pattern: re.Pattern[str]
    sections: dict[str, float]


class _Signs(NamedTuple):
    asking: re.Pattern[str]
    tables: re.Pattern[str]
    sections: dict[str, float]
    shapes: dict[str, float]
    intents: tuple[_Sign, ...]


def intent_of(question: str) -> Intent:
    """Return what the question is after; a query of keywords has the usual weights."""
    signs = _signs()
    weights = {kind.value: signs.sections.get(kind.value, 1.0) for kind in SectionKind}
    for sign in signs.intents:
        if sign.pattern.search(question):
            for section, factor in sign.sections.items():
                weights[section] *= factor
    wants_rows = signs.tables.search(question) is not None
    shapes = tuple(1.0 if wants_rows else signs.shapes[shape.name.lower()] for shape in Shape)
    return Intent(
        core=_core(question, signs.asking),
        sections=tuple(weights.values()),
        shapes=shapes,
        remedy=weights[SectionKind.MEASURES] > signs.sections[SectionKind.MEASURES],
    )


def _core(question: str, asking: re.Pattern[str]) -> str:
    """Return the question without the words of asking, as it stands where hardly anything would be left."""
    left = asking.sub("", question)
    return left if sum(char.isalnum() for char in left) >= 2 else question


@cache
def _signs() -> _Signs:
    data = tomllib.loads(resources.files("assistant.search").joinpath("intents.toml").read_text("utf-8"))
    return _Signs(
        asking=re.compile(data["question_words"]),
        tables=re.compile(data["tables"]["pattern"]),
        sections=data["sections"],
        shapes=data["shapes"],
        intents=tuple(_Sign(re.compile(item["pattern"]), item["sections"]) for item in data["intent"]),
    )
