"""Looks a figure up in the ledger (查数字): of which subject, in which role, of which year; every figure with its formula."""

from __future__ import annotations

import re
from collections.abc import Iterable

from assistant.chat.answer import Answer
from assistant.chat.naming import meant, role_asked
from assistant.domain.facts import Fact, Facts, Role

_MOST = 6
_LAST_YEAR = re.compile(r"去年|上年(?!结转)|上一年|前一年")
#: What is told of an indicator and of money where no role is asked for.
_OF_INDICATOR = (Role.ACTUAL, Role.TARGET, Role.COMPLETION_RATE)
_OF_MONEY = (Role.ANNUAL_BUDGET, Role.EXPENDITURE, Role.EXECUTION_RATE, Role.UNSPENT)


def figure(facts: Facts, words: str) -> Answer | None:
    """Return the figures that the words ask for with how they were computed, None where there are none."""
    last_year = _LAST_YEAR.search(words) is not None
    known = [fact for fact in facts if fact.id.startswith("ly.") == last_year]
    named = _named(known, words)
    told = _in_role(named, words)
    if not told and last_year:
        return Answer(text="上年数据里没有这个数字，请到“填数据”补上年数据。")
    return Answer(text="\n".join(map(_line, told[:_MOST]))) if told else None


def subjects(facts: Facts) -> list[str]:
    """Return the names a request may use: sub-projects, indicators, and sources without their sub-project."""
    return list(dict.fromkeys(fact.subject.rpartition("·")[2] for fact in facts if fact.subject))


def _named(known: list[Fact], words: str) -> list[Fact]:
    """Return the facts about what the words name; a source is one of the sub-project that is named with it."""
    names = meant((fact.subject.rpartition("·")[2] for fact in known), words)
    scopes = meant((fact.scope for fact in known), words)
    if not names:
        return [fact for fact in known if not fact.subject]
    found = [fact for fact in known if fact.subject.rpartition("·")[2] in names]
    sources = meant((fact.subject.rpartition("·")[2] for fact in known if "·" in fact.subject), words)
    if sources:
        found = [f for f in known if "·" in f.subject and f.subject.rpartition("·")[2] in sources]
        return [fact for fact in found if fact.scope in scopes] or found
    return found


def _in_role(named: Iterable[Fact], words: str) -> list[Fact]:
    role = role_asked(words)
    all_of = list(named)
    found = [fact for fact in all_of if fact.role is role] if role else []
    if found:
        return found if all_of[0].subject else found[:1]
    usual = _OF_INDICATOR if any(fact.role is Role.ACTUAL for fact in all_of) else _OF_MONEY
    if not role and not all_of[0].subject and not re.search(r"钱|资金|万|投入", words):
        return []
    return [fact for one in usual for fact in all_of if fact.role is one]


def _line(fact: Fact) -> str:
    how = f"（{fact.formula}）" if fact.formula else ""
    return f"{fact.label}：{fact.shown}{how}"
