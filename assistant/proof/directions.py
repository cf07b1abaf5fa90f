"""Direction words beside a true number: 增加 or 减少, 少 or 超出 must be those of the figure (N05).

The label of a figure says which way it goes (比上年增加, 预算调减额). Knows one judged number at a time.
"""

from __future__ import annotations

import re

from assistant.domain.facts import Role
from assistant.domain.finding import Finding
from assistant.proof.faults import Verdict
from assistant.proof.layout import clause_around
from assistant.proof.ledger import Entry, Ledger
from assistant.proof.spots import spot

_UP = re.compile("增加|增长|上升|提高|扩大|净增|调增|追加|[增升涨]|多支出|多安排")
_DOWN = re.compile("减少|下降|降低|缩减|回落|核减|调减|压减|净减|[减降缩]|少支出|少安排")
_OVER = re.compile("超过|超出|超额|高于|高出|多(?=[了出]|$)|超(?=目标|计划|$)")
_UNDER = re.compile("低于|少于|不足|差距|相差|还差|缺|[少低差](?=了|$)")
_SAYS_LESS = ("低于", "少于", "小于", "不足", "不到", "未到", "没到")
_SAYS_MORE = ("高于", "超过", "大于", "多于", "突破", "逾", "超")
_REQUIRED = re.compile("目标|要求|应|指标值|计划|设定|规定|控制")
_REVERSE = ("≤", "＜", "<")


def check_direction(text: str, verdict: Verdict, ledger: Ledger) -> list[Finding]:
    """Return the word that goes the wrong way beside a number that is right."""
    entry, mention = verdict.shown, verdict.claim.mention
    if entry is None or verdict.claim.row:
        return []
    if entry.attribute in ("target", "cycle"):
        return _held_against_target(text, verdict, ledger)
    if entry.attribute == "adjustment_rate" and (mention.value or 0) < 0:
        return [_needless_sign(text, verdict, entry)]
    pair = _words_of(entry, ledger)
    if pair is None:
        return []
    right, wrong = pair
    clause = clause_around(text, mention.start, mention.end)
    before = (clause.start, mention.start)
    said = list(wrong.finditer(text, *before))
    agreeing = list(right.finditer(text, *before))
    if mention.value is not None and mention.value < 0 and (said or agreeing or right is _UP):
        return [_needless_sign(text, verdict, entry)]
    if not said or (agreeing and agreeing[-1].start() >= said[-1].start()):
        return []
    label = entry.fact.label
    message = f"{label}{entry.fact.shown}，文中用“{said[-1][0]}”，方向相反"
    return [spot("N05", text, said[-1].span(), message, "请按数据改写方向词", expected=label)]


def _needless_sign(text: str, verdict: Verdict, entry: Entry) -> Finding:
    mention, shown = verdict.claim.mention, entry.fact.shown
    message = f"{entry.fact.label}{shown}，文中为“{mention.text.strip()}”，正负号多余"
    return spot("N05", text, (mention.start, mention.end), message, "请去掉负号", expected=shown)


def _held_against_target(text: str, verdict: Verdict, ledger: Ledger) -> list[Finding]:
    """低于70%, said of a result that is above its target of 70%."""
    entry, mention = verdict.shown, verdict.claim.mention
    if entry is None or entry.subject[1] != "i" or mention.approximation not in (*_SAYS_LESS, *_SAYS_MORE):
        return []
    clause = clause_around(text, mention.start, mention.end)
    actual = next(iter(ledger.of(entry.subject, ("actual",), entry.last_year)), None)
    if actual is None or actual.fact.role is Role.TEXT or _REQUIRED.search(text, clause.start, mention.start):
        return []
    less = mention.approximation in _SAYS_LESS
    true = actual.fact.value < entry.fact.value if less else actual.fact.value > entry.fact.value
    if true:
        return []
    message = f"{actual.fact.label}{actual.fact.shown}，文中称“{mention.text.strip()}”"
    span = (mention.start, mention.end)
    return [spot("N05", text, span, message, "请按数据改写方向词", expected=actual.fact.shown)]


def _words_of(entry: Entry, ledger: Ledger) -> tuple[re.Pattern[str], re.Pattern[str]] | None:
    """The words that suit a figure, and those that contradict it."""
    if entry.attribute.startswith(("change.", "adjustment")):
        if not entry.fact.value:
            return None
        up = bool(_UP.search(entry.fact.label)) and not _DOWN.search(entry.fact.label)
        down = bool(_DOWN.search(entry.fact.label))
        return (_UP, _DOWN) if up else (_DOWN, _UP) if down else None
    if entry.attribute not in ("gap", "excess") or _is_reverse(entry, ledger):
        return None
    return (_UNDER, _OVER) if entry.attribute == "gap" else (_OVER, _UNDER)


def _is_reverse(entry: Entry, ledger: Ledger) -> bool:
    targets = ledger.of(entry.subject, ("target",), entry.last_year)
    return any(target.fact.shown.startswith(_REVERSE) for target in targets)
