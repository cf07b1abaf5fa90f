"""What a number in a sentence claims: its role, its subject, its year; and how tables are read."""

from __future__ import annotations

import pytest

from assistant.domain.numerals import MentionKind, scan
from assistant.proof.claim import Claim, Paragraph
from assistant.proof.claims import claims_of
from assistant.proof.counting import counted
from assistant.proof.frames import Relation
from assistant.proof.layout import Line, Span, numbering_level
from assistant.proof.scopes import Scopes
from assistant.proof.subjects import Names
from assistant.proof.tables import Table

NAMES = Names(
    {
        "平台经费": ((1, "", 0),),
        "培训经费": ((2, "", 0),),
        "议事场次": ((1, "i", 1),),
        "培训人次": ((2, "i", 1),),
    }
)


def claims(text: str, project: int = 0) -> list[Claim]:
    mentions = [m for m in scan(text) if m.kind is MentionKind.QUANTITY]
    return claims_of(Paragraph(text, project, 2023, 2024), Span(0, len(text)), mentions, NAMES)


@pytest.mark.parametrize(
    ("text", "attribute"),
    [
        ("全年预算数100万元", "budget"),
        ("年初预算数100万元", "initial"),
        ("实际支出100万元", "spent"),
        ("预算执行率98%", "rate"),
        ("未执行金额2万元", "unspent"),
        ("自评得分9.80分", "score"),
        ("分值（权重）为10分", "weight"),
        ("失0.20分", "lost"),
        ("年度指标值为6场", "target"),
        ("实际完成6场", "actual"),
        ("单价12万元", "price"),
        ("100万元的预算", "budget"),
        ("未达到6场的目标", "target"),
    ],
)
def test_the_word_beside_a_number_gives_its_role(text: str, attribute: str) -> None:
    assert attribute in claims(text)[0].attributes


@pytest.mark.parametrize(
    ("text", "relation", "sign"),
    [
        ("支出占全年预算的98%", Relation.SHARE, 0),
        ("年中调减8万元", Relation.DIFFERENCE, -1),
        ("比目标少3场", Relation.DIFFERENCE, -1),
        ("超出目标3场", Relation.DIFFERENCE, 1),
        ("由90万元", Relation.VALUE, 0),
        ("由90万元增加到100万元", Relation.TO, 0),
        ("平均每场1.2万元", Relation.MEAN, 0),
        ("约为上年的2倍", Relation.TIMES, 0),
        ("三项合计12分", Relation.SUM, 0),
        ("还有2场未举办", Relation.DIFFERENCE, -1),
        ("不少于6场", Relation.VALUE, 0),
    ],
)
def test_the_words_around_a_number_give_its_relation(text: str, relation: Relation, sign: int) -> None:
    frame = claims(text)[-1].frame
    assert (frame.relation, frame.sign) == (relation, sign)


def test_the_unit_decides_between_roles() -> None:
    """完成98% is a rate or a result, 完成98万元 never a score."""
    assert "score" not in claims("得98万元")[0].attributes


def test_the_nearest_name_before_a_number_is_its_subject() -> None:
    first, second = claims("平台经费支出94万元，培训经费支出85万元")
    assert (first.levels[0], second.levels[0]) == (((1, "", 0),), ((2, "", 0),))


def test_respectively_deals_numbers_out_in_order() -> None:
    first, second = claims("平台经费、培训经费执行率分别为94%和85%")
    assert (first.levels[0], second.levels[0]) == (((1, "", 0),), ((2, "", 0),))


def test_roles_are_dealt_out_too() -> None:
    first, second = claims("预算数、执行数分别为100万元、98万元")
    assert "budget" in first.attributes and "spent" in second.attributes


def test_what_something_is_compared_with_is_not_its_subject() -> None:
    [claim] = claims("培训经费支出比平台经费少9万元")
    assert claim.levels[0] == ((2, "", 0),) and claim.versus == ((1, "", 0),)


@pytest.mark.parametrize(
    ("text", "last"),
    [
        ("上年预算数100万元", True),
        ("2023年预算数100万元", True),
        ("比上年增加100万元", False),
        ("由上年的90万元增加到100万元", False),
        ("上年结转100万元", False),
        ("去年不计，本年预算数100万元", False),
    ],
)
def test_the_year_of_a_number_is_heard(text: str, last: bool) -> None:
    assert claims(text)[-1].last_year is last


@pytest.mark.parametrize(
    ("text", "attribute"),
    [
        ("共3个子项目", "projects"),
        ("设定三级指标21项", "count..all"),
        ("12个三级指标", "count..all"),
        ("三级指标中未达到年度指标值的3项", "count..unmet"),
        ("三级指标中达到年度指标值的15项", "count..met"),
        ("指标中有7项失分", "count..lost"),
        ("6个数量指标", "count.数量指标.all"),
    ],
)
def test_a_count_is_that_of_what_it_counts(text: str, attribute: str) -> None:
    mention = next(m for m in scan(text) if m.kind is MentionKind.QUANTITY)
    assert attribute in counted(text, mention, 0)


@pytest.mark.parametrize(
    ("line", "level"),
    [("一、基本情况", 1), ("（二）资金", 2), ("3.明细", 3), ("（1）电视", 4), ("3.5万元", 0), ("正文", 0)],
)
def test_numbering_has_four_levels(line: str, level: int) -> None:
    assert numbering_level(line) == level


def test_a_sub_project_is_left_with_its_heading() -> None:
    text = "1.平台经费\n正文\n2.其他\n正文"
    scopes, at, found = Scopes(NAMES, text), 0, []
    for line in text.split("\n"):
        found.append(scopes.enter(Line(at, at + len(line), line, numbering_level(line))))
        at += len(line) + 1
    assert found == [1, 1, 0, 0]


def test_merged_cells_given_once_do_not_shift_the_columns() -> None:
    """The header has eight cells, a row below a merged category seven."""
    table = Table()
    header = "一级指标\t二级指标\t三级指标\t年度指标值\t实际完成值\t分值\t得分\t原因"
    table.read(Line(0, len(header), header, 0), NAMES, 1)
    row = "数量指标\t议事场次\t≥6场\t6场\t12\t12.00\t"
    cells = {cell.text: cell.attributes for cell in table.read(Line(0, len(row), row, 0), NAMES, 1)}
    assert (
        "target" in cells["≥6场"],
        "actual" in cells["6场"],
        "weight" in cells["12"],
        "score" in cells["12.00"],
    ) == (True,) * 4


def test_a_row_speaks_of_the_name_in_it() -> None:
    table = Table()
    header = "子项目\t全年预算数\t全年执行数"
    table.read(Line(0, len(header), header, 0), NAMES, 0)
    cells = table.read(Line(0, 20, "培训经费\t84.00\t71.82", 0), NAMES, 0)
    assert cells[1].levels[0][0] == (2, "", 0)
