"""Answers a Chinese request without a model (离线应答): one intent, one tool; says what it cannot do."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.chat.answer import Answer, asked_back
from assistant.chat.following import followed
from assistant.chat.guides import GUIDES
from assistant.chat.intents import COMMANDS, Intent, Request
from assistant.chat.naming import meant, role_asked
from assistant.chat.tools import Tools
from assistant.chat.understanding import understand
from assistant.domain.facts import Role
from assistant.domain.passage import SectionKind

__all__ = ["Intent", "reply", "topic", "understand"]

_LIKELY = 6


def reply(words: str, tools: Tools, earlier: Sequence[str] = ()) -> Answer:
    """Return the answer to a request; `earlier` are the requests before it, oldest first.

    What would change something waits for a yes. What is not understood is asked back with the nearest readings.
    """
    request = followed([*earlier[-_LIKELY:], words], tools.names(), tools.nearness)
    if request.intent in GUIDES:
        return Answer(text=GUIDES[request.intent])
    simple = {
        Intent.CHECK_DRAFT: tools.check_draft,
        Intent.COMPARE: tools.compare_last_year,
        Intent.STANDING: tools.standing,
        Intent.HELP: tools.help,
    }.get(request.intent)
    return simple() if simple else _answered(request, tools)


def _answered(request: Request, tools: Tools) -> Answer:
    about = request.about
    match request.intent:
        case Intent.CHECK:
            return tools.check_text(about) if about else Answer(text="请把要校核的话写在“校核：”后面。")
        case Intent.FILL:
            return tools.propose_change(about)
        case Intent.EXPORT:
            return tools.propose_export(request.how)
        case Intent.FINDINGS:
            return tools.list_findings()
        case Intent.PAIRS:
            return _only(tools.problems(), request.nth, "\n(?=\\d+\\. )")
        case Intent.SEARCH:
            return _searched(request, tools)
        case Intent.DRAFT | Intent.REWRITE:
            return _written(request, tools)
        case Intent.EXPLAIN:
            return tools.explain_score(about)
        case Intent.FIGURE:
            scored = role_asked(about) in (Role.SCORE, Role.LOST) and not meant(tools.names(), about)
            return tools.explain_score(about) if scored else tools.figure(about)
        case Intent.OUTLOOK:
            named = meant(tools.names(), about) and not re.search(r"如果|假如|假设|要是", about)
            return tools.explain_score(about) if named else tools.way_up(about)
        case Intent.YES | Intent.NO:
            return Answer(text="现在没有等您确认的操作。")
        case Intent.UNDO:
            return Answer(text="没有可以撤销的修改：这次对话里我还没有改过数据。")
    return _not_understood(request, tools)


def _not_understood(request: Request, tools: Tools) -> Answer:
    words = {intent: word for word, intent in COMMANDS.items()}
    readings = [one for one in request.nearest if one in words]
    if readings:
        question = "没有听懂这句话，您是想要下面哪一样？（没有配置模型服务时我只认得有限的几类说法，说“帮助”可看全部）"
        return asked_back(question, (f"/{words[one]} {request.about}" for one in readings))
    return Answer(text=f"没有听懂这句话，没有配置模型服务时我只认得下面几类说法。\n{tools.help().text}")


def _searched(request: Request, tools: Tools) -> Answer:
    kinds = {kind.value for kind in SectionKind}
    section = request.section if request.section in kinds else ""
    found = tools.search(topic(request.about), section, request.year, request.unit)
    if not request.nth or request.nth > len(found.citations):
        return found
    one = _only(found, request.nth, "\n(?=\\d+\\. )")
    return one.model_copy(update={"citations": found.citations[request.nth - 1 : request.nth]})


def _only(answer: Answer, place: int, between: str) -> Answer:
    """Return the answer with only one of the things it lists."""
    parts = re.split(between, answer.text)
    return answer.model_copy(update={"text": parts[place - 1]}) if 0 < place <= len(parts) else answer


def _written(request: Request, tools: Tools) -> Answer:
    length = request.how if request.how in ("short", "long") else "normal"
    title = tools.title_of(request.section)
    if title:
        again = request.intent is Intent.REWRITE and request.how == "other"
        return tools.rewrite_section(title, length, again=again)
    if request.section or not re.search(
        r"报告|全文|整篇|初稿|开始|文稿|一稿|稿|从头|全部|动笔|出来", request.about
    ):
        return tools.draft_section(request.about)
    return tools.propose_draft(length)


_FILLERS = re.compile(
    r"^(请|帮我|帮忙|给我|我想|想要|麻烦)+|(往年|历年|以前|过去|别人|其他单位)(的)?(报告)?(里|中)?(都)?(是)?"
    r"|(搜索?|检索|查找|查一下|找一下|找一段|参考|范例)(一下)?|怎么写(的)?|如何写|有没有|[？?。]"
)


def topic(words: str) -> str:
    """Return what a search request is about, without the words that only ask."""
    return _FILLERS.sub("", words).strip() or words
