"""Choose the words and build the tokenizer: Unigram over words and single characters, with log frequencies.

Candidates come from a Unigram trainer (Kudo, ACL 2018; Hugging Face ``tokenizers``), from THUOCL and from the Chinese
Open Wordnet; two rounds of segmenting and counting decide which of them stay and what each one costs.
"""

from __future__ import annotations

import math
import random
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from string import ascii_lowercase

from tokenizers import Regex, Tokenizer, models, normalizers, pre_tokenizers, trainers

from assistant.search.training.corpus import SOURCES, Corpus, say

UNKNOWN = "[UNK]"
LONGEST_WORD = 4
RAREST_WORD = 8
"""A word seen in fewer places than this keeps only its characters (spec/embedding.md)."""

PARTICLES = frozenset("的了和与及或在对为是将应由等之其以于并而从被把向所")
LOOSE = PARTICLES | frozenset("不有可得者上下中内外后前时个该此这那也就都还但若如则至到各每")
"""A piece that begins or ends with one of these is a phrase, unless a word list knows it (pairs: particles only)."""

HAN_WORD = re.compile(r"[\u4e00-\u9fff]{2,4}")
HAN = re.compile(r"[\u4e00-\u9fff]")
LATIN = re.compile(r"[a-z]{2,}")


@dataclass(frozen=True)
class Vocabulary:
    """Pieces with log probabilities in row order; the first ``exported`` rows are shipped, the rest is English."""

    pieces: list[tuple[str, float]]
    exported: int

    def tokenizer(self) -> Tokenizer:
        """Build the tokenizer over all pieces, as training needs it."""
        return build_tokenizer(self.pieces)

    def shipped_tokenizer(self) -> Tokenizer:
        """Build the tokenizer over the shipped pieces alone; ids are row numbers."""
        return build_tokenizer(self.pieces[: self.exported])


def build_tokenizer(pieces: list[tuple[str, float]] | None = None) -> Tokenizer:
    """Return the Unigram tokenizer: NFKC, lower case, a number is one token, everything unknown is dropped.

    With the characters of ``pieces`` as the only Han let through, and the 26 letters among the pieces, the unknown
    token is never produced: sentence-transformers would average its row and model2vec would not.
    """
    han = "".join(sorted(piece for piece, _ in pieces if HAN.fullmatch(piece))) if pieces else r"\p{Han}"
    tokenizer = Tokenizer(models.Unigram(pieces, unk_id=0) if pieces else models.Unigram())
    tokenizer.normalizer = normalizers.Sequence(
        [
            normalizers.NFKC(),
            normalizers.Lowercase(),
            normalizers.Replace(Regex(r"[0-9]+(?:[.,][0-9]+)*"), "0"),
        ]
    )
    tokenizer.pre_tokenizer = pre_tokenizers.Sequence(
        [
            pre_tokenizers.Split(Regex(f"[^{han}a-z0%]+"), "removed"),
            pre_tokenizers.Split(Regex(r"[a-z]+|0|%"), "isolated"),
        ]
    )
    return tokenizer


def sample_texts(corpus: Corpus, rng: random.Random, rows: int = 22_000) -> list[str]:
    """Draw the texts from which candidate words are found: at most ``rows`` paragraphs of each source."""
    texts = [question for question, _ in corpus.questions] + [chinese for chinese, _ in corpus.everyday]
    for paragraphs in corpus.paragraphs.values():
        drawn = rng.sample(paragraphs, min(rows, len(paragraphs)))
        texts += [paragraph.text for paragraph in drawn]
        texts += [paragraph.section for paragraph in drawn if paragraph.section]
    return texts


def trained_pieces(texts: list[str], size: int) -> list[str]:
    """Let the Unigram trainer propose ``size`` pieces."""
    tokenizer = build_tokenizer()
    trainer = trainers.UnigramTrainer(
        vocab_size=size,
        max_piece_length=LONGEST_WORD,
        unk_token=UNKNOWN,
        special_tokens=[UNKNOWN],
        show_progress=False,
    )
    tokenizer.train_from_iterator(texts, trainer)
    return list(tokenizer.get_vocab())


def candidate_words(corpus: Corpus, texts: list[str]) -> set[str]:
    """Gather words from the two word lists and, where they do not look like phrases, from the trainer."""
    listed = {word for words in corpus.synonyms for word in words} | set(corpus.words)
    words = {word for word in listed if HAN_WORD.fullmatch(word)}
    for piece in trained_pieces(texts, 48_000):
        barred = PARTICLES if len(piece) == 2 else LOOSE
        if HAN_WORD.fullmatch(piece) and piece[0] not in barred and piece[-1] not in barred:
            words.add(piece)
    return words


