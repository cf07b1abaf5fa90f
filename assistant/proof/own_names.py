"""Names of a text that are not its own: another place's office, an indicator under another name. Knows no report."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from assistant.domain.finding import Finding, Severity
from assistant.domain.numerals import Bound, Mention
from assistant.proof.own_text import OwnText, Row
from assistant.proof.spots import spot

_OWNER = re.compile(
    r"(?m:^)\s*(?P<place>[\u4e00-\u9fff]{2,4}[县区市镇乡])(?P<office>[\u4e00-\u9fff]{2,20}?)(?=20[0-9]{2}年)"
)
#: Characters that a place is named with, the words of a sentence left out.
_PLAIN = "(?:(?![建议由为请向经报全我本与和对在各从受据按是及被该])[\u4e00-\u9fff])"
_OPENING = 120
_WORDS = re.compile("[\u4e00-\u9fff]+")
_LEAST_NAME = 5
_MOST_APART = 2


def check_other_office(own: OwnText) -> Iterator[Finding]:
    """C04: 青禾区应急管理局 in the report of 白鹭区应急管理局; an office of another level is another one."""
    owner = _OWNER.search(own.text[:_OPENING])
    if owner is None:
        return
    place, office = owner["place"], owner["office"]
    level = "[县区]" if place[-1] in "县区" else place[-1]
    named = re.compile(
        f"(?<![\u4e00-\u9fff])(?P<place>{_PLAIN}{{{len(place) - 1}}}{level}){re.escape(office)}"
    )
    for match in named.finditer(own.text, owner.end()):
        other = match["place"]
        if other != place and own.text.count(f"{other}{office}") == 1 and own.text.count(place) >= 2:
            message = f"本报告的单位是{place}{office}，此处为“{match[0]}”"
            span = match.span()
            yield spot(
                "C04",
                own.text,
                span,
                message,
                "请核对单位名称",
                expected=place + office,
                severity=Severity.WARNING,
            )


def check_names_before_values(own: OwnText) -> Iterator[Finding]:
    """C04: 资金兑付及时率95.00% where the row of 95.00% is called 资金拨付及时率."""
    rows = [row for table in own.tables for row in table.rows if len(row.label) >= _LEAST_NAME]
    labels = Counter(row.label for row in rows)
    for claim in own.claims if rows else ():
        said = claim.mention
        near = [row for row in rows if _is_nearly(own, row, said)]
        if len(near) == 1 and labels[near[0].label] == 1:
            start = said.start - len(near[0].label)
            name = own.text[start : said.start]
            if name not in labels and own.text.count(name) == 1:
                message = f"表中没有“{name}”，数值相同的一行是“{near[0].label}”"
                span = (start, said.start)
                yield spot("C04", own.text, span, message, "请统一名称", expected=near[0].label)


def _is_nearly(own: OwnText, row: Row, said: Mention) -> bool:
    """Whether a number is the result of a row and behind a name one or two characters from its name."""
    known, label = row.number("actual"), row.label
    if known is None or said.bound is not Bound.EXACT or (known.value, known.unit) != (said.value, said.unit):
        return False
    name = own.text[max(0, said.start - len(label)) : said.start]
    if not _WORDS.fullmatch(name):
        return False
    apart = sum(a != b for a, b in zip(name, label, strict=False))
    return (
        len(name) == len(label) and name[-1] == label[-1] and 0 < apart <= _MOST_APART and name[0] == label[0]
    )
