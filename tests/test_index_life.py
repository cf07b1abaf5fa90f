"""The life of a library: what is read, replaced, dropped and refused; stops in between; two at once."""

from __future__ import annotations

import json
import signal
import sqlite3
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from filelock import FileLock
from safetensors.numpy import save_file
from tokenizers import Tokenizer, models, pre_tokenizers

from assistant.domain.passage import Query
from assistant.errors import (
    FileMissing,
    IndexBusy,
    IndexFault,
    IndexMissing,
    IndexOutdated,
    ModelMismatch,
    OutputError,
)
from assistant.search.index import Library
from assistant.search.store import FILE_NAME

CHARACTERS = "预算执行率偏低调研不够深入满意度未达标采购启动晚问卷样本少"


@pytest.fixture
def reports(tmp_path: Path) -> Path:
    folder = tmp_path / "reports"
    folder.mkdir()
    (folder / "a.txt").write_text("三、存在的问题\n预算执行率偏低。", "utf-8")
    (folder / "b.txt").write_text("三、存在的问题\n调研不够深入。", "utf-8")
    return folder


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    with Library(tmp_path / "index") as opened:
        yield opened


@pytest.fixture
def tiny_model(tmp_path: Path) -> Path:
    """A static embedding of single characters with random rows, in the folder form of sentence-transformers."""
    folder = tmp_path / "tiny"
    folder.mkdir()
    vocabulary = {character: number for number, character in enumerate(["[UNK]", *sorted(set(CHARACTERS))])}
    tokenizer = Tokenizer(models.WordLevel(vocabulary, unk_token="[UNK]"))
    tokenizer.pre_tokenizer = pre_tokenizers.Split("", "isolated")  # type: ignore[assignment]
    tokenizer.save(str(folder / "tokenizer.json"))
    table = np.random.default_rng(7).normal(size=(len(vocabulary), 16)).astype(np.float32)
    save_file({"embedding.weight": table}, folder / "model.safetensors")
    module = {"idx": 0, "name": "0", "path": "", "type": "sentence_transformers.models.StaticEmbedding"}
    (folder / "modules.json").write_text(json.dumps([module]))
    return folder


def statuses(library: Library, *paths: Path, **more: bool) -> dict[str, str]:
    return {verdict.source: verdict.status for verdict in library.update(paths, **more)}


def sources(library: Library, text: str, mode: str = "hybrid") -> list[str]:
    return [hit.citation.source for hit in library.search(Query(text=text, mode=mode)).passages]


def everything_agrees(library: Library) -> bool:
    """Documents, passages and vectors tell the same story."""
    from assistant.search.chroma_collection import Collection

    library.search(Query(text="预算", mode="semantic"))
    library.close()
    (folder,) = (library.index_dir / "chroma").glob("*/chroma.sqlite3")
    collection = Collection(folder.parent)
    there = collection.ids()
    collection.close()
    return there == {item.id for item in library._opened().chunks()}


def test_every_published_report_gets_a_verdict(seeds: Path, library: Library) -> None:
    assert list(statuses(library, seeds).values()) == ["added"] * 5


def test_only_what_changed_is_read_again(library: Library, reports: Path) -> None:
    library.update([reports])
    (reports / "a.txt").write_text("三、存在的问题\n满意度未达标。", "utf-8")
    assert statuses(library, reports) == {"a.txt": "replaced", "b.txt": "unchanged"}


@pytest.mark.parametrize("mode", ["hybrid", "keyword", "semantic"])
def test_a_replaced_sentence_is_not_found_any_more(library: Library, reports: Path, mode: str) -> None:
    library.update([reports])
    (reports / "a.txt").write_text("三、存在的问题\n满意度未达标。", "utf-8")
    library.update([reports])
    texts = [hit.text for hit in library.search(Query(text="预算执行率偏低", mode=mode)).passages]
    assert "预算执行率偏低。" not in texts
    assert everything_agrees(library)


def test_a_document_whose_file_is_gone_is_dropped(library: Library, reports: Path) -> None:
    library.update([reports])
    (reports / "a.txt").unlink()
    assert statuses(library, reports) == {"a.txt": "removed", "b.txt": "unchanged"}
    assert sources(library, "预算执行率偏低", "keyword") == []


def test_a_deleted_document_is_gone_from_every_index(library: Library, reports: Path) -> None:
    library.update([reports])
    assert library.delete("a.txt")
    assert sources(library, "预算执行率偏低", "semantic") == ["b.txt"]
    assert everything_agrees(library)


