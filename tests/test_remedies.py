"""A measure answers the cause the writer gave, in general words and never twice alike."""

from __future__ import annotations

import re

import pytest
from drafting_cases import PROMPTS, case_of, past, project, report, row

from assistant.diagnosis.taxonomy import taxonomy
from assistant.drafting.catalogue import borrow, practices
from assistant.drafting.phrases import Phrases
from assistant.drafting.remedies import prescribe, remedies

TABLE = Phrases(PROMPTS).entry("remedy")


def measures(*rows: dict[str, object]) -> str:
    draft = case_of(report(project(*rows))).draft()
    return "".join(p.text for one in draft.sections if one.id == "measures" for p in one.paragraphs)


@pytest.mark.parametrize(
    ("cause", "answer"),
    [
        ("首次招标流标，重新挂网", "采购需求在预算下达前编制完成"),
        ("连续降雨取消两场", "预留备用日期"),
        ("编目人员减少，件积压", "按工作量核定所需岗位和班次"),
        ("站点用地未批复", "用地和权属确认在项目入库前办结"),
        ("两家单位数据报送晚", "排定各单位数据报送日期"),
    ],
)
def test_the_given_cause_decides_the_first_measure(cause: str, answer: str) -> None:
    assert answer in measures(row("活动场次", "≥6场", "5场", "90", deviation_reason=cause))


def test_a_cause_that_nothing_answers_is_taken_up_point_by_point() -> None:
    text = measures(row("活动场次", "≥6场", "5场", "90", deviation_reason="评委打分有分歧"))
    assert "对照上述原因逐条列出整改事项" in text


def test_where_no_cause_is_given_it_is_to_be_found_out() -> None:
    text = measures(row("活动场次", "≥6场", "5场", "90"))
    assert "逐项核对未完成的任务，写明原因和补办安排" in text


def test_two_rows_with_one_cause_are_not_answered_in_the_same_words() -> None:
    known, taken = remedies(TABLE), set[str]()
    sayings = [prescribe(known, "quantity", "首次招标流标", taken) for _ in range(3)]
    said = [one.say for one in sayings if one is not None]
    assert len(said) == len(set(said)) >= 2


def test_every_row_of_a_merged_problem_is_answered_by_name() -> None:
    text = measures(
        row("演出场次", "≥60场", "40场", "45", deviation_reason="首次招标流标"),
        row("培训场次", "≥60场", "50场", "45", deviation_reason="台风天气"),
    )
    assert "“演出场次”方面，采购需求" in text
    assert "“培训场次”方面，室外任务按季节排期" in text


def test_a_remedy_holds_no_figure_and_names_known_families() -> None:
    families = {kind.family for kind in taxonomy().types.values()}
    words = "".join("".join(e["do"]) + e["head"] + "".join(e["check"]) for e in TABLE)
    assert not re.search(r"[0-9〇二三四五六七八九十百千万亿两]", words)
    assert {family for e in TABLE for family in e.get("for", ())} <= families


def test_every_saying_of_a_remedy_has_a_check_of_its_own() -> None:
    known = remedies(TABLE)
    assert [one.head for one in known if len(one.check) != len(one.do)] == []


def test_a_stock_practice_is_left_out_where_the_measure_has_two_actions_of_its_own() -> None:
    entry = {"cue": "季度", "say": "每季度末核对进度", "for": ["quantity"], "stock": True}
    shelf = [past("每季度通报一次")]
    said = [
        [one.practice.say for one in borrow(practices([entry]), shelf, "quantity", "", "", set(), "", bare)]
        for bare in (True, False)
    ]
    assert said == [["每季度末核对进度"], []]


def test_a_target_is_not_promised_again_where_the_need_itself_has_changed() -> None:
    gone = row("年骑行人次", "≥170万人次", "135万人次", "45", deviation_reason="地铁开通后短途客流转移")
    rained = row("活动场次", "≥6场", "5场", "45", deviation_reason="连续降雨取消一场")
    text = measures(gone, rained)
    assert "“活动场次”达到年度指标值" in text
    assert "“年骑行人次”达到年度指标值" not in text
