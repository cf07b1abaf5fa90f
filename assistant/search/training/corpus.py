"""Read the training texts: gzip JSON lines become paragraphs, bilingual pairs, questions and synonyms.

Source of the files: PROVENANCE.md beside the data. Files named ``eval_*`` are never opened here.
"""

from __future__ import annotations

import gzip
import json
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

LONGEST = 480
"""Characters kept of one paragraph: searched paragraphs are shorter, and long articles would only slow the steps."""

SHORTEST = 12
"""Paragraphs below this many characters say too little to learn from."""


class Paragraph(NamedTuple):
    """One article or paragraph with the document and the heading it stands under."""

    title: str
    section: str
    text: str


@dataclass(frozen=True)
class Source:
    """One file of paragraphs: how often it is drawn, and how much its words count for the vocabulary."""

    file: str
    draw: float
    count: float


SOURCES = (
    Source("gov_work_reports_2026.jsonl.gz", draw=8.0, count=10.0),
    Source("laws_cn.jsonl.gz", draw=1.0, count=1.0),
    Source("laws_tw_simplified.jsonl.gz", draw=0.25, count=0.25),
    Source("dynamics365_docs_zh.jsonl.gz", draw=1.0, count=1.5),
    Source("dynamics365_projops_zh.jsonl.gz", draw=4.0, count=4.0),
)
"""Weights by register: work reports are nearest to what is searched (spec/embedding.md), Taiwan's statutes farthest."""


@dataclass(frozen=True)
class Corpus:
    """Everything that is trained on, as plain text."""

    paragraphs: dict[str, list[Paragraph]]
    bilingual: list[tuple[str, str]]
    everyday: list[tuple[str, str]]
    questions: list[tuple[str, str]]
    synonyms: list[list[str]]
    words: list[str]


def say(message: str) -> None:
    """Write one line of progress to stderr, at once."""
    sys.stderr.write(message + "\n")
    sys.stderr.flush()


def read_rows(path: Path) -> Iterator[dict[str, Any]]:
    """Yield the JSON objects of a gzip file of JSON lines."""
    if path.name.startswith("eval_"):
        raise ValueError(f"评测数据不得用于训练：{path.name}")
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            yield json.loads(line)


def read_paragraphs(path: Path) -> list[Paragraph]:
    """Read one file of paragraphs in its own order, without the fragments."""
    kept = []
    for row in read_rows(path):
        text = row["text"][:LONGEST]
        if len(text) >= SHORTEST and row["title"] != "_index":
            kept.append(Paragraph(row["title"], row["section"], text))
    return kept


def read_questions(path: Path) -> list[tuple[str, str]]:
    """Read lay questions, each with every statute that answers it."""
    return [
        (row["question"], text[:LONGEST])
        for row in read_rows(path)
        for text in row["statutes"].values()
        if text.strip()
    ]


def read_bilingual(path: Path) -> list[tuple[str, str]]:
    """Read Chinese and English versions of the same text."""
    return [(row["zh"][:LONGEST], row["en"][: 3 * LONGEST]) for row in read_rows(path)]


def read_corpus(folder: Path) -> Corpus:
    """Read every training file of ``folder``."""
    return Corpus(
        paragraphs={source.file: read_paragraphs(folder / source.file) for source in SOURCES},
        bilingual=[
            pair for pair in read_bilingual(folder / "laws_tw_zh_en.jsonl.gz") if len(pair[0]) >= SHORTEST
        ][::2],
        everyday=read_bilingual(folder / "tatoeba_zh_en.jsonl.gz"),
        questions=read_questions(folder / "stard_train.jsonl.gz"),
        synonyms=[row["words"] for row in read_rows(folder / "chinese_open_wordnet_synsets.jsonl.gz")],
        words=[row["word"] for row in read_rows(folder / "thuocl_words.jsonl.gz")],
    )
