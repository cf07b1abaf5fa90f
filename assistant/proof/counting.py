"""What a count speaks of (3个子项目, 三级指标10项, 达到年度指标值的7项): attributes of the ledger.

Knows words only.
"""

from __future__ import annotations

import re

from assistant.domain.numerals import Mention
from assistant.proof.layout import clause_around

_UNITS = ("", "个", "项", "条", "类")
_SUB_PROJECTS = re.compile(r"(?:公开)?(?:子项目|项目(?![支绩]))")
_INDICATORS = re.compile(r"(?:三级|绩效|量化|考核|自评|具体)*指标")
_ALL = re.compile("[共含由分设有]|包括|涵盖|组成|全部|[为：:]$")
_LEVELS = (("dims", re.compile("二级指标")), ("cats", re.compile("一级指标")))
_BEFORE = re.compile(
    r"(?:三级|绩效|各类|各项)*指标(?:数|总数|数量|个数)?(?:共|合计|为|有|计|设定|设置|设有){0,2}$"
)
_UNMET = re.compile("未(?:达|完成|实现)|没有(?:达|完成)|不达标")
_LOST = re.compile("失分|扣分|丢分|未得满分|没有?(?:拿|得)到?满分")
_MET = re.compile(r"达到|达标|完成|达成|实现")
_DONE = re.compile("[均都]?(?:未)?(?:达到|达标|完成)(?:年度|预期)?(?:指标值|目标值?|[，。；])")
_GROUPS = re.compile(
    r"(数量|质量|时效|成本|经济效益|社会效益|生态效益|可持续影响|服务对象满意度|产出|效益|满意度)(?:类)?指标"
)


def counted(text: str, mention: Mention, previous_end: int) -> frozenset[str]:
    """Return the attributes a count can show; empty where it counts nothing of the form."""
    if mention.unit not in _UNITS or mention.high is not None or mention.sign:
        return frozenset()
    after, before = text[mention.end : mention.end + 10], text[previous_end : mention.start]
    if _SUB_PROJECTS.match(after):
        return frozenset({"projects"}) if not mention.chinese or _ALL.search(before[-10:]) else frozenset()
    for name, pattern in _LEVELS:
        if pattern.match(after):
            return frozenset({f"count.{name}"})
    group = _GROUPS.match(after) or _last(_GROUPS, before)
    if _INDICATORS.match(after) or _GROUPS.match(after):
        return _how_done(text, mention, before) or _group(group)
    if _BEFORE.search(before):
        return _group(group)
    tail = re.split("[，,；;]", before)[-1]
    speaks = "指标" in text[max(0, mention.start - 60) : mention.end] and mention.unit != "条"
    opens = not tail.strip() and _DONE.match(after)
    told = tail.endswith(("的", "有", "为", "共")) or opens
    return _how_done(text, mention, tail) if speaks and told else frozenset()


def _how_done(text: str, mention: Mention, before: str) -> frozenset[str]:
    clause = clause_around(text, mention.start, mention.end)
    words = before + text[mention.end : clause.end]
    if _LOST.search(words):
        return frozenset({"count.lost_rows"})
    if _UNMET.search(words):
        return frozenset({"unmet"})
    if "满分" in words:
        return frozenset({"count.full_rows"})
    return frozenset({"met"}) if _MET.search(words) else frozenset()


def _group(match: re.Match[str] | None) -> frozenset[str]:
    if match is None:
        return frozenset({"indicators"})
    name = match[1]
    return frozenset({f"count.{name}指标", f"count.{name}"})


def _last(pattern: re.Pattern[str], text: str) -> re.Match[str] | None:
    return next(reversed(list(pattern.finditer(text))), None)
