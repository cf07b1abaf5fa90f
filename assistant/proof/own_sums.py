"""Sums and products that a paragraph states: budget and what was added, parts that exceed their whole, price × count.

Knows no report.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from assistant.domain.finding import Finding
from assistant.domain.numerals import Bound, Mention
from assistant.domain.units import half_place
from assistant.proof.own_parts import PARTS, parts_behind, to_blame
from assistant.proof.own_text import OwnText
from assistant.proof.spots import spot

_FIRST = re.compile("(?:年初|原)(?:批复)?预算(?:数|安排|资金)?[为是：:]?$")
_ADDED = re.compile("(?P<word>追加|调增|增加|调减|压减|核减)(?:了)?(?:预算)?(?:资金|指标)?[为：:]?$")
_LAST = re.compile("(?:全年|调整后)(?:的)?预算(?:数|资金|总额)?[为是：:]?$")
_LESS = ("调减", "压减", "核减")
_EACH = re.compile("每(?P<unit>[座个户场次人套台名件期亩条份辆家])[^，。；]{0,12}$")
_NEEDS = re.compile("(?:共需|共需要|合计|共计|共|合计需)$")
_NEAR = 14
_PARTS_OF_SCORE = ("产出", "效益", "满意度")
_MOST_POINTS = 5


def check_added_budget(own: OwnText) -> Iterator[Finding]:
    """A12: 年初预算480.00万元，追加40.00万元，全年预算数520.00万元."""
    for sentence, claims in own.sentences:
        for trio in zip(claims, claims[1:], claims[2:], strict=False):
            first, added, last = (claim.mention for claim in trio)
            words = own.text[sentence.start : last.start]
            cues = (
                _FIRST.search(words[: first.start - sentence.start]),
                move := _ADDED.search(words[: added.start - sentence.start]),
                _LAST.search(words),
            )
            if move is None or not all(cues) or not _exact(first, added, last):
                continue
            sign = -1 if move["word"] in _LESS else 1
            right = (first.value or Decimal(0)) + sign * (added.value or Decimal(0))
            if abs(right - (last.value or Decimal(0))) > Decimal("0.01"):
                message = f"年初预算与调整相加为{right:f}万元，全年预算数写为{last.text.strip()}"
                span = to_blame(own, last, [first, added])
                yield spot("A12", own.text, span, message, "请核对预算数和调整数")


def check_parts_exceed(own: OwnText) -> Iterator[Finding]:
    """A12: 合计36.00万元，其中甲21.50万元、乙15.40万元: the parts are more than the whole."""
    for sentence, claims in own.sentences:
        for match in PARTS.finditer(own.text, sentence.start, sentence.end):
            before = [c.mention for c in claims if c.mention.end <= match.start()]
            parts = parts_behind(own.text, claims, match.end())
            if not before or len(parts) < 2 or match.start() - before[-1].end > _NEAR:
                continue
            whole = before[-1]
            added = sum((part.value or Decimal(0) for part in parts), Decimal(0))
            slack = sum((half_place(part.places) for part in [whole, *parts]), Decimal(0))
            if _exact(whole, *parts) and added > (whole.value or Decimal(0)) + slack:
                message = f"所列各项相加为{added:f}万元，大于{whole.text.strip()}"
                yield spot("A12", own.text, to_blame(own, whole, parts), message, "请核对各项和合计")


def check_score_parts(own: OwnText) -> Iterator[Finding]:
    """A07: 自评得分98.20分。其中预算执行9.40分，产出…，效益…，满意度…: the parts are the total."""
    total: Mention | None = None
    for sentence, claims in own.sentences:
        scores = [claim.mention for claim in claims if claim.mention.unit == "分"]
        start = own.text[sentence.start : sentence.end].find("其中")
        parts = [m for m in scores if start >= 0 and m.start > sentence.start + start]
        before = [m for m in scores if m not in parts]
        total = before[-1] if before else total
        words = own.text[sentence.start : sentence.end]
        if total is None or len(parts) < len(_PARTS_OF_SCORE) or not all(w in words for w in _PARTS_OF_SCORE):
            continue
        apart = sum((m.value or Decimal(0) for m in parts), Decimal(0)) - (total.value or Decimal(0))
        if apart and abs(apart) <= _MOST_POINTS and "\n" not in own.text[total.end : parts[0].start]:
            message = f"各部分得分相加与总分{total.text.strip()}相差{abs(apart):f}分"
            yield spot("A07", own.text, to_blame(own, total, parts), message, "请核对各部分得分")


def check_price_first(own: OwnText) -> Iterator[Finding]:
    """A11: 每座80.00万元，6座共需480.00万元."""
    for sentence, claims in own.sentences:
        for trio in zip(claims, claims[1:], claims[2:], strict=False):
            price, count, total = (claim.mention for claim in trio)
            each = _EACH.search(own.text, sentence.start, price.start)
            needs = _NEEDS.search(own.text, count.end, total.start)
            if each is None or needs is None or count.unit != each["unit"] or not _exact(price, total):
                continue
            right = (price.value or Decimal(0)) * (count.value or Decimal(0))
            slack = half_place(price.places) * (count.value or 1) + half_place(total.places)
            if abs(right - (total.value or Decimal(0))) > slack:
                shown = f"{right.normalize():f}万元"
                message = f"{price.text.strip()}×{count.text.strip()}={shown}，文中为{total.text.strip()}"
                span = (total.start, total.end)
                yield spot("A11", own.text, span, message, "请核对单价、数量和合计", expected=shown)


def _exact(*mentions: Mention) -> bool:
    return _all_money(mentions) and all(mention.bound is Bound.EXACT for mention in mentions)


def _all_money(mentions: Sequence[Mention]) -> bool:
    return all(mention.unit == "万元" and mention.value is not None for mention in mentions)
