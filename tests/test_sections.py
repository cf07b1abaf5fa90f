"""Headings, sections, profiles, and problems paired with measures, held against the published reports."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from assistant.domain.passage import SectionKind
from assistant.library.numbering import marker_of, ordinal_of
from assistant.library.paragraphs import join_lines, joined
from assistant.library.profile import Profile, profile_of, region_of, short_unit
from assistant.library.readers import read_source
from assistant.library.sections import items, kind_of, pairs, placed
from assistant.library.source import SourceText

Maker = Callable[..., SourceText]


@pytest.fixture
def text_of(tmp_path: Path) -> Maker:
    def make(*lines: str, name: str = "a.txt") -> SourceText:
        (tmp_path / name).write_text("\n".join(lines), "utf-8")
        return read_source(tmp_path / name)

    return make


def seed(seeds: Path, number: int) -> SourceText:
    return read_source(sorted(seeds.glob("*.txt"))[number])


@pytest.mark.parametrize(
    ("line", "level", "ordinal", "rest"),
    [
        ("一、基本情况", 1, 1, "基本情况"),
        ("十二、 附则", 1, 12, "附则"),
        ("（三）资金情况", 2, 3, "资金情况"),
        ("(三) 资金情况", 2, 3, "资金情况"),
        ("1. 实施年度", 3, 1, "实施年度"),
        ("1、职能", 3, 1, "职能"),
        ("10.采购", 3, 10, "采购"),
        ("（2）广播", 4, 2, "广播"),
        ("(2) 广播", 4, 2, "广播"),
        ("③课题", 4, 3, "课题"),
        ("第二部分 绩效", 1, 2, "绩效"),
        ("## 二、问题", 1, 2, "问题"),
    ],
)
def test_numbering_is_read_also_where_it_is_damaged(line: str, level: int, ordinal: int, rest: str) -> None:
    assert marker_of(line) == (level, ordinal, rest)


@pytest.mark.parametrize(
    "line", ["2021 年度全年实施", "98.5%以上", "一是完善制度", "2.5万元", "（含转移支付）", "十四届一次会议"]
)
def test_numbers_in_running_text_are_no_headings(line: str) -> None:
    assert marker_of(line) is None


def test_chinese_ordinals_follow_in_order() -> None:
    numerals = ["一", "二", "九", "十", "十一", "十九", "二十", "二十一", "九十九"]
    assert [ordinal_of(numeral) for numeral in numerals] == [1, 2, 9, 10, 11, 19, 20, 21, 99]


@pytest.mark.parametrize(
    ("title", "kind"),
    [
        ("存在的主要问题", SectionKind.PROBLEMS),
        ("存在问题或不足", SectionKind.PROBLEMS),
        ("下一步改进措施", SectionKind.MEASURES),
        ("相关建议", SectionKind.SUGGESTIONS),
        ("项目资金来源及使用情况", SectionKind.FUNDING),
        ("部门整体收支情况", SectionKind.FUNDING),
        ("项目效益分析", SectionKind.BENEFITS),
        ("自评结论综述", SectionKind.CONCLUSION),
        ("项目管理情况", SectionKind.MANAGEMENT),
        ("主要绩效或成功经验", SectionKind.ACHIEVEMENTS),
        ("部门概况", SectionKind.OVERVIEW),
    ],
)
def test_a_title_says_what_its_section_is_about(title: str, kind: SectionKind) -> None:
    assert kind_of(title) is kind


def test_printed_chinese_lines_are_joined_without_a_blank() -> None:
    assert join_lines(["预算 45.8", "万元，运用 mRNA", "vaccine"]) == "预算 45.8万元，运用 mRNA vaccine"


def test_a_printed_paragraph_is_joined_and_its_lines_are_kept(text_of: Maker) -> None:
    full = "议事厅平台由信息科牵头建设并负责起草方案和对接承建单位加强"
    source = text_of("一、情况", full, full, "问题等工作。", full, full, "完。")
    assert [(item.first, item.last) for item in joined(source)] == [(0, 0), (1, 3), (4, 6)]


def test_a_numbered_problem_over_two_printed_lines_is_one(seeds: Path) -> None:
    """Seed 2: both problems and both suggestions run over their first line."""
    spans = {item.first: item.last for item in joined(seed(seeds, 2))}
    assert [spans[first] for first in (140, 142, 145, 149)] == [141, 143, 148, 151]


def test_a_list_of_short_lines_is_not_joined(text_of: Maker) -> None:
    """Without printed width to go by, lines without full stop stay lines."""
    source = text_of(
        "预算执行率偏低，支出慢", "调研不够深入", "2023年度项目支出绩效自评情况说明", "满意度未达标"
    )
    assert len(joined(source)) == 4


def test_a_paragraph_cut_by_a_page_end_is_joined_again(seeds: Path) -> None:
    """Seed 0: …实施范围包括以下内容：①课 / 题 1：全力提升…"""
    by_block = {item.first: item.text for item in joined(seed(seeds, 0))}
    assert "①课题 1：全力提升" in by_block[11]


def test_a_title_without_full_stop_does_not_swallow_the_next_line(text_of: Maker) -> None:
    source = text_of("1. 实施年度", "全年实施。", "单位：万元", "名称", "甲" * 200 + "。")
    assert [item.first for item in joined(source)] == [0, 1, 2, 3, 4]


def test_problems_and_measures_of_the_first_published_report_are_paired_three_by_three(seeds: Path) -> None:
    """Seed 0: 3/3 by order; the second problem speaks of 微信公众号 and so does its measure."""
    found = pairs(seed(seeds, 0))
    assert len(found) == 3
    assert all("微信公众号" in item.text for item in found[1])


def test_an_unnumbered_problem_is_paired_with_its_measure(seeds: Path) -> None:
    """Seed 1 has one unnumbered problem and one measure."""
    assert len(pairs(seed(seeds, 1))) == 1


def test_suggestions_stand_in_for_measures(seeds: Path) -> None:
    """Seed 2 has two problems, two suggestions and no measures."""
    assert [item[1].opening.section for item in pairs(seed(seeds, 2))] == [SectionKind.SUGGESTIONS] * 2


def test_a_form_has_no_problems(seeds: Path) -> None:
    assert pairs(seed(seeds, 3)) == ()


def test_a_problem_keeps_the_paragraphs_below_its_title(text_of: Maker) -> None:
    source = text_of(
        "三、存在的问题",
        "（一）执行率偏低",
        "全年执行率86.20%。",
        "（二）调研不深。",
        "四、改进措施",
        "（一）按月调度。",
    )
    assert [item.text for item in items(source, SectionKind.PROBLEMS)] == [
        "（一）执行率偏低\n全年执行率86.20%。",
        "（二）调研不深。",
    ]


def test_a_measure_under_problems_and_measures_is_a_measure(text_of: Maker) -> None:
    """One chapter for both: the level below says which is which."""
    source = text_of(
        "三、存在问题及改进措施", "（一）存在问题", "1. 执行率偏低。", "（二）改进措施", "1. 按月调度。"
    )
    assert [item.section for item in placed(source)][2::2] == [SectionKind.PROBLEMS, SectionKind.MEASURES]


def test_the_sub_project_in_scope_is_the_one_its_heading_names(seeds: Path) -> None:
    by_block = {item.paragraph.first: item for item in placed(seed(seeds, 0))}
    assert by_block[45].scope == "广州政协智库"


def test_the_headings_above_a_paragraph_are_its_path(seeds: Path) -> None:
    by_block = {item.paragraph.first: item for item in placed(seed(seeds, 0))}
    assert by_block[6].path == ("基本情况", "项目实施情况", "实施年度")


@pytest.mark.parametrize(
    ("number", "unit", "year", "kind", "region"),
    [
        (0, "广州市政协", 2021, "project", "广州市"),
        (1, "广州市政协办公厅", 2022, "department", "广州市"),
        (2, "中国人民政治协商会议广州市黄埔区委员会办公室", 2022, "evaluation", "广州市黄埔区"),
        (3, "中国人民政治协商会议广东省广州市委员会办公厅", None, "plan", "广州市"),
    ],
)
def test_a_published_report_says_what_it_is(
    seeds: Path, number: int, unit: str, year: int | None, kind: str, region: str
) -> None:
    """Seed 3 prints no year at all (domain §7.4)."""
    found = profile_of(seed(seeds, number))
    assert (found.unit_name, found.year, found.kind, found.region) == (unit, year, kind, region)


def test_a_title_over_several_lines_is_one(seeds: Path) -> None:
    assert profile_of(seed(seeds, 2)).title.endswith("黄埔区委员会办公室部门重点项目绩效评价报告")


def test_the_file_name_helps_where_the_text_is_silent(text_of: Maker) -> None:
    source = text_of("正文。" * 30, name="云溪市教育局2022年校舍项目绩效自评报告.txt")
    found = profile_of(source)
    assert (found.unit_name, found.year, found.kind) == ("云溪市教育局", 2022, "project")


def test_a_text_that_says_nothing_gives_an_empty_profile(text_of: Maker) -> None:
    assert profile_of(text_of("今天开会。", name="x.txt")) == Profile(
        title="x", evidence={"title": "文件名“x”"}
    )


def test_a_long_unit_name_is_shortened_as_people_say_it() -> None:
    assert short_unit("中国人民政治协商会议广东省广州市委员会办公厅") == "广州市政协办公厅"


def test_the_region_stands_at_the_head_of_the_unit() -> None:
    assert [region_of(unit) for unit in ("青岚县交通运输局", "云溪市教育局", "望川区民政局", "")] == [
        "青岚县",
        "云溪市",
        "望川区",
        "",
    ]
