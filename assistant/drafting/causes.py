"""Why it fell short (原因): what the inputs say, told in the sentence of its row or in one of its own.

Nothing is inferred; where the inputs say nothing the draft says 「（待补充）」.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from decimal import Decimal

from assistant.domain.facts import id_prefix
from assistant.domain.problem import Problem, ProblemSource
from assistant.drafting.catalogue import in_past_style, turns_of
from assistant.drafting.material import Material
from assistant.drafting.phrases import Wording

_BREAKS = ("。", "；", "：", "\n")
_FEW = 3
#: A sum of money in a cause, what its unit is in 万元, and the part of the unspent money that is nearly all.
_SUM = re.compile(r"(\d+(?:\.\d+)?)(亿元|万元|元)")
_UNITS = {"亿元": Decimal(10000), "万元": Decimal(1), "元": Decimal("0.0001")}
_NEARLY_ALL = Decimal("0.95")
#: Types whose `cause` is what the diagnosis found, not what the writer gave: told, but not as a cause.
_COMPUTED = {"P18"}


def is_row(path: str) -> bool:
    """Whether a path is that of an indicator, not of a sub-project."""
    return ".indicators[" in path


def given_reason(material: Material, path: str) -> str:
    """Return the reason that the form gives for a row, "" where it gives none."""
    slot = f"{id_prefix(path)}.reason"
    return material.values.shown(slot) if is_row(path) and material.values.knows(slot) else ""


def told_row_by_row(material: Material, problem: Problem) -> bool:
    """Whether several rows have causes of their own, each from its own cell of the form."""
    named = [path for path in problem.rows if _name(material, path) in problem.cause]
    return len(problem.rows) > 1 and bool(named) and all(given_reason(material, path) for path in named)


def with_reason(material: Material, path: str, said: Iterable[Wording]) -> list[Wording]:
    """Return the sentences of a row with its reason in the last one, or after it where it is long."""
    told, slot = list(said), f"{id_prefix(path)}.reason"
    reason = given_reason(material, path)
    return joined(material, told, slot, reason) if reason and told else told


def joined(material: Material, said: list[Wording], slot: str, cause: str) -> list[Wording]:
    """Return the sentences with a cause at the end of the last, or after it where it has breaks of its own."""
    if any(mark in cause for mark in _BREAKS):
        return [*said, *material.say("problems.cause", n=slot)]
    tails = material.phrases.words("problems.cause_tails")
    choices = tuple(
        text.removesuffix("。") + tails[k % len(tails)].replace("$n", slot)
        for k, text in enumerate(said[-1].choices)
    )
    return [*said[:-1], said[-1].model_copy(update={"choices": choices})]


def cause_sentences(material: Material, problem: Problem, n: int) -> list[Wording]:
    """Return what is said of the cause after the evidence: the cause, or for what it is still missing."""
    if problem.confidential or problem.source is ProblemSource.NOTE:
        return []  # what the writer states in a note is the evidence itself
    if problem.source is ProblemSource.INDICATOR_QUALITY:
        key = "detail" if problem.type_id in _COMPUTED else "cause_common"
        return [*material.say(f"problems.{key}", n=f"problem.{n}.cause")] if problem.cause else []
    if not problem.cause:
        return _styled(material, problem, material.say("problems.cause_missing"))
    said: list[Wording] = []
    if not told_row_by_row(material, problem):
        said = _styled(material, problem, material.say("problems.cause", n=f"problem.{n}.cause"))
    silent = _unexplained(material, problem)
    if silent:
        more = "等指标" if len(silent) > _FEW else ""
        said += material.say("problems.cause_missing_for", names="、".join(silent[:_FEW]) + more)
    return said


def rest_unexplained(material: Material, problem: Problem) -> tuple[Wording, ...]:
    """Return that a cause is missing for the rest of the unspent money, where the sums told do not reach it."""
    unspent = material.value(f"{id_prefix(problem.rows[0])}.unspent") if len(problem.rows) == 1 else None
    if problem.family != "execution" or problem.confidential or not unspent or unspent <= 0:
        return ()
    sums = [Decimal(number) * _UNITS[unit] for number, unit in _SUM.findall(problem.cause)]
    parts = [one for one in sums if one <= unspent]
    return material.say("problems.cause_rest") if parts and sum(parts) < unspent * _NEARLY_ALL else ()


def _styled(material: Material, problem: Problem, said: Iterable[Wording]) -> list[Wording]:
    turns, passages = turns_of(material.phrases.entry("learned.turn")), material.past_problems(problem)
    return [in_past_style(wording, passages, turns) for wording in said]


def _unexplained(material: Material, problem: Problem) -> list[str]:
    """The slots of the names that a problem with several causes gives no cause for."""
    names = [_name(material, path) for path in problem.rows]
    if len(names) < 2 or not any(name in problem.cause for name in names):
        return []
    silent = [path for path, name in zip(problem.rows, names, strict=True) if name not in problem.cause]
    return [f"{{{{{id_prefix(path)}.title}}}}" for path in silent]


def _name(material: Material, path: str) -> str:
    return material.values.shown(f"{id_prefix(path)}.title")
