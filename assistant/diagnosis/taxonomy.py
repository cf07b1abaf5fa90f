"""The problem taxonomy (问题类型) as data: titles, measures, checks and limits of taxonomy.toml.

Knows nothing about reports; a change of wording is a change of the TOML file.
"""

from __future__ import annotations

import re
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


class Variant(Frozen):
    """A closer wording of a type for subjects whose name matches `pattern` (及时率, 机制 …)."""

    id: str
    pattern: str
    title: str = ""
    measure: str
    check: str


class Hint(Frozen):
    """A statement of the writer that names a type: a pattern for one sentence of the notes (填报说明)."""

    id: str
    pattern: str


class Limits(Frozen):
    """The bounds of the triggers in percent (判定界限); `combined_targets` counts types."""

    execution_low: Number
    execution_severe: Number
    late_spending: Number
    procurement_low: Number
    combined_targets: int
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
    variants: tuple[Variant, ...] = ()
    hints: tuple[Hint, ...] = ()

    def hinted(self, sentence: str) -> tuple[str, ...]:
        """Return the types that a sentence of the notes states, in the order of the taxonomy."""
        return tuple(hint.id for hint in self.hints if re.search(hint.pattern, sentence))

    def kind(self, type_id: str, name: str) -> ProblemType:
        """Return the type, in the words of the first variant that fits the name of the subject."""
        base = self.types[type_id]
        for variant in self.variants:
            if variant.id == type_id and re.search(variant.pattern, name):
                title = variant.title or base.title
                changed = {"title": title, "measure": variant.measure, "check": variant.check}
                return base.model_copy(update=changed)
        return base


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
        variants=tuple(Variant(**entry) for entry in data["variant"]),
        hints=tuple(Hint(**entry) for entry in data["hint"]),
    )
