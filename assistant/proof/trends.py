"""Words that sum up which way several numbers went: 两项均有增长, 一升一降, 双双下降 (N05).

Reads the directions that one sentence itself gives; knows no figures.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistant.domain.finding import Finding
from assistant.proof.layout import Span
from assistant.proof.spots import spot

_UP = "增加|增长|上升|提高|提升|扩大|上涨|多"
_DOWN = "减少|下降|降低|回落|缩减|压减|缩短|少"
_MOVED = re.compile(
    rf"(?:[比较][^，。；]{{2,12}}|同比|环比)(?:(?P<up>{_UP})|(?P<down>{_DOWN}))(?:了|出|约|近)?(?=[0-9])"
)
_SUMMED = re.compile(
    r"(?P<mixed>[一有]升[一有]降|[一有]降[一有]升|[一有]增[一有]减|[一有]减[一有]增|升降不一|增减不一)"
    rf"|(?P<up>(?:均|都|双双|同步)(?:有所?|略有|实现|呈)?(?:{_UP})(?!了?[0-9])|双升|双增)"
    rf"|(?P<down>(?:均|都|双双|同步)(?:有所?|略有|呈)?(?:{_DOWN})(?!了?[0-9])|双降|双减)"
)
_LEAST = 2


def check_trends(text: str, sentence: Span) -> Iterator[Finding]:
    """Yield the summing words that the directions said before do not bear out."""
    for summed in _SUMMED.finditer(text, sentence.start, sentence.end):
        moves = list(_MOVED.finditer(text, sentence.start, summed.start()))
        if len(moves) < _LEAST:
            continue
        ways = {move["up"] is not None for move in moves}
        right = len(ways) == 2 if summed["mixed"] else ways == {summed["up"] is not None}
        if not right:
            shown = "一升一降" if len(ways) == 2 else "均有增长" if ways == {True} else "均有下降"
            message = f"前文各项的变化为“{shown}”，文中概括为“{summed[0]}”"
            yield spot("N05", text, summed.span(), message, "请按前文改写", expected=shown)
