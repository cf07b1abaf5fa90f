"""What a number may show: figures with the way a difference goes (候选数值)."""

from __future__ import annotations

from dataclasses import dataclass

from assistant.proof.entries import Entry


@dataclass(frozen=True, slots=True)
class Candidate:
    """A figure that a number may show; `sign` says which way a difference goes, 0 where it has no way."""

    entry: Entry
    sign: int = 0


@dataclass(frozen=True, slots=True)
class Expectation:
    """The candidates, the likeliest first; `strict` says that the number can be nothing else."""

    candidates: tuple[Candidate, ...] = ()
    strict: bool = False
