"""A layout put into a Word file: its styles, the fonts of a run, paper, margins and grid of a section.

Font names are written as the layout gives them (officially those of GB/T 9704-2012); a machine without
them substitutes by its own rules, the file never names a substitute.
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

from assistant.export.layout import PAGE_HEIGHT, PAGE_WIDTH, Layout, default_layout
from assistant.export.roles import HEADINGS, Look, Role, look_of

BODY = Role.BODY.value
RED = "C00000"
_CHARACTER_UNIT = 4096  # w:charSpace counts in 1/4096 of a point
# What the schema of Word wants behind the element that is put in.
_AFTER_SPACING = ("w:w", "w:kern", "w:position", "w:sz", "w:szCs", "w:highlight", "w:u", "w:lang")
_AFTER_AUTO_SPACE = (
    *("w:topLinePunct", "w:autoSpaceDE", "w:autoSpaceDN"),
    *("w:bidi", "w:adjustRightInd", "w:snapToGrid", "w:spacing", "w:ind", "w:contextualSpacing"),
    *("w:mirrorIndents", "w:suppressOverlap", "w:jc", "w:textDirection", "w:textAlignment", "w:outlineLvl"),
)


def set_fonts(properties: Any, east_asian: str, latin: str) -> None:
    """Set all four font slots of a run or style and drop the theme fonts, which would win otherwise."""
    fonts = properties.get_or_add_rFonts()
    for name in list(fonts.attrib):
        del fonts.attrib[name]
    for slot, font in (("ascii", latin), ("hAnsi", latin), ("eastAsia", east_asian), ("cs", latin)):
        fonts.set(qn(f"w:{slot}"), font)


def apply_styles(word: WordFile, layout: Layout | None = None) -> None:
    """Define all our styles in a new document: real Word headings, so that the navigation pane works."""
    form = layout or default_layout()
    for role in Role:
        add_style(word, role, form)
    _dress(word.styles["Normal"], Look(font=form.fonts.body, size=form.sizes.body), form)
    _set_defaults(word, form)


def add_style(word: WordFile, role: Role, layout: Layout) -> WordStyle:
    """Define our own style of a role, over a style of that name where there is one."""
    known = {style.name for style in word.styles}
    style = (
        word.styles[role]
        if role in known
        else word.styles.add_style(str(role), WD_STYLE_TYPE.PARAGRAPH, builtin=role in HEADINGS)
    )
    _dress(style, look_of(role, layout), layout, role.level)
    return style


def _set_defaults(word: WordFile, layout: Layout) -> None:
    """Give the document defaults the body size too: the character grid counts from it in some programs."""
    defaults = word.styles.element.find(qn("w:docDefaults")).find(qn("w:rPrDefault")).find(qn("w:rPr"))
    for tag in ("w:sz", "w:szCs"):
        size = defaults.find(qn(tag))
        if size is not None:
            size.set(qn("w:val"), str(int(layout.sizes.body * 2)))


def _dress(style: WordStyle, look: Look, layout: Layout, level: int | None = None) -> None:
    set_fonts(style.element.get_or_add_rPr(), look.font, layout.fonts.latin)
    style.font.size = Pt(look.size)
    style.font.bold = look.bold
    style.font.italic = False
    style.font.color.rgb = None
    _drop_colour(style)
    if look.size == layout.sizes.body and layout.spacing:
        _condense(style, layout.spacing)
    # Punctuation stays inside the 版心, in every program alike.
    _switch_off(style, "w:overflowPunct")
    form = style.paragraph_format
    form.space_before = form.space_after = Pt(0)
    form.keep_with_next = level is not None
    form.first_line_indent = Twips(look.indent)
    form.left_indent = Twips(look.left)
    form.alignment = WD_ALIGN_PARAGRAPH.CENTER if look.centred else WD_ALIGN_PARAGRAPH.JUSTIFY
    if look.single:
        form.line_spacing_rule = WD_LINE_SPACING.SINGLE
        # No space between Chinese and western letters: narrow cells would break dates and figures.
        _switch_off(style, "w:autoSpaceDE", "w:autoSpaceDN")
    else:
        form.line_spacing_rule = WD_LINE_SPACING.EXACTLY
        pitch = layout.line_pitch if look.size <= layout.sizes.body else layout.title_pitch
        form.line_spacing = Twips(pitch)
    if look.indent:
        _indent_by_characters(style, layout.text.indent)
    if level is not None:
        _outline(style, level)


def _indent_by_characters(style: WordStyle, characters: int) -> None:
    """Say the indent in characters too, so that it follows the font size (首行缩进2字符)."""
    indent = style.element.get_or_add_pPr().find(qn("w:ind"))
    if indent is not None:
        indent.set(qn("w:firstLineChars"), str(characters * 100))


def _switch_off(style: WordStyle, *tags: str) -> None:
    """Switch off what Word does to a paragraph by itself, such as `w:overflowPunct`."""
    properties = style.element.get_or_add_pPr()
    for tag in tags:
        _drop(properties, tag)
        element = OxmlElement(tag)
        element.set(qn("w:val"), "0")
        properties.insert_element_before(element, *_AFTER_AUTO_SPACE)


def _outline(style: WordStyle, level: int) -> None:
    properties = style.element.get_or_add_pPr()
    _drop(properties, "w:outlineLvl")
    element = OxmlElement("w:outlineLvl")
    element.set(qn("w:val"), str(level))
    properties.append(element)


def _condense(style: WordStyle, twips: int) -> None:
    """Set characters so that the line holds as many as it should, whatever a program makes of the grid."""
    properties = style.element.get_or_add_rPr()
    _drop(properties, "w:spacing")
    spacing = OxmlElement("w:spacing")
    spacing.set(qn("w:val"), str(twips))
    properties.insert_element_before(spacing, *_AFTER_SPACING)


def _drop_colour(style: WordStyle) -> None:
    _drop(style.element.get_or_add_rPr(), "w:color")


def _drop(parent: Any, tag: str) -> None:
    for old in parent.findall(qn(tag)):
        parent.remove(old)


def set_page(section: Any, layout: Layout | None = None, *, landscape: bool = False) -> None:
    """Give a section the paper, margins and grid of the layout; landscape for wide tables."""
    form = layout or default_layout()
    turn(section, landscape=landscape)
    top, bottom, left, right = form.margins
    # On a landscape page the top of the portrait page lies left: the margins turn with it.
    margins = (left, right, top, bottom) if landscape else (top, bottom, left, right)
    section.top_margin, section.bottom_margin, section.left_margin, section.right_margin = map(Twips, margins)
    section.footer_distance = Twips(min(850, margins[1]) if landscape else max(300, bottom - 800))
    _set_grid(section._sectPr, form, landscape)


def lay(section: Any, *, landscape: bool) -> None:
    """Turn a section of a template on its side, or upright again, margins included; as it is where it lies so."""
    width, height = section.page_width or 0, section.page_height or 0
    if (width > height) == landscape:
        return
    sides = (section.left_margin, section.right_margin, section.top_margin, section.bottom_margin)
    turn(section, landscape=landscape)
    section.page_width, section.page_height = height, width
    section.top_margin, section.bottom_margin, section.left_margin, section.right_margin = sides


def turn(section: Any, *, landscape: bool) -> None:
    """Lay A4 paper across or upright."""
    size = section._sectPr.get_or_add_pgSz()
    width, height = (PAGE_HEIGHT, PAGE_WIDTH) if landscape else (PAGE_WIDTH, PAGE_HEIGHT)
    size.set(qn("w:w"), str(width))
    size.set(qn("w:h"), str(height))
    if landscape:
        size.set(qn("w:orient"), "landscape")
    elif size.get(qn("w:orient")):
        del size.attrib[qn("w:orient")]


def _set_grid(properties: Any, layout: Layout, landscape: bool) -> None:
    _drop(properties, "w:docGrid")
    grid = OxmlElement("w:docGrid")
    if not landscape:
        # Lines only: with "linesAndChars" LibreOffice gives a character wider than the cell two cells.
        grid.set(qn("w:type"), "lines")
        if layout.text.characters:
            space = layout.text_width / layout.text.characters / 20 - layout.sizes.body
            grid.set(qn("w:charSpace"), str(round(space * _CHARACTER_UNIT)))
    grid.set(qn("w:linePitch"), str(layout.line_pitch))
    properties.append(grid)
