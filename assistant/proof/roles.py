"""The role of a number (执行数、得分、年度指标值…): from the words before, behind, or of the number before.

Reads one sentence; knows the role words of `lexicon`, no figures.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from assistant.domain.numerals import Mention, MentionKind
from assistant.proof.context import Context
from assistant.proof.frames import Frame, Relation
from assistant.proof.layout import Span, clause_around
from assistant.proof.ledger import WHOLE_REPORT
from assistant.proof.lexicon import (
    POSSIBLE,
    ROLE,
    ROLE_ATTRIBUTES,
    WORDED,
    UnitClass,
    unit_class,
)
from assistant.proof.subjects import Named

_RESPECTIVELY = re.compile("分别|依次|各为")
_JOINTS = re.compile(
    r"^中?[\s、，,和及与或（(：:]*(?:其中|一是|二是)?[：:，]?(?:子?项目)?(?:为|达|达到|则为|占)?[\s“”（(]*$"
)
_HANGING = re.compile(r"^[\s）)的]{0,3}$")
_BOUNDING, _TARGETS = ("≥", "≤", "＞", "＜"), frozenset({"target", "cycle"})
_RATE_RIGHT_BEFORE = re.compile("(?:[率占]比?|年度指标值|目标值?|实际完成)”?[为是达到：:]{0,2}$")
_ROLE_RIGHT_BEFORE = re.compile("(?:指标值|实际完成)[为是：:]?$")
_YEAR_FIRST = re.compile("(?:20[0-9]{2}年|上年|去年)")
_INITIAL_BASE = re.compile("年初预算(?:数)?(?:为|作)?(?:分母|基数|口径|计算|衡量)[^；。]*$")
_DIFFERENCES = frozenset({Relation.DIFFERENCE, Relation.TIMES})


class Roles(Context):
    """Reads what a number is: the role word before or behind it, or that of the number before."""

    def role_of(self, mention: Mention, clause: Span, limit: int, frame: Frame) -> tuple[frozenset[str], int]:
        """Return the role of a number, and where a role word behind it that was used up ends."""
        if _YEAR_FIRST.match(self.text, clause.start) and self.text[clause.start - 1 : clause.start] in "（(":
            self.at = max(self.at, clause.start)
        window = self.text[self.at : mention.start]
        possible = self._possible(mention, window, frame)
        found = [
            (start, roles & possible)
            for start, roles in self._roles(self.at, mention.start, frame)
            if roles & possible
        ]
        own = [roles for _, roles in found]
        hanging, behind = self._hanging(mention, limit)
        if frame.share_of is not None and frame.share_of.start >= mention.end:
            hanging, behind = frozenset(), frame.share_of.end
        hanging &= possible
        if _RESPECTIVELY.search(window):
            self.queue = own[1:] if len(own) > 1 else []
            return (own[0] if own else frozenset()), mention.end
        if self.queue and not own:
            return self.queue.pop(0), mention.end
        in_clause = any(start >= clause.start for start, _ in found)
        if hanging and (not in_clause or self.text.startswith("的", mention.end)):
            return hanging, behind
        if "rate" in (own[-1] if own else ()) and _INITIAL_BASE.search(
            self.text, self.sentence.start, mention.start
        ):
            return own[-1] | {"initial_rate"}, mention.end
        if own and (in_clause or not self._is_stale(found[-1][0], clause, mention)):
            done = own[-1] == {"actual"} and unit_class(mention.unit) is UnitClass.PERCENT
            return own[-1] | ({"completion", "rate"} if done else set()), mention.end
        return self._carried(mention, frame, window) & possible, mention.end

    def _is_stale(self, at: int, clause: Span, mention: Mention) -> bool:
        """Whether a role word of an earlier clause is of something else: an indicator is named since."""
        return any(
            name.has("i") and not name.weak and clause.start <= name.start and at < name.start < mention.start
            for name in self.named
        )

    def _carried(self, mention: Mention, frame: Frame, window: str) -> frozenset[str]:
        """The role of the number before, in a list or where the one before was a difference of the same."""
        said = [claim for claim in self.before if claim.mention.kind is MentionKind.QUANTITY]
        if not said:
            return frozenset()
        last = said[-1]
        if self.operand_itself(mention) is not None:
            return last.attributes
        if frame.relation in (Relation.TO, Relation.DIFFERENCE, Relation.SHARE):
            return last.attributes
        colon = self.text.rfind("：", said[0].mention.end, mention.start)
        opened = [claim for claim in said if claim.mention.end <= colon]
        if colon >= 0 and opened and opened[-1].attributes and last.mention.start > colon:
            return opened[-1].attributes
        if colon >= 0 and opened and last is opened[-1]:
            return last.attributes
        joined = self._without_names(self.at, mention.start)
        return last.attributes if _JOINTS.match(joined) else frozenset()

    def _roles(self, start: int, end: int, frame: Frame) -> Iterator[tuple[int, frozenset[str]]]:
        """The role words in [start, end), none of them part of a name or of what is held against."""
        held = [(n.start, n.end) for n in self.named if n.has("ioltesuc") and n.end > start]
        if frame.against is not None and frame.relation in _DIFFERENCES:
            held.append((frame.against.start, frame.against.end))
        if frame.word is not None:
            held.append((frame.word.start, frame.word.end))
        if frame.share_of is not None:
            held.append((frame.share_of.start - 1, frame.share_of.end + 1))
        for match in ROLE.finditer(self.text, start, end):
            if match.end() <= end and not any(a <= match.start() < b for a, b in held):
                yield match.start(), ROLE_ATTRIBUTES[match.lastgroup or ""]

    def _possible(self, mention: Mention, window: str, frame: Frame) -> frozenset[str]:
        if mention.kind is not MentionKind.QUANTITY:
            return WORDED
        if frame.relation in (Relation.DIFFERENCE, Relation.TIMES, Relation.SHARE, Relation.MEAN):
            return POSSIBLE[UnitClass.BARE] | {"count"}
        if mention.sign in _BOUNDING:
            return POSSIBLE[unit_class(mention.unit)] - {"deviation"} | _TARGETS
        kind = unit_class(mention.unit)
        if kind is UnitClass.POINTS and _RATE_RIGHT_BEFORE.search(window):
            return POSSIBLE[UnitClass.PERCENT]
        return POSSIBLE[kind]

    def _hanging(self, mention: Mention, limit: int) -> tuple[frozenset[str], int]:
        """The role word behind a number (186.50万元的预算, 24万元没有花出去) and where it ends."""
        clause_end = clause_around(self.text, mention.start, mention.end).end
        end = min(limit, mention.end + 14, clause_end)
        match = ROLE.search(self.text, mention.end, end)
        if match is None or not _HANGING.match(self.text[mention.end : match.start()]):
            return frozenset(), mention.end
        if (
            limit - match.end() <= 1
            and limit < self.sentence.end
            and not self.text.startswith("的", mention.end)
        ):
            return frozenset(), mention.end
        return ROLE_ATTRIBUTES[match.lastgroup or ""], match.end()

    def _without_names(self, start: int, end: int) -> str:
        """The words between two numbers without names: 产出指标80分，满意度指标10分."""
        held = [n for n in self.named if start <= n.start and n.end <= end and n.subjects != (WHOLE_REPORT,)]
        return "".join(
            char
            for place, char in enumerate(self.text[start:end], start)
            if not any(name.start <= place < name.end for name in held)
        )

    def result_of(
        self, mention: Mention, own: Sequence[Named], frame: Frame, *, told: bool
    ) -> frozenset[str]:
        """Return what a number says of an indicator without any role word is its result; a date its result or target."""
        if frame.relation is Relation.DIFFERENCE or not own or not own[0].has("i"):
            return frozenset()
        behind = told or self.text[own[0].end : mention.start].strip("”’为达到是：: （(") == ""
        if mention.kind is not MentionKind.QUANTITY or mention.sign:
            return WORDED if behind else frozenset()
        if unit_class(mention.unit) is UnitClass.MONEY and own[0].has("l"):
            return frozenset()
        result = frozenset({"actual", "quantity"}) if own[0].has("l") else frozenset({"actual"})
        return result if behind else frozenset()

    def is_fixed(self, mention: Mention, attributes: frozenset[str], own: Sequence[Named]) -> bool:
        """Return whether 年度指标值为 or 实际完成 stands right before the number and an indicator's name before that."""
        if not attributes or not attributes <= WORDED or not own or not own[0].has("i"):
            return False
        before = self.text[max(self.sentence.start, mention.start - 10) : mention.start]
        return own[0].end <= mention.start and _ROLE_RIGHT_BEFORE.search(before) is not None
