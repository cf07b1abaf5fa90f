"""What the inputs themselves say about a deviation: cause (原因), measure (措施), owner (责任单位), deadline (时限).

Nothing is inferred: where the writer said nothing, the answer is "".
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from assistant.domain.indicator import Indicator
from assistant.domain.report import Project, Report

_OWNERS = (
    re.compile(r"责任(?:单位|部门|处室|科室|人)[：:为是]?\s*([^，。；,;（）\s]{2,20})"),
    re.compile(r"由([\u4e00-\u9fff、]{2,20}?)(?:牵头|负责|落实|承办)"),
    re.compile(r"^([\u4e00-\u9fff]{2,12}?(?:科|处|室|局|部|中心))(?=会同|在|于|\d)", re.MULTILINE),
)
_DEADLINES = (
    re.compile(r"(?:完成时限|整改时限|整改期限|时限)[：:为]?\s*([^，。；,;（）]{2,20})"),
    re.compile(r"((?:\d{4}年|明年|次年|下年度?)?\d{1,2}月(?:\d{1,2}日)?(?:底|末)?(?:之?前|以前))"),
    re.compile(r"((?:\d{4}年|明年|次年|下年度?|第[一二三四]季度|上半年)(?:底|末)?(?:之?前|以前))"),
)
_YEAR = r"(?:\d{4}年|今年|本年|明年|次年|来年|下年度?)?"
_SEASON = (
    r"(?:主?汛(?:期)?|雨季|台风季|入[冬夏秋春]|冬季|春季|秋季|夏季|供暖(?:期|季)?|采暖期|上冻|封冻|春耕|秋收|"
    r"(?:春季|秋季|新)?(?:学期)?开学|新学期|寒假|暑假|(?:春运|春节|元旦|国庆|中秋|五一|清明|高考|中考|两会)(?:假期|期间)?)"
)
#: Dates of a measure: what a plan names, in the words people use (汛前、开学前、一季度末、年内).
_PLANNED = re.compile(
    rf"(?<![半全每逐各当历])(?<!每年)((?>{_YEAR}(?:\d{{1,2}}月(?:份|上旬|中旬|下旬)?)?{_SEASON}(?:到来|来临|开始)?(?:之?前|以前)"
    rf"|{_YEAR}(?:第?[一二三四1-4]季度|上半年|下半年|\d{{1,2}}月(?:份)?|年)(?:之?内|[底末](?:之?前|以前)?|之?前|以前)"
    rf"|{_YEAR}\d{{1,2}}月(?:\d{{1,2}}日(?:之?前|以前)?|[上中下]旬(?:之?前)?)"
    rf"|{_YEAR}第?[一二三四1-4]季度(?=完成|办结|补)"
    r"|(?:\d{4}年|今年|明年|次年|来年|下年度?)(?:之?内|[底末](?:之?前|以前)?|之?前|以前)))"
    r"(?!后|\d|(?:仍|还|尚)?(?:未|没有|才|无法|不能)|每|各|的)"
)
_EMPTY = {"", "无", "—", "-", "——", "/", "暂无", "无偏差"}
_MONEY_WORDS = re.compile(r"支付|付款|结算|结转|结余|未支出|资金|预算|执行率|支出进度|采购|招标")
_HINDRANCE = re.compile(r"因|由于|影响|未能|未按|推迟|延期|取消|滞后|落后|晚于|返工|减少|不足")
_SHARED = 4


def said(text: str) -> str:
    """Return what a cell says, in one line and without its closing mark; "" for 无 and dashes."""
    line = "；".join(part.strip() for part in text.splitlines() if part.strip()).strip("。；; ")
    return "" if line in _EMPTY else line


def owner_in(texts: Iterable[str]) -> str:
    """Return the responsible office that the texts name, "" where they name none."""
    return _first(_OWNERS, texts)


def deadline_in(texts: Iterable[str]) -> str:
    """Return the deadline that the texts name, "" where they name none."""
    return _first(_DEADLINES, texts)


def planned_deadline(measure: str) -> str:
    """Return the deadline that a measure names, the last where it has several steps, "" for none.

    A measure speaks of what is to come, so that 汛前、开学前、一季度末、年内 count as well.
    """
    named = _first(_DEADLINES[:1], [measure])
    return named or next(reversed([match.group(1) for match in _PLANNED.finditer(measure)]), "")


def cause_of(indicator: Indicator, notes: Sequence[str]) -> str:
    """Return the reason the writer gave for this row, else the notes that explain the indicator."""
    given = said(indicator.deviation_reason)
    return given or "；".join(said(note) for note in notes if _names(note, indicator.name))


def money_cause(notes: Sequence[str]) -> str:
    """Return the notes about payment and procurement (为何没有支出), joined; "" where there are none."""
    return "；".join(said(note) for note in notes if _MONEY_WORDS.search(note))


def notes_of(report: Report, project: Project) -> tuple[str, ...]:
    """Return the notes that may speak of a sub-project: its own, and the report's that name it."""
    alone = len(report.projects) == 1
    return project.notes + tuple(note for note in report.notes if alone or project.name in note)


def same_cause(one: str, other: str) -> bool:
    """Whether two causes are one: the same words, or the subject and most word pairs of the shorter in the other."""
    shorter, longer = sorted((one, other), key=len)
    pairs = {shorter[i : i + 2] for i in range(len(shorter) - 1)}
    shared = sum(pair in longer for pair in pairs)
    return bool(pairs) and (
        one == other or shorter[:2] in longer and len(pairs) >= _SHARED and 5 * shared >= 3 * len(pairs)
    )


def _names(note: str, name: str) -> bool:
    """Whether a note explains an indicator: it shares a run of four characters and speaks of a hindrance."""
    shared = any(name[i : i + _SHARED] in note for i in range(len(name) - _SHARED + 1))
    return shared and _HINDRANCE.search(note) is not None


def _first(patterns: Iterable[re.Pattern[str]], texts: Iterable[str]) -> str:
    joined = "\n".join(texts)
    matches = (pattern.search(joined) for pattern in patterns)
    return next((match.group(1).strip() for match in matches if match), "")
