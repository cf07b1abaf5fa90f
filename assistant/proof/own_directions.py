"""Words of direction and units of change against the numbers beside them: 上升到, 低于目标值, 低1.20%.

Both numbers must be said in the sentence. Knows no report.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import combinations

from assistant.domain.finding import Finding
from assistant.domain.numerals import Bound, Mention
from assistant.proof.own_text import OwnText
from assistant.proof.spots import spot

_TO = re.compile("(?P<word>增加|增长|提高|上升|提升|扩大|下降|降低|减少|压减|缩短|降)[到至为]")
_UP = ("增加", "增长", "提高", "上升", "提升", "扩大")
_FROM = re.compile("(?:由|从)[^，。；]{0,16}?的?$")
_WORD = re.compile(
    r"[，,](?P<word>高于|超过|优于|低于|未达到|没有达到|未完成)(?:了)?(?:年度)?(?:目标|指标|计划|预期)(?:值|数|要求)?(?=[，。；,;]|$)"
)
_ROW_RATE = re.compile("[，,](?P<word>高于|低于)(?P<name>[一-鿿]{2,16}?)的?执行率(?=[，。；])")
_AIM = re.compile("目标|指标值|计划")
_APART = re.compile("(?:高|低|提高|下降|降低|上升|增加|减少)(?:了|出)?$")
_THAN = re.compile("比|较")
_LESS_IS_MORE = re.compile("成本|差错|投诉|事故|时间|能耗|耗|误差|死亡|发生|控制|再犯|逾期")


def check_from_to(own: OwnText) -> Iterator[Finding]:
    """A16: 由62.50件上升到58.00件 falls."""
    for sentence, claims in own.sentences:
        for one, other in zip(claims, claims[1:], strict=False):
            before, now = one.mention, other.mention
            match = _TO.fullmatch(own.text, before.end, now.start)
            came = _FROM.search(own.text, sentence.start, before.start)
            if match is None or came is None or not _comparable(before, now):
                continue
            grew = (now.value or 0) > (before.value or 0)
            if before.value != now.value and grew != (match["word"] in _UP):
                right = "上升" if grew else "下降"
                message = f"由{before.text.strip()}到{now.text.strip()}是{right}，文中为“{match['word']}”"
                yield spot("A16", own.text, match.span("word"), message, "请核对增减", expected=right)


def check_named_target(own: OwnText) -> Iterator[Finding]:
    """N05: 年度指标值≥90%，实际为94.00%，低于目标值: the word does not fit the two numbers before it."""
    for sentence, claims in own.sentences:
        for match in _WORD.finditer(own.text, sentence.start, sentence.end):
            behind = [claim.mention for claim in claims if claim.mention.end <= match.start()][-2:]
            if len(behind) < 2 or behind[1].unit != behind[0].unit or behind[1].end != match.start():
                continue
            target, said = behind
            words = own.text[sentence.start : said.start]
            if not _AIM.search(own.text, max(sentence.start, target.start - 8), target.start):
                continue
            if _LESS_IS_MORE.search(words) or target.bound is Bound.BELOW or target.sign in ("≤", "＜", "<"):
                continue
            above = match["word"] in ("高于", "超过", "优于")
            known = target.value is not None and said.value is not None and target.value != said.value
            if known and ((said.value or 0) > (target.value or 0)) != above:
                right = "低于" if above else "高于"
                message = f"{said.text.strip()}{right}{target.text.strip()}，文中为“{match['word']}”"
                yield spot("N05", own.text, match.span("word"), message, "请核对方向", expected=right)


def check_against_row(own: OwnText) -> Iterator[Finding]:
    """N05: 县级资金执行率为90.00%，高于省级资金的执行率, which a row gives as 100.00%."""
    rates = {row.label: rate for table in own.tables for row in table.rows if (rate := row.number("rate"))}
    for sentence, claims in own.sentences if rates else ():
        for match in _ROW_RATE.finditer(own.text, sentence.start, sentence.end):
            known = rates.get(match["name"])
            said = next((c.mention for c in claims if c.mention.end == match.start()), None)
            if known is None or said is None or said.unit != "%" or known.value in (said.value, None):
                continue
            right = "高于" if (said.value or 0) > (known.value or 0) else "低于"
            if right != match["word"]:
                message = f"{said.text.strip()}{right}{match['name']}的{known.text.strip()}，文中为“{match['word']}”"
                yield spot("N05", own.text, match.span("word"), message, "请核对方向", expected=right)


def check_points(own: OwnText) -> Iterator[Finding]:
    """C02: 36.80%比目标值38%低1.20%: the difference of two percentages is one of 百分点."""
    for sentence, claims in own.sentences:
        rates = [claim.mention for claim in claims if claim.mention.unit == "%" and claim.mention.value]
        for position, said in enumerate(rates):
            before = rates[:position]
            cue = _APART.search(own.text, max(sentence.start, said.start - 6), said.start)
            if cue is None or len(before) < 2 or not _THAN.search(own.text, sentence.start, said.start):
                continue
            if any(abs((a.value or 0) - (b.value or 0)) == said.value for a, b in combinations(before, 2)):
                right = said.text.strip().rstrip("%％") + "个百分点"
                message = f"两个百分数相差应写为{right}，文中为{said.text.strip()}"
                span = (said.start, said.end)
                yield spot("C02", own.text, span, message, "请改为“个百分点”", expected=right)


def check_points_apart(own: OwnText) -> Iterator[Finding]:
    """A16: 就业率70.00%，比上年的66.50%提高3.50个百分点."""
    for _, claims in own.sentences:
        for trio in zip(claims, claims[1:], claims[2:], strict=False):
            now, before, said = (claim.mention for claim in trio)
            if (now.unit, before.unit, said.unit) != ("%", "%", "个百分点") or not _comparable(now, before):
                continue
            than = _THAN.search(own.text, now.end, before.start)
            if than is None or not _APART.fullmatch(own.text, before.end, said.start):
                continue
            apart = abs((now.value or 0) - (before.value or 0))
            if apart != said.value:
                right = f"{apart:f}个百分点"
                message = f"{now.text.strip()}与{before.text.strip()}相差{right}，文中为{said.text.strip()}"
                yield spot("A16", own.text, (said.start, said.end), message, "请核对数值", expected=right)


def _comparable(before: Mention, now: Mention) -> bool:
    return before.unit == now.unit != "" and before.bound is Bound.EXACT and now.bound is Bound.EXACT
