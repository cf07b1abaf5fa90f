"""The evidence of a problem (问题的数据支撑): what the rows it covers show, in figures.

Each row is told in a sentence whose shape follows the kind of matter, with its reason where rows differ.
"""

from __future__ import annotations

import re

from assistant.domain.facts import id_prefix
from assistant.domain.indicator import TargetKind
from assistant.domain.problem import Problem, ProblemSource
from assistant.drafting.catalogue import in_past_style, turns_of
from assistant.drafting.causes import is_row, told_row_by_row, with_reason
from assistant.drafting.material import Material
from assistant.drafting.phrases import Wording

#: which sentence supports a matter of indicator quality, by problem family and type
_QUALITY = {
    "P04": "adjusted",
    "P18": "unlinked",
    "P19": "foreign",
    "P21": "several",
    "P33": "unchanged",
    "P12": "sample",
    "P13": "excess",
    "P15": "soft",
    "P16": "classing",
    "P17": "coverage",
    "P20": "period",
    "P22": "generous",
    "P23": "thin_reason",
    "P24": "evidence",
    "P31": "spread",
}
_OF_ROWS = ("classing", "excess", "generous_row", "period", "sample", "soft", "thin_reason", "unchanged")
_FEW, _SINGLY = 3, 2
#: More rows than these are listed under their problem, a line each.
MANY = 6
_BRIEF_CELL = 12
_DATE = re.compile(r"\d{4}年\d{1,2}月(?:\d{1,2}日)?")


def evidence(material: Material, problem: Problem) -> list[Wording]:
    """Return the sentences that show the problem in figures; nothing of a confidential one."""
    if problem.confidential:
        return [*material.say("problems.secret")]
    money = [path for path in problem.rows if not is_row(path)]
    rows = [path for path in problem.rows if is_row(path)]
    if problem.source is ProblemSource.NOTE:
        return _noted(material, problem)
    if problem.source is ProblemSource.INDICATOR_QUALITY:
        said = [wording for path in problem.rows[:_FEW] for wording in _of_row(material, problem, path)]
    else:
        said = [*_money(material, problem, money), *_rows(material, problem, rows)]
        again = _again(material, problem)
        said = [_joined(said[0], again[0])] if len(said) == len(again) == 1 else [*said, *again]
    turns = turns_of(material.phrases.entry("learned.turn"))
    passages = material.past_problems(problem)
    return [in_past_style(wording, passages, turns) for wording in said]


def problem_slot(material: Material, problem: Problem) -> str:
    """Return the slot of a problem's title."""
    return f"{{{{problem.{material.diagnosis.proposed.index(problem) + 1}.title}}}}"


def names_of(material: Material, problem: Problem) -> str:
    """Return the slots of the names a problem speaks of; more than three are 等."""
    known = list(dict.fromkeys(_titles(material, problem.rows)))
    if not known:
        return material.phrases.word("measures.nameless")
    if len(known) <= _FEW:
        return "、".join(known)
    rest = "等指标" if all(is_row(path) for path in problem.rows) else "等"
    return "、".join(known[:_FEW]) + rest


def row_names(material: Material, problem: Problem) -> str:
    """Return the names of the indicators a problem covers, as they are in the form."""
    rows = (material.row(path) for path in problem.rows)
    return "，".join(row.name for row in rows if row is not None)


def scope_of(material: Material, problem: Problem) -> str:
    """Return the one sub-project all rows belong to, "" where they belong to several."""
    owners = {path.split(".")[0] for path in problem.rows}
    return next(
        (one.project.name for one in material.open_projects() if owners == {one.path} and material.many), ""
    )


def in_words(material: Material, prefix: str) -> bool:
    """Whether the actual value of a row is a description, too long or too wordy to stand for a number."""
    actual = f"{prefix}.actual"
    if not material.values.knows(actual) or material.measured(actual):
        return False
    told = material.values.shown(actual)
    return len(told) > _BRIEF_CELL or not any(char.isdigit() for char in told)


