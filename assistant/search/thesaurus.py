"""Everyday words and the terms that reports use for them, and the words of each problem type.

Both are data (thesaurus*.toml); a query is widened by the terms, never replaced. Users add their own in a file
of the same form. It knows nothing about ranking.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping, Sequence
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Any, NamedTuple

from assistant.domain.base import Frozen
from assistant.errors import InputError
from assistant.search.words import normalised

#: The file beside a library in which users keep words of their own.
OWN_WORDS = "thesaurus.toml"
_SHIPPED = ("thesaurus.toml", "thesaurus_fields.toml", "thesaurus_written.toml", "thesaurus_trade.toml")
_WORDS = "thesaurus_words.toml"
_GAP = "…"
#: How many characters may stand in a gap.
_GAP_PATTERN = ".{0,6}?"


class Group(Frozen):
    """What one everyday word was widened by: the word as met, the terms, its share of the query's characters."""

    word: str
    terms: tuple[str, ...]
    share: float


class Widened(Frozen):
    """What was added to a query; `note` is a sentence that says so ("" where nothing was)."""

    groups: tuple[Group, ...] = ()

    @property
    def terms(self) -> tuple[str, ...]:
        """Every added term once."""
        return tuple(dict.fromkeys(term for group in self.groups for term in group.terms))

    @property
    def note(self) -> str:
        """How the query was widened, in words for the user."""
        said = "、".join(dict.fromkeys(group.word for group in self.groups))
        return f"已把“{said}”扩展为“{'、'.join(self.terms)}”一并查找" if self.groups else ""


class _Entry(NamedTuple):
    """Report terms, and where in the list they stand: what stands earlier goes before."""

    rank: int
    report: tuple[str, ...]


class _Match(NamedTuple):
    begin: int
    end: int
    entry: _Entry


class Thesaurus:
    """The word list, ready for look-up."""

    def __init__(
        self, entries: Sequence[Mapping[str, str]], topics: Mapping[str, Sequence[str]] | None = None
    ) -> None:
        self._written = tuple(entries)
        self._topics = {key: tuple(words) for key, words in (topics or {}).items()}
        self._words: dict[str, list[_Entry]] = {}
        self._gapped: list[tuple[re.Pattern[str], _Entry]] = []
        for rank, written in enumerate(entries):
            entry = _Entry(rank, tuple(written["report"].split()))
            for word in written["everyday"].split():
                parts = [normalised(part) for part in word.split(_GAP)]
                if len(parts) > 1:
                    self._gapped.append((re.compile(_GAP_PATTERN.join(map(re.escape, parts))), entry))
                else:
                    self._words.setdefault(parts[0], []).append(entry)
        self._longest = max(map(len, self._words), default=0)

    def __len__(self) -> int:
        return len(self._written)

    def widen(self, text: str) -> Widened:
        """Return the report terms for the everyday words of a query, without those it already has.

        Where two entries meet the same characters the longer word counts.
        """
        wanted = normalised(text)
        letters = max(sum(char.isalnum() for char in wanted), 1)
        groups = []
        for match in _apart(self._matches(wanted)):
            terms = tuple(term for term in match.entry.report if normalised(term) not in wanted)
            word = wanted[match.begin : match.end]
            if terms:
                groups.append(Group(word=word, terms=terms, share=min(len(word) / letters, 1.0)))
        return Widened(groups=tuple(groups))

    def topic(self, topic_id: str) -> tuple[str, ...]:
        """Return the words by which a problem type (P01–P36) is known, () for an unknown one."""
        return self._topics.get(topic_id.strip().upper(), ())

    def joined(self, entries: Sequence[Mapping[str, str]]) -> Thesaurus:
        """Return the list with more entries, which go before those it has."""
        return Thesaurus([*entries, *self._written], self._topics)

    def _matches(self, text: str) -> list[_Match]:
        """Return every place in a text where an entry has one of its words."""
        spans = (
            (begin, end)
            for begin in range(len(text))
            for end in range(begin + 1, min(begin + self._longest, len(text)) + 1)
        )
        plain = [_Match(*span, entry) for span in spans for entry in self._words.get(text[slice(*span)], ())]
        return plain + [
            _Match(*found.span(), entry)
            for pattern, entry in self._gapped
            for found in pattern.finditer(text)
        ]


def _apart(matches: Sequence[_Match]) -> list[_Match]:
    """Return matches that share no character and no entry, the longest first served, in order of the text."""
    kept: list[_Match] = []
    for match in sorted(matches, key=lambda match: (match.begin - match.end, match.begin, match.entry.rank)):
        if all(
            other.entry is not match.entry and (match.end <= other.begin or other.end <= match.begin)
            for other in kept
        ):
            kept.append(match)
    return sorted(kept, key=lambda match: match.begin)


def shipped_entries() -> list[dict[str, str]]:
    """Return the entries of the shipped lists: phrases with their report terms, then single words."""
    entries = [entry for name in _SHIPPED for entry in _read(name)["entry"]]
    return entries + _turned(_read(_WORDS)["words"])


@cache
def shipped_thesaurus() -> Thesaurus:
    """Return the shipped word list, read once."""
    return Thesaurus(shipped_entries(), _read(_SHIPPED[0])["topics"])


def _read(name: str) -> dict[str, Any]:
    return tomllib.loads(resources.files("assistant.search").joinpath(name).read_text("utf-8"))


def _turned(words: Mapping[str, str]) -> list[dict[str, str]]:
    """Return entries from a list that names for each report term its other words; single characters mean too much."""
    terms: dict[str, list[str]] = {}
    for term, others in words.items():
        for other in others.split():
            terms.setdefault(other, []).append(term)
    return [
        {"everyday": other, "report": " ".join(report)} for other, report in terms.items() if len(other) > 1
    ]


def thesaurus_of(folder: Path) -> Thesaurus:
    """Return the shipped list with the words that users keep beside their library; InputError where unreadable."""
    path = folder / OWN_WORDS
    try:
        return _own(path, path.stat().st_mtime_ns)
    except FileNotFoundError:
        return shipped_thesaurus()


@cache
def _own(path: Path, changed: int) -> Thesaurus:
    remedy = '每条应为 { everyday = "日常说法 …", report = "报告用语 …" }，列在 entry = [ ] 中'
    try:
        entries = _checked(tomllib.loads(path.read_text("utf-8"))["entry"])
    except (KeyError, TypeError, ValueError) as error:
        raise InputError(f"自加词表“{path}”读不懂（{error}）", remedy) from None
    return shipped_thesaurus().joined(entries)


def _checked(entries: Any) -> list[dict[str, str]]:
    return [{key: _text(entry[key]) for key in ("everyday", "report")} for entry in entries]


def _text(value: Any) -> str:
    if not isinstance(value, str) or not value.strip():
        raise TypeError(f"应为文字，现为 {value!r}")
    return value
