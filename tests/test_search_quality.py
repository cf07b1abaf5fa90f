"""Tests of search quality over the labelled queries of benchmarks/queries; the full comparison is the benchmark."""

from __future__ import annotations

import json
import math
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from conftest import CORPUS, ROOT

from assistant.domain.passage import Passage, Query
from assistant.search.index import Library
from assistant.search.shapes import Shape, shape_of
from assistant.search.words import normalised

QUERIES = ROOT / "benchmarks" / "queries"
#: Measured 0.88 on the split for reporting and 0.85 on `after`; a fall below these is a fault.
FLOOR = 0.84
AFTER_FLOOR = 0.78


def rows(name: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (QUERIES / f"{name}.jsonl").read_text("utf-8").splitlines()]


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory, seeds: Path) -> Iterator[Library]:
    with Library(tmp_path_factory.mktemp("quality")) as opened:
        opened.update([seeds, CORPUS])
        yield opened


def hits(library: Library, text: str, limit: int = 10) -> tuple[Passage, ...]:
    return library.search(Query(text=text, limit=limit)).passages


def ndcg(found: tuple[Passage, ...], relevant: list[tuple[str, int, int]]) -> float:
    left = {(source, place): grade for source, place, grade in relevant}
    total = 0.0
    for hit in found:
        places = range(hit.citation.first_paragraph, hit.citation.last_paragraph + 1)
        covered = [(hit.citation.source, place) for place in places if (hit.citation.source, place) in left]
        total += max((left[key] for key in covered), default=0) / math.log2(hit.rank + 1)
        for key in covered:
            del left[key]
    best = sorted((grade for _, _, grade in relevant), reverse=True)[:10]
    return total / sum(grade / math.log2(rank + 2) for rank, grade in enumerate(best))


def mean_ndcg(library: Library, name: str) -> float:
    values = [ndcg(hits(library, row["q"]), row["relevant"]) for row in rows(name)]
    return sum(values) / len(values)


def test_there_are_two_hundred_labelled_queries_a_third_of_each_kind() -> None:
    kinds = [row["kind"] for name in ("tune", "report") for row in rows(name)]
    assert len(kinds) >= 200
    assert all(kinds.count(kind) >= 0.3 * len(kinds) for kind in ("keyword", "question", "paraphrase"))


def test_every_label_names_a_paragraph_of_the_library(library: Library) -> None:
    labels = {
        (s, n) for name in ("tune", "report", "after") for row in rows(name) for s, n, _ in row["relevant"]
    }
    assert all(library.passage(source, place) for source, place in labels)


def test_no_paraphrase_shares_three_characters_with_its_answer(library: Library) -> None:
    """For the two splits; words of one and two characters of grammar may be the same."""
    for row in [row for name in ("tune", "report") for row in rows(name) if row["kind"] == "paraphrase"]:
        asked = "".join(char if char.isalnum() else " " for char in normalised(row["q"]))
        runs = {asked[at : at + 3] for at in range(len(asked) - 2) if " " not in asked[at : at + 3]}
        for source, place, grade in row["relevant"]:
            answer = library.passage(source, place)
            assert answer is not None
            assert grade < 2 or not [run for run in runs if run in normalised(answer.text)], row["q"]


def test_the_fusion_finds_what_was_labelled(library: Library) -> None:
    assert mean_ndcg(library, "report") >= FLOOR


def test_paraphrases_written_after_the_word_list_are_found(library: Library) -> None:
    """Written when the first word lists were finished; later lists have seen them."""
    assert mean_ndcg(library, "after") >= AFTER_FLOOR


def test_a_low_execution_rate_is_answered_by_prose(library: Library) -> None:
    """Rows of annexed tables once stood among the first three."""
    found = hits(library, "预算执行率偏低，支出进度慢", limit=5)
    assert Shape.ROW not in {shape_of(hit.text, is_row="\t" in hit.text) for hit in found}
    assert sum(hit.section.value == "problems" for hit in found[:3]) >= 2


def test_nobody_claims_it_finds_low_take_up(library: Library) -> None:
    """没人来领: the subsidy that few applied for (农机补贴申报遇冷) is among the first three."""
    assert any("补贴申报遇冷" in hit.text for hit in hits(library, "没人来领", limit=3))