def _noted(material: Material, problem: Problem) -> list[Wording]:
    """What the writer states: the figures given beside the form, then the sentence of the notes."""
    n = f"problem.{material.diagnosis.proposed.index(problem) + 1}"
    figures = [wording for fact in problem.facts for wording in material.say("problems.figure", o=fact)]
    return [*figures, *(material.say("problems.noted", n=n) if problem.cause else ())]


def _titles(material: Material, paths: tuple[str, ...]) -> list[str]:
    slots = [f"{id_prefix(path)}.title" for path in paths]
    return [f"{{{{{slot}}}}}" for slot in slots if material.values.knows(slot)]


def _money(material: Material, problem: Problem, paths: list[str]) -> list[Wording]:
    """Slow spending: on a joint card the whole first, then the slow ones; a single one by itself."""
    joint = material.scorecard.rollup == "joint" and material.many and material.value("all.exec_lost")
    if (
        not joint
        or len(paths) < _SINGLY
        or any(_kind(material, problem, path) == "overspent" for path in paths)
    ):
        return [wording for path in paths for wording in _of_row(material, problem, path)]
    parts = [
        wording.choices[0]
        for path in paths
        for wording in material.say("problems.execution_part", p=id_prefix(path))
    ]
    return [*material.say("problems.execution_joint", parts="，".join(parts))]


def _rows(material: Material, problem: Problem, paths: list[str]) -> list[Wording]:
    if len(paths) > MANY:
        return [*material.say("problems.rows_lead")]
    return [wording for path in paths for wording in row_sentences(material, problem, path)]


def row_sentences(material: Material, problem: Problem, path: str) -> list[Wording]:
    """Return what one row of a problem shows, with its reason where the rows have reasons of their own."""
    said = _of_row(material, problem, path)
    return with_reason(material, path, said) if told_row_by_row(material, problem) else list(said)


def _joined(one: Wording, more: Wording) -> Wording:
    """Two statements as one sentence."""
    return Wording(choices=tuple(f"{text.removesuffix('。')}；{more.choices[0]}" for text in one.choices))


def _again(material: Material, problem: Problem) -> list[Wording]:
    """What fell short last year as well (连续两年)."""
    said: list[Wording] = []
    for repeat in problem.repeated:
        prefix = id_prefix(repeat.path)
        key = "problems.again_execution"
        if is_row(repeat.path):
            plain = in_words(material, repeat.before) or repeat.before != f"ly.{prefix}"
            key = "problems.again_row_now" if plain else "problems.again_row"
        said += material.say(key, i=prefix, p=prefix, b=repeat.before)
    return said


def _of(material: Material, path: str) -> str:
    return f"{{{{{id_prefix(path).split('.')[0]}.title}}}}的" if material.many else ""


def _of_row(material: Material, problem: Problem, path: str) -> tuple[Wording, ...]:
    prefix = id_prefix(path)
    ids = {"i": prefix, "p": prefix.split(".")[0], "of": _of(material, path)}
    said = material.say(f"problems.{_kind(material, problem, path)}", **ids)
    return said or material.say("problems.row", **ids)


def _kind(material: Material, problem: Problem, path: str) -> str:
    if problem.source is ProblemSource.INDICATOR_QUALITY:
        return _QUALITY.get(problem.type_id, "target") if not is_row(path) else _row_quality(problem)
    if not is_row(path):
        overspent = (material.value(f"{id_prefix(path)}.unspent") or 0) < 0
        return "overspent" if overspent else "execution"
    return _row_kind(material, path)


def _row_kind(material: Material, path: str) -> str:
    row, prefix = material.row(path), id_prefix(path)
    if row is None:
        return "row"
    if row.lost == 0:
        return "row_unscored"
    if row.target.kind is TargetKind.DATE and _DATE.fullmatch(
        material.values.texts.get(f"{prefix}.actual", "")
    ):
        return "row_date"
    if in_words(material, prefix):
        return "row_words"
    if row.met:
        return "row_met"
    if row.target.reverse:
        return "row_over"
    return "row_rate" if row.target.unit == "%" else "row"


def _row_quality(problem: Problem) -> str:
    kind = "generous_row" if problem.type_id == "P22" else _QUALITY.get(problem.type_id, "target")
    return kind if kind in _OF_ROWS else "target"
