"""One writer and many readers, in processes of their own: every answer is of a library that existed."""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path

from assistant.domain.passage import Query
from assistant.search.index import Library

WRITER = """
import sys
from pathlib import Path
from assistant.search.index import Library

reports = Path(sys.argv[2])
with Library(Path(sys.argv[1])) as library:
    for number in range(int(sys.argv[3])):
        (reports / "new.txt").write_text(f"三、存在的问题\\n第{number}版：采购启动晚。", "utf-8")
        library.update([reports])
"""
ROUNDS = 4


def prepared(tmp_path: Path) -> tuple[Path, Path]:
    reports = tmp_path / "reports"
    reports.mkdir()
    for number in range(5):
        (reports / f"{number}.txt").write_text(f"三、存在的问题\n第{number}处哨塔的望远镜没有校准。", "utf-8")
    (reports / "new.txt").write_text("三、存在的问题\n第0版：采购启动晚。", "utf-8")
    with Library(tmp_path / "index") as library:
        library.update([reports])
    return tmp_path / "index", reports


def test_readers_go_on_while_another_process_writes(tmp_path: Path) -> None:
    """The old reports are always found, the one that is being replaced in exactly one version."""
    index, reports = prepared(tmp_path)
    command = [sys.executable, "-c", WRITER, str(index), str(reports), str(ROUNDS)]
    asked = 0
    with subprocess.Popen(command) as writer, Library(index) as library:
        while writer.poll() is None:
            hits = library.search(Query(text="哨塔的望远镜，采购启动晚")).passages
            sources = [hit.citation.source for hit in hits]
            assert {f"{number}.txt" for number in range(5)} <= set(sources)
            assert sources.count("new.txt") == 1
            asked += 1
            time.sleep(0.02)
        assert writer.returncode == 0
        last = library.search(Query(text="采购启动晚", limit=1)).passages[0].text
    assert last == f"第{ROUNDS - 1}版：采购启动晚。" and asked > 2


def test_a_reader_sees_what_two_writers_wrote_one_after_the_other(tmp_path: Path) -> None:
    """Two processes at once: the second waits for the lock, and nothing of either is lost."""
    index, _ = prepared(tmp_path)
    writers = []
    for name in ("left", "right"):
        folder = tmp_path / name
        folder.mkdir()
        for number in range(4):
            (folder / f"{name}{number}.txt").write_text(
                f"三、存在的问题\n{name}第{number}段堤防渗水。", "utf-8"
            )
        code = "import sys; from pathlib import Path; from assistant.search.index import Library; Library(Path(sys.argv[1])).update([Path(sys.argv[2])])"
        writers.append(subprocess.Popen([sys.executable, "-c", code, str(index), str(folder)]))
    assert [writer.wait(60) for writer in writers] == [0, 0]
    with Library(index) as library:
        assert len(library.documents()) == 6 + 8
        hits = library.search(Query(text="堤防渗水", limit=30, mode="semantic")).passages
    assert sum("堤防渗水" in hit.text for hit in hits) == 8


def test_two_spellings_of_one_path_are_one_index(tmp_path: Path) -> None:
    index, _ = prepared(tmp_path)
    (tmp_path / "link").symlink_to(index)
    spelled = tmp_path / "reports" / ".." / "index"
    assert Library(spelled).index_dir == Library(tmp_path / "link").index_dir == index.resolve()
