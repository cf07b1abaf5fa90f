"""Which examples a request resembles most (像哪句话): character n-grams weighed by rarity, examples as data.

Knows nothing about reports: what names one must be masked by the caller.
"""

from __future__ import annotations

import math
import re
import tomllib
from collections import Counter
from collections.abc import Iterable, Mapping
from functools import cache
from importlib import resources
from typing import NamedTuple

from assistant.chat.intents import Intent
from assistant.chat.slots import section_masked
from assistant.domain.services import Nearness

#: The mark for a name of the report, in examples and in requests.
NAME = "Ｎ"
_LONGEST = 4
#: So many of the best examples of an intent count together.
_NEIGHBOURS = 3
#: How much the likeness of meaning counts beside that of letters.
_MEANING = 0.18


class _Example(NamedTuple):
    intent: Intent
    grams: frozenset[str]
    norm: float


class Examples:
    """All examples, weighed once."""

    def __init__(self, told: Mapping[Intent, Iterable[str]]) -> None:
        cut = [(intent, _grams(words)) for intent, all_words in told.items() for words in all_words]
        counts = Counter(gram for _, grams in cut for gram in grams)
        self._words = tuple(words for all_words in told.values() for words in all_words)
        self._weight = {g: math.log(1 + len(cut) / n) ** 2 * len(g) for g, n in counts.items()}
        self._unseen = math.log(1 + len(cut)) ** 2
        self._examples = [_Example(intent, grams, self._norm(grams)) for intent, grams in cut]

    def ranked(self, words: str, nearness: Nearness | None = None) -> list[tuple[Intent, float]]:
        """Return every intent with how much the words resemble its examples (0 to 1), best first.

        `nearness` adds the meaning of the words to their letters.
        """
        near = nearness.near(words, self._words) if nearness else [0.0] * len(self._words)
        grams = _grams(words)
        known, norm = grams & self._weight.keys(), self._norm(grams)
        found: dict[Intent, list[float]] = {}
        meant: dict[Intent, list[float]] = {}
        for example, cosine in zip(self._examples, near, strict=True):
            shared = sum(self._weight[gram] for gram in known & example.grams)
            found.setdefault(example.intent, []).append(shared / (example.norm * norm))
            meant.setdefault(example.intent, []).append(cosine)
        scores = {one: _best(found[one]) + _MEANING * _best(meant[one]) for one in found}
        return sorted(scores.items(), key=lambda one: -one[1])

    def _norm(self, grams: frozenset[str]) -> float:
        return math.sqrt(sum(self._weight.get(gram, self._unseen * len(gram)) for gram in grams)) or 1.0


def _best(scores: Iterable[float]) -> float:
    return sum(sorted(scores)[-_NEIGHBOURS:]) / _NEIGHBOURS


@cache
def shipped() -> Examples:
    """Return the examples that come with the program."""
    told = tomllib.loads(resources.files("assistant.chat").joinpath("examples.toml").read_text("utf-8"))
    return Examples({Intent[name.upper()]: words for name, words in told.items()})


def _grams(words: str) -> frozenset[str]:
    plain = re.sub(r"\d[\d,.]*", "0", words.lower().strip(" 。？！?!~～，,"))
    plain = "^" + re.sub(r"\s+", " ", plain) + "$"
    return frozenset(
        form[start : start + size]
        for form in {plain, section_masked(plain)}
        for size in range(1, _LONGEST + 1)
        for start in range(len(form) - size + 1)
    )
