"""Parts and wholes inside a sentence of a text: rates of counts, shares of one whole, counts with their parts.

Precision before reach: a relation is claimed only where the words name it. Knows no report.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from assistant.domain.finding import Finding, Severity
from assistant.domain.numerals import Bound, Mention
from assistant.proof.claim import Claim
from assistant.proof.own_parts import PARTS, parts_behind, to_blame, without_parts
from assistant.proof.own_ratios import rate_of, share_holds
from assistant.proof.own_text import OwnText
from assistant.proof.spots import spot

_RATE_NAME = re.compile(r"(?P<name>[\u4e00-\u9fff]{1,12}?(?:率|满意度))[为是达到约：:]*$")
_GENERIC = re.compile("及时|按[期时]|达标|合格|有效|优良")
_NOT_A_RESULT = re.compile("目标|指标值|计划|不低于|不少于|要求|上年|比|较|力争")
_PEOPLE = ("人", "名", "位")
_SHARES = re.compile("分别占[^。；，\n]{0,14}$")
_AND = re.compile(r"\s*[和与、及]\s*")
_CATEGORY = re.compile("产出|效益|满意度|成本")


def check_counted_rates(own: OwnText) -> Iterator[Finding]:
    """A18: 应出具报告1890份，按时出具1802份，按时出具率95.34%: the rate's name stands in the words of its part."""
    for sentence, everything in own.sentences:
        claims = without_parts(own.text, sentence, everything)
        for position in range(2, len(claims)):
            rate, part = claims[position].mention, claims[position - 1].mention
            whole = _whole_of(part, claims[: position - 1])
            match = _RATE_NAME.search(own.text, sentence.start, rate.start)
            if match is None or whole is None or rate.unit != "%" or not _exact(rate, part, whole):
                continue
            said = own.text[max(sentence.start, whole.start - 12) : part.end + 2]
            if _NOT_A_RESULT.search(own.text, part.start - 6, rate.start):
                continue
            if _is_named(match["name"], said) and not share_holds(_counted(part), _counted(whole), rate):
                right = rate_of(part, whole)
                message = f"{match['name']}写为{rate.text.strip()}，按{part.text.strip()}/{whole.text.strip()}计算应为{right}"
                yield spot("A18", own.text, (rate.start, rate.end), message, "请核对数值", expected=right)


def _counted(mention: Mention) -> Mention:
    """A count is exact, not rounded to a whole number."""
    return mention.model_copy(update={"places": 9}) if mention.places == 0 else mention


def _whole_of(part: Mention, claims: Sequence[Claim]) -> Mention | None:
    """Return the number nearest before a part that it can be part of."""
    if not part.value or part.unit in ("", "%", "分", "万元"):
        return None
    units = _PEOPLE if part.unit in _PEOPLE else (part.unit,)
    same = [claim.mention for claim in claims if claim.mention.unit in units]
    return same[-1] if same and (same[-1].value or 0) >= part.value else None


def _exact(*mentions: Mention) -> bool:
    return all(mention.bound is Bound.EXACT and not mention.chinese for mention in mentions)


def _is_named(name: str, said: str) -> bool:
    """Whether two characters of the rate's name that stand together stand in the words of whole and part."""
    root = name.removesuffix("率").removesuffix("度")
    pairs = {root[at : at + 2] for at in range(len(root) - 1)} - {"完成"}
    return any(pair in said for pair in pairs) or (
        _GENERIC.search(root) is not None and re.search("其中|内|按|及时", said) is not None
    )


def check_shares_of_a_whole(own: OwnText) -> Iterator[Finding]:
    """A18: 基本支出…，项目支出…，分别占总支出的38.14%和61.86%: two shares of what the two amounts add up to."""
    for sentence, claims in own.sentences:
        for position in range(2, len(claims) - 1):
            first, second = claims[position].mention, claims[position + 1].mention
            amounts = [claim.mention for claim in claims[position - 2 : position]]
            joined = _AND.fullmatch(own.text, first.end, second.start)
            announced = _SHARES.search(own.text, sentence.start, first.start)
            if (
                announced is None
                or joined is None
                or {first.unit, second.unit} != {"%"}
                or not _alike(amounts)
            ):
                continue
            near = (first.value or Decimal(0)) + (second.value or Decimal(0))
            if abs(near - 100) > 10:
                continue
            whole = amounts[0].model_copy(
                update={"value": sum((a.value or Decimal(0) for a in amounts), Decimal(0))}
            )
            for amount, share in zip(amounts, (first, second), strict=True):
                if not share_holds(amount, whole, share):
                    right = rate_of(amount, whole)
                    message = f"占比写为{share.text.strip()}，按{amount.text.strip()}/{whole.value:f}{whole.written_unit}计算应为{right}"
                    yield spot(
                        "A18", own.text, (share.start, share.end), message, "请核对数值", expected=right
                    )


def _alike(amounts: Sequence[Mention]) -> bool:
    return (
        len({amount.unit for amount in amounts}) == 1
        and amounts[0].unit not in ("", "%")
        and _exact(*amounts)
    )


def check_counts_with_parts(own: OwnText) -> Iterator[Finding]:
    """B13: 三级指标7项，其中产出指标4项、效益指标2项、满意度指标1项; 9家机构，包括6家…和3家…."""
    for sentence, claims in own.sentences:
        for match in PARTS.finditer(own.text, sentence.start, sentence.end):
            before = [c.mention for c in claims if c.mention.end <= match.start()]
            parts = parts_behind(own.text, claims, match.end())
            if not before or len(parts) < 2 or not _same_counts([before[-1], *parts]):
                continue
            whole, added = before[-1], sum((part.value or Decimal(0) for part in parts), Decimal(0))
            short = added < (whole.value or Decimal(0))
            whole_list = match["word"] != "其中" or _CATEGORY.search(own.text, match.end(), parts[-1].end)
            if (
                added == whole.value
                or whole.value == 1
                or match.start() - whole.end > 14
                or (short and not whole_list)
            ):
                continue
            message = f"写明{whole.text.strip()}，所列相加为{added:f}{whole.written_unit}"
            yield spot(
                "B13",
                own.text,
                to_blame(own, whole, parts),
                message,
                "请核对总数和各项",
                expected=f"{added:f}{whole.written_unit}",
                severity=Severity.WARNING if short else None,
            )


def _is_apart(text: str, mention: Mention) -> bool:
    """Whether a number is a difference (比目标多1次), which what follows does not part."""
    return text[max(0, mention.start - 2) : mention.start].endswith(
        ("多", "少", "超", "差", "增", "减", "加")
    )


def _same_counts(mentions: Sequence[Mention]) -> bool:
    units = {mention.unit for mention in mentions}
    return len(units) == 1 and not units & {"", "%", "分", "万元", "年", "月", "天"} and _exact(*mentions)
