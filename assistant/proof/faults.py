"""What is said of an untrue number: the rule, the message with bound and what came, the remedy."""

from __future__ import annotations

import re
from dataclasses import dataclass

from assistant.domain.facts import Role
from assistant.domain.finding import Finding, Severity
from assistant.domain.numerals import Bound, Mention
from assistant.proof.claim import Claim
from assistant.proof.entries import Entry
from assistant.proof.matching import Match
from assistant.proof.spots import spot

_VAGUE = ("成", "半")
_COMPUTED = re.compile("(?:合计|共计|总计|小计|相差|平均|之和)[为约达]?$")
_GOOD = (Match.EQUAL, Match.NEEDLESS, Match.ROUNDED_SCORE)


@dataclass(frozen=True, slots=True)
class Verdict:
    """A judged claim: the figure it shows, the figure it should have shown, and how far off it is.

    `explicit` says that the subject of `wanted` was named beside the number. `planned` says that the
    number belongs to a plan and not to the results. `wrong_way` is the difference whose direction the text
    has turned round.
    """

    claim: Claim
    shown: Entry | None = None
    wanted: Entry | None = None
    match: Match = Match.NONE
    sourced: bool = False
    explicit: bool = False
    planned: bool = False
    wrong_way: Entry | None = None

    def as_plan(self) -> Verdict:
        """Return the verdict on a number that belongs to a plan."""
        return Verdict(self.claim, planned=True)

    @property
    def true(self) -> bool:
        """Whether the claim is accounted for."""
        return self.sourced or self.match in _GOOD


def report(text: str, verdict: Verdict) -> list[Finding]:
    """Return the finding about an untrue (or loosely written) number; nothing for a true one."""
    mention, shown = verdict.claim.mention, _shown(verdict.shown or verdict.wanted)
    span, said = (mention.start, mention.end), mention.text.strip()
    if (
        verdict.match is Match.EQUAL
        and verdict.explicit
        and verdict.shown
        and verdict.shown.fact.confidential
    ):
        message = f"“{said}”是保密子项目的数据"
        return [spot("C18", text, span, message, "请确认可以公开，或只列入合计", severity=Severity.WARNING)]
    if verdict.sourced or verdict.match is Match.EQUAL:
        return []
    if verdict.match is Match.NEEDLESS:
        return [spot("B20", text, span, f"“{said}”是约数，数据为{shown}", "请写确数", expected=shown)]
    if verdict.match is Match.ROUNDED_SCORE:
        message = f"“{said}”取了整，数据为{shown}"
        return [spot("N10", text, span, message, "得分请保留两位小数", expected=shown)]
    if verdict.planned:
        return [spot("N11", text, span, f"“{said}”属于计划或建议，不在填报数据中", "请确认这一计划数")]
    return [_fault(text, verdict, span, said)]


def _fault(text: str, verdict: Verdict, span: tuple[int, int], said: str) -> Finding:
    wanted = verdict.wanted
    if wanted is None:
        rule = "N10" if verdict.claim.mention.written_unit in _VAGUE else "N01"
        if _COMPUTED.search(text, verdict.claim.sentence.start, span[0]):
            message = f"“{said}”不等于按数据计算的结果"
            return spot("N04", text, span, message, "请按填报数据重新计算")
        remedy = "请改用填报数据，或把它填入“其他数据”并注明来源，或删去"
        return spot(rule, text, span, f"“{said}”在填报数据中没有出处", remedy)
    rule, message = _contradiction(verdict, wanted, said)
    shown = _shown(wanted)
    return spot(rule, text, span, message, f"请改为{shown}，或先更正填报数据", expected=shown)


def _contradiction(verdict: Verdict, wanted: Entry, said: str) -> tuple[str, str]:
    mention, label, shown = verdict.claim.mention, wanted.fact.label or wanted.fact.role.value, _shown(wanted)
    if verdict.match in (Match.UNIT, Match.SCALE):
        return "N03", f"{label}应为{shown}，文中为“{said}”，单位不符"
    bounded = mention.bound is not Bound.EXACT and not mention.sign
    if bounded and wanted.fact.role not in (Role.TARGET, Role.CYCLE_TARGET):
        loose = mention.bound is Bound.ABOUT and mention.places <= 0 and _nearly(mention, wanted)
        return "N10" if loose else "N02", f"{label}为{shown}，与文中“{said}”不符"
    if verdict.claim.last_year:
        return "N09", f"{label}应为{shown}，文中为“{said}”"
    if wanted.attribute in ("difference", "ratio", "sum"):
        return "N04", f"{label}应为{shown}，文中为“{said}”"
    if not verdict.explicit:
        return "N02", f"“{said}”在填报数据中没有出处，{label}为{shown}"
    return "N02", f"{label}应为{shown}，文中为“{said}”"


def _nearly(mention: Mention, wanted: Entry) -> bool:
    return mention.value is not None and abs(mention.value - wanted.fact.value) <= abs(wanted.fact.value) / 10


def _shown(entry: Entry | None) -> str:
    return entry.fact.shown if entry else ""
