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


_CLASSES = {
    "万元": UnitClass.MONEY,
    "万": UnitClass.MONEY,
    "亿元": UnitClass.MONEY,
    "元": UnitClass.MONEY,
    "%": UnitClass.PERCENT,
    "个百分点": UnitClass.POINTS,
    "百分点": UnitClass.POINTS,
    "分": UnitClass.SCORE,
    "": UnitClass.BARE,
}


def unit_class(unit: str) -> UnitClass:
    """Return the class of a unit as held in a mention or fact."""
    return UnitClass.MONEY if unit.startswith(("元/", "万元/")) else _CLASSES.get(unit, UnitClass.COUNT)


_VALUES = frozenset({"target", "cycle", "actual", "value"})
_SCORES = frozenset({"weight", "score", "lost", "exec_weight", "exec_score", "exec_lost", "total", "full"})
_MONEY = frozenset({"initial", "budget", "spent", "unspent", "adjustment", "price"})
_RATES = frozenset(
    {
        "rate",
        "initial_rate",
        "adjustment_rate",
        "unspent_rate",
        "share",
        "completion",
        "deviation",
        "goal",
        "scored",
        "reached",
    }
)

#: Attributes that a number of each unit class can have.
POSSIBLE: dict[UnitClass, frozenset[str]] = {
    UnitClass.MONEY: _MONEY | _VALUES,
    UnitClass.PERCENT: _RATES | _VALUES | {"weight"},
    UnitClass.POINTS: frozenset(),
    UnitClass.SCORE: _SCORES | _VALUES,
    UnitClass.COUNT: _VALUES | {"quantity"},
    UnitClass.BARE: _MONEY | _VALUES | _SCORES | _RATES | {"quantity"},
}

#: Attributes of scores, which indicators, 预算执行 and sub-projects share.
SCORE_ATTRIBUTES = _SCORES

_YEARLY = "(?:全年|年度|当年|本年)?"
_DONE = "(?:出去|完毕?|掉|出)?"
_ROLES: tuple[tuple[str, str], ...] = (
    (r"年初预算(?:数)?[^，。；]{0,6}执行率|按年初[^，。；]{0,8}执行率", "initial_rate"),
    (
        r"年初(?:的)?预算(?:数|安排|批复|额|总额)?|年初批复(?:预算)?|年初(?:安排|下达|核定)(?:预算)?|批复预算|预算批复数?|(?<=年)初(?:安排|批复)|原预算|期初预算",
        "initial",
    ),
    (
        r"预算调整率|调整(?:幅度|率|比例)|调[增减](?:幅度|率|比例)",
        "adjustment_rate",
    ),
    (
        r"(?:年中)?调整后(?:的)?(?:全年|年度)?预算(?:数)?|调整后|全年(?:的)?(?:总)?预算(?:数|总额|资金|安排|规模)?|预算总盘子|总盘子|年度支出总预算数|预算规模",
        "budget",
    ),
    (r"预算调整[额数]?|调整金额|调整额|预算调[增减]额", "adjustment"),
    (
        r"未执行率|结转?结?余率|结余率|未支出率|(?:未执行|未支出|未使用|未支付|结余|剩余)(?:的)?(?:资金|金额|部分|预算)?占[^，。；]{0,8}",
        "unspent_rate",
    ),
    (
        rf"未(?:能)?(?:形成)?(?:执行|支出|使用|支付|拨付|花|用)(?:的)?(?:金额|资金|数|部分|预算)?{_DONE}|没有?(?:能)?(?:执行|支出|使用|支付|花|用){_DONE}"
        r"|没(?:花|用)[完出掉]|结余(?:资金|金额)?|(?<!上年)结转(?:下年|结余|资金)|剩余|剩下|余下|沉淀|尚余|尚有|节余|(?<=[，、；（共尚])余|结存|[仅只还]剩|(?<=[，、；])剩(?=[0-9约近])",
        "unspent",
    ),
    (
        r"(?:预算|资金)?执行率|预算完成率|(?:资金|预算)?(?:支出|支付|使用|支用|拨付)率|(?:资金|预算)?(?:支出|执行|支付|用款|拨付|使用)(?:的)?(?:进度|比例|水平)|完成(?:全年|年度|调整后)?预算的?|预算进度",
        "rate",
    ),
    (rf"占{_YEARLY}(?:总)?(?:调整后)?预算(?:数|总额|资金)?的?", "rate share budget initial"),
    (r"占比|比重|占(?:项目)?总(?:额|量|数|支出|预算)?的?|占全部[^，。；]{0,6}的?", "share"),
    (r"预算完成数", "spent"),
    (r"预算执行(?=(?:分值|权重|得|扣|失|丢|率|情况|为|指标|上|方面|$))", ""),
    (
        r"预算(?:数|总额|金额|资金|额|总计|合计|安排|总量)?|(?:资金|经费)(?:安排|规模|总额|总量|盘子)|安排(?:资金|经费)?|到位(?:资金)?|下达",
        "budget initial",
    ),
    (
        rf"{_YEARLY}(?:实际)?(?:执行|支出)(?:数|额|金额|总额|资金)|(?:累计|实际|已)(?:支出|执行|支付|使用|拨付)|支出(?!结构)|执行(?!率|进度)|支付|花费|花[了掉去]|开支|使用(?![率者权])|用[去掉了]|拨付|列支|用款",
        "spent",
    ),
    (r"单价|单位成本", "price"),
    (
        r"(?<=平均)每[期场次个篇条批件份项人套台户]|(?<![^，。；、（“”])每[期场次个篇条批件份项人套台户]",
        "price",
    ),
    (r"数量", "quantity"),
    (r"(?:预算执行)?(?:分值|权重)|占分|设(?:定)?分", "weight exec_weight"),
    (r"满分(?:值)?", "full weight exec_weight"),
    (r"评价总分", "total full"),
    (
        r"(?:自评|项目|整体|总体|综合|绩效|评价)?(?:总得?分|总评分|得分合计)|综合得分|合计得分|整体得分|自评评分|总成绩|自评分数?",
        "total",
    ),
    (r"失分|扣分|扣减|扣除|扣|丢分|丢|失(?!效|真|误|败)|损失", "lost exec_lost"),
    (
        r"(?:自评|评价|绩效|指标)?得分(?!率)|评分|得(?=[到了为]?[0-9约近]|$)|得到|获得?",
        "score exec_score total",
    ),
    (r"(?:实施)?周期(?:指标|目标)值", "cycle"),
    (r"得分率", "scored"),
    (r"(?:指标)?达标率|(?:指标)?达成率", "reached"),
    (r"(?:目标|指标|任务|计划)?(?:的)?完成(?:率|比例|度|程度|情况为)|实现率|达成率", "completion rate"),
    (r"偏差率|偏离度|偏差", "deviation"),
    (
        r"(?:年度|三级)?(?:绩效)?指标值|目标值|年度目标|预期目标|(?:绩效|既定|设定)?目标|计划(?:数|值|完成)?|预期|设定|要求|任务(?:数|量)?|控制(?:数|线|价|值|标准)|原定|(?<![对相供反适呼回])应为?|上限|下限|标准(?=[为是]|$)|限额|承诺",
        "target cycle",
    ),
    (
        r"实际完成(?:值|数|情况)?|实际完成指标值|完成(?:值|数|量)|实际(?:值|数)?|完成(?!率|度|比例)|(?<![率数值额分])达到?|实现|实有|收到|建成|开展|举办|组织|征集|播出|培训|发放|达成|办结|编印|共",
        "actual",
    ),
)

