"""Turn texts into vectors with a static embedding folder, by numpy and `tokenizers` alone.

A static embedding is a table with a row a token; a text is the mean of its rows. Folders are those that
sentence-transformers or model2vec save. No model is ever made up: a folder that cannot be read is an
error. It knows nothing about what the texts are.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Protocol

import numpy as np
from numpy.typing import NDArray
from safetensors import SafetensorError, safe_open
from tokenizers import Tokenizer

from assistant.errors import ModelError
from assistant.search.words import normalised

Vectors = NDArray[np.float32]

#: The model that is shipped with the program.
SHIPPED = Path(__file__).with_name("model")
_HASHED = {".json", ".safetensors", ".bin", ".txt", ".model", ".onnx"}
_TABLES = ("embedding.weight", "embeddings")
_REMEDY = "请检查向量模型文件夹，或清空 ZHIJI_EMBEDDING_MODEL 改用自带模型"


class Embedder(Protocol):
    """Anything that makes normalised vectors of texts; `fast` says that encoding costs next to nothing."""

    id: str
    name: str
    fast: bool

    def encode(self, texts: Sequence[str]) -> Vectors:
        """Return a unit vector a text, a row each; a text without known words is all zero."""
        ...


def model_id(folder: Path) -> str:
    """Return the identity of a model folder: a hash of the files that decide its vectors."""
    files = sorted(path for path in folder.rglob("*") if path.suffix in _HASHED and path.is_file())
    if not files:
        raise ModelError(f"“{folder}”里没有向量模型", _REMEDY)
    digest = hashlib.sha256()
    for path in files:
        digest.update(path.relative_to(folder).as_posix().encode())
        digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()[:16]


def static_folder(folder: Path) -> Path | None:
    """Return where the table of a static embedding lies in a model folder, None for other models."""
    if not folder.is_dir():
        raise ModelError(f"找不到向量模型文件夹“{folder}”", _REMEDY)
    modules = folder / "modules.json"
    if modules.is_file():
        return _first_module(folder, modules)
    is_table = (folder / "model.safetensors").is_file() and (folder / "tokenizer.json").is_file()
    return folder if is_table and _table_name(folder) else None


def _first_module(folder: Path, modules: Path) -> Path | None:
    try:
        listed = json.loads(modules.read_text("utf-8"))
        first = listed[0]
        is_static = str(first["type"]).endswith("StaticEmbedding")
        return folder / str(first["path"]) if is_static else None
    except (ValueError, LookupError, TypeError) as error:
        raise ModelError(f"向量模型“{folder}”的 modules.json 读不懂（{error}）", _REMEDY) from None


def _table_name(folder: Path) -> str:
    try:
        with safe_open(folder / "model.safetensors", framework="numpy") as file:
            return next((name for name in _TABLES if name in file.keys()), "")  # noqa: SIM118 (no mapping)
    except (SafetensorError, OSError) as error:
        raise ModelError(f"向量模型“{folder}”的权重读不出来（{error}）", _REMEDY) from None


class TransformerEmbedder:
    """Any other model that sentence-transformers can read from a folder; loaded late, for it is heavy."""

    fast = False

    def __init__(self, folder: Path) -> None:
        self.id = model_id(folder)
        self.name = folder.name
        if not (folder / "modules.json").is_file():
            raise ModelError(f"“{folder}”不是 sentence-transformers 的模型文件夹（缺 modules.json）", _REMEDY)
        from sentence_transformers import SentenceTransformer

        try:
            self._model = SentenceTransformer(str(folder), device="cpu", local_files_only=True)
        except (OSError, ValueError, LookupError, RuntimeError, ImportError) as error:
            raise ModelError(f"向量模型“{folder}”打不开（{error}）", _REMEDY) from None

    def encode(self, texts: Sequence[str]) -> Vectors:
        """Return a unit vector a text, a row each."""
        prepared = [normalised(text) for text in texts]
        vectors = self._model.encode(prepared, show_progress_bar=False, convert_to_numpy=True)
        return unit(np.asarray(vectors, dtype=np.float32))


def load_embedder(folder: Path | None) -> Embedder:
    """Return the model of a folder, the shipped one for None; ModelError where it cannot be read."""
    place = folder or SHIPPED
    return StaticEmbedder(place) if static_folder(place) else TransformerEmbedder(place)


class StaticEmbedder:
    """A static embedding read from its folder."""

    fast = True

    def __init__(self, folder: Path) -> None:
        place = static_folder(folder)
        if place is None:
            raise ModelError(f"“{folder}”不是静态向量模型", _REMEDY)
        self.id = model_id(folder)
        self.name = f"自带模型（{self.id[:8]}）" if folder == SHIPPED else folder.name
        self._tokenizer = _tokenizer(place / "tokenizer.json")
        self._table = _table(place)

    def encode(self, texts: Sequence[str]) -> Vectors:
        """Return a unit vector a text, a row each; a text without known words is all zero."""
        prepared = [normalised(text) for text in texts]
        encodings = self._tokenizer.encode_batch_fast(prepared, add_special_tokens=False)
        vectors = np.zeros((len(texts), self._table.shape[1]), dtype=np.float32)
        for position, encoding in enumerate(encodings):
            vectors[position] = self._table[encoding.ids].sum(axis=0)
        return unit(vectors)


def products(matrix: Vectors, vector: Vectors) -> Vectors:
    """Return the product of each row with the vector, on one thread.

    The threads that NumPy's `@` would start wait for each other where the machine has other work to do:
    12 ms against 3 ms for 100,000 rows on two cores.
    """
    found: Vectors = np.einsum("ij,j->i", matrix, vector)
    return found


def unit(vectors: NDArray[np.floating]) -> Vectors:
    """Return the vectors with length one; zero vectors stay zero."""
    lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
    return (vectors / np.where(lengths > 0, lengths, 1)).astype(np.float32)


def _tokenizer(path: Path) -> Tokenizer:
    try:
        written = path.read_text("utf-8")
        known = str(json.loads(written)["model"]["type"])
    except (OSError, ValueError, LookupError, TypeError) as error:
        raise ModelError(f"向量模型的 {path.name} 缺失或读不懂（{error}）", _REMEDY) from None
    if known not in ("Unigram", "BPE", "WordPiece", "WordLevel"):
        raise ModelError(f"向量模型的分词方式“{known}”不支持", _REMEDY)
    tokenizer = Tokenizer.from_str(written)
    tokenizer.no_padding()
    tokenizer.no_truncation()
    return tokenizer


def _table(folder: Path) -> Vectors:
    name = _table_name(folder)
    if not name:
        raise ModelError(f"向量模型“{folder}”里没有词向量表", _REMEDY)
    with safe_open(folder / "model.safetensors", framework="numpy") as file:
        table = np.asarray(file.get_tensor(name), dtype=np.float32)
    if table.ndim != 2 or not np.isfinite(table).all():
        raise ModelError(f"向量模型“{folder}”的词向量表不完好", _REMEDY)
    return table
