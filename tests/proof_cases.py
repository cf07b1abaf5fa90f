"""What the tests of the proof share: the sample report with its scores and ledger, and small reports by hand."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

from assistant.domain.report import Report
from assistant.domain.scorecard import Scorecard
from assistant.proof.review import Prover
from assistant.scoring.cards import score_report
from assistant.scoring.ledger import build_facts
from assistant.scoring.rules import load_rules

ROOT = Path(__file__).resolve().parent.parent
CASES = Path(__file__).resolve().parent / "cases" / "proof"
SAMPLE_JSON = ROOT / "corpus" / "sources" / "self_evaluation.json"


def scored(report: Report) -> Scorecard:
    """The scores of a report under the default rules."""
    return score_report(report, load_rules(report.rules))


def prover(report: Report) -> Prover:
    """The gate of a report."""
    card = scored(report)
    return Prover(report, card, build_facts(report, card), (card.legal_basis,))


@cache
def sample() -> Report:
    """云溪市政协办公室 2024 年样例."""
    return Report.model_validate(json.loads(SAMPLE_JSON.read_text("utf-8")))


@cache
def sample_prover() -> Prover:
    """The gate of the sample."""
    return prover(sample())


def indicator(**changed: Any) -> dict[str, Any]:
    """A row in order: 场次 ≥10场, 10场, 90 分."""
    row = {
        "category": "产出指标",
        "dimension": "数量指标",
        "name": "协商活动场次",
        "annual_target": "≥10场",
        "actual": "10场",
        "weight": "90",
    }
    return {**row, **changed}


def small_report(*indicators: dict[str, Any], **project: Any) -> Report:
    """A report of one sub-project in order, with what is changed."""
    own = {
        "name": "协商平台经费",
        "funding": [
            {
                "source": "财政拨款",
                "initial_budget": "100.00",
                "annual_budget": "100.00",
                "expenditure": "98.00",
            }
        ],
        "indicators": list(indicators) or [indicator()],
        **project,
    }
    data = {
        "unit_name": "云溪市政协办公室",
        "title": "协商平台经费项目",
        "year": 2024,
        "rules": "mof-2020",
        "projects": [own],
    }
    return Report.model_validate(data)
