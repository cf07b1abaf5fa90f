"""Search: the right paragraph first, filters that hold, and a word on why nothing was found."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.domain.passage import Passage, Query
from assistant.errors import ModelError
from assistant.search.embedding import SHIPPED, StaticEmbedder, load_embedder
from assistant.search.index import Library
from assistant.search.keyword import KeywordIndex
from assistant.search.thesaurus import shipped_thesaurus
from assistant.search.words import normalised

ACCEPTANCE = "微信公众号稿件质量和版面还要提高"
LAST_YEAR = """云溪市教育局2022年校舍维修项目绩效自评报告
一、基本情况
（一）资金情况
全年预算数为120.00万元，全年执行数为96.00万元，预算执行率为80.00%。
三、存在的问题
（一）采购启动较晚，预算执行率偏低。
（二）家长满意度调查样本不足。
四、改进措施
（一）把采购需求前移到上年四季度，按月通报支出进度。
（二）扩大问卷样本，保留原始记录。"""
THIS_YEAR = """望川区民政局2023年居家养老服务项目绩效自评报告
一、基本情况
项目委托3家机构上门服务，覆盖14个街镇。
三、存在的问题
（一）呼叫响应慢，夜间服务力量薄弱。
四、改进措施
（一）补足夜班人员，建立月度考核。"""


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    home = tmp_path_factory.mktemp("library")
    (home / "reports").mkdir()
    (home / "reports" / "last.txt").write_text(LAST_YEAR, "utf-8")
    (home / "reports" / "this.txt").write_text(THIS_YEAR, "utf-8")
    with Library(home / "index") as opened:
        opened.update([home / "reports"])
        yield opened


@pytest.fixture(scope="module")
def seed_library(tmp_path_factory: pytest.TempPathFactory, seeds: Path) -> Iterator[Library]:
    with Library(tmp_path_factory.mktemp("seed-index")) as opened:
        opened.update([seeds])
        yield opened


def found(library: Library, text: str, **filters: object) -> tuple[Passage, ...]:
    return library.search(Query(text=text, **filters)).passages  # type: ignore[arg-type]


@pytest.mark.parametrize("mode", ["hybrid", "keyword", "semantic"])
def test_the_problem_is_found_in_the_published_report(seed_library: Library, mode: str) -> None:
    """Seed 0, problem (二), stands in line 69 (non-empty lines from 0); it must be among the first five."""
    places = [(hit.citation.source[:3], hit.citation.first_paragraph) for hit in found(seed_library, ACCEPTANCE, mode=mode, limit=5)]  # fmt: skip
    assert ("000", 69) in places


@pytest.mark.parametrize(
    ("query", "source", "line"),
    [
        ("调查走过场，问题没研究透", "000", 70),
        ("跟市里的业务没有挂上钩", "002", 142),
        ("定目标的人不懂绩效", "001", 44),
        ("预算", "003", 2),
    ],
)
def test_everyday_words_find_the_report_wording(
    seed_library: Library, query: str, source: str, line: int
) -> None:
    """Two-character words and lay wordings alike: within the first five, or of that source for a bare word."""
    hits = found(seed_library, query, limit=5)
    places = {(hit.citation.source[:3], hit.citation.first_paragraph) for hit in hits}
    assert (source, line) in places or (len(query) == 2 and hits)


def test_hits_are_ranked_by_falling_score_from_one(library: Library) -> None:
    hits = found(library, "预算执行率偏低")
    assert [hit.rank for hit in hits] == list(range(1, len(hits) + 1))
    assert [hit.score for hit in hits] == sorted((hit.score for hit in hits), reverse=True)


def test_a_hit_carries_its_citation(library: Library) -> None:
    hit = found(library, "采购启动较晚")[0]
    assert (hit.citation.source, hit.citation.first_paragraph, hit.citation.heading) == (
        "last.txt",
        5,
        ("存在的问题",),
    )
    assert (hit.unit_name, hit.year, hit.text) == ("云溪市教育局", 2022, LAST_YEAR.splitlines()[5])


@pytest.mark.parametrize("mode", ["hybrid", "keyword", "semantic"])
@pytest.mark.parametrize(
    ("filters", "sources"),
    [
        ({"section": "measures"}, {"last.txt", "this.txt"}),
        ({"unit": "民政局"}, {"this.txt"}),
        ({"year": 2022}, {"last.txt"}),
        ({"kind": "project", "year": 2023}, {"this.txt"}),
        ({"exclude_sources": ("last.txt",)}, {"this.txt"}),
    ],
)
def test_filters_admit_only_what_they_name(
    library: Library, mode: str, filters: dict[str, object], sources: set[str]
) -> None:
    hits = found(library, "服务和采购、按月通报考核", mode=mode, **filters)
    assert {hit.citation.source for hit in hits} == sources
    assert all(hit.section.value == filters.get("section", hit.section.value) for hit in hits)


def test_a_topic_admits_only_its_passages(library: Library) -> None:
    """P11 is 满意度未达标."""
    assert [hit.text for hit in found(library, "家长", topic="P11")] == ["（二）家长满意度调查样本不足。"]


@pytest.mark.parametrize(
    ("query", "reason"),
    [
        (Query(text="采购", unit="海事局"), "没有单位“海事局”的报告，现有：云溪市教育局、望川区民政局"),
        (Query(text="采购", year=1999), "没有年度“1999”的报告，现有：2022、2023"),
        (Query(text="采购", region="海口"), "没有地区“海口”的报告，现有：云溪市、望川区"),
        (Query(text="采购", section="annex"), "不限章节则有 "),
        (Query(text="采购", unit="教育局", year=2023), "不限单位则有 3 段；不限年度则有 5 段"),
        (Query(text="采购", topic="P99"), "没有编号为“P99”的问题类型"),
        (Query(text="  "), "没有要查的内容"),
        (Query(text="ζξψ", mode="keyword"), "换一种说法"),
    ],
)
def test_it_is_said_why_nothing_was_found(library: Library, query: Query, reason: str) -> None:
    result = library.search(query)
    assert (result.passages, reason in result.note) == ((), True)


def test_it_is_said_when_a_query_was_widened(library: Library) -> None:
    result = library.search(Query(text="钱没花完"))
    assert "扩展为“预算执行率偏低" in result.note
    assert "预算执行率" in result.passages[0].text


def test_the_word_list_has_sixty_entries_and_all_topics() -> None:
    words = shipped_thesaurus()
    assert len(words) >= 60
    assert all(words.topic(f"P{number:02}") for number in range(1, 37))


def test_a_passage_can_be_opened_by_its_place(library: Library) -> None:
    passage = library.passage("last.txt", 6)
    assert passage is not None and passage.text == "（二）家长满意度调查样本不足。"
    assert library.passage("last.txt", 400) is None


def test_a_unit_is_found_by_the_name_people_say(seed_library: Library) -> None:
    """中国人民政治协商会议广州市黄埔区委员会办公室 is 广州市黄埔区政协办公室."""
    hits = found(seed_library, "数字政协平台", unit="黄埔区政协")
    assert {hit.citation.source[:3] for hit in hits} == {"002"}


def test_a_semantic_search_is_answered_by_chroma(library: Library) -> None:
    """Put the vector of another paragraph in the place of the best one's, and the ranking changes."""
    from assistant.search.chroma_collection import Collection

    best, other = found(library, "夜间呼叫响应慢", mode="semantic")[:2]
    (folder,) = (library.index_dir / "chroma").glob("*/chroma.sqlite3")
    collection = Collection(folder.parent)
    numbers = {item.chunk.id: str(item.id) for item in library._opened().chunks()}
    best_number, other_number = numbers[best.citation.paragraph_id], numbers[other.citation.paragraph_id]
    kept = collection._raw.get(ids=[best_number], include=["embeddings"])["embeddings"]
    collection._raw.update(ids=[best_number], embeddings=-kept)
    collection._raw.update(ids=[other_number], embeddings=kept)
    changed = found(library, "夜间呼叫响应慢", mode="semantic")[0]
    library.examine(fix=True)
    assert (changed.text, found(library, "夜间呼叫响应慢", mode="semantic")[0].text) == (
        other.text,
        best.text,
    )


