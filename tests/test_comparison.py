"""Two texts word by word, and which line of one is which of the other; held against what a reader would say."""

from __future__ import annotations

import random
import time

import pytest

from assistant.domain.alignment import Match, aligned
from assistant.domain.comparison import changed_figures, changes_between, compared, words_of

REPORT = [
    "一、基本情况",
    "项目全年预算数186.50万元，全年执行数182.77万元，预算执行率98.00%。",
    "全年组织协商活动6场，参与120人次，形成建议34条。",
    "二、存在的主要问题",
    "协商议题的选题调研不够深入，部分建议的针对性有待提高。",
]


@pytest.mark.parametrize(
    ("before", "after", "removed", "added"),
    [
        ("执行率92.40%。", "执行率93.10%。", ["92.40%"], ["93.10%"]),
        ("支出188.49万元", "支出190.00万元", ["188.49万元"], ["190.00万元"]),
        ("完成较好", "完成很好", ["较"], ["很"]),
        ("甲", "甲乙", [], ["乙"]),
        ("执行率98.00%", "执行率九成八", ["98.00%"], ["九成八"]),
    ],
)
def test_a_figure_with_its_unit_is_one_word_of_a_comparison(
    before: str, after: str, removed: list[str], added: list[str]
) -> None:
    found = compared(before, after)
    assert [p.words for p in found if p.kind == "removed"] == removed
    assert [p.words for p in found if p.kind == "added"] == added


@pytest.mark.parametrize("seed", range(30))
def test_the_changes_turn_one_text_into_the_other(seed: int) -> None:
    """Put into the old text they give the new one, whatever the two are."""
    dice = random.Random(seed)
    before, after = ("".join(dice.choices("预算执行率12.5%万元，。三\t", k=40)) for _ in range(2))
    made, at = "", 0
    for change in changes_between(before, after):
        made += before[at : change.old_start] + after[change.new_start : change.new_end]
        at = change.old_end
    assert made + before[at:] == after


def test_words_joined_are_the_text() -> None:
    text = "".join(REPORT) + "≥95%，第十四届、财预〔2020〕10号"
    assert "".join(word.text for word in words_of(text)) == text


def test_changed_figures_are_paired_with_their_units() -> None:
    found = changed_figures(REPORT[2], "全年组织协商活动16场次，参与120人次。")
    assert [(f.was, f.now) for f in found] == [("6场", "16场次"), ("34条", "")]


def test_a_moved_paragraph_is_neither_gone_nor_new() -> None:
    now = [*REPORT[:1], REPORT[4], *REPORT[1:4]]
    assert [m for m in aligned(REPORT, now) if m.moved] == [Match(4, 1, True)]
    assert all(m.old is not None and m.new is not None for m in aligned(REPORT, now))


def test_a_paragraph_moved_and_changed_is_still_known() -> None:
    changed = REPORT[4].replace("有待提高", "还需提高")
    assert Match(4, 1, True) in aligned(REPORT, [REPORT[0], changed, *REPORT[1:4]])


def test_a_line_put_in_shifts_no_other() -> None:
    now = [*REPORT[:2], "新增一段，说明部门职责的变化。", *REPORT[2:]]
    assert [m for m in aligned(REPORT, now) if m.old is None] == [Match(None, 2)]


def test_a_rewritten_paragraph_next_to_a_deleted_one_is_the_likelier() -> None:
    now = [*REPORT[:1], "全年组织协商活动8场，参与人员120人次，共形成意见建议34条。", *REPORT[3:]]
    assert {(m.old, m.new) for m in aligned(REPORT, now)} >= {(1, None), (2, 1)}


def test_every_line_has_exactly_one_place() -> None:
    dice = random.Random(7)
    for _ in range(40):
        then, now = (
            [dice.choice([*REPORT, "", "1\t2", "1\t3"]) for _ in range(dice.randrange(9))] for _ in "ab"
        )
        found = aligned(then, now)
        assert sorted(m.old for m in found if m.old is not None) == list(range(len(then)))
        assert [m.new for m in found if m.new is not None] == list(range(len(now)))


def test_three_thousand_rows_are_aligned_in_no_time() -> None:
    """Rows that differ in a number alone, one in seven with another score; the alignment stays linear."""
    rows = [f"产出指标\t数量指标\t第{n}项\t≥{n % 9}场\t2.00\t2.00" for n in range(3000)]
    now = [row if n % 7 else row.replace("2.00", "1.50") for n, row in enumerate(rows)]
    begun = time.process_time()
    assert all(m.old == m.new for m in aligned(rows, now))
    assert time.process_time() - begun < 2
