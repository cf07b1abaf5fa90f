"""One slip of the pen in a number (笔误): a relation that fails as printed and holds with one digit put right.

Rates of two numbers, differences, sums of parts, products, within a paragraph. That one digit, or two changed
about, would mend it names both the place and the value; a relation that no such slip explains is left to the
other checks. Knows no report.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from decimal import Decimal
from itertools import combinations
from typing import NamedTuple

from assistant.domain.finding import Finding
from assistant.domain.numerals import Bound, Mention, MentionKind
from assistant.domain.units import half_place
from assistant.proof.own_text import OwnText
from assistant.proof.spots import spot

_DIGITS = re.compile("[0-9][0-9,]*(?:[.][0-9]+)?")
_LEAST = 3  # significant digits: of shorter numbers too many are one slip from one another
_PARTS = re.compile("其中|包括|分为|明细|构成|：")
_SEVERAL = 3
_TARGET = re.compile("目标|指标值|计划|不低于|要求")
_AIMED = re.compile("的(?:年度)?(?:目标|指标|计划|要求)")
_EACH = re.compile("平均每(?P<unit>[户场次人个套台名件期亩条份])[^，。；]{0,8}$")
_CHANGE = re.compile("增[加长幅]|减少|下降|降低|提高|上升|增|降|幅")
_APART = re.compile("结余|结转|节约|相差|差额|增加|减少|剩余|未支[出付]|未执行|追加|调[增减]|新增|[多少低高]")
_PRICE = re.compile("单价|每")
_PEOPLE = ("人", "名", "位")

Holds = Callable[[Sequence[Decimal]], bool]


class Relation(NamedTuple):
    """Numbers that should fit together, and whether given values do; `said` is the relation for people.

    `only` is the one number that may be the slip, None where any may.
    """

    numbers: tuple[Mention, ...]
    holds: Holds
    said: str
    rule: str
    only: Mention | None = None


def check_slips(own: OwnText) -> Iterator[Finding]:
    """Return the numbers of which one digit is wrong, each once."""
    counts = Counter(_key(mention) for mention in own.mentions if mention.kind is MentionKind.QUANTITY)
    seen: set[int] = set()
    for numbers in _paragraphs(own):
        for relation in _relations(own.text, numbers):
            found = _slip(relation, counts)
            if found is not None and found[0].start not in seen:
                seen.add(found[0].start)
                yield _finding(own.text, relation, *found)


def _finding(text: str, relation: Relation, mention: Mention, right: str) -> Finding:
    message = f"“{mention.text.strip()}”疑为{right}：按{relation.said}与上下文不合"
    span = (mention.start, mention.end)
    return spot(relation.rule, text, span, message, "请核对数值", expected=right)


def _paragraphs(own: OwnText) -> Iterator[list[Mention]]:
    """The exact numbers of every line of prose; years, ordinals and document numbers are no figures."""
    at, mentions = 0, own.mentions
    for line in own.prose:
        while at < len(mentions) and mentions[at].start < line.start:
            at += 1
        found = []
        while at < len(mentions) and mentions[at].start < line.end:
            found.append(mentions[at])
            at += 1
        yield [
            m
            for m in found
            if m.kind is MentionKind.QUANTITY and m.value and not m.chinese and m.high is None
        ]


def _relations(text: str, numbers: Sequence[Mention]) -> Iterator[Relation]:
    exact = [m for m in numbers if m.bound is Bound.EXACT or m.sign in ("≥", "≤", "＞", "＜")]
    yield from _rates(text, exact)
    yield from _differences(text, exact)
    yield from _products(text, exact)
    yield from _averages(text, exact)
    yield from _sums(text, exact)


def _rates(text: str, numbers: Sequence[Mention]) -> Iterator[Relation]:
    """A rate and two numbers before it; not where the paragraph has two that give it, nor a target."""
    for position, rate in enumerate(numbers):
        before = [m for m in numbers[:position] if m.unit not in ("%", "", "分", "个百分点")]
        word = text[max(0, rate.start - 10) : rate.start]
        aimed = _TARGET.search(word) or _AIMED.match(text, rate.end)
        if rate.unit != "%" or len(before) < 2 or rate.sign or aimed:
            continue
        pairs = [(a, b) for a, b in combinations(before, 2) if _one_unit(a, b)]
        if any(_is_rate(x, y, rate) or _is_growth(x, y, rate) for a, b in pairs for x, y in ((a, b), (b, a))):
            continue
        near = before[-2:]
        if not any(a is near[0] and b is near[1] for a, b in pairs) and "万元" not in {m.unit for m in near}:
            pairs.append((near[0], near[1]))
        yield from _of_pairs(rate, pairs, before[-1], growing=_CHANGE.search(word) is not None)


def _of_pairs(
    rate: Mention, pairs: Sequence[tuple[Mention, Mention]], last: Mention, *, growing: bool
) -> Iterator[Relation]:
    """The pair right before first, in which every number may be the slip; of the others only the rate may."""
    for one, other in sorted(pairs, key=lambda pair: pair[1] is not last):
        small, large = sorted((one, other), key=_value)
        numbers = (rate, one, other) if growing else (rate, small, large)
        holds = _growth(rate) if growing else _share(rate)
        said, rule = ("增减幅度", "A16") if growing else ("比率", "A18")
        yield Relation(numbers, holds, said, rule, rate if other is not last else None)


def _share(rate: Mention) -> Holds:
    slack = half_place(rate.places)
    return lambda v: v[2] != 0 and abs(v[1] / v[2] * 100 - v[0]) <= slack


def _growth(rate: Mention) -> Holds:
    slack = half_place(rate.places)
    return lambda v: any(
        b != 0 and abs(abs(a / b - 1) * 100 - v[0]) <= slack for a, b in ((v[1], v[2]), (v[2], v[1]))
    )


def _is_rate(part: Mention, whole: Mention, rate: Mention) -> bool:
    return _share(rate)([_value(rate), _value(part), _value(whole)])


def _is_growth(part: Mention, whole: Mention, rate: Mention) -> bool:
    return _growth(rate)([_value(rate), _value(part), _value(whole)])


def _differences(text: str, numbers: Sequence[Mention]) -> Iterator[Relation]:
    """Two numbers of one unit and, behind a word of difference, a third."""
    for position in range(2, len(numbers)):
        apart = numbers[position]
        before = [m for m in numbers[:position] if _one_unit(m, apart) and m.unit not in ("", "%")]
        if len(before) < 2 or not _APART.search(text, max(0, apart.start - 6), apart.start):
            continue
        values = [_value(m) for m in numbers if _one_unit(m, apart) and m is not apart]
        if any(abs(a - b) == _value(apart) or a + b == _value(apart) for a, b in combinations(values, 2)):
            continue
        yield Relation((apart, before[-2], before[-1]), lambda v: abs(v[1] - v[2]) == v[0], "相差", "A17")


def _products(text: str, numbers: Sequence[Mention]) -> Iterator[Relation]:
    """Quantity, unit price and amount, one behind the other."""
    for count, price, amount in zip(numbers, numbers[1:], numbers[2:], strict=False):
        named = _PRICE.search(text, count.end, price.start)
        counted = count.unit not in ("万元", "%", "分", "") and price.unit == amount.unit == "万元"
        if named and counted and amount.start - price.end <= 8:
            yield Relation((amount, count, price), lambda v: v[1] * v[2] == v[0], "数量乘单价", "A11")


def _averages(text: str, numbers: Sequence[Mention]) -> Iterator[Relation]:
    """平均每户1.50万元: an amount by a count of the paragraph."""
    for position, mean in enumerate(numbers):
        each = _EACH.search(text, max(0, mean.start - 12), mean.start)
        if each is None:
            continue
        counts = [m for m in numbers[:position] if m.unit == each["unit"]]
        amounts = [m for m in numbers[:position] if m.unit == mean.unit]
        for amount in amounts[:3] if counts else ():
            yield Relation((mean, amount, counts[-1]), _mean(mean), "平均数", "A11", mean)


def _mean(mean: Mention) -> Holds:
    slack = half_place(mean.places)
    return lambda v: v[2] != 0 and abs(v[1] / v[2] - v[0]) <= slack


def _sums(text: str, numbers: Sequence[Mention]) -> Iterator[Relation]:
    """A total, a word that announces its parts, and the list up to the end of the sentence.

    The total is any amount before the list; where one is the sum of the parts, nothing is asked.
    """
    for match in _PARTS.finditer(text, numbers[0].start if numbers else 0, numbers[-1].end if numbers else 0):
        stop = text.find("。", match.end())
        listed = [m for m in numbers if match.end() <= m.start < (stop if stop >= 0 else len(text))]
        before = [m for m in numbers if m.end <= match.start() and listed and m.unit == listed[0].unit]
        parts = [m for m in listed if m.unit == listed[0].unit]
        if not before or len(parts) < 2 or parts[0].unit in ("", "%", "个百分点"):
            continue
        totals = before if len(parts) >= _SEVERAL else before[-1:]
        if not any(_value(total) == sum(map(_value, parts)) for total in totals):
            for total in totals:
                yield Relation((total, *parts), lambda v: v[0] == sum(v[1:]), "各项相加", "A12")


def _slip(relation: Relation, counts: Counter[tuple[Decimal, str]]) -> tuple[Mention, str] | None:
    """Return the number and its right value where one slip, and of one number only, explains the relation.

    A number that stands elsewhere too is no slip.
    """
    values = [_value(mention) for mention in relation.numbers]
    if relation.holds(values):
        return None
    mended = []
    for position, mention in enumerate(relation.numbers):
        if counts[_key(mention)] > 1 or mention.sign or relation.only not in (None, mention):
            continue
        for shown, value in _variants(mention):
            if relation.holds([*values[:position], value, *values[position + 1 :]]):
                mended.append((mention, shown))
    known = [(m, shown) for m, shown in mended if counts[(_as_value(m, shown), m.unit)]]
    best = known or mended
    return best[0] if len(best) == 1 else None


def _variants(mention: Mention) -> Iterator[tuple[str, Decimal]]:
    """Yield the numbers one slip away, as printed and as values: one digit another, or two changed about."""
    match = _DIGITS.search(mention.text)
    if match is None or len(re.sub("[^0-9]|^[0.]+", "", match[0])) < _LEAST:
        return
    plain = match[0]
    digits = [at for at, letter in enumerate(plain) if letter.isdigit()]
    shown = {
        plain[:at] + digit + plain[at + 1 :] for at in digits for digit in "0123456789" if digit != plain[at]
    }
    for a, b in combinations(digits, 2):
        if plain[a] != plain[b]:
            shown.add(plain[:a] + plain[b] + plain[a + 1 : b] + plain[a] + plain[b + 1 :])
    for one in sorted(shown):
        if not one.startswith("0") or one.startswith("0."):
            yield mention.text.strip().replace(plain, one, 1), _scaled(mention, plain, one)


def _scaled(mention: Mention, plain: str, other: str) -> Decimal:
    was, now = Decimal(plain.replace(",", "")), Decimal(other.replace(",", ""))
    return _value(mention) * now / was if was else now


def _as_value(mention: Mention, shown: str) -> Decimal:
    match, own = _DIGITS.search(shown), _DIGITS.search(mention.text)
    return _scaled(mention, own[0], match[0]).normalize() if match and own else Decimal(-1)


def _key(mention: Mention) -> tuple[Decimal, str]:
    return _value(mention).normalize(), mention.unit


def _value(mention: Mention) -> Decimal:
    return mention.value if mention.value is not None else Decimal(0)


def _one_unit(one: Mention, other: Mention) -> bool:
    return one.unit == other.unit or (one.unit in _PEOPLE and other.unit in _PEOPLE)
