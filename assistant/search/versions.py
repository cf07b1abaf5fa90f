"""Versions and near-copies of one report (同一报告的不同版本): recognised by what they say and who they are of.

Two documents belong together where the same unit reports on the same subject of the same year in the same
kind of report, or where four fifths of the shorter one stand in the other. The words are compared by
shingles of eight characters; a sketch keeps one shingle in eight, so that a library is searched quickly and
only likely pairs are compared in full. It knows nothing about the database.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from functools import cache

import numpy as np
from numpy.typing import NDArray

from assistant.search.records import StoredDocument
from assistant.search.words import normalised

#: Shared shingles of the shorter one from which two documents are near-copies.
SHARE = 0.8
_LENGTH = 8
_KEPT = 8
#: A sketch misses the true share by chance: pairs from this share on are compared in full.
_LIKELY = 0.5
_SMALLEST = 20
_WORD = re.compile(r"\W+")
_DRAFT_WORDS = re.compile(
    r"修订|修改|最终|定稿|终稿|初稿|送审|报送|公开|征求意见|稿|版|副本|v?\d+$|[（(].*?[)）]", re.IGNORECASE
)

#: An odd number without a pattern, so that each character changes all high bits.
_MIXER = np.uint64(0x9E3779B97F4A7C15)

Shingles = NDArray[np.uint32]


def shingles(text: str) -> Shingles:
    """Return the numbers of all runs of eight characters of a text, blanks and marks left out, each once."""
    said = _WORD.sub("", normalised(text))
    codes = np.frombuffer(said.encode("utf-32-le", "surrogatepass"), dtype=np.uint32).astype(np.uint64)
    if len(codes) < _LENGTH:
        return np.zeros(0, dtype=np.uint32)
    mixed = np.zeros(len(codes) - _LENGTH + 1, dtype=np.uint64)
    for place in range(_LENGTH):
        mixed = mixed * _MIXER + codes[place : place + len(mixed)]
        mixed ^= mixed >> np.uint64(29)
    mixed *= _MIXER
    return np.unique((mixed >> np.uint64(32)).astype(np.uint32))


def sketch(found: Shingles) -> bytes:
    """Return the shingles to remember of a document: those whose number is divisible by eight."""
    kept: bytes = found[found % _KEPT == 0].tobytes()
    return kept


def shared(one: Shingles, other: Shingles) -> float:
    """Return which part of the shorter one's shingles the other has too; 0 where either is too short to tell."""
    fewest = min(len(one), len(other))
    if fewest < _SMALLEST:
        return 0.0
    return len(np.intersect1d(one, other, assume_unique=True)) / fewest


class Sketches:
    """The sketches of a library, ready to be asked which documents may be near-copies of a new one."""

    def __init__(self, sketches: Mapping[int, bytes]) -> None:
        found = {number: np.frombuffer(kept, dtype=np.uint32) for number, kept in sketches.items()}
        self._sizes = {number: len(hashes) for number, hashes in found.items()}
        hashes = np.concatenate([*found.values(), np.zeros(0, dtype=np.uint32)])
        order = np.argsort(hashes, kind="stable")
        self._hashes = hashes[order]
        self._owners = np.repeat(list(found), list(self._sizes.values())).astype(np.int64)[order]
        self._later: dict[int, Shingles] = {}

    def add(self, number: int, kept: bytes) -> None:
        """Remember the sketch of a document."""
        self._later[number] = np.frombuffer(kept, dtype=np.uint32)
        self._sizes[number] = len(self._later[number])

    def likely(self, kept: bytes) -> list[int]:
        """Return the documents that may share four fifths with the one of that sketch."""
        hashes = np.frombuffer(kept, dtype=np.uint32)
        begins, ends = (np.searchsorted(self._hashes, hashes, side) for side in ("left", "right"))
        counts = ends - begins
        places = np.arange(int(counts.sum())) + np.repeat(begins - np.cumsum(counts) + counts, counts)
        met = Counter(self._owners[places].tolist())
        for number, others in self._later.items():
            met[number] += len(np.intersect1d(hashes, others, assume_unique=True))
        return [
            number
            for number, times in met.items()
            if times and times >= _LIKELY * max(1, min(len(hashes), self._sizes[number]))
        ]


def grouped(
    documents: Sequence[StoredDocument], pairs: Iterable[tuple[int, int]]
) -> tuple[StoredDocument, ...]:
    """Return the documents with the sources of their other versions, and which of these is the newest."""
    leaders = {document.id: document.id for document in documents}
    first: dict[tuple[object, ...], int] = {}
    for document in documents:
        identity = _identity(document)
        if identity:
            _join(leaders, first.setdefault(identity, document.id), document.id)
    years = {document.id: document.year for document in documents}
    for one, other in pairs:
        if one in years and other in years and _may_be_one(years[one], years[other]):
            _join(leaders, one, other)
    groups: dict[int, list[StoredDocument]] = {}
    for document in documents:
        groups.setdefault(_leader(leaders, document.id), []).append(document)
    return tuple(_in_group(document, groups[_leader(leaders, document.id)]) for document in documents)


def _in_group(document: StoredDocument, group: Sequence[StoredDocument]) -> StoredDocument:
    if len(group) == 1:
        return document
    newest = max(group, key=lambda item: (item.mtime, item.id))
    others = tuple(item.source for item in group if item is not document)
    return document.model_copy(update={"newest": document is newest, "alike": others})


def _identity(document: StoredDocument) -> tuple[object, ...]:
    """Return what two versions of one report have in common; () where too little is known of it."""
    if not (document.unit_name and document.year and document.kind):
        return ()
    subject = "" if document.kind == "department" else _subject(document.title, document.unit_name)
    if document.kind != "department" and not subject:
        return ()
    return (normalised(document.unit_name), document.year, document.kind, subject)


@cache
def _subject(title: str, unit: str) -> str:
    """Return what a title says beside unit, year and words of versions."""
    plain = normalised(title).replace(normalised(unit), "")
    return _DRAFT_WORDS.sub("", _WORD.sub("", re.sub(r"20\d\d年?度?", "", plain)))


def _may_be_one(year: int | None, other: int | None) -> bool:
    """Return whether the years do not tell two reports apart: last year's text taken over is no version."""
    return year is None or other is None or year == other


def _leader(leaders: dict[int, int], number: int) -> int:
    while leaders[number] != number:
        leaders[number] = leaders[leaders[number]]
        number = leaders[number]
    return number


def _join(leaders: dict[int, int], one: int, other: int) -> None:
    leaders[_leader(leaders, other)] = _leader(leaders, one)
