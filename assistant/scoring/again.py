"""Scores public figures again and holds the result against the scores that a file carries (复算).

Confidential sub-projects have no figures here, so whatever counts them in is left alone.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from assistant.domain.facts import Facts
from assistant.domain.figures import percentage, round_half_up
from assistant.domain.finding import Finding
from assistant.domain.register import finding
from assistant.domain.report import Report
from assistant.domain.scorecard import ProjectScore, Scorecard
from assistant.scoring.cards import score_report
from assistant.scoring.ledger import build_facts
from assistant.scoring.rules import Rules

_REMEDY = "文件所带的数据前后不符，请用原填报数据重新导出"


def check_again(report: Report, scorecard: Scorecard, facts: Facts, rules: Rules) -> list[Finding]:
    """Return one finding for every score or figure that does not come out again."""
    now = score_report(report, rules)
    whole = not any(project.confidential for project in report.projects)
    found = [
        wrong
        for then, again in zip(scorecard.projects, now.projects, strict=False)
        if not then.confidential
        for wrong in _card(then, again)
    ]
    if whole and scorecard.total_score != now.total_score:
        found.append(_differs("总分", now.total_score, scorecard.total_score, ""))
    found += _whole_rate(facts)
    own = build_facts(report, now, rules).by_id()
    for fact in facts:
        if not whole and not fact.id.startswith(_public_ids(report)):
            continue
        again_fact = own.get(fact.id)
        if again_fact is None or again_fact.value != fact.value or again_fact.shown != fact.shown:
            value = again_fact.shown if again_fact is not None else "没有这项数据"
            found.append(_finding(f"台账中的“{fact.label}”（{fact.id}）", value, fact.shown, fact.path))
    return found


def _whole_rate(facts: Facts) -> Iterator[Finding]:
    """The rates of the whole follow from its amounts, also where those count confidential money in."""
    for rate, budget in (("all.rate", "all.budget"), ("all.initial_rate", "all.initial")):
        said, spent, whole = facts.get(rate), facts.get("all.spent"), facts.get(budget)
        if said is None or spent is None or whole is None:
            continue
        right = percentage(spent.value, whole.value)
        if right is not None and f"{round_half_up(right):.2f}%" != said.shown:
            yield _finding(f"“{said.label}”", f"{round_half_up(right):.2f}%", said.shown, "")


def _public_ids(report: Report) -> tuple[str, ...]:
    """Return how the ids of the public sub-projects begin (shares of the whole budget stand aside)."""
    return tuple(
        f"p{number}.i" for number, project in enumerate(report.projects, 1) if not project.confidential
    )


def _card(then: ProjectScore, now: ProjectScore) -> Iterator[Finding]:
    if then.execution.score != now.execution.score:
        yield _differs(f"“{then.name}”预算执行得分", now.execution.score, then.execution.score, then.path)
    for row, again in zip(then.rows, now.rows, strict=False):
        if row.score != again.score:
            yield _differs(f"“{row.name}”得分", again.score, row.score, row.path)
    if then.total_score != now.total_score:
        yield _differs(f"“{then.name}”总分", now.total_score, then.total_score, then.path)


def _differs(what: str, again: Decimal, then: Decimal, place: str) -> Finding:
    return _finding(what, f"{again:.2f}", f"{then:.2f}", place)


def _finding(what: str, again: str, then: str, place: str) -> Finding:
    message = f"{what}重新计算为{again}，文件中为{then}"
    return finding("N22", message, remedy=_REMEDY, observed=then, expected=again, place=place)
