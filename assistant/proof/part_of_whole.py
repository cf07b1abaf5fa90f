"""A part is not more than its whole (其中、解决与收集; B24), growth and overall rates fit their figures (A16, A19).

Speaks of a text alone. Precision before reach: only the same unit, in one sentence, with nothing between.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from assistant.domain.finding import Finding
from assistant.domain.mention import Bound, Mention
from assistant.domain.units import half_place
from assistant.proof.claim import Claim
from assistant.proof.frames import MOVE, Relation
from assistant.proof.layout import Span
from assistant.proof.own_text import OwnText
from assistant.proof.spots import spot

_AMONG = re.compile("^[^。；0-9]{0,16}其中[：:，]?[^。；0-9]{0,16}$")
_TAKEN_IN = re.compile("(?:收集|征集|受理|收到|接收|接到|登记)[^，。；0-9]{0,10}$")
_DEALT_WITH = re.compile("(?:解决|办结|采用|采纳|立案|答复|办理完毕|转化)[^，。；0-9]{0,6}$")
_OVERALL = re.compile(
    "(?:总体|整体|合计|平均|综合|全部)[^，。；0-9]{0,10}(?:执行率|完成率|支出率)[^，。；0-9]{0,6}$"
)
_DIFFERENCE = re.compile("[比较][^，。；]{0,16}[多少增减高低][^，。；0-9]{0,4}$")
_EACH = re.compile("分别")


def check_parts(own: OwnText) -> Iterator[Finding]:
    """B24 in every sentence of a text."""
    for sentence, claims in own.sentences:
        yield from parts_in(own.text, sentence, [claim.mention for claim in claims])


def parts_in(text: str, sentence: Span, mentions: Sequence[Mention]) -> Iterator[Finding]:
    """B24: 其中 counts no more than what it is among, and no more is solved than was received."""
    for whole, part in zip(mentions, mentions[1:], strict=False):
        between = text[whole.end : part.start]
        if MOVE.search(text[max(sentence.start, whole.start - 8) : whole.start]):
            continue
        among = _AMONG.match(between) is not None
        dealt = _DEALT_WITH.search(between) and _TAKEN_IN.search(text, sentence.start, whole.start)
        if _DIFFERENCE.search(text, sentence.start, whole.start):
            continue
        if (among or dealt) and _comparable(whole, part) and (part.value or 0) > (whole.value or 0):
            message = f"部分“{part.text.strip()}”大于整体“{whole.text.strip()}”"
            yield spot("B24", text, (part.start, part.end), message, "请核对两个数字")


def _comparable(whole: Mention, part: Mention) -> bool:
    exact = whole.bound is Bound.EXACT and part.bound is Bound.EXACT
    return exact and whole.unit == part.unit and whole.unit not in ("", "%", "个百分点", "年", "天")


def check_growth(own: OwnText) -> Iterator[Finding]:
    """A16: 由A增加到B，增长r%: r is that of A and B."""
    for _, claims in own.sentences:
        for position in range(2, len(claims)):
            before, now, rate = claims[position - 2 : position + 1]
            pair = before.frame.relation is Relation.FROM and now.frame.relation is Relation.TO
            grown = rate.frame.relation is Relation.DIFFERENCE and rate.mention.unit == "%"
            if pair and grown and not _grown(before.mention, now.mention, rate.mention):
                a, b = before.mention.value or Decimal(1), now.mention.value or Decimal(0)
                right = f"{abs(b - a) / a * 100:.2f}%" if a else ""
                span = (rate.mention.start, rate.mention.end)
                message = f"按“{before.mention.text.strip()}”和“{now.mention.text.strip()}”计算应为{right}"
                yield spot("A16", own.text, span, message, "请核对增减幅度", expected=right)


def _grown(before: Mention, now: Mention, rate: Mention) -> bool:
    if not before.value or now.value is None or rate.value is None or before.unit != now.unit:
        return True
    if before.unit == "%" or rate.bound is not Bound.EXACT:
        return True
    value = abs(now.value - before.value) / before.value * 100
    return abs(value - abs(rate.value)) <= half_place(rate.places) + Decimal("0.05")


def check_overall_rate(own: OwnText) -> Iterator[Finding]:
    """A19: an overall rate lies between the least and the greatest of those it is made of."""
    for sentence, claims in own.sentences:
        rates = [claim for claim in claims if claim.mention.unit == "%"]
        overall = next((c for c in rates if _OVERALL.search(own.text, sentence.start, c.mention.start)), None)
        if overall is None or not _EACH.search(own.text, sentence.start, sentence.end):
            continue
        yield from _outside(own.text, sentence, overall, [c for c in rates if c is not overall])


def _outside(text: str, sentence: Span, overall: Claim, others: Sequence[Claim]) -> Iterator[Finding]:
    values = [
        c.mention.value for c in others if c.mention.value is not None and "rate" in c.attributes | {"rate"}
    ]
    value = overall.mention.value
    if len(values) < 2 or value is None or min(values) <= value <= max(values):
        return
    span = (overall.mention.start, overall.mention.end)
    message = f"总体“{overall.mention.text.strip()}”不在各项的{min(values):f}%至{max(values):f}%之间"
    yield spot("A19", text, span, message, "请核对总体与各项的比率")
