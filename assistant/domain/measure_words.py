"""Measure words of target cells (计量单位): which words are units, and which differ only in scale.

人 and 人次, 篇 and 条, 期 and 个 are different units and are never converted.
"""

from __future__ import annotations

from decimal import Decimal

from assistant.domain.figures import Quantity

_GROUPS = (
    "% 百分点 个百分点 百分比 亿元 万元 千元 元 万人次 人次 万人 人 万户 户 个工作日 工作日 个月 个 项目 项 事故",
    "件次 件 场次 场 批次 批 课时 学时 期 篇 条 份 部 册 本 台套 台次 台 套 辆 座 处 家次 家 所 名 位 天 小时",
    "分钟 秒 年 日 周 万平方米 平方米 平方公里 立方米 公里 千米 毫米 厘米 米 ㎡ m² m2 km 亩 公顷 万吨 吨 千克",
    "公斤 万字 字 分 倍 起 例 宗 幅 张 门 类 种 班次 班 村次 村 镇 街道 社区 版 整版 专版 株 头 只 艘 架 轮",
    "万次 万条 万篇 万件 万份 万册 次 万亩 万株 万个",
)
_WORDS = [word for group in _GROUPS for word in group.split()]
_WORD = "|".join(sorted(_WORDS, key=lambda word: -len(word)))

#: A measure word that is not in the list (趟、万页) stands alone at the end of its cell.
_NO_UNIT = (
    "以上|以下|以内|之内|之前|左右|上下|前|后|内|底|余|多|及|至|到|得|达|且|或|不|无|完|合|优|良|已|年|月|日"
)
_UNLISTED = rf"[万千]?(?!{_NO_UNIT})[一-龥](?!{_NO_UNIT})[一-龥]?(?=\s*(?:$|[，。；、,;]))"

#: So many in a population: ≤12/10万.
_OUT_OF = r"/(?:\d+|十|百)?[千万](?:人口|人|户)?"

#: A pattern for one unit, compound ones (元/人、万元/公里) and shares of a thousand or more included.
UNIT = rf"(?:‰|{_OUT_OF}|(?:{_WORD})(?:/(?:{_WORD}))?|{_UNLISTED})"

_SCALES = {"万": Decimal(10_000), "亿": Decimal(100_000_000), "千": Decimal(1_000)}
_SCALED = {"亿元", "千元"} | {word for word in _WORDS if word.startswith("万")}
_SYNONYMS = {"百分比": "%", "个百分点": "百分点", "㎡": "平方米", "m²": "平方米", "m2": "平方米"}


def canonical_unit(unit: str) -> str:
    """Return the unit in its usual form: 百分比 is %, ㎡ is 平方米; others as written."""
    return _SYNONYMS.get(unit, unit)


def in_base_unit(quantity: Quantity) -> Quantity:
    """Return the quantity without 千/万/亿 before its unit: 1.2万人次 is 12000人次."""
    unit = canonical_unit(quantity.unit)
    if unit not in _SCALED and (unit in _WORDS or unit[:1] not in ("万", "千") or len(unit) == 1):
        return Quantity(value=quantity.value, unit=unit)
    return Quantity(value=quantity.value * _SCALES[unit[0]], unit=unit[1:])


def same_scale(quantity: Quantity, unit: str) -> Quantity | None:
    """Return the quantity expressed in `unit`; None where the units are different things."""
    base, one = in_base_unit(quantity), in_base_unit(Quantity(value=Decimal(1), unit=unit))
    if base.unit != one.unit:
        return None
    return Quantity(value=base.value / one.value, unit=unit)
