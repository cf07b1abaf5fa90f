"""A number against another in the same sentence: growth, difference, above or below a target, done or not.

Both ends must be said beside the change. Knows no report.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from assistant.domain.finding import Finding
from assistant.domain.numerals import Bound, Mention
from assistant.domain.units import half_place
from assistant.proof.claim import Claim
from assistant.proof.own_text import OwnText
from assistant.proof.spots import spot

_UP, _DOWN = "增长|增加|提高|上升|新增|多", "下降|减少|降低|压减|少"
_MOVED = re.compile(rf"[，,（(]?(?:同比|比上年)?(?P<word>(?:{_UP}|{_DOWN}))(?:了|率?为|幅度为)?")
_OVER = re.compile(r"[比较][\u4e00-\u9fff0-9“”]{0,12}?的?$")
_FROM_TO = re.compile(r"(?:增加|增长|提高|上升|下降|降低|降|减少|减|扩大)[到至为]$")
_AGAINST = re.compile(
    r"[，,]?(?P<word>高于|超过|优于|低于|未达到|达不到|不及|没有达到)(?:了)?(?:年度)?(?:预期|计划|绩效)?(?:指标|目标)?(?:值|的)?[为：:]?[≥≤]?$"
)
_WORD_IN = re.compile("[，,](?P<word>高于|超过|低于)")
_AIMED = re.compile("的?(?:年度)?(?:目标|指标值|计划)")
_FEWER = re.compile("(?:[，,]|^)[少多](?:了)?[\u4e00-\u9fff]{0,2}$")
_AIM = re.compile("(?:目标|计划|指标|任务)[^，。；0-9]{0,4}$")
_DONE = re.compile("圆满完成|全部完成|全面完成|超额完成")
_LESS_IS_MORE = re.compile("成本|差错|投诉|事故|时间|能耗|耗|误差|死亡|发生|控制")


def check_growth(own: OwnText) -> Iterator[Finding]:
    """A16: 接待86.40万人次，比2022年的72.00万人次增长20.00%; 由60起降到54起，下降10.00%."""
    for _, claims in own.sentences:
        mentions = [claim.mention for claim in claims]
        subjects: dict[int, Mention] = {}  # the number that a change speaks of, by the position of the change
        for position in range(2, len(mentions)):
            now = subjects.get(position - 2) or _result(own.text, mentions[: position - 1])
            pair = _ends(own.text, now, mentions[position - 2], mentions[position - 1])
            end, start = mentions[position - 1].end, mentions[position].start
            moved = _MOVED.fullmatch(own.text, end, start)
            if pair is not None and moved is not None:
                subjects[position] = pair[1]
                yield from _change_fault(own, pair, mentions[position], moved)


def _result(text: str, mentions: Sequence[Mention]) -> Mention:
    """Return the last number; where it is the target of one before it of its unit, that one."""
    last = mentions[-1]
    aimed = _AIM.search(text, max(0, last.start - 8), last.start)
    return mentions[-2] if aimed and len(mentions) > 1 and mentions[-2].unit == last.unit else last


def _ends(text: str, now: Mention, one: Mention, other: Mention) -> tuple[Mention, Mention] | None:
    """Return (before, now) where two numbers of one unit stand before the change and say which is which."""
    if now.unit != other.unit or now.unit in ("", "%", "分") or not (now.value and other.value):
        return None
    if now.bound is not Bound.EXACT or other.bound is not Bound.EXACT:
        return None
    between = text[one.end : other.start]
    if _OVER.search(between) and "，" not in between[max(between.rfind("比"), between.rfind("较")) :]:
        return other, now
    if re.fullmatch("[\u4e00-\u9fff]{0,6}", between) and _FROM_TO.search(between):
        return one, other
    return None


def _change_fault(
    own: OwnText, pair: tuple[Mention, Mention], said: Mention, moved: re.Match[str]
) -> Iterator[Finding]:
    before, now = pair
    difference = (now.value or Decimal(0)) - (before.value or Decimal(0))
    grew = re.fullmatch(_UP, moved["word"]) is not None
    if difference and grew != (difference > 0):
        right = "增长" if difference > 0 else "下降"
        message = f"由{before.text.strip()}到{now.text.strip()}是{right}，文中为“{moved['word']}”"
        yield spot("A16", own.text, moved.span("word"), message, "请核对增减", expected=right)
    elif said.unit == "%":
        yield from _rate_fault(own, before, now, said)
    elif said.unit == before.unit and said.bound is Bound.EXACT and said.value is not None:
        slack = half_place(before.places) + half_place(now.places)
        if abs(abs(difference) - said.value) > slack:
            right = f"{abs(difference):f}{said.written_unit}"
            message = f"由{before.text.strip()}到{now.text.strip()}相差{right}，文中为{said.text.strip()}"
            yield spot("A16", own.text, (said.start, said.end), message, "请核对数值", expected=right)


def _rate_fault(own: OwnText, before: Mention, now: Mention, said: Mention) -> Iterator[Finding]:
    low = _rate(now, -1, before, 1)
    high = _rate(now, 1, before, -1)
    value, slack = said.value or Decimal(0), half_place(said.places)
    bounds = sorted((abs(low), abs(high))) if low * high > 0 else [Decimal(0), max(abs(low), abs(high))]
    if not bounds[0] - slack <= value <= bounds[1] + slack:
        right = f"{abs(_rate(now, 0, before, 0)):.2f}%"
        message = (
            f"由{before.text.strip()}到{now.text.strip()}的增减幅度应为{right}，文中为{said.text.strip()}"
        )
        yield spot("A16", own.text, (said.start, said.end), message, "请核对数值", expected=right)


def _rate(now: Mention, up: int, before: Mention, down: int) -> Decimal:
    top = (now.value or Decimal(0)) + up * half_place(now.places)
    base = (before.value or Decimal(1)) + down * half_place(before.places)
    return (top / base - 1) * 100 if base else Decimal(0)


def check_against_target(own: OwnText) -> Iterator[Finding]:
    """N05: 接种率97.2%，低于目标值90%: the word does not fit the two numbers."""
    for sentence, claims in own.sentences:
        for one, other in zip(claims, claims[1:], strict=False):
            said, target = one.mention, other.mention
            match = _AGAINST.search(own.text, said.end, target.start) or _aimed(own.text, said, target)
            if match is None or match.start() - said.end > 1 or said.unit != target.unit:
                continue
            if (
                said.value is None
                or target.value is None
                or _LESS_IS_MORE.search(own.text, sentence.start, said.start)
            ):
                continue
            above = match["word"] in ("高于", "超过", "优于")
            if (said.value > target.value) != above and said.value != target.value:
                right = "高于" if said.value > target.value else "低于"
                message = f"{said.text.strip()}{right}{target.text.strip()}，文中为“{match['word']}”"
                yield spot("N05", own.text, match.span("word"), message, "请核对方向", expected=right)


def _aimed(text: str, said: Mention, target: Mention) -> re.Match[str] | None:
    """Return the word of 取得率88.00%，高于85%的目标值, which stands in the number itself."""
    match = _WORD_IN.match(text, said.end)
    named = _AIMED.match(text, target.end)
    return match if match is not None and named is not None and match.start("word") == target.start else None


def check_shortfall(own: OwnText) -> Iterator[Finding]:
    """A17: 计划400批次，实际390批次，少抽10批次."""
    for _, claims in own.sentences:
        for one, other, third in zip(claims, claims[1:], claims[2:], strict=False):
            a, b, apart = one.mention, other.mention, third.mention
            cue = _FEWER.search(own.text, b.end, apart.start)
            if cue is None or not a.unit == b.unit == apart.unit or a.unit in ("", "%"):
                continue
            if a.value is None or b.value is None or abs(a.value - b.value) in (apart.value, 0):
                continue
            right = f"{abs(a.value - b.value).normalize():f}{apart.written_unit}"
            message = f"{a.text.strip()}与{b.text.strip()}相差{right}，文中为{apart.text.strip()}"
            yield spot("A17", own.text, (apart.start, apart.end), message, "请核对数值", expected=right)


def check_done_words(own: OwnText) -> Iterator[Finding]:
    """B05: 举办活动97场，年度指标值为110场，圆满完成年度任务."""
    for sentence, claims in own.sentences:
        for match in _DONE.finditer(own.text, sentence.start, sentence.end):
            missed = _missed([claim for claim in claims if claim.mention.end <= match.start()])
            if missed is not None:
                done, target = missed
                message = f"写明“{match[0]}”，实际{done.text.strip()}未达到{target.text.strip()}"
                yield spot("B05", own.text, match.span(), message, "请按实际改写", expected="未完成")


def _missed(claims: list[Claim]) -> tuple[Mention, Mention] | None:
    """Return result and target where the two numbers right before are those of one unit, the result below."""
    if len(claims) < 2:
        return None
    by_role = {"target" in claim.attributes: claim.mention for claim in claims[-2:]}
    if len(by_role) != 2:
        return None
    done, target = by_role[False], by_role[True]
    if done.unit != target.unit or target.bound is Bound.BELOW or done.value is None or target.value is None:
        return None
    return (done, target) if done.value < target.value and done.unit else None
