"""Which line of one text is which of another (段落对应): kept, changed, moved, gone or new.

Lines that stand once in both are landmarks; between them the most alike lines belong together; what is left
over and alike elsewhere has moved. Nearly linear where most lines stayed. Knows nothing of files.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from difflib import SequenceMatcher
from typing import NamedTuple

#: Lines less alike than this are not the same line changed.
_ALIKE = 0.4
#: Lines at least this long and this alike are the same line elsewhere.
_MOVED_LENGTH, _MOVED_ALIKE = 10, 0.7
#: A line alone between two known ones, no longer than this, has become the one that stands there now (a date).
_SHORT = 16
#: More pairs than this are not compared one by one.
_MOST_PAIRS = 40_000
_DIGITS = re.compile(r"[0-9０-９.,，%％]+")

Grams = Counter[str]
#: Finds pairs among some lines of then and of now.
Alike = Callable[[Sequence[str], Sequence[str], Sequence[int], Sequence[int]], dict[int, int]]


class Match(NamedTuple):
    """A line of then (`old`) and one of now (`new`); None where it has no partner. `moved`: it stood elsewhere."""

    old: int | None
    new: int | None
    moved: bool = False


def aligned(then: Sequence[str], now: Sequence[str]) -> tuple[Match, ...]:
    """Return the matches in the order of now; what is gone stands where it was."""
    pairs = dict(_runs(then, now, 0, len(then), 0, len(now)))
    moved = _moved_whole(then, now, pairs)
    for alike in (_but_for_figures, _most_alike):
        pairs |= _between(then, now, pairs, moved, alike)
    moved |= _moved_alike(then, now, {**pairs, **moved})
    return tuple(_ordered(len(then), len(now), pairs, moved))


def likeness(one: str, other: str) -> float:
    """Return how alike two lines are, from 0 to 1: the share of their letter pairs that both have."""
    return _dice(_grams(one), _grams(other))


def _runs(
    then: Sequence[str], now: Sequence[str], a: int, b: int, c: int, d: int
) -> Iterator[tuple[int, int]]:
    """Yield the lines that stayed as they are, in order: landmarks, and equal lines right between them."""
    while a < b and c < d and then[a] == now[c]:
        yield a, c
        a, c = a + 1, c + 1
    while a < b and c < d and then[b - 1] == now[d - 1]:
        b, d = b - 1, d - 1
        yield b, d
    landmarks = _landmarks(then, now, a, b, c, d)
    if landmarks:
        for (a1, c1), (b1, d1) in zip([(a - 1, c - 1), *landmarks], [*landmarks, (b, d)], strict=True):
            yield from _runs(then, now, a1 + 1, b1, c1 + 1, d1)
        yield from landmarks
    elif (b - a) * (d - c) <= _MOST_PAIRS:
        matcher = SequenceMatcher(None, then[a:b], now[c:d], autojunk=False)
        for one, other, size in matcher.get_matching_blocks():
            yield from ((a + one + at, c + other + at) for at in range(size))


def _landmarks(
    then: Sequence[str], now: Sequence[str], a: int, b: int, c: int, d: int
) -> list[tuple[int, int]]:
    """Return the longest run, in order in both, of lines that stand once in each, be it with other figures."""
    found, taken = dict[int, int](), set[int]()
    for seen_as in (str, _masked):
        old, new = _single(then, a, b, seen_as), _single(now, c, d, seen_as)
        for line, at in old.items():
            if line.strip("#\t ") and line in new and at not in found and new[line] not in taken:
                found[at] = new[line]
                taken.add(new[line])
    return _rising(sorted(found.items()))


def _single(lines: Sequence[str], start: int, end: int, seen_as: Callable[[str], str]) -> dict[str, int]:
    seen = [seen_as(line) for line in lines[start:end]]
    counts = Counter(seen)
    return {line: at for at, line in enumerate(seen, start) if counts[line] == 1}


def _rising(pairs: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return the longest subsequence that rises on both sides; `pairs` rise on the first."""
    ends, last, before = list[int](), list[int](), dict[int, int]()
    for number, (_, place) in enumerate(pairs):
        at = bisect_left(ends, place)
        if at:
            before[number] = last[at - 1]
        ends[at : at + 1], last[at : at + 1] = [place], [number]
    chain, number = list[tuple[int, int]](), last[-1] if last else -1
    while number >= 0:
        chain.append(pairs[number])
        number = before.get(number, -1)
    return chain[::-1]


def _masked(line: str) -> str:
    return _DIGITS.sub("#", line)


def _gaps(length: int, other: int, pairs: dict[int, int]) -> Iterator[tuple[int, int, int, int]]:
    """Yield the stretches [a, b), [c, d) between the pairs."""
    a = c = 0
    for one, two in [*sorted(pairs.items()), (length, other)]:
        if a < one or c < two:
            yield a, one, c, two
        a, c = one + 1, two + 1


def _moved_whole(then: Sequence[str], now: Sequence[str], pairs: dict[int, int]) -> dict[int, int]:
    """Return the lines that stand once in both, unchanged, but in another order."""
    old, new, taken = _single(then, 0, len(then), str), _single(now, 0, len(now), str), set(pairs.values())
    return {
        at: new[line]
        for line, at in old.items()
        if len(line) >= _MOVED_LENGTH and line in new and at not in pairs and new[line] not in taken
    }


