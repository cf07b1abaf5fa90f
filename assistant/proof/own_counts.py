"""The same thing counted twice, once before and once behind its name (5期广播节目, 广播节目24期). Knows no report."""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistant.domain.finding import Finding, Severity
from assistant.domain.numerals import Bound, Mention, MentionKind
from assistant.proof.own_text import OwnText
from assistant.proof.spots import spot

_NAME_BEHIND = re.compile("(?P<name>[\u4e00-\u9fff]{4})(?=[、，。；]|和|及)")
_NAME_BEFORE = re.compile("(?:^|[^\u4e00-\u9fff])[\u4e00-\u9fff]{0,12}?(?P<name>[\u4e00-\u9fff]{4})$")
_NOT_A_RESULT = re.compile("计划|目标|上年|同比|比|较|每|其中|平均|至少|不少于|新增|另")
_AROUND = 12


def check_counted_twice(own: OwnText) -> Iterator[Finding]:
    """B01: what is counted before its name is counted alike behind it; years, money and rates are no counts."""
    before: dict[tuple[str, str], Mention] = {}
    for mention in filter(_is_count, own.mentions):
        match = _NAME_BEHIND.match(own.text, mention.end)
        if match and not _NOT_A_RESULT.search(own.text, max(0, mention.start - _AROUND), mention.start):
            before.setdefault((match["name"], mention.unit), mention)
    for mention in filter(_is_count, own.mentions) if before else ():
        words = own.text[max(0, mention.start - _AROUND) : mention.start]
        match = _NAME_BEFORE.search(words)
        first = (
            before.get((match["name"], mention.unit)) if match and not _NOT_A_RESULT.search(words) else None
        )
        if first is not None and match is not None and first.value != mention.value:
            message = f"“{match['name']}”此处为{mention.text.strip()}，另一处为{first.text.strip()}"
            span = (mention.start, mention.end)
            yield spot(
                "B01",
                own.text,
                span,
                message,
                "请核对，全文统一",
                expected=first.text.strip(),
                severity=Severity.WARNING,
            )


def _is_count(mention: Mention) -> bool:
    return (
        mention.kind is MentionKind.QUANTITY
        and mention.bound is Bound.EXACT
        and not mention.chinese
        and mention.unit in ("期", "场", "个", "项", "次", "座", "套", "台", "篇", "条", "部", "批")
    )
