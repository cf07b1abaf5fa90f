"""How a report is to be set (版本): pages before it, layout, a unit's own template, charts.

Whatever is wrong with them is said before any work is done.
"""

from __future__ import annotations

from pathlib import Path

from pydantic import Field

from assistant.domain.base import Frozen
from assistant.export.front import Front
from assistant.export.layout import Layout, default_layout, read_layout
from assistant.export.template import Template, read_template
from assistant.export.template_check import require_usable

#: No page before the report.
PLAIN = Front()


class Edition(Frozen):
    """How a report is set; all by default is the report alone by GB/T 9704-2012."""

    front: Front = PLAIN
    layout: Layout = Field(default_factory=default_layout)
    template: Template | None = None
    figures: bool = False


def edition_of(
    *,
    cover: bool = False,
    contents: bool = False,
    figures: bool = False,
    template: Path | None = None,
    layout: Path | None = None,
) -> Edition:
    """Return how a report is to be set; raises InputError for a layout or template that cannot be used."""
    own = read_template(template) if template is not None else None
    if own is not None:
        require_usable(own)
    front = Front(cover=cover, contents=contents)
    return Edition(front=front, layout=read_layout(layout), template=own, figures=figures)
