"""下一步改进措施 (or 有关建议): for each problem what answers its cause, who, until when, and how it is checked.

The proposal is led by what the writer filled in, else by the remedy for the given cause, then the measure of
the taxonomy, then what past reports show. Owner and deadline come from the inputs or are 「（待补充）」.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from assistant.domain.passage import Citation
from assistant.domain.problem import Problem, ProblemSource
from assistant.drafting.catalogue import alike, in_past_style, turns_of
from assistant.drafting.causes import is_row
from assistant.drafting.evidence import names_of
from assistant.drafting.material import Material
from assistant.drafting.numbering import chinese
from assistant.drafting.phrases import Wording
from assistant.drafting.plan import Action, changed_need, plan_of
from assistant.drafting.section_problems import nothing, pairing
from assistant.drafting.section_short import short_measures
from assistant.drafting.writer import Length, Point

#: So many rows get a target of their own.
_FEW = 3
#: A cause up to so many characters may open a measure.
_BRIEF_CAUSE = 30


def measures(material: Material) -> list[Point]:
    """One item for each problem, in the same order and with its pair_id."""
    if material.length is Length.SHORT:
        return short_measures(material) or nothing(material, "measures")
    proposed = material.diagnosis.proposed
    points = [point for n, one in enumerate(proposed, 1) for point in _measure(material, one, n)]
    return points or nothing(material, "measures")


def _measure(material: Material, problem: Problem, n: int) -> list[Point]:
    paired = {**pairing(material, problem, n), "proposal": True}
    passages = material.past_measures(problem)
    plan = [] if problem.confidential else plan_of(material, problem, n, passages)
    heading = material.heading(f"measures.{problem.pair_id}.title", "", 2, **paired)
    heading = heading.model_copy(update={"wordings": (_title(material, problem, plan),)})
    said = [*_action(material, problem, n, plan), *_responsible(material, problem, n, plan)]
    body = material.body(
        f"measures.{problem.pair_id}", said, passages=passages, prose=not problem.confidential, **paired
    )
    return [heading, *body]


def _title(material: Material, problem: Problem, plan: Sequence[Action]) -> Wording:
    """What is done and what for: the head of the first action that has one, and the aim."""
    plain = material.phrases.word(f"measure_title.{problem.family}")
    lost = problem.source is ProblemSource.PERFORMANCE
    leading = next((one for one in plan if one.head and (lost or one.citation is None)), None)
    if leading is None:
        return Wording(choices=(plain,))
    aims = _aims(material, problem) or (plain.partition("，")[2],)
    choices = tuple(f"{leading.head}，{aim}" for aim in aims)
    return Wording(choices=choices, citations=_cited([leading]), plain=(plain,))


def _aims(material: Material, problem: Problem) -> tuple[str, ...]:
    """The aim that names the one indicator a problem is about; nothing for other problems."""
    alone = len(problem.rows) == 1 and is_row(problem.rows[0])
    if not alone or problem.source is not ProblemSource.PERFORMANCE:
        return ()
    name = names_of(material, problem)
    return tuple(aim.replace("$name", name) for aim in material.phrases.words("measures.aims"))


def _action(material: Material, problem: Problem, n: int, plan: Sequence[Action]) -> list[Wording]:
    """What is to be done: the writer's own measure first, then the proposal."""
    key = f"problem.{n}"
    if problem.confidential:
        return [*material.say("measures.secret", n=key)]
    ids = {
        "n": key,
        "names": names_of(material, problem),
        "situation": material.phrases.word(f"situation.{problem.family}"),
    }
    book = "advice" if material.evaluation else "measures"
    if problem.given_measure:
        given = [*_styled(material, problem, material.say(f"{book}.given", **ids))]
        return [*given, *_proposal(material, problem, "measures.also", plan, n, ids)] if plan else given
    answers = len(problem.rows) == 1 and any(one.head and not one.citation for one in plan) and problem.cause
    brief = bool(answers) and len(problem.cause) <= _BRIEF_CAUSE and "；" not in problem.cause
    return _proposal(material, problem, f"{book}.lead{'_cause' if brief else ''}", plan, n, ids)


