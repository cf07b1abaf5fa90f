"""Makes single facts: their shown forms, labels and origins (台账的一条); knows no report as a whole."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Any

from assistant.domain.base import Frozen
from assistant.domain.facts import Fact, Origin, Role
from assistant.domain.figures import places_of, round_half_up, trimmed

ZERO = Decimal(0)


class Scope(Frozen):
    """Where the facts being made belong: id prefix, subject and sub-project, path, year, secrecy."""

    prefix: str
    subject: str = ""
    scope: str = ""
    path: str = ""
    year: int | None = None
    confidential: bool = False

    def label(self, words: str) -> str:
        """Return the Chinese label: “协商平台经费”的全年预算数, or the words alone for the whole."""
        return f"“{self.subject}”的{words}" if self.subject else words

    def fact(
        self,
        name: str,
        role: Role,
        value: Decimal,
        unit: str,
        shown: str,
        *,
        words: str = "",
        formula: str = "",
        sources: Sequence[str] = (),
    ) -> Fact:
        """Return a fact of this scope; one with a formula is computed, others are figures of the form."""
        return Fact(
            id=f"{self.prefix}.{name}",
            role=role,
            label=self.label(words or role.value),
            value=value,
            unit=unit,
            shown=shown,
            subject=self.subject,
            scope=self.scope,
            path=self.path,
            origin=Origin.COMPUTED if formula else Origin.FIGURE,
            formula=formula,
            sources=tuple(f"{self.prefix}.{source}" for source in sources),
            year=self.year,
            confidential=self.confidential,
        )

    def money(self, name: str, role: Role, value: Decimal, **more: Any) -> Fact:
        """Return an amount in 万元, shown as it was written."""
        return self.fact(name, role, value, "万元", f"{value:f}万元", **more)

    def rate(self, name: str, role: Role, value: Decimal, **more: Any) -> Fact:
        """Return a rate in %, to two places."""
        rounded = round_half_up(value)
        return self.fact(name, role, rounded, "%", f"{rounded:f}%", **more)

    def points(self, name: str, role: Role, value: Decimal, **more: Any) -> Fact:
        """Return a score in 分, to two places."""
        rounded = round_half_up(value)
        return self.fact(name, role, rounded, "分", f"{rounded:f}分", **more)

    def weight(self, name: str, role: Role, value: Decimal, **more: Any) -> Fact:
        """Return a 分值 in 分, as written: 10分."""
        return self.fact(name, role, value, "分", f"{value:f}分", **more)

    def count(self, name: str, words: str, value: int, unit: str) -> Fact:
        """Return a number of things: 3个, 17项."""
        return self.fact(
            name, Role.COUNT, Decimal(value), unit, f"{value}{unit}", words=words, formula="计数"
        )

    def quantity(self, name: str, role: Role, value: Decimal, unit: str, **more: Any) -> Fact:
        """Return a quantity in the unit of its indicator, shown as written."""
        return self.fact(name, role, value, unit, f"{value:f}{unit}", **more)


def sum_as_written(amounts: Iterable[Decimal | None]) -> Decimal:
    """Return Σ of amounts in 万元: one alone as written, several with at least two places."""
    written = [amount for amount in amounts if amount is not None]
    if len(written) == 1:
        return written[0]
    total = sum(written, ZERO)
    return total if places_of(total) >= 2 else round_half_up(total)


def full_marks(value: Decimal) -> Decimal:
    """Return full marks and sums of weights without idle zeros: 100, 90, 12.5."""
    return trimmed(value)
