"""Both kinds of database, for every test of saved work: a fresh SQLite file and a fresh PostgreSQL database."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import count
from pathlib import Path

import pytest
from conftest import missing
from postgres_server import Server, programs, running

_numbers = count(1)


@pytest.fixture(scope="session")
def postgres() -> Iterator[Server]:
    """A PostgreSQL server; skipped where the package is absent, unless everything is required."""
    bin_dir = programs()
    if bin_dir is None:
        missing("PostgreSQL（Debian 软件包 postgresql）")
        return
    with running(bin_dir) as server:
        yield server


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The address of an empty database."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / '工作区' / 'work.sqlite'}"
    server: Server = request.getfixturevalue("postgres")
    return server.create(f"work{next(_numbers)}")
