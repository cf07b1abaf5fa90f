"""A draft as Markdown: the same words, headings as headings; text is escaped, never interpreted."""

from __future__ import annotations

import re

from assistant.domain.draft import Draft, Paragraph, ParagraphStyle

_LEVELS = {
    ParagraphStyle.HEADING1: "## ",
    ParagraphStyle.HEADING2: "### ",
    ParagraphStyle.HEADING3: "#### ",
    ParagraphStyle.HEADING4: "##### ",
}
_SPECIAL = re.compile(r"([\\`*_{}\[\]<>#|~])")


def escaped(text: str) -> str:
    """Return the text with every character that Markdown or HTML would interpret escaped."""
    return _SPECIAL.sub(r"\\\1", text)


def draft_markdown(draft: Draft, *, unproven: bool = False) -> str:
    """Return the draft as Markdown; an unproven one opens with 「未校核稿」."""
    lines = ["> **未校核稿**", ""] if unproven else []
    lines += [f"# {escaped(draft.title)}", ""]
    for paragraph in draft.paragraphs:
        lines += [_line(paragraph), ""]
    lines += [escaped(line) + "  " for line in draft.signature]
    return "\n".join(lines).rstrip() + "\n"


def _line(paragraph: Paragraph) -> str:
    # "1." at the start of a line would become a list: its point is escaped.
    text = re.sub(r"^(\d+)\.", r"\1\\.", escaped(paragraph.text))
    return _LEVELS.get(paragraph.style, "") + text