def _proposal(
    material: Material, problem: Problem, phrase: str, plan: Sequence[Action], n: int, ids: dict[str, str]
) -> list[Wording]:
    """The proposal as one sentence; what was learnt can be left out of it."""
    without = [one for one in plan if one.citation is None]
    plain = [text for w in _told(material, phrase, without, n, ids) for text in w.choices] if without else []
    told = [
        wording.model_copy(update={"citations": _cited(plan), "plain": tuple(plain)})
        for wording in _told(material, phrase, plan, n, ids)
    ]
    return [*_styled(material, problem, told)]


def _styled(material: Material, problem: Problem, said: Iterable[Wording]) -> tuple[Wording, ...]:
    """The same in the turn of phrase of past measures for such a problem."""
    turns, passages = turns_of(material.phrases.entry("learned.turn")), material.past_measures(problem)
    return tuple(in_past_style(wording, passages, turns) for wording in said)


def _told(
    material: Material, phrase: str, plan: Sequence[Action], n: int, ids: dict[str, str]
) -> tuple[Wording, ...]:
    """The actions under a lead: run on where there are few, numbered 一是、二是 otherwise."""
    if len(plan) > 2 or (len(plan) == 2 and (n % 2 == 0 or plan[0].say.startswith("{{p"))):
        acts = "；".join(f"{chinese(k)}是{one.say}" for k, one in enumerate(plan, 1))
        return material.say(f"{phrase}_list", acts=acts, **ids)
    joined = material.phrases.word("measures.run_on").join(one.say for one in plan)
    return material.say(phrase, acts=joined, **ids)


def _cited(plan: Sequence[Action]) -> tuple[Citation, ...]:
    return tuple(dict.fromkeys(one.citation for one in plan if one.citation is not None))


def _responsible(material: Material, problem: Problem, n: int, plan: Sequence[Action]) -> tuple[Wording, ...]:
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
    book = "advice" if material.evaluation else "measures"
    said = material.say(f"{book}.{key}", n=f"problem.{n}", **_check(material, problem, n, plan, closing))
    learnt = [one for one in plan if one.check and one.citation is not None]
    if learnt:
        without = _check(material, problem, n, [one for one in plan if one.citation is None], closing)
        plain = material.say(f"{book}.{key}", n=f"problem.{n}", **without)
        update = {"citations": _cited(learnt[:1]), "plain": plain[0].choices}
        said = tuple(wording.model_copy(update=update) for wording in said)
    return _styled(material, problem, said)


def _check(
    material: Material, problem: Problem, n: int, plan: Sequence[Action], closing: str
) -> dict[str, str]:
    """The targets of the rows and the papers that show what was done, in either order (`check`, `papers`).

    Every paper is one that an action of the plan makes: those of the remedies and of the taxonomy, one learnt.
    """
    answered = [one.check for one in plan if one.check and one.citation is None][:2]
    learnt = [one.check for one in plan if one.check and one.citation is not None][:1]
    fresh = [check for check in learnt if not alike(check, "".join(answered))]
    general = [] if answered or fresh else [material.phrases.word("measures.carried_out")]
    paper = "，".join(dict.fromkeys([*answered, *fresh, *general]))
    aims = _targets(material, problem)
    both = [part for part in (aims, paper) if part]
    return {"check": "，".join(both) + closing, "papers": "，".join(reversed(both)) + closing}


def _targets(material: Material, problem: Problem) -> str:
    """What the unmet rows are to reach next year, "" for none or too many."""
    if problem.source is not ProblemSource.PERFORMANCE:
        return ""
    aims = []
    for path in problem.rows:
        row = material.row(path) if is_row(path) else None
        if row is None or changed_need(material, problem, path):
            continue
        if not row.met and row.target.bound is not None:
            phrase = "measures.target_limit" if row.target.reverse else "measures.target_check"
            aims += [w.choices[0] for w in material.say(phrase, i=material.prefix(path))]
    if not aims or len(aims) > _FEW:
        return ""
    return material.phrases.word("measures.target_lead") + "、".join(aims)
