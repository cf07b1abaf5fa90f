"""上年度问题整改情况: last year's measures, each held against this year's figures.

What the figures do not tell is 「（待补充）」; nothing is called 整改到位 on words alone.
"""

from __future__ import annotations

from assistant.domain.problem import Commitment, CommitmentStatus
from assistant.drafting.evidence import in_words
from assistant.drafting.material import Material
from assistant.drafting.phrases import Wording
from assistant.drafting.writer import Length, Point

#: So many names stand in the lead.
_FEW = 4
_KEYS = {
    CommitmentStatus.KEPT: "kept",
    CommitmentStatus.OPEN: "open",
    CommitmentStatus.UNKNOWN: "unknown",
}


def promises(material: Material) -> list[Point]:
    """One numbered line for each measure of last year; nothing where there were none."""
    found = material.diagnosis.commitments
    if not found:
        return []
    points = list(material.body("promises.lead", _lead(material, found)))
    if material.length is Length.SHORT:
        return points
    for n, one in enumerate(found, 1):
        key = f"promises.{_KEYS[one.status]}{_manner(material, one)}"
        ids = {"c": f"promise.{n}", "b": one.before, "i": one.now}
        points += material.body(f"promises.{n}", material.say(key, **ids), number=3, turn=n)
    return points


def _lead(material: Material, found: tuple[Commitment, ...]) -> tuple[Wording, ...]:
    parts = []
    for status, key in _KEYS.items():
        names = [f"{{{{promise.{n}.name}}}}" for n, one in enumerate(found, 1) if one.status is status]
        if names:
            shown = "、".join(names[:_FEW]) + ("等" if len(names) > _FEW else "")
            parts.append(material.phrases.word(f"promises.{key}_names").replace("$names", shown))
    return material.say("promises.lead", told=material.phrases.word("promises.join").join(parts))


def _manner(material: Material, one: Commitment) -> str:
    """Figures of both years, of this year, or none, by what is a figure and where the indicator stood.

    Last year's figure is told only of an indicator that stands where it stood.
    """
    if one.status is CommitmentStatus.UNKNOWN:
        return ""
    if in_words(material, one.now):
        return "_words"
    alike = one.before == f"ly.{one.now}" and not in_words(material, one.before)
    return "" if alike else "_now"
