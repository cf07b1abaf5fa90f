"""The register of rules behind findings: one line a rule with severity, what must hold, and its basis.

A… arithmetic of the form, B… narrative against table and itself, C… form, names and indicator quality,
N… numbers and words in text, I… intake, R… readers, T… templates. `finding()` is the only maker of findings,
so that a rule that is not in the register cannot fire.
"""

from __future__ import annotations

import tomllib
from functools import cache
from importlib import resources

from assistant.domain.base import Frozen
from assistant.domain.finding import Finding, Severity


class RuleInfo(Frozen):
    """A registered rule: its id, default severity, what must hold, and the basis it rests on."""

    id: str
    severity: Severity
    title: str
    basis: str = ""


@cache
def registered() -> dict[str, RuleInfo]:
    """Return every rule by id, read once from register.toml."""
    data = tomllib.loads(resources.files("assistant.domain").joinpath("register.toml").read_text("utf-8"))
    rules = [RuleInfo(**entry) for entry in data["rule"]]
    return {rule.id: rule for rule in rules}


def finding(
    rule: str,
    message: str,
    *,
    remedy: str = "",
    severity: Severity | None = None,
    start: int | None = None,
    end: int | None = None,
    text: str = "",
    observed: str = "",
    expected: str = "",
    place: str = "",
) -> Finding:
    """Return a Finding of a registered rule; its severity is the rule's own unless one is given.

    Raises KeyError for a rule that is not registered.
    """
    return Finding(
        rule=rule,
        severity=severity or registered()[rule].severity,
        message=message,
        remedy=remedy,
        start=start,
        end=end,
        text=text,
        observed=observed,
        expected=expected,
        place=place,
    )
