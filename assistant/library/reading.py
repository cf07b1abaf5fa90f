"""What a reader of one format hands back: blocks not yet numbered, and remarks for the user.

Also how blocks are made from cells. It knows nothing about any one format.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from assistant.library.source import Block, BlockKind, ReadState


class Reading(NamedTuple):
    """Blocks in order, how much could be read, (rule, message) remarks, and notes with the place of their block."""

    blocks: Sequence[Block]
    state: ReadState = ReadState.COMPLETE
    remarks: Sequence[tuple[str, str]] = ()
    wrapped: bool = False
    raw: str = ""
    notes: Sequence[tuple[int, str]] = ()


def row(cells: Sequence[str], table: int, page: int | None = None) -> Block:
    """Return a table row: its cells joined by tab."""
    text = "\t".join(cells)
    return Block(index=0, text=text, kind=BlockKind.TABLE_ROW, cells=tuple(cells), table=table, page=page)


def paragraph(text: str, page: int | None = None) -> Block:
    """Return a paragraph."""
    return Block(index=0, text=text, page=page)


def heading(text: str, level: int) -> Block:
    """Return a heading that the file itself marks as one."""
    return Block(index=0, text=text, kind=BlockKind.HEADING, level=level)
