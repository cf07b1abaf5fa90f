"""How fast is search, and what does a library cost? Beside bm25s alone, Chroma alone and exact search.

    python benchmarks/search_speed.py 1000 10000 100000
    python benchmarks/search_speed.py 1000000 --alone       a province: an hour, 8 GB of disk; without the others

Each size runs in a process of its own: a library of passages recombined from the sentences of corpus/ is
built by the program's own parts, opened afresh, asked, and given one more file. Prints one table row a size;
times in ms.
"""

from __future__ import annotations

import argparse
import json
import random
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import numpy as np

from assistant.domain.passage import Query, SectionKind
from assistant.library.chunks import Chunk, chunks_of
from assistant.library.readers import READABLE, read_source
from assistant.search.embedding import load_embedder
from assistant.search.filling import embedded
from assistant.search.index import Library
from assistant.search.records import Vectors
from assistant.search.semantic import VectorIndex
from assistant.search.sentence_vectors import packed
from assistant.search.shelf import open_shelf
from assistant.search.store import SCHEMA, Store, StoredDocument
from assistant.search.words import sentences
from assistant.settings import quiet_libraries

CORPUS = Path(__file__).parent.parent / "corpus"
A_DOCUMENT = 100
UNITS, YEARS = 40, range(2015, 2025)
ASKED = 200


def material() -> list[str]:
    """Return the sentences of the sample reports."""
    files = [path for path in sorted(CORPUS.iterdir()) if path.suffix in READABLE]
    chunks = [chunk for path in files for chunk in chunks_of(read_source(path), path.name)]
    return sorted({said for chunk in chunks for said in sentences(chunk.text) if len(said) < 120})


def documents(size: int, seed: int = 1) -> Iterator[tuple[StoredDocument, list[Chunk]]]:
    """Yield a library of `size` passages, each of one to four sentences and a number of its own."""
    chance, said = random.Random(seed), material()
    kinds = [SectionKind.FUNDING, SectionKind.MANAGEMENT, SectionKind.PROBLEMS, SectionKind.MEASURES]
    quarter = A_DOCUMENT // len(kinds)
    for number in range(0, size, A_DOCUMENT):
        name = f"{number:07}.docx"
        unit, year = chance.randrange(UNITS), chance.choice(YEARS)
        chunks = [
            Chunk(
                id=f"{number + place:016x}",
                first=place,
                last=place,
                text="".join(chance.choices(said, k=chance.randint(1, 3)))
                + f"共{chance.randrange(10**6)}项。",
                heading=("存在的问题",),
                section=kinds[place // quarter],
                pair=place % quarter if place >= 2 * quarter else -1,
            )
            for place in range(min(A_DOCUMENT, size - number))
        ]
        title = f"云溪市第{unit}局{year}年项目绩效自评报告"
        document = StoredDocument(
            root="/",
            source=name,
            sha256=name,
            title=title,
            unit_name=f"云溪市第{unit}局",
            year=year,
            kind="project",
        )
        yield document, chunks


def percentiles(ask: Callable[[int], object], times: int) -> str:
    """Return p50 / p95 of asking in ms, and in brackets the same of the processor's time alone."""
    taken = []
    for number in range(times):
        began, worked = time.perf_counter(), time.process_time()
        ask(number)
        taken.append([time.perf_counter() - began, time.process_time() - worked])
    (middle, work), (high, most) = np.percentile(np.asarray(taken) * 1000, [50, 95], axis=0)
    return f"{middle:.1f} / {high:.1f} [{work:.1f} / {most:.1f}]"


def build(folder: Path, size: int) -> dict[str, object]:
    """Build the library; return how long each part took."""
    embedder = load_embedder(None)
    began = time.perf_counter()
    store = Store(folder, create=True)
    store.remember({"schema": SCHEMA, "model": embedder.id, "model_name": embedder.name})
    store.name_it()
    for document, chunks in documents(size):
        vectors = embedder.encode([embedded(document.title, chunk.text) for chunk in chunks])
        said = [packed(embedder.encode(sentences(chunk.text))) for chunk in chunks]
        store.put(document, chunks, vectors, said)
    store.settle()
    stored = time.perf_counter()
    VectorIndex(folder).update(store, embedder)
    chroma = time.perf_counter()
    open_shelf(store, folder / "shelf")
    ended = time.perf_counter()
    store.close()
    disk = sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())
    return {
        "passages/s": round(size / (ended - began)),
        "store s": round(stored - began, 1),
        "chroma s": round(chroma - stored, 1),
        "shelf s": round(ended - chroma, 1),
        "disk MB": round(disk / 1e6),
    }


def questions() -> list[str]:
    """Return questions as people ask them: parts of sentences, keywords, everyday words."""
    chance = random.Random(7)
    said = [text for text in material() if len(text) > 12]
    cut = [
        text[start : start + chance.randint(4, 20)]
        for text in chance.sample(said, ASKED)
        for start in [chance.randrange(len(text) - 8)]
    ]
    everyday = ["钱没花完", "没人来领", "调查走过场，问题没研究透", "预算执行率偏低，支出进度慢", "满意度"]
    return [*everyday, *cut][:ASKED]


