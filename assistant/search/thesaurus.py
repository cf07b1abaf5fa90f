"""Everyday words and the terms that reports use for them, and the words of each problem type.

Both are data (thesaurus.toml); a query is widened by the terms, never replaced. It knows nothing about
ranking.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from functools import cache
from importlib import resources

from assistant.domain.base import Frozen
from assistant.search.words import normalised


class Widened(Frozen):
    """The terms that were added to a query, and a sentence that says so ("" where none were)."""

    terms: tuple[str, ...] = ()
    note: str = ""


class Thesaurus:
    """The word list, ready for look-up."""

    def __init__(
        self, entries: Sequence[Mapping[str, Sequence[str]]], topics: Mapping[str, Sequence[str]]
    ) -> None:
        self._entries = [
            (tuple(normalised(word) for word in entry["everyday"]), tuple(entry["report"]))
            for entry in entries
        ]
        self._topics = {key: tuple(words) for key, words in topics.items()}

    def __len__(self) -> int:
        return len(self._entries)

    def widen(self, text: str) -> Widened:
        """Return the report terms for the everyday words of a query, without those it already has."""
        wanted = normalised(text)
        met = [(word, terms) for words, terms in self._entries for word in [_longest(words, wanted)] if word]
        added = dict.fromkeys(term for _, terms in met for term in terms if normalised(term) not in wanted)
        if not added:
            return Widened()
        said = "、".join(dict.fromkeys(word for word, _ in met))
        return Widened(terms=tuple(added), note=f"已把“{said}”扩展为“{'、'.join(added)}”一并查找")

    def topic(self, topic_id: str) -> tuple[str, ...]:
        """Return the words by which a problem type (P01–P36) is known, () for an unknown one."""
        return self._topics.get(topic_id.strip().upper(), ())


def _longest(words: Sequence[str], text: str) -> str:
    return max((word for word in words if word in text), key=len, default="")


@cache
def shipped_thesaurus() -> Thesaurus:
    """Return the shipped word list, read once."""
    data = tomllib.loads(resources.files("assistant.search").joinpath("thesaurus.toml").read_text("utf-8"))
    return Thesaurus(data["entry"], data["topics"])
