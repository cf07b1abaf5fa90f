"""Calculations inside a sentence: rates of amounts, named rates, unit price × quantity, sums of counts."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from assistant.domain.figures import percentage, round_half_up
from assistant.domain.finding import Finding
from assistant.domain.numerals import Bound, Mention
from assistant.domain.units import half_place
from assistant.proof.claim import Claim
from assistant.proof.frames import Relation
from assistant.proof.own_parts import without_parts
from assistant.proof.own_text import OwnText
from assistant.proof.spots import spot

_RATE_NAME = re.compile(r"(?P<root>[\u4e00-\u9fff]{2})率[为是达到约：:]*$")
_EACH = re.compile(r"每(?P<unit>[期场次个篇条批件份项人套台户])[^，。；\n]{0,8}$")
_BESIDE = 12
_TOTAL = re.compile(r"(?:合计|小计|共计|共|计)[为约]?$")
_ALTOGETHER = re.compile(r"(?:共计|合计|总计)[为约]?$")


def share_holds(part: Mention, whole: Mention, rate: Mention) -> bool:
    """Return whether rate = part/whole can be true of the printed numbers (§5.0)."""
    if part.value is None or whole.value is None or rate.value is None or whole.value == 0:
        return True
    low_part, high_part = part.value - half_place(part.places), part.value + half_place(part.places)
    low_whole, high_whole = whole.value - half_place(whole.places), whole.value + half_place(whole.places)
    if low_whole <= 0:
        return True
    low, high = low_part / high_whole * 100, high_part / low_whole * 100
    return low <= rate.value + half_place(rate.places) and high >= rate.value - half_place(rate.places)


def rate_of(part: Mention, whole: Mention) -> str:
    """Return part/whole as it should be printed."""
    rate = percentage(part.value or Decimal(0), whole.value or Decimal(0))
    return f"{round_half_up(rate):f}%" if rate is not None else "—"


def check_execution_rates(own: OwnText) -> Iterator[Finding]:
    """A02: 预算…，执行…，执行率… said one after the other agree; the budget may end the sentence before."""
    budget: Mention | None = None
    at = 0
    for sentence, claims in own.sentences:
        if "\n" in own.text[at : sentence.start]:
            budget = None
        at = sentence.start
        spent: Mention | None = None
        for claim in claims:
            kinds, mention = claim.attributes, claim.mention
            if claim.frame.relation is Relation.DIFFERENCE:
                continue
            if mention.unit in ("万元", "万") and kinds & {"budget", "spent"}:
                budget, spent = (mention, None) if "budget" in kinds else (budget, mention)
                continue
            beside = spent is not None and mention.start - spent.end <= _BESIDE
            if (
                "rate" in kinds
                and "share" not in kinds
                and mention.unit == "%"
                and budget
                and spent
                and beside
            ):
                if mention.bound is Bound.EXACT and not share_holds(spent, budget, mention):
                    yield _rate_fault("A02", own.text, mention, spent, budget, "执行率")
                budget = None


def _rate_fault(rule: str, text: str, rate: Mention, part: Mention, whole: Mention, name: str) -> Finding:
    right = rate_of(part, whole)
    message = f"{name}写为{rate.text.strip()}，按{part.text.strip()}/{whole.text.strip()}计算应为{right}"
    return spot(rule, text, (rate.start, rate.end), message, "请核对数值", expected=right)


def check_named_rates(own: OwnText) -> Iterator[Finding]:
    """A18: 征集693件，立案456件，立案率65.8%: the root of the rate names its numerator."""
    for sentence, everything in own.sentences:
        claims = without_parts(own.text, sentence, everything)
        for position, claim in enumerate(claims):
            rate = claim.mention
            match = _RATE_NAME.search(own.text, sentence.start, rate.start)
            if rate.unit != "%" or match is None or position < 2 or rate.bound is not Bound.EXACT:
                continue
            whole, part = claims[position - 2].mention, claims[position - 1].mention
            if "target" in claims[position - 1].attributes:  # 完成97场，年度指标值为110场，完成率…
                whole, part = part, whole
            named = match["root"] in own.text[min(whole.end, part.end) : max(whole.end, part.end) + 4]
            exact = whole.bound is Bound.EXACT and part.bound is Bound.EXACT
            if (
                named
                and exact
                and part.unit == whole.unit
                and part.unit not in ("%", "")
                and not share_holds(part, whole, rate)
            ):
                yield _rate_fault("A18", own.text, rate, part, whole, match["root"] + "率")


def check_products(own: OwnText) -> Iterator[Finding]:
    """A11: 5期…，每期14万元，合计70万元."""
    for sentence, claims in own.sentences:
        for position in range(1, len(claims) - 1):
            price, total = claims[position].mention, claims[position + 1].mention
            each = _EACH.search(own.text, sentence.start, price.start)
            sums = _TOTAL.search(own.text, price.end, total.start)
            if each is None or sums is None or price.unit != "万元" or total.unit != "万元":
                continue
            counts = [
                claim.mention for claim in claims[:position] if claim.mention.unit.startswith(each["unit"])
            ]
            if len(counts) == 1 and not _product_holds(counts[0], price, total):
                right = (counts[0].value or Decimal(0)) * (price.value or Decimal(0))
                message = f"{counts[0].text.strip()}×{price.text.strip()}={right.normalize():f}万元，文中为{total.text.strip()}"
                yield spot(
                    "A11",
                    own.text,
                    (total.start, total.end),
                    message,
                    "请核对数量、单价和小计",
                    expected=f"{right.normalize():f}万元",
                )


def _product_holds(count: Mention, price: Mention, total: Mention) -> bool:
    if count.value is None or price.value is None or total.value is None:
        return True
    slack = half_place(price.places) * count.value if price.places >= 2 else Decimal(0)
    return abs(count.value * price.value - total.value) <= slack + half_place(total.places)


def check_counts_add_up(own: OwnText) -> Iterator[Finding]:
    """A12: 5期…及19期…，共计24期."""
    for sentence, claims in own.sentences:
        for position, claim in enumerate(claims):
            total = claim.mention
            before = own.text[claims[position - 1].mention.end if position else sentence.start : total.start]
            parts = _run_before(claims[:position], total.unit)
            if len(parts) < 2 or total.unit in ("", "%", "分") or not _ALTOGETHER.search(before):
                continue
            if (
                any(part.bound is not Bound.EXACT for part in [*parts, total])
                or "每" in before
                or _mixed(own.text, parts)
            ):
                continue
            added = sum((part.value or Decimal(0) for part in parts), Decimal(0))
            if total.value is not None and added != total.value:
                yield spot(
                    "A12",
                    own.text,
                    (total.start, total.end),
                    f"各项相加为{added.normalize():f}{total.written_unit}，文中为{total.text.strip()}",
                    "请核对各项和合计",
                    expected=f"{added.normalize():f}",
                )


def _run_before(claims: Sequence[Claim], unit: str) -> list[Mention]:
    """The numbers of that unit directly before, until another unit comes between."""
    found: list[Mention] = []
    for claim in reversed(claims):
        if claim.mention.unit != unit:
            break
        found.append(claim.mention)
    return found


def _mixed(text: str, parts: Sequence[Mention]) -> bool:
    """Whether the run holds totals or averages of its own."""
    words = text[parts[-1].start - 6 : parts[0].end]
    return re.search("每|其中|合计|共|小计|平均|比|较|原", words) is not None


def check_score_within_weight(own: OwnText) -> Iterator[Finding]:
    """A06: 分值…，得分… of one sentence: no score above its weight."""
    for _, claims in own.sentences:
        weight: Mention | None = None
        for claim in claims:
            kinds, mention = claim.attributes, claim.mention
            if claim.frame.relation is Relation.DIFFERENCE:
                continue
            if "weight" in kinds and "score" not in kinds:
                weight = mention
            elif "score" in kinds and weight is not None and mention.unit == "分":
                if (
                    mention.value is not None
                    and weight.value is not None
                    and mention.value > weight.value + Decimal("0.005")
                ):
                    yield spot(
                        "A06",
                        own.text,
                        (mention.start, mention.end),
                        f"得分{mention.text.strip()}高于分值{weight.text.strip()}",
                        "请更正得分",
                        expected=f"不高于{weight.value:f}分",
                    )
                weight = None
