"""The evidence of a problem (问题的数据支撑): one sentence a row, chosen by what kind of matter it is."""

from __future__ import annotations

from assistant.domain.facts import id_prefix
from assistant.domain.problem import Problem, ProblemSource
from assistant.drafting.material import Material
from assistant.drafting.phrases import Wording

#: which sentence supports a matter of indicator quality, by problem family and type
_QUALITY = {
    "P04": "adjusted",
    "P12": "sample",
    "P13": "excess",
    "P17": "coverage",
    "P22": "generous",
    "P23": "thin_reason",
    "P24": "evidence",
    "P31": "spread",
}
_FEW = 3
_BRIEF_CELL = 12


def evidence(material: Material, problem: Problem) -> list[Wording]:
    """Return the sentences that show the problem in figures; nothing of a confidential one."""
    if problem.confidential:
        return [*material.say("problems.secret")]
    return [wording for path in problem.rows for wording in _of_row(material, problem, path)]


def short_evidence(material: Material, problem: Problem) -> tuple[Wording, ...]:
    """Return the evidence of all rows in one short sentence."""
    parts = []
    for path in problem.rows:
        prefix = id_prefix(path)
        key = _short_key(material, path)
        if problem.source is ProblemSource.INDICATOR_QUALITY:
            return (Wording(choices=(f"{problem_slot(material, problem)}。",)),)
        parts += [wording.choices[0] for wording in material.say(key, i=prefix, p=prefix)]
    joined = material.phrases.word("problems.short_join").join(parts)
    return (Wording(choices=(f"{joined}。",)),) if joined else ()


def _short_key(material: Material, path: str) -> str:
    """Figures stay in a short sentence, long words of a cell do not."""
    if not _is_row(path):
        return "problems.short_execution"
    actual = f"{id_prefix(path)}.actual"
    brief = material.values.knows(actual) and len(material.values.shown(actual)) <= _BRIEF_CELL
    return "problems.short_row" if brief else "problems.short_words"


def problem_slot(material: Material, problem: Problem) -> str:
    """Return the slot of a problem's title."""
    return f"{{{{problem.{material.diagnosis.proposed.index(problem) + 1}.title}}}}"


def names_of(material: Material, problem: Problem) -> str:
    """Return the slots of the names a problem speaks of; more than three are 等."""
    slots = [f"{{{{{id_prefix(path)}.title}}}}" for path in problem.rows]
    known = [slot for slot in dict.fromkeys(slots) if material.values.knows(slot[2:-2])]
    return "、".join(known[:_FEW]) + ("等" if len(known) > _FEW else "")


def scope_of(material: Material, problem: Problem) -> str:
    """Return the one sub-project all rows belong to, "" where they belong to several."""
    owners = {path.split(".")[0] for path in problem.rows}
    return next(
        (one.project.name for one in material.open_projects() if owners == {one.path} and material.many), ""
    )


def unexplained(material: Material, problem: Problem) -> tuple[str, ...]:
    """Return the rows of a problem with several causes that the causes do not name."""
    if len(problem.rows) < 2 or not any(f"{title}" in problem.cause for title in _titles(material, problem)):
        return ()
    titles = _titles(material, problem)
    return tuple(path for title, path in titles.items() if title not in problem.cause and _is_row(path))


def _titles(material: Material, problem: Problem) -> dict[str, str]:
    keys = {path: f"{id_prefix(path)}.title" for path in problem.rows}
    return {material.values.shown(key): path for path, key in keys.items() if material.values.knows(key)}


def _of_row(material: Material, problem: Problem, path: str) -> tuple[Wording, ...]:
    prefix = id_prefix(path)
    of = f"{{{{{prefix.split('.')[0]}.title}}}}的" if material.many else ""
    return material.say(f"problems.{_kind(material, problem, path)}", i=prefix, p=prefix.split(".")[0], of=of)


def _kind(material: Material, problem: Problem, path: str) -> str:
    if problem.source is ProblemSource.INDICATOR_QUALITY:
        return _QUALITY.get(problem.type_id, "target") if not _is_row(path) else _row_quality(problem)
    if not _is_row(path):
        overspent = (material.value(f"{id_prefix(path)}.unspent") or 0) < 0
        return "overspent" if overspent else "execution"
    row = material.row(path)
    if row is not None and row.lost == 0:
        return "row_unscored"
    if row is not None and row.met:
        return "row_met"
    return "row_over" if row is not None and row.target.reverse else "row"


def _row_quality(problem: Problem) -> str:
    kind = _QUALITY.get(problem.type_id, "target")
    return kind if kind in ("excess", "sample", "thin_reason") else "target"


def _is_row(path: str) -> bool:
    return ".indicators[" in path
