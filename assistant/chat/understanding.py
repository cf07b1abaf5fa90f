"""Understands a request without a model (听懂一句话): what it wants and what it is about, by its words and their order.

Knows nothing about tools, screens or the report; the first rule that fits counts.
"""

from __future__ import annotations

import re
from enum import StrEnum

from assistant.chat.naming import role_asked
from assistant.domain.base import Frozen


class Intent(StrEnum):
    """What a request wants."""

    HELP = "帮助"
    YES = "同意"
    NO = "不同意"
    UNDO = "撤销"
    FILL = "改数据"
    CHECK = "校核一段话"
    CHECK_DRAFT = "校核文稿"
    SEARCH = "查往年"
    COMPARE = "与上年比"
    DRAFT = "起草"
    REWRITE = "改写"
    EXPORT = "导出"
    FINDINGS = "表格问题"
    EXPLAIN = "解释得分"
    FIGURE = "查数字"
    UNKNOWN = "不明白"


class Request(Frozen):
    """An intent and the words it is about; `section` is the id of the outline, `how` a length or a file format."""

    intent: Intent
    about: str
    section: str = ""
    how: str = ""


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
    "表格问题": Intent.FINDINGS,
    "上年": Intent.COMPARE,
    "改": Intent.FILL,
    "导出": Intent.EXPORT,
    "撤销": Intent.UNDO,
}
#: How people call the sections of the outline; the first that stands in the request counts.
SECTIONS: tuple[tuple[str, str], ...] = (
    ("promises", r"问题整改|整改(落实)?情况"),
    ("measures", r"(改进|整改|下一步)(的)?(工作)?(措施|打算|建议)|下一步改进"),
    ("problems", r"存在的?(主要)?问题|问题(和|与|及)不足|问题(这|那)?(一)?(块|部分|段)"),
    ("spending", r"支出效益"),
    ("benefits", r"效益分析|效益(这|那)?(块|部分|段)"),
    ("conclusion", r"结论|综述"),
    ("funding", r"(财政)?支出情况|资金(使用|来源)?(及使用)?情况|收支情况|资金(这|那)?(块|部分|段)"),
    ("indicators", r"绩效(目标)?管理情况|绩效管理|指标完成情况"),
    ("management", r"管理情况|项目管理"),
    ("overview", r"实施情况|(项目|部门|单位)概况"),
)
_TEXT = re.compile(r"[“\"「『](.+)[”\"」』]|[：:\n]\s*(.+)", re.DOTALL)
_OPENING = re.compile(r"[：:\n“\"「『]")
_SHORT = re.compile(r"短|精简|缩|压|精炼|简(短|洁|练|要)|概括|啰嗦|太长|太多|字数")
_LONG = re.compile(r"展开|详细|扩|多写|充实|太短|具体|丰富|长(一)?(点|些)|不够")
_FORMATS = (("md", r"markdown|\bmd\b|md格式"), ("xlsx", r"excel|xlsx|自评表|填好的表|表格"))

#: What a request is called by; the order matters.
_NOT_A_CHANGE = re.compile(r"改写|改进(?!措施(填|改|写上|为))|整改|怎么填|如何填")
_CHANGE = re.compile(
    r"(改|修改|更正|变更|更新|调|调整|设|设置|换)(成|为|到)|填(?!报)|录(成|入)|更正|应(当)?(为|该是|是)|写上|改(一)?下"
    r"|不是.+[，,、]?(而)?是|改(?=\s*[≥≤<>=]?\d)"
)
_RULES: tuple[tuple[Intent, str, str], ...] = (
    (
        Intent.HELP,
        r"^(你好|您好|谢谢|多谢|辛苦)|帮助|[能会]?(干|做)(些)?(什么|啥)|怎么用|(哪些|什么)功能|下一步(该|要)?(做|干|怎么)",
        r"",
    ),
    (
        Intent.UNDO,
        r"撤销|撤回|回退|退回|改错了|(恢复|还原)(成|到)?(原来|上一步|之前|刚才|原样)|改动不要",
        r"",
    ),
    (Intent.NO, r"^(不用|算了|取消|先别|不要|别改|不改|否|不是$|不行|不对$)", r""),
    (
        Intent.YES,
        r"^(确认|好的?|可以|是的?|行|对的?|嗯+|同意|没问题|就这么|就这样|改吧)[，,。！]?(就|请)?(这么|这样)?(改|办|做|执行)?(吧|了)?[。！]?$",
        r"",
    ),
    (
        Intent.EXPORT,
        r"导出|下载|另存|[存输]出?成|输出|打包|弄下来|(生成|给我|要).*(word|docx|markdown|excel|xlsx|文件)",
        r"能(不能)?导出.*吗|红灯",
    ),
    (
        Intent.FINDINGS,
        r"(表(?![述示达现])|填报|填的).*(问题|疑点|错)|黄灯|哪里(填|要)改",
        r"文稿|报告里|全文|对照表|代表",
    ),
    (
        Intent.EXPLAIN,
        r"得分.*(对不对|怎么|回事|多少|情况)|怎么(算|得的|扣|加)|(扣|失|丢)了?.{0,2}分",
        r"往年|以前|历年|别|文稿|报告里|(算|扣).*写",
    ),
    (
        Intent.REWRITE,
        r"(写|改)(得)?(短|长|简|详)|精简|简短|简洁|缩写|缩短|压缩|压一压|精炼|概括得|啰嗦|太长|太短|展开|详细|扩写|多写|充实|不够具体"
        r"|润色|换(个|种|一种)(说法|表述|写法)|改写|太生硬|字数",
        r"往年|历年|别的?(单位|人)|搜|检索",
    ),
    (
        Intent.COMPARE,
        r"去年|上年|上一年|同比|环比|两年|年度间|(与|和|跟|同)\s*\d{4}\s*年(相)?比|同期|逐年",
        r"整改|结转|往年|报告里|材料|^(去年|上年|上一年)的?(全年|年初)?(预算|执行|支出)(数|率|额)?是?多少",
    ),
    (
        Intent.SEARCH,
        r"往年|历年|以前|以往|过去|之前的报告|资料库|(别的?|其他|兄弟)(单位|人|家)|类似|相似|同类|参考|范例|例子|样例|范文|现成"
        r"|搜|检索|(?<![检核])查(一下|查|到|找)|(?<!查)找(找|一|几|关于|相|下)|去找|帮我找|翻一下|翻翻|谁写过|有人写|引用|哪份报告|那份报告"
        r"|\d{4}年的?(那份)?(的)?报告|提到过?|(局|厅|委)(那份|\d{4}年|.{0,8}项目)|有.{0,8}报告吗",
        r"",
    ),
    (
        Intent.CHECK_DRAFT,
        r"校核|校对|核对|检查|核实|审核|把关|查一遍|前后矛盾|红灯|(数字|数据|报告|文稿).*(对吗|有没有错|一致|正确)|写错的",
        r"",
    ),
    (
        Intent.DRAFT,
        r"写|起草|拟|撰写|生成|来一段|初稿|弄一版|起个?草|出一份|草拟|我要.*(部分|段)",
        r"为什么|为啥|写错",
    ),
    (
        Intent.EXPLAIN,
        r"为什么|为何|为啥|怎么(来|会|回事|只)|得分|得了?几分|多少分|失分|扣分|总分|等级|评分|满分|评优|优还是|没有?完成|算完成|算不算"
        r"|超额|达标|还差|离\d+分|几项",
        r"",
    ),
)
_CHECK_WORDS = re.compile(
    r"校核|校对|核对|核实|审核|检查|验证|对不对|对错|是否正确|(正确|对)吗|有(没有)?问题|能用吗|看(看|下|一下).*(数字|对|正确)|判断"
)


