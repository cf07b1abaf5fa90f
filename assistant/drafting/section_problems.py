"""存在的主要问题: each proposed problem with its evidence in figures and its cause.

Causes come from the inputs; where they say nothing the draft says 「（待补充）」. A problem of many rows lists
them, a line each.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from assistant.domain.problem import Problem, ProblemSource
from assistant.drafting.catalogue import aspect, in_past_style, practices, turns_of
from assistant.drafting.causes import cause_sentences, is_row, joined, rest_unexplained
from assistant.drafting.evidence import MANY, evidence, row_names, row_sentences, scope_of
from assistant.drafting.learned import predicates
from assistant.drafting.material import Material
from assistant.drafting.phrases import Wording
from assistant.drafting.section_short import short_problems
from assistant.drafting.writer import Length, Point


def problems(material: Material) -> list[Point]:
    """存在的主要问题, one item for each proposed problem."""
    if material.length is Length.SHORT:
        return short_problems(material) or nothing(material, "problems")
    proposed = material.diagnosis.proposed
    points = [point for n, one in enumerate(proposed, 1) for point in _problem(material, one, n)]
    lost = any(one.source is ProblemSource.PERFORMANCE for one in proposed)
    if not points:
        return nothing(material, "problems")
    turns, past = turns_of(material.phrases.entry("learned.turn")), material.past_problems(proposed[0])
    said = material.say("problems.lead" if lost else "problems.lead_quality")
    lead = tuple(in_past_style(wording, past, turns) for wording in said)
    return [*material.body("problems.lead", lead), *points]


def nothing(material: Material, section: str) -> list[Point]:
    """Return the paragraph of a section for which the diagnosis has nothing."""
    return list(material.body(f"{section}.none", material.say(f"{section}.none")))


def _problem(material: Material, problem: Problem, n: int) -> list[Point]:
    paired = pairing(material, problem, n)
    heading = material.heading(f"problems.{problem.pair_id}.title", "", 2, **paired)
    heading = heading.model_copy(update={"wordings": (_title(material, problem, n),)})
    said = _with_cause(material, problem, n)
    said += _learned_predicate(material, problem)
    body = material.body(
        f"problems.{problem.pair_id}",
        said,
        passages=material.past_problems(problem),
        prose=not problem.confidential,
        **paired,
    )
    return [heading, *body, *_lines(material, problem, paired)]


def _with_cause(material: Material, problem: Problem, n: int) -> list[Wording]:
    """Evidence and cause; every other problem tells a plain cause in the same sentence."""
    said = evidence(material, problem)
    alone = len(problem.rows) == len(said) == 1 and not problem.repeated
    if alone and n % 2 and problem.cause and problem.source is ProblemSource.PERFORMANCE:
        told = joined(material, said, f"problem.{n}.cause", problem.cause)
    else:
        told = [*said, *cause_sentences(material, problem, n)]
    return [*told, *rest_unexplained(material, problem)]


def _lines(material: Material, problem: Problem, paired: dict[str, object]) -> Iterator[Point]:
    """The rows of a problem that has many, a numbered line each."""
    rows = [path for path in problem.rows if is_row(path)]
    if problem.confidential or problem.source is not ProblemSource.PERFORMANCE or len(rows) <= MANY:
        return
    for turn, path in enumerate(rows):
        said = row_sentences(material, problem, path)
        line = {**paired, "rows": (path,), "number": 3, "turn": turn}
        yield from material.body(f"problems.{problem.pair_id}.{material.prefix(path)}", said, **line)


def pairing(material: Material, problem: Problem, n: int) -> dict[str, object]:
    """Return what a problem and its measure have in common."""
    return {
        "pair_id": problem.pair_id,
        "rows": problem.rows,
        "scope": "" if problem.confidential else scope_of(material, problem),
        "confidential": problem.confidential,
        "turn": n,
    }


def _title(material: Material, problem: Problem, n: int) -> Wording:
    """The heading: what fell short, then the side of management that the cause or past reports point to."""
    plain = f"{{{{problem.{n}.title}}}}"
    opening = f"{{{{problem.{n}.opening}}}}"
    if problem.confidential or len(problem.rows) != 1 or not material.values.knows(opening[2:-2]):
        return Wording(choices=(plain,))
    known = practices(material.phrases.entry("aspect"))
    tails = material.phrases.words("generic_tails")
    found = aspect(
        [one for one in known if one.say not in material.learned],
        material.past_problems(problem) if problem.title.endswith(tails) else (),
        problem.family,
        problem.cause,
        row_names(material, problem),
    )
    if found is None:
        return Wording(choices=(plain,))
    material.learned.add(found.practice.say)
    citations = (found.citation,) if found.citation else ()
    return Wording(choices=(f"{opening}，{found.practice.say}",), citations=citations, plain=(plain,))


def _learned_predicate(material: Material, problem: Problem) -> list[Wording]:
    """A past predicate (仍需…) woven in, with its citation; in long drafts only."""
    if material.length is not Length.LONG or problem.confidential:
        return []
    found = islice(predicates(material.past_problems(problem), material.phrases, material.learned), 1)
    return [
        wording.model_copy(update={"citations": (one.citation,)})
        for one in found
        for wording in material.say("problems.learned", predicate=one.clause)
    ]
