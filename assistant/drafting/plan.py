"""What is to be done about one problem (对症施策): remedies for its causes, the taxonomy's measure, then past practice.

What the writer filled in is told elsewhere. Knows nothing of headings, owners and deadlines.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import NamedTuple

from assistant.domain.passage import Citation, Passage
from assistant.domain.problem import Problem, ProblemSource
from assistant.drafting.catalogue import alike, borrow, practices
from assistant.drafting.causes import given_reason, is_row
from assistant.drafting.learned import actions
from assistant.drafting.material import Material
from assistant.drafting.remedies import prescribe, remedies
from assistant.drafting.writer import Length

#: So many actions make one measure, and so many of them are borrowed, by length.
_MOST = {Length.SHORT: 1, Length.NORMAL: 4, Length.LONG: 5}
_BORROWED = {Length.SHORT: 0, Length.NORMAL: 2, Length.LONG: 3}
#: Of several rows so many get a remedy of their own, and so many are named.
_ANSWERED, _FEW = 4, 3
#: So many actions of its own and of the taxonomy make a measure whole; with one more it gets no stock one (套话).
_STOCKED, _FULL = 2, 3


class Action(NamedTuple):
    """One thing to do: the words (or a slot), those for a heading, the check, and where it was learnt.

    One that is `alone` leaves nothing for the general measure to say.
    """

    say: str
    head: str = ""
    check: str = ""
    citation: Citation | None = None
    alone: bool = False


def plan_of(material: Material, problem: Problem, n: int, passages: Sequence[Passage]) -> list[Action]:
    """The actions of one measure: remedies first, then the taxonomy's, then what was learnt."""
    answered = _remedies(material, problem)
    words = "".join(one.say for one in answered)
    own = [
        Action(f"{{{{problem.{n}.measure.{k}}}}}", check=f"{{{{problem.{n}.check}}}}" if k == 1 else "")
        for k, text in enumerate(problem.measure.split("；"), 1)
        if not alike(text, words) and not (answered and all(one.alone for one in answered))
    ]
    if not problem.cause and not answered and problem.source is ProblemSource.PERFORMANCE:
        own = [*_find_out(material, problem, problem.rows), *own]
    several = len(problem.rows) > 1
    room = _MOST[material.length] + several - bool(problem.given_measure)
    general = max(0, _STOCKED - len(answered)) + (several and not answered)
    first = [*answered, *own[:general]][: room if not problem.given_measure else 1]
    most = max(0, min(room - len(first), _BORROWED[material.length] - bool(answered)))
    return [*first, *_learnt(material, problem, passages, words, (most, len(first) < _FULL))]


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
    found = _find_out(material, problem, silent)
    if len(rows) < 2 or not silent or not found:
        return []
    names = [f"{{{{{material.prefix(path)}.title}}}}" for path in silent]
    shown = "、".join(names[:_FEW]) + ("等" if len(names) > _FEW else "")
    return [Action(material.phrases.word("measures.for_row").replace("$name", shown) + found[0].say)]


def _find_out(material: Material, problem: Problem, paths: Sequence[str]) -> list[Action]:
    """That a cause nobody gave is looked for, in words of the matter; nothing where the family has none."""
    matter = subject(material, paths)
    closer = (
        entry["say"]
        for entry in material.phrases.entry("find_out_of")
        if problem.family in entry["for"]
        and re.search(entry["cue"], matter)
        and entry["say"] not in material.learned
    )
    said = next(closer, material.phrases.labels("find_out").get(problem.family, ""))
    material.learned.add(said)
    return [Action(said)] if said else []


def subject(material: Material, paths: Iterable[str]) -> str:
    """Return the names of the indicators or sub-projects at these paths, as they are in the form."""
    slots = [f"{material.prefix(path)}.title" for path in paths]
    return "，".join(material.values.shown(slot) for slot in slots if material.values.knows(slot))


def changed_need(material: Material, problem: Problem, path: str) -> bool:
    """Whether the cause of a row is that the need itself has changed, so that its target is measured anew."""
    cause = given_reason(material, path)
    known = remedies(material.phrases.entry("remedy"))
    first = next((one for one in known if cause and one.answers(problem.family, cause)), None)
    return first is not None and first.retarget


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
    material: Material, problem: Problem, passages: Sequence[Passage], words: str, room: tuple[int, bool]
) -> list[Action]:
    """Practices that past measures show, and whole clauses of theirs: so many, and whether a stock one may be."""
    most, bare = room
    about = f"{problem.measure}{problem.given_measure}{problem.check}{words}"
    matter = f"{subject(material, problem.rows)}{problem.cause}{problem.given_measure}"
    known = practices(material.phrases.entry("action"))
    found = [
        Action(
            one.practice.say,
            "" if one.practice.stock else one.practice.head,
            one.practice.check,
            one.citation,
        )
        for one in islice(
            borrow(known, passages, problem.family, about, matter, material.learned, words, bare), most
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
