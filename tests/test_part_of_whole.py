"""Parts and wholes, growth and overall rates of a text alone: a firing case and a near miss each."""

from __future__ import annotations

import pytest

from assistant.proof.alone import check_alone


@pytest.mark.parametrize(
    ("rule", "wrong", "right"),
    [
        ("B24", "全年收到建议53条，其中采纳61条。", "全年收到建议53条，其中采纳16条。"),
        ("B24", "征集线索456件，立案693件。", "征集线索693件，立案456件。"),
        ("A16", "支出由200万元增加到250万元，增长35%。", "支出由200万元增加到250万元，增长25%。"),
        (
            "A19",
            "三项任务执行率分别为95%、98%和99%，总体执行率为93%。",
            "三项任务执行率分别为95%、98%和99%，总体执行率为97%。",
        ),
    ],
)
def test_a_contradiction_is_found_and_its_near_miss_is_not(rule: str, wrong: str, right: str) -> None:
    """The near miss differs in the one number that makes it true."""
    assert rule in [found.rule for found in check_alone(wrong)]
    assert rule not in [found.rule for found in check_alone(right)]


def test_a_part_in_another_unit_is_no_part() -> None:
    assert "B24" not in [f.rule for f in check_alone("举办培训3期，其中参训412人次。")]
