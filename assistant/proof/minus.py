"""Numbers as their neighbours complete them: a minus sign right behind a word, a unit said once for two.

A minus right behind a word (实际完成-93.61%) makes the number negative, as nobody writes it by chance.

A dash between two numbers (10-12月) or two words is no sign. Knows the marks around one number.
"""

from __future__ import annotations

from collections.abc import Sequence

from assistant.domain.numerals import Mention, MentionKind

_MINUS = "-−－"


def with_units(text: str, mentions: Sequence[Mention]) -> list[Mention]:
    """Return the mentions, 7.7个 in 7.7个和0.9个百分点 as 个百分点 too."""
    found = list(mentions)
    for at in range(len(found) - 2, -1, -1):
        one, other = found[at], found[at + 1]
        if (
            one.unit == "个"
            and other.unit == "个百分点"
            and text[one.end : other.start].strip() in ("和", "、", "及", "与")
        ):
            found[at] = one.model_copy(update={"unit": "个百分点"})
    return found


def signed(text: str, mentions: Sequence[Mention]) -> list[Mention]:
    """Return the mentions, each number behind a lone minus with that sign and its mark in the span."""
    return [_negative(text, mention) if _has_minus(text, mention) else mention for mention in mentions]


def _has_minus(text: str, mention: Mention) -> bool:
    at = mention.start - 1
    if mention.kind is not MentionKind.QUANTITY or at < 1 or text[at] not in _MINUS:
        return False
    return "\u4e00" <= text[at - 1] <= "\u9fff" or text[at - 1] in "（(≥≤“”：:，、"


def _negative(text: str, mention: Mention) -> Mention:
    value = None if mention.value is None else -mention.value
    start = mention.start - 1
    return mention.model_copy(update={"start": start, "text": text[start : mention.end], "value": value})
