"""Write the model: PCA to the shipped width, fp16 rows, tokenizer, sentence-transformers folder, attribution."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import numpy as np
from sentence_transformers import SentenceTransformer
from sentence_transformers.sentence_transformer.modules import StaticEmbedding

from assistant.search.training.initialise import Ragged, Table, bag_matrix
from assistant.search.training.vocabulary import Vocabulary

SHIPPED_WIDTH = 216

CARD = """---
language: zh
library_name: sentence-transformers
pipeline_tag: sentence-similarity
license: apache-2.0
---
# 知绩检索用静态词向量

{rows:,} 个词与单字，每个 {width} 维（fp16）；一段话的向量是其词向量的平均（未归一化，请用余弦）。适用于中文公文、报告的语义检索。

```python
from sentence_transformers import SentenceTransformer

vectors = SentenceTransformer("assistant/search/model").encode(["预算执行率偏低"])
```

看不见数字、否定与语序：只用来找候选，不作为证据。数据来源与许可见 ATTRIBUTION.md；训练命令：`{command}`。
"""


def project(table: Table, texts: Ragged, width: int) -> Table:
    """Turn the rows to the main directions of text vectors and keep ``width`` of them (PCA without centring)."""
    vectors = bag_matrix(texts, len(table)) @ table
    vectors = vectors / np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1e-6)
    _, directions = np.linalg.eigh(vectors.T @ vectors)
    return np.asarray(table @ directions[:, ::-1][:, :width], dtype=np.float32)


def save_model(folder: Path, table: Table, vocabulary: Vocabulary, command: str, attribution: str) -> None:
    """Save the shipped rows so that sentence-transformers and model2vec read the same vectors."""
    rows = table[: vocabulary.exported].copy()
    rows[0] = 0.0
    rows /= np.sqrt((rows**2).sum(axis=1)).max() / 8.0
    module = StaticEmbedding(vocabulary.shipped_tokenizer(), embedding_weights=rows.astype(np.float16))
    shutil.rmtree(folder, ignore_errors=True)
    SentenceTransformer(modules=[module], device="cpu").save(str(folder), create_model_card=False)
    vocabulary.shipped_tokenizer().save(str(folder / "tokenizer.json"), pretty=False)
    settings = folder / "config_sentence_transformers.json"
    (folder / "model.safetensors").chmod(0o644)
    known = json.loads(settings.read_text(encoding="utf-8"))
    settings.write_text(json.dumps({**known, "max_length": None}, indent=2) + "\n", encoding="utf-8")
    card = CARD.format(rows=len(rows), width=rows.shape[1], command=command)
    (folder / "README.md").write_text(card, encoding="utf-8")
    (folder / "ATTRIBUTION.md").write_text(attribution, encoding="utf-8")