def substring_counts(texts: Iterable[str], words: set[str]) -> Counter[str]:
    """Count every occurrence of every word, overlaps included."""
    counts: Counter[str] = Counter()
    for text in texts:
        for length in range(2, LONGEST_WORD + 1):
            grams = (text[start : start + length] for start in range(len(text) - length + 1))
            counts.update(gram for gram in grams if gram in words)
    return counts


def scored(counts: dict[str, float]) -> list[tuple[str, float]]:
    """Turn counts into pieces with log probabilities, the unknown token first."""
    total = math.log(sum(counts.values()))
    pieces = [(piece, math.log(count) - total) for piece, count in counts.items()]
    return [(UNKNOWN, -30.0), *pieces]


def segmented_counts(tokenizer: Tokenizer, texts: Iterable[str]) -> Counter[str]:
    """Segment the texts and count the pieces."""
    counts: Counter[int] = Counter()
    batch: list[str] = []
    for text in [*texts, None]:
        if text is not None:
            batch.append(text)
        if batch and (text is None or len(batch) == 4096):
            for encoding in tokenizer.encode_batch_fast(batch, add_special_tokens=False):
                counts.update(encoding.ids)
            batch = []
    names = {number: piece for piece, number in tokenizer.get_vocab().items()}
    return Counter({names[number]: count for number, count in sorted(counts.items()) if number})


def weighted_texts(corpus: Corpus) -> Iterator[tuple[float, list[str]]]:
    """Yield the groups of Chinese texts with the weight that their words carry."""
    for source in SOURCES:
        paragraphs = corpus.paragraphs[source.file]
        step = 3 if len(paragraphs) > 100_000 else 1
        yield source.count * step, [paragraph.text for paragraph in paragraphs[::step]]
        yield source.count, sorted({paragraph.section for paragraph in paragraphs if paragraph.section})
    yield 2.0, [chinese for chinese, _ in corpus.everyday]
    yield 3.0, [question for question, _ in corpus.questions]


def latin_counts(texts: Iterable[str], least: int) -> dict[str, float]:
    """Count Latin words of two letters or more, in lower case."""
    counts: Counter[str] = Counter()
    for text in texts:
        counts.update(LATIN.findall(text.lower()))
    return {word: float(count) for word, count in counts.items() if count >= least}


def recount(corpus: Corpus, pieces: list[tuple[str, float]]) -> dict[str, float]:
    """Segment the weighted texts with ``pieces`` and return the weighted counts."""
    tokenizer = build_tokenizer(pieces)
    totals: dict[str, float] = {}
    for weight, texts in weighted_texts(corpus):
        for piece, count in segmented_counts(tokenizer, texts).items():
            totals[piece] = totals.get(piece, 0.0) + weight * count
    return totals


def characters(corpus: Corpus) -> dict[str, float]:
    """Count the single Han characters of all Chinese texts and word lists."""
    counts: Counter[str] = Counter({"0": 1000, "%": 1000})
    for _, texts in weighted_texts(corpus):
        for text in texts:
            counts.update(HAN.findall(text))
    for words in corpus.synonyms:
        counts.update(HAN.findall("".join(words)))
    return {character: float(count) for character, count in counts.items() if count >= 3}


def build_vocabulary(
    corpus: Corpus, shipped: int, seed: int, tell: Callable[[str], None] = say
) -> Vocabulary:
    """Choose ``shipped`` pieces (all characters, then the most useful words) and add English for training."""
    texts = sample_texts(corpus, random.Random(seed))
    words = candidate_words(corpus, texts)
    tell(f"词表：候选词 {len(words):,} 个")
    single = characters(corpus)
    latin = latin_counts((text for _, group in weighted_texts(corpus) for text in group), least=30)
    first = {
        word: float(count) for word, count in substring_counts(texts, words).items() if count >= RAREST_WORD
    }
    counts = recount(corpus, scored({**single, **latin, **first}))
    known = {word for group in corpus.synonyms for word in group}
    useful = {word: count for word, count in counts.items() if len(word) > 1 and word not in latin}
    ranked = sorted(useful, key=lambda word: (-useful[word] - 6.0 * (word in known), word))
    room = shipped - 1 - len(single) - len(ascii_lowercase) - len(latin)
    kept = {word: useful[word] for word in ranked[:room] if useful[word] >= RAREST_WORD}
    tell(f"词表：单字 {len(single):,}，词 {len(kept):,}，拉丁词 {len(latin):,}")
    base = {**single, **dict.fromkeys(ascii_lowercase, 1.0), **kept, **latin}
    final = recount(corpus, scored(base))
    pieces = scored(
        {piece: 0.1 if piece in ascii_lowercase else final.get(piece, 0.0) + 1.0 for piece in base}
    )
    english = latin_counts(
        (text for pair in corpus.bilingual + corpus.everyday for text in pair[1:]), least=12
    )
    extra = [(word, -14.0) for word in sorted(english) if word not in base]
    return Vocabulary(pieces + extra, exported=len(pieces))
