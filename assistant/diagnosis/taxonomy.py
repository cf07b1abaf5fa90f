"""The problem taxonomy (问题类型) as data: titles, measures, checks and limits of taxonomy.toml.

Knows nothing about reports; a change of wording is a change of the TOML file.
"""

from __future__ import annotations

import string
import tomllib
from decimal import Decimal
from functools import cache
from importlib import resources

from assistant.domain.base import Frozen, Number
from assistant.domain.report import quoted


class ProblemType(Frozen):
    """One type (P01…P36): its family and group for merging, its wording, and its rank among equals."""

    id: str
    name: str
    family: str
    group: str
    severity: int
    title: str
    title_many: str
    measure: str
    check: str

    def heading(self, names: tuple[str, ...]) -> str:
        """Return the title for one named subject or for several."""
        if len(names) != 1:
            return self.title_many
        return string.Template(self.title).substitute(name=quoted(names[0]))


class Limits(Frozen):
    """The bounds of the triggers in percent (判定界限)."""

    execution_low: Number
    execution_severe: Number
    unspent_severe: Number
    adjustment: Number
    spread: Number
    score_above_execution: Number
    stock_excuses: tuple[str, ...]
    shortest_reason: int


class Taxonomy(Frozen):
    """All types by id, the titles of merged groups, and the limits."""

    types: dict[str, ProblemType]
    groups: dict[str, str]
    limits: Limits


@cache
def taxonomy() -> Taxonomy:
    """Return the taxonomy, read once from taxonomy.toml."""
    data = tomllib.loads(resources.files("assistant.diagnosis").joinpath("taxonomy.toml").read_text("utf-8"))
    types = [ProblemType(**entry) for entry in data["type"]]
    limits = {
        key: Decimal(value) if isinstance(value, str) else value for key, value in data["limits"].items()
    }
    return Taxonomy(
        types={item.id: item for item in types},
        groups={name: entry["title"] for name, entry in data["group"].items()},
        limits=Limits(**limits),
    )
