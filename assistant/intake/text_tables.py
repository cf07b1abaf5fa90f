"""The tables inside a text or PDF as grids (文字中的表格): the whole text, the reader's rows, or printed lines.

Where a PDF draws no rules, a line that holds the column words opens a table, and the lines below it that end
in numbers are its rows. Knows nothing of what the columns mean to a report.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from itertools import takewhile

from assistant.intake.columns import field_of, words
from assistant.intake.funding_block import COLUMNS
from assistant.intake.grid import Cell, Grid
from assistant.library.paragraphs import join_lines
from assistant.library.source import Block, BlockKind, SourceText

_NUMBER = re.compile(r"[-−]?\d[\d,]*(?:\.\d+)?[%％]?|—")
_SERIAL = re.compile(r"\d{1,2}")
#: Pieces of a cell that a PDF prints on lines of their own: how long one is, how many there are.
_LONGEST_PIECE, _MOST_PIECES = 24, 6


def table_grids(source: SourceText) -> list[Grid]:
    """Return one grid for every table of the source, the line above it as its caption (row 0)."""
    blocks = source.blocks
    numbers = list(dict.fromkeys(block.table for block in blocks if block.table is not None))
    grids = [*(_of_rows(source, number) for number in numbers), *printed_grids(source)]
    for position, block in enumerate(blocks):
        ruled = block.kind is BlockKind.TABLE_ROW or block.printed_row is not None
        if not ruled and (header := _header(block.text)):
            grids.append(_of_lines(blocks, position, header))
    return grids


def grid_of_source(name: str, source: SourceText) -> Grid:
    """Return all blocks of a text as one grid: a line or table row is a row, a paragraph a row of one cell."""
    cells = [
        _cell(row, column, text)
        for row, block in enumerate(source.blocks, start=1)
        for column, text in enumerate(block.cells or (block.text,), start=1)
    ]
    return Grid(name, cells, kind="文件")


def printed_grids(source: SourceText) -> list[Grid]:
    """Return the ruled tables of a PDF; one that goes on over a page is one, its repeated header dropped."""
    tables: list[tuple[str, list[dict[int, str]]]] = []
    numbers = list(dict.fromkeys(block.printed_row[0] for block in source.blocks if block.printed_row))
    for number in numbers:
        lines = [block for block in source.blocks if block.printed_row and block.printed_row[0] == number]
        rows, above = _printed_rows(lines), lines[0].index - 1
        caption = source.blocks[above].text if above >= 0 else ""
        follows = above >= 0 and source.blocks[above].printed_row is not None
        repeated = bool(tables) and _same(rows[0], tables[-1][1][0])
        if tables and follows and (repeated or not _has_header(rows)):
            tables[-1][1].extend(rows[1:] if repeated else rows)
        else:
            tables.append((caption, rows))
    return [_grid(number, caption, rows) for number, (caption, rows) in enumerate(tables, start=1)]


def _printed_rows(lines: Sequence[Block]) -> list[dict[int, str]]:
    """Return the rows of a printed table: the words of its lines put together column by column."""
    rows: dict[int, dict[int, str]] = {}
    for block in lines:
        cells = rows.setdefault(block.printed_row[1] if block.printed_row else 0, {})
        for column, text in enumerate(block.cells, start=1):
            cells[column] = join_lines([cells.get(column, ""), text.strip()])
    return [rows[row] for row in sorted(rows)]


def _same(first: dict[int, str], second: dict[int, str]) -> bool:
    """Return whether two rows hold the same words."""
    return [text for text in first.values() if text] == [text for text in second.values() if text]


def _has_header(rows: Sequence[dict[int, str]]) -> bool:
    """Return whether a table begins with column words."""
    first = rows[0].values() if rows else ()
    known = {field_of(table, _cell(1, 1, text)) for table in ("funding", "indicators") for text in first}
    return len(known - {None}) >= 2


def _grid(number: int, caption: str, rows: Sequence[dict[int, str]]) -> Grid:
    """Return rows of words as a grid, the caption as row 0."""
    cells = [_cell(0, 1, caption)]
    for row, texts in enumerate(rows, start=1):
        cells += [_cell(row, column, text) for column, text in texts.items()]
    return Grid(f"第{number}个表", cells, kind="文件")


def _of_rows(source: SourceText, number: int) -> Grid:
    """Return the grid of one table that the reader found."""
    rows = [block for block in source.blocks if block.table == number]
    above = rows[0].index - 1
    caption = source.blocks[above].text if above >= 0 else ""
    cells = [_cell(0, 1, caption)]
    for row, block in enumerate(rows, start=1):
        cells += [
            _cell(row, column, text) for column, text in enumerate(block.cells or (block.text,), start=1)
        ]
    return Grid(f"第{number + 1}个表", cells, kind="文件")


@cache
def _column_words() -> re.Pattern[str]:
    """Return the pattern of the column words, which a PDF may print without blanks between them."""
    fields = ("initial_budget", "annual_budget", "expenditure", "rate", "score", "weight")
    known = sorted({word for field in fields for word in words("funding", field)}, key=len, reverse=True)
    return re.compile(f"(序号|未支付数|未支出|结余数?|{'|'.join(map(re.escape, known))})")


def _header(text: str) -> list[str]:
    """Return the words of a line that heads a table of money, none for any other line."""
    tokens = [word for part in text.split() for word in _column_words().split(part) if word]
    fields = {field_of("funding", _cell(1, 1, token)) for token in tokens}
    return tokens if len(fields & set(COLUMNS)) >= 2 and len(text) <= 60 else []


def _of_lines(blocks: Sequence[Block], start: int, header: list[str]) -> Grid:
    """Return the grid of the lines below a header line, down to the first that ends in no number."""
    caption = blocks[start - 1].text if start else ""
    cells = [_cell(0, 1, caption), *(_cell(1, column, word) for column, word in enumerate(header, start=1))]
    for row, values in enumerate(_rows(blocks[start + 1 :], header), start=2):
        cells += [_cell(row, column, text) for column, text in enumerate(values, start=1)]
    return Grid(f"第{blocks[start].page or 1}页的表", cells, kind="文件")


def _rows(blocks: Sequence[Block], header: list[str]) -> list[list[str]]:
    """Return the rows below a header: a name that was printed on lines of its own belongs to the numbers after it."""
    rows: list[list[str]] = []
    loose: list[str] = []
    for block in blocks:
        text = block.text
        if loose and text and _NUMBER.fullmatch(text.split()[0]):
            text = f"{_last_cell(loose)} {text}"
        values = _values(text, header)
        if values:
            rows.append(values)
            loose = []
        elif _ends(block.text, loose):
            break
        else:
            loose.append(text)
    return rows


def _ends(text: str, loose: Sequence[str]) -> bool:
    """Return whether a line cannot belong to the table any more: prose, a caption, a heading, another header."""
    other = re.match(r"[附续]?[表图]\s*[0-9一二三四五六七八九十]|[（(][一二三四五六七八九十]+[)）]", text)
    return (
        bool(other)
        or "。" in text
        or len(text) > _LONGEST_PIECE
        or len(loose) == _MOST_PIECES
        or bool(_header(text))
    )


def _last_cell(lines: Sequence[str]) -> str:
    """Return the last cell of loose lines: a cell ends with a line shorter than the one before it."""
    cell: list[str] = []
    for line in lines:
        if len(cell) > 1 and len(cell[-1]) < len(cell[-2]):
            cell = []
        cell.append(line)
    return "".join("".join(cell).split())


def _values(text: str, header: list[str]) -> list[str]:
    """Return the cells of a printed line under its header; none where it is no row of that table."""
    tokens = text.split()
    wordy = next((n for n, word in enumerate(header) if field_of("funding", _cell(1, 1, word))), 0)
    if tokens and header[0] in ("序号", "编号") and not _SERIAL.fullmatch(tokens[0]):
        tokens = ["", *tokens]
    first = next((n for n, token in enumerate(tokens) if n >= 1 and _NUMBER.fullmatch(token)), None)
    numeric = sum(field_of("funding", _cell(1, 1, word)) is not None for word in header)
    run = 0 if first is None else sum(1 for _ in takewhile(_NUMBER.fullmatch, tokens[first:]))
    if first is None or run < numeric:
        return []
    names, wide = tokens[:first], len(header) - wordy
    lead = [*names[: wordy - 1], "".join(names[wordy - 1 :])] if wordy else []
    lead += [""] * (wordy - len(lead))
    values = [*tokens[first : first + wide - 1], " ".join(tokens[first + wide - 1 :])]
    return [*lead, *values, *[""] * (wide - len(values))]


def _cell(row: int, column: int, text: str) -> Cell:
    return Cell(row=row, column=column, last_row=row, last_column=column, text=text.strip())
