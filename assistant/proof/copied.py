"""What a reviewer finds left over from somewhere else: another unit's name, last year's year, 暂无 where points were lost.

Speaks of a text alone or beside its report; precision before reach: comparisons, plans, co-operation and
names that the report itself uses are not claimed.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from assistant.domain.finding import Finding, Severity
from assistant.domain.report import Report
from assistant.proof.layout import clause_around
from assistant.proof.spots import spot

_PLACE = "[\u4e00-\u9fff]{2,3}?(?:市|县|区|州|旗)"
_ORGAN = (
    "(?:(?![区县市的])[\u4e00-\u9fff]{2,12}?(?:委员会|办公室|管理局|监督局|保障局|事务局|局|中心|学校|医院))"
)
#: Characters that end one word or begin the next, and do not stand in the name of a place.
_JOINING = "由按把与和同为在对给向从到及是的请经局会其中下简称报送前底务属有停批于究并照股站推以被受据后本该各全所个建议辖位金收"
_PROPER = f"[^{_JOINING}\\W\\da-zA-Z_]{{2,3}}(?:市|县|区|州|旗)"
_UNIT = re.compile(f"(?:(?<![\u4e00-\u9fff])|(?<=[{_JOINING}]))({_PROPER})({_ORGAN})")
_TITLE_UNIT = re.compile(f"^({_PLACE})({_ORGAN})")
_TITLE_YEAR = re.compile("((?:19|20)[0-9]{2})年(?:度)?[^\\n]{0,40}(?:报告|自评表)")
_YEAR = re.compile("(?<![0-9])((?:19|20)[0-9]{2})年(?:度)?")
_OTHERS = re.compile(
    "联合|协同|会同|对口|帮扶|协作|交流|学习|考察|调研|借鉴|参照|印发|通知|批复|上级|下级|移交|委托|协议|合同|捐赠|共建|赴|来|与|和|向"
)
#: What follows a year that is said to be the year of the report.
_OF_THE_REPORT = re.compile(
    "，?(?:本|我|该)?(?:单位|局|办|部门|项目|年度|全年|预算|绩效|自评|财政|资金|支出|整体)"
)
_COMPARES = re.compile(
    "上年|去年|前年|同比|环比|相比|[较比][^例]|增长|下降|结转|以来|开始|〔|批复|印发|追加|预算编制|历年|往年|[下次]年|—|－|-"
)
#: Words around a year that make it the year of the report beyond doubt.
_OWN_WORDS = re.compile("^[^，。；\\n]{0,10}(?:自评|绩效评价|总体目标)")
_OWN_TABLE = re.compile("(?:自评表|得分表)[^，。；\\n]{0,12}[（(][^）)\\n]{0,14}$")
_LOOKS_BACK = re.compile("上年|上一年|整改情况|问题整改|列出的")
_NONE = re.compile(
    "暂无|暂未发现|未发现(?=明显|突出|重大|问题)|无(?=(?:明显|突出)?(?:的)?(?:问题|不足))|不存在(?=(?:明显|突出)?(?:的)?(?:问题|不足))"
)
_LOST = re.compile(
    "(?:失分|扣分|丢分)(?!0|为0)|扣减|[丢扣失]了?(?!0)[0-9]|未得满分|未达标|未达到|未完成|没有完成|没能|比计划少|比目标少"
    "|(?:总分|自评得分|综合得分|总得分)[^0-9\\n]{0,4}(?:[1-8]?[0-9]|9[0-9])(?:[.][0-9]+)?分"
)
_PROBLEMS = re.compile(
    "(?m)^[ \u3000]*[一二三四五六七八九十]{1,2}、[^\\n。]{0,12}(?:问题|不足)[^\\n。]{0,10}$"
)
_NEXT_SECTION = re.compile("(?m)^[ \u3000]*[一二三四五六七八九十]{1,2}、")


def check_copied(text: str, report: Report | None = None) -> list[Finding]:
    """Return what seems to have been left over from another report."""
    return [*_other_units(text, report), *_other_years(text, report), *_nothing_said(text)]


def _other_units(text: str, report: Report | None) -> Iterator[Finding]:
    """C04: the name of a unit of another place that we do not work with."""
    own = _own_unit(text, report)
    if own is None:
        return
    place, organ = own
    known = report.model_dump_json() if report is not None else ""
    often = Counter(match[0] for match in _UNIT.finditer(text))
    for match in _UNIT.finditer(text):
        if match[1] == place or often[match[0]] > 2 or match[0] in known:
            continue
        clause = clause_around(text, match.start(), match.end())
        around = text[clause.start : match.start()] + text[match.end() : clause.end]
        if not _OTHERS.search(around):
            message = f"出现了另一单位的名称“{match[0]}”，本单位为“{place}{organ}”"
            yield spot(
                "C04", text, match.span(), message, "请核对是否套用了别的单位的报告", expected=place + organ
            )


def _own_unit(text: str, report: Report | None) -> tuple[str, str] | None:
    """Return place and organ of the unit the text is of."""
    names = [report.unit_name] if report is not None and report.unit_name else []
    names += [line.strip() for line in text.split("\n", 4)[:4]]
    for name in names:
        if match := _TITLE_UNIT.match(name):
            return match[1], match[2]
    return None


def _other_years(text: str, report: Report | None) -> Iterator[Finding]:
    """C01: last year's year said of this year's work."""
    title = _TITLE_YEAR.search(text[:300])
    own = report.year if report is not None and report.year else int(title[1]) if title else None
    if own is None:
        return
    for match in _YEAR.finditer(text):
        clause = clause_around(text, match.start(), match.end())
        around = text[clause.start : match.start()] + text[match.end() : clause.end]
        whole = text[text.rfind("\n", 0, match.start()) + 1 : match.start()]
        if int(match[1]) != own - 1 or "\t" in whole:
            continue
        if _LOOKS_BACK.search(_with_line_before(text, clause.start, clause.end)):
            continue
        certain = _OWN_WORDS.match(text[match.end() : match.end() + 20]) or _OWN_TABLE.search(whole)
        if not certain and _COMPARES.search(around):
            continue
        if not certain and not match[0].endswith("度") and not _OF_THE_REPORT.match(text, match.end()):
            continue
        if text.count("《", 0, match.start()) > text.count("》", 0, match.start()):
            continue
        message = f"“{match[0]}”是上一年度，本报告评价的是{own}年"
        yield spot(
            "C01",
            text,
            match.span(),
            message,
            "请核对是否沿用了上年的文稿",
            expected=f"{own}年",
            severity=Severity.WARNING,
        )


def _with_line_before(text: str, start: int, end: int) -> str:
    """Return a clause with the line above its own: the heading it may stand under."""
    line = text.rfind("\n", 0, start)
    return (
        text[text.rfind("\n", 0, max(0, line)) + 1 : line] + text[start:end] if line > 0 else text[start:end]
    )


def _nothing_said(text: str) -> Iterator[Finding]:
    """B09: 存在问题 says that there are none, though points were lost."""
    heading = _PROBLEMS.search(text)
    if heading is None or not _LOST.search(text, 0, heading.start()):
        return
    following = _NEXT_SECTION.search(text, heading.end())
    for match in _NONE.finditer(text, heading.end(), following.start() if following else len(text)):
        message = f"存在问题写“{match[0]}”，而前文有失分或未完成的指标"
        yield spot(
            "B09", text, match.span(), message, "请写明失分指标对应的问题和原因", expected="失分指标的问题"
        )
