"""Is our search better than BM25 and than the usual recipe? nDCG@10, MRR@10, recall@5, all systems in one run.

    python benchmarks/search_quality.py [--split report|tune|all] [--paths PATH...] [--queries FILE...] [--show N]

Queries are labelled by hand (benchmarks/queries/*.jsonl: q, kind, relevant [source, paragraph, grade 2 or 1]) and
split by document: what was tuned was tuned on `tune`; `report` is measured and not looked at. A hit counts for a
labelled paragraph that it covers, once. Needs the extras of `pip install -e .[bench]`.
"""

from __future__ import annotations

import argparse
import json
import logging
import math
import random
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NamedTuple

import bm25s
import jieba
from langchain_chroma import Chroma
from langchain_text_splitters import RecursiveCharacterTextSplitter

from assistant.domain.passage import Query
from assistant.search.chroma_collection import LangChainEmbeddings
from assistant.search.embedding import load_embedder
from assistant.search.index import Library
from assistant.search.words import normalised

HERE = Path(__file__).resolve().parent
DEFAULT_PATHS = [HERE.parent.parent / "shared" / "seeds", HERE.parent / "corpus"]
KINDS = ("keyword", "question", "paraphrase")
DRAWS, SEED = 2000, 7


class Span(NamedTuple):
    """Where a hit stands: the source and its paragraphs from first to last."""

    source: str
    first: int
    last: int


class Labelled(NamedTuple):
    q: str
    kind: str
    relevant: dict[tuple[str, int], int]


class Paragraph(NamedTuple):
    span: Span
    title: str
    text: str


Ranker = Callable[[str], list[Span]]


def labelled(files: Sequence[Path]) -> list[Labelled]:
    rows = [
        json.loads(line) for file in files for line in file.read_text("utf-8").splitlines() if line.strip()
    ]
    return [
        Labelled(row["q"], row["kind"], {(source, place): grade for source, place, grade in row["relevant"]})
        for row in rows
    ]


def gains(spans: Sequence[Span], query: Labelled) -> list[int]:
    """Return the grade of each hit: the best label it covers that no hit above it has taken."""
    left, found = dict(query.relevant), []
    for span in spans[:10]:
        covered = [key for key in left if key[0] == span.source and span.first <= key[1] <= span.last]
        found.append(max((left[key] for key in covered), default=0))
        for key in covered:
            del left[key]
    return found


def scores(spans: Sequence[Span], query: Labelled) -> tuple[float, float, float]:
    """Return nDCG@10, MRR@10 and recall@5 of one answer."""
    found = gains(spans, query)
    ideal = sorted(query.relevant.values(), reverse=True)[:10]
    dcg = sum(gain / math.log2(rank + 2) for rank, gain in enumerate(found))
    best = sum(gain / math.log2(rank + 2) for rank, gain in enumerate(ideal))
    mrr = next((1 / (rank + 1) for rank, gain in enumerate(found) if gain), 0.0)
    recall = sum(gain > 0 for gain in found[:5]) / min(5, len(query.relevant))
    return dcg / best, mrr, recall


def words(text: str) -> list[str]:
    return [word for word in jieba.lcut(normalised(text)) if any(char.isalnum() for char in word)]


def bm25(paragraphs: Sequence[Paragraph], *, titled: bool) -> Ranker:
    """jieba words and bm25s with its defaults."""
    corpus = [words(f"{item.title}\n{item.text}" if titled else item.text) for item in paragraphs]
    index = bm25s.BM25()
    index.index(corpus, show_progress=False)
    vocabulary = {word for text in corpus for word in text}

    def rank(q: str) -> list[Span]:
        asked = [word for word in words(q) if word in vocabulary]
        if not asked:
            return []
        places, values = index.retrieve([asked], k=10, show_progress=False)
        return [
            paragraphs[place].span for place, value in zip(places[0], values[0], strict=True) if value > 0
        ]

    return rank


def recipe(paragraphs: Sequence[Paragraph]) -> Ranker:
    """RecursiveCharacterTextSplitter, Chroma and our own model, as tutorials put them together."""
    splitter = RecursiveCharacterTextSplitter(
        chunk_size=300, chunk_overlap=50, separators=["\n\n", "\n", "。", "；", "，", ""]
    )
    store = Chroma(collection_name="recipe", embedding_function=LangChainEmbeddings(load_embedder(None)))
    for source in dict.fromkeys(item.span.source for item in paragraphs):
        own = [item for item in paragraphs if item.span.source == source]
        whole, starts = "", []
        for item in own:
            starts.append(len(whole))
            whole += item.text + "\n"
        splitter._add_start_index = True
        for part in splitter.create_documents([whole]):
            begin, end = part.metadata["start_index"], part.metadata["start_index"] + len(part.page_content)
            inside = [
                item.span
                for item, start in zip(own, starts, strict=True)
                if start < end and start + len(item.text) > begin
            ]
            part.metadata = {"source": source, "first": inside[0].first, "last": inside[-1].last}
            store.add_documents([part])

    def rank(q: str) -> list[Span]:
        found = store.similarity_search(q, k=10)
        return [Span(hit.metadata["source"], hit.metadata["first"], hit.metadata["last"]) for hit in found]

    return rank


