"""下一步改进措施 (or 有关建议): for each problem what answers its cause, who, until when, and how it is checked.

The proposal is led by what the writer filled in, else by the remedy for the given cause, then the measure of
the taxonomy, then what past reports show. Owner and deadline come from the inputs or are 「（待补充）」.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import NamedTuple

from assistant.domain.passage import Citation, Passage
from assistant.domain.problem import Problem, ProblemSource
from assistant.drafting.catalogue import alike, borrow, in_past_style, practices, turns_of
from assistant.drafting.causes import given_reason, is_row
from assistant.drafting.evidence import names_of, row_names
from assistant.drafting.learned import actions
from assistant.drafting.material import Material
from assistant.drafting.numbering import chinese
from assistant.drafting.phrases import Wording
from assistant.drafting.remedies import prescribe, remedies
from assistant.drafting.section_problems import nothing, pairing
from assistant.drafting.section_short import short_measures
from assistant.drafting.writer import Length, Point

#: So many actions make one measure, and so many of them are borrowed, by length.
_MOST = {Length.SHORT: 1, Length.NORMAL: 3, Length.LONG: 4}
_BORROWED = {Length.SHORT: 0, Length.NORMAL: 2, Length.LONG: 3}
#: Of several rows so many get a remedy of their own, and so many a target of their own.
_ANSWERED, _FEW = 4, 3
#: A cause up to so many characters may open a measure.
_BRIEF_CAUSE = 30


class Action(NamedTuple):
    """One thing to do: the words (or a slot), those for a heading, the check, and where it was learnt.

    One that is `alone` leaves nothing for the general measure to say.
    """

    say: str
    head: str = ""
    check: str = ""
    citation: Citation | None = None
    alone: bool = False


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
    plan = [] if problem.confidential else _plan(material, problem, n, passages)
    heading = material.heading(f"measures.{problem.pair_id}.title", "", 2, **paired)
    heading = heading.model_copy(update={"wordings": (_title(material, problem, plan),)})
    said = [*_action(material, problem, n, plan), *_responsible(material, problem, n, plan)]
    body = material.body(
        f"measures.{problem.pair_id}", said, passages=passages, prose=not problem.confidential, **paired
    )
    return [heading, *body]


def _plan(material: Material, problem: Problem, n: int, passages: Sequence[Passage]) -> list[Action]:
    """The actions of one measure: remedies first, then the taxonomy's, then what was learnt."""
    answered = _remedies(material, problem)
    words = "".join(one.say for one in answered)
    own = [
        Action(f"{{{{problem.{n}.measure.{k}}}}}")
        for k, text in enumerate(problem.measure.split("；"), 1)
        if not alike(text, words) and not (answered and all(one.alone for one in answered))
    ]
    if not problem.cause and not answered and problem.source is ProblemSource.PERFORMANCE:
        own = [Action(material.phrases.labels("find_out")[problem.family]), *own]
    several = len(problem.rows) > 1
    room = _MOST[material.length] + several - bool(problem.given_measure)
    first = [*answered, *own[: 1 if answered else 2]][: room if not problem.given_measure else 1]
    most = max(0, min(room - len(first), _BORROWED[material.length] - bool(answered)))
    return [*first, *_learnt(material, problem, passages, words, most)]


def _remedies(material: Material, problem: Problem) -> list[Action]:
    """What answers the causes the inputs give; where several rows have their own, each is named."""
    known, named = remedies(material.phrases.entry("remedy")), len(problem.rows) > 1
    found: list[Action] = []
    for name, cause in islice(_causes(material, problem), _ANSWERED):
        one = prescribe(known, problem.family, cause, material.learned)
        if one is not None:
            say = material.phrases.word("measures.for_row").replace("$name", name) + one.say
            found.append(Action(say if named and name else one.say, one.head, one.check, alone=one.alone))
    if found or not problem.cause or problem.source is not ProblemSource.PERFORMANCE:
        return [*found, *_to_find_out(material, problem)] if found else found
    any_one = prescribe(
        remedies(material.phrases.entry("any_remedy")), problem.family, problem.cause, material.learned
    )
    return [Action(any_one.say, any_one.head, any_one.check)] if any_one is not None else []


