"""An exported Word file that comes back from a person's hands (回收): which of its lines is which of the draft.

Held against the lines as exported where the file still carries them, against the draft's own where not. Knows
nothing of figures; what became of cover, annexes and tables is said as findings, for the draft has no place for it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import takewhile
from typing import NamedTuple

from assistant.domain.alignment import Match, aligned
from assistant.domain.draft import Draft, ParagraphStyle
from assistant.domain.finding import Finding
from assistant.domain.handwork import HandLine, Handwork, Place
from assistant.export.changes import changes_of
from assistant.library.source import Block, BlockKind

_ANNEX = re.compile(r"附\s*件\s*[0-9一二三四五六七八九十]*\s*(?:[:：.．、]|$)")

_NUMBER = re.compile(r"^(?:[一二三四五六七八九十百]+、|（[一二三四五六七八九十百]+）|\d{1,3}\.|（\d{1,3}）)")


class Returned(NamedTuple):
    """The text by hand, what was changed outside the draft, and how many of its paragraphs were found again."""

    work: Handwork
    outside: tuple[Finding, ...]
    known: int


class _Exported(NamedTuple):
    """The lines as exported with what each is: the title, a paragraph of the draft, a line of the signature.

    `numbers` are those of headings that the file leaves to Word (a template with numbered headings).
    """

    lines: Sequence[str]
    title: int
    places: Mapping[int, Place]
    numbers: Mapping[int, str]
    signature: Sequence[int]


def returned(blocks: Sequence[Block], draft: Draft, exported: Sequence[str] = ()) -> Returned:
    """Return what a person made of the draft; `exported` are the lines of the file as it went out."""
    then = _located(exported, draft) if exported else _located(_lines_of(draft), draft)
    matches = aligned(then.lines, [block.text for block in blocks])
    body = _body(matches, then, blocks)
    work = Handwork(
        title=next(
            (_flat(blocks[m.new]) for m in matches if m.old == then.title and m.new is not None), draft.title
        ),
        lines=tuple(_line(match, then, blocks) for match in body),
        signature=tuple(_signature(matches, then, blocks, draft)),
    )
    outside = _outside(matches, then, blocks, {match.new for match in body}) if exported else []
    return Returned(work, tuple(outside), sum(line.place is not None for line in work.lines))


def _lines_of(draft: Draft) -> list[str]:
    return [draft.title, "", *(p.text for p in draft.paragraphs), "", *draft.signature]


def _located(lines: Sequence[str], draft: Draft) -> _Exported:
    """Find the draft in the lines: the report begins at its last title, a contents may repeat the headings before."""
    titles = [at for at, line in enumerate(lines) if line == draft.title]
    first = draft.paragraphs[0].text if draft.paragraphs else ""
    title = next((at for at in reversed(titles) if _next(lines, first, at) is not None), -1)
    at, places, numbers = title + 1, dict[int, Place](), dict[int, str]()
    for section in draft.sections:
        for paragraph in section.paragraphs:
            found = _next(lines, paragraph.text, at, heading=paragraph.style is not ParagraphStyle.BODY)
            if found is not None:
                places[found], at = (section.id, paragraph.id), found + 1
                numbers[found] = paragraph.text.removesuffix(lines[found])
    signature = [_next(lines, line, at) for line in draft.signature]
    return _Exported(lines, title, places, numbers, [-1 if line is None else line for line in signature])


def _next(lines: Sequence[str], text: str, start: int, *, heading: bool = False) -> int | None:
    """Return where a text stands next, a heading also without its number."""
    at = next((at for at in range(start, len(lines)) if lines[at] == text), None)
    if at is not None or not heading:
        return at
    bare = _NUMBER.sub("", text, count=1)
    return next((at for at in range(start, len(lines)) if lines[at] == bare), None)


def _body(matches: Sequence[Match], then: _Exported, blocks: Sequence[Block]) -> list[Match]:
    """Return the matches of the report's paragraphs, new ones among them; blank lines and tables are none."""
    now = [match for match in matches if match.new is not None]
    ours = [at for at, match in enumerate(now) if match.old in then.places]
    if not ours:
        return []
    title = [at for at, match in enumerate(now[: ours[0]]) if match.old == then.title]
    added = takewhile(lambda match: _is_more(match, blocks), now[ours[-1] + 1 :])
    whole = [*now[title[-1] + 1 if title else ours[0] : ours[-1] + 1], *added]
    return [match for match in whole if _is_line(match, then, blocks)]


def _is_more(match: Match, blocks: Sequence[Block]) -> bool:
    """Whether what follows the last known paragraph is one more: new, and not yet the list of annexes."""
    text = blocks[match.new or 0].text.strip()
    return match.old is None and bool(text) and not _ANNEX.match(text)


def _is_line(match: Match, then: _Exported, blocks: Sequence[Block]) -> bool:
    if match.new is None:
        return False
    block = blocks[match.new]
    if match.old in then.places:
        return bool(block.text.strip())
    return match.old is None and bool(block.text.strip()) and block.kind is not BlockKind.TABLE_ROW


def _line(match: Match, then: _Exported, blocks: Sequence[Block]) -> HandLine:
    block = blocks[match.new or 0]
    if match.old is None:
        return HandLine(words=_flat(block), level=block.level)
    number = then.numbers[match.old]
    return HandLine(
        words=number + _flat(block),
        place=then.places[match.old],
        before=number + then.lines[match.old],
        level=block.level,
        moved=match.moved,
    )


def _flat(block: Block) -> str:
    """Return the words of a paragraph on one line; a line break within it is no word."""
    return "".join(part.strip() for part in block.text.split("\n")) if "\n" in block.text else block.text


def _signature(
    matches: Sequence[Match], then: _Exported, blocks: Sequence[Block], draft: Draft
) -> Iterator[str]:
    """Yield the lines of the signature as they are now; a line that is gone is waited for again."""
    now = {match.old: blocks[match.new].text.strip() for match in matches if match.new is not None}
    for at, line in zip(then.signature, draft.signature, strict=True):
        yield now.get(at, line)


def _outside(
    matches: Sequence[Match], then: _Exported, blocks: Sequence[Block], inside: set[int | None]
) -> list[Finding]:
    own = {then.title, *then.signature, *then.places}
    other = [m for m in matches if m.old not in own and (m.new is None or m.new not in inside)]
    return changes_of(other, then.lines, [block.text for block in blocks])