def ours(library: Library, mode: str) -> Ranker:
    def rank(q: str) -> list[Span]:
        hits = library.search(Query(text=q, limit=10, mode=mode)).passages
        places = [hit.citation for hit in hits]
        return [Span(place.source, place.first_paragraph, place.last_paragraph) for place in places]

    return rank


def paragraphs_of(library: Library) -> list[Paragraph]:
    """Return every paragraph and table row that the library holds: what all systems search."""
    store = library._opened()
    documents = {document.id: document for document in store.documents()}
    return [
        Paragraph(
            Span(documents[item.document].source, item.chunk.first, item.chunk.last),
            documents[item.document].title,
            item.chunk.text,
        )
        for item in store.chunks()
    ]


def mean(values: Sequence[float]) -> float:
    return sum(values) / len(values) if values else 0.0


def interval(differences: Sequence[float]) -> tuple[float, float]:
    """Return the 95 % bootstrap interval of the mean difference."""
    rng = random.Random(SEED)
    draws = sorted(mean(rng.choices(differences, k=len(differences))) for _ in range(DRAWS))
    return draws[int(DRAWS * 0.025)], draws[int(DRAWS * 0.975)]


def table(results: dict[str, list[tuple[float, float, float]]], queries: Sequence[Labelled]) -> None:
    """Print a line a system: nDCG@10 of each kind, then all three measures over all queries."""
    print(f"| 系统 | {' | '.join(KINDS)} | nDCG@10 | MRR@10 | recall@5 |")
    print("|---|" + "---|" * (len(KINDS) + 3))
    for name, values in results.items():
        by_kind = [
            mean([value[0] for value, query in zip(values, queries, strict=True) if query.kind == kind])
            for kind in KINDS
        ]
        overall = [mean([value[place] for value in values]) for place in range(3)]
        print(f"| {name} | " + " | ".join(f"{number:.3f}" for number in [*by_kind, *overall]) + " |")


def compare(results: dict[str, list[tuple[float, float, float]]], queries: Sequence[Labelled]) -> None:
    """Print the fusion beside BM25: the ratio, and the interval of the difference."""
    for kind in ("", *KINDS):
        chosen = [place for place, query in enumerate(queries) if kind in ("", query.kind)]
        fusion = [results["融合"][place][0] for place in chosen]
        base = [results["BM25"][place][0] for place in chosen]
        low, high = interval([left - right for left, right in zip(fusion, base, strict=True)])
        ratio = mean(fusion) / mean(base) if mean(base) else math.inf
        difference = mean(fusion) - mean(base)
        print(f"{kind or '全部'}：融合 ÷ BM25 = {ratio:.2f}，差 {difference:+.3f} [{low:+.3f}, {high:+.3f}]")


def show(results: dict[str, list[tuple[float, float, float]]], queries: Sequence[Labelled], library: Library, count: int) -> None:  # fmt: skip
    """Print the worst answers of the fusion (only ever on the split for tuning)."""
    order = sorted(range(len(queries)), key=lambda place: results["融合"][place][0])
    for place in order[:count]:
        query, answer = queries[place], library.search(Query(text=queries[place].q, limit=5))
        print(f"\n{results['融合'][place][0]:.2f} 〔{query.kind}〕{query.q}  {answer.note}")
        for hit in answer.passages:
            cited = hit.citation
            grade = gains([Span(cited.source, cited.first_paragraph, cited.last_paragraph)], query)[0]
            print(f"   {grade} {hit.score:.2f} {hit.section.value[:5]} {hit.text[:70]}")


def run(queries: Sequence[Labelled], paths: Sequence[Path], count: int, kept: Path | None) -> None:
    with tempfile.TemporaryDirectory() as folder, Library(kept or Path(folder)) as library:
        library.update(list(paths))
        held = paragraphs_of(library)
        places = {(item.span.source, n) for item in held for n in range(item.span.first, item.span.last + 1)}
        absent = [(query.q, key) for query in queries for key in query.relevant if key not in places]
        print(f"{len(held)} 段，{len(queries)} 个查询，找不到的标注 {len(absent)} 处 {absent[:3] or ''}")
        systems: dict[str, Ranker] = {
            "BM25": bm25(held, titled=False),
            "BM25（含标题）": bm25(held, titled=True),
            "LangChain 通用做法": recipe(held),
            "关键词": ours(library, "keyword"),
            "语义": ours(library, "semantic"),
            "融合": ours(library, "hybrid"),
        }
        results = {
            name: [scores(rank(query.q), query) for query in queries] for name, rank in systems.items()
        }
        table(results, queries)
        compare(results, queries)
        if count:
            show(results, queries, library, count)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--split", choices=["report", "tune", "all"], default="report")
    parser.add_argument("--queries", type=Path, nargs="+", help="其他带标注的查询文件")
    parser.add_argument("--paths", type=Path, nargs="+", default=DEFAULT_PATHS, help="入库的文件和文件夹")
    parser.add_argument("--index", type=Path, help="保留资料库的文件夹")
    parser.add_argument("--show", type=int, default=0, help="列出最差的若干条")
    options = parser.parse_args()
    jieba.setLogLevel(logging.ERROR)
    names = ["tune", "report"] if options.split == "all" else [options.split]
    files = options.queries or [HERE / "queries" / f"{name}.jsonl" for name in names]
    run(labelled(files), options.paths, options.show, options.index)


if __name__ == "__main__":
    main()
