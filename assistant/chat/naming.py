"""Which row, sub-project or figure a question means (指的是哪一个): part of a name, or an abbreviation, is enough.

A name is recognised by the pairs of neighbouring characters it shares with the question; pairs that many
names of the report have weigh little. Knows nothing about tools or models.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from typing import TypeVar

from assistant.chat.examples import NAME
from assistant.domain.facts import Role

Named = TypeVar("Named")

#: Words of a question and the role they ask for; the first that stands in the question counts.
_ROLES: tuple[tuple[str, Role], ...] = (
    ("年初", Role.INITIAL_BUDGET),
    ("执行率", Role.EXECUTION_RATE),
    ("完成率", Role.COMPLETION_RATE),
    ("未执行", Role.UNSPENT),
    ("没花", Role.UNSPENT),
    ("没用", Role.UNSPENT),
    ("没支", Role.UNSPENT),
    ("没执行", Role.UNSPENT),
    ("未支", Role.UNSPENT),
    ("结余", Role.UNSPENT),
    ("剩", Role.UNSPENT),
    ("调整", Role.ADJUSTMENT),
    ("调减", Role.ADJUSTMENT),
    ("执行数", Role.EXPENDITURE),
    ("支出", Role.EXPENDITURE),
    ("花", Role.EXPENDITURE),
    ("用掉", Role.EXPENDITURE),
    ("用了", Role.EXPENDITURE),
    ("执行了", Role.EXPENDITURE),
    ("执行多少", Role.EXPENDITURE),
    ("预算", Role.ANNUAL_BUDGET),
    ("拨了", Role.ANNUAL_BUDGET),
    ("安排了", Role.ANNUAL_BUDGET),
    ("占比", Role.SHARE),
    ("单价", Role.UNIT_PRICE),
    ("差多少", Role.GAP),
    ("差距", Role.GAP),
    ("超出", Role.EXCESS),
    ("指标值", Role.TARGET),
    ("目标", Role.TARGET),
    ("实际", Role.ACTUAL),
    ("完成了", Role.ACTUAL),
    ("完成多少", Role.ACTUAL),
    ("总分", Role.TOTAL_SCORE),
    ("总得分", Role.TOTAL_SCORE),
    ("失分", Role.LOST),
    ("扣", Role.LOST),
    ("分值", Role.WEIGHT),
    ("权重", Role.WEIGHT),
    ("得分", Role.SCORE),
    ("几分", Role.SCORE),
    ("多少分", Role.SCORE),
)


#: Words of the trade: alone they name nothing.
_COMMON = re.compile(
    r"上年度?(?!结转)|实际完成值|实际完成|完成情况|完成值|完成率|执行率|执行数|目标值|指标值|偏差原因|改进措施|项目|经费|指标|情况|完成|实际|预算|支出|得分"
    r"|资金|管理|数据|今年|去年|效益|产出|质量|数量|时间|率低|平均|达到|全年|一共|总共|报告|问题|措施"
)
#: What is counted names nothing either: 多少公里, 几个.
_MEASURE = re.compile(r"(?<=多少)[一-鿿]{1,2}(?=$|[？?呢啊了])|几[一-鿿](?=$|[？?呢啊了])")
#: How people call the level of government that pays.
_LEVEL = re.compile(r"(中央|省|市|区|县|镇)(?:里|本级|财政|级)")


def meant(names: Iterable[str], words: str) -> tuple[str, ...]:
    """Return the names that the words mean equally well: none, the one, or several to ask back about."""
    told = tuple(dict.fromkeys(name for name in names if name))
    whole = [name for name in told if name in words]
    if whole:
        longest = max(map(len, whole))
        return tuple(name for name in whole if len(name) == longest)
    plain = _COMMON.sub("　", _MEASURE.sub("　", words))
    held = Counter(pair for name in told for pair in _pairs(name))
    scores = {name: sum(1 / held[p] ** 0.25 for p in _pairs(name) if p in plain) for name in told}
    best = max(scores.values(), default=0.0)
    if best > 0:
        near = [name for name, score in scores.items() if score > 0.9 * best]
        common = {name: sum(name[n : n + 2] in words for n in range(len(name) - 1)) for name in near}
        return tuple(name for name in near if common[name] == max(common.values()))
    level = _LEVEL.search(words)
    return tuple(name for name in told if level and name.startswith(level.group(1)))


def _pairs(name: str) -> set[str]:
    plain = _COMMON.sub("　", name)
    pairs = {plain[n : n + 2] for n in range(len(plain) - 1) if "　" not in plain[n : n + 2]}
    return pairs or {name[n : n + 2] for n in range(len(name) - 1)}


def masked(words: str, names: Iterable[str]) -> str:
    """Return the words with a mark in place of every name, or part of one, of the report."""
    hidden = words
    for name in meant(names, words):
        if name in hidden:
            hidden = hidden.replace(name, NAME)
        for size in range(len(name) - 1, 1, -1):
            for start in range(len(name) - size + 1):
                part = name[start : start + size]
                if part in hidden and not _COMMON.fullmatch(part) and part != "上年":
                    hidden = hidden.replace(part, NAME)
    return re.sub(rf"{NAME}(?:的?{NAME})+", NAME, hidden)


def likeness(name: str, words: str) -> float:
    """Return how much of a name stands in a question, 0 to 1, by pairs of neighbouring characters."""
    pairs = {name[n : n + 2] for n in range(len(name) - 1)}
    return 1.0 if name and name in words else sum(pair in words for pair in pairs) / max(1, len(pairs))


def best_named(
    things: Iterable[tuple[str, Named]], words: str, least: float = 0.6
) -> tuple[str, Named] | None:
    """Return the name and the thing that a question means most clearly, None where it means none."""
    ranked = [(likeness(name, words), len(name), name, thing) for name, thing in things if name]
    best = max(ranked, key=lambda one: one[:2], default=None)
    return (best[2], best[3]) if best and best[0] >= least else None


def role_asked(words: str) -> Role | None:
    """Return the role of the figure that a question asks for, None where it asks for none."""
    return next((role for word, role in _ROLES if word in words), None)
