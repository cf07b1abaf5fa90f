"""The shipped embedding: both readers give the same vectors, it is small, and it knows some meaning."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray
from safetensors.numpy import load_file
from tokenizers import Tokenizer

import assistant

MODEL = Path(assistant.__file__).parent / "search" / "model"
MOST_BYTES = 16 * 1000 * 1000

TEXTS = [
    "预算执行率偏低",
    "钱没花完",
    "2023年度全年预算数1,234.50万元，执行率９８．１２％。",
    "Excel 表格与 zzqx 系统，①②③",
    "龘𠮷未见过的字",
    "，。！",
    "",
    "调研受天气影响推迟一次。" * 200,
]


def light_vectors(texts: list[str]) -> NDArray[np.float32]:
    """Read the folder with tokenizers and numpy alone, as the program may do without torch."""
    rows = load_file(MODEL / "model.safetensors")["embedding.weight"].astype(np.float32)
    tokenizer = Tokenizer.from_file(str(MODEL / "tokenizer.json"))
    vectors = np.zeros((len(texts), rows.shape[1]), dtype=np.float32)
    for number, encoding in enumerate(tokenizer.encode_batch_fast(texts, add_special_tokens=False)):
        if encoding.ids:
            vectors[number] = rows[encoding.ids].mean(axis=0)
    return vectors


def cosine(left: str, right: str) -> float:
    one, other = light_vectors([left, right])
    return float(one @ other / (np.linalg.norm(one) * np.linalg.norm(other)))


def test_sentence_transformers_reads_the_same_vectors() -> None:
    from sentence_transformers import SentenceTransformer

    vectors = SentenceTransformer(str(MODEL), device="cpu", local_files_only=True).encode(TEXTS)
    assert np.isfinite(vectors).all()
    assert np.abs(vectors.astype(np.float32) - light_vectors(TEXTS)).max() < 1e-3


def test_model2vec_reads_the_same_vectors() -> None:
    from model2vec import StaticModel

    vectors = StaticModel.from_pretrained(MODEL).encode(TEXTS)
    assert np.abs(vectors.astype(np.float32) - light_vectors(TEXTS)).max() < 1e-3


def test_folder_is_small_and_attributed() -> None:
    files = [path for path in MODEL.rglob("*") if path.is_file()]
    assert sum(path.stat().st_size for path in files) <= MOST_BYTES
    attribution = (MODEL / "ATTRIBUTION.md").read_text(encoding="utf-8")
    for owner in (
        "Microsoft",
        "Tatoeba",
        "Chinese Open Wordnet",
        "STARD",
        "Ministry of Justice",
        "CC BY 4.0",
    ):
        assert owner in attribution


def test_rows_match_the_tokenizer() -> None:
    rows = load_file(MODEL / "model.safetensors")["embedding.weight"]
    tokenizer = Tokenizer.from_file(str(MODEL / "tokenizer.json"))
    assert rows.dtype == np.float16
    assert len(rows) == tokenizer.get_vocab_size()
    assert not rows[0].any()


def test_numbers_are_one_token_and_punctuation_none() -> None:
    tokenizer = Tokenizer.from_file(str(MODEL / "tokenizer.json"))
    assert tokenizer.encode("1,234.50", add_special_tokens=False).tokens == ["0"]
    assert tokenizer.encode("，。《》！,.", add_special_tokens=False).tokens == []
    assert tokenizer.encode("龘ß😀", add_special_tokens=False).ids == []
    assert 0 not in tokenizer.encode("完全qwxz不认识", add_special_tokens=False).ids


def test_settings_do_not_cut_long_texts() -> None:
    settings = json.loads((MODEL / "config_sentence_transformers.json").read_text(encoding="utf-8"))
    assert settings["max_length"] is None


#: Everyday questions, none of them in the training pairs, each with the report sentence that answers it.
ANSWERS = {
    "钱没花完": "预算执行率偏低",
    "进度慢了": "项目实施进展滞后于计划",
    "老百姓满意吗": "服务对象满意度为95%",
    "指标定得不合理": "绩效目标编制欠科学",
    "没按时做完": "未能在规定期限内办结",
    "凭证资料留得不齐": "佐证材料收集归档不全面",
    "车子检修": "公务用车维修保养",
}
UNRELATED = (
    "各级人民代表大会常务委员会选举产生",
    "办公设备采购合同已签订",
    "道路绿化养护面积",
    "单位内设机构五个",
    "图书借阅册数",
)


@pytest.mark.parametrize("query", ANSWERS)
def test_an_everyday_question_is_nearest_to_its_answer(query: str) -> None:
    near = cosine(query, ANSWERS[query])
    assert all(near > cosine(query, far) for far in UNRELATED)


def test_the_questions_are_not_training_pairs() -> None:
    pairs = (MODEL.parent / "training" / "paraphrases.toml").read_text(encoding="utf-8")
    assert not [query for query in ANSWERS if f'"{query}"' in pairs]
