"""Exported Word files that several tests look at: the sample's draft, written by the real pipeline."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import NamedTuple

from drafting_cases import sample

from assistant.domain.draft import Draft
from assistant.domain.facts import Facts
from assistant.domain.report import Report
from assistant.domain.scorecard import Scorecard
from assistant.export.front import Front
from assistant.export.word import PLAIN
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
    folder: Path, *, provenance: bool = True, length: str = "normal", front: Front = PLAIN
) -> Exported:
    """Write report.docx into the folder."""
    evaluation, draft = sample_evaluation(), sample_draft(length)
    path = folder / "report.docx"
    export_draft(draft, evaluation, path, unproven=not draft.proven, provenance=provenance, front=front)
    return Exported(path, draft, evaluation.report, evaluation.scorecard, evaluation.facts)


def sample_export(folder: Path) -> Exported:
    return export(folder)
