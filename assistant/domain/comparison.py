"""Two texts word by word (逐字比对): what stayed, what came, what went; a figure with its unit is one word.

Chinese is compared character by character, western words and every number that `numerals` knows as wholes.
Knows nothing of paragraphs, files or of what the numbers mean.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher

from assistant.domain.base import Frozen
from assistant.domain.mention import MentionKind
from assistant.domain.numerals import scan

_PLAIN = re.compile(r"[A-Za-z]+|[0-9]+(?:[.,，][0-9]+)*|.", re.DOTALL)
_LISTING = (MentionKind.HEADING_NUMBER, MentionKind.ORDINAL)
_SIGNS = "≥≤≧≦＞＜＝<>= 　"
#: What stayed between two changes is no landmark where it is shorter than this.
_LANDMARK = 2


class Word(Frozen):
    """Characters [start, end) of a text; `is_figure` says that they are a number, its unit included."""

    start: int
    end: int
    text: str
    is_figure: bool = False


class Change(Frozen):
    """What stands for what: [old_start, old_end) of the one text became [new_start, new_end) of the other."""

    old_start: int
    old_end: int
    new_start: int
    new_end: int


class Piece(Frozen):
    """A run of words of a comparison: `kind` is same, added or removed."""

    kind: str
    words: str


class ChangedFigure(Frozen):
    """A number that became another one; "" where it came anew or went. Offsets are those of the new text."""

    was: str
    now: str
    start: int
    end: int


def words_of(text: str) -> tuple[Word, ...]:
    """Return the words of a text in order; joined they are the text."""
    words, at = list[Word](), 0
    for mention in scan(text):
        start, end = mention.end - len(mention.text.lstrip(_SIGNS)), mention.end
        if start < at:
            continue
        words += _plain(text, at, start)
        is_figure = mention.kind not in _LISTING
        words.append(Word(start=start, end=end, text=text[start:end], is_figure=is_figure))
        at = end
    return (*words, *_plain(text, at, len(text)))


def changes_between(before: str, after: str) -> tuple[Change, ...]:
    """Return the changes in order; none touches the next one."""
    old, new = words_of(before), words_of(after)
    matcher = SequenceMatcher(None, [w.text for w in old], [w.text for w in new], autojunk=False)
    found = [
        Change(
            old_start=_offset(old, a, before),
            old_end=_offset(old, b, before),
            new_start=_offset(new, c, after),
            new_end=_offset(new, d, after),
        )
        for kind, a, b, c, d in matcher.get_opcodes()
        if kind != "equal"
    ]
    return tuple(_joined(found, before))


def compared(before: str, after: str) -> tuple[Piece, ...]:
    """Return what became of a text, word by word; a figure with its unit is one word."""
    pieces, at = list[Piece](), 0
    for change in changes_between(before, after):
        pieces += _piece("same", after[at : change.new_start])
        pieces += _piece("removed", before[change.old_start : change.old_end])
        pieces += _piece("added", after[change.new_start : change.new_end])
        at = change.new_end
    return (*pieces, *_piece("same", after[at:]))


def changed_figures(before: str, after: str) -> tuple[ChangedFigure, ...]:
    """Return the numbers that changed, came or went; those of one change are paired in their order."""
    found = list[ChangedFigure]()
    old, new = _figures(before), _figures(after)
    for change in changes_between(before, after):
        was = [w.text for w in old if change.old_start <= w.start < change.old_end]
        now = [w for w in new if change.new_start <= w.start < change.new_end]
        for number in range(max(len(was), len(now))):
            word = now[number] if number < len(now) else None
            found.append(
                ChangedFigure(
                    was=was[number] if number < len(was) else "",
                    now=word.text if word else "",
                    start=word.start if word else change.new_start,
                    end=word.end if word else change.new_end,
                )
            )
    return tuple(figure for figure in found if figure.was != figure.now)


def _plain(text: str, start: int, end: int) -> Iterator[Word]:
    for match in _PLAIN.finditer(text, start, end):
        yield Word(start=match.start(), end=match.end(), text=match[0], is_figure=match[0][0].isdigit())


def _figures(text: str) -> list[Word]:
    return [word for word in words_of(text) if word.is_figure]


def _offset(words: Sequence[Word], number: int, text: str) -> int:
    return words[number].start if number < len(words) else len(text)


def _joined(changes: Sequence[Change], before: str) -> Iterator[Change]:
    """Yield the changes; those with less than a landmark between them are one, so that no sentence is shredded."""
    held: Change | None = None
    for change in changes:
        if held is not None and _is_shredded(held, change, before):
            held = held.model_copy(update={"old_end": change.old_end, "new_end": change.new_end})
            continue
        if held is not None:
            yield held
        held = change
    if held is not None:
        yield held


def _is_shredded(one: Change, other: Change, before: str) -> bool:
    """Whether so little stayed between two changes, both of words put for words, that it is chance."""
    between = before[one.old_end : other.old_start]
    if len(between) >= _LANDMARK or any(letter.isdigit() or letter in "\n\t，。；：、" for letter in between):
        return False
    return all(c.old_end - c.old_start > 1 and c.new_end - c.new_start > 1 for c in (one, other))


def _piece(kind: str, words: str) -> list[Piece]:
    return [Piece(kind=kind, words=words)] if words else []
