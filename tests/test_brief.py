"""Briefs: the outline, which points a model may word, what is retrieved for them, and what is kept secret."""

from __future__ import annotations

from pathlib import Path

import pytest
from drafting_cases import PROMPTS, Shelf, case_of, past, project, report, row, sample

from assistant.domain.draft import ParagraphStyle
from assistant.domain.passage import SectionKind
from assistant.domain.report import ReportKind
from assistant.drafting.brief import BUILDERS, outline
from assistant.drafting.slots import Values, slots_in, without_slots
from assistant.drafting.writer import Point
from assistant.errors import PromptError
from assistant.prompts import Prompts

TITLES = {
    "project": [
        "基本情况",
        "项目实施情况",
        "财政支出情况",
        "项目管理情况",
        "项目绩效管理情况",
        "综合评价分析",
    ]
    + ["自评结论综述", "项目效益分析", "支出效益分析", "存在的主要问题", "下一步改进措施"],
    "department": ["基本情况", "部门概况", "年度总体工作和重点工作任务", "部门整体收支情况"]
    + ["部门整体绩效管理情况", "综合评价分析", "自评结论综述", "各项工作任务绩效目标完成情况分析"]
    + ["主要工作成效", "存在的主要问题", "下一步改进措施"],
}


def points(retriever: Shelf | None = None) -> list[Point]:
    return [point for brief in sample().briefs(retriever=retriever) for point in brief.points]


@pytest.mark.parametrize("kind", TITLES)
def test_the_outline_is_that_of_the_published_forms(kind: str) -> None:
    """Section titles and order of the Guangzhou project report and department report."""
    titles = [entry["title"] for entry in outline(PROMPTS, kind) if not entry.get("optional")]
    assert titles == TITLES[kind]


@pytest.mark.parametrize("kind", list(ReportKind))
def test_every_kind_of_report_gets_all_its_sections(kind: ReportKind) -> None:
    case = sample()._replace(report=sample().report.model_copy(update={"kind": kind}))
    wanted = [entry["id"] for entry in outline(PROMPTS, kind.value)]
    assert [brief.id for brief in case.briefs()] == wanted


def test_every_builder_is_used_by_an_outline() -> None:
    used = {entry.get("write") for kind in ReportKind for entry in outline(PROMPTS, kind.value)}
    assert used - {None} == set(BUILDERS)


def test_every_slot_of_a_brief_can_be_filled() -> None:
    case = sample()
    for brief in case.briefs("long"):
        values = Values(case.facts, brief.texts, brief.pending)
        texts = [t for p in brief.points for w in p.wordings for t in w.choices]
        assert [slot for text in texts for slot in slots_in(text) if not values.knows(slot)] == []


def test_no_wording_holds_a_digit_of_its_own() -> None:
    own = [without_slots(t) for p in points() for w in p.wordings for t in w.choices]
    assert [text for text in own if any(char.isdigit() for char in text)] == []


def test_headings_and_indicator_lines_are_never_given_to_a_model() -> None:
    held_back = [p for p in points() if p.style is not ParagraphStyle.BODY or p.id.startswith("benefits.")]
    assert held_back
    assert not any(p.prose for p in held_back)


def test_nothing_confidential_is_given_to_a_model() -> None:
    secret = project(row("雷达覆盖数", "≥6个", "4个", "90"), name="星海工程", confidential=True)
    case = case_of(report(project(row("场次", "≥6场", "5场", "90")), secret))
    hidden = [p for brief in case.briefs() for p in brief.points if p.confidential]
    assert hidden
    assert not any(p.prose for p in hidden)


def test_no_slot_of_a_confidential_sub_project_is_used_but_its_public_name() -> None:
    used = {slot for p in points() for w in p.wordings for t in w.choices for slot in slots_in(t)}
    assert {slot for slot in used if slot.startswith("p3")} <= {"p3.title"}


def test_each_measure_has_the_pair_id_of_its_problem() -> None:
    pairs = {
        section: [p.pair_id for p in brief.points if p.pair_id]
        for brief in sample().briefs()
        for section in [brief.id]
    }
    assert pairs["problems"] == pairs["measures"] != []


def test_problems_and_measures_are_looked_up_in_their_own_sections() -> None:
    shelf = Shelf([])
    points(shelf)
    assert {"problems", "measures"} <= {query.section for query in shelf.asked}


def test_the_report_itself_is_no_past_report() -> None:
    own = past("建立按月支出计划和定期通报制度", unit_name="云溪市政协办公室", year=2024)
    assert not any(p.passages for p in points(Shelf([own])))


def test_passages_of_the_same_kind_of_report_come_first() -> None:
    other = past("健全部门预算统筹协调机制", kind="department")
    same = past("健全项目资金按月调度机制")
    measure = next(p for p in points(Shelf([other, same])) if p.id == "measures.pair-execution")
    assert measure.passages == (same, other)


def test_a_past_problem_is_no_measure() -> None:
    problem = past("建立台账的要求仍需进一步落实", SectionKind.PROBLEMS)
    measure = next(p for p in points(Shelf([problem])) if p.id == "measures.pair-execution")
    assert measure.passages == ()


def test_a_damaged_outline_is_refused_by_name(tmp_path: Path) -> None:
    (tmp_path / "outline.toml").write_text("[[project]\n", "utf-8")
    with pytest.raises(PromptError, match=r"outline\.toml"):
        outline(Prompts(tmp_path), "project")
