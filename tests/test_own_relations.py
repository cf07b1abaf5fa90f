"""Relations that a text states of its own numbers: each fault by hand calculation, each sound sentence silent."""

from __future__ import annotations

import pytest

from assistant.domain.finding import Severity
from assistant.proof.alone import check_alone

TABLE = "三级指标\t年度指标值\t实际完成值\t分值\t得分\n培训场次\t≥10场\t8场\t20.00\t16.00\n合格率\t≥90%\t95.00%\t70.00\t70.00\n合计\t\t\t90.00\t{total}\n"
FAULTS = {
    "核定编制58名，年末在职人员54人，在职人员控制率94.10%。": ("A18", "94.10%"),
    "应出具报告1890份，按时出具1802份，按时出具率93.54%。": ("A18", "93.54%"),
    "基本支出1,190.00万元，项目支出1,930.00万元，分别占总支出的38.14%和62.86%。": ("A18", "62.86%"),
    "机构9家，包括5家中心和3家卫生院。": ("B13", "9家，包括5家中心和3家"),
    "重点工作任务4项：人居环境整治、农田配套和便民中心改造。": ("B13", "4"),
    "接待读者86.40万人次，比2022年的72.00万人次增长25.00%。": ("A16", "25.00%"),
    "支出18.60万元，比上年的20.00万元增长7.00%。": ("A16", "增长"),
    "接种率97.2%，低于目标值90%。": ("N05", "低于"),
    "计划抽检400批次，实际390批次，少抽20批次。": ("A17", "20批次"),
    "举办活动97场，年度指标值为110场，圆满完成年度任务。": ("B05", "圆满完成"),
    "尚有87.20元未支出，87.20万元将于下年结算。": ("C02", "87.20元"),
    "停车位由520个增加到680个，新增160个，增长37.07%。": ("A16", "37.07%"),
    "总额520.00万元，其中中央资金300.00万元、市级资金202.00万元。520.00万元已全部到位，300.00万元已支付。": (
        "A12",
        "202.00万元",
    ),
    "台架30张，单价3.00万元，金额80.00万元。": ("A11", "80.00万元"),
}
SOUND = (
    "核定编制58名，年末在职人员54人，在职人员控制率93.10%。",
    "组织活动6场，其中线上2场，群众满意度95.00%。",
    "停运3次，比目标多1次，其中云脚线2次、大坳线1次。",
    "完成97场，年度指标值为110场，完成率88.18%。",
    "“三公”经费支出18.60万元，比预算数22.00万元减少3.40万元，比上年的20.00万元下降7.00%。",
    "投诉率1.20%，低于目标值2.00%。",
    "预算总额520.00万元，其中中央资金300.00万元、市级资金220.00万元。",
)


def said(text: str) -> list[tuple[str, str]]:
    return [(f.rule, f.text.strip()) for f in check_alone(text) if f.severity is not Severity.INFO]


@pytest.mark.parametrize(("text", "fault"), FAULTS.items())
def test_a_number_that_its_own_sentence_refutes_is_named(text: str, fault: tuple[str, str]) -> None:
    assert said(text) == [fault]


@pytest.mark.parametrize("text", SOUND)
def test_a_sound_sentence_is_left_alone(text: str) -> None:
    assert said(text) == []


def test_the_total_of_the_scores_is_their_sum() -> None:
    assert said(TABLE.format(total="86.00")) == []
    assert said(TABLE.format(total="88.00")) == [("A12", "88.00")]


def test_what_prose_says_of_a_row_is_what_the_row_says() -> None:
    text = "“培训场次”年度指标值≥10场，实际完成9场，得16.00分。\n"
    assert said(text + TABLE.format(total="86.00")) == [("B04", "9场")]


def test_a_title_of_another_year_is_named() -> None:
    text = "某局2022年度养护项目绩效自评报告\n2023年列养里程862公里。2023年完成抢修。\n2023年末结余5.00万元。"
    assert said(text) == [("C01", "2022年")]
