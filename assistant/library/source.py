"""The text of a file as numbered blocks (`SourceText`, 原文): paragraphs, headings and table rows in order.

This module holds the values and what can be said of them without opening a file; it knows nothing about
formats or about search.
"""

from __future__ import annotations

from enum import StrEnum
from itertools import accumulate
from pathlib import Path

from assistant.domain.base import Frozen
from assistant.domain.finding import Finding


class BlockKind(StrEnum):
    """What a block is in its file."""

    PARAGRAPH = "paragraph"
    HEADING = "heading"
    TABLE_ROW = "table_row"
    NOTE = "note"


class Block(Frozen):
    """One block: a non-empty line, a Word paragraph, or a table row (表格行).

    `index` counts the blocks of the source from 0. `text` of a table row is its cells joined by tab.
    `table` numbers the tables of the source from 0, `page` the pages of a PDF from 1, and `level` is the
    outline level of a heading that the file itself marks (1–9; 0 for none). `printed_row` says in which
    table and row a printed line of a PDF stands; its `cells` are the words of this line by column. `indented`
    says whether a printed line begins right of the margin, None where that is not known. `note_of` is the block that
    a note hangs on.
    """

    index: int
    text: str
    kind: BlockKind = BlockKind.PARAGRAPH
    cells: tuple[str, ...] = ()
    table: int | None = None
    page: int | None = None
    level: int = 0
    printed_row: tuple[int, int] | None = None
    indented: bool | None = None
    note_of: int | None = None


class ReadState(StrEnum):
    """How much of a file could be read; the value is the word for people."""

    COMPLETE = "完整"
    PARTIAL = "部分"
    SCANNED = "扫描件"


class SourceText(Frozen):
    """A file as text. `sha256` is of the file's bytes; `wrapped` says that its lines are those of a page.

    `raw` is the whole text of a plain text file with its line ends as "\\n" (empty for other formats).
    """

    path: Path
    blocks: tuple[Block, ...]
    sha256: str
    verdict: ReadState = ReadState.COMPLETE
    findings: tuple[Finding, ...] = ()
    wrapped: bool = False
    raw: str = ""
    notes: tuple[Block, ...] = ()

    @property
    def tables(self) -> int:
        """How many tables the source holds."""
        marked = {block.table for block in self.blocks if block.table is not None}
        return len(marked | {block.printed_row[0] for block in self.blocks if block.printed_row is not None})


def plain_text(source: SourceText) -> str:
    """Return the text that offsets of findings refer to.

    Of a plain text file the text itself; of any other its blocks joined by a line end.
    """
    return source.raw or "\n".join(block.text for block in source.blocks)


def block_starts(source: SourceText) -> tuple[int, ...]:
    """Return where each block begins in `plain_text(source)`."""
    if not source.raw:
        return tuple(accumulate((len(block.text) + 1 for block in source.blocks[:-1]), initial=0))
    starts, position = [], 0
    for block in source.blocks:
        start = source.raw.index(block.text, position)
        starts.append(start)
        position = start + len(block.text)
    return tuple(starts)


def numbered(blocks: list[Block]) -> tuple[Block, ...]:
    """Return the blocks with their indexes from 0."""
    return tuple(block.model_copy(update={"index": index}) for index, block in enumerate(blocks))
