"""Tests of problems and measures that speak for each other: paired when read, found together."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from conftest import Result

from assistant.domain.passage import Query
from assistant.library.chunks import chunks_of
from assistant.library.readers import read_source
from assistant.search.index import Library
from assistant.search.partners import Partners

REPORT = """望川区水务局2022年泵站运行项目绩效自评报告
一、存在的问题
（一）闸门锈蚀严重，启闭困难。
（二）值守人员年龄偏大，夜班无人愿值。
二、改进措施
（一）更换耐候涂层，按季上油。
（二）提高津贴标准，公开招录青年。
"""


@pytest.fixture
def report(tmp_path: Path) -> Path:
    path = tmp_path / "reports" / "a.txt"
    path.parent.mkdir()
    path.write_text(REPORT, "utf-8")
    return path


def test_problems_and_measures_are_numbered_alike(report: Path) -> None:
    chunks = chunks_of(read_source(report), "a.txt")
    assert [(chunk.text[3:5], chunk.pair) for chunk in chunks] == [
        ("闸门", 0),
        ("值守", 1),
        ("更换", 0),
        ("提高", 1),
    ]


def test_nothing_is_paired_where_the_numbers_differ(report: Path) -> None:
    """Three measures for two problems: which answers which is not known."""
    report.write_text(REPORT + "（三）加强宣传，营造氛围。\n", "utf-8")
    assert {chunk.pair for chunk in chunks_of(read_source(report), "a.txt")} == {-1}


def test_a_question_after_a_remedy_finds_the_measure_by_its_problem(report: Path, tmp_path: Path) -> None:
    """The measure has no word in common with the question."""
    with Library(tmp_path / "index") as library:
        library.update([report])
        hits = library.search(Query(text="闸门锈蚀怎么办", limit=2, mode="keyword")).passages
    assert {hit.text[3:5] for hit in hits} == {"更换", "闸门"}


def test_a_side_lends_by_the_square_of_its_share() -> None:
    """By hand: 0.2 × 1 × (1/2)² to the measure of a problem that scores half of the best."""
    partners = Partners(np.asarray([0, 1]), np.asarray([0, 1]))
    scores = np.asarray([1.0, 0.0, 2.0], dtype=np.float32)
    partners.lend(scores, remedy=False)
    assert scores.tolist() == pytest.approx([1.0, 0.05, 2.0])


def test_a_problem_has_its_measure_and_a_measure_its_problem(report: Path, tmp_path: Path) -> None:
    with Library(tmp_path / "index") as library:
        library.update([report])
        measure, problem = library.answer("a.txt", 3), library.answer("a.txt", 6)
        assert measure is not None and measure.text.startswith("（二）提高津贴")
        assert problem is not None and problem.text.startswith("（二）值守人员")
        assert library.answer("a.txt", 0) is None


def test_the_command_line_shows_a_problem_with_its_measure(
    report: Path, tmp_path: Path, zhiji: Callable[..., Result]
) -> None:
    zhiji("index", report.parent, "--index", tmp_path / "index")
    said = zhiji("search", "闸门锈蚀", "--limit", "1", "--index", tmp_path / "index").out
    assert "（一）闸门锈蚀严重" in said and "对应措施（第 6 段）：（一）更换耐候涂层" in said
