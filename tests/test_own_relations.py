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
    "年初预算480.00万元，追加50.00万元，全年预算数520.00万元。": (
        "A12",
        "480.00万元，追加50.00万元，全年预算数520.00万元",
    ),
    "变更金额36.00万元，其中甲标段21.50万元、乙标段15.40万元。": (
        "A12",
        "36.00万元，其中甲标段21.50万元、乙标段15.40万元",
    ),
    "每座每年约需80.00万元，6座共需400.00万元。": ("A11", "400.00万元"),
    "评价组于2023年4月10日至3月26日开展评价。": ("C01", "3月26日"),
    "发案率由62.50件上升到58.00件。": ("A16", "上升"),
    "年度指标值≥90%，实际为94.00%，低于目标值。": ("N05", "低于"),
    "目标值为38%，实际36.80%，比目标值低1.20%。": ("C02", "1.20%"),
    "制作5期广播节目、4期专栏。本年广播节目24期。": ("B01", "24期"),
    "挽回损失暂无万元。": ("C06", "暂无"),
    "就业率70.00%，比上年的66.50%提高5.30个百分点。": ("A16", "5.30个百分点"),
    "取得率88.00%，低于85%的目标值。": ("N05", "低于"),
    "内设综合科、执法科、财务科4个科室。": ("B13", "4"),
    "台架30张，单价3.00万元，金额80.00万元。": ("A11", "80.00万元"),
}
SOUND = (
    "年初预算480.00万元，追加40.00万元，全年预算数520.00万元。",
    "变更金额36.00万元，其中甲标段21.50万元、乙标段14.50万元。",
    "每座每年约需80.00万元，6座共需480.00万元。",
    "评价组于2023年4月10日至5月26日开展评价。",
    "办理案件450件，超过年度目标400件，比2021年的375件增长20.00%。",
    "宣传86场，其中进乡村36场、进校园28场、进企业22场，年度目标为90场，完成率95.56%。",
    "出警640起，其中5分钟内到场576起，5分钟到场率90.00%。",
    "需求1,300人中已建档1,235人，建档率95.00%，没有达到98%的目标值。",
    "取得率88.00%，高于85%的目标值。",
    "内设综合科、执法科和财务科3个科室。",
    "完成治理18处，比年度计划20处少2处，完成率90.00%。",
    "全年预算数20.00万元。企业研发投入由上年的8.00亿元增加到9.20亿元，增长15.00%。",
    "文献编号[ ]由档案室补。",
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


def test_a_cell_is_blamed_where_two_counts_bear_the_prose_out() -> None:
    text = TABLE.format(total="86.00") + "\n检查100件，合格91件，合格率91.00%。\n"
    assert said(text) == [("B01", "95.00%")]


def test_an_office_of_another_place_is_named() -> None:
    text = "白鹭区应急管理局2023年度部门整体支出绩效自评报告\n青浦区应急管理局内设5个科室。\n白鹭区应急管理局"
    assert said(text) == [("C04", "青浦区应急管理局")]


def test_an_indicator_of_another_name_and_the_same_value_is_named() -> None:
    table = TABLE.format(total="86.00").replace("合格率", "资金拨付及时率")
    assert said(table + "\n资金兑付及时率95.00%。\n") == [("C04", "资金兑付及时率")]


def test_a_survey_of_the_year_before_is_named() -> None:
    text = "某局2023年度养护项目绩效自评报告\n2022年12月发放问卷，有效问卷400份。\n2023年全部完成。"
    assert said(text) == [("C01", "2022年")]


def test_a_row_without_a_name_speaks_of_nothing() -> None:
    text = "指标\t年度指标值\t实际完成值\n\t≥2元\t2.73元\n\n全年支出9.80元。\n"
    assert said(text) == []


def test_square_brackets_are_places_to_fill_only_beside_others() -> None:
    assert said("[单位名称]的报告由[ ]编制。") == [("C06", "[ ]")]


def test_a_small_word_written_twice_is_named() -> None:
    assert [(f.rule, f.text) for f in check_alone("经费由由市财政局核定。")] == [("C20", "由由")]
