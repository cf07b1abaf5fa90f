"""The ATTRIBUTION.md that is saved beside the weights."""

from __future__ import annotations

from datetime import date

ATTRIBUTION = """# 来源与许可（ATTRIBUTION）

本目录的权重由知绩项目自行训练，方法见 `assistant/search/training/`；训练文本本身不随产品分发。
These weights were trained by the 知绩 (zhiji) project from the texts below; the texts themselves are not distributed.

- 训练命令 Command: `{command}`
- 随机种子 Seed: {seed}　步数 Steps: {steps}　日期 Date: {day}
- 方法 Method: Unigram 词表 → PPMI-SVD（256 维，SIF 加权）起点 → 批内对比学习 → 字向量并入词向量 → PCA 至 {width} 维 → fp16

| 数据 Data | 来源 Source | 许可 Licence |
| --- | --- | --- |
| 法律、行政法规、司法解释、规章、地方性法规 | LawRefBook/Laws（GitHub） | 官方文件，不受著作权保护（《著作权法》第五条第一项） |
| 台湾地区法规（转为简体）及其官方英译 | 全國法規資料庫，法務部（Ministry of Justice open data），经 kong0107/mojLawSplitJSON | 政府資料開放授權條款第1版（与 CC BY 4.0 相容）；资料来源：法務部全國法規資料庫 |
| 2026 年 31 个省级政府工作报告 | 各省级人民政府网站，经 johncodes404/china-provincial-gov-reports-2026 | 官方文件，不受著作权保护 |
| Dynamics 365 中文文档（两个仓库） | © Microsoft Corporation，MicrosoftDocs（GitHub） | CC BY 4.0；已改为纯文本，有删节 |
| STARD 法条检索提问（train 部分） | Copyright (c) 2024 THUIR，oneal2000/STARD（GitHub） | MIT |
| Tatoeba 中英句对 | tatoeba.org 的贡献者，经 manythings.org（逐句作者见其 cmn-eng 文件） | CC BY 2.0 FR；已转为简体 |
| Chinese Open Wordnet 同义词集 | Wang Shan and Francis Bond, Nanyang Technological University；omwn/omw-data | Chinese Open Wordnet licence（见下） |
| THUOCL 词表（只用于确定词表） | Copyright (c) 2018 THUNLP，清华大学自然语言处理实验室，thunlp/THUOCL | MIT |
| 口语说法与报告用语对照 | 本项目自编（`assistant/search/training/paraphrases.toml`） | Apache-2.0 |

未使用任何评测数据（`eval_*`）与样例报告训练；未使用任何相同方式共享（share-alike）数据。

## 许可全文链接 Licences

- CC BY 4.0: https://creativecommons.org/licenses/by/4.0/
- CC BY 2.0 FR: https://creativecommons.org/licenses/by/2.0/fr/
- MIT: https://opensource.org/license/mit

## Chinese Open Wordnet notice

Copyright: Shan Wang and Francis Bond, Nanyang Technological University. The licence (`wns/cow/LICENSE` in
omwn/omw-data, of the WordNet kind; summarised here, not quoted) lets anyone use, copy, modify and distribute the
database and its documentation for any purpose without fee, provided that the copyright notice and the disclaimer are
kept; it comes "as is", without warranty of any kind; the names of its makers are not to be used in advertising;
title to copyright remains with them.
Reference: Shan Wang and Francis Bond (2013), Building the Chinese Open Wordnet (COW): Starting from Core Synsets.
"""


def attribution_text(command: str, seed: int, steps: int, width: int, day: date | None = None) -> str:
    """Return the attribution with what this run was."""
    day = day or date.today()
    return ATTRIBUTION.format(command=command, seed=seed, steps=steps, width=width, day=day.isoformat())
