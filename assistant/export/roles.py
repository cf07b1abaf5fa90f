"""The roles that paragraphs play (标题、正文、各级标题……) and how each looks by a layout.

Knows nothing of the document that they are written into.
"""

from __future__ import annotations

from enum import StrEnum

from assistant.domain.base import Frozen
from assistant.export.layout import Layout


class Role(StrEnum):
    """What a paragraph is; the value is the name of our own style for it."""

    TITLE = "知绩标题"
    HEADING1 = "Heading 1"
    HEADING2 = "Heading 2"
    HEADING3 = "Heading 3"
    HEADING4 = "Heading 4"
    BODY = "知绩正文"
    ANNEX_MARK = "知绩附件标识"
    ANNEX_NOTE = "知绩附件说明"
    SIGNATURE = "知绩落款"
    CELL = "知绩表格"

    @property
    def level(self) -> int | None:
        """The outline level of a heading, counted from 0; None for what is none."""
        return HEADINGS.index(self) if self in HEADINGS else None

    @property
    def label(self) -> str:
        """The words for people."""
        return _LABELS[self]


HEADINGS = (Role.HEADING1, Role.HEADING2, Role.HEADING3, Role.HEADING4)
_LABELS = {
    Role.TITLE: "标题",
    Role.HEADING1: "一级标题",
    Role.HEADING2: "二级标题",
    Role.HEADING3: "三级标题",
    Role.HEADING4: "四级标题",
    Role.BODY: "正文",
    Role.ANNEX_MARK: "附件标识",
    Role.ANNEX_NOTE: "附件说明",
    Role.SIGNATURE: "落款",
    Role.CELL: "表格文字",
}


class Look(Frozen):
    """How a style looks: East Asian font, size in points, indents in twips."""

    font: str
    size: float
    bold: bool = False
    indent: int = 0
    left: int = 0
    centred: bool = False
    single: bool = False


def look_of(role: Role, layout: Layout) -> Look:
    """Return how a role looks in our own styles."""
    fonts, sizes = layout.fonts, layout.sizes
    indent = layout.text.indent * layout.character
    looks = {
        Role.TITLE: Look(font=fonts.title, size=sizes.title, centred=True),
        Role.HEADING1: Look(font=fonts.heading1, size=sizes.body, indent=indent),
        Role.HEADING2: Look(font=fonts.heading2, size=sizes.body, indent=indent),
        Role.HEADING3: Look(font=fonts.body, size=sizes.body, bold=True, indent=indent),
        Role.ANNEX_MARK: Look(font=fonts.heading1, size=sizes.body),
        Role.ANNEX_NOTE: Look(font=fonts.body, size=sizes.body, left=round(5.5 * layout.character)),
        Role.SIGNATURE: Look(font=fonts.body, size=sizes.body),
        Role.CELL: Look(font=fonts.table, size=sizes.table, single=True),
    }
    return looks.get(role, Look(font=fonts.body, size=sizes.body, indent=indent))
