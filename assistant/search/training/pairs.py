"""Make batches of pairs that belong together, in blocks of neighbours, which are each other's hard negatives.

The kinds follow spec/embedding.md: span and rest (inverse cloze: Lee, Chang and Toutanova, ACL 2019), keywords and
paragraph, heading and article, neighbouring articles, question and passage, synonyms, Chinese and English.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from assistant.search.training.initialise import Ids, Ragged

BLOCK = 8
LONGEST_SIDE = 200
"""Tokens of one side of a pair at most."""


class Pair(NamedTuple):
    """Two sides that belong together, the text they come from and its document; a broad pair holds for all of it."""

    query: Ids
    passage: Ids
    row: int
    document: int
    broad: bool


@dataclass(frozen=True)
class Shelf:
    """The paragraphs of one source as token ids, with their headings and documents."""

    texts: Ragged
    titles: Ragged
    sections: Ragged
    rows: NDArray[np.int64]
    documents: NDArray[np.int64]


@dataclass(frozen=True)
class Twins:
    """Pairs given as they are: questions, translations, synonyms, paraphrases; those of one group mean the same."""

    left: Ragged
    right: Ragged
    rows: NDArray[np.int64]
    groups: NDArray[np.int64]


@dataclass
class PairMaker:
    """Draws pairs; every choice comes from ``rng``, so a seed fixes the batches."""

    rng: np.random.Generator
    idf: NDArray[np.float64]
    synonyms: dict[int, Ids]
    shelves: list[tuple[float, Shelf]]
    twins: list[tuple[float, Twins]]
    kinds: tuple[float, ...] = field(default=(0.30, 0.35, 0.20, 0.15))

    def batch(self, size: int) -> list[Pair]:
        """Return about ``size`` pairs in blocks of eight."""
        weights = np.asarray([weight for weight, _ in self.shelves] + [weight for weight, _ in self.twins])
        picks = self.rng.choice(len(weights), size // BLOCK, p=weights / weights.sum())
        pairs: list[Pair] = []
        for pick in picks.tolist():
            if pick < len(self.shelves):
                pairs += self.neighbours(self.shelves[pick][1])
            else:
                pairs += self.given(self.twins[pick - len(self.shelves)][1])
        return [pair for pair in pairs if len(pair.query) and len(pair.passage)]

    def given(self, twins: Twins) -> list[Pair]:
        """Draw eight ready pairs, anywhere in the list."""
        picks = self.rng.integers(len(twins.left), size=BLOCK).tolist()
        return [
            Pair(
                twins.left.text(i)[:LONGEST_SIDE],
                twins.right.text(i)[:LONGEST_SIDE],
                int(twins.rows[i]),
                int(twins.groups[i]),
                True,
            )
            for i in picks
        ]

    def neighbours(self, shelf: Shelf) -> list[Pair]:
        """Draw eight consecutive paragraphs of one document and make one pair of each."""
        middle = int(self.rng.integers(len(shelf.texts)))
        start = max(0, middle - int(self.rng.integers(BLOCK)))
        numbers = range(start, min(start + BLOCK, len(shelf.texts)))
        same = [number for number in numbers if shelf.documents[number] == shelf.documents[middle]]
        makers: tuple[Callable[[Shelf, int], Pair], ...] = (
            self.span,
            self.keywords,
            self.heading,
            self.next_article,
        )
        picks = self.rng.choice(len(makers), len(same), p=self.kinds).tolist()
        return [makers[pick](shelf, number) for pick, number in zip(picks, same, strict=True)]

    def span(self, shelf: Shelf, number: int) -> Pair:
        """Pair a random span of a paragraph with the rest of it."""
        ids = shelf.texts.text(number)[:LONGEST_SIDE]
        length = int(self.rng.integers(3, max(4, min(24, len(ids) // 2) + 1)))
        start = int(self.rng.integers(max(1, len(ids) - length + 1)))
        rest = np.concatenate([ids[:start], ids[start + length :]])
        return self._of(shelf, number, self.reworded(ids[start : start + length]), rest)

    def keywords(self, shelf: Shelf, number: int) -> Pair:
        """Pair two to six telling words with their paragraph, from which about half of them are hidden."""
        ids = shelf.texts.text(number)[:LONGEST_SIDE]
        distinct = np.unique(ids)
        weights = self.idf[distinct]
        count = min(len(distinct), int(self.rng.integers(2, 7)))
        chosen = self.rng.choice(distinct, count, replace=False, p=weights / weights.sum())
        hidden = chosen[self.rng.random(count) < 0.5]
        return self._of(shelf, number, self.reworded(chosen), ids[~np.isin(ids, hidden)])

    def heading(self, shelf: Shelf, number: int) -> Pair:
        """Pair the heading, or title and heading, with the paragraph; it holds for the whole document."""
        section, title = shelf.sections.text(number), shelf.titles.text(number)
        query = section if len(section) and self.rng.random() < 0.6 else np.concatenate([title, section])
        return self._of(shelf, number, query, shelf.texts.text(number)[:LONGEST_SIDE], broad=True)

    def next_article(self, shelf: Shelf, number: int) -> Pair:
        """Pair a paragraph with its neighbour in the same document."""
        other = number + 1 if number + 1 < len(shelf.texts) else number - 1
        if shelf.documents[other] != shelf.documents[number]:
            return self.span(shelf, number)
        left, right = shelf.texts.text(number)[:LONGEST_SIDE], shelf.texts.text(other)[:LONGEST_SIDE]
        return self._of(shelf, number, left, right, broad=True)

    def reworded(self, ids: Ids) -> Ids:
        """Replace some words by a synonym in half of the calls."""
        if self.rng.random() < 0.5:
            return ids
        chances = self.rng.random(len(ids)).tolist()
        return np.asarray(
            [
                self.rng.choice(self.synonyms[token]) if chance < 0.35 and token in self.synonyms else token
                for token, chance in zip(ids.tolist(), chances, strict=True)
            ],
            dtype=np.int32,
        )

    def _of(self, shelf: Shelf, number: int, query: Ids, passage: Ids, broad: bool = False) -> Pair:
        return Pair(
            query[:LONGEST_SIDE], passage, int(shelf.rows[number]), int(shelf.documents[number]), broad
        )


def false_negatives(pairs: list[Pair]) -> NDArray[np.bool_]:
    """Mark the pairs of a batch that may well belong together: the same row, or one document where a side is broad."""
    rows = np.asarray([pair.row for pair in pairs])
    documents = np.asarray([pair.document for pair in pairs])
    broad = np.asarray([pair.broad for pair in pairs])
    same_document = documents[:, None] == documents[None, :]
    mask = (rows[:, None] == rows[None, :]) | (same_document & (broad[:, None] | broad[None, :]))
    np.fill_diagonal(mask, False)
    return np.asarray(mask)