def test_chroma_finds_the_neighbours_that_exact_search_finds(seed_library: Library) -> None:
    """On the published reports: the ten nearest by Chroma are the ten nearest by matrix product."""
    from assistant.search.chroma_collection import Collection

    ids, matrix = seed_library._opened().vectors()
    (folder,) = (seed_library.index_dir / "chroma").glob("*/chroma.sqlite3")
    collection = Collection(folder.parent)
    for query in (ACCEPTANCE, "预算执行率", "委员培训"):
        vector = load_embedder(None).encode([query])[0]
        exact = {ids[row] for row in np.argsort(-(matrix @ vector))[:10]}
        assert set(collection.nearest(vector, 10, None)) == exact
    collection.close()


def test_nothing_goes_to_the_network(tmp_path: Path, seeds: Path, no_sockets: list[object]) -> None:
    with Library(tmp_path / "index") as fresh:
        fresh.update([seeds])
        assert found(fresh, ACCEPTANCE)
    assert no_sockets == []


def test_bm25_agrees_with_the_formula_by_hand() -> None:
    """Texts 甲乙, 甲丙; query 乙: idf = ln(1 + 1.5/1.5) in the unigrams; both texts have the mean length."""
    coverage = KeywordIndex(["甲乙", "甲丙"]).coverage("乙")
    idf = np.log(2)
    assert coverage == pytest.approx([idf * 1 * 2.2 / (1 + 1.2) / idf, 0])


