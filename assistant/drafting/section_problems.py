"""存在的主要问题 and 下一步改进措施: each proposed problem with evidence and cause, each with its measure.

Causes, owners and deadlines come from the inputs; where they say nothing the draft says 「（待补充）」.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import islice
from typing import NamedTuple

from assistant.domain.passage import Citation, Passage
from assistant.domain.problem import Problem, ProblemSource
from assistant.drafting.catalogue import alike, aspect, borrow, in_past_style, practices
from assistant.drafting.evidence import evidence, is_row, names_of, scope_of, unexplained
from assistant.drafting.learned import actions, predicates
from assistant.drafting.material import Material
from assistant.drafting.numbering import chinese
from assistant.drafting.phrases import Wording
from assistant.drafting.section_short import short_measures, short_problems
from assistant.drafting.writer import Length, Point

_BORROWED = {Length.SHORT: 0, Length.NORMAL: 2, Length.LONG: 3}


def problems(material: Material) -> list[Point]:
    """存在的主要问题, one item for each proposed problem."""
    if material.length is Length.SHORT:
        return short_problems(material) or _nothing(material, "problems")
    proposed = material.diagnosis.proposed
    points = [point for n, one in enumerate(proposed, 1) for point in _problem(material, one, n)]
    lost = any(one.source is ProblemSource.PERFORMANCE for one in proposed)
    lead = material.say("problems.lead" if lost else "problems.lead_quality") if points else ()
    return [*material.body("problems.lead", lead), *points] if points else _nothing(material, "problems")


def measures(material: Material) -> list[Point]:
    """下一步改进措施 (or 建议), one item for each problem, in the same order and with its pair_id."""
    if material.length is Length.SHORT:
        return short_measures(material) or _nothing(material, "measures")
    proposed = material.diagnosis.proposed
    points = [point for n, one in enumerate(proposed, 1) for point in _measure(material, one, n)]
    return points or _nothing(material, "measures")


def _nothing(material: Material, section: str) -> list[Point]:
    return list(material.body(f"{section}.none", material.say(f"{section}.none")))


def _problem(material: Material, problem: Problem, n: int) -> list[Point]:
    paired = _pairing(material, problem, n)
    heading = material.heading(f"problems.{problem.pair_id}.title", "", 2, **paired)
    heading = heading.model_copy(update={"wordings": (_title(material, problem, n),)})
    said = [*evidence(material, problem), *_cause(material, problem, n)]
    said += _learned_predicate(material, problem)
    body = material.body(
        f"problems.{problem.pair_id}",
        said,
        passages=material.past_problems(problem),
        prose=not problem.confidential,
        **paired,
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
        _names(material, problem),
    )
    if found is None:
        return Wording(choices=(plain,))
    material.learned.add(found.practice.say)
    citations = (found.citation,) if found.citation else ()
    return Wording(choices=(f"{opening}，{found.practice.say}",), citations=citations, plain=(plain,))


def _names(material: Material, problem: Problem) -> str:
    """The names of the indicators a problem covers."""
    rows = (material.row(path) for path in problem.rows)
    return "，".join(row.name for row in rows if row is not None)


def _cause(material: Material, problem: Problem, n: int) -> list[Wording]:
    if problem.source is ProblemSource.NOTE:
        return []  # what the writer states is the evidence itself
    if problem.confidential or problem.source is ProblemSource.INDICATOR_QUALITY:
        return [*material.say("problems.cause_common", n=f"problem.{n}")] if problem.cause else []
    turns, passages = material.phrases.words("learned.turns"), material.past_problems(problem)
    if not problem.cause:
        missing = material.say("problems.cause_missing")
        return [in_past_style(wording, passages, turns) for wording in missing]
    said = [
        in_past_style(wording, passages, turns)
        for wording in material.say("problems.cause", n=f"problem.{n}")
    ]
    silent = unexplained(material, problem)
    if silent:
        said += material.say("problems.cause_missing_for", names="、".join(silent))
    return said


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


def _measure(material: Material, problem: Problem, n: int) -> list[Point]:
    paired = {**_pairing(material, problem, n), "proposal": True}
    passages = () if problem.confidential else material.past_measures(problem)
    learnt = [] if problem.confidential else _learnt(material, problem, passages)
    heading = material.heading(f"measures.{problem.pair_id}.title", "", 2, **paired)
    heading = heading.model_copy(update={"wordings": (_measure_title(material, problem, learnt),)})
    said = [*_action(material, problem, n, learnt)]
    said += _responsible(material, problem, n)
    body = material.body(
        f"measures.{problem.pair_id}", said, passages=passages, prose=not problem.confidential, **paired
    )
    return [heading, *body]


class _Learnt(NamedTuple):
    """What is to be done, the words for a heading, and where it was found."""

    say: str
    head: str
    citation: Citation


def _learnt(material: Material, problem: Problem, passages: Sequence[Passage]) -> list[_Learnt]:
    """Practices that past measures show, and whole clauses of theirs; as many as the length has room for."""
    most = _BORROWED[material.length]
    about = f"{problem.measure}{problem.given_measure}{problem.check}"
    matter = f"{_names(material, problem)}{problem.cause}{problem.given_measure}"
    known = practices(material.phrases.entry("action"))
    found = [
        _Learnt(one.practice.say, one.practice.head, one.citation)
        for one in islice(borrow(known, passages, problem.family, about, matter, material.learned), most)
        if one.citation is not None
    ]
    own = "".join(material.values.texts.values())
    said = about + "".join(one.say for one in found)
    clauses = [
        one
        for one in actions(passages, material.phrases, material.learned, problem.family, own, 1)
        if not alike(one.clause, said)
    ]
    return [*found[: most - len(clauses)], *(_Learnt(c.clause, "", c.citation) for c in clauses)]


def _measure_title(material: Material, problem: Problem, learnt: Sequence[_Learnt]) -> Wording:
    plain = material.phrases.word(f"measure_title.{problem.family}")
    head, citation = next(((head, citation) for _, head, citation in learnt if head), ("", None))
    aim = plain.partition("，")[2]
    if not head or citation is None or not aim:
        return Wording(choices=(plain,))
    return Wording(choices=(f"{head}，{aim}",), citations=(citation,), plain=(plain,))


def _action(material: Material, problem: Problem, n: int, learnt: Sequence[_Learnt]) -> list[Wording]:
    """What is to be done: the writer's own measure first, then the proposal with what was learnt."""
    key = f"problem.{n}"
    if problem.confidential:
        return [*material.say("measures.secret", n=key)]
    ids = {
        "n": key,
        "names": names_of(material, problem),
        "situation": material.phrases.word(f"situation.{problem.family}"),
    }
    if problem.given_measure:
        given = [*material.say("measures.given", **ids)]
        return [*given, *_with_learnt(material, "measures.also", learnt, ids)]
    return _with_learnt(material, "measures.lead", learnt, ids)


