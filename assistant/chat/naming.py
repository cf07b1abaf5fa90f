"""Which row, sub-project or figure a question means: names are matched by the characters they share.

Knows nothing about tools or models.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TypeVar

from assistant.domain.facts import Fact, Facts, Role

Named = TypeVar("Named")

#: Words of a question and the role they ask for; the first that stands in the question counts.
_ROLES: tuple[tuple[str, Role], ...] = (
    ("年初预算", Role.INITIAL_BUDGET),
    ("执行率", Role.EXECUTION_RATE),
    ("完成率", Role.COMPLETION_RATE),
    ("未执行", Role.UNSPENT),
    ("没花完", Role.UNSPENT),
    ("结余", Role.UNSPENT),
    ("剩", Role.UNSPENT),
    ("调整", Role.ADJUSTMENT),
    ("调减", Role.ADJUSTMENT),
    ("执行数", Role.EXPENDITURE),
    ("支出", Role.EXPENDITURE),
    ("花了", Role.EXPENDITURE),
    ("预算", Role.ANNUAL_BUDGET),
    ("占比", Role.SHARE),
    ("单价", Role.UNIT_PRICE),
    ("差多少", Role.GAP),
    ("差距", Role.GAP),
    ("超出", Role.EXCESS),
    ("指标值", Role.TARGET),
    ("目标", Role.TARGET),
    ("实际", Role.ACTUAL),
    ("完成了", Role.ACTUAL),
    ("完成多少", Role.ACTUAL),
    ("总分", Role.TOTAL_SCORE),
    ("失分", Role.LOST),
    ("扣", Role.LOST),
    ("分值", Role.WEIGHT),
    ("权重", Role.WEIGHT),
    ("得分", Role.SCORE),
    ("几分", Role.SCORE),
    ("多少分", Role.SCORE),
)


def likeness(name: str, words: str) -> float:
    """Return how much of a name stands in a question, 0 to 1, by pairs of neighbouring characters."""
    pairs = {name[n : n + 2] for n in range(len(name) - 1)}
    return 1.0 if name and name in words else sum(pair in words for pair in pairs) / max(1, len(pairs))


def covered(name: str, words: str) -> int:
    """Return how many characters of a name stand in the words as part of a common run of two or more."""
    held = [False] * len(name)
    for n in range(len(name) - 1):
        if name[n : n + 2] in words:
            held[n] = held[n + 1] = True
    return sum(held)


def most_covered(things: Iterable[tuple[str, Named]], words: str, least: int = 3) -> tuple[str, Named] | None:
    """Return the name and the thing of which most stands in a question, None where that is too little."""
    ranked = [(covered(name, words), name, thing) for name, thing in things if name]
    best = max(ranked, key=lambda one: (one[0], one[0] / len(one[1])), default=None)
    return (best[1], best[2]) if best and best[0] >= least else None


def best_named(
    things: Iterable[tuple[str, Named]], words: str, least: float = 0.6
) -> tuple[str, Named] | None:
    """Return the name and the thing that a question means most clearly, None where it means none."""
    ranked = [(likeness(name, words), len(name), name, thing) for name, thing in things if name]
    best = max(ranked, key=lambda one: one[:2], default=None)
    return (best[2], best[3]) if best and best[0] >= least else None


def role_asked(words: str) -> Role | None:
    """Return the role of the figure that a question asks for, None where it asks for none."""
    return next((role for word, role in _ROLES if word in words), None)


def figures_asked(facts: Facts, words: str) -> Sequence[Fact]:
    """Return the figures a question asks for by role, subject and year; none where it names no role."""
    role = role_asked(words)
    last_year = any(word in words for word in ("去年", "上年", "上一年"))
    fitting = [fact for fact in facts if fact.role is role and fact.id.startswith("ly.") == last_year]
    named = best_named(((fact.subject, fact.subject) for fact in fitting), words)
    subject = named[0] if named else ""
    return [fact for fact in fitting if fact.subject == subject][:3]
