"""Numbers in Chinese text: what they are, what they are worth, and where they stand."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.domain.chinese_numbers import read_chinese
from assistant.domain.numerals import Bound, Mention, MentionKind, equal_shown, scan, to_chinese

QUANTITIES = [
    ("全年预算数186.50万元", "186.50", "万元"),
    ("全年执行１８２．７７万元", "182.77", "万元"),
    ("合同价1,234.50元", "0.123450", "万元"),
    ("投资1.2亿元", "12000", "万元"),
    ("二百五十二点三六万元", "252.36", "万元"),
    ("播放量12.8万人次", "128000", "人次"),
    ("执行率98.12%", "98.12", "%"),
    ("百分之八十七点五", "87.5", "%"),
    ("九成八", "98", "%"),
    ("提高3.5个百分点", "3.5", "个百分点"),
    ("得9.80分", "9.80", "分"),
    ("年度指标值≥1000篇", "1000", "篇"),
    ("下设三个子项目", "3", "个"),
    ("面积3500平方米", "3500", "平方米"),
    ("增幅为-3.25%", "-3.25", "%"),
    ("252.36 万元", "252.36", "万元"),
    ("一千二百三十人", "1230", "人"),
]


@pytest.mark.parametrize(("text", "value", "unit"), QUANTITIES)
def test_a_quantity_is_read_with_value_and_unit(text: str, value: str, unit: str) -> None:
    [mention] = [m for m in scan(text) if m.kind is MentionKind.QUANTITY]
    assert (mention.value, mention.unit) == (Decimal(value), unit)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("财预〔2020〕10号", MentionKind.DOCUMENT_NUMBER),
        ("财预[2020]10号", MentionKind.DOCUMENT_NUMBER),
        ("第三十一条", MentionKind.CLAUSE),
        ("2022年6月30日", MentionKind.DATE),
        ("2024-06-30", MentionKind.DATE),
        ("6月底", MentionKind.DATE),
        ("2021 年度", MentionKind.YEAR),
        ("2022-2024年", MentionKind.YEAR),
        ("二〇二三年", MentionKind.YEAR),
        ("第3", MentionKind.ORDINAL),
        ("十四届", MentionKind.ORDINAL),
        ("附表2", MentionKind.ORDINAL),
        ("1.项目背景", MentionKind.HEADING_NUMBER),
        ("（1）社会效益", MentionKind.HEADING_NUMBER),
        ("H5", MentionKind.CODE),
        ("GB/T 9704-2012", MentionKind.CODE),
        ("12345政务服务热线", MentionKind.CODE),
    ],
)
def test_what_is_no_figure_is_told_apart(text: str, kind: MentionKind) -> None:
    assert [m.kind for m in scan(text)] == [kind]


@pytest.mark.parametrize(
    "text",
    [
        "一是统一部署",
        "十分重视",
        "一般问题",
        "从三个方面",
        "做到“两个维护”",
        "一个平台",
        "近年来",
        "千方百计",
        "万众一心",
        "三农",
    ],
)
def test_words_with_numerals_in_them_are_no_numbers(text: str) -> None:
    assert scan(text) == ()


def test_the_words_of_a_legal_basis_are_not_part_of_its_number() -> None:
    assert scan("依据财预〔2020〕10号逐项自评")[0].text == "财预〔2020〕10号"


@pytest.mark.parametrize(
    ("text", "low", "high", "unit"),
    [("1-2篇", "1", "2", "篇"), ("1.5–2万元", "1.5", "2", "万元"), ("80%～90%", "80", "90", "%")],
)
def test_a_range_has_two_ends(text: str, low: str, high: str, unit: str) -> None:
    [mention] = scan(text)
    assert (mention.value, mention.high, mention.unit) == (Decimal(low), Decimal(high), unit)


@pytest.mark.parametrize(
    ("text", "bound"),
    [
        ("近11场", Bound.BELOW),
        ("100余篇", Bound.ABOVE),
        ("约550人", Bound.ABOUT),
        ("不少于10次", Bound.ABOVE),
        ("30多万人次", Bound.ABOVE),
        ("不足九成", Bound.BELOW),
        ("节约3万元", Bound.EXACT),
        ("结余3.73万元", Bound.EXACT),
    ],
)
def test_approximating_words_are_heard(text: str, bound: Bound) -> None:
    assert scan(text)[0].bound is bound


@pytest.mark.parametrize(
    ("text", "fits", "fits_not"),
    [("100余篇", "130", "99"), ("约550人", "560", "600"), ("近11场", "11", "12")],
)
def test_an_approximation_is_true_or_not(text: str, fits: str, fits_not: str) -> None:
    """460多 is 460 to 469; 约 reaches 5 %; 近 never exceeds."""
    mention = scan(text)[0]
    assert mention.fits(Decimal(fits)) and not mention.fits(Decimal(fits_not))


@pytest.mark.parametrize(
    ("first", "second", "same"),
    [
        ("92", "92.40", True),
        ("98.31", "98.30697", True),
        ("92.40", "92.4", True),
        ("92.40", "92.41", False),
        ("92", "93", False),
        ("98.30", "98.30697", False),
    ],
)
def test_printed_numbers_are_equal_where_their_intervals_meet(first: str, second: str, same: bool) -> None:
    """Domain §5.0; 98.30697 is printed 98.31 in a published report, never 98.30."""
    assert equal_shown(Decimal(first), Decimal(second)) is same


def test_a_span_is_that_of_the_characters() -> None:
    text = "全年　预算数１８６.５０万元，执行率92.4％。"
    assert [text[m.start : m.end] for m in scan(text)] == ["１８６.５０万元", "92.4％"]


@given(st.integers(0, 10**10))
def test_chinese_numerals_read_back_what_was_written(number: int) -> None:
    assert read_chinese(to_chinese(Decimal(number))) == number


@given(st.decimals(0, 10**7, places=2), st.sampled_from(["万元", "元", "%", "分", "人次", "篇"]))
def test_any_printed_amount_is_found_whole(value: Decimal, unit: str) -> None:
    text = f"本年为{value:f}{unit}，属实。"
    [mention] = scan(text)
    assert mention.text == f"{value:f}{unit}"


@given(st.text(alphabet="一二三十百千万亿两成折半分元个0123456789.,，-%〔〕年月日第条号约近余", max_size=30))
def test_no_text_breaks_the_scanner_and_spans_never_overlap(text: str) -> None:
    found: tuple[Mention, ...] = scan(text)
    assert all(a.end <= b.start for a, b in zip(found, found[1:], strict=False))
