"""The headings of a report and what each section is about (章节); problems paired with their measures.

It knows the outlines of the trade and nothing about search.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.domain.base import Frozen
from assistant.domain.passage import SectionKind
from assistant.library.numbering import Marker, is_bare, marker_of, title_of
from assistant.library.paragraphs import JoinedParagraph, joined
from assistant.library.source import BlockKind, SourceText

#: Words of a heading, in the order they are tried.
_KINDS = (
    (SectionKind.PROBLEMS, r"存在.{0,6}问题|主要问题|问题[及和与、]|不足|困难"),
    (SectionKind.MEASURES, r"改进|整改|下一步|下步|措施"),
    (SectionKind.SUGGESTIONS, r"建议"),
    (SectionKind.ANNEX, r"^附\s*[件表录]"),
    (SectionKind.BENEFITS, r"效益"),
    (SectionKind.ACHIEVEMENTS, r"成效|成果|经验|做法|亮点"),
    (SectionKind.CONCLUSION, r"结论|自评得分|评价得分|综合评价|总体评价|评价等级"),
    (SectionKind.FUNDING, r"资金|支出|收支|预算|经费|决算"),
    (SectionKind.INDICATORS, r"指标|绩效目标|目标完成"),
    (SectionKind.MANAGEMENT, r"管理|制度|组织实施|实施程序|采购|招投标|报批|监督|验收"),
    (
        SectionKind.OVERVIEW,
        r"基本情况|概况|概述|背景|依据|简述|职能|机构|评价目的|评价设计|工作任务|实施情况|实施年度|实施范围",
    ),
)
_COMPILED = tuple((kind, re.compile(pattern)) for kind, pattern in _KINDS)
_MEASURE_WORDS = re.compile(r"改进措施|整改措施|^措施|下一步|建议")
_OWN = (SectionKind.PROBLEMS, SectionKind.MEASURES, SectionKind.SUGGESTIONS)
_QUOTED = re.compile(r"[“\"]([^”\"]{2,30})[”\"]")
_PROJECT = re.compile(r"(?:关于|建立)?(.{2,24}?)(?:项目|平台|工程|经费)")


class Placed(Frozen):
    """A paragraph in its section: headings above it, what the section is about, the sub-project in scope.

    `bare` says that it is a heading and nothing else.
    """

    paragraph: JoinedParagraph
    path: tuple[str, ...] = ()
    section: SectionKind = SectionKind.OTHER
    scope: str = ""
    level: int = 0
    bare: bool = False


class _Heading(Frozen):
    level: int
    title: str
    section: SectionKind
    scope: str = ""


def kind_of(title: str) -> SectionKind | None:
    """Return what a section of that title is about, None where the title does not say."""
    return next((kind for kind, pattern in _COMPILED if pattern.search(title)), None)


def placed(source: SourceText) -> tuple[Placed, ...]:
    """Return the paragraphs and table rows of the source, each in its section."""
    stack: list[_Heading] = []
    result = []
    for paragraph in joined(source):
        marker = _marker(paragraph)
        if marker is None:
            result.append(_under(stack, paragraph))
            continue
        stack = [heading for heading in stack if heading.level < marker.level]
        bare = is_bare(marker.rest)
        above = _under(stack, paragraph)
        heading = _heading(marker, stack, bare=bare)
        result.append(
            above.model_copy(
                update={
                    "section": heading.section,
                    "scope": heading.scope,
                    "level": marker.level,
                    "bare": bare,
                }
            )
        )
        stack.append(heading)
    return tuple(result)


def _marker(paragraph: JoinedParagraph) -> Marker | None:
    """Return the heading a paragraph opens: by its numbering, or by its style in the file."""
    if paragraph.block.kind is BlockKind.TABLE_ROW:
        return None
    found = marker_of(paragraph.text)
    if found is not None:
        return found
    if paragraph.block.kind is BlockKind.HEADING and paragraph.block.index > 0:
        return Marker(min(paragraph.block.level, 4), 0, paragraph.text.lstrip("# ").strip())
    return None


def _heading(marker: Marker, stack: Sequence[_Heading], *, bare: bool) -> _Heading:
    title = title_of(marker.rest)
    parent = stack[-1] if stack else None
    section = _section(title, parent, marker.level, bare=bare)
    scope = _scope(title) or (parent.scope if parent else "")
    return _Heading(level=marker.level, title=title, section=section, scope=scope)


def _section(title: str, parent: _Heading | None, level: int, *, bare: bool) -> SectionKind:
    """Return the kind of a section: problems and measures keep theirs, others follow their own title."""
    inherited = parent.section if parent else SectionKind.OTHER
    if parent and inherited in _OWN:
        turned = _MEASURE_WORDS.search(title) if inherited is SectionKind.PROBLEMS else None
        return SectionKind.MEASURES if turned and len(title) <= 12 else inherited
    own = kind_of(title) if level <= 2 or (bare and len(title) <= 30) else None
    if own in _OWN and level > 2:
        own = None
    return own or inherited


def _scope(title: str) -> str:
    """Return the sub-project that a title speaks of, "" where it names none."""
    quoted = _QUOTED.search(title)
    if quoted:
        return quoted.group(1)
    named = _PROJECT.match(title)
    return named.group(1) if named and len(title) > len(named.group(0)) else ""


def _under(stack: Sequence[_Heading], paragraph: JoinedParagraph) -> Placed:
    last = stack[-1] if stack else None
    return Placed(
        paragraph=paragraph,
        path=tuple(heading.title for heading in stack),
        section=last.section if last else SectionKind.OTHER,
        scope=last.scope if last else "",
    )


class Item(Frozen):
    """One problem or measure: its opening paragraph and those below it."""

    opening: Placed
    body: tuple[Placed, ...] = ()

    @property
    def text(self) -> str:
        """The words of the item, a paragraph a line."""
        return "\n".join(part.paragraph.text for part in (self.opening, *self.body))

    @property
    def last(self) -> int:
        """The last block that the item stands in."""
        return max(part.paragraph.last for part in (self.opening, *self.body))


def items(source: SourceText, *sections: SectionKind) -> tuple[Item, ...]:
    """Return the items of those sections: one for each numbered highest, or each paragraph where none is."""
    inside = [item for item in placed(source) if item.section in sections and not _is_chapter(item)]
    levels = [item.level for item in inside if item.level]
    if not levels:
        return tuple(Item(opening=item) for item in inside)
    found: list[Item] = []
    for part in inside:
        if part.level == min(levels):
            found.append(Item(opening=part))
        elif found:
            found[-1] = Item(opening=found[-1].opening, body=(*found[-1].body, part))
    return tuple(found)


def _is_chapter(item: Placed) -> bool:
    """Return whether the paragraph is only the heading that opens the section."""
    return item.bare and item.level == 1


def pairs(source: SourceText) -> tuple[tuple[Item, Item], ...]:
    """Return problems with their measures, paired by order; the surplus of either side is left out.

    Where a report has no measures its suggestions (建议) stand in for them.
    """
    problems, measures = _sides(source)
    return tuple(zip(problems, measures, strict=False))


def matched(source: SourceText) -> tuple[tuple[Item, Item], ...]:
    """Return the pairs that are sure: those of a source with as many measures as problems."""
    problems, measures = _sides(source)
    return tuple(zip(problems, measures, strict=True)) if len(problems) == len(measures) else ()


def _sides(source: SourceText) -> tuple[tuple[Item, ...], tuple[Item, ...]]:
    return (
        items(source, SectionKind.PROBLEMS),
        items(source, SectionKind.MEASURES) or items(source, SectionKind.SUGGESTIONS),
    )