def test_a_file_that_cannot_be_read_stops_nothing(library: Library, reports: Path) -> None:
    (reports / "aa.docx").write_bytes(b"broken")
    verdicts = {verdict.source: verdict for verdict in library.update([reports])}
    assert [verdicts[name].status for name in ("a.txt", "aa.docx", "b.txt")] == ["added", "refused", "added"]
    assert "打不开" in verdicts["aa.docx"].why


def test_a_copy_is_said_and_read_once(library: Library, reports: Path) -> None:
    (reports / "c.txt").write_bytes((reports / "a.txt").read_bytes())
    verdict = library.update([reports])[2]
    assert (verdict.status, verdict.why) == ("skipped", "内容与“a.txt”相同")


def test_a_copy_takes_over_when_the_original_is_gone(library: Library, reports: Path) -> None:
    (reports / "c.txt").write_bytes((reports / "a.txt").read_bytes())
    library.update([reports])
    (reports / "a.txt").unlink()
    assert statuses(library, reports) == {"a.txt": "removed", "b.txt": "unchanged", "c.txt": "added"}


def test_a_folder_with_noindex_is_passed_over_and_said(library: Library, reports: Path) -> None:
    (reports / "草稿").mkdir()
    (reports / "草稿" / "d.txt").write_text("满意度未达标。", "utf-8")
    (reports / "草稿" / ".noindex").touch()
    verdict = next(item for item in library.update([reports]) if item.source == "草稿")
    assert (verdict.status, ".noindex" in verdict.why) == ("skipped", True)
    assert sources(library, "满意度未达标", "keyword") == []


def test_sources_are_relative_to_the_indexed_folder(library: Library, reports: Path) -> None:
    (reports / "2022").mkdir()
    (reports / "2022" / "d.txt").write_text("满意度未达标。", "utf-8")
    library.update([reports])
    assert sources(library, "满意度未达标")[0] == "2022/d.txt"


def test_a_path_that_is_not_there_is_named_and_nothing_is_made(library: Library, tmp_path: Path) -> None:
    with pytest.raises(FileMissing, match="没有"):
        library.update([tmp_path / "没有"])
    assert not library.exists()


def test_searching_what_was_never_built_is_said(library: Library) -> None:
    with pytest.raises(IndexMissing):
        library.search(Query(text="预算"))


def test_an_index_folder_that_is_a_file_is_said(tmp_path: Path, reports: Path) -> None:
    (tmp_path / "taken").write_text("x")
    with pytest.raises(OutputError, match="taken"):
        Library(tmp_path / "taken").update([reports])


def test_progress_is_told_file_by_file(library: Library, reports: Path) -> None:
    told: list[tuple[int, int, str]] = []
    library.update([reports], progress=lambda done, total, what: told.append((done, total, what)))
    assert told == [(0, 2, "a.txt"), (1, 2, "b.txt"), (2, 2, "")]


def test_another_model_is_refused_until_the_library_is_rebuilt(
    library: Library, reports: Path, tiny_model: Path
) -> None:
    library.update([reports])
    other = Library(library.index_dir, tiny_model)
    with pytest.raises(ModelMismatch, match="自带模型"):
        other.search(Query(text="预算"))
    with pytest.raises(ModelMismatch):
        other.update([reports])


def test_a_rebuild_changes_the_model_of_every_document(
    library: Library, reports: Path, tiny_model: Path, tmp_path: Path
) -> None:
    """Also of those that are not read again: nothing is lost by rebuilding one folder of two."""
    (tmp_path / "more").mkdir()
    (tmp_path / "more" / "m.txt").write_text("采购启动晚。", "utf-8")
    library.update([reports, tmp_path / "more"])
    library.close()
    with Library(library.index_dir, tiny_model) as other:
        assert statuses(other, reports, rebuild=True) == {"a.txt": "replaced", "b.txt": "replaced"}
        assert sources(other, "采购启动晚", "semantic")[0] == "m.txt"
        assert {len(vector) for vector in other._opened().vectors()[1]} == {16}


def test_keyword_search_needs_no_model(library: Library, reports: Path, tmp_path: Path) -> None:
    library.update([reports])
    with Library(library.index_dir, tmp_path / "no model") as other:
        assert sources(other, "调研", "keyword") == ["b.txt"]


def test_corrections_of_the_user_survive_a_rebuild(library: Library, reports: Path) -> None:
    library.update([reports])
    library.describe("a.txt", unit_name="海事局")
    library.update([reports], rebuild=True)
    hits = library.search(Query(text="预算", unit="海事局")).passages
    assert {hit.citation.source for hit in hits} == {"a.txt"}


def test_a_damaged_database_is_set_aside_by_a_rebuild(library: Library, reports: Path) -> None:
    library.update([reports])
    library.close()
    (library.index_dir / FILE_NAME).write_bytes(b"no database " * 500)
    with pytest.raises(IndexFault, match="--rebuild"):
        library.search(Query(text="预算"))
    assert set(statuses(library, reports, rebuild=True).values()) == {"added"}
    assert sources(library, "预算执行率偏低")[0] == "a.txt"


