"""Understands a request without a model (听懂一句话): commands, a text to check, a new value, else the nearest examples.

It is told the names of the report and knows nothing else about it, nor about tools and screens.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.chat.examples import NAME, shipped
from assistant.chat.intents import COMMANDS, Intent, Request
from assistant.chat.naming import masked
from assistant.chat.slots import format_of, length_of, section_of, unit_of, year_of
from assistant.domain.services import Nearness

__all__ = ["Intent", "Request", "understand"]

_TEXT = re.compile(r"[“\"「『](.+)[”\"」』]|[：:\n]\s*(.+)", re.DOTALL)
_OPENING = re.compile(r"[：:\n“\"「『]")
_QUOTE_FIRST = re.compile(r"^[“\"「『](.+)[”\"」』]\s*(.+)$", re.DOTALL)
_CHECK_WORDS = re.compile(
    r"校核|校对|核对|核实|核一|核下|审核|检查|验证|对不对|对错|准不准|准确|是否正确|正确|(对|行|准)吗|有没有(问题|错|毛病)|[有没]问题|能用吗|对得上|合不合适"
    r"|行不行|看(看|下|一下).*(数字|对|正确|错)|判断|把关|过目|查查|这句|这段|这么写"
)
_CHANGE_WORDS = re.compile(
    r"(改|修改|更正|变更|更新|调|调整|设|设置|换|写|录|填|记|变|降|升|提)(成|为|到|入|上)|填(?!报)|更正|应(当)?(为|该是|是)|改(一)?(下|改)|录|实为|补(上|填|一句)"
    r"|登记|不是.+[，,、]?(而)?是|改(?=\s*[≥≤<>=]?\d)|错了|有误|更新|漏填|实际(是|为|做|完成)|重新(核|统计|算)|核定|以.{1,8}为准|不是"
)
_ASKING = re.compile(r"[吗呢？?么]$|为什么|为啥|怎么|咋|是否|有没有|多少|几[个场条分]|对不对|[怎如]何|哪")
_VALUE = re.compile(r"\d|[一二三四五六七八九十百]+[场个批期条件人次台例]")
#: Words that speak for an intent wherever they stand, and how much they make it likelier.
_CUES = (
    (
        Intent.SEARCH,
        re.compile(
            r"往年|历年|以前|以往|过去|旧报告|(别的?|其他|兄弟)(单位|人|家)|范(文|例|本)|样(例|本|板)|搜|检索|翻翻|资料库里|报告里(面)?(有|怎|都|提)|有人写|谁写|同类项目|类似|参考|借鉴|引用"
        ),
    ),
    (
        Intent.REWRITE,
        re.compile(
            r"精简|缩|压缩|精炼|简(短|洁|练|化)|啰嗦|太(长|短|细|笼统)|展开|扩写|充实|详细|润色|换(个|种|一种|一个)|重新(组织|表述|措辞)|改写|再(短|长|简|具体)|不够|通顺|别扭|生硬|太.{1,3}(了|，|,|$)|多(写|加)|删|口语"
        ),
    ),
    (
        Intent.EXPORT,
        re.compile(
            r"下下来|导(出|成|一下|个|一份)|下载|打包|压缩包|输出|另存|存成|(生成|出|转|要|来|弄|给).{0,5}(word|docx|pdf|excel|xlsx|markdown|zip)",
            re.IGNORECASE,
        ),
    ),
    (
        Intent.CHECK_FILE,
        re.compile(
            r"(别的|别人|其他|外面|同事|下属|下级|外单位|第三方).{0,8}(写|做|交|发|报|稿).*(查|审|核|校|错)|上传.*(审|查|校)|附件|审稿"
        ),
    ),
    (
        Intent.DRAFT,
        re.compile(
            r"(?<!重新)起草|撰写|草拟|拟(写|一)|代写|代笔|(生成|写|出|弄|来)(一)?(份|篇|版|段|稿|个).*(报告|初稿|稿|情况|问题|措施|结论)?|写(完|出来)|来一段|你来|写[几一二三四五两]+[条段点]"
        ),
    ),
    (Intent.FIGURE, re.compile(r"多少(?!分)|几[一-鿿](?=$|[？?呢啊])(?<!几分)|百分之几")),
    (
        Intent.COMPARE,
        re.compile(
            r"同比|环比|(和|跟|与|比|较|同)(去年|上年|上一年|前一年)|两年|(去年|上年).*(今年|相比|比)|今年.*(去年|上年)"
        ),
    ),
    (Intent.FINDINGS, re.compile(r"(?<!代)表(里|格|上)|填(的|报)|漏填|标红|黄灯")),
)
_CUE = 1.35
#: Below this likeness nothing was understood.
_LEAST = 0.03


def understand(words: str, names: Sequence[str] = (), nearness: Nearness | None = None) -> Request:
    """Return what a request wants and what it is about; UNKNOWN, with the nearest readings, where it fits nothing.

    `names` are those of the indicators, sub-projects and sources of the report.
    """
    said = words.strip()
    if said.startswith("/"):
        return _command(said)
    hidden = masked(said, names)
    return _text_to_check(said) or _change(said, hidden) or _likened(said, hidden, nearness)


def slotted(intent: Intent, about: str) -> Request:
    """Return a request with all that its words name besides their matter."""
    section = section_of(about) if intent in (Intent.DRAFT, Intent.REWRITE, Intent.SEARCH) else ""
    how = {Intent.REWRITE: length_of, Intent.DRAFT: length_of, Intent.EXPORT: format_of}.get(intent)
    search = intent is Intent.SEARCH
    return Request(
        intent=intent,
        about=about,
        section=section,
        how=how(about) if how else "",
        year=year_of(about) if search else None,
        unit=unit_of(about) if search else "",
    )


def _command(said: str) -> Request:
    word, _, rest = said[1:].partition(" ")
    intent = COMMANDS.get(word, Intent.UNKNOWN)
    return slotted(intent, rest.strip() or ("" if intent is Intent.CHECK else said))


def _text_to_check(said: str) -> Request | None:
    first = _QUOTE_FIRST.match(said)
    if first and len(first.group(1)) > 5 and _CHECK_WORDS.search(first.group(2)):
        return Request(intent=Intent.CHECK, about=first.group(1).strip())
    opening = _OPENING.split(said, maxsplit=1)[0]
    found = _TEXT.search(said) or re.search(r"^()[^，,]{1,12}[，,]\s*(.*\d.*)$", said)
    if (
        found is None
        or not _CHECK_WORDS.search(opening)
        or re.search(r"更正|录|填|改|搜|查往年|资料|换", opening)
    ):
        return None
    if not found.group(1) and not found.group(2):
        return None
    text = (found.group(1) or found.group(2)).strip().strip('“”"「」')
    if opening == said and not re.match(r"[^，,]*(校|核|检查|验证|判断|看)", said):
        return None
    return Request(intent=Intent.CHECK, about=text)


def _change(said: str, hidden: str) -> Request | None:
    """A named cell with a new value, said and not asked."""
    opening = _OPENING.split(hidden, maxsplit=1)[0]
    if _ASKING.search(hidden) or re.search(r"改写|怎么|往年|相比|写(短|长)", opening):
        return None
    named = NAME in hidden.split("的报告")[0] or re.search(r"预算|执行数|年度|单位名|标题|支出", hidden)
    verb = _CHANGE_WORDS.search(hidden)
    bare = re.fullmatch(rf"{NAME}\s*(是|为|=|：)?\s*[\d.,%％]+\s*[一-鿿%％]{{0,3}}", hidden)
    worded = re.search(rf"{NAME}|名称|标题|单位名", hidden)
    valued = (
        _VALUE.search(said)
        or _TEXT.search(said)
        or (worded and re.search(r"(改|填|换)(成|为|上)\S|(原因|措施).*写(成|上)\S", hidden))
    )
    if bare or (named and verb and valued):
        return Request(intent=Intent.FILL, about=said)
    return None


def _likened(said: str, hidden: str, nearness: Nearness | None) -> Request:
    cued = {intent for intent, cue in _CUES if cue.search(said)}
    if Intent.SEARCH in cued:
        cued -= {Intent.DRAFT, Intent.REWRITE}
    barred = set() if _CHANGE_WORDS.search(hidden) else {Intent.FILL}
    liked = ((one, score * (_CUE if one in cued else 1)) for one, score in shipped().ranked(hidden, nearness))
    ranked = sorted((one for one in liked if one[0] not in barred), key=lambda one: -one[1])
    best, score = ranked[0]
    if score < _LEAST or best is Intent.UNKNOWN:
        nearest = [intent for intent, _ in ranked[:3] if intent is not Intent.UNKNOWN][:2]
        return Request(intent=Intent.UNKNOWN, about=said, nearest=tuple(nearest))
    return slotted(best, said)
