"""A text held against itself: planted and published contradictions are found, sound reports raise nothing."""

from __future__ import annotations

from pathlib import Path

import pytest
from proof_cases import ROOT

from assistant.domain.finding import Severity
from assistant.library.readers import plain_text, read_source
from assistant.proof.review import check_alone

PLANTED = {
    "鹿鸣县文化广电和旅游局2022年公共文化服务项目绩效自评报告.docx": {
        ("B01", "132场"),
        ("A02", "87.20%"),
        ("A12", "358.77"),
    },
    "东屿市生态环境局2022年大气监测能力建设项目绩效自评报告.docx": {
        ("C02", "765000.00万元"),
        ("A06", "6.80"),
        ("B05", "年度绩效指标全部完成"),
    },
}


@pytest.mark.parametrize("path", sorted((ROOT / "corpus").glob("*.docx")), ids=lambda path: path.stem[:20])
def test_planted_contradictions_are_found_and_sound_reports_raise_no_error(path: Path) -> None:
    """Two of the sample reports carry three planted contradictions each, all others are sound."""
    found = {
        (f.rule, f.text) for f in check_alone(plain_text(read_source(path))) if f.severity is Severity.ERROR
    }
    assert found == PLANTED.get(path.name, set())


def test_the_contradictions_of_real_reports_are_found(seeds: Path) -> None:
    """1300 条 against 892 篇 (domain §7.1), 近11场 (B20), 3210 twice (B21), 98.1 分 without a loss (B07), 52 times the budget (B18)."""
    texts = [path.read_text("utf-8") for path in sorted(seeds.glob("*.txt"))]
    found = [{f.rule for f in check_alone(text)} for text in texts]
    assert {"B01", "B20", "C20"} <= found[0]
    assert {"B07", "B21", "C05"} <= found[1]
    assert {"B18", "B22", "B23", "C09", "C05"} <= found[2]


def test_real_reports_have_at_most_one_false_error(seeds: Path) -> None:
    """Every error in the five published reports is one that domain §7 confirms: only the 892 篇 of the first."""
    texts = [path.read_text("utf-8") for path in sorted(seeds.glob("*.txt"))]
    errors = [[f.text for f in check_alone(text) if f.severity is Severity.ERROR] for text in texts]
    assert errors == [["892篇"], [], [], [], []]


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("预算45.8万元，执行数45.8万元，执行率98%。", "A02"),
        ("征集提案693件，审查立案456件，立案率为68.5%。", "A18"),
        ("制作5期节目，每期14万元，合计75万元。", "A11"),
        ("播出5期电视节目及19期广播节目，共计25期。", "A12"),
        ("分值（权重）为10分，自评得分12分。", "A06"),
        ("项目包括3个子项目：甲平台、乙平台、丙平台和丁平台。", "B13"),
        ("自评总分88.20分，等级为优。", "A10"),
    ],
)
def test_a_sentence_that_contradicts_itself_is_found_without_a_report(text: str, rule: str) -> None:
    assert rule in [f.rule for f in check_alone(text)]


@pytest.mark.parametrize(
    "text",
    [
        "基本支出11703.88万元，执行数11505.73万元，预算执行率98.31%。",
        "全年收到提案693件，其中立案456件，占65.8%。",
        "拍摄5期节目，每期14万元，共70万元。",
        "播出5期电视节目及19期广播节目，共计24期。",
        "本项目设3个子项目：“溪畔议事厅”平台、公众号和“智库”。",
        "自评总分90.00分，等级为优。",
    ],
)
def test_a_sound_sentence_raises_nothing_without_a_report(text: str) -> None:
    """Figures of published reports, recomputed in the domain page."""
    assert check_alone(text) == []
