"""What the checks of words share: guards that take back a claim, the row or sub-project spoken of, the finding.

Knows rows of a scorecard, no figures of its own.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.domain.finding import Finding
from assistant.domain.register import finding
from assistant.domain.scorecard import ProjectScore, Row
from assistant.proof.layout import Span, clause_around
from assistant.proof.naming import Subject
from assistant.proof.subjects import Named

_GUARD = re.compile(
    "除|其余|其他|余下|力争|计划(?![数值内外])|拟|预期(?!目标)|目标是|争取|确保|能否|是否|如果|若|未能|并非|不是|后续|下一步"
)
_NEAR_GUARD = re.compile(
    "[两三几]块|数量上|基本|大部分|多数|部分|将|应(?!急)|要求|不得|不能|尚未|未(?!执行|支)|没有|有待|继续|及时(?!率)|推动|努力|促进|保证|保障|才"
)
#: Words that speak of another time than the year of the report.
ELSEWHEN = re.compile(
    "下年度?|下一年度?|明年|下一步|将|力争|计划|标准[为是：]|核验|上年(?!度?[结执])|去年|往年|历年"
)


def project_of(at: int, project: int, named: Sequence[Named]) -> int:
    """Return the sub-project named last before a place, else the one a text stands under."""
    spoken = [name.subjects[0][0] for name in named if name.start < at and name.subjects[0][1] == ""]
    return spoken[-1] if spoken else project


def under(subjects: Sequence[Subject], project: int) -> tuple[Subject, ...]:
    """Return whom a name that several sub-projects share means under one of them."""
    return tuple(subject for subject in subjects if subject[0] == project) or tuple(subjects)


def guarded(text: str, span: Span) -> bool:
    """Return whether a word of plan, negation or part takes back what follows the span."""
    near = Span(clause_around(text, span.end, span.end).start, span.end)
    held = _GUARD.search(text, span.start, span.end) or _NEAR_GUARD.search(text, near.start, near.end)
    return held is not None


def names_of_rows(rows: Sequence[Row]) -> str:
    """Return the names of rows for a message, three at most."""
    shown = "、".join(f"“{row.name}”" for row in rows[:3])
    return f"{shown}等{len(rows)}项指标" if len(rows) > 3 else shown


def word_finding(rule: str, text: str, start: int, end: int, message: str, expected: str) -> Finding:
    """Return the finding about a word that the figures do not bear out."""
    remedy = "请按数据改写这一用语，或先更正填报数据"
    return finding(
        rule,
        message,
        remedy=remedy,
        start=start,
        end=end,
        text=text[start:end],
        observed=text[start:end],
        expected=expected,
    )


def rows_of(name: Named, cards: Sequence[ProjectScore]) -> list[Row]:
    """Return the rows of the scorecard that a name means."""
    return [
        cards[project - 1].rows[number - 1]
        for project, kind, number in name.subjects
        if kind == "i" and 0 < project <= len(cards) and number <= len(cards[project - 1].rows)
    ]
