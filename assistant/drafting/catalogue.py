"""Past practice by catalogue (借鉴做法): a general action or aspect where a passage shows it, with its citation.

A past paragraph is full of other people's figures and names; what is taken is the practice it shows, in the
general words of `actions.toml` and `aspects.toml`. Knows no report.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from typing import Any

from assistant.domain.base import Frozen
from assistant.domain.passage import Citation, Passage
from assistant.drafting.phrases import Wording
from assistant.drafting.slots import slots_in

_ALIKE = 45
#: What the problem itself speaks of counts as so many places nearer.
_CALLED_FOR = 3
#: Slots that show no figure, so that a wording may have them or not.
_NO_FIGURE = {"unit.name"}


class Way(Frozen):
    """How a practice is said of a kind of matter: the families, and what the names or the cause speak of."""

    families: tuple[str, ...]
    cue: str
    say: str


class Practice(Frozen):
    """One entry: the sign of it in a past paragraph, how it is said, heading, check, and where it applies.

    `past` are the families for which it may be taken from a past report, `needs` what the problem itself
    must speak of for that, `by_name` whether the name of an indicator may call for it. One that is `stock`
    could be said of any problem; `ways` say it closer to the matter.
    """

    cue: str
    say: str
    head: str = ""
    check: str = ""
    families: tuple[str, ...] = ()
    past: tuple[str, ...] = ()
    needs: str = ""
    by_name: bool = False
    stock: bool = False
    ways: tuple[Way, ...] = ()

    @cached_property
    def sign(self) -> re.Pattern[str]:
        """The compiled cue."""
        return re.compile(self.cue)

    def fits(self, family: str, matter: str = "") -> bool:
        """Whether it is of use for a family of problems and, where it needs that, for this matter."""
        called_for = not self.needs or re.search(self.needs, matter) is not None
        return called_for and (not self.families or family in self.families)

    def said_of(self, family: str, matter: str) -> Practice:
        """Return the practice in the words that are closest to the matter."""
        fitting = (way.say for way in self.ways if family in way.families and re.search(way.cue, matter))
        return self.model_copy(update={"say": next(fitting, self.say)})


class Borrowed(Frozen):
    """A practice and the past paragraph that shows it; `citation` None where the report itself does."""

    practice: Practice
    citation: Citation | None


def practices(entries: Sequence[Mapping[str, Any]]) -> tuple[Practice, ...]:
    """Return the entries of a table."""
    return tuple(
        Practice(
            cue=e["cue"],
            say=e["say"],
            head=e.get("head", ""),
            check=e.get("check", ""),
            families=tuple(e.get("for", ())),
            past=tuple(e.get("past", ())),
            needs=e.get("needs", ""),
            by_name=e.get("by_name", False),
            stock=e.get("stock", False),
            ways=tuple(Way(families=w["for"], cue=w["cue"], say=w["say"]) for w in e.get("ways", ())),
        )
        for e in entries
    )


def borrow(
    known: Sequence[Practice],
    passages: Sequence[Passage],
    family: str,
    about: str,
    matter: str,
    taken: set[str],
    done: str = "",
    bare: bool = True,
) -> Iterator[Borrowed]:
    """Yield the practices that the passages show, those of the nearest passage first.

    `matter` are the names and the cause of the problem: what they speak of comes first of all.

    None that repeats what is said already: `about` are the words of the problem's own measure, `done` what
    answers its cause, `taken` what the draft has borrowed before; what is yielded is added to it. A stock
    practice comes first or not at all, and only for a measure that is `bare` otherwise.
    """
    shown = []
    for one in (practice.said_of(family, matter) for practice in known):
        places = [n for n, passage in enumerate(passages) if one.sign.search(passage.text)]
        said = one.cue in taken or one.sign.search(done) or alike(one.say, about)
        if places and one.fits(family, matter) and not said:
            near = places[0] + len(places) + (0 if one.families else len(passages))
            called_for = _CALLED_FOR if one.sign.search(matter) else 0
            shown.append((near - called_for, one, passages[places[0]]))
    for _, one, passage in sorted(shown, key=lambda item: item[0]):
        if one.stock and not bare:
            continue
        bare = False
        taken.add(one.cue)
        yield Borrowed(practice=one, citation=passage.citation)


def aspect(
    known: Sequence[Practice], passages: Sequence[Passage], family: str, cause: str, names: str
) -> Borrowed | None:
    """Return the aspect that the report's own cause or indicator speaks of, else one a past problem shows."""
    fitting = [one for one in known if one.fits(family)]
    own = next(
        (one for one in fitting if one.sign.search(cause) or (one.by_name and one.sign.search(names))), None
    )
    if own is not None:
        return Borrowed(practice=own, citation=None)
    return next(
        (
            Borrowed(practice=one, citation=passage.citation)
            for passage in passages
            for one in fitting
            if family in one.past and one.sign.search(passage.text)
        ),
        None,
    )


class Turn(Frozen):
    """A turn of phrase (句式): the words of ours that answer the words of a past report."""

    ours: str
    past: str


def turns_of(entries: Sequence[Mapping[str, str]]) -> tuple[Turn, ...]:
    """Return the turns of phrase of a table."""
    return tuple(Turn(ours=entry["ours"], past=entry["past"]) for entry in entries)


def in_past_style(wording: Wording, passages: Sequence[Passage], turns: Sequence[Turn]) -> Wording:
    """Return the wording narrowed to the turn that the nearest passage uses first, and cite it.

    A turn counts only where some alternatives have it and others do not, and where all show the same
    figures: a library changes words, never what is told.
    """
    if len({frozenset(slots_in(text)) - _NO_FIGURE for text in wording.choices}) != 1:
        return wording
    fitting = [
        (turn, having)
        for turn in turns
        if 0 < len(having := tuple(t for t in wording.choices if turn.ours in t)) < len(wording.choices)
    ]
    for passage in passages:
        used = [
            (found.start(), having)
            for turn, having in fitting
            if (found := re.search(turn.past, passage.text)) is not None
        ]
        if used:
            having = min(used)[1]
            return wording.model_copy(
                update={
                    "choices": having,
                    "citations": tuple(dict.fromkeys((*wording.citations, passage.citation))),
                    "plain": wording.plain or wording.choices,
                }
            )
    return wording


def alike(one: str, other: str) -> bool:
    """Whether most word pairs of one text stand in another."""
    pairs = {one[i : i + 2] for i in range(len(one) - 1)}
    return 100 * sum(pair in other for pair in pairs) >= _ALIKE * len(pairs)
