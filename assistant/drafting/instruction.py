"""The instruction for a model (写作任务): the prompt of a section with its slots, labels and past passages.

The model sees what each slot means, never a value of the ledger; digits in past passages are hidden.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.domain.facts import Fact
from assistant.domain.passage import Passage
from assistant.drafting.slots import SlottedSentence, Values, slots_in
from assistant.drafting.writer import Brief, Length, Point
from assistant.prompts import Prompts

_GENERAL = "sections/general.md"
_HIDDEN = "□"
_FENCES = str.maketrans("【】", "〔〕")
_PASSAGES, _PASSAGE_LENGTH = 3, 120
_LENGTHS = {
    Length.SHORT: "比参考稿简短",
    Length.NORMAL: "篇幅与参考稿相近",
    Length.LONG: "可以比参考稿略长",
}
_NOTHING = "（无）"


def allowed_slots(point: Point) -> tuple[str, ...]:
    """Return every slot that any wording of the point may use."""
    texts = (text for wording in point.wordings for text in wording.choices)
    return tuple(dict.fromkeys(slot for text in texts for slot in slots_in(text)))


def instruction(
    prompts: Prompts,
    point: Point,
    brief: Brief,
    values: Values,
    reference: Sequence[SlottedSentence],
    complaints: Sequence[str],
) -> str:
    """Return the user message for one point; `complaints` say what was wrong with the first answer."""
    name = f"sections/{brief.id}.md"
    slots = allowed_slots(point)
    return prompts.fill(
        name if (prompts.folder / name).exists() else _GENERAL,
        {
            "section": brief.title,
            "length": _LENGTHS[brief.length],
            "reference": "".join(sentence.text for sentence in reference),
            "figures": _figures([values.facts[slot] for slot in slots if slot in values.facts]),
            "words": _words(slots, values),
            "passages": _passages(point.passages),
            "complaint": _complaint(prompts, complaints),
        },
    )


def _figures(facts: Sequence[Fact]) -> str:
    return "\n".join(f"{{{{{fact.id}}}}}：{hidden(fact.label)}" for fact in facts) or _NOTHING


def _words(slots: Sequence[str], values: Values) -> str:
    lines = []
    for slot in slots:
        if slot not in values.facts:
            what = values.missing(slot)
            meaning = f"待补充的{what}" if what is not None else hidden(values.shown(slot))
            lines.append(f"{{{{{slot}}}}}：{meaning}")
    return "\n".join(lines) or _NOTHING


def hidden(text: str) -> str:
    """Return a text with its digits hidden, so that a model has none to copy, and no fence (【】) to break out of."""
    return re.sub(r"[0-9０-９]", _HIDDEN, text.translate(_FENCES))


def _passages(passages: Sequence[Passage]) -> str:
    lines = [f"- {hidden(passage.text[:_PASSAGE_LENGTH])}" for passage in passages[:_PASSAGES]]
    return "\n".join(lines) or _NOTHING


def _complaint(prompts: Prompts, complaints: Sequence[str]) -> str:
    if not complaints:
        return ""
    return prompts.fill("complaint.md", {"reasons": "\n".join(f"- {reason}" for reason in complaints)})
