"""The arrays that ranking needs, made from the store and kept in files: grown by what was added, or made anew.

They are derived, and of one number of the contents. Those of an earlier number are grown where most of them
still hold, so that one more file costs little in a large library; they are made anew where the model or the
way that words are taken apart has changed. This module knows nothing about queries.
"""

from __future__ import annotations

import hashlib
import json
import shutil
import time
import uuid
import zlib
from collections.abc import Mapping
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from assistant.search import keyword, partners, postings, shapes, words
from assistant.search.keyword import KeywordIndex
from assistant.search.partners import Partners
from assistant.search.records import Columns
from assistant.search.sentence_vectors import SentenceVectors
from assistant.search.shapes import shapes_of
from assistant.search.store import Store

Arrays = dict[str, NDArray[np.generic]]
Titles = Mapping[int, str]

#: The arrays with a value a chunk, in order of the chunks' numbers.
COLUMNS = ("ids", "documents", "sections", "pairs", "shapes")
#: Arrays of which less than this share still holds are made anew.
_LEAST = 0.5
#: Seconds after which a half-written folder belongs to nobody.
_GIVEN_UP = 3600


def arrays_of(store: Store, folder: Path, *, anew: bool = False) -> Arrays:
    """Return the arrays of the store's contents, from their files under `folder` where they are there."""
    name = f"{store.contents}-{_kind_of(store)}"
    arrays = None if anew else _loaded(folder / name)
    if arrays is None:
        titles = {document.id: document.title for document in store.documents()}
        before = None if anew else _before(folder, name)
        arrays = (before and _grown(before, store, titles)) or _made(store, titles)
        _keep(arrays, folder, name)
    return arrays


def _kind_of(store: Store) -> str:
    """Return what arrays must have in common to be of use: the library, its model, and the code that reads words."""
    digest = hashlib.sha256(store.meta("model").encode())
    for module in (words, keyword, partners, postings, shapes):
        digest.update(Path(module.__file__ or __file__).read_bytes())
    digest.update(Path(__file__).read_bytes())
    return f"{store.identity}-{digest.hexdigest()[:12]}"


def _made(store: Store, titles: Titles) -> Arrays:
    columns = store.columns()
    arrays = _taken(columns) | _partners(_taken(columns)) | _marked(titles)
    arrays |= KeywordIndex(_indexed(columns, titles)).arrays()
    return arrays | SentenceVectors.of(store.sentences(), _width(store, columns)).arrays()


def _grown(before: Arrays, store: Store, titles: Titles) -> Arrays | None:
    """Return earlier arrays without what is gone and with what is new; None where hardly anything still holds.

    A document that has another title than before is taken for a new one: titles are indexed with each chunk.
    """
    marks = dict(zip(before["titled.documents"].tolist(), before["titled.marks"].tolist(), strict=True))
    same = [number for number, title in titles.items() if marks.get(number) == _mark(title)]
    kept = np.isin(before["documents"], same)
    if kept.sum() <= _LEAST * len(kept):
        return None
    new = sorted(set(titles) - set(same))
    columns = store.columns(new)
    order = np.argsort(np.concatenate([before["ids"][kept], columns.ids]))
    rank = np.empty_like(order)
    rank[order] = np.arange(len(order))
    places, more_places = np.full(len(kept), -1, dtype=np.int64), rank[int(kept.sum()) :]
    places[kept] = rank[: int(kept.sum())]
    added = _taken(columns)
    arrays: Arrays = {name: np.concatenate([before[name][kept], added[name]])[order] for name in COLUMNS}
    more = KeywordIndex(_indexed(columns, titles))
    said = SentenceVectors.load(before)
    arrays |= _partners(arrays) | _marked(titles)
    arrays |= KeywordIndex.load(before, len(kept)).moved(places, more, more_places).arrays()
    return arrays | said.moved(places, said.like(store.sentences(new)), more_places).arrays()


def _taken(columns: Columns) -> Arrays:
    arrays: Arrays = {name: getattr(columns, name) for name in COLUMNS[:-1]}
    return arrays | {"shapes": shapes_of(columns.texts, columns.rows)}


def _partners(arrays: Arrays) -> Arrays:
    return Partners.of(arrays["documents"], arrays["pairs"], arrays["sections"]).arrays()  # type: ignore[arg-type]


def _marked(titles: Titles) -> Arrays:
    """Return a mark of each document's title."""
    return {
        "titled.documents": np.asarray(list(titles), dtype=np.int64),
        "titled.marks": np.asarray([_mark(title) for title in titles.values()], dtype=np.int64),
    }


def _mark(title: str) -> int:
    return zlib.crc32(title.encode("utf-8", "surrogatepass"))


def _width(store: Store, columns: Columns) -> int:
    """Return how many numbers a vector has."""
    _, first = store.vectors(columns.ids[:1].tolist())
    return first.shape[1] if first.size else 1


def _indexed(columns: Columns, titles: Titles) -> list[str]:
    """Return each chunk with the title of its document and the headings above it."""
    return [
        "\n".join([titles[int(document)], *json.loads(heading)[-2:], text])
        for document, heading, text in zip(columns.documents, columns.headings, columns.texts, strict=True)
    ]


def _before(folder: Path, name: str) -> Arrays | None:
    """Return the latest arrays of the same kind as `name`, None where there are none."""
    contents, kind = name.split("-", 1)
    found = [other for other in folder.glob(f"*-{kind}") if int(other.name.split("-")[0]) < int(contents)]
    latest = max(found, key=lambda other: int(other.name.split("-")[0]), default=None)
    return _loaded(latest) if latest else None


def _loaded(folder: Path) -> Arrays | None:
    """Return the arrays of a folder, read as they are asked for; None where it is not there or not whole."""
    try:
        names = json.loads((folder / "names.json").read_text("utf-8"))
        return {name: np.load(folder / f"{name}.npy", mmap_mode="r").view(np.ndarray) for name in names}
    except (OSError, ValueError, EOFError):
        return None


def _keep(arrays: Arrays, folder: Path, name: str) -> None:
    """Write the arrays and drop earlier ones; a folder that cannot be written costs only time."""
    draft = folder / f"{uuid.uuid4().hex}.draft"
    try:
        draft.mkdir(parents=True)
        for key, values in arrays.items():
            np.save(draft / f"{key}.npy", values)
        (draft / "names.json").write_text(json.dumps(sorted(arrays)), "utf-8")
        shutil.rmtree(folder / name, ignore_errors=True)
        draft.replace(folder / name)
    except OSError:
        shutil.rmtree(draft, ignore_errors=True)
    for other in folder.glob("*"):
        if other.name != name and _is_stale(other, int(name.split("-")[0])):
            shutil.rmtree(other, ignore_errors=True)


def _is_stale(folder: Path, contents: int) -> bool:
    """Return whether arrays are of earlier contents, or a draft that was given up."""
    if folder.suffix == ".draft":
        return folder.stat().st_mtime < time.time() - _GIVEN_UP
    return int(folder.name.split("-")[0]) <= contents
