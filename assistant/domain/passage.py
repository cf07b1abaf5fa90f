"""What search returns: passages of past reports, each with the place it can be opened at."""

from __future__ import annotations

from enum import StrEnum

from assistant.domain.base import Frozen


class SectionKind(StrEnum):
    """What a section of a report is about; the value is the name used in filters."""

    OVERVIEW = "overview"
    FUNDING = "funding"
    MANAGEMENT = "management"
    INDICATORS = "indicators"
    CONCLUSION = "conclusion"
    BENEFITS = "benefits"
    ACHIEVEMENTS = "achievements"
    PROBLEMS = "problems"
    MEASURES = "measures"
    SUGGESTIONS = "suggestions"
    ANNEX = "annex"
    OTHER = "other"

    @property
    def label(self) -> str:
        """The Chinese name."""
        return _LABELS[self]


_LABELS = {
    SectionKind.OVERVIEW: "基本情况",
    SectionKind.FUNDING: "资金",
    SectionKind.MANAGEMENT: "管理",
    SectionKind.INDICATORS: "指标",
    SectionKind.CONCLUSION: "结论",
    SectionKind.BENEFITS: "效益",
    SectionKind.ACHIEVEMENTS: "成效",
    SectionKind.PROBLEMS: "存在问题",
    SectionKind.MEASURES: "改进措施",
    SectionKind.SUGGESTIONS: "建议",
    SectionKind.ANNEX: "附表",
    SectionKind.OTHER: "其他",
}


class Citation(Frozen):
    """A place in a past report: file (relative to the indexed folder), paragraphs from 0, heading path."""

    source: str
    first_paragraph: int
    last_paragraph: int
    title: str = ""
    heading: tuple[str, ...] = ()
    paragraph_id: str = ""


class Passage(Frozen):
    """One paragraph or table row that was found, with score in [0, …) and rank from 1."""

    text: str
    citation: Citation
    section: SectionKind = SectionKind.OTHER
    unit_name: str = ""
    year: int | None = None
    kind: str = ""
    score: float = 0.0
    rank: int = 0


class Query(Frozen):
    """A search: text and filters; empty filters admit everything."""

    text: str
    limit: int = 10
    section: str = ""
    topic: str = ""
    unit: str = ""
    year: int | None = None
    kind: str = ""
    region: str = ""
    project: str = ""
    mode: str = "hybrid"
    exclude_sources: tuple[str, ...] = ()


class SearchResult(Frozen):
    """Passages best first; `note` says why there are none, or how the query was widened."""

    passages: tuple[Passage, ...] = ()
    note: str = ""
