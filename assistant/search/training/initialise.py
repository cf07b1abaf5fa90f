"""Start the table: PPMI of word co-occurrence, SVD to 256 dimensions, SIF weights; English by its Chinese.

Sources: Levy, Goldberg and Dagan, TACL 2015 (context exponent 0.75, PPMI-SVD); Arora, Liang and Ma, ICLR 2017 (SIF);
Halko, Martinsson and Tropp, SIAM Review 2011 (the randomised SVD).
"""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from tokenizers import Tokenizer

from assistant.search.training.vocabulary import HAN_WORD, Vocabulary

WIDTH = 256
WINDOW = 6
SIF = 1e-3
COMMONEST_TOKENS = 12_000_000
"""Tokens from which co-occurrence is counted at most; more did not change the neighbours."""

Ids = NDArray[np.int32]
Table = NDArray[np.float32]
Matrix = Any
"""A scipy sparse matrix (scipy ships no types)."""


class Ragged(NamedTuple):
    """Token ids of many texts, end to end; text ``i`` is ``ids[bounds[i]:bounds[i + 1]]``."""

    ids: Ids
    bounds: NDArray[np.int64]

    def text(self, number: int) -> Ids:
        """Return the token ids of one text."""
        return self.ids[self.bounds[number] : self.bounds[number + 1]]

    def __len__(self) -> int:
        return len(self.bounds) - 1


def encode_texts(tokenizer: Tokenizer, texts: list[str]) -> Ragged:
    """Tokenise texts and drop unknown tokens."""
    parts: list[Ids] = []
    for start in range(0, len(texts), 8192):
        for encoding in tokenizer.encode_batch_fast(texts[start : start + 8192], add_special_tokens=False):
            ids = np.asarray(encoding.ids, dtype=np.int32)
            parts.append(ids[ids > 0])
    bounds = np.cumsum([0] + [len(part) for part in parts])
    return Ragged(np.concatenate(parts) if parts else np.zeros(0, np.int32), bounds.astype(np.int64))


def absorption(vocabulary: Vocabulary) -> Matrix:
    """Return the matrix that adds to each word the rows of its characters: a text is its words and their characters."""
    index = {piece: row for row, (piece, _) in enumerate(vocabulary.pieces)}
    pairs = [
        (row, index[character])
        for piece, row in index.items()
        if HAN_WORD.fullmatch(piece)
        for character in piece
        if character in index
    ]
    rows, columns = np.asarray(pairs).T
    size = len(index)
    return sparse.eye(size, format="csr") + sparse.csr_matrix(
        (np.ones(len(rows)), (rows, columns)), (size, size)
    )


def cooccurrence(groups: list[Ragged], size: int) -> Matrix:
    """Count pairs of tokens at most WINDOW apart within one text."""
    total = sparse.csr_matrix((size, size), dtype=np.float32)
    for group in groups:
        owner = np.repeat(np.arange(len(group)), np.diff(group.bounds))[:COMMONEST_TOKENS]
        ids = group.ids[:COMMONEST_TOKENS]
        for distance in range(1, WINDOW + 1):
            together = owner[distance:] == owner[:-distance]
            left, right = ids[:-distance][together], ids[distance:][together]
            ones = np.ones(len(left), dtype=np.float32)
            total = total + sparse.coo_matrix((ones, (left, right)), (size, size)).tocsr()
    return total + total.T


def positive_information(counts: Matrix) -> Matrix:
    """Turn counts into positive pointwise mutual information with the context exponent 0.75."""
    counts = counts.tocoo()
    keep = counts.data >= 2
    rows, columns, values = counts.row[keep], counts.col[keep], counts.data[keep]
    row_sums = np.asarray(counts.sum(axis=1)).ravel()
    contexts = np.asarray(counts.sum(axis=0)).ravel() ** 0.75
    share = contexts / contexts.sum()
    information = np.log(values / (row_sums[rows] * share[columns])).astype(np.float32)
    positive = information > 0
    return sparse.csr_matrix((information[positive], (rows[positive], columns[positive])), counts.shape)


def frequencies(groups: list[Ragged], absorb: Matrix) -> NDArray[np.float64]:
    """Return the share of each row in all texts, characters inside words counted too."""
    size = absorb.shape[0]
    counts = np.zeros(size)
    for group in groups:
        counts += np.bincount(group.ids, minlength=size)
    counts = absorb.T @ counts
    return np.asarray((counts + 1.0) / counts.sum())


def sif_weights(share: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return a / (a + p), the smooth inverse frequency."""
    return SIF / (SIF + share)


def leading_directions(matrix: Matrix, count: int, seed: int) -> tuple[Table, Table]:
    """Return the ``count`` leading left singular vectors and values, by three rounds of power iteration."""
    rng = np.random.default_rng(seed)
    basis = rng.standard_normal((matrix.shape[1], count + 16)).astype(np.float32)
    for _ in range(3):
        basis, _ = np.linalg.qr(matrix @ basis)
        basis, _ = np.linalg.qr(matrix.T @ basis)
    basis, _ = np.linalg.qr(matrix @ basis)
    small, values, _ = np.linalg.svd((matrix.T @ basis).T, full_matrices=False)
    return (basis @ small)[:, :count], values[:count]


def start_table(groups: list[Ragged], absorb: Matrix, seed: int) -> Table:
    """Return the starting rows of all tokens that occur in Chinese texts; the others stay zero."""
    counts = cooccurrence(groups, absorb.shape[0])
    information = positive_information((absorb.T @ counts).tocsr())
    left, values = leading_directions(information, WIDTH, seed)
    rows = left * np.sqrt(values)
    seen = np.asarray(abs(information).sum(axis=1)).ravel() > 0
    rows[seen] -= rows[seen].mean(axis=0)
    rows[~seen] = 0.0
    rows /= np.linalg.norm(rows[seen], axis=1).mean()
    return np.asarray(rows * sif_weights(frequencies(groups, absorb))[:, None], dtype=np.float32)


def bag_matrix(texts: Ragged, size: int) -> Matrix:
    """Return the texts x tokens matrix of counts."""
    data = np.ones(len(texts.ids), dtype=np.float32)
    return sparse.csr_matrix((data, texts.ids, texts.bounds), (len(texts), size))


def add_english(table: Table, absorb: Matrix, chinese: Ragged, english: Ragged, first: int) -> None:
    """Give each English row (from ``first`` on) the mean of the Chinese texts that it stands beside."""
    size = len(table)
    vectors = bag_matrix(chinese, size) @ (absorb @ table)
    vectors = vectors / np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1e-6)
    vectors = vectors - vectors.mean(axis=0)
    beside = bag_matrix(english, size)[:, first:]
    beside.data[:] = 1.0
    seen = np.asarray(beside.sum(axis=0)).ravel()
    means = (beside.T @ vectors) / np.maximum(seen, 1.0)[:, None]
    table[first:] = means * sif_weights(seen / max(len(english.ids), 1))[:, None]
