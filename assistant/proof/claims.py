"""What each number of a sentence claims: its relation, its role (attributes), its subjects nearest first, the year.

Reads context only; what the figures say is decided in `expected`, whether it agrees in `judging`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.domain.numerals import Mention, MentionKind
from assistant.proof.claim import Claim, Paragraph
from assistant.proof.counting import counted
from assistant.proof.frames import PLAIN, Frame, Relation, frame_of
from assistant.proof.layout import Span
from assistant.proof.ledger import WHOLE_REPORT
from assistant.proof.lexicon import (
    LAST_YEAR,
    THIS_YEAR,
)
from assistant.proof.roles import Roles
from assistant.proof.subjects import Named, Names, only_project
from assistant.proof.whose import Whose

_BOUNDING, _TARGETS = ("≥", "≤", "＞", "＜"), frozenset({"target", "cycle"})
_BESIDE = re.compile("[较比与同由从]$")
_RESULTS = frozenset({"actual"})
_GOAL = re.compile(
    "(?:年度|绩效|预期|总体|年初)(?:绩效)?目标(?:为|是|提出|包括|明确)?[：:“]|(?:计划|预期|目标)(?:为|是)："
)
_FORMER = re.compile("前者|后者")
_LIST = re.compile(r"[、和及与\s]+")
_EACH = re.compile("[均都](?:[为达是在超高低不已实]|$)|[各每](?:子)?项目")
_DIFFERENCES = frozenset({Relation.DIFFERENCE, Relation.TIMES})


def claims_of(paragraph: Paragraph, sentence: Span, mentions: Sequence[Mention], names: Names) -> list[Claim]:
    """Return the claim of each quantity in a sentence."""
    named = _plain(names.find(paragraph.text, sentence), paragraph.text)
    named = sorted([*named, *_pronouns(paragraph, sentence, named)], key=lambda name: name.start)
    paragraph_names = list(paragraph.names)
    paragraph.spoken_of = only_project(paragraph_names, paragraph.project)
    paragraph.names += named
    return _Sentence(paragraph, sentence, mentions, named, names, paragraph_names).claims()


def _plain(named: list[Named], text: str) -> list[Named]:
    """The names of a sentence; where rows are named in quotes, parts of names are words like any other."""
    quoted = any(
        name.has("ilot") and not name.weak and text[name.start - 1 : name.start] == "“" for name in named
    )
    return [name for name in named if not (quoted and name.weak)]


def _pronouns(paragraph: Paragraph, sentence: Span, named: Sequence[Named]) -> list[Named]:
    """前者 and 后者: the last two rows or sub-projects named before."""
    found = []
    for match in _FORMER.finditer(paragraph.text, sentence.start, sentence.end):
        before = [
            n
            for n in (*paragraph.names, *named)
            if n.end <= match.start() and n.subjects != (WHOLE_REPORT,) and not n.has("xgh")
        ]
        pair = list({name.subjects: name for name in before}.values())[-2:]
        if len(pair) == 2:
            one = pair[match[0] == "后者"]
            found.append(Named(match.start(), match.end(), one.subjects, match[0]))
    return found


class _Sentence(Roles, Whose):
    """One sentence, read number by number."""

    def claims(self) -> list[Claim]:
        """Return the claims in order."""
        self.shared = self.respective()
        for index, mention in enumerate(self.mentions):
            self.before.append(self._claim(index, mention))
        return self.before

    def _claim(self, index: int, mention: Mention) -> Claim:
        limit = self.mentions[index + 1].start if index + 1 < len(self.mentions) else self.sentence.end
        clause = self.clause_of(mention)
        frame = self._frame(mention, clause, limit)
        counts = counted(self.text, mention, self.at)
        frame = PLAIN if counts else frame
        attributes, behind = (counts, mention.end) if counts else self.role_of(mention, clause, limit, frame)
        worded = bool(attributes)
        own = self.own_names(index, mention, clause)
        attributes = attributes or self.result_of(mention, own, frame, told=index in self.shared)
        if attributes <= _RESULTS | {"quantity"} and _GOAL.search(
            self.text, self.sentence.start, mention.start
        ):
            attributes = attributes | _TARGETS | _RESULTS
        versus = self.versus(frame, own)
        levels, known = self.levels_of(attributes, own, mention, clause)
        last = (
            frame.relation not in _DIFFERENCES
            and frame.relation is not Relation.FROM
            and self._speaks_of_last_year(mention)
        )
        fixed = self.shared.get(index) is None and self.is_fixed(mention, attributes, own)
        each = _EACH.search(self.text, max(clause.start, self.at), mention.start) is not None
        self.at = max(mention.end, behind)
        return Claim(
            mention, self.sentence, attributes, levels, known, last, frame, versus, self.paragraph.project,
            fixed=fixed, each=each, worded=worded, near=self.near(mention, clause), who=Span(own[0].start, own[0].end) if own else None,
        )  # fmt: skip

    def _frame(self, mention: Mention, clause: Span, limit: int) -> Frame:
        if mention.kind is not MentionKind.QUANTITY:
            return PLAIN
        if self.operand_itself(mention) is not None:
            return PLAIN
        before = self.before[-1] if self.before else None
        joined = before is not None and _LIST.fullmatch(self.text, before.mention.end, mention.start)
        if joined and before is not None and before.frame.relation is Relation.DIFFERENCE:
            return before.frame
        return frame_of(self.text, mention, max(self.at, clause.start), limit, self.compared)

    def _speaks_of_last_year(self, mention: Mention) -> bool:
        window = self.text[self.sentence.start : mention.start]
        last, at = False, -1
        for match in LAST_YEAR.finditer(window):
            compares = bool(match["than"]) or match[0] == "同比"
            if compares and self._passed(match.end(), mention):
                last, at = False, match.end()
                continue
            last, at = not compares or not _changes_follow(window[match.end() :]), match.end()
        for word in self._year_words():
            position = window.rfind(word[0])
            if position > at:
                at, last = position, word[1]
                beside = _BESIDE.search(window[:position]) is not None
                if last and beside and self._passed(self.sentence.start + position, mention):
                    last = False
        if re.search("(?:增|减|升|降|高|低|调|变)[^，。；]{0,2}[到至为]$", window):
            return False
        return last and not any(match.start() > at for match in THIS_YEAR.finditer(window))

    def _passed(self, at: int, mention: Mention) -> bool:
        """Whether another number stands between a place and a number: 较2022年的89.8%提高1.9个百分点."""
        return any(
            at < other.start < mention.start and other.kind is MentionKind.QUANTITY for other in self.mentions
        )

    def _year_words(self) -> list[tuple[str, bool]]:
        return [
            (f"{year}年", last)
            for year, last in ((self.paragraph.last_year, True), (self.paragraph.this_year, False))
            if year
        ]


def _changes_follow(rest: str) -> bool:
    return bool(re.search("[增减升降多少高低提涨回]", rest)) or rest.strip("，, ") == ""
