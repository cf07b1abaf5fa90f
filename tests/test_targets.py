"""The grammar of target and actual cells, on what real forms print."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from assistant.domain.indicator import Comparator, TargetKind, Tier
from assistant.domain.target_words import read_date, read_steps, read_tier
from assistant.domain.targets import read_actual, read_target

GE, GT, EQ, LT, LE = Comparator

WRITTEN = [
    ("≥95%", GE, "95", "%"),
    ("大于95%", GT, "95", "%"),
    ("满意度高于95%", GT, "95", "%"),
    (">3次", GT, "3", "次"),
    ("＞３次", GT, "3", "次"),
    (">3500平方米", GT, "3500", "平方米"),
    ("≤90万元", LE, "90", "万元"),
    ("≥100百分比", GE, "100", "%"),
    ("不少于10场", GE, "10", "场"),
    ("不低于90%", GE, "90", "%"),
    ("控制在90万元以内", LE, "90", "万元"),
    ("90%以上", GE, "90", "%"),
    ("100余篇", GE, "100", "篇"),
    ("=0件", EQ, "0", "件"),
    ("≥1.2万人次", GE, "1.2", "万人次"),
    ("接到报修电话后15分钟以内到场处置，并做好登记。", LE, "15", "分钟"),
    ("对食堂的满意人数/就餐职工总人数≥95%", GE, "95", "%"),
    ("≥1000条（每日不少于3条）", GE, "1000", "条"),
]


@pytest.mark.parametrize(("text", "comparator", "bound", "unit"), WRITTEN)
def test_a_written_operator_is_read_with_its_bound_and_unit(
    text: str, comparator: Comparator, bound: str, unit: str
) -> None:
    """The operator stands in the cell, so nothing is supposed."""
    target = read_target(text)
    assert (target.kind, target.comparator) == (TargetKind.NUMBER, comparator)
    assert (target.bound, target.unit, target.assumed) == (Decimal(bound), unit, False)


@pytest.mark.parametrize(
    ("text", "words", "comparator"),
    [
        ("95%", {}, GE),
        ("98", {"name": "服务对象满意度"}, GE),
        ("招聘1人", {}, EQ),
        ("约550人", {}, EQ),
        ("0事故", {}, LE),
        ("12万元", {"category": "成本指标"}, LE),
        ("12万元", {"dimension": "经济成本指标"}, LE),
    ],
)
def test_a_bare_number_is_marked_as_assumed(text: str, words: dict[str, str], comparator: Comparator) -> None:
    """Rates and satisfaction want at least, counts exactly, zero and costs at most."""
    target = read_target(text, **words)
    assert (target.comparator, target.assumed) == (comparator, True)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("1-2篇", TargetKind.RANGE),
        ("80%-90%", TargetKind.RANGE),
        ("按计划数到位", TargetKind.QUALITATIVE),
        ("按时、及时征订", TargetKind.QUALITATIVE),
        ("验收合格", TargetKind.QUALITATIVE),
        ("保密项目", TargetKind.CONFIDENTIAL),
        ("2024年6月底前", TargetKind.DATE),
        ("年底之前", TargetKind.DATE),
        ("≥95%得100分；<95%得50分", TargetKind.STEP),
        ("召开政协全会1次、常委会>2次", TargetKind.COMPOSITE),
        ("", TargetKind.EMPTY),
    ],
)
def test_the_kind_of_a_target_is_recognised(text: str, kind: TargetKind) -> None:
    """Words, dates, ranges and steps are told apart from plain numbers."""
    assert read_target(text).kind is kind


def test_the_raw_text_is_always_kept() -> None:
    """大于98% stays as it was printed."""
    assert read_target("大于98%").raw == "大于98%"


def test_about_is_marked_as_approximate() -> None:
    """约550人 says 约."""
    assert read_target("约550人").approximate


def test_a_row_with_a_tier_is_qualitative_even_if_its_words_hold_a_number() -> None:
    """制定3项制度并有效执行 with tier B is judged, not counted."""
    assert read_target("制定3项制度并有效执行", tier=Tier.B).kind is TargetKind.QUALITATIVE


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("6场", "6", "场"),
        ("近11场", "11", "场"),
        ("92.40%", "92.40", "%"),
        ("实际举办11场", "11", "场"),
        ("2023年举办6场（线上2场）", "6", "场"),
        ("1,667,833次", "1667833", "次"),
        ("-5%", "-5", "%"),
    ],
)
def test_an_actual_value_is_read_with_its_unit(text: str, value: str, unit: str) -> None:
    """Years and bracketed remarks are no quantity of the indicator."""
    actual = read_actual(text)
    assert actual is not None
    assert (actual.value, actual.unit) == (Decimal(value), unit)


@pytest.mark.parametrize("text", ["已完成", "完成6场，占100%", "2024年6月30日", "", "3-5篇"])
def test_an_actual_value_that_is_not_one_number_is_not_guessed(text: str) -> None:
    """None, rather than the first number that comes along."""
    assert read_actual(text) is None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2024年6月30日", date(2024, 6, 30)),
        ("6月底", date(2024, 6, 30)),
        ("2024-06-30", date(2024, 6, 30)),
        ("6月上旬", date(2024, 6, 10)),
        ("6月前", date(2024, 5, 31)),
        ("年底前", date(2024, 12, 31)),
        ("第三季度", date(2024, 9, 30)),
        ("2月30日", None),
        ("按时", None),
    ],
)
def test_a_date_is_the_last_day_its_words_allow(text: str, expected: date | None) -> None:
    """The year of the report completes a date without one."""
    assert read_date(text, 2024) == expected


@pytest.mark.parametrize(
    ("actual", "tier"),
    [
        ("部分达成年度指标并具有一定效果", Tier.B),
        ("未达成", Tier.C),
        ("良", Tier.A),
        ("中", Tier.B),
        ("低", Tier.C),
        ("已按时完成", Tier.A),
        ("未按时完成", None),
        ("工作推进顺利", None),
    ],
)
def test_a_tier_is_read_only_from_published_words(actual: str, tier: Tier | None) -> None:
    """What is no label of a tier is left to a person."""
    assert read_tier(actual, "按时完成") == tier


def test_the_steps_of_a_scoring_rule_are_read_in_order() -> None:
    """≥95%得100分；<95%得50分 has two steps."""
    steps = read_steps("≥95%得100分；<95%得50分")
    assert [(step.condition.comparator, step.points) for step in steps] == [(GE, 100), (LT, 50)]


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("≥60万页", "60", "万页"),
        ("≥30趟", "30", "趟"),
        ("≥2千册", "2", "千册"),
        ("≥12万人次", "12", "万人次"),
    ],
)
def test_a_measure_word_that_is_in_no_list_is_kept(text: str, value: str, unit: str) -> None:
    """流动书车的趟、档案的万页：a unit is what stands behind the number at the end of the cell."""
    target = read_target(text)
    assert (target.low, target.unit) == (Decimal(value), unit)


def test_forty_digits_are_a_slip_and_no_figure() -> None:
    """Nothing can be computed with them; the words are kept."""
    assert read_target("≥" + "9" * 40).kind is TargetKind.QUALITATIVE


@pytest.mark.parametrize(
    ("text", "comparator", "bound", "unit"),
    [
        ("≤12/10万", Comparator.LE, "12", "/10万"),
        ("≤0.5‰", Comparator.LE, "0.5", "‰"),
        ("每月10日前", Comparator.LE, "10", "日"),
    ],
)
def test_shares_of_a_population_and_days_of_the_month_are_numbers(
    text: str, comparator: Comparator, bound: str, unit: str
) -> None:
    """One number each, as the forms of health and wages have them."""
    target = read_target(text)
    assert (target.comparator, str(target.bound), target.unit) == (comparator, bound, unit)
