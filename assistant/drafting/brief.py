"""From report, scores and diagnosis to one Brief a section, by the outline (提纲) of the kind of report."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from assistant.domain.facts import Facts
from assistant.domain.problem import Diagnosis
from assistant.domain.report import Report
from assistant.domain.scorecard import Scorecard
from assistant.domain.services import Retriever
from assistant.drafting import (
    section_conclusion,
    section_indicators,
    section_measures,
    section_money,
    section_overview,
    section_problems,
    section_promises,
)
from assistant.drafting.material import Material
from assistant.drafting.phrases import Phrases
from assistant.drafting.slots import Values
from assistant.drafting.texts import texts_of
from assistant.drafting.writer import Brief, Length, Point
from assistant.errors import PromptError
from assistant.prompts import Prompts

#: Who writes a section, by the word `write` of the outline.
BUILDERS: dict[str, Callable[[Material], list[Point]]] = {
    "overview": section_overview.overview,
    "unit": section_overview.unit,
    "tasks": section_overview.tasks,
    "purpose": section_overview.purpose,
    "funding": section_money.funding,
    "management": section_money.management,
    "spending": section_money.spending,
    "indicators": section_indicators.indicators,
    "benefits": section_indicators.benefits,
    "criteria": section_indicators.criteria,
    "conclusion": section_conclusion.conclusion,
    "achievements": section_conclusion.achievements,
    "promises": section_promises.promises,
    "problems": section_problems.problems,
    "measures": section_measures.measures,
}


def build_briefs(
    report: Report,
    scorecard: Scorecard,
    facts: Facts,
    diagnosis: Diagnosis,
    retriever: Retriever | None,
    prompts: Prompts,
    length: Length | str = Length.NORMAL,
) -> tuple[Brief, ...]:
    """Return the briefs of all sections in the order of the outline.

    Raises PromptError where the outline or the phrase book cannot be used.
    """
    phrases = Phrases(prompts)
    values = Values(facts, texts_of(report, scorecard, facts, diagnosis), phrases.labels("pending"))
    material = Material(report, scorecard, facts, values, diagnosis, phrases, retriever, Length(length))
    briefs = (_brief(material, entry) for entry in outline(prompts, report.kind.value))
    return tuple(brief for brief in briefs if brief is not None)


def outline(prompts: Prompts, kind: str) -> list[dict[str, Any]]:
    """Return the sections of a kind of report: id, title, level, write, section."""
    entries = prompts.table("outline.toml").get(kind)
    if not entries:
        raise PromptError(f"提纲文件中没有“{kind}”类报告", "请恢复 prompts 文件夹")
    return list(entries)


def _brief(material: Material, entry: dict[str, Any]) -> Brief | None:
    """The brief of one section; None for an optional section with nothing to say."""
    points = _points(material, str(entry.get("write", "")))
    if entry.get("optional") and not points:
        return None
    title, level = str(entry["title"]), int(entry["level"])
    heading = material.heading(f"{entry['id']}.heading", title, level)
    return Brief(
        id=str(entry["id"]),
        title=title,
        level=level,
        points=(heading, *points),
        seed=f"{material.report.unit_name}|{material.report.year}|{material.report.title}",
        length=material.length,
        texts=dict(material.values.texts),
        pending=material.phrases.labels("pending"),
    )


def _points(material: Material, write: str) -> list[Point]:
    if not write:
        return []
    if write not in BUILDERS:
        raise PromptError(f"提纲要求的写法“{write}”不存在", f"可用的写法：{'、'.join(BUILDERS)}")
    return BUILDERS[write](material)
