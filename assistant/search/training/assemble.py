"""Turn the corpus into token ids and put the maker of pairs together: what is drawn, and how often."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable
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

SHARES = {"bilingual": 0.10, "everyday": 0.04, "questions": 0.03, "synonyms": 0.06, "paraphrases": 0.015}
"""Blocks of ready pairs for each block of neighbours."""


class Grouped(NamedTuple):
    """A ready pair and the name of what it means: pairs of one group are never each other's negatives."""

    group: str
    left: str
    right: str


class Encoded(NamedTuple):
    """The corpus as token ids."""

    shelves: dict[str, Shelf]
    twins: dict[str, Twins]
    words: dict[int, Ids]


def keys(names: Iterable[bytes]) -> NDArray[np.int64]:
    """Return a number for each name, the same for the same name."""
    digests = (blake2b(name, digest_size=7).digest() for name in names)
    return np.asarray([int.from_bytes(digest, "big") for digest in digests], dtype=np.int64)


def row_keys(texts: Ragged) -> NDArray[np.int64]:
    """Return a number for each text, the same for texts of the same words."""
    return keys(texts.text(number).tobytes() for number in range(len(texts)))


def make_shelf(tokenizer: Tokenizer, paragraphs: list[Paragraph]) -> Shelf:
    """Encode one source, leaving out paragraphs of fewer than six tokens."""
    texts = encode_texts(tokenizer, [paragraph.text for paragraph in paragraphs])
    long_enough = [number for number in range(len(texts)) if len(texts.text(number)) >= 6]
    kept = [paragraphs[number] for number in long_enough]
    encoded = encode_texts(tokenizer, [paragraph.text for paragraph in kept])
    return Shelf(
        texts=encoded,
        titles=encode_texts(tokenizer, [paragraph.title for paragraph in kept]),
        sections=encode_texts(tokenizer, [paragraph.section for paragraph in kept]),
        rows=row_keys(encoded),
        documents=keys(paragraph.title.encode() for paragraph in kept),
    )


def make_twins(tokenizer: Tokenizer, pairs: list[Grouped]) -> Twins:
    """Encode ready pairs; equal right sides and equal groups get equal keys."""
    right = encode_texts(tokenizer, [pair.right for pair in pairs])
    left = encode_texts(tokenizer, [pair.left for pair in pairs])
    return Twins(left, right, row_keys(right), keys(pair.group.encode() for pair in pairs))


def each_alone(name: str, pairs: list[tuple[str, str]]) -> list[Grouped]:
    """Make every left side a group of its own: a question stays one group with all its statutes."""
    return [Grouped(f"{name}:{left}", left, right) for left, right in pairs]


def read_paraphrases(path: Path = PARAPHRASES) -> list[Grouped]:
    """Read our own pairs: each everyday wording with each report wording of its entry."""
    entries = tomllib.loads(path.read_text(encoding="utf-8"))["entry"]
    return [
        Grouped(f"paraphrase:{number}", everyday, report)
        for number, entry in enumerate(entries)
        for everyday in entry["everyday"]
        for report in entry["report"]
    ]


def synonym_pairs(synsets: list[list[str]]) -> list[Grouped]:
    """Return every ordered pair of different words of one synset."""
    return [
        Grouped(f"synset:{number}", left, right)
        for number, words in enumerate(synsets)
        for left in words
        for right in words
        if left != right
    ]


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
        "bilingual": each_alone("bilingual", corpus.bilingual),
        "everyday": each_alone("everyday", corpus.everyday),
        "questions": each_alone("question", corpus.questions),
        "synonyms": synonym_pairs(corpus.synonyms),
        "paraphrases": read_paraphrases(),
    }
    return Encoded(
        shelves={source.file: make_shelf(tokenizer, corpus.paragraphs[source.file]) for source in SOURCES},
        twins={name: make_twins(tokenizer, pairs) for name, pairs in ready.items()},
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