def ask(folder: Path, size: int) -> dict[str, object]:
    """Open the library afresh and ask; return the times."""
    began = time.perf_counter()
    library = Library(folder)
    library.search(Query(text="预算执行率偏低"))
    first = time.perf_counter() - began
    asked = questions()
    some = library.documents()[size // A_DOCUMENT // 2]
    fields = {"unit": some.unit_name, "year": some.year}
    two = {"section": "problems", "year": some.year}

    def plain(number: int) -> object:
        return library.search(Query(text=asked[number]))

    result: dict[str, object] = {
        "first s": round(first, 2),
        "hybrid": percentiles(plain, ASKED),
        "unit+year": percentiles(lambda n: library.search(Query(text=asked[n], **fields)), ASKED),  # type: ignore[arg-type]
        "section+year": percentiles(lambda n: library.search(Query(text=asked[n], **two)), ASKED),  # type: ignore[arg-type]
        "keyword": percentiles(lambda n: library.search(Query(text=asked[n], mode="keyword")), ASKED),
        "RSS MB": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024),
    }
    library.close()
    return result


def grow(folder: Path, size: int) -> dict[str, object]:
    """Add one file to the library and replace it; return the seconds of each, and of the processor's time."""
    taken = []
    for version in range(2):
        report = folder / "one" / "more.txt"
        report.parent.mkdir(exist_ok=True)
        report.write_text(f"一、存在的问题\n（一）第{version}号闸门锈蚀，启闭困难。\n", "utf-8")
        began, worked = time.perf_counter(), time.process_time()
        with Library(folder) as library:
            library.update([report.parent])
        taken.append(f"{time.perf_counter() - began:.1f} [{time.process_time() - worked:.1f}]")
    return {"one more s": taken[0], "one replaced s": taken[1]}


def others(folder: Path, size: int) -> dict[str, object]:
    """Return the times of bm25s, of Chroma by itself and of exact search over the same rows."""
    from assistant.search.chroma_collection import Collection

    store, embedder, asked = Store(folder), load_embedder(None), questions()
    texts, (_, matrix) = [text for _, _, text in store.texts()], store.vectors()
    vectors = embedder.encode(asked)
    documents = store.documents()
    year = documents[len(documents) // 2].year
    chosen = [item.id for item in documents if item.year == year]
    where = {"$and": [{"document": {"$in": chosen}}, {"section": "problems"}]}
    (chroma,) = (folder / "chroma").glob("*/chroma.sqlite3")
    collection = Collection(chroma.parent)
    result: dict[str, object] = {
        "exact": percentiles(lambda n: np.argpartition(-(matrix @ vectors[n]), 10), ASKED),
        "chroma": percentiles(lambda n: collection.nearest(vectors[n], 10, None), 50),
        "chroma where": percentiles(lambda n: collection.nearest(vectors[n], 10, where), 20),
        "chroma recall@10": _recall(collection.nearest, matrix, vectors[:50], store.numbers()),
    }
    collection.close()
    return result | _bm25s(texts, asked)


def _recall(
    nearest: Callable[..., dict[int, float]], matrix: Vectors, vectors: Vectors, numbers: Sequence[int]
) -> float:
    met = 0
    for vector in vectors:
        products = matrix @ vector
        tenth = np.sort(products)[-10] - 1e-6
        found = nearest(vector, 10, None)
        rows = np.searchsorted(numbers, list(found))
        met += int((products[rows] >= tenth).sum())
    return round(met / (10 * len(vectors)), 3)


def _bm25s(texts: Sequence[str], asked: Sequence[str]) -> dict[str, object]:
    try:
        import bm25s
        import jieba
    except ImportError:
        return {"bm25s": "–"}
    began = time.perf_counter()
    retriever = bm25s.BM25()
    retriever.index([jieba.lcut(text) for text in texts], show_progress=False)
    built = round(time.perf_counter() - began, 1)
    least = min(10, len(texts))
    return {
        "bm25s s": built,
        "bm25s": percentiles(
            lambda n: retriever.retrieve([jieba.lcut(asked[n])], k=least, show_progress=False), ASKED
        ),
    }


#: In this order: what comes last changes the library.
STEPS = {"build": build, "ask": ask, "others": others, "grow": grow}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("sizes", nargs="*", type=int, default=[1000, 10000])
    parser.add_argument("--step", choices=list(STEPS))
    parser.add_argument("--folder", type=Path)
    parser.add_argument("--alone", action="store_true", help="without bm25s, Chroma alone and exact search")
    options = parser.parse_args()
    quiet_libraries()
    if options.step:
        print(json.dumps(STEPS[options.step](options.folder, options.sizes[0]), ensure_ascii=False))
        return
    for size in options.sizes:
        with tempfile.TemporaryDirectory() as place:
            row = {"passages": size} | _measured(size, place, alone=options.alone)
            print(json.dumps(row, ensure_ascii=False), flush=True)


def _measured(size: int, place: str, *, alone: bool) -> dict[str, object]:
    found: dict[str, object] = {}
    for step in [step for step in STEPS if not (alone and step == "others")]:
        command = [sys.executable, __file__, str(size), "--step", step, "--folder", place]
        done = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True)
        found |= json.loads(done.stdout)
    return found


if __name__ == "__main__":
    main()
