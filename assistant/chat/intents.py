"""What a request can want (意图) and how it is handed on; knows nothing about words or tools."""

from __future__ import annotations

from enum import StrEnum

from assistant.domain.base import Frozen


class Intent(StrEnum):
    """What a request wants; the value is what people read when they are asked which was meant."""

    HELP = "帮助"
    YES = "同意"
    NO = "不同意"
    UNDO = "撤销"
    FILL = "改数据"
    CHECK = "校核一段话"
    CHECK_DRAFT = "校核文稿"
    CHECK_FILE = "审阅文件"
    SEARCH = "查往年"
    COMPARE = "与上年比"
    DRAFT = "起草"
    REWRITE = "改写"
    EXPORT = "导出"
    FINDINGS = "表格问题"
    PAIRS = "问题与措施"
    EXPLAIN = "解释得分"
    FIGURE = "查数字"
    OUTLOOK = "提分测算"
    STANDING = "同类位置"
    SIMILAR = "查重"
    TEMPLATE = "Word模板"
    TAKE = "取回改过的文件"
    COMPARE_FILES = "比对两个版本"
    LIBRARY = "资料库"
    UNKNOWN = "不明白"


#: Typed commands: / and the word.
COMMANDS = {
    "帮助": Intent.HELP,
    "查": Intent.SEARCH,
    "得分": Intent.EXPLAIN,
    "数字": Intent.FIGURE,
    "写": Intent.DRAFT,
    "改写": Intent.REWRITE,
    "校核": Intent.CHECK,
    "校核文稿": Intent.CHECK_DRAFT,
    "审稿": Intent.CHECK_FILE,
    "表格问题": Intent.FINDINGS,
    "问题": Intent.PAIRS,
    "上年": Intent.COMPARE,
    "提分": Intent.OUTLOOK,
    "同类": Intent.STANDING,
    "查重": Intent.SIMILAR,
    "模板": Intent.TEMPLATE,
    "取回": Intent.TAKE,
    "比对": Intent.COMPARE_FILES,
    "资料库": Intent.LIBRARY,
    "改": Intent.FILL,
    "导出": Intent.EXPORT,
    "撤销": Intent.UNDO,
}


class Request(Frozen):
    """An intent and the words it is about.

    `section` is the id of the outline, `how` a length or a file format, `year` and `unit` narrow a search,
    `nth` is the one that is meant of a list (from 1, 0 for all); `nearest` are the readings of what was not
    understood, the likelier first.
    """

    intent: Intent
    about: str
    section: str = ""
    how: str = ""
    year: int | None = None
    unit: str = ""
    nth: int = 0
    nearest: tuple[Intent, ...] = ()
