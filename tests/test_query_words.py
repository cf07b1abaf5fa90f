"""Tests of what a query is turned into: everyday words widened, words of asking left out, sections preferred."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.domain.passage import Query, SectionKind
from assistant.errors import InputError
from assistant.search.index import Library
from assistant.search.intent import intent_of
from assistant.search.shapes import Shape, shape_of
from assistant.search.spread import COPY_KEEPS, without_copies
from assistant.search.thesaurus import OWN_WORDS, Thesaurus, shipped_thesaurus, thesaurus_of

WORDS = Thesaurus(
    [
        {"everyday": "没人来", "report": "参与人次"},
        {"everyday": "没人来领 没人…申请", "report": "申领 覆盖率"},
        {"everyday": "钱", "report": "资金"},
    ]
)


def test_the_longer_everyday_word_counts() -> None:
    assert WORDS.widen("没人来领").terms == ("申领", "覆盖率")


def test_a_gap_lets_a_few_characters_stand_between() -> None:
    assert WORDS.widen("没人愿意去申请").terms == ("申领", "覆盖率")
    assert WORDS.widen("没人知道今年下半年又可以重新申请").terms == ()


def test_a_group_has_the_share_of_the_query_it_explains() -> None:
    (group,) = WORDS.widen("钱，花了").groups
    assert (group.word, group.share) == ("钱", pytest.approx(1 / 3))


def test_terms_that_the_query_has_are_not_added() -> None:
    assert WORDS.widen("没人来领，申领少").terms == ("覆盖率",)


@pytest.mark.parametrize(
    ("everyday", "term"),
    [
        ("钱没花完", "预算执行率偏低"),
        ("没人来领", "申领"),
        ("各干各的", "协同"),
        ("公众号排得难看", "版面设计"),
        ("合约没签就开工，没立字据", "先用后签"),
        ("老百姓不买账", "满意度"),
        ("下大雨干不成", "汛期"),
    ],
)
def test_everyday_words_lead_to_report_terms(everyday: str, term: str) -> None:
    assert term in shipped_thesaurus().widen(everyday).terms


def test_the_shipped_list_has_hundreds_of_entries() -> None:
    assert len(shipped_thesaurus()) >= 300


def test_users_words_beside_the_library_are_used(tmp_path: Path) -> None:
    """The user's word is new to the shipped list; its term is found and said."""
    (tmp_path / "a.txt").write_text(
        "云溪市水务局2022年项目绩效自评报告\n三、存在的问题\n（一）闸门启闭机锈蚀卡阻，汛前调试不足。\n（二）人员培训不够。\n",
        "utf-8",
    )
    index = tmp_path / "index"
    with Library(index) as library:
        library.update([tmp_path / "a.txt"])
        (index / OWN_WORDS).write_text(
            'entry = [{ everyday = "铁疙瘩", report = "启闭机" }]', encoding="utf-8"
        )
        result = library.search(Query(text="铁疙瘩", mode="keyword"))
    assert result.passages[0].text.startswith("（一）闸门")
    assert result.note == "已把“铁疙瘩”扩展为“启闭机”一并查找"


@pytest.mark.parametrize("written", ["entry = 3", 'entry = [{ everyday = "x" }]', "entry = [", "other = 1"])
def test_an_unreadable_list_of_the_user_is_named(tmp_path: Path, written: str) -> None:
    (tmp_path / OWN_WORDS).write_text(written, "utf-8")
    with pytest.raises(InputError, match="自加词表"):
        thesaurus_of(tmp_path)


@pytest.mark.parametrize(
    ("question", "section"),
    [
        ("公众号稿件质量怎么提高？", SectionKind.MEASURES),
        ("为什么没有完成？", SectionKind.PROBLEMS),
        ("有哪些好的做法？", SectionKind.ACHIEVEMENTS),
        ("项目得分是多少，什么等级？", SectionKind.CONCLUSION),
        ("花了多少钱？", SectionKind.FUNDING),
    ],
)
def test_a_question_prefers_the_section_it_asks_for(question: str, section: SectionKind) -> None:
    """Against the weights of a query that asks for nothing."""
    asked, plain = intent_of(question).sections, intent_of("稿件").sections
    raised = {kind: new / old for kind, new, old in zip(SectionKind, asked, plain, strict=True)}
    assert raised[section] == max(raised.values()) > 1


def test_words_of_asking_are_not_looked_for() -> None:
    assert intent_of("采购为什么晚了？").core == "采购晚"
    assert intent_of("怎么办？").core == "怎么办？"


def test_rows_step_back_unless_a_table_is_asked_for() -> None:
    assert intent_of("支出进度").shapes[Shape.ROW] < 1
    assert intent_of("支出明细表").shapes[Shape.ROW] == 1


def test_shapes_tell_prose_from_headings_and_rows() -> None:
    assert shape_of("（一）采购启动较晚", is_row=False) is Shape.HEADING
    assert shape_of("采购启动较晚。", is_row=False) is Shape.PROSE
    assert shape_of("资金\t10.00\t95%", is_row=True) is Shape.ROW
    assert shape_of("目标\t" + "围绕民生实事开展调研，" * 5, is_row=True) is Shape.TELLING_ROW


def test_near_copies_step_back_behind_the_best() -> None:
    """The second differs by its figures only; the third says something else."""
    first = "微信公众号全年推送文章892篇，粉丝7700人，宣传工作得到加强"
    texts = [first, first.replace("892", "984"), "委员培训两期，到课368人次，考核合格率较高"]
    assert without_copies(texts) == [1.0, COPY_KEEPS, 1.0]


def test_a_word_that_the_reports_use_themselves_widens_little(tmp_path: Path) -> None:
    """没人来: where reports say so, their paragraph stands before that of the report term."""
    (tmp_path / "reports").mkdir()
    (tmp_path / "reports" / "a.txt").write_text("几场活动的现场没人来。\n全年参与人次没有达到目标。", "utf-8")
    with Library(tmp_path / "index") as library:
        library.update([tmp_path / "reports"])
        found = library.search(Query(text="没人来", mode="keyword", limit=2)).passages
    assert "没人来" in found[0].text


@pytest.mark.parametrize(("said", "term"), [("缺少新意", "创新"), ("入土", "安葬"), ("含混", "不够明确")])
def test_single_words_lead_to_the_words_of_reports(said: str, term: str) -> None:
    assert term in shipped_thesaurus().widen(said).terms
