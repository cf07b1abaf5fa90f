"""What was left over in a text: placeholders and talk with a model (C06), 「（待补充）」 (N12), doubled words (C20)."""

from __future__ import annotations

import re

from assistant.domain.finding import Finding
from assistant.domain.register import finding

_PENDING = re.compile("[（(]待补充[）)]|待补充")
_STUB = re.compile(
    r"[XxＸ×＊]{2,}|20[XxＸ×]{2}|_{3,}|＿{2,}|\*{2,}|(?<![0-9A-Za-z])[XxＸ×](?=[年月日元项个万%市县区局])"
    r"|(?:请|此处)(?:在此)?填[写入报]|待填(?:写)?|【\s*】|（\s{2,}）|□{2,}|暂无(?=万?元|个|项|%|％|人|次|家|件)"
    r"|(?:…|\.{3,}|·{3,})+(?=\s*(?:万元|元|%|个|项|分|年|月))|(?m:^[ \t]*(?:…{1,}|\.{3,}|\*)[ \t]*$)|(?<=\t)(?:…+|\.{3,}|\*+)(?=\t|\n|$)|(?<![\u4e00-\u9fff])指标[0-9一二三四五](?=\t|\n|$|：|、|，)"
)
#: Square brackets are places to fill only where the text has such places with their names.
_BRACKETS = re.compile("\\[[\u4e00-\u9fff]{2,12}\\]")
_EMPTY = re.compile(r"\[\s*\]")
_CHAT = re.compile(
    "(?:忽略|无视|忘记|不要理会)(?:掉)?(?:以上|上述|前面|之前|先前|所有)[^，。；\n]{0,6}(?:要求|指令|指示|提示|规则|约束)"
    "|作为(?:一[个名款])?(?:AI|人工智能|语言模型|大模型|智能助手)|系统提示词?|</?think>|[{]{2}[^{}\n]*[}]{2}"
    "|(?m:^)好的[，,][^。\n]{0,10}(?:以下|忽略|按|已)|以下是(?:改写|修改|润色)后的|参考稿"
)
_DOUBLED = re.compile(r"([\u4e00-\u9fff]{2,4})\1")
_TWICE = re.compile(
    "研究研究|考虑考虑|讨论讨论|常常|一一|高高兴兴|平平安安|方方面面|点点滴滴|家家户户|时时刻刻|多多少少|[一二三四五六七八九十]+"
)
_TWICE_SMALL = re.compile(
    "的的|了了|在在|由由|为为|与与|及及|将将(?!来)|被被|把把|和和(?![美气])|从从(?!容)|，，|、、|(?<!。)。。(?!。)|；；"
)
_TYPOS = {
    "出来了一系列": "出台了一系列",
    "帐户": "账户",
    "座落": "坐落",
    "既使": "即使",
    "甚致": "甚至",
    "布署": "部署",
    "指标值为了": "指标值为",
}


def check_left_over(text: str) -> list[Finding]:
    """Return the placeholders, pending places, doubled words and known typos of a text."""
    found = [
        _at("N12", match, "此处内容待补充", "请补充内容，或删去这一句") for match in _PENDING.finditer(text)
    ]
    found += [
        _at("C06", match, f"留有占位内容“{match[0].strip()}”", "请填入实际内容")
        for match in _STUB.finditer(text)
    ]
    if _BRACKETS.search(text):
        found += [_at("C06", match, "方括号内没有填写", "请填入实际内容") for match in _EMPTY.finditer(text)]
    found += [
        _at("C06", match, f"留有与模型对话的话“{match[0].strip()}”", "请删去")
        for match in _CHAT.finditer(text)
    ]
    found += [
        _at("C20", match, f"“{match[0]}”重复", "请删去多余的字词")
        for match in _DOUBLED.finditer(text)
        if _is_slip(text, match)
    ]
    found += [
        _at("C20", match, f"“{match[0]}”重复", "请删去多余的字词") for match in _TWICE_SMALL.finditer(text)
    ]
    for wrong, right in _TYPOS.items():
        found += [
            _at("C20", match, f"“{wrong}”疑为“{right}”", f"请改为“{right}”", right)
            for match in re.finditer(wrong, text)
        ]
    return found


def _is_slip(text: str, match: re.Match[str]) -> bool:
    return _TWICE.fullmatch(match[1]) is None and not (len(match[1]) == 2 and match[1][0] == match[1][1])


def _at(rule: str, match: re.Match[str], message: str, remedy: str, expected: str = "") -> Finding:
    return finding(
        rule,
        message,
        remedy=remedy,
        start=match.start(),
        end=match.end(),
        text=match[0],
        observed=match[0],
        expected=expected,
    )
