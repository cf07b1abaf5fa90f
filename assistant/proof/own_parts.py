"""The parts that a sentence lists of a whole (其中、包括…): which numbers they are, and what to blame.

The parts of a list are no part and whole of one another. Knows no report.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.domain.numerals import Mention, MentionKind
from assistant.proof.claim import Claim
from assistant.proof.layout import Span
from assistant.proof.own_text import OwnText

PARTS = re.compile(r"(?P<word>其中|包括|分别为|分为|含)(?:有|了)?[：:]?")
_STOP = re.compile("[。；]|每|等|平均|比|较|目标|计划|指标值|任务")
_APART = re.compile("[多少差超][了出]?$|(?:增加|减少|新增)了?$")
_LONGEST_GAP = 20
_LONGEST_ANCHOR = 40
_SPANS_OF_TIME = ("分钟", "小时", "天", "日", "个工作日", "年", "月", "岁")


def parts_behind(text: str, claims: Sequence[Claim], start: int) -> list[Mention]:
    """Return the numbers of a list, one behind another, until another unit or a word of comparison comes."""
    found: list[Mention] = []
    for claim in claims:
        mention = claim.mention
        if mention.start < start:
            continue
        gap = text[found[-1].end if found else start : mention.start]
        if (found and mention.unit != found[-1].unit) or _STOP.search(gap) or len(gap) > _LONGEST_GAP:
            break
        found.append(mention)
    return found


def without_parts(text: str, sentence: Span, claims: Sequence[Claim]) -> list[Claim]:
    """Return the claims of a sentence but for lists of two parts and more, and for spans of time (5分钟到场率)."""
    listed: set[int] = set()
    for match in PARTS.finditer(text, sentence.start, sentence.end):
        parts = parts_behind(text, claims, match.end())
        listed |= {part.start for part in parts} if len(parts) >= 2 else set()
    return [
        claim
        for claim in claims
        if claim.mention.start not in listed
        and claim.mention.unit not in _SPANS_OF_TIME
        and not _APART.search(text, sentence.start, claim.mention.start)
    ]


def to_blame(own: OwnText, whole: Mention, parts: Sequence[Mention]) -> tuple[int, int]:
    """Return the place of the number that nothing else in the text bears out, else of the whole relation."""
    numbers = [whole, *parts]
    within = {mention.start for mention in numbers}
    seen = {
        (mention.value, mention.unit)
        for mention in own.mentions
        if mention.kind is MentionKind.QUANTITY and mention.start not in within
    }
    alone = [m for m in numbers if (m.value, m.unit) not in seen and not _is_counted(own, m)]
    if len(alone) == 1:
        return alone[0].start, alone[0].end
    start = min(within if whole in alone else [part.start for part in parts])
    end = max(mention.end for mention in numbers)
    return (start, end) if end - start <= _LONGEST_ANCHOR else (whole.start, whole.end)


def _is_counted(own: OwnText, mention: Mention) -> bool:
    """Whether a table has so many rows of the name right before a number (产出指标4项), or so many rows at all."""
    name = re.search("[\u4e00-\u9fff]+$", own.text[max(0, mention.start - 12) : mention.start])
    scored = [t for t in own.tables if any("weight" in column for column in t.columns)]
    for table in scored if name is not None else ():
        rows = [row for row in table.rows if len(row.labels) >= 1 and not re.search("合计|总计", row.label)]
        first = [row.cells[0][1].strip() for row in rows]
        same = [text for text in first if len(text) >= 2 and name is not None and name[0].endswith(text)]
        if same and len(same) == mention.value:
            return True
        if name is not None and name[0].endswith("级指标") and not same and len(rows) == mention.value:
            return True
    return False