def _to_find_out(material: Material, problem: Problem) -> list[Action]:
    """Beside rows whose cause is answered: that the cause of the others is looked for."""
    rows = [path for path in problem.rows if is_row(path)]
    silent = [p for p in rows if not given_reason(material, p) and not _state_in_words(material, p)]
    words = material.phrases.labels("find_out").get(problem.family)
    if len(rows) < 2 or not silent or words is None:
        return []
    names = [f"{{{{{material.prefix(path)}.title}}}}" for path in silent]
    shown = "、".join(names[:_FEW]) + ("等" if len(names) > _FEW else "")
    return [Action(material.phrases.word("measures.for_row").replace("$name", shown) + words)]


def _causes(material: Material, problem: Problem) -> Iterator[tuple[str, str]]:
    """Each different cause with the rows that have it; where a row gives none, how it stands in words."""
    if len(problem.rows) == 1 and problem.cause:
        yield from (("", part) for part in problem.cause.split("；"))
        return
    having: dict[str, list[str]] = {}
    for path in problem.rows:
        cause = given_reason(material, path) or _state_in_words(material, path)
        if cause:
            having.setdefault(cause, []).append(f"{{{{{material.prefix(path)}.title}}}}")
    for cause, names in having.items():
        yield "、".join(names[:_FEW]) + ("等" if len(names) > _FEW else ""), cause


def _state_in_words(material: Material, path: str) -> str:
    """The actual value of a row where it is told in words, "" for a figure."""
    slot = f"{material.prefix(path)}.actual"
    told = is_row(path) and material.values.knows(slot) and not material.measured(slot)
    return material.values.shown(slot) if told else ""


def _learnt(
    material: Material, problem: Problem, passages: Sequence[Passage], words: str, most: int
) -> list[Action]:
    """Practices that past measures show, and whole clauses of theirs."""
    about = f"{problem.measure}{problem.given_measure}{problem.check}{words}"
    matter = f"{row_names(material, problem)}{problem.cause}{problem.given_measure}"
    known = practices(material.phrases.entry("action"))
    found = [
        Action(one.practice.say, one.practice.head, one.practice.check, one.citation)
        for one in islice(
            borrow(known, passages, problem.family, about, matter, material.learned, words), most
        )
    ]
    own = "".join(material.values.texts.values())
    said = about + "".join(one.say for one in found)
    clauses = [
        Action(one.clause, citation=one.citation)
        for one in actions(passages, material.phrases, material.learned, problem.family, own, min(most, 1))
        if not alike(one.clause, said)
    ]
    return [*found[: most - len(clauses)], *clauses]


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
    answers = len(problem.rows) == 1 and any(one.check and not one.citation for one in plan) and problem.cause
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

    The papers are those of the remedies, else of the taxonomy, and one learnt.
    """
    answered = [one.check for one in plan if one.check and one.citation is None][:2]
    learnt = [one.check for one in plan if one.check and one.citation is not None][:1]
    own = [] if answered else [problem.check]
    fresh = [check for check in learnt if not alike(check, "".join([*answered, *own]))]
    paper = "，".join(dict.fromkeys([*(answered or [f"{{{{problem.{n}.check}}}}"]), *fresh]))
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
        if row is not None and not row.met and row.target.bound is not None:
            phrase = "measures.target_limit" if row.target.reverse else "measures.target_check"
            aims += [w.choices[0] for w in material.say(phrase, i=material.prefix(path))]
    if not aims or len(aims) > _FEW:
        return ""
    return material.phrases.word("measures.target_lead") + "、".join(aims)
