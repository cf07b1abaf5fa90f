"""Chunks: one paragraph or table row, with a place that can be opened again."""

from __future__ import annotations

from pathlib import Path

from assistant.domain.passage import SectionKind
from assistant.library.chunks import chunks_of
from assistant.library.readers import read_source


def squeezed(text: str) -> str:
    return "".join(text.split())


def test_a_chunk_is_exactly_the_lines_it_names(seeds: Path) -> None:
    """For all published reports: text = lines [first, last], compared without white space."""
    for path in sorted(seeds.glob("*.txt")):
        lines = [line for line in path.read_text("utf-8").splitlines() if line.strip()]
        for chunk in chunks_of(read_source(path), path.name):
            assert squeezed(chunk.text) == squeezed("".join(lines[chunk.first : chunk.last + 1]))


def test_chunks_do_not_overlap(seeds: Path) -> None:
    for path in sorted(seeds.glob("*.txt")):
        chunks = chunks_of(read_source(path), path.name)
        assert all(left.last < right.first for left, right in zip(chunks, chunks[1:], strict=False))


def test_a_heading_alone_is_no_chunk_but_goes_with_the_paragraphs_below(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("一、基本情况\n（一）资金情况\n全年预算数为100万元。", "utf-8")
    (chunk,) = chunks_of(read_source(tmp_path / "a.txt"), "a.txt")
    assert (chunk.text, chunk.heading) == ("全年预算数为100万元。", ("基本情况", "资金情况"))


def test_a_problem_that_is_only_a_title_can_be_found(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("三、存在的问题\n（一）预算执行率有待提高", "utf-8")
    (chunk,) = chunks_of(read_source(tmp_path / "a.txt"), "a.txt")
    assert (chunk.text, chunk.section) == ("（一）预算执行率有待提高", SectionKind.PROBLEMS)


def test_the_three_problems_of_the_first_published_report_are_chunks_of_their_own(seeds: Path) -> None:
    path = min(seeds.glob("*.txt"))
    found = [
        chunk for chunk in chunks_of(read_source(path), path.name) if chunk.section is SectionKind.PROBLEMS
    ]
    assert [(chunk.first, chunk.last) for chunk in found] == [(68, 68), (69, 69), (70, 70)]


def test_the_id_of_a_chunk_does_not_change_with_what_stands_after_it(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("第一段的内容。\n第二段的内容。", "utf-8")
    before = chunks_of(read_source(path), "a.txt")
    path.write_text("第一段的内容。\n第二段的内容。\n第三段的内容。", "utf-8")
    assert chunks_of(read_source(path), "a.txt")[:2] == before


def test_equal_paragraphs_have_ids_of_their_own(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("同样的一段话。\n同样的一段话。", "utf-8")
    ids = [chunk.id for chunk in chunks_of(read_source(tmp_path / "a.txt"), "a.txt")]
    assert len(set(ids)) == 2


def test_a_row_of_figures_alone_is_no_chunk(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("合计\t3,340.00\t3,340.00\n机构运行经费\t7.00", "utf-8")
    assert [chunk.first for chunk in chunks_of(read_source(tmp_path / "a.txt"), "a.txt")] == [1]


def test_the_title_of_a_report_is_no_chunk(seeds: Path) -> None:
    """It is indexed with every paragraph; alone it says nothing."""
    for path in sorted(seeds.glob("*.txt"))[:3]:
        assert chunks_of(read_source(path), path.name)[0].heading


def test_a_row_that_only_names_columns_is_no_chunk(tmp_path: Path) -> None:
    rows = "资金来源\t年初预算数\t全年预算数\t执行率\n财政拨款\t186.50\t186.50\t98.00%"
    (tmp_path / "a.txt").write_text(rows, "utf-8")
    assert [chunk.first for chunk in chunks_of(read_source(tmp_path / "a.txt"), "a.txt")] == [1]
