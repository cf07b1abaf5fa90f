"""Tests of the arrays behind search: grown by one file they are the same as made anew, and nothing else is read."""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from assistant.search import shelving
from assistant.search.index import Library
from assistant.search.store import Store

WORDS = ["预算", "执行率", "偏低", "问卷", "样本", "不足", "采购", "启动", "较晚", "培训", "场次", "满意度"]


def written(folder: Path, name: str, seed: int) -> None:
    chance = random.Random(seed)
    said = [
        "".join(chance.choices(WORDS, k=chance.randint(3, 9))) + "。" for _ in range(chance.randint(1, 4))
    ]
    body = "\n".join(["一、存在的问题", *said, "二、改进措施", *said[::-1]])
    (folder / name).write_text(f"云溪市教育局{2015 + seed % 9}年校舍项目绩效自评报告\n{body}\n", "utf-8")


@pytest.fixture
def reports(tmp_path: Path) -> Path:
    folder = tmp_path / "reports"
    folder.mkdir()
    for number in range(8):
        written(folder, f"{number}.txt", number)
    return folder


@pytest.fixture
def library(tmp_path: Path, reports: Path) -> Iterator[Library]:
    with Library(tmp_path / "index") as opened:
        opened.update([reports])
        yield opened


def same_as_made_anew(store: Store, folder: Path) -> bool:
    grown, made = shelving.arrays_of(store, folder), shelving._made(store, titles(store))
    assert grown.keys() == made.keys()
    return all(np.array_equal(grown[name], made[name]) for name in made)


def titles(store: Store) -> dict[int, str]:
    return {document.id: document.title for document in store.documents()}


def forbidden(*_: object) -> None:
    raise AssertionError("made anew")


@pytest.mark.parametrize("change", ["add", "replace", "delete", "title", "empty"])
def test_grown_arrays_are_those_made_anew(
    library: Library, reports: Path, change: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Every array of every channel, to the last number."""
    anew = shelving._made
    monkeypatch.setattr(shelving, "_made", forbidden)
    if change == "add":
        written(reports, "new.txt", 50)
    elif change == "replace":
        written(reports, "3.txt", 60)
    elif change == "delete":
        (reports / "5.txt").unlink()
    elif change == "title":
        library.describe("2.txt", title="望川区民政局助餐服务总结")
    else:
        (reports / "empty.txt").write_text("一、基本情况\n", "utf-8")
    library.update([reports])
    monkeypatch.setattr(shelving, "_made", anew)
    assert same_as_made_anew(library._opened(), library.index_dir / "shelf")


def test_arrays_of_which_little_holds_are_made_anew(library: Library, reports: Path) -> None:
    for number in range(7):
        written(reports, f"{number}.txt", 100 + number)
    library.update([reports])
    assert same_as_made_anew(library._opened(), library.index_dir / "shelf")


def test_a_correction_of_the_unit_touches_no_array(library: Library) -> None:
    before = sorted(path.name for path in (library.index_dir / "shelf").iterdir())
    library.describe("1.txt", unit_name="海事局", year=2001)
    assert library._current_shelf(library._opened()).documents
    assert sorted(path.name for path in (library.index_dir / "shelf").iterdir()) == before


def test_only_new_vectors_are_loaded_from_chroma(
    library: Library, reports: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from assistant.search.chroma_collection import Collection

    asked: list[int] = []
    load = Collection.vectors
    monkeypatch.setattr(Collection, "ids", forbidden)
    monkeypatch.setattr(Collection, "vectors", lambda self, ids: (asked.append(len(ids)), load(self, ids))[1])
    held = library._opened().count()
    written(reports, "new.txt", 50)
    library.update([reports])
    assert asked == [library._opened().count() - held]


def test_numbers_go_on_after_a_library_was_cleared(library: Library) -> None:
    """A derived index may still hold a vector under an old number."""
    store = library._opened()
    last = max(store.numbers())
    store.clear()
    assert {line["seq"] for line in store._rows("SELECT seq FROM sqlite_sequence WHERE name = 'chunks'")} == {
        last
    }
