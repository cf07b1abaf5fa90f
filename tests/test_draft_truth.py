"""What the offline writer makes holds before the real gate, and reads as the golden drafts do."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from drafting_cases import ROOT, Case, benefit, case_of, project, report, row, sample
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant import pipeline
from assistant.bootstrap import open_workbench
from assistant.domain.finding import Severity
from assistant.domain.report import Report, ReportKind
from assistant.proof.draft_checks import check_draft
from assistant.proof.review import Prover
from assistant.settings import read_settings

GOLDEN = Path(__file__).parent / "golden"


def errors(case: Case, length: str = "normal") -> list[str]:
    prover = Prover(case.report, case.scorecard, case.facts, (case.scorecard.legal_basis,))
    found = check_draft(case.draft(length), prover, case.report, case.scorecard)
    return [f"{f.rule} {f.message}" for f in found if f.severity is Severity.ERROR]


@pytest.mark.parametrize("length", ["short", "normal", "long"])
@pytest.mark.parametrize("kind", list(ReportKind))
def test_the_sample_s_draft_holds_before_the_gate(kind: ReportKind, length: str) -> None:
    case = case_of(sample().report.model_copy(update={"kind": kind}))
    assert errors(case, length) == []


def test_the_draft_of_a_published_report_s_figures_holds_before_the_gate() -> None:
    """Seed 0: three sub-projects, 17 indicators, names with quotation marks in them."""
    text = (ROOT / "tests" / "cases" / "seed0.json").read_text("utf-8")
    assert errors(case_of(Report.model_validate_json(text))) == []


ACTUALS = st.lists(st.integers(min_value=0, max_value=60), min_size=2, max_size=7)


@settings(max_examples=25, deadline=None)
@given(
    actuals=ACTUALS,
    spent=st.integers(min_value=4000, max_value=10300),
    reason=st.sampled_from(["", "场馆检修停办"]),
)
def test_any_figures_give_a_draft_that_holds_before_the_gate(
    actuals: list[int], spent: int, reason: str
) -> None:
    rows = [
        row(f"流动书车第{name}线趟次", "≥30趟", f"{actual}趟", "10", deviation_reason=reason)
        for name, actual in zip("甲乙丙丁戊己庚", actuals, strict=False)
    ]
    money = f"{spent / 100:.2f}"
    case = case_of(report(project(*rows, benefit("受益读者人次", "≥900人次", "930人次", "20"), spent=money)))
    assert errors(case) == []


LONGEST = 300
PLACES = [
    "阅览室",
    "会议厅",
    "剧场",
    "展馆",
    "泳池",
    "球场",
    "步道",
    "书屋",
    "驿站",
    "课堂",
    "车站",
    "码头",
    "河段",
    "林场",
    "站房",
    "泵房",
    "学校",
    "诊所",
    "粮站",
    "养老院",
]
WORKS = ["维护", "培训", "检查", "演出", "宣讲", "清扫", "更新", "配送", "监测", "回访"]


@pytest.mark.parametrize("length", ["short", "normal", "long"])
@pytest.mark.parametrize("kind", list(ReportKind))
def test_two_hundred_indicators_give_a_draft_that_holds_and_can_be_read(
    kind: ReportKind, length: str
) -> None:
    """Half of them short of their targets: nothing unproven, and no sentence that nobody reads to its end."""
    names = [place + work for place in PLACES for work in WORKS]
    rows = [row(name, "≥30次", f"{15 + n % 30}次", "0.45") for n, name in enumerate(names)]
    case = case_of(report(project(*rows, spent="81.00"), kind=kind))
    sentences = re.split("(?<=[。：])", case.draft(length).text)
    assert (errors(case, length), [text for text in sentences if len(text) > LONGEST]) == ([], [])


@pytest.mark.parametrize("length", ["short", "normal", "long"])
def test_the_sample_reads_as_the_golden_draft(length: str, request: pytest.FixtureRequest) -> None:
    """A change of wording shows here: `pytest --update-golden`, then read the difference."""
    golden = GOLDEN / f"sample-{length}.txt"
    text = sample().draft(length).text + "\n"
    if request.config.getoption("--update-golden", default=False):
        golden.write_text(text, "utf-8")
    assert text == golden.read_text("utf-8")


@pytest.mark.parametrize(
    "path", sorted((ROOT / "docs" / "drafts" / "inputs").glob("*.json")), ids=lambda p: p.stem
)
def test_every_published_example_is_proven(path: Path, corpus_index: Path) -> None:
    """Ten reports of ten trades, units such as 万页 and 趟, a reason with 供应商不足三家: no false error."""
    report = pipeline.read_figures(str(path), str).report
    with open_workbench(read_settings(), corpus_index) as workbench:
        evaluation = workbench.evaluate(report)
        writer, prompts = workbench.writer("offline", evaluation), workbench.prompts
        draft = pipeline.write_draft(evaluation, writer, workbench.retriever(), prompts)
    assert [f.message for f in draft.findings if f.severity == "error"] == []