def understand(words: str) -> Request:
    """Return what a request wants and what it is about; UNKNOWN where it fits nothing."""
    said = words.strip()
    if said.startswith("/"):
        return _command(said)
    for step in (_around, _text_to_check, _change, _by_rules):
        found = step(said)
        if found is not None:
            return found
    intent = Intent.FIGURE if role_asked(said) or re.search(r"多少|几", said) else Intent.UNKNOWN
    return Request(intent=intent, about=said)


def section_of(words: str) -> str:
    """Return the section of the outline that is meant, "" for none: the whole."""
    return next((name for name, pattern in SECTIONS if re.search(pattern, words)), "")


def length_of(words: str) -> str:
    """Return whether words are to become short or long, else other."""
    if _SHORT.search(words) and "太短" not in words:
        return "short"
    return "long" if _LONG.search(words) else "other"


def format_of(words: str) -> str:
    """Return the kind of file that is meant: docx unless another is named."""
    low = words.lower()
    return next((kind for kind, pattern in _FORMATS if re.search(pattern, low)), "docx")


def _command(said: str) -> Request:
    word, _, rest = said[1:].partition(" ")
    intent = COMMANDS.get(word, Intent.UNKNOWN)
    return _filled(intent, rest.strip() or ("" if intent is Intent.CHECK else said))


def _filled(intent: Intent, about: str) -> Request:
    section = section_of(about) if intent in (Intent.DRAFT, Intent.REWRITE) else ""
    how = {Intent.REWRITE: length_of(about), Intent.EXPORT: format_of(about)}.get(intent, "")
    return Request(intent=intent, about=about, section=section, how=how)


def _around(said: str) -> Request | None:
    """What is said around the work is short, and no data is in it."""
    for intent, pattern, _ in _RULES[:4]:
        if len(said) <= 20 and re.search(pattern, said) and not re.search(r"\d", said):
            return Request(intent=intent, about=said)
    return None


def _text_to_check(said: str) -> Request | None:
    opening = _OPENING.split(said, maxsplit=1)[0]
    found = _TEXT.search(said)
    if found is None or not _CHECK_WORDS.search(opening) or re.search(r"更正|录入", opening):
        return None
    return Request(intent=Intent.CHECK, about=(found.group(1) or found.group(2)).strip().strip('“”"「」'))


def _change(said: str) -> Request | None:
    opening = _OPENING.split(said, maxsplit=1)[0]
    if not _CHANGE.search(said) or _NOT_A_CHANGE.search(opening) or re.search(r"[吗？?]$|为什么|怎么", said):
        return None
    if (
        _TEXT.search(said)
        or re.search(r"\d", said)
        or re.search(r"(名称|标题|单位|等级|档).{0,4}(改|填|写)", said)
    ):
        return Request(intent=Intent.FILL, about=said)
    return None


def _by_rules(said: str) -> Request | None:
    for intent, pattern, but_not in _RULES[4:]:
        if re.search(pattern, said, re.IGNORECASE) and not (but_not and re.search(but_not, said)):
            return _filled(intent, said)
    return None
