"""Words that say which way a number goes: 增加 or 减少, 高于 or 低于 must be those of the figures (N05).

Knows one judged number at a time.
"""

from __future__ import annotations

import re

from assistant.domain.facts import Role
from assistant.domain.finding import Finding
from assistant.domain.mention import Bound
from assistant.proof.faults import Verdict
from assistant.proof.frames import Relation
from assistant.proof.layout import Span, clause_around
from assistant.proof.ledger import Ledger
from assistant.proof.spots import spot

_UP = re.compile("调增|追加|净增|增加")
_DOWN = re.compile("核减|调减|压减|净减|减少")
_SAYS_LESS = ("低于", "少于", "小于", "不足", "不到", "未到", "没到")
_SAYS_MORE = ("高于", "超过", "大于", "多于", "突破", "逾", "超")
_REACHED = re.compile("(?P<not>未能?|没有?|没能|尚未)?(?:达到|完成了?|实现了?)[“‘]?(?![\\s\\S])")
_GOAL = re.compile("的?(?:年度|预期|绩效|既定)*(?:目标|要求|计划|任务|指标值|标准)")
_KEPT = re.compile("(?<!目标为)(?<!要求)控制在$")
_AHEAD = re.compile("力争|争取|拟|明年|下年|下一步|确保")
_REVERSE = ("≤", "＜", "<")
_REQUIRED = re.compile("目标|要求|应|指标值|计划|设定|规定|控制")


def wrong_way(text: str, verdict: Verdict) -> list[Finding]:
    """Return the finding about the word of a difference that goes the other way."""
    frame, entry = verdict.claim.frame, verdict.wrong_way
    mention = verdict.claim.mention
    if entry is None or frame.word is None:
        return []
    span = (frame.word.start, frame.word.end)
    said = text[span[0] : span[1]]
    message = f"{entry.fact.label}为{entry.fact.shown}，文中用“{said}”修饰“{mention.text.strip()}”，方向相反"
    return [
        spot("N05", text, span, message, "请按数据改写方向词", expected="增加" if frame.sign < 0 else "减少")
    ]


def check_bound(text: str, verdict: Verdict, ledger: Ledger) -> list[Finding]:
    """Return what is wrong with the way a true number is said to go: its sign, 调增 for 调减, 低于 for 高于."""
    entry, mention = verdict.shown, verdict.claim.mention
    if entry is None or verdict.claim.row:
        return []
    if (
        mention.value is not None
        and mention.value < 0
        and (entry.fact.value >= 0 or entry.attribute.startswith("adjust"))
    ):
        return [_needless_sign(text, verdict)]
    if entry.attribute in ("target", "cycle"):
        return _held_against_target(text, verdict, ledger)
    if entry.attribute.startswith("adjust"):
        return _adjusted(text, verdict)
    return []


def _needless_sign(text: str, verdict: Verdict) -> Finding:
    mention = verdict.claim.mention
    label, shown = (verdict.shown.fact.label, verdict.shown.fact.shown) if verdict.shown else ("", "")
    message = f"{label}{shown}，文中为“{mention.text.strip()}”，正负号多余"
    return spot("N05", text, (mention.start, mention.end), message, "请去掉负号", expected=shown)


def _adjusted(text: str, verdict: Verdict) -> list[Finding]:
    """预算调减额 said with 调增."""
    mention, entry = verdict.claim.mention, verdict.shown
    if entry is None or not entry.fact.value:
        return []
    clause = clause_around(text, mention.start, mention.end)
    down = bool(_DOWN.search(entry.fact.label))
    up = bool(_UP.search(entry.fact.label))
    wrong, right = (_UP, _DOWN) if down else (_DOWN, _UP)
    said = list(wrong.finditer(text, clause.start, mention.start))
    agreeing = list(right.finditer(text, clause.start, mention.start))
    if not (up or down) or not said or (agreeing and agreeing[-1].start() >= said[-1].start()):
        return []
    message = f"{entry.fact.label}{entry.fact.shown}，文中用“{said[-1][0]}”，方向相反"
    return [spot("N05", text, said[-1].span(), message, "请按数据改写方向词", expected=entry.fact.label)]


def _held_against_target(text: str, verdict: Verdict, ledger: Ledger) -> list[Finding]:
    """低于70%, 达到3000条的目标: said of a result that is above or short of it."""
    entry, mention = verdict.shown, verdict.claim.mention
    if entry is None or entry.subject[1] != "i" or verdict.claim.frame.relation is Relation.DIFFERENCE:
        return []
    clause = clause_around(text, mention.start, mention.end)
    actual = next(iter(ledger.of(entry.subject, ("actual",), entry.last_year)), None)
    if actual is None or actual.fact.role is Role.TEXT:
        return []
    gap, reverse = actual.fact.value - entry.fact.value, entry.fact.shown.startswith(_REVERSE)
    now = next(iter(ledger.of(entry.subject, ("actual",))), None) if entry.last_year else None
    other = now.fact.value - entry.fact.value if now is not None and now.fact.role is not Role.TEXT else gap
    span = Span(mention.start, mention.end)
    if mention.approximation in (*_SAYS_LESS, *_SAYS_MORE):
        if _REQUIRED.search(text, clause.start, mention.start):
            return []
        false = min(gap, other) >= 0 if mention.approximation in _SAYS_LESS else max(gap, other) <= 0
    elif mention.bound is Bound.BELOW and _KEPT.search(text[clause.start : mention.start]):
        false = gap > 0
    elif reached := _REACHED.search(text[clause.start : mention.start]):
        met = {one <= 0 if reverse else one >= 0 for one in (gap, other)}
        span, false = Span(clause.start + reached.start(), mention.end), met == {reached["not"] is not None}
        if not _GOAL.match(text, mention.end) or _AHEAD.search(
            text, verdict.claim.sentence.start, mention.start
        ):
            return []
    else:
        return []
    if not false:
        return []
    message = f"{actual.fact.label}{actual.fact.shown}，文中称“{text[span.start : mention.end].strip()}”"
    return [
        spot(
            "N05", text, (span.start, mention.end), message, "请按数据改写方向词", expected=actual.fact.shown
        )
    ]
