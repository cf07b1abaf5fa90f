"""Killed at any moment: what was acknowledged is found, nothing is there by half, and the next run finishes."""

from __future__ import annotations

import random
import subprocess
import sys
import time
from pathlib import Path

import pytest
from soak_notes import note, remaining

from assistant.domain.passage import Query
from assistant.library.chunks import chunks_of
from assistant.library.readers import read_source
from assistant.search.index import Library

FILES = 12
#: Indexing these files takes about so many seconds once the program is loaded.
LONGEST = 1.2
CHILD = """
import sys
from pathlib import Path
from assistant.search.index import Library

library = Library(Path(sys.argv[1]))
library._embedder()
print("ready", flush=True)
library.update([Path(sys.argv[2])], progress=lambda done, total, what: print(done, flush=True))
print("whole", flush=True)
"""


def unlike(number: int) -> str:
    """A sentence that no other file has."""
    return f"第{number}号哨塔的望远镜{chr(0x4E00 + number * 37)}{chr(0x5E00 + number * 41)}没有按期校准"


def written(folder: Path) -> Path:
    folder.mkdir()
    for number in range(FILES):
        lines = [f"（{part}）{unlike(number)}，涉及第{part}标段。" for part in range(1, 30)]
        (folder / f"{number:02}.txt").write_text("\n".join(["三、存在的问题", *lines]), "utf-8")
    return folder


def killed(index: Path, reports: Path, after: float) -> int:
    """Index in a process of its own, kill it `after` seconds from when it begins; return how many files it said are done."""
    command = [sys.executable, "-c", CHILD, str(index), str(reports)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
        time.sleep(after)
        process.kill()
        said = process.stdout.read().split()
    numbers = [int(word) for word in said if word.isdecimal()]
    return max(numbers, default=0)


def faults(index: Path, reports: Path, done: int) -> list[str]:
    """What is wrong after a kill, before and after the next run."""
    found: list[str] = []
    with Library(index) as library:
        held = {item.source: item for item in library.documents()} if library.exists() else {}
        for number in range(done):
            hits = library.search(Query(text=unlike(number), limit=1)).passages
            if not hits or hits[0].citation.source != f"{number:02}.txt":
                found.append(f"{number} was acknowledged and is not found")
        for source, document in held.items():
            expected = len(chunks_of(read_source(reports / source), source))
            there = sum(1 for item in library._opened().chunks() if item.document == document.id)
            if there != expected:
                found.append(f"{source} has {there} of {expected} passages")
        verdicts = library.update([reports])
        if [verdict.status for verdict in verdicts].count("unchanged") < done:
            found.append("an acknowledged file was read again")
        for number in range(FILES):
            hits = library.search(Query(text=unlike(number), limit=1)).passages
            if not hits or hits[0].citation.source != f"{number:02}.txt":
                found.append(f"{number} is not found after the next run")
        wanted = set(library._opened().numbers())
    if in_chroma(index) != wanted:
        found.append("Chroma does not hold the vectors of the library")
    return found


def in_chroma(index: Path) -> set[int]:
    """The numbers of the passages whose vectors Chroma holds."""
    from assistant.search.chroma_collection import Collection

    (database,) = (index / "chroma").glob("*/chroma.sqlite3")
    collection = Collection(database.parent)
    there = collection.ids()
    collection.close()
    return there


def trial(folder: Path, seed: int) -> list[str]:
    """Kill one run at a moment that the seed decides; every third seed kills the next run as well."""
    chance = random.Random(seed)
    folder.mkdir(exist_ok=True)
    reports = written(folder / "reports")
    done = killed(folder / "index", reports, chance.uniform(0, LONGEST))
    if seed % 3 == 2:
        done = max(done, killed(folder / "index", reports, chance.uniform(0, LONGEST)))
    return faults(folder / "index", reports, done)


@pytest.mark.parametrize("seed", range(3))
def test_a_kill_at_a_random_moment_loses_nothing_that_was_acknowledged(tmp_path: Path, seed: int) -> None:
    assert trial(tmp_path, seed) == []


@pytest.mark.soak
def test_two_hundred_kills_lose_nothing(tmp_path: Path) -> None:
    """A seed that fails is the first of the next run."""
    for seed in remaining("kill", range(200)):
        assert (seed, trial(tmp_path / str(seed), seed)) == (seed, [])
    note("索引中途被强制结束：种子0—199，200次，0处不符")
