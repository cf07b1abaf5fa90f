"""Chroma on a server by one setting: the same library, and a clear word where the server is not as it should be."""

from __future__ import annotations

import http.server
import json
import os
import signal
import socket
import subprocess
import sys
import threading
import time
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from conftest import Result

from assistant.domain.passage import Query
from assistant.errors import VectorServerFault
from assistant.search import chroma_folder
from assistant.search.index import Library

CHROMA = Path(sys.executable).with_name("chroma")


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def started(folder: Path, port: int) -> subprocess.Popen[bytes]:
    command = [str(CHROMA), "run", "--path", str(folder), "--host", "127.0.0.1", "--port", str(port)]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    for _ in range(300):
        try:
            urllib.request.urlopen(f"http://127.0.0.1:{port}/api/v2/heartbeat", timeout=1).read()
            return process
        except OSError:
            time.sleep(0.05)
    raise AssertionError("the Chroma server did not start")


def stopped(process: subprocess.Popen[bytes]) -> None:
    process.send_signal(signal.SIGTERM)
    process.wait(10)


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    port = free_port()
    process = started(tmp_path_factory.mktemp("chroma"), port)
    yield f"http://127.0.0.1:{port}"
    stopped(process)


@pytest.fixture
def reports(tmp_path: Path) -> Path:
    folder = tmp_path / "reports"
    folder.mkdir()
    (folder / "a.txt").write_text(
        "三、存在的问题\n预算执行率偏低。\n四、改进措施\n按月通报支出进度。", "utf-8"
    )
    (folder / "b.txt").write_text("三、存在的问题\n调研不够深入。\n四、改进措施\n多到基层走访。", "utf-8")
    return folder


@pytest.fixture(params=["folder", "server"])
def library(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Library]:
    """The same library, its vectors once in a folder and once on a server."""
    url = request.getfixturevalue("server") if request.param == "server" else ""
    with Library(tmp_path / "index", chroma_url=url) as opened:
        yield opened


def sources(library: Library, text: str, **more: object) -> list[str]:
    query = Query(text=text, mode=more.pop("mode", "semantic"), **more)  # type: ignore[arg-type]
    return [hit.citation.source for hit in library.search(query).passages]


def test_the_nearest_comes_first(library: Library, reports: Path) -> None:
    library.update([reports])
    assert sources(library, "钱花得慢")[0] == "a.txt"
    assert sources(library, "调研走过场")[0] == "b.txt"


def test_filters_hold(library: Library, reports: Path) -> None:
    library.update([reports])
    assert sources(library, "通报", section="measures", exclude_sources=("b.txt",)) == ["a.txt"]


def test_what_was_replaced_or_deleted_is_not_found(library: Library, reports: Path) -> None:
    library.update([reports])
    (reports / "a.txt").write_text("三、存在的问题\n满意度未达标。", "utf-8")
    library.update([reports])
    texts = [hit.text for hit in library.search(Query(text="预算执行率偏低", mode="semantic")).passages]
    assert "预算执行率偏低。" not in texts
    library.delete("b.txt")
    assert set(sources(library, "调研")) <= {"a.txt"}


def test_a_rebuild_leaves_the_same_answers(library: Library, reports: Path) -> None:
    library.update([reports])
    before = sources(library, "支出进度")
    library.update([reports], rebuild=True)
    assert sources(library, "支出进度") == before


def test_folder_and_server_give_the_same_scores(server: str, reports: Path, tmp_path: Path) -> None:
    answers = []
    for name, url in (("one", ""), ("other", server)):
        with Library(tmp_path / name, chroma_url=url) as library:
            library.update([reports])
            hits = library.search(Query(text="预算支出进度慢")).passages
            answers.append([(hit.text, round(hit.score, 4)) for hit in hits])
    assert answers[0] == answers[1]


def test_two_libraries_on_one_server_do_not_mix(server: str, reports: Path, tmp_path: Path) -> None:
    other = tmp_path / "more"
    other.mkdir()
    (other / "c.txt").write_text("预算执行率偏低，采购启动晚。", "utf-8")
    with (
        Library(tmp_path / "one", chroma_url=server) as one,
        Library(tmp_path / "two", chroma_url=server) as two,
    ):
        one.update([reports])
        two.update([other])
        assert set(sources(two, "预算执行率偏低")) == {"c.txt"}
        assert "c.txt" not in sources(one, "采购启动晚")


def test_a_collection_that_was_lost_on_the_server_is_built_anew(
    server: str, reports: Path, tmp_path: Path
) -> None:
    import chromadb

    with Library(tmp_path / "index", chroma_url=server) as library:
        library.update([reports])
        client = chromadb.HttpClient(port=int(server.rsplit(":", 1)[1]))
        client.delete_collection(f"zhiji-{library._opened().identity}")
        assert sources(library, "调研走过场")[0] == "b.txt"


