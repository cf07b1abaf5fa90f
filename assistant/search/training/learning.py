"""The learning loop: symmetric in-batch softmax over the absorbed table, Adam with warm-up and decay."""

from __future__ import annotations

import time
from collections.abc import Callable

import numpy as np
import torch
from numpy.typing import NDArray
from torch.nn import functional

from assistant.search.training.corpus import say
from assistant.search.training.initialise import Ids, Matrix, Table
from assistant.search.training.pairs import Pair, PairMaker, false_negatives

BATCH = 2048
TEMPERATURE = 0.05
RATE = 1e-3
DROPOUT = 0.10


def bags(sides: list[Ids], keep: NDArray[np.bool_] | None = None) -> tuple[torch.Tensor, torch.Tensor]:
    """Return the concatenated ids of the sides and where each begins; ``keep`` thins the tokens."""
    ids = np.concatenate(sides)
    owner = np.repeat(np.arange(len(sides)), [len(side) for side in sides])
    if keep is not None:
        ids, owner = ids[keep], owner[keep]
    starts = np.searchsorted(owner, np.arange(len(sides)))
    return torch.from_numpy(ids.astype(np.int64)), torch.from_numpy(starts)


def embed(table: torch.Tensor, bag: tuple[torch.Tensor, torch.Tensor]) -> torch.Tensor:
    """Sum the rows of each bag and bring the sums to unit length."""
    return functional.normalize(functional.embedding_bag(bag[0], table, bag[1], mode="sum"), dim=1)


def batch_loss(table: torch.Tensor, pairs: list[Pair], rng: np.random.Generator) -> torch.Tensor:
    """Return the symmetric softmax loss of one batch, false negatives masked."""
    queries = [pair.query for pair in pairs]
    keep = rng.random(sum(len(query) for query in queries)) >= DROPOUT
    left = embed(table, bags(queries, keep))
    right = embed(table, bags([pair.passage for pair in pairs]))
    scores = left @ right.T / TEMPERATURE
    scores = scores.masked_fill(torch.from_numpy(false_negatives(pairs)), -1e4)
    target = torch.arange(len(pairs))
    return (functional.cross_entropy(scores, target) + functional.cross_entropy(scores.T, target)) / 2


def rate_at(step: int, steps: int) -> float:
    """Return the learning rate: warm-up over a twentieth of the steps, then linear decay to a twentieth."""
    warm = max(1, steps // 20)
    if step < warm:
        return RATE * (step + 1) / warm
    return RATE * max(0.05, (steps - step) / (steps - warm))


def learn(
    start: Table, absorb: Matrix, maker: PairMaker, steps: int, tell: Callable[[str], None] = say
) -> Table:
    """Train ``steps`` steps and return the rows with their characters absorbed."""
    rows = torch.nn.Parameter(torch.from_numpy(start.copy()))
    csr = absorb.tocsr().astype(np.float32)
    forward = torch.sparse_csr_tensor(
        torch.from_numpy(csr.indptr.astype(np.int64)),
        torch.from_numpy(csr.indices.astype(np.int64)),
        torch.from_numpy(csr.data),
        csr.shape,
        check_invariants=False,
    )
    backward = csr.T.tocsr()
    optimiser = torch.optim.Adam([rows], lr=RATE)
    began, average = time.monotonic(), 0.0
    for step in range(steps):
        optimiser.param_groups[0]["lr"] = rate_at(step, steps)
        with torch.no_grad():
            table = forward @ rows
        table.requires_grad_(True)
        loss = batch_loss(table, maker.batch(BATCH), maker.rng)
        loss.backward()
        rows.grad = torch.from_numpy(backward @ table.grad.numpy())
        optimiser.step()
        average = loss.item() if step == 0 else 0.95 * average + 0.05 * loss.item()
        if step % 50 == 0 or step == steps - 1:
            tell(
                f"训练：第 {step + 1}/{steps} 步，损失 {average:.3f}，用时 {time.monotonic() - began:.0f} 秒"
            )
    with torch.no_grad():
        return np.asarray((forward @ rows).numpy(), dtype=np.float32)
