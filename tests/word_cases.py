"""Exported Word files that several tests look at: the sample's draft, written by the real pipeline."""

from __future__ import annotations

from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import NamedTuple

import docx
from docx.oxml.ns import qn
from drafting_cases import sample

from assistant.domain.draft import Draft, DraftSection, Paragraph, ParagraphStyle, Sentence
from assistant.domain.facts import Facts
from assistant.domain.indicator import Indicator
from assistant.domain.report import Funding, Project, Report
from assistant.domain.scorecard import Scorecard
from assistant.export.edition import Edition
from assistant.pipeline import Evaluation, evaluate, export_draft, prove_draft, rules_for


class Exported(NamedTuple):
    """A file with what it was made from."""

    path: Path
    draft: Draft
    report: Report
    scorecard: Scorecard
    facts: Facts


@cache
def sample_evaluation() -> Evaluation:
    report = sample().report
    return evaluate(report, rules_for(report, "", None))


@cache
def sample_draft(length: str = "normal") -> Draft:
    return prove_draft(sample().draft(length), sample_evaluation())


def export(
    folder: Path, *, provenance: bool = True, length: str = "normal", edition: Edition | None = None
) -> Exported:
    """Write report.docx into the folder."""
    evaluation, draft = sample_evaluation(), sample_draft(length)
    path = folder / "report.docx"
    export_draft(draft, evaluation, path, unproven=not draft.proven, provenance=provenance, edition=edition)
    return Exported(path, draft, evaluation.report, evaluation.scorecard, evaluation.facts)


def sample_export(folder: Path) -> Exported:
    return export(folder)


def project(name: str, *, confidential: bool = False) -> Project:
    rows = (
        ("产出指标", "数量指标", "培训场次", "≥10场", "8场", "50"),
        ("效益指标", "社会效益指标", "采纳建议", "≥5条", "5条", "40"),
    )
    indicators = tuple(
        Indicator(category=c, dimension=d, name=f"{name}{n}", annual_target=t, actual=a, weight=Decimal(w))
        for c, d, n, t, a, w in rows
    )
    money = Funding(initial_budget=Decimal("100"), annual_budget=Decimal("100"), expenditure=Decimal("92.40"))
    return Project(name=name, confidential=confidential, funding=(money,), indicators=indicators)


SMALL_REPORT = Report(
    unit_name="云溪市教育局",
    title="培训项目",
    year=2024,
    projects=(project("骨干培训"), project("绝密事项", confidential=True)),
)
SMALL_DRAFT = Draft(
    title="云溪市教育局2024年度培训项目绩效自评报告",
    unit_name="云溪市教育局",
    year=2024,
    sections=(
        DraftSection(
            id="overview",
            title="基本情况",
            paragraphs=(
                Paragraph(id="h1", style=ParagraphStyle.HEADING1, sentences=(Sentence(text="一、基本情况"),)),
                Paragraph(
                    id="h2", style=ParagraphStyle.HEADING2, sentences=(Sentence(text="（一）项目实施情况"),)
                ),
                Paragraph(id="h3", style=ParagraphStyle.HEADING3, sentences=(Sentence(text="1.骨干培训"),)),
                Paragraph(
                    id="b1",
                    sentences=(
                        Sentence(text="全年预算数100.00万元。"),
                        Sentence(text="<b>全年执行数</b>92.40万元。"),
                    ),
                ),
            ),
        ),
    ),
    signature=("云溪市教育局", "2025年3月1日"),
)


def twips(section: docx.section.Section, name: str) -> int:
    return int(section._sectPr.find(qn("w:pgMar")).get(qn(f"w:{name}")))


def fonts(word: docx.document.Document, style: str) -> dict[str, str]:
    return {key.split("}")[1]: value for key, value in word.styles[style].element.rPr.rFonts.attrib.items()}
