"""How a number relates to others: a value, a difference, a share, a multiple, a sum, a mean (数量关系).

Reads the words around one number. Knows no figures: what the relation amounts to is decided in `expected`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from assistant.domain.mention import Mention
from assistant.proof.layout import Span
from assistant.proof.lexicon import UnitClass, unit_class
from assistant.proof.subjects import Named


class Relation(StrEnum):
    """What a number is to the figures."""

    VALUE = "数值"
    FROM = "起点"
    TO = "终点"
    DIFFERENCE = "差额"
    SHARE = "占比"
    TIMES = "倍数"
    MEAN = "平均"
    SUM = "合计"
    REST = "其余"


@dataclass(frozen=True, slots=True)
class Against:
    """What something is held against: characters [start, end), `kind` of operand, `name` where it has one.

    `sign` is 1 for 高于, -1 for 低于, 0 for 比.
    """

    start: int
    end: int
    kind: str
    sign: int = 0
    name: Named | None = None


@dataclass(frozen=True, slots=True)
class Frame:
    """The relation of a number, what it is held against, and the word that says up (1) or down (-1)."""

    relation: Relation
    sign: int = 0
    word: Span | None = None
    against: Against | None = None
    share_of: Span | None = None


PLAIN = Frame(Relation.VALUE)

_UP = "净增加?|调增|追加|多支出|多安排|多完成|多执行|超额完成|超额|增加|增长|上升|提高|提升|扩大|上涨|增幅|涨幅|升幅|推迟|延迟|滞后|超期|逾期|晚|领先|放宽|延长|快|高出|多出|超出|超支|增|升|涨|多|高|超"
_DOWN = "净减少?|核减|调减|压减|缩减|少支出|少安排|少完成|少执行|提前|早|收紧|压缩|慢|节约|节省|短缺|缩短|(?<![全本各外我两])省|欠|下滑|减少|下降|降低|回落|落后|降幅|减幅|还差|还缺|缺口|少|低|差|缺|减|降|短"
MOVE = re.compile(
    rf"(?:(?P<up>(?<![不更提最新至])(?:{_UP}))|(?P<down>(?<![不更最至])(?:{_DOWN})))"
    r"(?:了|出|达到?|为|掉|幅度?|额|约|近|完成|预算|资金|经费|[（(：:“”]|\s)*$"
)
NEUTRAL = re.compile(r"(?:相差|差距|差额|之差|差值|变化|变动|增减)(?:了|仅|只|也|达到?|为|有|额)*$")
_SPEED = re.compile("[快慢]")
#: 多降4.6个百分点: the second word belongs to what is measured, so that the first says neither up nor down.
_MORE_OF = re.compile("[多少](?=[降增升减提压缩][0-9约近了]*$)")
_OFF = ("距", "离")
_GAP_AFTER = re.compile(r"\s*的(?:差距|缺口|差额)")
_LEFT = re.compile(
    r"(?:尚有|还有|尚余|还剩|剩余|剩下|余下|其余|未(?:能)?(?:完成|安装|改造|建成|建设|实施|播出|举办|开展|发放|更换|开工|投放|办理)|没有?(?:完成|安装|改造|建成|建|做))(?:的)?(?:[^，。；0-9]{0,4})$"
)
_LEFT_AFTER = re.compile(
    r"[^，。；｜|0-9]{0,8}(?:[^，。；｜|]{0,12}(?:未能?实施|未实施|没有完成|未完成)|未(?:能)?(?:完成|安装|改造|建成|建|装|改|做|实施|播出|举办|开展|发放|更换|开工|投放|办理)|没有?(?:完成|安装|改|建|做))"
)
_OFF_THE_GOAL = re.compile(
    "(?P<of>的)?(?<=[0-9万亿%元天日时钟次人户家场件份台套个批米吨点的])(?:年度|预期|绩效)*(?:目标值?|标准|上限|下限|控制[价数线]|计划数?|要求|指标值|期限)$"
)
_OVER, _UNDER = re.compile("超(?:过|出)?(?=[0-9“])|高于|多于"), re.compile("低于|少于|不足")
_AMOUNT_ADJUSTED = re.compile(r"调[增减整]额[为是]?$")
_GOAL_AFTER = re.compile(
    r"\s*的(?:年度|预期|绩效|既定|设定)*(?:目标|计划|任务|要求|指标值|控制[数线价]|标准|上限|预算)"
)
_TO = re.compile(
    r"(?:增[加长]?|提[高升]|上升|延[伸长]|拓展|扩展|升|调[整增减升]|减[少]?|下降|降[低]?|压[减缩降]|缩[减小短]|扩大|回落|核[减定]|变更|变|追加|扩|改)(?:后)?[到至为成]$"
)
_FROM = re.compile(r"(?:由|从|自)[^，。；0-9]{0,14}$")
_GOES_TO = re.compile(
    r"[到至](?=[0-9])|[^，。；0-9]{0,10}[，]?[^，。；0-9]{0,6}(?:增|提|升|调|减|降|压|缩|扩|落|核|变|追加|延|拓)[^，。；0-9]{0,8}[到至为成]"
)
_SHARE = re.compile(r"占(?:到|了)?(?P<of>[^，。；：:占]{0,20}?)(?:的|比为?|比重为?|为|达到?|约|近|[:：])*$")
_SHARE_AFTER = re.compile("的(?:分值|权重|满分|资金)")
_OF = re.compile(r"(?P<of>[^，。；：:的]{1,12})的$")
_MEAN = re.compile(
    r"(?:平均|人均|户均|[月亩户场期次个件台套篇座处家所年周人校]均|每一?(?:公里|平方米|[场期次个篇条批件份项人套台户名册米处座家所亩月年天吨页卷张块路件])|单[场期次个件户台套])[^，。；0-9]{0,12}$"
)
_SUM = re.compile(
    r"(?:合计|共计|总计|总共|一共|小计|之和|累计|加起来|共|总额|总量|总)[^，。；0-9占]{0,8}$|(?<![会统审设预测])计(?:为|约)?$"
)
_REST = re.compile(r"(?:其余|其他|剩余|余下|剩下|另外|另有|另|余)[^，。；0-9]{0,16}$")

_COMPARE = re.compile(
    r"相比于?|相较于?|(?<![按正])比(?!例|重|率|值|对|较|赛)|(?<!比)较(?![好强大多少高低为快慢])|对比|与(?=[^，。；]{2,18}(?:相比|相差|比较|之间|的差))|[距离](?=[满年目计要预上下控])|对照"
    r"|(?P<up>[高大多优好]于|[高多]出|超过了?|超出了?|超)|(?P<down>[低小少]于|落后于?|不[足及到]|未达到?)"
)
_YEARS = "上年度?|去年|上一?年度|往年|前一年|20[0-9]{2}年"
_OPERAND = re.compile(
    rf"[“‘]?(?:(?:本年|全年|年度|该项|其|自身|设定的?|规定的?|绩效|项目|预期|既定|原定|年中)*?)"
    rf"(?:(?P<last>(?:{_YEARS})(?:度)?(?:同期|水平|实际|的)*)"
    r"|(?P<initial>年初(?:的)?(?:(?:预算|批复|安排|下达|数)+(?:数|额)?|(?=相?比|[增减多少调追]))|原预算)"
    r"|(?P<target>(?:年度|绩效|预期|全年|设定的?|既定|计划|控制|管理|规定|要求|预算|考核)*(?:目标值?|指标值|计划(?:数|值)?|控制(?:数|线|价|值|标准)|要求|预期|任务(?:数|量)?|定额|标准|上限|下限|限额|期限|规定|承诺)(?:要求|水平)?)"
    r"|(?P<full>满分|分值|权重)"
    r"|(?P<budget>(?:全年|调整后|年度)*预算(?:数|安排|总额|单价)*))"
)


def against(text: str, sentence: Span, named: Sequence[Named]) -> list[Against]:
    """Return everything that something is held against in a sentence, in order."""
    found: list[Against] = []
    for match in _COMPARE.finditer(text, sentence.start, sentence.end):
        sign = 1 if match["up"] else -1 if match["down"] else 0
        at = match.end() + (text[match.end() : match.end() + 1] in "“‘《")
        name = next((one for one in named if one.start == at), None)
        operand = _OPERAND.match(text, match.end(), sentence.end)
        if name is not None and (operand is None or name.end > operand.end()):
            found.append(Against(match.start(), name.end, "subject", sign, name))
        elif operand is not None:
            found.append(Against(match.start(), operand.end(), operand.lastgroup or "", sign))
    for match in re.compile("同比|环比").finditer(text, sentence.start, sentence.end):
        found.append(Against(match.start(), match.end(), "last"))
    return sorted(found, key=lambda one: one.start)


def frame_of(text: str, mention: Mention, start: int, limit: int, compared: Sequence[Against]) -> Frame:
    """Return the relation of a number whose words stand in [start, limit) of the text."""
    window = text[start : mention.start]
    after = text[mention.end : limit]
    if _TO.search(window):
        return Frame(Relation.TO)
    if _FROM.search(window) and _GOES_TO.match(text, mention.end):
        return Frame(Relation.FROM)
    if mention.unit == "%" and (share := _SHARE.search(window)):
        return Frame(Relation.SHARE, share_of=Span(start + share.start("of"), start + share.end("of")))
    held = next((one for one in reversed(compared) if one.end <= mention.start), None)
    if mention.sign not in ("≥", "≤", "＞", "＜") and (
        found := _difference(text, mention, start, after, held)
    ):
        return found
    if mention.unit == "倍":
        return Frame(Relation.TIMES, against=held)
    if mention.unit == "%" and (share := _SHARE_AFTER.match(after)):
        return Frame(Relation.SHARE, share_of=Span(mention.end + 1, mention.end + share.end()))
    if mention.unit == "%" and (share := _OF.search(window)):
        return Frame(Relation.SHARE, share_of=Span(start + share.start("of"), start + share.end("of")))
    for relation, pattern in ((Relation.MEAN, _MEAN), (Relation.SUM, _SUM), (Relation.REST, _REST)):
        if pattern.search(window):
            return Frame(relation)
    return PLAIN


def _difference(text: str, mention: Mention, start: int, after: str, held: Against | None) -> Frame | None:
    window = text[start : mention.start]
    move = None if _AMOUNT_ADJUSTED.search(window) else MOVE.search(window)
    if move is not None:
        up = move["up"] is not None
        group = "up" if up else "down"
        word = Span(start + move.start(group), start + move.end(group))
        if goal := _GOAL_AFTER.match(after):
            held = Against(mention.end, mention.end + goal.end(), "target", 1 if up else -1)
        if held is None or not held.start <= word.start < held.end:
            return Frame(Relation.DIFFERENCE, _way(text[start : mention.start], move, mention), word, held)
    if unit_class(mention.unit) is UnitClass.COUNT and (_LEFT.search(window) or _LEFT_AFTER.match(after)):
        return Frame(Relation.DIFFERENCE, -1, None, Against(mention.start, mention.start, "target"))
    if mention.sign == "" and (off := _OFF_THE_GOAL.search(text, max(0, mention.start - 16), mention.start)):
        said = text[max(0, mention.start - 24) : mention.start]
        sign = 1 if _OVER.search(said) else -1 if _UNDER.search(said) else 0
    else:
        off, sign = None, 0
    if off is not None and (off["of"] or sign):
        return Frame(Relation.DIFFERENCE, sign, None, Against(start, mention.start, "target", sign))
    if NEUTRAL.search(window) or _GAP_AFTER.match(after):
        return Frame(Relation.DIFFERENCE, 0, None, held)
    if held is not None and held.sign and (goal := _GOAL_AFTER.match(after)) and held.kind != "subject":
        held = Against(held.start, held.end, "target", held.sign)
    between = text[held.end : mention.start].strip("“”’‘ 了约近达的还尚有差剩") if held is not None else None
    if held is not None and between == "" and text[held.start] in _OFF:
        return Frame(Relation.DIFFERENCE, 0, None, held)
    if held is not None and held.sign and between == "":
        length = 2 if text[held.start + 1 : held.start + 2] in "于过出足及到" else 1
        return Frame(Relation.DIFFERENCE, held.sign, Span(held.start, held.start + length), held)
    return None


def _way(window: str, move: re.Match[str], mention: Mention) -> int:
    """Which way a word goes: 快4分钟 is less time, 快三成 and 多降4.6个百分点 may be either."""
    sign = 1 if move["up"] is not None else -1
    if _MORE_OF.search(window):
        return 0
    if _SPEED.match(move[0]) and unit_class(mention.unit) is not UnitClass.POINTS:
        return 0 if unit_class(mention.unit) is UnitClass.PERCENT else -sign
    return sign
