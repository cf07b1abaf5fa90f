"""The role words before a number (执行数、得分、比上年增加), and what a word before narrows them to.

Reads the words between two numbers; knows nothing of whole sentences.
"""

from __future__ import annotations

from collections.abc import Sequence

from assistant.domain.numerals import Mention
from assistant.proof.lexicon import ROLE, ROLE_ATTRIBUTES
from assistant.proof.subjects import Named


def is_change(attributes: frozenset[str]) -> bool:
    """Whether a role is a change against last year and nothing else."""
    return bool(attributes) and all(name.startswith("change.") for name in attributes)


def change_of(attributes: frozenset[str], worded: Sequence[frozenset[str]]) -> frozenset[str]:
    """全年执行数比上年增加: the change of what the role word before speaks of, where there is one."""
    if not is_change(attributes) or len(worded) < 2:
        return attributes
    if "initial" in worded[-2]:
        return frozenset({"adjustment"})
    kinds = {"budget", "spent", "total"} & set(worded[-2])
    own = frozenset(name for name in attributes if name.removeprefix("change.").split("_")[0] in kinds)
    return own if len(kinds) == 1 and own else attributes


def without_categories(text: str, at: int, mention: Mention, named: Sequence[Named]) -> str:
    """The words before a number without names of categories: 产出指标80分，满意度指标10分."""
    held = [n for n in named if n.subjects[0][1] == "c" and at <= n.start and n.end <= mention.start]
    return "".join(
        char
        for place, char in enumerate(text[at : mention.start], at)
        if not any(name.start <= place < name.end for name in held)
    )


def role_words(text: str, at: int, mention: Mention, named: Sequence[Named]) -> list[frozenset[str]]:
    """The role words before a number, none of them a part of an indicator's name (按期完成率)."""
    held = [name for name in named if name.subjects[0][1] in ("i", "o", "l") and name.end > at]
    return [
        ROLE_ATTRIBUTES[match.lastgroup or ""]
        for match in ROLE.finditer(text[at : mention.start])
        if not any(name.start <= at + match.start() < name.end for name in held)
    ]
