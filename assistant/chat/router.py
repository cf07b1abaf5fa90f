"""Understands a Chinese request without a model (离线应答): one intent, one tool; says what it cannot do."""

from __future__ import annotations

import re
from enum import StrEnum

from assistant.chat.answer import Answer
from assistant.chat.naming import role_asked
from assistant.chat.tools import Tools
from assistant.domain.base import Frozen


class Intent(StrEnum):
    """What a request wants."""

    HELP = "帮助"
    CHANGE = "改数据"
    CHECK = "校核"
    SEARCH = "查往年"
    DRAFT = "起草"
    FINDINGS = "表格问题"
    EXPLAIN = "解释得分"
    FIGURE = "查数字"
    UNKNOWN = "不明白"


class Request(Frozen):
    """An intent and the words it is about."""

    intent: Intent
    about: str


_QUOTED = re.compile(r"[“\"「](.+)[”\"」]", re.DOTALL)
_AFTER_COLON = re.compile(r"[：:\n](.+)", re.DOTALL)
_CHANGE = re.compile(r"(改成|改为|修改|更新为|调成|删除|删掉|保存).*|把.+(改|换|设)")
_RULES: tuple[tuple[Intent, re.Pattern[str]], ...] = (
    (Intent.HELP, re.compile(r"帮助|你能做|你会做|能干什么|能做什么|怎么用|有什么功能|^(你好|您好)")),
    (Intent.CHECK, re.compile(r"校核|核对|检查(一下)?(这|以下|下面|：|:)|对不对|有没有错|是否正确")),
    (Intent.CHANGE, _CHANGE),
    (Intent.FINDINGS, re.compile(r"(表|数据|填报).*(问题|疑点|错)|红灯|黄灯|校核规则|哪里(填|要)改")),
    (
        Intent.SEARCH,
        re.compile(r"往年|历年|以前|过去|别人|其他单位|参考|范例|搜|检索|查找|查一下|找一(下|段)"),
    ),
    (Intent.DRAFT, re.compile(r"^(请|帮我|帮忙|给我)*(写|起草|拟|撰写|生成)|(写|拟|起草)(一段|一下|个)")),
    (Intent.EXPLAIN, re.compile(r"为什么|为何|怎么(算|来|得|扣)|得分|几分|多少分|失分|扣分|总分|等级|评分")),
)


def understand(words: str) -> Request:
    """Return what a request wants and what it is about; UNKNOWN where it fits nothing."""
    said = words.strip()
    opening = re.split(r"[：:\n“\"「]", said, maxsplit=1)[0] or said
    for intent, pattern in _RULES:
        if pattern.search(opening):
            return Request(intent=intent, about=_about(intent, said))
    if role_asked(said) is not None:
        return Request(intent=Intent.FIGURE, about=said)
    return Request(intent=Intent.UNKNOWN, about=said)


def _about(intent: Intent, said: str) -> str:
    if intent is Intent.CHECK:
        found = _AFTER_COLON.search(said) or _QUOTED.search(said)
        return found.group(1).strip().strip('“”"「」') if found else ""
    return said


def reply(words: str, tools: Tools) -> Answer:
    """Return the answer to a request by its intent."""
    request = understand(words)
    about = request.about
    match request.intent:
        case Intent.HELP:
            return tools.help()
        case Intent.CHECK:
            return tools.check_text(about) if about else Answer(text="请把要校核的话写在“校核：”后面。")
        case Intent.CHANGE:
            return Answer(text="我不改数据。请到“填数据”修改并保存，得分和文稿会跟着更新。")
        case Intent.FINDINGS:
            return tools.list_findings()
        case Intent.SEARCH:
            return tools.search(topic(about))
        case Intent.DRAFT:
            return tools.draft_section(about)
        case Intent.EXPLAIN:
            return tools.explain_score(about)
        case Intent.FIGURE:
            return tools.figure(about)
    return Answer(text=f"没有听懂这句话，没有配置模型服务时我只认得下面几类说法。\n{tools.help().text}")


_FILLERS = re.compile(
    r"^(请|帮我|帮忙|给我|我想|想要|麻烦)+|(往年|历年|以前|过去|别人|其他单位)(的)?(报告)?(里|中)?(都)?(是)?"
    r"|(搜索?|检索|查找|查一下|找一下|找一段|参考|范例)(一下)?|怎么写(的)?|如何写|有没有|[？?。]"
)


def topic(words: str) -> str:
    """Return what a search request is about, without the words that only ask."""
    return _FILLERS.sub("", words).strip() or words
