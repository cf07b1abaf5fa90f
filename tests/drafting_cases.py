"""Reports, past passages and the way to a draft that several test files share."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from assistant.diagnosis.triggers import diagnose
from assistant.domain.draft import Draft
from assistant.domain.facts import Facts
from assistant.domain.passage import Citation, Passage, Query, SearchResult, SectionKind
from assistant.domain.problem import Diagnosis
from assistant.domain.report import Report
from assistant.domain.scorecard import Scorecard
from assistant.domain.services import Retriever
from assistant.drafting.brief import build_briefs
from assistant.drafting.compose import compose_draft
from assistant.drafting.offline_writer import OfflineWriter
from assistant.drafting.writer import Brief
from assistant.prompts import Prompts
from assistant.scoring.cards import score_report
from assistant.scoring.ledger import build_facts
from assistant.scoring.rules import load_rules

ROOT = Path(__file__).resolve().parent.parent
PROMPTS = Prompts(ROOT / "prompts")


class Case(NamedTuple):
    """A report with all that a draft is made from."""

    report: Report
    scorecard: Scorecard
    facts: Facts
    diagnosis: Diagnosis

    def briefs(self, length: str = "normal", retriever: Retriever | None = None) -> tuple[Brief, ...]:
        return build_briefs(
            self.report, self.scorecard, self.facts, self.diagnosis, retriever, PROMPTS, length
        )

    def draft(self, length: str = "normal", retriever: Retriever | None = None) -> Draft:
        return compose_draft(
            self.briefs(length, retriever), OfflineWriter(), self.facts, self.report, length=length
        )


def case_of(report: Report) -> Case:
    scorecard = score_report(report, load_rules(report.rules))
    facts = build_facts(report, scorecard)
    return Case(report, scorecard, facts, diagnose(report, scorecard, facts))


@cache
def sample() -> Case:
    """The report in progress of the corpus: three sub-projects, one of them confidential, and last year."""
    text = (ROOT / "corpus" / "sources" / "self_evaluation.json").read_text("utf-8")
    return case_of(Report.model_validate_json(text))


def row(name: str, target: str, actual: str, weight: str, **more: Any) -> dict[str, Any]:
    """One indicator of the form, a 数量指标 unless said otherwise."""
    return {
        "category": "产出指标",
        "dimension": "数量指标",
        "name": name,
        "annual_target": target,
        "actual": actual,
        "weight": weight,
        **more,
    }


def benefit(name: str, target: str, actual: str, weight: str, **more: Any) -> dict[str, Any]:
    """A 社会效益指标."""
    return row(name, target, actual, weight, category="效益指标", dimension="社会效益指标", **more)


def project(
    *rows: dict[str, Any], budget: str = "100.00", spent: str = "100.00", **more: Any
) -> dict[str, Any]:
    """A sub-project with one source of money."""
    funding = [
        {
            "source": "财政拨款",
            "initial_budget": more.pop("initial", budget),
            "annual_budget": budget,
            "expenditure": spent,
        }
    ]
    return {"name": "读书驿站项目", "funding": funding, "indicators": rows, **more}


def report(*projects: dict[str, Any], **more: Any) -> Report:
    """A report of a fictional unit for 2024."""
    given = {"unit_name": "青禾县文化馆", "title": "读书驿站项目", "year": 2024, "projects": projects, **more}
    return Report.model_validate(given)


class Shelf:
    """A retriever over a handful of past paragraphs, in their given order; records what it was asked."""

    def __init__(self, passages: Sequence[Passage]) -> None:
        self.passages, self.asked = passages, list[Query]()

    def search(self, query: Query) -> SearchResult:
        self.asked.append(query)
        found = tuple(p for p in self.passages if not query.section or p.section.value == query.section)
        return SearchResult(passages=found)


def past(text: str, section: SectionKind = SectionKind.MEASURES, **more: Any) -> Passage:
    """A past paragraph of another unit."""
    citation = Citation(source="往年.docx", first_paragraph=7, last_paragraph=7, title="往年报告")
    given = {"unit_name": "云溪市图书馆", "year": 2022, "kind": "project", **more}
    return Passage(text=text, citation=citation, section=section, **given)
