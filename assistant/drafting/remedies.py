"""Measures that answer a cause (对症措施): the first remedy of `remedies.toml` whose sign stands in the cause.

A remedy is a proposal in general words; it says nothing of what has happened. Knows no report.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import Any, NamedTuple

from assistant.domain.base import Frozen


class Remedy(Frozen):
    """One entry: the sign of the cause, how it is answered (one saying after the other), and the check of each.

    One that is `alone` says what the general measure for such a problem says, which is then left out; where
    one says `retarget` the need itself has changed, so that the old target is not promised again.
    """

    cue: str
    head: str
    do: tuple[str, ...]
    check: tuple[str, ...]
    families: tuple[str, ...] = ()
    alone: bool = False
    retarget: bool = False

    @cached_property
    def sign(self) -> re.Pattern[str]:
        """The compiled cue."""
        return re.compile(self.cue)

    def answers(self, family: str, cause: str) -> bool:
        """Whether it is of use for a family of problems with this cause."""
        return (not self.families or family in self.families) and self.sign.search(cause) is not None


class Prescribed(NamedTuple):
    """What is to be done about a cause, the words for a heading, the check, and whether it is enough."""

    say: str
    head: str
    check: str
    alone: bool


def remedies(entries: Sequence[Mapping[str, Any]]) -> tuple[Remedy, ...]:
    """Return the entries of a table, in their order."""
    return tuple(
        Remedy(
            cue=entry["cue"],
            head=entry["head"],
            do=tuple(entry["do"]),
            check=tuple([entry["check"]] if isinstance(entry["check"], str) else entry["check"]),
            families=tuple(entry.get("for", ())),
            alone=entry.get("alone", False),
            retarget=entry.get("retarget", False),
        )
        for entry in entries
    )


def prescribe(known: Sequence[Remedy], family: str, cause: str, taken: set[str]) -> Prescribed | None:
    """Return the first remedy that answers the cause and has not been said yet; None where there is none.

    What is returned is added to `taken`.
    """
    for one in known:
        fresh = next((n for n, say in enumerate(one.do) if say not in taken), None)
        if fresh is not None and one.answers(family, cause):
            taken.add(one.do[fresh])
            return Prescribed(one.do[fresh], one.head, one.check[min(fresh, len(one.check) - 1)], one.alone)
    return None
