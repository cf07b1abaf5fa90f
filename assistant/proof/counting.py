"""What a count speaks of (3个子项目, 三级指标10项, 达到年度指标值的7项): attributes of the ledger.

Knows words only.
"""

from __future__ import annotations

import re

from assistant.domain.numerals import Mention
from assistant.proof.layout import clause_around

_UNITS = ("", "个", "项")
_SUB_PROJECTS = re.compile(r"(?:公开)?(?:子项目|项目(?![支绩]))")
_INDICATORS = re.compile(r"(?:三级|绩效|量化|考核|自评|具体|年度)*指标")
_ALL = re.compile("[共含由分设有]|包括|涵盖|组成|全部|[为：:]$")
_LEVELS = (("dims", re.compile("二级指标")), ("cats", re.compile("一级指标")))
_BEFORE = re.compile(
    r"(?:三级|绩效|各类|各项)*指标(?:数|总数|数量|个数)?(?:共|合计|为|有|计|设定|设置|设有){0,2}$"
)
_OF_ALL = re.compile("(?:三级|绩效|量化|考核)*指标(?:中|里|之中|当中|无一|没有一项)")
#: 15项指标完成12项: the words in between judge the second count.
_OF_ALL_SOME = re.compile(
    "(?:三级|绩效|量化|考核)*指标[，,]?[已共有也是]*[^，。；0-9一二两三四五六七八九十、]{0,6}(?:[0-9]{1,3}|[一两二三四五六七八九十]{1,3})[项个]"
)
_PLACED = re.compile("(?:主要)?(?:集中|分布|位于|属于|来自|涉及|出现)")
_QUALIFIED = re.compile("(?:反向|正向|定性|定量|核心|约束性|预期性|共性|个性)(?:的)?(?:三级|绩效)?指标")
_UNDER = re.compile("(?:直属|下属|所属|二级)(?:预算)?单位")
_EXCEPT = re.compile("除(?:了)?$")
_UNMET = re.compile("未(?:能)?(?:按期|如期|全部)?(?:达|完成|实现)|没有?(?:能)?(?:达|完成)|不达标|[未没]到位")
_LOST = re.compile("失分|扣分|丢分|未(?:得|拿)满分|没有?(?:拿|得)到?满分")
_FULL = re.compile("满分|未失分|没有失分|不失分")
_MET = re.compile(r"达到|达标|完成|达成|实现")
_DONE = re.compile(
    "[均都]?(?:未|没)?(?:能)?(?:达到?|达标|完成|失分|得满分)(?:年度|预期)?(?:指标值|目标值?|标|[，。；])?"
)
_GROUPS = re.compile(
    r"(数量|质量|时效|成本|经济成本|社会成本|生态环境成本|经济效益|社会效益|生态效益|可持续影响|服务对象满意度|产出|效益|满意度|决策|过程)(?:(?:类|方面的?)?指标|(?:类|方面)的?$)"
)
_MEASURES = re.compile("措施|建议|问题|任务|议题|课题|制度|办法|提案|文件|合同|批次")


#: A count that no figure of the form gives: of what is placed here or there, of reverse indicators.
LEFT_ALONE = frozenset({"left alone"})


def counted(text: str, mention: Mention, previous_end: int) -> frozenset[str]:
    """Return the attributes a count can show; empty where it counts nothing of the form."""
    if mention.unit not in _UNITS or mention.high is not None or mention.sign or mention.value is None:
        return frozenset()
    after, before = text[mention.end : mention.end + 10], text[previous_end : mention.start]
    if (
        _PLACED.match(after)
        or _QUALIFIED.search(before)
        or _QUALIFIED.match(after)
        or (before.endswith("另") and mention.unit == "项")
    ):
        return LEFT_ALONE
    if _UNDER.match(after):
        return frozenset({"units"})
    if _SUB_PROJECTS.match(after):
        return frozenset({"projects"}) if not mention.chinese or _ALL.search(before[-10:]) else frozenset()
    for name, pattern in _LEVELS:
        if pattern.match(after):
            return frozenset({f"count.{name}"}) if _ALL.search(before[-6:]) else LEFT_ALONE
    group = _GROUPS.match(after) or _last(_GROUPS, before)
    if _INDICATORS.match(after) or _GROUPS.match(after):
        return _states(group, _how_done(text, mention, before))
    if _BEFORE.search(before):
        return _states(group, _how_done(text, mention, ""))
    if (
        _EXCEPT.search(before)
        and "指标" in text[max(0, mention.start - 20) : mention.start]
        and mention.unit == "项"
    ):
        return _states(None, "unmet")
    tail = re.split("[，,；;。]", before)[-1]
    around = text[max(0, mention.start - 60, text.rfind("\n", 0, mention.start)) : mention.end]
    speaks = "指标" in around and mention.unit != "条" and not _MEASURES.search(around)
    opens = not tail.strip("其中有仅另尚还 ") and _DONE.match(after)
    told = (
        tail.endswith(("的", "有", "为", "共", "指标中", "指标里"))
        or (mention.unit == "项" and tail.endswith(("达标", "完成")))
        or opens
    )
    state = _how_done(text, mention, tail)
    return _states(group, state) if speaks and told and state != "all" else frozenset()


def _how_done(text: str, mention: Mention, before: str) -> str:
    clause = clause_around(text, mention.start, mention.end)
    words = before + re.split("[、，]|有(?=[0-9一两三四五六七八九])", text[mention.end : clause.end])[0]
    if _OF_ALL.match(text, mention.end) or _OF_ALL_SOME.match(text, mention.end):
        return "all"
    if _EXCEPT.search(before):
        return "unmet"
    for state, pattern in (("full", _FULL), ("lost", _LOST), ("unmet", _UNMET), ("met", _MET)):
        if state == "full" and _LOST.search(words):
            continue
        if pattern.search(words):
            return state
    return "all"


#: The counts that the ledger itself holds.
_IN_LEDGER = {"all": ("indicators",), "met": ("met",), "unmet": ("unmet",)}


def _states(match: re.Match[str] | None, state: str) -> frozenset[str]:
    if match is None:
        return frozenset({f"count..{state}", *_IN_LEDGER.get(state, ())})
    return frozenset({f"count.{match[1]}指标.{state}", f"count.{match[1]}.{state}"})


def _last(pattern: re.Pattern[str], text: str) -> re.Match[str] | None:
    return next(reversed(list(pattern.finditer(text))), None)
