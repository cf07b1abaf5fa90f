"""Cut a source into what search returns (`Chunk`, 片段): one paragraph or one table row each.

A heading alone is no chunk: it goes along with the paragraphs below it. It knows nothing about vectors.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence

from assistant.domain.base import Frozen
from assistant.domain.passage import SectionKind
from assistant.library.paragraphs import JoinedParagraph
from assistant.library.profile import title_of_source
from assistant.library.sections import Placed, matched, placed
from assistant.library.source import Block, BlockKind, SourceText

_WORD = re.compile(r"[\u4e00-\u9fffA-Za-z]")
#: What a column can be called.
_COLUMN = re.compile(
    r".{0,6}(?:指标|名称|金额|预算数?|执行数?|执行率|资金|来源|渠道|分值|权重|得分|目标值?|完成值|完成情况|指标值|原因|措施|说明"
    r"|单位|序号|总计|合计|拨款|内容|项目|任务|类别|备注|年度|数量|单价|标准|事项)(?:[（(].{1,8}[)）])?(?:及.{1,8})?"
)
_SAID_IN_HEADINGS = (SectionKind.PROBLEMS, SectionKind.MEASURES, SectionKind.SUGGESTIONS)


class Chunk(Frozen):
    """A paragraph or table row with its place: blocks [first, last], headings above it, section, scope.

    `id` stays the same while the source, the place and the words do. `pair` numbers the problems of the source and
    the measures that answer them alike, from 0; -1 for what is neither.
    """

    id: str
    first: int
    last: int
    text: str
    heading: tuple[str, ...] = ()
    section: SectionKind = SectionKind.OTHER
    scope: str = ""
    is_row: bool = False
    pair: int = -1


def chunks_of(source: SourceText, name: str) -> tuple[Chunk, ...]:
    """Return the chunks of a source; `name` is what it is called in the library."""
    title, paired, items = title_of_source(source), _pair_numbers(source), placed(source)
    found = [
        _chunk(item, name, paired.get(item.paragraph.first, -1))
        for item in items
        if _is_worth_finding(item) and not _is_of_title(item, title)
    ]
    return (*found, *(_chunk(_placed_note(note, items), name, -1) for note in source.notes))


def _placed_note(note: Block, items: Sequence[Placed]) -> Placed:
    """Return a note in the section of the paragraph or row that it hangs on."""
    held = JoinedParagraph(first=note.index, last=note.index, text=note.text, block=note)
    for item in items:
        if note.note_of is not None and item.paragraph.first <= note.note_of <= item.paragraph.last:
            return Placed(paragraph=held, path=item.path, section=item.section, scope=item.scope)
    return Placed(paragraph=held)


def _pair_numbers(source: SourceText) -> dict[int, int]:
    """Return the number of the pair that each paragraph of a problem or measure is of, by its first block."""
    return {
        part.paragraph.first: number
        for number, pair in enumerate(matched(source))
        for item in pair
        for part in (item.opening, *item.body)
    }


def _is_of_title(item: Placed, title: str) -> bool:
    """Return whether the paragraph is the title of the report or a line of it: it goes along with every chunk."""
    return not item.path and "".join(item.paragraph.text.lstrip("# ").split()) in title


def _is_worth_finding(item: Placed) -> bool:
    """Return whether a paragraph says something by itself."""
    text = item.paragraph.text
    if len(_WORD.findall(text)) < 4 or _is_table_head(item.paragraph.block.cells):
        return False
    if not item.bare and item.paragraph.block.kind is not BlockKind.HEADING:
        return True
    return item.section in _SAID_IN_HEADINGS and item.level >= 2


def _is_table_head(cells: tuple[str, ...]) -> bool:
    """Return whether a table row only names columns: three or more short cells without any figure."""
    filled = [cell for cell in cells if cell.strip()]
    return len(filled) >= 3 and all(_COLUMN.fullmatch("".join(cell.split())) for cell in filled)


def _chunk(item: Placed, name: str, pair: int) -> Chunk:
    paragraph = item.paragraph
    digest = hashlib.sha256(f"{name}\n{paragraph.first}\n{paragraph.text}".encode()).hexdigest()
    return Chunk(
        id=digest[:16],
        first=paragraph.first,
        last=paragraph.last,
        text=paragraph.text,
        heading=item.path,
        section=item.section,
        scope=item.scope,
        is_row=paragraph.block.kind is BlockKind.TABLE_ROW,
        pair=pair,
    )
