"""Completes what leaves something out (承接上文): “那委员履职那个呢”, “再短点”, “改成75台”, “就第二条”.

Knows the earlier requests of the conversation and the names of the report, nothing else.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.chat.intents import Intent, Request
from assistant.chat.naming import masked, meant, role_asked
from assistant.chat.slots import format_of, length_of, nth_of, section_of, unit_of, year_of
from assistant.chat.understanding import understand
from assistant.domain.services import Nearness

_MOST_WORDS = 18
_LEADING = re.compile(r"^(那么?|还有|再看看?|换成|换|要是|至于|另外)?")
_TRAILING = re.compile(
    r"(那个|这个|那项|那条|这块|那块|的)*(呢|咋样|怎么样|如何|也要|也来一份|也查查|也看看|也一样)[？?。！]?$"
)
_ONLY = re.compile(r"^(只|就|仅)?(要|看|限|查|找)|换成|再来|还有(吗|没有|别的)|更多|的(呢|吧)?$")
_ASKED = (Intent.EXPLAIN, Intent.FIGURE)
_WRITTEN = (Intent.DRAFT, Intent.REWRITE)


def followed(said: Sequence[str], names: Sequence[str], nearness: Nearness | None = None) -> Request:
    """Return what the last of several requests wants, completed from those before it."""
    before: Request | None = None
    for words in said:
        found = _completed(understand(words, names, nearness), words, before, names)
        if found.intent not in (Intent.YES, Intent.NO, Intent.HELP, Intent.UNKNOWN):
            before = found
        last = found
    return last


def _completed(found: Request, words: str, before: Request | None, names: Sequence[str]) -> Request:
    short = len(words) <= _MOST_WORDS and not words.startswith("/")
    if before is None or not short:
        return found
    steps = (_of_a_list, _same_section, _same_cell, _same_search, _other_file, _other_subject)
    return next((one for step in steps if (one := step(words, found, before, names)) is not None), found)


def _of_a_list(words: str, found: Request, before: Request, names: Sequence[str]) -> Request | None:
    place = nth_of(words)
    if place and before.intent in (Intent.SEARCH, Intent.PAIRS, Intent.FINDINGS):
        return before.model_copy(update={"nth": place})
    return None


def _same_section(words: str, found: Request, before: Request, names: Sequence[str]) -> Request | None:
    """再短点: the section that was written last."""
    if before.intent not in _WRITTEN or meant(names, words):
        return None
    how = length_of(words)
    again = found.intent is Intent.REWRITE or how != "other"
    if again and not section_of(words) and not re.search(r"报告|全文", words):
        return before.model_copy(update={"intent": Intent.REWRITE, "how": how})
    section = section_of(words)
    if section and _TRAILING.search(words):
        return before.model_copy(update={"section": section, "about": words, "how": before.how})
    return None


def _same_cell(words: str, found: Request, before: Request, names: Sequence[str]) -> Request | None:
    """改成75台: the indicator that was spoken of last."""
    value = re.search(
        r"(改|调|填|写|换|更正|应|就)(成|为|到|是|该是)?\s*[≥≤]?[\d一二三四五六七八九十]", words
    )
    if before.intent not in (*_ASKED, Intent.FILL) or not value or meant(names, words):
        return None
    subject = meant(names, before.about)
    return Request(intent=Intent.FILL, about=f"{subject[0]} {words}") if len(subject) == 1 else None


def _same_search(words: str, found: Request, before: Request, names: Sequence[str]) -> Request | None:
    """只要2023年的: the same search, narrowed."""
    year, unit = year_of(words), unit_of(words)
    section = section_of(words)
    narrowed = _ONLY.search(words) or _TRAILING.search(words)
    if before.intent is not Intent.SEARCH or not narrowed or not (year or unit or section):
        return None
    changes = {"year": year or before.year, "unit": unit or before.unit, "section": section or before.section}
    return before.model_copy(update=changes)


def _other_file(words: str, found: Request, before: Request, names: Sequence[str]) -> Request | None:
    how = format_of(words)
    named = how != "docx" or re.search(r"word|doc", words, re.IGNORECASE)
    if before.intent is Intent.EXPORT and named and found.intent not in (Intent.FILL, Intent.SEARCH):
        return before.model_copy(update={"how": how, "about": words})
    return None


def _other_subject(words: str, found: Request, before: Request, names: Sequence[str]) -> Request | None:
    """那委员履职那个呢: the same question of another subject; 预算呢: another question of the same."""
    if not _TRAILING.search(words) and not (words.startswith("那") and found.intent is not Intent.FILL):
        return None
    core = _TRAILING.sub("", _LEADING.sub("", words))
    subject = _nearest(meant(names, core), before.about)
    if before.intent is Intent.SEARCH and core:
        return before.model_copy(update={"about": core})
    if before.intent not in _ASKED:
        return None
    if subject:
        asking = masked(before.about, names).replace("Ｎ", "")
        return before.model_copy(update={"about": f"{subject}{asking}"})
    old = meant(names, before.about)
    if role_asked(core) or found.intent in _ASKED:
        intent = Intent.FIGURE if role_asked(core) else found.intent
        return Request(intent=intent, about=f"{old[0] if len(old) == 1 else ''}{core}")
    return None


def _nearest(names: Sequence[str], about: str) -> str:
    """Return the one of several names that is most like what was spoken of before."""
    return max(
        names, key=lambda name: sum(name[n : n + 2] in about for n in range(len(name) - 1)), default=""
    )
