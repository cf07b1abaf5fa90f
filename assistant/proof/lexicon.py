"""The words by which a text says what a number is (预算、执行、得分…), as attributes of the ledger.

An attribute is the last part of a fact id (`p1.i3.actual` → actual). Knows no report.
"""

from __future__ import annotations

import re
from enum import StrEnum


class UnitClass(StrEnum):
    """What kind of unit a number has; it narrows what the number can be."""

    MONEY = "money"
    PERCENT = "percent"
    POINTS = "points"
    SCORE = "score"
    COUNT = "count"
    BARE = "bare"


def unit_class(unit: str) -> UnitClass:
    """Return the class of a unit as held in a mention or fact."""
    named = {
        "万元": UnitClass.MONEY,
        "%": UnitClass.PERCENT,
        "个百分点": UnitClass.POINTS,
        "百分点": UnitClass.POINTS,
        "分": UnitClass.SCORE,
        "": UnitClass.BARE,
    }
    return UnitClass.MONEY if unit.startswith("元/") else named.get(unit, UnitClass.COUNT)


_VALUES = frozenset({"target", "cycle", "actual", "gap", "excess", "value"})
_CHANGES = frozenset(
    {
        "change.budget",
        "change.spent",
        "change.rate",
        "change.budget_rate",
        "change.spent_rate",
        "change.total",
    }
)
_SCORES = frozenset(
    {"weight", "score", "lost", "exec_weight", "exec_score", "exec_lost", "total", "full", "change.total"}
)
_MONEY = frozenset(
    {"initial", "budget", "spent", "unspent", "adjustment", "price", "change.budget", "change.spent"}
)
_RATES = frozenset(
    {"rate", "initial_rate", "adjustment_rate", "unspent_rate", "share", "completion", "deviation"}
)

#: Attributes that a number of each unit class can have.
POSSIBLE: dict[UnitClass, frozenset[str]] = {
    UnitClass.MONEY: _MONEY | _VALUES,
    UnitClass.PERCENT: _RATES
    | _VALUES
    | {"weight", "change.budget_rate", "change.spent_rate", "change.rate"},
    UnitClass.POINTS: frozenset({"gap", "excess", "change.rate"}),
    UnitClass.SCORE: _SCORES | _VALUES,
    UnitClass.COUNT: _VALUES | {"quantity", "deviation"},
    UnitClass.BARE: _MONEY | _VALUES | _SCORES | _RATES | {"quantity"},
}

