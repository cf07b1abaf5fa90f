"""存在问题 and 改进措施 within 200 characters (≤200 字, the short form): said as fully as there is room for.

Four ways, each shorter than the one before: figures as far as they go, names by kind of problem, all names in
one line, names cut. The first that fits is taken. Where not even the cut names fit, all are named and the limit gives
way: what is not named is not proven.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from assistant.domain.facts import id_prefix
from assistant.domain.problem import Problem, ProblemSource
from assistant.drafting.causes import is_row
from assistant.drafting.evidence import in_words, scope_of
from assistant.drafting.material import Material
from assistant.drafting.remedies import prescribe, remedies
from assistant.drafting.slots import SlottedSentence
from assistant.drafting.writer import Point

#: 存在问题 and 改进措施 together, running numbers included.
MOST = 200
_NUMBER = len("（一）")
#: So many names stand in one sentence where all have to be named.
_A_SENTENCE = 8


class Item(NamedTuple):
    """One line of problems, its measure, and the problems it stands for."""

    problem: str
    measure: str
    stands_for: tuple[Problem, ...]


def short_problems(material: Material) -> list[Point]:
    """Return the lines of 存在问题."""
    return [
        point
        for n, item in enumerate(_items(material), 1)
        for point in _point(material, "problems", item.problem, item, n)
    ]


def short_measures(material: Material) -> list[Point]:
    """Return the lines of 改进措施, one for each line of 存在问题."""
    return [
        point
        for n, item in enumerate(_items(material), 1)
        for point in _point(material, "measures", item.measure, item, n)
    ]


def _items(material: Material) -> list[Item]:
    """The fullest way that fits; where none does, every row by its name."""
    shown = list(_shown(material))
    if shown and shown[0].source is not ProblemSource.PERFORMANCE:
        return _as_many_as_fit(material, _with_figures(material, shown))
    ways: tuple[Callable[[Material, Sequence[Problem]], list[Item]], ...] = (_with_figures, _by_name, _in_one)
    for way in ways if shown else ():
        items = way(material, shown)
        if sum(_length(material, item) for item in items) <= MOST:
            return items
    return _cut(material, shown) if shown else []


def _as_many_as_fit(material: Material, items: Sequence[Item]) -> list[Item]:
    """The first items that fit together, one at least: where nothing fell short, none has to be named."""
    lengths = itertools.accumulate(_length(material, item) for item in items)
    return list(items[: max(1, sum(length <= MOST for length in lengths))])


def _shown(material: Material) -> Iterator[Problem]:
    """The proposed problems; those of performance alone where there are any."""
    proposed = material.diagnosis.proposed
    performance = any(one.source is ProblemSource.PERFORMANCE for one in proposed)
    return (one for one in proposed if one.source is ProblemSource.PERFORMANCE or not performance)


def _with_figures(material: Material, shown: Sequence[Problem]) -> list[Item]:
    """Each problem in a line; figures for as many of the heaviest as there is room for, names for the rest."""
    measured = [_measure(material, one) for one in shown]
    full = [_told(material, one, figures=True) for one in shown]
    brief = [_told(material, one, figures=False) for one in shown]
    for most in range(len(shown), -1, -1):
        told = [*full[:most], *brief[most:]]
        items = [
            Item(words, measure, (one,)) for one, words, measure in zip(shown, told, measured, strict=True)
        ]
        if sum(_length(material, item) for item in items) <= MOST:
            break
    return items


def _by_name(material: Material, shown: Sequence[Problem]) -> list[Item]:
    """Each problem by the names of its rows, with the plainest measure."""
    return [Item(_told(material, one, figures=False), _plain_measure(material, one), (one,)) for one in shown]


def _in_one(material: Material, shown: Sequence[Problem]) -> list[Item]:
    """All in one line by their full names."""
    words = _line(material, [f"{{{{{prefix}.title}}}}" for prefix in _row_prefixes(shown)], shown)
    return [Item(words, material.say("measures.short_all")[0].choices[0], tuple(shown))]


def _cut(material: Material, shown: Sequence[Problem]) -> list[Item]:
    """All in one line by the openings of their names; by full names, a few a sentence, where that is too long."""
    measure = material.say("measures.short_all")[0].choices[-1]
    names = [f"{{{{{prefix}.short}}}}" for prefix in _row_prefixes(shown)]
    item = Item(_line(material, names, shown), measure, tuple(shown))
    if _length(material, item) <= MOST:
        return [item]
    return [Item(_named(material, one), _plain_measure(material, one), (one,)) for one in shown]


def _named(material: Material, problem: Problem) -> str:
    """One problem by the names of its rows, so many a sentence."""
    names = [f"{{{{{prefix}.title}}}}" for prefix in _row_prefixes([problem])]
    if problem.confidential or not names:
        return _told(material, problem, figures=False)
    groups = [names[k : k + _A_SENTENCE] for k in range(0, len(names), _A_SENTENCE)]
    return "".join(_line(material, group, []) for group in groups)


def _line(material: Material, names: Sequence[str], shown: Sequence[Problem]) -> str:
    """One sentence: the rows, the slow sub-projects, and that there is a secret one."""
    slow = [f"{{{{{id_prefix(path)}.title}}}}" for one in shown for path in _money_paths(one)]
    parts = []
    if names:
        joined = "、".join(names)
        parts.append(material.say("problems.short_names", names=joined)[0].choices[0])
    if slow:
        joined = "、".join(dict.fromkeys(slow))
        parts.append(material.say("problems.short_execution_names", names=joined)[0].choices[0])
    if any(one.confidential for one in shown):
        parts.append(material.phrases.word("problems.short_secret"))
    return material.phrases.word("problems.short_join").join(parts) + "。"


def _row_prefixes(shown: Sequence[Problem]) -> list[str]:
    return [id_prefix(path) for one in shown if not one.confidential for path in one.rows if is_row(path)]


def _money_paths(problem: Problem) -> list[str]:
    return [] if problem.confidential else [path for path in problem.rows if not is_row(path)]


def _told(material: Material, problem: Problem, *, figures: bool) -> str:
    """One problem in one sentence: with figures, or by the names of its rows."""
    if problem.confidential:
        return material.say("problems.secret")[0].choices[0]
    if problem.source is not ProblemSource.PERFORMANCE:
        return f"{{{{problem.{material.diagnosis.proposed.index(problem) + 1}.title}}}}。"
    if not figures:
        names = [f"{{{{{prefix}.title}}}}" for prefix in _row_prefixes([problem])]
        return _line(material, names, [problem])
    parts = [
        wording.choices[0]
        for path in problem.rows
        for wording in material.say(_key(material, path), i=id_prefix(path), p=id_prefix(path))
    ]
    return material.phrases.word("problems.short_join").join(parts) + "。"


def _key(material: Material, path: str) -> str:
    """Figures stay in a short sentence, long words of a cell do not."""
    if not is_row(path):
        return "problems.short_execution"
    prefix = id_prefix(path)
    brief = material.values.knows(f"{prefix}.actual") and not in_words(material, prefix)
    return "problems.short_row" if brief else "problems.short_words"


def _measure(material: Material, problem: Problem) -> str:
    """What answers the given cause, and how it is followed; the plain measure where nothing answers it."""
    known = remedies(material.phrases.entry("remedy"))
    tail = material.phrases.labels("short_tail").get(problem.family)
    one = None if problem.confidential else prescribe(known, problem.family, problem.cause, set())
    if one is None or tail is None:
        return _plain_measure(material, problem)
    return material.say("measures.short", short=f"{one.head}，{tail}")[0].choices[0]


def _plain_measure(material: Material, problem: Problem) -> str:
    words = material.phrases.word(f"short_measure.{problem.family}")
    return material.say("measures.short", short=words)[0].choices[0]


def _length(material: Material, item: Item) -> int:
    """The characters of a problem and its measure as they will stand in the draft."""
    texts = (material.values.fill(SlottedSentence(text=text)).text for text in (item.problem, item.measure))
    return sum(_NUMBER + len(text) for text in texts)


def _point(material: Material, section: str, text: str, item: Item, n: int) -> tuple[Point, ...]:
    one = item.stands_for[0]
    alone = len(item.stands_for) == 1
    return material.sentence(
        f"{section}.{one.pair_id}",
        text,
        number=2,
        pair_id=one.pair_id,
        rows=tuple(dict.fromkeys(path for problem in item.stands_for for path in problem.rows)),
        scope=scope_of(material, one) if alone and not one.confidential else "",
        confidential=alone and one.confidential,
        turn=n,
        proposal=section == "measures",
    )