def _with_learnt(
    material: Material, phrase: str, learnt: Sequence[_Learnt], ids: dict[str, str]
) -> list[Wording]:
    """One sentence of the proposal and at most two learnt actions; a third makes one of its own."""
    plain = material.say(phrase, act_words=f"{{{{{ids['n']}.measure}}}}", **ids)
    if not learnt or not plain:
        return [*plain]
    parts = [f"{ids['n']}.measure.{n}" for n in (1, 2)]
    items = [f"{{{{{part}}}}}" for part in parts if material.values.knows(part)]
    items += [one.say for one in learnt[:2]]
    words = "；".join(f"{chinese(n)}是{item}" for n, item in enumerate(items, 1))
    said = [
        Wording(
            choices=wording.choices,
            citations=tuple(dict.fromkeys(citation for _, _, citation in learnt[:2])),
            plain=plain[0].choices,
        )
        for wording in material.say(f"{phrase}_list", act_words=words, **ids)
    ]
    for clause, _, citation in learnt[2:]:
        said += [
            wording.model_copy(update={"citations": (citation,)})
            for wording in material.say("measures.learned", clause=clause)
        ]
    return said


def _responsible(material: Material, problem: Problem, n: int) -> tuple[Wording, ...]:
    """Who answers for it until when, and by what it is checked: the figure to reach, then the paper trail."""
    if problem.confidential:
        return ()
    if problem.owner and problem.deadline:
        key = "responsible"
    elif problem.owner:
        key = "owner_only"
    else:
        key = "deadline_only" if problem.deadline else "nobody"
    again = material.phrases.words("measures.again")
    closing = again[n % len(again)] if problem.repeated else ""
    said = material.say(f"measures.{key}", n=f"problem.{n}", check=_check(material, problem, n) + closing)
    turns, passages = material.phrases.words("learned.turns"), material.past_measures(problem)
    return tuple(in_past_style(wording, passages, turns) for wording in said)


def _check(material: Material, problem: Problem, n: int) -> str:
    """The target of the one row a problem is about, and the taxonomy's check."""
    check = f"{{{{problem.{n}.check}}}}"
    if (
        problem.source is not ProblemSource.PERFORMANCE
        or len(problem.rows) != 1
        or not is_row(problem.rows[0])
    ):
        return check
    row = material.row(problem.rows[0])
    if row is None or row.met or row.target.bound is None:
        return check
    phrase = "measures.target_limit" if row.target.reverse else "measures.target_check"
    aims = material.say(phrase, i=material.prefix(row.path))
    return f"{aims[0].choices[0]}，{check}" if aims else check
