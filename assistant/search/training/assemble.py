"""Turn the corpus into token ids and put the maker of pairs together: what is drawn, and how often."""

from __future__ import annotations

import tomllib
from hashlib import blake2b
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from tokenizers import Tokenizer

from assistant.search.training.corpus import SOURCES, Corpus, Paragraph
from assistant.search.training.initialise import Ids, Matrix, Ragged, encode_texts, frequencies
from assistant.search.training.pairs import PairMaker, Shelf, Twins

PARAPHRASES = Path(__file__).with_name("paraphrases.toml")

SHARES = {"bilingual": 0.10, "everyday": 0.04, "questions": 0.03, "synonyms": 0.06, "paraphrases": 0.04}
"""Blocks of ready pairs for each block of neighbours."""


class Encoded(NamedTuple):
    """The corpus as token ids."""

    shelves: dict[str, Shelf]
    twins: dict[str, Twins]
    words: dict[int, Ids]


def row_keys(texts: Ragged) -> NDArray[np.int64]:
    """Return a number for each text, the same for texts of the same words."""
    digests = (blake2b(texts.text(number).tobytes(), digest_size=7).digest() for number in range(len(texts)))
    return np.asarray([int.from_bytes(digest, "big") for digest in digests], dtype=np.int64)


def make_shelf(tokenizer: Tokenizer, paragraphs: list[Paragraph]) -> Shelf:
    """Encode one source, leaving out paragraphs of fewer than six tokens."""
    texts = encode_texts(tokenizer, [paragraph.text for paragraph in paragraphs])
    long_enough = [number for number in range(len(texts)) if len(texts.text(number)) >= 6]
    kept = [paragraphs[number] for number in long_enough]
    numbers = {
        title: number for number, title in enumerate(dict.fromkeys(paragraph.title for paragraph in kept))
    }
    encoded = encode_texts(tokenizer, [paragraph.text for paragraph in kept])
    return Shelf(
        texts=encoded,
        titles=encode_texts(tokenizer, [paragraph.title for paragraph in kept]),
        sections=encode_texts(tokenizer, [paragraph.section for paragraph in kept]),
        rows=row_keys(encoded),
        documents=np.asarray([numbers[paragraph.title] for paragraph in kept], dtype=np.int64),
    )


def make_twins(tokenizer: Tokenizer, pairs: list[tuple[str, str]]) -> Twins:
    """Encode ready pairs; equal right sides get equal keys."""
    right = encode_texts(tokenizer, [pair[1] for pair in pairs])
    return Twins(encode_texts(tokenizer, [pair[0] for pair in pairs]), right, row_keys(right))


def read_paraphrases(path: Path = PARAPHRASES) -> list[tuple[str, str]]:
    """Read our own pairs: each everyday wording with each report wording of its entry."""
    entries = tomllib.loads(path.read_text(encoding="utf-8"))["entry"] if path.exists() else []
    return [
        (everyday, report)
        for entry in entries
        for everyday in entry["everyday"]
        for report in entry["report"]
    ]


def synonym_pairs(groups: list[list[str]]) -> list[tuple[str, str]]:
    """Return every ordered pair of different words of one synset."""
    return [(left, right) for words in groups for left in words for right in words if left != right]


def synonym_table(tokenizer: Tokenizer, groups: list[list[str]]) -> dict[int, Ids]:
    """Map each one-token word to the one-token words of its synsets."""
    table: dict[int, set[int]] = {}
    for words in groups:
        encodings = tokenizer.encode_batch_fast(words, add_special_tokens=False)
        single = {encoding.ids[0] for encoding in encodings if len(encoding.ids) == 1 and encoding.ids[0]}
        for token in single:
            table.setdefault(token, set()).update(single - {token})
    return {
        token: np.asarray(sorted(others), dtype=np.int32) for token, others in sorted(table.items()) if others
    }


def encode_corpus(tokenizer: Tokenizer, corpus: Corpus) -> Encoded:
    """Encode everything that is drawn from."""
    ready = {
        "bilingual": corpus.bilingual,
        "everyday": corpus.everyday,
        "questions": corpus.questions,
        "synonyms": synonym_pairs(corpus.synonyms),
        "paraphrases": read_paraphrases(),
    }
    return Encoded(
        shelves={source.file: make_shelf(tokenizer, corpus.paragraphs[source.file]) for source in SOURCES},
        twins={name: make_twins(tokenizer, pairs) for name, pairs in ready.items() if pairs},
        words=synonym_table(tokenizer, corpus.synonyms),
    )


def make_maker(encoded: Encoded, absorb: Matrix, seed: int) -> PairMaker:
    """Weigh the sources and return the maker of pairs."""
    draws = {source.file: source.draw for source in SOURCES}
    shelves = [(draws[name] * len(shelf.texts), shelf) for name, shelf in encoded.shelves.items()]
    total = sum(weight for weight, _ in shelves)
    share = frequencies([shelf.texts for shelf in encoded.shelves.values()], absorb)
    return PairMaker(
        rng=np.random.default_rng(seed),
        idf=-np.log(share),
        synonyms=encoded.words,
        shelves=shelves,
        twins=[(SHARES[name] * total, twins) for name, twins in encoded.twins.items()],
    )
