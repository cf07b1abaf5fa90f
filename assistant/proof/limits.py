"""The limits that checks use, read once from checks.toml; knows no report."""

from __future__ import annotations

import tomllib
from decimal import Decimal
from functools import cache
from importlib import resources

from assistant.domain.base import Frozen, Number
from assistant.domain.indicator import Tier


class Limits(Frozen):
    """Thresholds of the checks; rates in percent."""

    problem_below: Number
    most: Number
    least_sample: int
    same_share: Number
    same_least: int
    unrelated_times: Number
    rare_from: Number
    grades: dict[str, Number]
    tiers: dict[Tier, tuple[Number, Number]]


@cache
def limits() -> Limits:
    """Return the limits of checks.toml."""
    data = tomllib.loads(resources.files("assistant.proof").joinpath("checks.toml").read_text("utf-8"))
    return Limits(
        problem_below=Decimal(data["execution"]["problem_below"]),
        most=Decimal(data["execution"]["most"]),
        least_sample=data["satisfaction"]["least_sample"],
        same_share=Decimal(data["targets"]["same_share"]),
        same_least=data["targets"]["same_least"],
        unrelated_times=Decimal(data["alone"]["unrelated_times"]),
        rare_from=Decimal(data["alone"]["rare_from"]),
        grades={name: Decimal(bound) for name, bound in data["grades"].items()},
        tiers={Tier(name): (Decimal(low), Decimal(high)) for name, (low, high) in data["tiers"].items()},
    )
