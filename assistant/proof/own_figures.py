"""The same number in several places of a text: two values, a jump of scale, needless 近, rare twins."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from decimal import Decimal

from assistant.domain.finding import Finding
from assistant.domain.numerals import Bound, Mention, MentionKind
from assistant.domain.units import compatible
from assistant.proof.limits import limits
from assistant.proof.own_text import OwnText
from assistant.proof.spots import spot

_PHRASE = re.compile(r"[\u4e00-\u9fff]{6,12}$")
_PUBLISHED = re.compile(r"(?:发布|推送|编发)(?:微信)?(?:推文|文章|图文|稿件)\s*$")
_MANY = re.compile("每|各|分别|一个|其中|另|上年|去年|同比|目标|计划")
#: What is held against the year before is what came of the project (企业研发投入由…增加到…), not its money.
_COMPARED = re.compile("(?:由|从|比|较)(?:上年|20[0-9]{2}年)|同比")
_LEAST_DIGITS = 3
_POWER = 4


def check_same_phrase(own: OwnText) -> Iterator[Finding]:
    """B01: the same six and more characters before a number of the same unit give the same number."""
    seen: dict[tuple[str, str], Mention] = {}
    for claim in own.claims:
        mention = claim.mention
        match = _PHRASE.search(own.text, max(0, mention.start - 12), mention.start)
        if (
            match is None
            or not mention.unit
            or _MANY.search(match[0])
            or mention.bound is not Bound.EXACT
            or mention.unit in ("分", "%")
        ):
            continue
        first = seen.setdefault((match[0][-6:], mention.unit), mention)
        if first.value != mention.value:
            message = f"“{match[0]}”此处为{mention.text.strip()}，前文为{first.text.strip()}"
            yield spot(
                "B01",
                own.text,
                (mention.start, mention.end),
                message,
                "请核对，全文统一",
                expected=first.text.strip(),
            )


def check_same_thing(own: OwnText) -> Iterator[Finding]:
    """B01: what was published is counted once, whether 条 or 篇 (推文1300条, 推送文章892篇)."""
    first: Mention | None = None
    for claim in own.claims:
        mention = claim.mention
        published = _PUBLISHED.search(own.text, max(0, mention.start - 10), mention.start)
        if published is None or mention.unit not in ("条", "篇") or mention.bound is not Bound.EXACT:
            continue
        if first is not None and first.value != mention.value:
            message = f"发布数量此处为{mention.text.strip()}，前文为{first.text.strip()}"
            yield spot(
                "B01",
                own.text,
                (mention.start, mention.end),
                message,
                "请核对，全文统一",
                expected=first.text.strip(),
            )
        first = first or mention


def check_scale_jumps(own: OwnText) -> Iterator[Finding]:
    """C02: the same digits ten thousand times larger elsewhere (765000.00万元 and 76.50)."""
    amounts = [mention for mention in own.mentions if mention.kind is MentionKind.QUANTITY and mention.value]
    values = {
        mention.value.normalize() for mention in amounts if mention.value and mention.unit in ("万元", "")
    }
    for mention in amounts:
        if (
            mention.unit != "万元"
            or mention.written_unit != "万元"
            or mention.value is None
            or mention.value < Decimal(1000)
        ):
            continue
        smaller = mention.value.scaleb(-_POWER).normalize()
        digits = len(smaller.as_tuple().digits)
        if digits >= _LEAST_DIGITS and smaller in values:
            message = f"“{mention.text.strip()}”是别处{smaller:f}的一万倍，疑把元写成了万元"
            yield spot(
                "C02",
                own.text,
                (mention.start, mention.end),
                message,
                "请核对金额单位",
                expected=f"{smaller:f}万元",
            )


def check_needless_approximation(own: OwnText) -> Iterator[Finding]:
    """B20: 近11场 beside 11场次."""
    exact = [
        mention
        for mention in own.mentions
        if mention.kind is MentionKind.QUANTITY and mention.bound is Bound.EXACT
    ]
    for mention in own.mentions:
        if (
            mention.approximation not in ("近", "约", "大约", "将近")
            or not mention.unit
            or mention.kind is not MentionKind.QUANTITY
        ):
            continue
        twin = next(
            (
                other
                for other in exact
                if other.value == mention.value and other.unit and compatible(other.unit, mention.unit)
            ),
            None,
        )
        if twin is not None and not mention.chinese:
            yield spot(
                "B20",
                own.text,
                (mention.start, mention.end),
                f"“{mention.text}”是约数，别处为确数“{twin.text.strip()}”",
                "请写确数",
                expected=twin.text.strip(),
            )


def check_rare_numbers(own: OwnText) -> Iterator[Finding]:
    """B21: one large uncommon number for two different things (3210人次, 3210余件)."""
    found: dict[Decimal, list[Mention]] = defaultdict(list)
    for mention in own.mentions:
        value = mention.value
        large = value is not None and mention.kind is MentionKind.QUANTITY and value >= limits().rare_from
        if large and value is not None and value % 100 and mention.unit not in ("万元", "%", "", "年"):
            found[value].append(mention)
    for mentions in found.values():
        first = mentions[0]
        for other in mentions[1:]:
            if not compatible(first.unit, other.unit):
                yield spot(
                    "B21",
                    own.text,
                    (other.start, other.end),
                    f"“{other.text.strip()}”与前文“{first.text.strip()}”数字相同而事项不同",
                    "请核对是否误填",
                )


def check_unrelated_amounts(own: OwnText) -> Iterator[Finding]:
    """B18: an amount of more than ten times the project's budget."""
    budgets = [
        claim.mention.value
        for claim in own.claims
        if claim.attributes & {"budget", "initial"}
        and claim.mention.unit == "万元"
        and claim.mention.written_unit != "元"
        and claim.mention.value
    ]
    if not budgets or "部门整体" in own.text[:200]:
        return
    for sentence, claim in ((sentence, claim) for sentence, claims in own.sentences for claim in claims):
        value = claim.mention.value
        if _COMPARED.search(own.text, sentence.start, sentence.end):
            continue
        if (
            claim.mention.unit == "万元"
            and value is not None
            and value > limits().unrelated_times * max(budgets)
        ):
            yield spot(
                "B18",
                own.text,
                (claim.mention.start, claim.mention.end),
                f"“{claim.mention.text.strip()}”超过项目预算{max(budgets):f}万元的{limits().unrelated_times:f}倍，疑与本项目无关",
                "请只写本项目的成效",
            )