@given(
    st.lists(st.text("预算执行率的 abcABC１２", max_size=10), max_size=8),
    st.text("预算执率的bＢ1", max_size=6),
)
@settings(max_examples=40)
def test_a_text_without_any_character_of_the_query_scores_nothing(texts: list[str], query: str) -> None:
    coverage = KeywordIndex(texts).coverage(query)
    wanted = set(normalised(query))
    assert all(
        score == 0 for text, score in zip(texts, coverage, strict=True) if not wanted & set(normalised(text))
    )


def test_width_case_and_blanks_make_no_difference() -> None:
    assert normalised("Ｖlog 创作 ２０２１ 年") == "vlog 创作2021年"


def test_the_light_reader_gives_the_vectors_of_model2vec() -> None:
    """A second implementation reads the same folder; ours are of unit length."""
    from model2vec import StaticModel

    texts = ["预算执行率偏低", "微信公众号稿件质量有待提高"]
    other = StaticModel.from_pretrained(SHIPPED).encode(texts, max_length=None)
    other = other / np.linalg.norm(other, axis=1, keepdims=True)
    assert np.allclose(StaticEmbedder(SHIPPED).encode(texts), other, atol=1e-3)


@pytest.mark.parametrize("content", [{}, {"modules.json": "[]"}, {"config.json": "{}"}])
def test_a_folder_without_a_model_is_refused(tmp_path: Path, content: dict[str, str]) -> None:
    for name, words in content.items():
        (tmp_path / name).write_text(words)
    with pytest.raises(ModelError):
        load_embedder(tmp_path)


def test_a_model_folder_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="没有此模型"):
        load_embedder(tmp_path / "没有此模型")


def test_importing_search_loads_nothing_heavy() -> None:
    heavy = "chromadb langchain_chroma langchain_core torch sentence_transformers"
    code = f"import sys, assistant.search.index; print([m for m in '{heavy}'.split() if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
