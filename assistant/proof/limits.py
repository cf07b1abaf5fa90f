"""The limits that checks use, read once from checks.toml; knows no report."""

from __future__ import annotations

import re
import tomllib
from decimal import Decimal
from functools import cache
from importlib import resources

from assistant.domain.base import Frozen, Number
from assistant.domain.indicator import Dimension
from assistant.domain.mention import Mention


class NameClass(Frozen):
    """Names that belong to one class of indicators, and the dimensions they do not belong to (C08)."""

    name: str
    wrong: tuple[Dimension, ...]
    right: str

    def misplaced(self, name: str, dimension: Dimension | None) -> bool:
        """Return whether an indicator of that name is wrong under that dimension."""
        return dimension in self.wrong and re.search(self.name, name) is not None


class Limits(Frozen):
    """Thresholds of the checks; rates in percent, shares of one."""

    problem_below: Number
    most: Number
    least_sample: int
    same_share: Number
    same_least: int
    bare_values: int
    bare_least: int
    numbers_share: Number
    covered_share: Number
    least_share: Number
    most_share: Number
    unrelated_times: Number
    rare_from: Number
    grades: dict[str, Number]
    framework: tuple[str, ...]
    classes: tuple[NameClass, ...]


_GRADE = re.compile("(?:分)?(?:以上)?(?:的|为)?[“”]?(?:优|良|中|及格|合格|差)|以[上下]|不足[0-9]+分[为的]")


def is_threshold(text: str, mention: Mention) -> bool:
    """Return whether a number is the bound of a grade, said as such: 80分的“良”."""
    bounds = limits().grades.values()
    return mention.unit == "分" and mention.value in bounds and _GRADE.match(text, mention.end) is not None


@cache
def limits() -> Limits:
    """Return the limits of checks.toml."""
    data = tomllib.loads(resources.files("assistant.proof").joinpath("checks.toml").read_text("utf-8"))
    shared = {**data["targets"], **data["tasks"], **data["weights"], **data["alone"], **data["execution"]}
    return Limits(
        **{name: Decimal(value) if isinstance(value, str) else value for name, value in shared.items()},
        least_sample=data["satisfaction"]["least_sample"],
        grades={name: Decimal(bound) for name, bound in data["grades"].items()},
        framework=tuple(data["framework"]["categories"]),
        classes=tuple(NameClass(**entry) for entry in data["class"]),
    )
