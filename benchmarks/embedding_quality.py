"""Does the shipped embedding find the right text? nDCG@10 beside character-bigram BM25, in one run.

    python benchmarks/embedding_quality.py [--data 文件夹] [--model assistant/search/model]

STARD dev: 308 lay questions; the pool is every statute named in the dev and train rows (1,444, not the 55,348 of
the published corpus), so figures are higher than published ones. Statutes of the train rows were seen in training,
the dev questions never. CMRC 2018 dev and XQuAD zh: encyclopaedia questions on their paragraphs, a foreign register.
"""

from __future__ import annotations

import argparse
import gzip
import json
import math
from collections import Counter, defaultdict
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from model2vec import StaticModel

Scores = np.ndarray[Any, np.dtype[np.float64]]
HERE = Path(__file__).resolve().parent.parent


class Task(NamedTuple):
    name: str
    queries: list[str]
    pool: list[str]
    relevant: list[set[int]]


def rows(path: Path) -> list[dict[str, Any]]:
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def stard(data: Path) -> Task:
    dev, train = rows(data / "eval_stard_dev.jsonl.gz"), rows(data / "stard_train.jsonl.gz")
    pool = list(dict.fromkeys(text.strip() for row in dev + train for text in row["statutes"].values()))
    place = {text: number for number, text in enumerate(pool)}
    relevant = [{place[text.strip()] for text in row["statutes"].values()} for row in dev]
    return Task("STARD dev", [row["question"] for row in dev], pool, relevant)


def reading(data: Path, name: str, file: str, most: int = 1000) -> Task:
    asked = rows(data / file)
    pool = list(dict.fromkeys(row["passage"] for row in asked))
    place = {text: number for number, text in enumerate(pool)}
    step = max(1, len(asked) // most)
    return Task(
        name,
        [row["question"] for row in asked[::step]],
        pool,
        [{place[row["passage"]]} for row in asked[::step]],
    )


def bigrams(text: str) -> list[str]:
    letters = "".join(letter for letter in text.lower() if letter.isalnum())
    return [letters[start : start + 2] for start in range(len(letters) - 1)]


def bm25(queries: list[str], pool: list[str], k1: float = 1.5, b: float = 0.75) -> Scores:
    documents = [Counter(bigrams(text)) for text in pool]
    lengths = np.asarray([sum(counts.values()) for counts in documents])
    norms = k1 * (1 - b + b * lengths / lengths.mean())
    postings: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for number, counts in enumerate(documents):
        for gram, count in counts.items():
            postings[gram].append((number, count))
    scores = np.zeros((len(queries), len(pool)))
    for place, query in enumerate(queries):
        for gram in bigrams(query):
            idf = math.log(1 + (len(pool) - len(postings[gram]) + 0.5) / (len(postings[gram]) + 0.5))
            for number, count in postings[gram]:
                scores[place, number] += idf * count * (k1 + 1) / (count + norms[number])
    return scores


def unit_vectors(model: StaticModel, texts: list[str]) -> Scores:
    vectors = model.encode(texts, max_length=None).astype(np.float64)
    return np.asarray(vectors / np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1e-9))


def embedding(model: StaticModel) -> Callable[[list[str], list[str]], Scores]:
    return lambda queries, pool: np.asarray(unit_vectors(model, queries) @ unit_vectors(model, pool).T)


def ndcg(scores: Scores, relevant: list[set[int]], depth: int = 10) -> float:
    gains = []
    for row, right in zip(scores, relevant, strict=True):
        best = np.argsort(-row, kind="stable")[:depth].tolist()
        found = sum(1 / math.log2(rank + 2) for rank, number in enumerate(best) if number in right)
        gains.append(found / sum(1 / math.log2(rank + 2) for rank in range(min(depth, len(right)))))
    return float(np.mean(gains))


def main() -> int:
    parser = argparse.ArgumentParser(description="nDCG@10: shipped embedding beside bigram BM25")
    parser.add_argument("--data", type=Path, default=HERE.parent / "shared" / "embedding")
    parser.add_argument("--model", type=Path, default=HERE / "assistant" / "search" / "model")
    options = parser.parse_args()
    if not (options.data / "eval_stard_dev.jsonl.gz").exists():
        print(f"跳过：没有评测数据 {options.data}")
        return 0
    systems = {"BM25 bigrams": bm25, "embedding": embedding(StaticModel.from_pretrained(options.model))}
    tasks = [
        stard(options.data),
        reading(options.data, "CMRC 2018 dev", "eval_cmrc2018_dev_qa.jsonl.gz"),
        reading(options.data, "XQuAD zh", "eval_xquad_zh_qa.jsonl.gz"),
    ]
    print(
        f"| nDCG@10 | queries | pool | {' | '.join(systems)} |\n| --- | --- | --- |{' --- |' * len(systems)}"
    )
    for task in tasks:
        figures = [ndcg(score(task.queries, task.pool), task.relevant) for score in systems.values()]
        cells = " | ".join(f"{figure:.3f}" for figure in figures)
        print(f"| {task.name} | {len(task.queries)} | {len(task.pool):,} | {cells} |", flush=True)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
