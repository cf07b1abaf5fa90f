"""存在的主要问题 and 下一步改进措施: each proposed problem with evidence and cause, each with its measure.

Causes, owners and deadlines come from the inputs; where they say nothing the draft says 「（待补充）」.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice

from assistant.domain.facts import id_prefix
from assistant.domain.passage import Passage
from assistant.domain.problem import Problem, ProblemSource
from assistant.drafting.evidence import evidence, names_of, scope_of, short_evidence, unexplained
from assistant.drafting.learned import actions, predicates
from assistant.drafting.material import Material
from assistant.drafting.phrases import Wording
from assistant.drafting.writer import Length, Point

_CLAUSES = {Length.SHORT: 0, Length.NORMAL: 1, Length.LONG: 3}


def problems(material: Material) -> list[Point]:
    """存在的主要问题, one item for each proposed problem."""
    points: list[Point] = []
    for n, problem in _items(material):
        points += _problem(material, problem, n)
    return points or list(material.body("problems.none", material.say("problems.none")))


def measures(material: Material) -> list[Point]:
    """下一步改进措施 (or 建议), one item for each problem, in the same order and with its pair_id."""
    points: list[Point] = []
    for n, problem in _items(material):
        points += _measure(material, problem, n)
    return points or list(material.body("measures.none", material.say("measures.none")))


def _problem(material: Material, problem: Problem, n: int) -> list[Point]:
    paired = _pairing(material, problem, n)
    if material.length is Length.SHORT:
        brief = material.say("problems.secret") if problem.confidential else short_evidence(material, problem)
        return list(material.body(f"problems.{problem.pair_id}", brief, number=2, **paired))
    title = f"{{{{problem.{n}.title}}}}"
    heading = material.heading(f"problems.{problem.pair_id}.title", title, 2, **paired)
    passages = () if problem.confidential else _past(material, problem, "problems")
    said = [*evidence(material, problem), *_cause(material, problem, n)]
    said += _learned_predicate(material, passages)
    body = material.body(
        f"problems.{problem.pair_id}", said, passages=passages, prose=not problem.confidential, **paired
    )
    return [heading, *body]


def _pairing(material: Material, problem: Problem, n: int) -> dict[str, object]:
    return {
        "pair_id": problem.pair_id,
        "rows": problem.rows,
        "scope": "" if problem.confidential else scope_of(material, problem),
        "confidential": problem.confidential,
        "turn": n,
    }


def _past(material: Material, problem: Problem, section: str) -> tuple[Passage, ...]:
    return material.passages(f"{problem.type_name} {problem.title}", section)


def _cause(material: Material, problem: Problem, n: int) -> list[Wording]:
    if problem.confidential or problem.source is ProblemSource.INDICATOR_QUALITY:
        return [*material.say("problems.cause_common", n=f"problem.{n}")] if problem.cause else []
    if not problem.cause:
        return [*material.say("problems.cause_missing")]
    said = [*material.say("problems.cause", n=f"problem.{n}")]
    for path in unexplained(material, problem):
        said += material.say("problems.cause_missing_for", i=id_prefix(path))
    return said


def _learned_predicate(material: Material, passages: Sequence[Passage]) -> list[Wording]:
    """A past predicate (仍需…) woven in, with its citation; in long drafts only."""
    if material.length is not Length.LONG:
        return []
    found = islice(predicates(passages, material.phrases, material.learned), 1)
    return [
        wording.model_copy(update={"citations": (one.citation,)})
        for one in found
        for wording in material.say("problems.learned", predicate=one.clause)
    ]


def _measure(material: Material, problem: Problem, n: int) -> list[Point]:
    paired = {**_pairing(material, problem, n), "proposal": True}
    if material.length is Length.SHORT:
        return list(
            material.body(f"measures.{problem.pair_id}", _short(material, problem), number=2, **paired)
        )
    title = material.phrases.word(f"measure_title.{problem.family}")
    heading = material.heading(f"measures.{problem.pair_id}.title", title, 2, **paired)
    section = "suggestions" if material.evaluation else "measures"
    passages = () if problem.confidential else _past(material, problem, section)
    said = [*_action(material, problem, n), *_learned_actions(material, problem, passages)]
    said += [*_responsible(material, problem, n), *material.say("measures.check", n=f"problem.{n}")]
    body = material.body(
        f"measures.{problem.pair_id}", said, passages=passages, prose=not problem.confidential, **paired
    )
    return [heading, *body]


def _short(material: Material, problem: Problem) -> tuple[Wording, ...]:
    words = material.phrases.word(f"short_measure.{problem.family}")
    return material.say("measures.short", short=words)


def _items(material: Material) -> Iterator[tuple[int, Problem]]:
    """The proposed problems with their numbers; a short draft keeps to performance where there is any."""
    proposed = material.diagnosis.proposed
    performance = any(one.source is ProblemSource.PERFORMANCE for one in proposed)
    for n, problem in enumerate(proposed, 1):
        spare = problem.source is not ProblemSource.PERFORMANCE and performance
        if not (spare and material.length is Length.SHORT):
            yield n, problem


def _action(material: Material, problem: Problem, n: int) -> tuple[Wording, ...]:
    """What is to be done: the writer's own measure first, then the taxonomy's proposal."""
    key = f"problem.{n}"
    if problem.confidential:
        return material.say("measures.secret", n=key)
    ids = {
        "n": key,
        "names": names_of(material, problem),
        "situation": material.phrases.word(f"situation.{problem.family}"),
    }
    if problem.given_measure:
        return (*material.say("measures.given", **ids), *material.say("measures.also", **ids))
    return material.say("measures.lead", **ids)


def _learned_actions(material: Material, problem: Problem, passages: Sequence[Passage]) -> list[Wording]:
    about = f"{problem.type_name}{problem.title}{problem.measure}{problem.check}{problem.cause}"
    found = actions(passages, material.phrases, material.learned, about, _CLAUSES[material.length])
    return [
        wording.model_copy(update={"citations": (one.citation,)})
        for one in found
        for wording in material.say("measures.learned", clause=one.clause)
    ]


def _responsible(material: Material, problem: Problem, n: int) -> tuple[Wording, ...]:
    if problem.owner and problem.deadline:
        key = "responsible"
    elif problem.owner:
        key = "owner_only"
    else:
        key = "deadline_only" if problem.deadline else "nobody"
    return material.say(f"measures.{key}", n=f"problem.{n}")
