"""The layout (版式) of a Word file as a value: margins, fonts, sizes, line pitch and numbering.

The default is GB/T 9704-2012 (layout.toml beside this file); a unit's own file states what differs.
Knows nothing of Word's XML; lengths come out in twips (1/1440 inch).
"""

from __future__ import annotations

import math
import tomllib
from enum import StrEnum
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Any

from pydantic import Field, ValidationError

from assistant.domain.base import Frozen
from assistant.errors import FileMissing, InputError

#: A4 in twips.
PAGE_WIDTH, PAGE_HEIGHT = 11906, 16838
_TWIPS_OF_MM = 1440 / 25.4
_TWIPS_OF_POINT = 20
_TITLE_LEADING = 1.25  # height of a line of the title by the size of its letters
_CONDENSED_AT_MOST = 20  # twentieths of a point: beyond it letters would touch
_DEFAULT = "layout.toml"
_REMEDY = "请对照默认版式 assistant/export/layout.toml 改正"


class HeadingNumbers(StrEnum):
    """How headings are numbered (标题编号): in their words, by Word as 一、 or as 1.1, or not at all."""

    TEXT = "text"
    WORD = "word"
    DECIMAL = "decimal"
    NONE = "none"


class PageNumbers(StrEnum):
    """How pages are numbered (页码): "— 1 —" odd right and even left, "1" in the middle, or not at all."""

    DASH = "dash"
    PLAIN = "plain"
    NONE = "none"


class Page(Frozen):
    """The margins (页边距) of a portrait A4 page in mm; a landscape page turns them with it."""

    top: float = Field(ge=5, le=80)
    bottom: float = Field(ge=5, le=80)
    left: float = Field(ge=5, le=60)
    right: float = Field(ge=5, le=60)


class Fonts(Frozen):
    """The names of the fonts (字体) as they are written into the file, present on this machine or not."""

    title: str = Field(min_length=1)
    heading1: str = Field(min_length=1)
    heading2: str = Field(min_length=1)
    body: str = Field(min_length=1)
    table: str = Field(min_length=1)
    table_head: str = Field(min_length=1)
    page_number: str = Field(min_length=1)
    latin: str = Field(min_length=1)


class Sizes(Frozen):
    """The sizes of letters (字号) in points."""

    title: float = Field(ge=6, le=72)
    body: float = Field(ge=6, le=72)
    table: float = Field(ge=5, le=36)
    page_number: float = Field(ge=5, le=36)


class Text(Frozen):
    """Lines: exact pitch (行距) in points, characters a line (0: as they come), first line indent in characters."""

    line_pitch: float = Field(ge=8, le=100)
    characters: int = Field(ge=0, le=60)
    indent: int = Field(ge=0, le=8)


class Numbering(Frozen):
    """How headings and pages are numbered."""

    headings: HeadingNumbers
    pages: PageNumbers


class Layout(Frozen):
    """The whole layout (版式)."""

    page: Page
    fonts: Fonts
    sizes: Sizes
    text: Text
    numbering: Numbering

    @property
    def margins(self) -> tuple[int, int, int, int]:
        """Top, bottom, left and right margin of a portrait page in twips."""
        sides = (self.page.top, self.page.bottom, self.page.left, self.page.right)
        top, bottom, left, right = (round(side * _TWIPS_OF_MM) for side in sides)
        return top, bottom, left, right

    @property
    def text_width(self) -> int:
        """Width of the text of a portrait page in twips."""
        _, _, left, right = self.margins
        return PAGE_WIDTH - left - right

    @property
    def line_pitch(self) -> int:
        """Height of a line of text in twips."""
        return round(self.text.line_pitch * _TWIPS_OF_POINT)

    @property
    def character(self) -> int:
        """Width of a character of the body in twips."""
        return round(self.sizes.body * _TWIPS_OF_POINT)

    @property
    def spacing(self) -> int:
        """What is added between characters of the body so that a line holds them, in twips (mostly negative)."""
        if not self.text.characters:
            return 0
        free = math.floor(self.text_width / self.text.characters - self.character)
        return free if -_CONDENSED_AT_MOST <= free <= _CONDENSED_AT_MOST else 0

    @property
    def text_height(self) -> int:
        """Height of the text of a portrait page in twips."""
        top, bottom, _, _ = self.margins
        return PAGE_HEIGHT - top - bottom

    @property
    def title_pitch(self) -> int:
        """Height of a line of the title in twips: a line of the text where the letters fit, so that 22 fill a page."""
        return max(self.line_pitch, math.ceil(self.sizes.title * _TWIPS_OF_POINT * _TITLE_LEADING))


@cache
def default_layout() -> Layout:
    """Return the layout of GB/T 9704-2012."""
    return Layout.model_validate(_default_values())


def read_layout(path: Path | None) -> Layout:
    """Return the layout of a TOML file, its gaps filled from the default; the default where there is none.

    Raises FileMissing, or InputError naming the entry that is unknown or out of bounds.
    """
    if path is None:
        return default_layout()
    if not path.is_file():
        raise FileMissing(path)
    try:
        own = tomllib.loads(path.read_text("utf-8-sig"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, OSError) as error:
        raise InputError(f"版式文件“{path.name}”不是完好的 TOML：{error}", _REMEDY) from None
    try:
        return Layout.model_validate(_merged(_default_values(), own))
    except ValidationError as error:
        raise _fault(path, error) from None


def _default_values() -> dict[str, Any]:
    return tomllib.loads(resources.files("assistant.export").joinpath(_DEFAULT).read_text("utf-8"))


def _merged(values: dict[str, Any], own: dict[str, Any]) -> dict[str, Any]:
    both = {**values, **own}
    for name, group in values.items():
        if isinstance(own.get(name), dict):
            both[name] = {**group, **own[name]}
    return both


def _fault(path: Path, error: ValidationError) -> InputError:
    first = error.errors()[0]
    place = ".".join(str(part) for part in first["loc"])
    bounds = first.get("ctx", {})
    what = {
        "extra_forbidden": "没有这一项",
        "greater_than_equal": f"不能小于 {bounds.get('ge')}",
        "less_than_equal": f"不能大于 {bounds.get('le')}",
        "enum": f"可用的有 {bounds.get('expected')}",
    }.get(first["type"], "不是这一项应有的值")
    return InputError(f"版式文件“{path.name}”的 {place}：{what}，现为“{first.get('input')}”", _REMEDY)
