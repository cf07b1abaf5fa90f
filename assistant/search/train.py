"""Train the shipped embedding model: ``python -m assistant.search.train --data DIR --out DIR``.

The recipe is described in :mod:`assistant.search.training`; nothing else of the program imports this module.
"""

from __future__ import annotations

import argparse
import random
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import torch

from assistant.search.training.assemble import Encoded, encode_corpus, make_maker
from assistant.search.training.attribution import attribution_text
from assistant.search.training.corpus import SOURCES, read_corpus, say
from assistant.search.training.export import SHIPPED_WIDTH, project, save_model
from assistant.search.training.initialise import Matrix, Ragged, Table, absorption, add_english, start_table
from assistant.search.training.learning import learn
from assistant.search.training.vocabulary import Vocabulary, build_vocabulary

SHIPPED_ROWS = 31_000
STEPS = 2000
SEED = 20261121


def start(vocabulary: Vocabulary, encoded: Encoded, absorb: Matrix, seed: int) -> Table:
    """Return the starting rows: Chinese by PPMI and SVD, English beside its Chinese."""
    table = start_table([shelf.texts for shelf in encoded.shelves.values()], absorb, seed)
    bilingual = encoded.twins["bilingual"]
    add_english(table, absorb, bilingual.left, bilingual.right, vocabulary.exported)
    return table


def sampled(encoded: Encoded, seed: int, rows: int = 6000) -> Ragged:
    """Draw paragraphs of every source, on whose vectors the projection is computed."""
    rng = random.Random(seed)
    parts = []
    for source in SOURCES:
        texts = encoded.shelves[source.file].texts
        parts += [texts.text(number) for number in rng.sample(range(len(texts)), min(rows, len(texts)))]
    bounds = np.cumsum([0] + [len(part) for part in parts]).astype(np.int64)
    return Ragged(np.concatenate(parts), bounds)


def train(data: Path, out: Path, steps: int, seed: int) -> None:
    """Read the data, build the vocabulary, start, learn and save."""
    torch.manual_seed(seed)
    say(f"读取训练数据：{data}")
    corpus = read_corpus(data)
    vocabulary = build_vocabulary(corpus, SHIPPED_ROWS, seed)
    encoded = encode_corpus(vocabulary.tokenizer(), corpus)
    absorb = absorption(vocabulary)
    say("起点：PPMI 与 SVD")
    rows = start(vocabulary, encoded, absorb, seed)
    table = learn(rows, absorb, make_maker(encoded, absorb, seed), steps)
    table = project(table, sampled(encoded, seed), SHIPPED_WIDTH)
    command = f"python -m assistant.search.train --data DIR --out DIR --steps {steps} --seed {seed}"
    save_model(out, table, vocabulary, command, attribution_text(command, seed, steps, SHIPPED_WIDTH))
    say(f"完成：{out}")


def main(arguments: Sequence[str] | None = None) -> int:
    """Read the command line and train."""
    parser = argparse.ArgumentParser(
        prog="python -m assistant.search.train", description="训练随产品分发的词向量模型"
    )
    parser.add_argument("--data", type=Path, required=True, help="训练数据目录（见其中的 PROVENANCE.md）")
    parser.add_argument("--out", type=Path, required=True, help="模型保存目录（原有内容会被替换）")
    parser.add_argument("--steps", type=int, default=STEPS, help="训练步数")
    parser.add_argument("--seed", type=int, default=SEED, help="随机种子")
    options = parser.parse_args(arguments)
    train(options.data, options.out, options.steps, options.seed)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
