"""What every test may use: the sample, the seeds where they are, an index of a few past reports, the command line."""

from __future__ import annotations

import os
import socket
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

ROOT = Path(__file__).resolve().parent.parent
CORPUS = ROOT / "corpus"
SAMPLE = CORPUS / "sample" / "self_evaluation.xlsx"
SEEDS = ROOT.parent / "shared" / "seeds"


class Result(NamedTuple):
    """What one call of the command line gave."""

    status: int
    out: str
    err: str


def pytest_addoption(parser: pytest.Parser) -> None:
    """`--update-golden` writes the golden files anew; read their diff before you commit it."""
    parser.addoption("--update-golden", action="store_true", help="write the golden files anew")


@pytest.fixture(scope="session", autouse=True)
def _places_of_their_own(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Tests never touch the checkout's own index and saved work, nor an endpoint of the developer's."""
    patch = pytest.MonkeyPatch()
    home = tmp_path_factory.mktemp("home")
    patch.setenv("ZHIJI_DATA_DIR", str(home / "data"))
    patch.setenv("ZHIJI_INDEX_DIR", str(home / "index"))
    for name in ("OPENAI_BASE_URL", "OPENAI_API_KEY", "OPENAI_MODEL"):
        patch.delenv(name, raising=False)
    yield
    patch.undo()


@pytest.fixture(scope="session")
def seeds() -> Path:
    """The folder of real published reports; a test that needs it skips where it is absent."""
    if not SEEDS.is_dir():
        pytest.skip("没有 ../shared/seeds：跳过对真实文件的检验")
    return SEEDS


@pytest.fixture(scope="session")
def corpus_index(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An index of all sample reports, built once."""
    from assistant.bootstrap import open_workbench
    from assistant.settings import read_settings

    folder = tmp_path_factory.mktemp("corpus-index")
    with open_workbench(read_settings(), folder) as workbench:
        workbench.index([CORPUS])
    return folder


@pytest.fixture
def zhiji(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Callable[..., Result]:
    """Run the command line in this process."""
    from assistant.cli import main

    def run(*words: object) -> Result:
        capsys.readouterr()
        status = main([str(word) for word in words])
        out, err = capsys.readouterr()
        return Result(status, out, err)

    return run


@pytest.fixture
def no_sockets(monkeypatch: pytest.MonkeyPatch) -> list[object]:
    """Refuse and record every connection that is not within this process; returns the record."""
    tried: list[object] = []

    def refuse(self: socket.socket, address: object) -> None:
        if self.family in (socket.AF_INET, socket.AF_INET6):
            tried.append(address)
            raise OSError(f"a connection to {address!r} was tried")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    monkeypatch.setattr(socket.socket, "connect_ex", refuse)
    return tried


def missing(what: str) -> None:
    """Skip for want of a system package; where everything was installed for the suite, fail instead."""
    message = f"没有 {what}：跳过"
    if os.environ.get("ZHIJI_REQUIRE_ALL"):
        pytest.fail(message)
    pytest.skip(message)
