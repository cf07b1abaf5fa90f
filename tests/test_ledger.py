"""The ledger: every figure under its agreed id, shown as a text writes it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from assistant.domain.facts import Facts, Role
from assistant.domain.report import Report
from assistant.scoring.cards import score_report
from assistant.scoring.ledger import build_facts, build_texts
from assistant.scoring.rules import load_rules

REPORT = {
    "unit_name": "云溪市政协办公室",
    "title": "协商平台经费项目",
    "year": 2024,
    "projects": [
        {
            "name": "协商平台经费",
            "funding": [
                {"source": "财政拨款", "initial_budget": "180", "annual_budget": "170", "expenditure": "161.50"},
                {"source": "其他资金", "initial_budget": "16.5", "annual_budget": "16.5", "expenditure": "12.5"},
            ],
            "line_items": [{"name": "电视节目", "quantity": "5", "unit": "期", "unit_price": "14", "budget": "70"}],
            "goal": {"expected": "搭好平台"},
            "indicators": [
                {"category": "产出指标", "name": "推文篇数", "cycle_target": "≥3000篇", "annual_target": "≥1000篇",
                 "actual": "892篇", "weight": "60", "deviation_reason": "改版停更"},
                {"category": "产出指标", "name": "协商场次", "annual_target": "≥6场", "actual": "9场", "weight": "10"},
                {"category": "满意度指标", "name": "满意度", "annual_target": "≥90%", "actual": "86.42%", "weight": "10"},
                {"category": "成本指标", "name": "单期成本", "annual_target": "≤12万元", "actual": "12.5万元", "weight": "5"},
                {"category": "效益指标", "name": "长效机制", "annual_target": "机制健全", "actual": "基本建立",
                 "tier": "B", "weight": "5"},
            ],
            "notes": ["年中停更两个月"],
        },
        {"name": "专项经费", "confidential": True,
         "funding": [{"annual_budget": "13.5", "initial_budget": "13.5", "expenditure": "13.5"}]},
    ],
    "other_figures": [{"name": "推文阅读量", "value": "1667833", "unit": "次"}],
    "last_year": {
        "year": 2023,
        "projects": [
            {"name": "协商平台经费", "funding": [{"initial_budget": "150", "annual_budget": "150", "expenditure": "150"}]}
        ],
    },
}  # fmt: skip


@pytest.fixture(scope="module")
def report() -> Report:
    return Report.model_validate(REPORT)


@pytest.fixture(scope="module")
def facts(report: Report) -> Facts:
    return build_facts(report, score_report(report, load_rules()))


SHOWN = {
    "all.year": "2024年",
    "all.projects": "2个",
    "all.indicators": "5项",
    "all.met": "1项",
    "all.unmet": "4项",
    "all.initial": "210.00万元",
    "all.budget": "200.00万元",
    "all.spent": "187.50万元",
    "all.unspent": "12.50万元",
    "all.adjustment": "10.00万元",
    "all.rate": "93.75%",
    "all.initial_rate": "89.29%",
    "all.adjustment_rate": "4.76%",
    "all.unspent_rate": "6.25%",
    "all.exec_weight": "10分",
    "all.exec_score": "9.38分",
    "p1.budget": "186.50万元",
    "p1.share": "93.25%",
    "p2.budget": "13.5万元",
    "p1.s1.initial": "180万元",
    "p1.s2.rate": "75.76%",
    "p1.l1.quantity": "5期",
    "p1.l1.price": "14万元",
    "p1.l1.budget": "70万元",
    "p1.i1.target": "≥1000篇",
    "p1.i1.cycle": "≥3000篇",
    "p1.i1.actual": "892篇",
    "p1.i1.weight": "60分",
    "p1.i1.score": "53.52分",
    "p1.i1.lost": "6.48分",
    "p1.i1.completion": "89.20%",
    "p1.i1.gap": "108篇",
    "p1.i2.excess": "3场",
    "p1.i2.deviation": "50.00%",
    "p1.i3.gap": "3.58个百分点",
    "p1.i4.excess": "0.5万元",
    "p1.i4.deviation": "4.17%",
    "p1.c1.weight": "70分",
    "p1.c1.score": "63.52分",
    "o1": "1667833次",
    "ly.all.budget": "150万元",
    "ly.p1.rate": "100.00%",
    "all.change.budget": "50.00万元",
    "p1.change.budget": "36.50万元",
    "p1.change.rate": "6.70个百分点",
}


@pytest.mark.parametrize("fact_id", SHOWN)
def test_a_figure_is_shown_as_a_text_writes_it(facts: Facts, fact_id: str) -> None:
    """Computed by hand from the report above."""
    fact = facts.get(fact_id)
    assert fact is not None
    assert fact.shown == SHOWN[fact_id]


def test_every_id_is_used_once(facts: Facts) -> None:
    """A draft refers to figures by id."""
    assert len(facts.by_id()) == len(facts)


def test_every_source_of_a_computed_figure_is_in_the_ledger(facts: Facts) -> None:
    """A formula can be followed to its figures."""
    known = facts.by_id()
    assert [source for fact in facts for source in fact.sources if source not in known] == []


def test_labels_name_the_sub_project(facts: Facts) -> None:
    """“协商平台经费”的全年预算数."""
    assert facts.by_id()["p1.budget"].label == "“协商平台经费”的全年预算数"


def test_the_direction_of_an_adjustment_stands_in_its_label(facts: Facts) -> None:
    """The amount is written without sign: 调减 10.00 万元."""
    assert facts.by_id()["all.adjustment"].label == "预算调减额"


def test_every_fact_of_a_confidential_sub_project_is_confidential(facts: Facts) -> None:
    """None of them is in the public ledger."""
    assert [fact.id for fact in facts.public() if fact.id.startswith("p2.")] == []


def test_a_sub_project_without_indicators_has_no_total(facts: Facts) -> None:
    """Only its money was reported."""
    assert facts.get("p2.total") is None


def test_a_target_of_words_is_text_and_no_figure(facts: Facts) -> None:
    """机制健全 has no number to be held against."""
    assert (facts.by_id()["p1.i5.target"].role, facts.by_id()["p1.i5.target"].shown) == (
        Role.TEXT,
        "机制健全",
    )


def test_last_year_without_indicators_has_money_but_no_total(facts: Facts) -> None:
    """As much of last year as is known, and no more."""
    assert facts.get("ly.all.total") is None


def test_free_text_is_found_by_its_text_id(report: Report) -> None:
    """Reasons, goals and notes are used verbatim; what is empty has no id."""
    assert build_texts(report) == {
        "p1.goal.expected": "搭好平台",
        "p1.note.1": "年中停更两个月",
        "p1.i1.reason": "改版停更",
    }


def test_the_ledger_of_the_published_report_adds_up_its_budget() -> None:
    """429.59 万元 in three sub-projects and seventeen indicators, all met."""
    text = (Path(__file__).parent / "cases" / "seed0.json").read_text("utf-8")
    report = Report.model_validate(json.loads(text))
    facts = build_facts(report, score_report(report, load_rules())).by_id()
    ids = ("all.budget", "all.projects", "all.indicators", "all.unmet", "all.total", "p2.budget")
    assert [facts[name].shown for name in ids] == ["429.59万元", "3个", "17项", "0项", "100.00分", "95万元"]