#: Finds role words; the group name gives the entry of ROLE_ATTRIBUTES.
ROLE = re.compile("|".join(f"(?P<r{index}>{pattern})" for index, (pattern, _) in enumerate(_ROLES)))

ROLE_ATTRIBUTES: dict[str, frozenset[str]] = {
    f"r{index}": frozenset(words.split()) for index, (_, words) in enumerate(_ROLES)
}

#: Words that speak of last year, and of this year.
LAST_YEAR = re.compile(
    r"(?P<than>(?:[与同]?比|较|相比|同|于)(?:上年|去年|上一?年度|往年))|同比|上年(?!度?结转|度?结余|度?自评|度?提出)度?|去年|上一年度?|往年"
)
THIS_YEAR = re.compile(r"本年度?|今年|当年")

#: Words that make a number a plan, not a claim.
PLAN = re.compile(
    r"下一步|下年度?|下一年度?|明年|次年|拟|力争|争取|将(?=于|在|继续|进一步|按|把|达到|提高|增加|完成|力)|确保|预计|打算|应当|每年|每季|每月|每半年|底前|月前|日前|限期|超期"
)
#: Words of a rule, a definition or a condition: what follows is nobody's result.
POLICY = re.compile(
    "规定|办法|评分(?:标准|规则|细则)|(?:的|且)?(?:须|应当|不得)|[（(]含[）)]|等级划分|评为优|以上[的者]?为|如果|凡"
)

#: Words before a number that mean the whole report.
WHOLE = re.compile(
    r"等?[0-9两三四五六七八九十]+个(?:公开)?(?:子项目|项目)(?:合计|共|总)|(?<!项)合计|总计|共计|整体|[全整]个?项目|全部(?:子)?项目|(?<!子)项目(?:合计|整体|总体|总)|总体|全口径|汇总"
)
PUBLIC_WORDS = re.compile("公开(?:的)?(?=[^，。；]{0,6}?(?:子项目|项目|指标))")
HERE = re.compile("[该本](?:子)?项目(?!总)|本(?:部门|单位|局|中心|办|馆|院|校)")
EXECUTION = re.compile(r"预算执行(?:情况|率)?|资金执行(?:情况|率)?|执行率")

#: Attributes that dates and other words of a target or result can have.
WORDED = frozenset({"target", "cycle", "actual"})
ALL_INDICATORS = re.compile(
    r"(?<!类)(?:绩效|三级)?指标(?=得分|得[0-9约]|合计|共得|部分|失分|扣分|总分)|绩效指标(?=[得合共丢失扣分满])|(?<=[0-9]项)三级指标(?=，权重)|(?:全部|各项|所有)(?:绩效|三级)?指标"
)
