"""Answers a Chinese request without a model (离线应答): one intent, one tool; says what it cannot do."""

from __future__ import annotations

import re

from assistant.chat.answer import Answer
from assistant.chat.naming import role_asked
from assistant.chat.tools import Tools
from assistant.chat.understanding import Intent, Request, understand

__all__ = ["Intent", "reply", "topic", "understand"]


def reply(words: str, tools: Tools) -> Answer:
    """Return the answer to a request by its intent; what would change something waits for a yes."""
    request = understand(words)
    about = request.about
    match request.intent:
        case Intent.CHECK:
            return tools.check_text(about) if about else Answer(text="请把要校核的话写在“校核：”后面。")
        case Intent.CHECK_DRAFT:
            return tools.check_draft()
        case Intent.FILL:
            return tools.propose_change(about)
        case Intent.EXPORT:
            return tools.propose_export(request.how)
        case Intent.FINDINGS:
            return tools.list_findings()
        case Intent.SEARCH:
            return tools.search(topic(about))
        case Intent.COMPARE:
            return tools.compare_last_year()
        case Intent.DRAFT | Intent.REWRITE:
            return _written(request, tools)
        case Intent.EXPLAIN:
            return _explained(about, tools)
        case Intent.FIGURE:
            return tools.figure(about)
        case Intent.YES | Intent.NO:
            return Answer(text="现在没有等您确认的操作。")
        case Intent.UNDO:
            return Answer(text="没有可以撤销的修改：这次对话里我还没有改过数据。")
        case Intent.HELP:
            return tools.help()
    return Answer(text=f"没有听懂这句话，没有配置模型服务时我只认得下面几类说法。\n{tools.help().text}")


def _written(request: Request, tools: Tools) -> Answer:
    length = request.how if request.how in ("short", "long") else "normal"
    title = tools.title_of(request.section)
    if title:
        again = request.intent is Intent.REWRITE and request.how == "other"
        return tools.rewrite_section(title, length, again=again)
    if request.section or not re.search(r"报告|全文|整篇|初稿|开始写|文稿", request.about):
        return tools.draft_section(request.about)
    return tools.propose_draft(length)


def _explained(about: str, tools: Tools) -> Answer:
    """A question about money is answered with the figure, any other with how the score came about."""
    if (
        role_asked(about) is not None
        and re.search(r"预算|执行|支出|花|结转", about)
        and not tools.names_row(about)
    ):
        return tools.figure(about)
    return tools.explain_score(about)


_FILLERS = re.compile(
    r"^(请|帮我|帮忙|给我|我想|想要|麻烦)+|(往年|历年|以前|过去|别人|其他单位)(的)?(报告)?(里|中)?(都)?(是)?"
    r"|(搜索?|检索|查找|查一下|找一下|找一段|参考|范例)(一下)?|怎么写(的)?|如何写|有没有|[？?。]"
)


def topic(words: str) -> str:
    """Return what a search request is about, without the words that only ask."""
    return _FILLERS.sub("", words).strip() or words
