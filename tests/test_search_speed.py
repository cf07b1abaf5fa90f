"""What makes search fast gives the same answers as what it replaced, and is there again at the next start."""

from __future__ import annotations

import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from math import log
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.domain.passage import Query
from assistant.search.embedding import load_embedder, products
from assistant.search.hybrid import highest
from assistant.search.index import Library
from assistant.search.keyword import KeywordIndex
from assistant.search.sentence_vectors import SentenceVectors, packed
from assistant.search.words import FUNCTION_CHARACTERS

LETTERS = "预算执行率偏低支出慢的ab1，。 "


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    (tmp_path / "reports").mkdir()
    for name, text in (("a", "预算执行率偏低。"), ("b", "调研不够深入。"), ("c", "满意度未达标。")):
        (tmp_path / "reports" / f"{name}.txt").write_text(f"三、存在的问题\n{text}", "utf-8")
    with Library(tmp_path / "index") as opened:
        opened.update([tmp_path / "reports"])
        yield opened


def by_hand(texts: list[str], query: str) -> list[float]:
    """BM25 over bigrams and unigrams, from the formula, with counters and strings."""

    def bigrams(text: str) -> list[str]:
        return [
            one + other
            for one, other in zip(text, text[1:], strict=False)
            if one.isalnum() and other.isalnum()
        ]

    def unigrams(text: str) -> list[str]:
        return [char for char in text if char.isalnum() and char not in FUNCTION_CHARACTERS]

    total = [0.0] * len(texts)
    for cut in (bigrams, unigrams):
        held = [Counter(cut(text)) for text in texts]
        mean = max(sum(sum(counts.values()) for counts in held) / max(len(texts), 1), 1.0)
        wanted = set(cut(query))
        if not wanted or not any(held):
            continue
        idf = {}
        for term in wanted:
            holders = sum(term in counts for counts in held)
            idf[term] = log(1 + (len(texts) - holders + 0.5) / (holders + 0.5))
        for place, counts in enumerate(held):
            length = sum(counts.values())
            for term in wanted & counts.keys():
                norm = 1.2 * (0.25 + 0.75 * length / mean)
                total[place] += idf[term] * counts[term] * 2.2 / (counts[term] + norm) / sum(idf.values())
    return total


def plain(text: str) -> str:
    from assistant.search.words import normalised

    return normalised(text)


@given(st.lists(st.text(LETTERS, max_size=30), max_size=12), st.text(LETTERS, max_size=12))
@settings(max_examples=60, deadline=None)
def test_coverage_is_what_the_formula_gives_by_hand(texts: list[str], query: str) -> None:
    found = KeywordIndex(texts).coverage(query)
    assert found == pytest.approx(by_hand([plain(text) for text in texts], plain(query)), rel=1e-4, abs=1e-6)


def test_a_keyword_index_that_was_kept_answers_as_before() -> None:
    index = KeywordIndex(["预算执行率偏低", "调研不深入", ""])
    again = KeywordIndex.load(index.arrays(), 3)
    assert np.array_equal(index.coverage("执行率和调研"), again.coverage("执行率和调研"))


@given(st.integers(0, 2**32 - 1))
@settings(max_examples=25, deadline=None)
def test_packed_sentences_give_the_best_product_within_half_a_hundredth(seed: int) -> None:
    """Against float vectors and a plain loop."""
    chance = np.random.default_rng(seed)
    chunks = []
    for count in chance.integers(0, 5, 6):
        vectors = chance.normal(size=(count, 24)).astype(np.float32)
        chunks.append(vectors / np.linalg.norm(vectors, axis=1, keepdims=True))
    question = chance.normal(size=24).astype(np.float32)
    question /= np.linalg.norm(question)
    kept = SentenceVectors.of([packed(vectors) for vectors in chunks], 24)
    best = kept.best(np.arange(6), question)
    expected = [max((float(v @ question) for v in vectors), default=-1.0) for vectors in chunks]
    assert best == pytest.approx(expected, abs=0.005)


def test_products_on_one_thread_are_the_products() -> None:
    matrix = np.random.default_rng(1).normal(size=(50, 216)).astype(np.float32)
    assert products(matrix, matrix[3]) == pytest.approx(matrix @ matrix[3], abs=1e-4)