def test_no_word_of_a_report_goes_to_the_server(server: str, reports: Path, tmp_path: Path) -> None:
    import chromadb

    with Library(tmp_path / "index", chroma_url=server) as library:
        library.update([reports])
        client = chromadb.HttpClient(port=int(server.rsplit(":", 1)[1]))
        held = client.get_collection(f"zhiji-{library._opened().identity}").get()
    assert all(text.isdecimal() for text in held["documents"] or [])
    assert "预算" not in str(held)


def test_a_server_that_is_away_is_said_and_keywords_go_on(reports: Path, tmp_path: Path) -> None:
    with Library(tmp_path / "index", chroma_url=f"http://127.0.0.1:{free_port()}") as library:
        with pytest.raises(VectorServerFault, match="连不上.*chroma run"):
            library.update([reports])
        assert set(sources(library, "调研", mode="keyword")) == {"b.txt"}


def test_a_server_that_stops_is_said_and_found_again_when_it_is_back(reports: Path, tmp_path: Path) -> None:
    port = free_port()
    process = started(tmp_path / "chroma", port)
    with Library(tmp_path / "index", chroma_url=f"http://127.0.0.1:{port}") as library:
        library.update([reports])
        stopped(process)
        with pytest.raises(VectorServerFault):
            library.search(Query(text="调研"))
        process = started(tmp_path / "chroma", port)
        assert sources(library, "调研走过场")[0] == "b.txt"
        stopped(process)


def test_a_port_that_another_program_holds_is_said(reports: Path, tmp_path: Path) -> None:
    other = http.server.HTTPServer(("127.0.0.1", 0), http.server.BaseHTTPRequestHandler)
    threading.Thread(target=other.serve_forever, daemon=True).start()
    url = f"http://127.0.0.1:{other.server_address[1]}"
    with (
        Library(tmp_path / "index", chroma_url=url) as library,
        pytest.raises(VectorServerFault, match="占用"),
    ):
        library.update([reports])
    other.shutdown()


@pytest.mark.parametrize("url", ["localhost:8000", "ftp://x", "http://"])
def test_an_address_that_is_none_is_said(reports: Path, tmp_path: Path, url: str) -> None:
    with (
        Library(tmp_path / "index", chroma_url=url) as library,
        pytest.raises(VectorServerFault, match="http://"),
    ):
        library.update([reports])


def test_a_server_of_another_version_is_refused() -> None:
    from assistant.search.chroma_collection import check_version

    check_version("http://x:1", "1.0.0")
    with pytest.raises(VectorServerFault, match="0.6.3.*不兼容"):
        check_version("http://x:1", "0.6.3")


def test_a_folder_of_another_version_of_chroma_is_built_anew(reports: Path, tmp_path: Path) -> None:
    with Library(tmp_path / "index") as library:
        library.update([reports])
        files = library._vectors._files
        before = files.read()
        assert before is not None
        files.write(before.model_copy(update={"chroma": "0.9.0", "contents": before.contents - 1}))
        assert sources(library, "调研走过场")[0] == "b.txt"
        after = files.read()
        assert after is not None and after.folder != before.folder


def test_where_sqlite_is_too_old_for_chroma_the_vectors_of_the_database_answer(
    reports: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(chroma_folder, "SQLITE_VERSION", (3, 31, 1))
    with Library(tmp_path / "index") as library:
        library.update([reports])
        assert sources(library, "调研走过场")[0] == "b.txt"
        assert "SQLite 过旧" in str(library.examine()["语义索引"])
        assert not (library.index_dir / "chroma").exists()


def test_the_setting_is_read_from_the_environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    from assistant.bootstrap import open_workbench
    from assistant.settings import read_settings

    monkeypatch.setitem(os.environ, "ZHIJI_CHROMA_URL", "http://127.0.0.1:9")
    with open_workbench(read_settings(), tmp_path) as workbench:
        assert workbench.library._vectors.url == "http://127.0.0.1:9"


def test_verdicts_are_printed_before_an_absent_server_is_said(
    reports: Path, tmp_path: Path, zhiji: Callable[..., Result], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ZHIJI_CHROMA_URL", f"http://127.0.0.1:{free_port()}")
    said = zhiji("index", reports, "--index", tmp_path / "index")
    assert said.status == 2 and "新读入  a.txt" in said.out and "chroma run" in said.err
    rows = json.loads(zhiji("index", reports, "--index", tmp_path / "index", "--json").out)
    assert rows["files"][0]["status"] == "unchanged" and rows["error"]["code"] == "vector_server"
