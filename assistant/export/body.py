"""The report itself on the canvas: title, paragraphs, 附件说明, 署名 and date.

Knows nothing of annexes but their titles, and nothing of pages.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import pairwise

from docx.shared import Twips

from assistant.domain.draft import Draft, ParagraphStyle
from assistant.export.canvas import Canvas, Element, keep_lines, keep_with_next
from assistant.export.layout import Layout
from assistant.export.roles import Role

ROLES = {
    ParagraphStyle.BODY: Role.BODY,
    ParagraphStyle.HEADING1: Role.HEADING1,
    ParagraphStyle.HEADING2: Role.HEADING2,
    ParagraphStyle.HEADING3: Role.HEADING3,
    ParagraphStyle.HEADING4: Role.HEADING4,
}
_TITLE_WORDS = ("绩效自评报告", "绩效评价报告", "部门整体支出", "重点项目", "项目绩效", "年度")
_SEAL_DISTANCE = 4  # characters from the right edge
_KEPT_TOGETHER = 12  # lines that may be moved to the next page with the signature


def write_title(canvas: Canvas, text: str) -> None:
    """Add the title; one too long for a line is broken before a word (梯形排列), by indents alone.

    The first line must be the longer one: then its width keeps the second on one line too. A template's own
    title style is left to itself.
    """
    paragraph = canvas.add(text, Role.TITLE)
    if canvas.roles[Role.TITLE] != Role.TITLE.value:
        return
    size = canvas.layout.sizes.title * 20
    line = int(canvas.text_width / size)
    whole = _width(text)
    if whole <= line:
        return
    ends = [_width(text[:place]) for place in map(text.rfind, _TITLE_WORDS) if place > 0]
    first = min((end for end in ends if whole / 2 <= end <= line), default=min(whole / 2 + 1, line))
    free = canvas.text_width - int(size * (first + 0.4))
    form = paragraph.paragraph_format
    form.left_indent = form.right_indent = Twips(max(0, free // 2))


def title_lines(text: str, layout: Layout) -> int:
    """Return how many lines the title fills."""
    return math.ceil(_width(text) / int(layout.text_width / (layout.sizes.title * 20)))


def _width(text: str) -> float:
    """Return the width in characters: western ones count half, and a quarter where they meet Chinese ones."""
    met = sum(one.isascii() != other.isascii() for one, other in pairwise(text))
    return sum(0.5 if char.isascii() else 1 for char in text) + 0.25 * met


def write_paragraphs(canvas: Canvas, draft: Draft) -> list[Element]:
    """Add every paragraph of the draft and return them."""
    return [canvas.add(paragraph.text, ROLES[paragraph.style])._p for paragraph in draft.paragraphs]


def write_annex_note(canvas: Canvas, titles: Sequence[str]) -> list[Element]:
    """Add 附件说明: a blank line, then the titles, wrapped lines aligned to the first character."""
    if not titles:
        return []
    made = [canvas.add("", Role.BODY)._p]
    size = canvas.layout.character
    for number, title in enumerate(titles, 1):
        lead = "附件：" if number == 1 else ""
        mark = f"{number}." if len(titles) > 1 else ""
        paragraph = canvas.add(f"{lead}{mark}{title}", Role.ANNEX_NOTE)
        form = paragraph.paragraph_format
        hanging = len(lead) * size + len(mark) * size // 2
        form.left_indent = Twips(5 * size + len(mark) * size // 2)
        form.first_line_indent = Twips(-hanging)
        made.append(paragraph._p)
    return made


def write_signature(canvas: Canvas, draft: Draft) -> list[Element]:
    """Add 署名 and date at the right, below a blank line."""
    if not draft.signature:
        return []
    distance = _SEAL_DISTANCE * canvas.layout.character
    return [canvas.add_right(line, Role.SIGNATURE, distance)._p for line in ("", *draft.signature)]


def keep_signature_company(body: Sequence[Element], tail: Sequence[Element]) -> None:
    """Keep 附件说明 and signature on a page with the end of the text: they never stand on a page alone."""
    if len(tail) > _KEPT_TOGETHER:
        # Too many annexes to keep all of them: the last ones go with the signature.
        body, tail = (), tail[-_KEPT_TOGETHER:]
    for element in [*body[-1:], *tail[:-1]]:
        keep_with_next(element)
    for element in body[-1:]:
        keep_lines(element)


def kept_lines(titles: Sequence[str], draft: Draft) -> int:
    """Return how many lines stay with the last paragraph of the text; 0 where they are too many."""
    lines = bool(titles) + len(titles) + bool(draft.signature) + len(draft.signature)
    return lines if lines <= _KEPT_TOGETHER else 0