@pytest.mark.parametrize("damage", ["missing", "garbage", "unfinished", "opening", "emptied"])
def test_vectors_that_broke_are_rebuilt_at_the_next_search(
    library: Library, reports: Path, damage: str
) -> None:
    library.update([reports])
    library.close()
    chroma = library.index_dir / "chroma"
    (database,) = chroma.glob("*/chroma.sqlite3")
    if damage == "missing":
        database.unlink()
    elif damage == "garbage":
        database.write_bytes(b"no database " * 500)
    elif damage == "unfinished":
        state = json.loads((chroma / "state.json").read_text())
        (chroma / "state.json").write_text(json.dumps({**state, "ready": False}))
    elif damage == "opening":
        (chroma / "opening").touch()
    else:
        with sqlite3.connect(database) as connection:
            connection.execute("DELETE FROM collections")
    assert sources(library, "预算执行率偏低", "semantic")[0] == "a.txt"
    assert everything_agrees(library)


def test_a_second_writer_is_told_to_wait(reports: Path, tmp_path: Path) -> None:
    library = Library(tmp_path / "index", patience=0.05)
    library.update([reports])
    with FileLock(library.index_dir / "write.lock"), pytest.raises(IndexBusy):
        library.update([reports])


def _in_another_process(index: Path, reports: Path, die_at: int = -1) -> int:
    """Index the folder in a process of its own, which kills itself before file number `die_at`."""
    code = """
import os, signal, sys
from pathlib import Path
from assistant.search.index import Library

def progress(done, total, what):
    if done == int(sys.argv[3]):
        os.kill(os.getpid(), signal.SIGKILL)

Library(Path(sys.argv[1])).update([Path(sys.argv[2])], progress=progress)
"""
    command = [sys.executable, "-c", code, str(index), str(reports), str(die_at)]
    return subprocess.run(command, timeout=60).returncode


def test_what_another_process_indexed_is_found_at_the_next_search(library: Library, reports: Path) -> None:
    """Also by vectors: this process had its own open before the other one wrote."""
    library.update([reports])
    assert sources(library, "采购启动晚", "semantic")[0] != "c.txt"
    (reports / "c.txt").write_text("采购启动晚。", "utf-8")
    (reports / "a.txt").unlink()
    assert _in_another_process(library.index_dir, reports) == 0
    assert sources(library, "采购启动晚", "semantic")[0] == "c.txt"
    assert set(sources(library, "预算执行率偏低", "semantic")) == {"b.txt", "c.txt"}


@pytest.mark.parametrize("last", [1, 2])
def test_a_killed_run_loses_nothing_and_the_next_one_finishes(
    library: Library, reports: Path, last: int
) -> None:
    """Killed between the files, and killed after them."""
    assert _in_another_process(library.index_dir, reports, last) == -signal.SIGKILL
    found = statuses(library, reports)
    assert list(found.values()).count("unchanged") == last
    assert everything_agrees(library)


def test_two_libraries_in_one_process_see_each_other(library: Library, reports: Path) -> None:
    with Library(library.index_dir) as other:
        library.update([reports])
        assert sources(other, "调研不够深入", "semantic")[0] == "b.txt"
        (reports / "c.txt").write_text("采购启动晚。", "utf-8")
        other.update([reports])
        assert sources(library, "采购启动晚", "semantic")[0] == "c.txt"


def test_info_counts_what_is_there(library: Library, reports: Path) -> None:
    library.update([reports])
    assert (library.info()["documents"], library.info()["passages"]) == (2, 2)


def test_a_search_goes_on_while_another_thread_indexes(library: Library, reports: Path) -> None:
    """Asked in the middle of an update, the library answers with what is complete by then."""
    library.update([reports])
    (reports / "c.txt").write_text("采购启动晚。", "utf-8")
    asked: list[list[str]] = []

    def progress(done: int, total: int, what: str) -> None:
        thread = threading.Thread(target=lambda: asked.append(sources(library, "调研", "keyword")))
        thread.start()
        thread.join(10)

    library.update([reports], progress=progress)
    assert asked == [["b.txt"]] * 4


def test_a_library_of_an_older_program_is_said_and_rebuilt(library: Library, reports: Path) -> None:
    library.update([reports])
    library._opened().remember({"schema": "1"})
    with pytest.raises(IndexOutdated, match="--rebuild"):
        library.search(Query(text="预算"))
    library.update([reports], rebuild=True)
    assert sources(library, "预算执行率偏低")[0] == "a.txt"