@given(st.lists(st.floats(-1, 1, width=32), max_size=40), st.integers(1, 10))
def test_the_highest_scores_are_those_of_sorting(scores: list[float], count: int) -> None:
    array = np.asarray(scores, dtype=np.float32)
    expected = sorted((score for score in scores if score > 0), reverse=True)[:count]
    assert sorted((float(array[place]) for place in highest(array, count)), reverse=True) == expected


def test_a_second_start_makes_no_array_anew(library: Library) -> None:
    before = {path: path.stat().st_mtime_ns for path in (library.index_dir / "shelf").rglob("*.npy")}
    with Library(library.index_dir) as again:
        assert again.search(Query(text="调研")).passages[0].citation.source == "b.txt"
    assert {path: path.stat().st_mtime_ns for path in (library.index_dir / "shelf").rglob("*.npy")} == before


@pytest.mark.parametrize("damage", ["emptied", "removed", "half"])
def test_arrays_that_broke_are_made_anew(library: Library, damage: str) -> None:
    library.close()
    (kept,) = (library.index_dir / "shelf").iterdir()
    if damage == "emptied":
        (kept / "ids.npy").write_bytes(b"")
    elif damage == "removed":
        (kept / "names.json").unlink()
    else:
        (kept / "bigrams.texts.npy").unlink()
    assert library.search(Query(text="调研")).passages[0].citation.source == "b.txt"


@pytest.mark.parametrize("content", [b"", b"garbage", None])
def test_vectors_that_broke_are_loaded_from_chroma_again(library: Library, content: bytes | None) -> None:
    library.close()
    for kept in (library.index_dir / "chroma").glob("*.npy"):
        if content is None:
            kept.unlink()
        else:
            kept.write_bytes(content)
    hits = library.search(Query(text="调研走过场", mode="semantic")).passages
    assert hits[0].citation.source == "b.txt"


def test_arrays_of_earlier_generations_are_dropped(library: Library) -> None:
    library.delete("a.txt")
    library.search(Query(text="调研"))
    assert len(list((library.index_dir / "shelf").iterdir())) == 1


def test_a_warm_search_loads_neither_chroma_nor_langchain(library: Library) -> None:
    """Chroma holds the vectors; they were loaded from it when it last changed."""
    code = (
        "import sys; from pathlib import Path; from assistant.search.index import Library;"
        "from assistant.domain.passage import Query;"
        "hits = Library(Path(sys.argv[1])).search(Query(text='调研走过场')).passages;"
        "print(hits[0].citation.source, [m for m in ('chromadb', 'langchain_core') if m in sys.modules])"
    )
    command = [sys.executable, "-c", code, str(library.index_dir)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "b.txt []"


def test_the_filter_of_a_topic_reads_each_topic_once(library: Library) -> None:
    library.search(Query(text="满意", topic="P11"))
    shelf = library._shelf
    assert shelf is not None and len(shelf._topics) == 1
    library.search(Query(text="满意度", topic="P11"))
    assert library._shelf is shelf and len(shelf._topics) == 1


def test_a_slow_model_has_no_sentences_and_is_searched_all_the_same(tmp_path: Path) -> None:
    class Slow:
        """The shipped model, said to be slow."""

        def __init__(self) -> None:
            self.own = load_embedder(None)
            self.id, self.name, self.fast = "slow", "slow", False

        def encode(self, texts: list[str]) -> object:
            return self.own.encode(texts)

    (tmp_path / "a.txt").write_text("三、存在的问题\n调研不够深入。", "utf-8")
    with Library(tmp_path / "index") as library:
        library._model = Slow()  # type: ignore[assignment]
        library.update([tmp_path / "a.txt"])
        assert library.search(Query(text="调研走过场")).passages[0].citation.source == "a.txt"
        assert library._opened().sentences() == [b""]


def test_two_thousand_passages_are_searched_in_a_few_milliseconds(tmp_path: Path) -> None:
    """A bound that only a wrong algorithm breaks: encoding sentences at query time took 80 ms and more."""
    lines = [
        f"（{n}）第{n}标段的{w}没有按期完成，原因是图纸晚到。支付集中在年末。"
        for n in range(400)
        for w in "管线路面桥"
    ]
    (tmp_path / "a.txt").write_text("\n".join(["三、存在的问题", *lines]), "utf-8")
    with Library(tmp_path / "index") as library:
        library.update([tmp_path / "a.txt"])
        library.search(Query(text="管线"))
        began = time.process_time()
        for number in range(20):
            library.search(Query(text=f"第{number}标段图纸晚到", section="problems"))
        assert (time.process_time() - began) / 20 < 0.03
