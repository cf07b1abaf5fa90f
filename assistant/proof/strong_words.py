"""Words that are functions of the figures: grades, completeness, spending (优、全部完成、没有结余; N05, N06, B05, B06).

Puts the kinds of words together; each reads one sentence at a time.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from assistant.domain.finding import Finding
from assistant.domain.report import Report
from assistant.domain.scorecard import Scorecard
from assistant.proof.judging_words import RowWords
from assistant.proof.layout import Span
from assistant.proof.ledger import Ledger
from assistant.proof.row_groups import Rows
from assistant.proof.spending import Spending
from assistant.proof.spots import spot
from assistant.proof.subjects import Named, Names

_GRADE = re.compile(
    r"(?:(?:(?:评价|自评|绩效)?等[级次](?:评定)?(?:结果)?(?:评?定?为|是|：|:)?|评[定价]?(?:结果|结论)?为|评为|档次为|结[果论]为)"
    r"|(?<=分[，,])(?:为|属于?|达到)|(?<=分[，,]等级)为)[“\"‘「\s]*"
    r"(?P<grade>优秀|优|良好|良|中等|中|差|合格)(?:等|档|级)?(?![秀好等质化势良间])(?=[”\"’」\s，。；、,;）)]|$)"
)
_WORDS = {"优秀": "优", "良好": "良", "中等": "中"}


class StrongWords:
    """Checks the strong words of a sentence against one scorecard."""

    def __init__(self, report: Report, card: Scorecard, ledger: Ledger, names: Names) -> None:
        self.card = card
        self._rows = RowWords(Rows(card, names), report.year)
        self._spending = Spending(card, ledger)

    def check(self, text: str, sentence: Span, project: int, named: Sequence[Named]) -> list[Finding]:
        """Return the words that the figures do not bear out."""
        return [
            *self._grades(text, sentence, project, named),
            *self._spending.check(text, sentence, project, named),
            *self._rows.check(text, sentence, project, named),
        ]

    def counts(self, text: str, sentence: Span, project: int, named: Sequence[Named]) -> frozenset[int]:
        """Return where the true counts of rows in a sentence begin."""
        return self._rows.counts(text, sentence, project, named)

    def _grades(self, text: str, sentence: Span, project: int, named: Sequence[Named]) -> Iterator[Finding]:
        for match in _GRADE.finditer(text, sentence.start, sentence.end):
            spoken = [n.subjects[0][0] for n in named if n.start < match.start() and n.subjects[0][1] == ""]
            at = spoken[-1] if spoken else project
            right = self.card.projects[at - 1].grade.value if at else self.card.grade.value
            said = _WORDS.get(match["grade"], match["grade"])
            if said != right and text[match.start() - 1 : match.start()] != "指":
                message = f"评价等级应为“{right}”，文中为“{match['grade']}”"
                remedy = "请按数据改写这一用语，或先更正填报数据"
                yield spot("N06", text, match.span("grade"), message, remedy, expected=right)
