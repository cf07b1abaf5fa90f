"""超出预算 and 未超预算: what was spent against what was planned, where no number says it (N05).

Knows the ledger; reads one sentence with the names in it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from assistant.domain.finding import Finding
from assistant.proof.layout import Span
from assistant.proof.ledger import Ledger
from assistant.proof.spots import spot
from assistant.proof.subjects import Named

_OVER = re.compile("(?P<not>未|没有|不|并未)?(?:超出?过?了?预算|超支)(?![0-9数的率单批安])")


def overspent(text: str, sentence: Span, rows: Sequence[Named], ledger: Ledger) -> Iterator[Finding]:
    """Yield the words that the money of the row named before does not bear out."""
    for match in _OVER.finditer(text, sentence.start, sentence.end):
        before = [name for name in rows if name.end <= match.start()]
        subjects = before[-1].subjects if before else ((0, "", 0),)
        pairs = [
            (spent.fact.value, budget.fact.value)
            for subject in subjects
            for spent in ledger.of(subject, ("spent",))
            for budget in ledger.of(subject, ("budget",))
        ]
        said = match["not"] is None
        if pairs and all((spent > budget) != said for spent, budget in pairs):
            spent, budget = pairs[0]
            message = f"支出{spent:f}万元，预算{budget:f}万元，不应写“{match[0]}”"
            yield spot("N05", text, match.span(), message, "请按数据改写")
