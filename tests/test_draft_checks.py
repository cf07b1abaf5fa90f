"""A draft is proven where its bindings show the ledger and every lost point has a problem and a measure."""

from __future__ import annotations

from typing import Any

import pytest
from proof_cases import indicator, prover, scored, small_report

from assistant.domain.draft import Binding, Draft, DraftSection, Paragraph, Sentence
from assistant.domain.finding import Finding
from assistant.proof.draft_checks import check_draft, is_proven
from assistant.scoring.ledger import build_facts

REPORT = small_report(indicator(actual="8场", deviation_reason="汛期停办两场"))
ROW = "projects[0].indicators[0]"


def paragraph(id_: str, text: str, **more: Any) -> Paragraph:
    return Paragraph(id=id_, sentences=(Sentence(text=text),), **more)


def draft(**changed: Paragraph) -> Draft:
    parts = {
        "conclusion": paragraph("c", "总分81.80分，协商活动场次失18.00分，预算执行失0.20分。"),
        "problems": paragraph(
            "p", "协商活动场次实际8场，未达到年度指标值≥10场。", pair_id="P06", rows=(ROW,)
        ),
        "measures": paragraph("m", "针对协商活动场次，倒排进度，按季通报场次。", pair_id="P06"),
        **changed,
    }
    sections = tuple(DraftSection(id=name, title=name, paragraphs=(part,)) for name, part in parts.items())
    return Draft(
        title="云溪市政协办公室2024年度协商平台经费项目绩效自评报告",
        unit_name="云溪市政协办公室",
        year=2024,
        sections=sections,
    )


def found(own: Draft, **how: bool) -> list[Finding]:
    return check_draft(own, prover(REPORT), REPORT, scored(REPORT), **how)


def test_a_draft_in_order_is_proven() -> None:
    assert found(draft()) == [] and is_proven(found(draft()))


def test_a_binding_that_shows_something_else_is_found_where_it_stands() -> None:
    text = "全年预算数101.00万元。"
    sentence = Sentence(text=text, bindings=(Binding(start=5, end=13, fact_id="all.budget"),))
    own = draft(conclusion=Paragraph(id="c", sentences=(sentence,)))
    wrong = [f for f in found(own) if f.rule == "N02" and f.text == "101.00万元"]
    assert wrong and own.text[wrong[0].start : wrong[0].end] == "101.00万元"


def test_a_binding_that_shows_its_fact_raises_nothing() -> None:
    shown = next(fact.shown for fact in build_facts(REPORT, scored(REPORT)) if fact.id == "all.budget")
    sentence = Sentence(
        text=f"全年预算数{shown}。", bindings=(Binding(start=5, end=5 + len(shown), fact_id="all.budget"),)
    )
    assert found(draft(extra=Paragraph(id="x", sentences=(sentence,)))) == []


def test_a_number_without_binding_is_proven_like_any_text() -> None:
    own = draft(conclusion=paragraph("c", "总分82.80分，协商活动场次失18.00分。"))
    assert not is_proven(found(own))


def test_a_lost_point_without_problem_paragraph_is_found() -> None:
    own = draft(problems=paragraph("p", "宣传力度有待加强。", pair_id="P06"))
    assert "B09" in [f.rule for f in found(own)]


@pytest.mark.parametrize(("part", "rule"), [("measures", "B11"), ("problems", "B12")])
def test_problem_and_measure_come_in_pairs(part: str, rule: str) -> None:
    own = draft(**{part: paragraph("x", "协商活动场次未达到年度指标值。", pair_id="P99", rows=(ROW,))})
    assert rule in [f.rule for f in found(own)]


def test_one_section_alone_need_not_cover_the_whole() -> None:
    own = draft().model_copy(update={"sections": draft().sections[:1]})
    assert found(own, whole=False) == []


def test_slow_execution_is_a_problem_of_its_own() -> None:
    """Below 90 % the execution needs a problem paragraph (B10), above it a sentence is enough."""
    money = {"source": "财政拨款", "initial_budget": "100", "annual_budget": "100", "expenditure": "85"}
    slow = small_report(indicator(), funding=[money])
    own = draft(
        conclusion=paragraph("c", "总分98.50分，预算执行失1.50分。"),
        problems=paragraph("p", "宣传力度有待加强。", pair_id="P06"),
    )
    rules = [f.rule for f in check_draft(own, prover(slow), slow, scored(slow))]
    assert "B10" in rules