_YEARLY = "(?:全年|年度|当年)?"
_ROLES: tuple[tuple[str, str], ...] = (
    (r"年初预算(?:数)?[^，。；]{0,6}执行率|按年初[^，。；]{0,8}执行率", "initial_rate"),
    (r"年初预算(?:数|安排|批复)?|年初批复|年初安排|批复预算|预算批复数?", "initial"),
    (r"预算调整率|调整幅度|调整率|调增幅度|调减幅度", "adjustment_rate"),
    (
        r"调整后(?:的)?(?:全年|年度)?预算(?:数)?|调整[为至到]|追加[至到]|全年(?:总)?预算(?:数|总额|资金|安排)?|年度支出总预算数",
        "budget",
    ),
    (r"调[增减]|追加|核减|压减|预算调整[额数]?|调整金额|净[增减]", "adjustment"),
    (r"未执行率|结转?结?余率|未支出率|未执行(?:资金|金额|部分)?占[^，。；]{0,8}", "unspent_rate"),
    (
        r"未执行(?:金额|资金|数|部分)?|未支出|未使用|未支付|结余(?:资金)?|结转结余|剩余|沉淀|尚余|节余|(?<=[，、；（])余",
        "unspent",
    ),
    (
        r"(?:预算|资金)?执行率|预算完成率|支出率|支付率|(?:支出|执行|支付)进度|完成(?:全年|年度)?预算的?",
        "rate",
    ),
    (rf"占{_YEARLY}(?:总)?(?:调整后)?预算(?:数|总额|资金)?的?", "rate share budget initial"),
    (r"占比|比重|占(?:项目)?总(?:额|量|数|支出|预算)?的?|占全部[^，。；]{0,6}的?", "share"),
    (r"(?<=[年期])[多少](?:支出|执行|安排)", "change"),
    (r"预算完成数", "spent"),
    (r"预算执行(?=(?:分值|权重|得|扣|失|丢|率|情况|为|$))", ""),
    (r"预算(?:数|总额|金额|资金)?", "budget initial"),
    (
        rf"{_YEARLY}执行数|{_YEARLY}支出数|执行[额]|累计(?:支出|执行|支付)|实际(?:支出|执行|支付)|支出|执行|支付|花费|开支|使用",
        "spent",
    ),
    (r"单价|每[期场次个篇条批件份项人套台户]", "price"),
    (r"数量", "quantity"),
    (r"预算执行分值|分值|权重|占分", "weight exec_weight full"),
    (r"满分", "full weight exec_weight"),
    (r"评价总分", "total full"),
    (r"自评总分|总分|总得分|综合得分|合计得分|总评分|自评评分", "total"),
    (r"失分|扣分|扣减|扣除|扣|丢分|丢|失|损失", "lost exec_lost"),
    (r"自评得分|得分|评分|得", "score exec_score total"),
    (r"(?:实施)?周期(?:指标|目标)值", "cycle"),
    (r"(?:实际|目标)?完成率|完成比例|完成度|实现率", "completion rate"),
    (r"偏差率|偏离度|偏差", "deviation"),
    (
        r"(?:比|较|与|距)(?:年度|预期)?(?:目标|指标值|计划)(?:值)?(?:还|相)?(?:少|低|差)|低于(?:年度)?(?:目标|指标值|计划)(?:值|数)?|少于(?:年度)?(?:目标|指标值|计划)(?:值|数)?|相差|差距为?|还差|(?<=[，、；（指])差|少(?:了)?|缺|短缺",
        "gap",
    ),
    (
        r"(?:比|较)(?:年度|预期)?(?:目标|指标值|计划)(?:值)?(?:多|高)(?:出)?|高于(?:年度)?(?:目标|指标值|计划)(?:值|数)?|超(?:出|过|额)?(?:完成)?(?:年度)?(?:目标|指标值|计划)?(?:值|数)?|多(?:了|出)",
        "excess deviation",
    ),
    (
        r"(?:年度|三级)?指标值|目标值|年度目标|预期目标|目标|计划(?:数|值)?|预期|设定|要求|任务数|控制数|原定|应为?",
        "target cycle",
    ),
    (r"(?:增加|增长|提高|上升|升|增|下降|减少|降低|降|减)[到至](?=[0-9]|$)", ""),
    (r"增长|增加|提高|上升|提升|下降|减少|降低|增幅|降幅|回落|回升", "change"),
    (
        r"实际完成(?:值|数)?|实际完成指标值|完成值|实际值|实际|完成|(?<![率数值额分])达到?|实现|实有|收到|共",
        "actual",
    ),
)

#: Finds role words; the group name gives the entry of ROLE_ATTRIBUTES.
ROLE = re.compile("|".join(f"(?P<r{index}>{pattern})" for index, (pattern, _) in enumerate(_ROLES)))

ROLE_ATTRIBUTES: dict[str, frozenset[str]] = {
    f"r{index}": (_CHANGES if words == "change" else frozenset(words.split()))
    for index, (_, words) in enumerate(_ROLES)
}

#: Words that speak of last year, and of this year.
LAST_YEAR = re.compile(
    r"(?P<than>(?:[与同]?比|较|相比|同)(?:上年|去年|上一?年度|往年))|同比|上年(?!结转|结余)度?|去年|上一年度?|往年"
)
THIS_YEAR = re.compile(r"本年度?|今年|当年")

#: Words that make a number a plan, not a claim.
PLAN = re.compile(
    r"下一步|下年度?|明年|拟|力争|计划|争取|将|确保|预计|打算|预期|目标是|应当|要求|每年|每季|每月|每半年|底前|月前|日前|限期|超期|以内"
)

#: Words that announce a calculation on other numbers of the sentence.
COMPUTING = re.compile(
    r"合计|共计|总计|小计|计(?=[0-9])|相差|之和|平均|人均|占|比|高于|低于|多|少|余|率|差|为.{0,8}的|折合|相当于|其余|其他|剩下|分别"
)

#: Words before a number that mean the whole report.
WHOLE = re.compile(
    r"等?[0-9两三四五六七八九十]+个(?:子项目|项目)|合计|总计|共计|整体|[全整]个?项目|全部(?:子)?项目|各子?项目|项目总|总体"
)
COMPARED = re.compile("(?:[比较]|高于|低于|少于|多于)[“‘]?[\u4e00-\u9fff]")
HERE = re.compile("[该本](?:子)?项目(?!总)")
EXECUTION = re.compile(r"预算执行(?:情况|率)?|资金执行(?:情况|率)?|执行率")

#: Attributes that dates and other words of a target or result can have.
WORDED = frozenset({"target", "cycle", "actual"})
ALL_INDICATORS = re.compile(r"绩效指标(?=[得合共丢失扣分满])|(?:全部|各项|所有)(?:绩效|三级)?指标")