def _between(
    then: Sequence[str], now: Sequence[str], pairs: dict[int, int], moved: dict[int, int], alike: Alike
) -> dict[int, int]:
    """Return which of the lines left between the pairs are the same line changed."""
    found, come = dict[int, int](), set(moved.values())
    for a, b, c, d in _gaps(len(then), len(now), pairs):
        old = [at for at in range(a, b) if at not in moved]
        new = [at for at in range(c, d) if at not in come]
        if old and new:
            found |= alike(then, now, old, new)
    return found


def _but_for_figures(
    then: Sequence[str], now: Sequence[str], old: Sequence[int], new: Sequence[int]
) -> dict[int, int]:
    """Return the pairs that differ in their figures alone."""
    left, right = [_masked(then[at]) for at in old], [_masked(now[at]) for at in new]
    runs = _runs(left, right, 0, len(left), 0, len(right))
    return {old[i]: new[j] for i, j in runs if left[i].strip("#\t ") or len(old) == len(new)}


def _most_alike(
    then: Sequence[str], now: Sequence[str], old: Sequence[int], new: Sequence[int]
) -> dict[int, int]:
    """Return the pairs, in order in both, most alike together; by order alone where they are too many."""
    if len(old) * len(new) > _MOST_PAIRS:
        return dict(zip(old, new, strict=False))
    if len(old) == len(new) == 1 and max(len(then[old[0]]), len(now[new[0]])) <= _SHORT:
        return {old[0]: new[0]} if _kin(then[old[0]], now[new[0]]) else {}
    left, right = [_grams(then[at]) for at in old], [_grams(now[at]) for at in new]
    gain = [
        [_gain(then[i], now[j], x, y) for j, y in zip(new, right, strict=True)]
        for i, x in zip(old, left, strict=True)
    ]
    best = [[0.0] * (len(new) + 1) for _ in range(len(old) + 1)]
    for i in range(len(old) - 1, -1, -1):
        for j in range(len(new) - 1, -1, -1):
            best[i][j] = max(best[i + 1][j], best[i][j + 1], gain[i][j] + best[i + 1][j + 1])
    found, i, j = dict[int, int](), 0, 0
    while i < len(old) and j < len(new):
        if gain[i][j] > 0 and best[i][j] == gain[i][j] + best[i + 1][j + 1]:
            found[old[i]] = new[j]
            i, j = i + 1, j + 1
        elif best[i][j] == best[i + 1][j]:
            i += 1
        else:
            j += 1
    return found


def _gain(old: str, new: str, left: Grams, right: Grams) -> float:
    """What it is worth to take two lines for one; a table row is never taken for a paragraph."""
    if not _kin(old, new):
        return 0.0
    return max(0.0, _dice(left, right) - (_ALIKE / 2 if "\t" in old else _ALIKE))


def _moved_alike(then: Sequence[str], now: Sequence[str], pairs: dict[int, int]) -> dict[int, int]:
    """Return the lines that moved and were changed on the way, the most alike first."""
    taken = set(pairs.values())
    old = [at for at, line in enumerate(then) if at not in pairs and len(line) >= _MOVED_LENGTH]
    new = [at for at, line in enumerate(now) if at not in taken and len(line) >= _MOVED_LENGTH]
    if len(old) * len(new) > _MOST_PAIRS:
        return {}
    left, right = {at: _grams(then[at]) for at in old}, {at: _grams(now[at]) for at in new}
    alike = sorted((-_dice(left[i], right[j]), i, j) for i in old for j in new if _kin(then[i], now[j]))
    found: dict[int, int] = {}
    for worth, i, j in alike:
        if -worth >= _MOVED_ALIKE and i not in found and j not in found.values():
            found[i] = j
    return found


def _kin(old: str, new: str) -> bool:
    """Whether both say something, as paragraphs or as table rows of one shape."""
    return old.count("\t") == new.count("\t") and bool(old.strip()) and bool(new.strip())


def _grams(line: str) -> Grams:
    return Counter(map("".join, zip(f"^{line}", f"{line}$", strict=True)))


def _dice(one: Grams, other: Grams) -> float:
    shared = sum(min(count, other[gram]) for gram, count in one.items() if gram in other)
    return 2 * shared / max(1, one.total() + other.total())


def _ordered(length: int, other: int, pairs: dict[int, int], moved: dict[int, int]) -> Iterator[Match]:
    """Yield the matches in the order of now; a line that is gone follows the line that it followed."""
    back, come = {new: old for old, new in pairs.items()}, {new: old for old, new in moved.items()}
    at = 0
    for new in range(other):
        if new in back:
            yield from _gone(at, back[new], pairs, moved)
            at = back[new] + 1
        yield Match(back.get(new, come.get(new)), new, new in come)
    yield from _gone(at, length, pairs, moved)


def _gone(start: int, end: int, pairs: dict[int, int], moved: dict[int, int]) -> Iterator[Match]:
    return (Match(old, None) for old in range(start, end) if old not in pairs and old not in moved)
