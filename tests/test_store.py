"""The store: documents whole or not at all, and what users corrected stays."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import numpy as np
import pytest

from assistant.errors import IndexFault, IndexMissing, OutputError
from assistant.library.chunks import Chunk
from assistant.search.store import FILE_NAME, Store, StoredDocument

ONE = np.asarray([[1, 0]], dtype=np.float32)


def document(source: str = "a.txt", **more: object) -> StoredDocument:
    return StoredDocument(root="/r", source=source, sha256=source, **more)  # type: ignore[arg-type]


def chunk(text: str = "预算执行率偏低") -> Chunk:
    return Chunk(id=text, first=3, last=4, text=text, heading=("存在问题",))


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store(tmp_path, create=True)


def test_what_was_put_in_comes_out_again(store: Store) -> None:
    store.put(document(unit_name="教育局", year=2022), [chunk()], ONE)
    (kept,) = store.documents()
    assert (kept.unit_name, kept.year, store.chunks()[0].chunk) == ("教育局", 2022, chunk())
    assert np.array_equal(store.vectors()[1], ONE)


def test_putting_a_document_again_replaces_it(store: Store) -> None:
    store.put(document(), [chunk("旧")], ONE)
    store.put(document(), [chunk("新")], ONE)
    assert [item.chunk.text for item in store.chunks()] == ["新"]


def test_deleting_a_document_deletes_its_passages(store: Store) -> None:
    store.put(document("a.txt"), [chunk("甲")], ONE)
    store.put(document("b.txt"), [chunk("乙")], ONE)
    store.delete(store.documents()[:1])
    assert [item.chunk.text for item in store.chunks()] == ["乙"]


def test_numbers_of_deleted_passages_are_never_used_again(store: Store) -> None:
    """A derived index may still hold a vector under the old number."""
    store.put(document(), [chunk("旧")], ONE)
    old = store.chunks()[0].id
    store.delete(store.documents())
    store.put(document(), [chunk("新")], ONE)
    assert store.chunks()[0].id > old


def test_a_document_that_fails_half_way_leaves_nothing(store: Store) -> None:
    """Two passages and one vector do not fit together: neither document nor passage stays."""
    with pytest.raises(ValueError, match="shorter"):
        store.put(document(), [chunk("甲"), chunk("乙")], ONE)
    assert (store.documents(), store.count(), store.generation) == ((), 0, 0)


def test_every_change_raises_the_generation(store: Store) -> None:
    store.put(document(), [chunk()], ONE)
    store.correct(document(), {"year": "2021"})
    assert store.generation == 2


def test_a_correction_outlives_the_document(store: Store) -> None:
    store.put(document(unit_name="猜错"), [chunk()], ONE)
    store.correct(document(), {"unit_name": "教育局"})
    store.correct(document(), {"year": "2021"})
    store.clear()
    store.put(document(unit_name="猜错"), [chunk()], ONE)
    (kept,) = store.documents()
    assert (kept.unit_name, kept.year) == ("教育局", 2021)


def test_a_correction_can_be_taken_back(store: Store) -> None:
    store.put(document(unit_name="原样"), [], ONE[:0])
    store.correct(document(), {"unit_name": "改过"})
    store.correct(document(), {"unit_name": ""})
    assert store.documents()[0].unit_name == "原样"


def test_an_index_that_was_never_built_is_said(tmp_path: Path) -> None:
    with pytest.raises(IndexMissing, match="还没有建立"):
        Store(tmp_path)


def test_a_damaged_database_is_said_with_what_to_do(tmp_path: Path) -> None:
    (tmp_path / FILE_NAME).write_bytes(b"this is no database, " * 100)
    with pytest.raises(IndexFault, match="--rebuild"):
        Store(tmp_path)


def test_a_folder_that_cannot_be_made_is_said(tmp_path: Path) -> None:
    """A file stands where the folder should be."""
    (tmp_path / "taken").write_text("x")
    with pytest.raises(OutputError, match="taken"):
        Store(tmp_path / "taken", create=True)


def test_a_second_connection_sees_only_what_is_complete(store: Store, tmp_path: Path) -> None:
    other = sqlite3.connect(tmp_path / FILE_NAME)
    with store._transaction() as connection:
        connection.execute("INSERT INTO corrections VALUES ('a', '', 'year', '2021')")
        assert other.execute("SELECT count(*) FROM corrections").fetchone() == (0,)
    assert other.execute("SELECT count(*) FROM corrections").fetchone() == (1,)
