"""Page geometry, fonts and styles of official documents (GB/T 9704-2012 党政机关公文格式).

Lengths are in twips (1/1440 inch) as the standard's millimetres give them. Font names are the official
ones; a machine without them substitutes by its own rules, the file never names a substitute.
"""

from __future__ import annotations

from typing import Any

from docx.document import Document as WordFile
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Pt, Twips
from docx.styles.style import ParagraphStyle as WordStyle

from assistant.domain.base import Frozen

LATIN = "Times New Roman"
TITLE_FONT = "方正小标宋简体"
BODY_FONT = "仿宋_GB2312"
KAI_FONT = "楷体_GB2312"
HEI_FONT = "黑体"
SONG_FONT = "宋体"

SIZE_2 = 22.0  # 2号
SIZE_3 = 16.0  # 3号
SIZE_4 = 14.0  # 4号
SIZE_5 = 10.5  # 5号

PAGE_WIDTH, PAGE_HEIGHT = 11906, 16838
TOP, BOTTOM, LEFT, RIGHT = 2098, 1984, 1588, 1474  # 37, 35, 28, 26 mm
LINE_PITCH, CHAR_SPACE = 579, -848  # 22 lines of 28 characters
CONDENSED = -5  # twentieths of a point: 28 characters of 16 pt on 156 mm
TWO_CHARACTERS = 640
RED = "C00000"


class Look(Frozen):
    """How a style looks: East Asian font, size in points, and what it adds."""

    font: str
    size: float
    bold: bool = False
    indent: int = 0
    left: int = 0
    centred: bool = False
    level: int | None = None


TITLE = "知绩标题"
BODY = "知绩正文"
ANNEX_MARK = "知绩附件标识"
SIGNATURE = "知绩落款"
ANNEX_NOTE = "知绩附件说明"
CELL = "知绩表格"

LOOKS = {
    TITLE: Look(font=TITLE_FONT, size=SIZE_2, centred=True),
    BODY: Look(font=BODY_FONT, size=SIZE_3, indent=TWO_CHARACTERS),
    ANNEX_MARK: Look(font=HEI_FONT, size=SIZE_3),
    SIGNATURE: Look(font=BODY_FONT, size=SIZE_3),
    ANNEX_NOTE: Look(font=BODY_FONT, size=SIZE_3, left=1760),
    CELL: Look(font=SONG_FONT, size=SIZE_5),
}
HEADINGS = {
    "Heading 1": Look(font=HEI_FONT, size=SIZE_3, indent=TWO_CHARACTERS, level=0),
    "Heading 2": Look(font=KAI_FONT, size=SIZE_3, indent=TWO_CHARACTERS, level=1),
    "Heading 3": Look(font=BODY_FONT, size=SIZE_3, bold=True, indent=TWO_CHARACTERS, level=2),
    "Heading 4": Look(font=BODY_FONT, size=SIZE_3, indent=TWO_CHARACTERS, level=3),
}


def set_fonts(properties: Any, east_asian: str, latin: str = LATIN) -> None:
    """Set all four font slots of a run or style and drop the theme fonts, which would win otherwise."""
    fonts = properties.get_or_add_rFonts()
    for name in list(fonts.attrib):
        del fonts.attrib[name]
    for slot, font in (("ascii", latin), ("hAnsi", latin), ("eastAsia", east_asian), ("cs", latin)):
        fonts.set(qn(f"w:{slot}"), font)


def apply_styles(word: WordFile) -> None:
    """Define the styles of the document: real Word headings, so that the navigation pane works."""
    for name, look in LOOKS.items():
        style = word.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
        _dress(style, look)
    for name, look in HEADINGS.items():
        _dress(word.styles[name], look)
    _dress(word.styles["Normal"], Look(font=BODY_FONT, size=SIZE_3))
    _set_defaults(word)


def _set_defaults(word: WordFile) -> None:
    """Give the document defaults the body size too: the character grid counts from it in some programs."""
    defaults = word.styles.element.find(qn("w:docDefaults")).find(qn("w:rPrDefault")).find(qn("w:rPr"))
    for tag in ("w:sz", "w:szCs"):
        size = defaults.find(qn(tag))
        if size is not None:
            size.set(qn("w:val"), str(int(SIZE_3 * 2)))


def _dress(style: WordStyle, look: Look) -> None:
    set_fonts(style.element.get_or_add_rPr(), look.font)
    style.font.size = Pt(look.size)
    style.font.bold = look.bold
    style.font.italic = False
    style.font.color.rgb = None
    _drop_colour(style)
    if look.size == SIZE_3:
        _condense(style)
    form = style.paragraph_format
    form.space_before = form.space_after = Pt(0)
    form.keep_with_next = look.level is not None
    form.first_line_indent = Twips(look.indent) if look.indent else Twips(0)
    if style.name == CELL:
        form.line_spacing_rule = WD_LINE_SPACING.SINGLE
    else:
        form.line_spacing_rule = WD_LINE_SPACING.EXACTLY
        form.line_spacing = Twips(LINE_PITCH if look.size <= SIZE_3 else 700)
    form.left_indent = Twips(look.left)
    form.alignment = WD_ALIGN_PARAGRAPH.CENTER if look.centred else WD_ALIGN_PARAGRAPH.JUSTIFY
    if look.indent:
        _indent_by_characters(style)


def _indent_by_characters(style: WordStyle) -> None:
    """Say the indent in characters too, so that it follows the font size (首行缩进2字符)."""
    indent = style.element.get_or_add_pPr().find(qn("w:ind"))
    if indent is not None:
        indent.set(qn("w:firstLineChars"), "200")


def _condense(style: WordStyle) -> None:
    """Set characters so that 28 stand on a line in every program, whatever it makes of the grid."""
    spacing = OxmlElement("w:spacing")
    spacing.set(qn("w:val"), str(CONDENSED))
    style.element.get_or_add_rPr().append(spacing)


def _drop_colour(style: WordStyle) -> None:
    properties = style.element.get_or_add_rPr()
    for colour in properties.findall(qn("w:color")):
        properties.remove(colour)


def set_page(section: Any, *, landscape: bool = False) -> None:
    """Give a section the paper, margins and grid of the standard; landscape for wide tables."""
    properties = section._sectPr
    size = properties.get_or_add_pgSz()
    width, height = (PAGE_HEIGHT, PAGE_WIDTH) if landscape else (PAGE_WIDTH, PAGE_HEIGHT)
    size.set(qn("w:w"), str(width))
    size.set(qn("w:h"), str(height))
    if landscape:
        size.set(qn("w:orient"), "landscape")
    elif size.get(qn("w:orient")):
        del size.attrib[qn("w:orient")]
    # On a landscape page the top of the portrait page lies left: the margins turn with it.
    margins = (LEFT, RIGHT, TOP, BOTTOM) if landscape else (TOP, BOTTOM, LEFT, RIGHT)
    section.top_margin, section.bottom_margin, section.left_margin, section.right_margin = map(Twips, margins)
    section.footer_distance = Twips(1587 - 400 if not landscape else 850)
    _set_grid(properties, landscape)


def _set_grid(properties: Any, landscape: bool) -> None:
    for old in properties.findall(qn("w:docGrid")):
        properties.remove(old)
    grid = OxmlElement("w:docGrid")
    if not landscape:
        # Lines only: with "linesAndChars" LibreOffice gives a character wider than the cell two cells.
        grid.set(qn("w:type"), "lines")
        grid.set(qn("w:charSpace"), str(CHAR_SPACE))
    grid.set(qn("w:linePitch"), str(LINE_PITCH))
    properties.append(grid)
