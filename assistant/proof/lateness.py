"""早于 and 晚于: the day a thing was done against the day it was due (N05). Knows dates of indicators only."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from assistant.domain.finding import Finding
from assistant.proof.dates import due_and_done
from assistant.proof.layout import Span
from assistant.proof.ledger import Ledger
from assistant.proof.spots import spot
from assistant.proof.subjects import Named

_WHEN = re.compile("(?P<early>早于|先于|提前于)|(?P<late>晚于|迟于|滞后于)")


def early_or_late(text: str, sentence: Span, rows: Sequence[Named], ledger: Ledger) -> Iterator[Finding]:
    """Yield the words that the dates of the row named before do not bear out."""
    for match in _WHEN.finditer(text, sentence.start, sentence.end):
        subjects = [s for name in rows if name.end <= match.start() for s in name.subjects]
        dates = [pair for s in subjects if (pair := due_and_done(s, ledger)) is not None]
        if dates:
            due, done = dates[-1]
            if not (done < due if match["early"] else done > due):
                message = f"完成日期{done:%Y-%m-%d}，计划日期{due:%Y-%m-%d}，不应写“{match[0]}”"
                yield spot("N05", text, match.span(), message, "请按数据改写")
