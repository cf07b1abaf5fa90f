"""What was deleted is gone: no search finds it, and no file of the index holds its words."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest

from assistant.domain.passage import Query
from assistant.search.index import Library
from assistant.search.store import FILE_NAME

SECRET = "鲸落湾灯塔管护经费有三成没有使用"
OTHER = "调研不够深入，问题研究得不透。"


@pytest.fixture
def reports(tmp_path: Path) -> Path:
    folder = tmp_path / "reports"
    folder.mkdir()
    filler = "\n".join(f"第{number}项工作按计划完成，{SECRET}（{number}）。" for number in range(200))
    (folder / "a.txt").write_text(f"三、存在的问题\n{SECRET}。\n{filler}", "utf-8")
    (folder / "b.txt").write_text(f"三、存在的问题\n{OTHER}", "utf-8")
    return folder


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    with Library(tmp_path / "index") as opened:
        yield opened


def holders(folder: Path, sentence: str) -> set[str]:
    """The files that hold six characters in a row of the sentence, in any encoding a database may use."""
    pieces = [sentence[start : start + 6] for start in range(len(sentence) - 5)]
    marks = [piece.encode(code) for piece in pieces for code in ("utf-8", "utf-16-le", "utf-16-be", "utf-32-le", "gb18030")]  # fmt: skip
    files = [path for path in folder.rglob("*") if path.is_file()]
    return {path.name for path in files if any(mark in path.read_bytes() for mark in marks)}


def test_the_words_stand_in_the_database_and_nowhere_else(library: Library, reports: Path) -> None:
    """What the other tests look for can be seen: and Chroma and the arrays hold no words at all."""
    library.update([reports])
    library.search(Query(text=SECRET))
    library.close()
    assert holders(library.index_dir, SECRET) == {FILE_NAME}


def test_after_delete_the_words_stand_nowhere_on_the_disk(library: Library, reports: Path) -> None:
    library.update([reports])
    library.search(Query(text=SECRET))
    assert library.delete("a.txt")
    assert holders(library.index_dir, SECRET) == set()
    assert holders(library.index_dir, OTHER) == {FILE_NAME}


@pytest.mark.parametrize("mode", ["hybrid", "keyword", "semantic"])
def test_after_delete_no_search_finds_the_sentence(library: Library, reports: Path, mode: str) -> None:
    library.update([reports])
    library.search(Query(text=SECRET, mode=mode))
    library.delete("a.txt")
    hits = library.search(Query(text=SECRET, mode=mode)).passages
    assert {hit.citation.source for hit in hits} <= {"b.txt"}


def test_after_delete_the_words_are_gone_also_beside_a_reader(library: Library, reports: Path) -> None:
    """Another process has the database open, so that SQLite keeps its log."""
    library.update([reports])
    reader = sqlite3.connect(library.index_dir / FILE_NAME)
    reader.execute("SELECT count(*) FROM chunks").fetchall()
    library.delete("a.txt")
    assert holders(library.index_dir, SECRET) == set()
    reader.close()


def test_a_replaced_report_leaves_none_of_its_old_words(library: Library, reports: Path) -> None:
    library.update([reports])
    (reports / "a.txt").write_text("三、存在的问题\n满意度未达标。", "utf-8")
    library.update([reports])
    assert holders(library.index_dir, SECRET) == set()


def test_a_report_whose_file_is_gone_leaves_none_of_its_words(library: Library, reports: Path) -> None:
    library.update([reports])
    (reports / "a.txt").unlink()
    library.update([reports])
    assert holders(library.index_dir, SECRET) == set()


def test_a_correction_goes_with_the_report_that_was_deleted(library: Library, reports: Path) -> None:
    library.update([reports])
    library.describe("a.txt", title=f"{SECRET}的报告")
    library.delete("a.txt")
    assert holders(library.index_dir, SECRET) == set()


def test_a_damaged_database_that_was_set_aside_goes_with_the_next_delete(
    library: Library, reports: Path
) -> None:
    library.update([reports])
    library.close()
    database = library.index_dir / FILE_NAME
    database.write_bytes(b"damaged " + database.read_bytes())
    library.update([reports], rebuild=True)
    assert "library.damaged" in holders(library.index_dir, SECRET)
    library.delete("a.txt")
    assert holders(library.index_dir, SECRET) == set()
