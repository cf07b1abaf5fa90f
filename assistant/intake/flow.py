"""The running text of a past report (正文): whole paragraphs without blanks, each with its sub-project in scope.

Knows where a paragraph stands and which sub-project its heading names, nothing of figures.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.domain.base import Frozen
from assistant.library.numbering import marker_of
from assistant.library.source import BlockKind, SourceText

_STOPPED = re.compile(r"[。！？；：;:]”?$")
_COUNT = "[0-9一二两三四五六七八九十]+"
_LIST = re.compile(
    rf"(?:包括|包含|下设|分为|设|设有|由)(?:以下)?{_COUNT}个子项目(?:组成)?[:：，,]?(?P<names>[^。]+)[。]"
)
_BRACKETED = re.compile(r"[（(][^（）()]*[)）]")
_LONGEST_HEADING = 36
#: Share of a name's letter pairs that a heading must hold to speak of that sub-project.
_ALIKE = 0.5
_HEAD = re.compile("[。：，]")
_CHAPTERS = 2


class Paragraph(Frozen):
    """A paragraph: its text without blanks, its level (0 for plain text), its number, and its sub-project.

    `scope` is the position of the sub-project that its heading names, None for the whole report.
    """

    number: int
    text: str
    level: int = 0
    section: str = ""
    scope: int | None = None

    @property
    def place(self) -> str:
        """Where it stands, in Chinese: 正文第12段."""
        return f"正文第{self.number}段"


def paragraphs_of(source: SourceText) -> tuple[Paragraph, ...]:
    """Return the paragraphs outside tables, lines that a page or a line end broke put together again."""
    texts: list[str] = []
    for text in _lines(source):
        if texts and not _begins(text) and not _ended(texts[-1]):
            texts[-1] += text
        else:
            texts.append(text)
    marked = [(text, marker_of(text)) for text in texts]
    return tuple(
        Paragraph(number=number, text=text, level=marker.level if marker and text[0] != "附" else 0)
        for number, (text, marker) in enumerate(marked, start=1)
    )


def _lines(source: SourceText) -> list[str]:
    """Return the lines that are no table rows; a row with one filled cell is a paragraph typed into a sheet."""
    lines = []
    for block in source.blocks:
        filled = [cell for cell in block.cells if cell.strip()]
        if block.printed_row is not None or (block.kind is BlockKind.TABLE_ROW and len(filled) != 1):
            continue
        text = "".join((filled[0] if filled else block.text).split())
        if text:
            lines.append(text)
    return lines


def _begins(text: str) -> bool:
    """Return whether a line opens a paragraph of its own: by its numbering, or as a caption."""
    return marker_of(text) is not None or re.match(r"[附图表]", text) is not None


def _ended(text: str) -> bool:
    """Return whether a paragraph is whole: it ends in a full stop, or is a bare heading or title."""
    if _STOPPED.search(text):
        return True
    bare = len(text) <= _LONGEST_HEADING and not re.search(r"[，。；]", text)
    return bare and (marker_of(text) is not None or text.endswith(("报告", "表", "万元", "日")))


def sub_projects_in(paragraphs: Sequence[Paragraph]) -> tuple[str, ...]:
    """Return the names that a sentence such as 包括3个子项目：甲、乙和丙 lists; none where there is none."""
    for paragraph in paragraphs:
        found = _LIST.search(paragraph.text)
        if found:
            return _names(found["names"])
    return ()


def _names(text: str) -> tuple[str, ...]:
    """Return the names of a list; quotation marks around a whole name are no part of it."""
    kept = _BRACKETED.findall(text)
    numbered = iter(range(len(kept)))
    outside = _BRACKETED.sub(lambda _: f"\x00{next(numbered)}\x00", text)
    parts = re.split(r"[、；;]|和(?=[“\u4e00-\u9fff])|以及", outside)
    names = [re.sub("\x00(\\d+)\x00", lambda found: kept[int(found[1])], part).strip("，,") for part in parts]
    return tuple(_unquoted(name) for name in names if name)


def _unquoted(name: str) -> str:
    """Return a name without quotation marks that stand around all of it."""
    inside = name[1:-1]
    whole = name.startswith("“") and name.endswith("”") and "“" not in inside and "”" not in inside
    return inside if whole else name


def scoped(paragraphs: Sequence[Paragraph], names: Sequence[str]) -> tuple[Paragraph, ...]:
    """Return the paragraphs with the sub-project their heading names and the titles above them."""
    scopes: dict[int, int] = {}
    titles: dict[int, str] = {}
    found = []
    for paragraph in paragraphs:
        if paragraph.level:
            scopes = {depth: scope for depth, scope in scopes.items() if depth < paragraph.level}
            titles = {depth: title for depth, title in titles.items() if depth < paragraph.level}
            titles[paragraph.level] = paragraph.text[:_LONGEST_HEADING]
            named = speaks_of(_HEAD.split(paragraph.text, maxsplit=1)[0], names)
            if named is not None:
                scopes[paragraph.level] = named
        section = "／".join(titles[depth] for depth in sorted(titles) if depth <= _CHAPTERS)
        scope = scopes[max(scopes)] if scopes else None
        found.append(paragraph.model_copy(update={"scope": scope, "section": section}))
    return tuple(found)


def speaks_of(text: str, names: Sequence[str]) -> int | None:
    """Return the position of the sub-project that a text names, by shared letter pairs; None for none."""
    shares = [(_share(name, text), -position) for position, name in enumerate(names)]
    best = max(shares, default=(0.0, 0))
    return -best[1] if best[0] >= _ALIKE else None


def _share(name: str, text: str) -> float:
    """Return how many of a name's letter pairs stand in a text, as a share."""
    plain = re.sub(r"[“”（）()]", "", name)
    pairs = {plain[start : start + 2] for start in range(len(plain) - 1)} or {plain}
    return sum(pair in text for pair in pairs) / len(pairs) if plain else 0.0
