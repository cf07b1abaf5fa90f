"""From a request to one change of the report (填数): which cell, what stands there, what will stand there.

Nothing is changed here; a proposal is shown and waits for a yes. Applied or taken back, it changes one
cell, and only where the cell still holds what was shown.
"""

from __future__ import annotations

import re
from typing import Any

from pydantic import ValidationError

from assistant.chat.naming import masked, meant
from assistant.domain.base import Frozen
from assistant.domain.report import Report
from assistant.errors import InvalidReport

_UNITS = r"%|％|万元|万|个百分点|人次|公里|(?![改换吧了为就又是从到和])[一-鿿]{1,2}(?=$|[，,。；;！吧了\s])|[场个批期条件次台例人项套家户]"
_NUMBERS = re.compile(rf"[≥≤><=＞＜]?\s*-?\d[\d,]*(?:\.\d+)?(?:{_UNITS})?")
_CHINESE = re.compile(
    r"[一二两三四五六七八九]?十[一二三四五六七八九]?(?=[场个批期条件次台例人])|(?<=[为成到])[一二两三四五六七八九](?=[场个批期条件次台例人])"
)
_DIGITS = {char: n for n, char in enumerate("零一二三四五六七八九")} | {"两": 2}
_DATE = re.compile(r"\d{4}年\d{1,2}月(?:\d{1,2}日)?(?:前)?")
#: 是380.5万元不是374.02: the value stands before what it is not.
_CORRECTED = re.compile(r"\d[^，,不]*[，,]?(而)?不是\s*[\d.,]+[^\d，,是]{0,4}$")
_OPENED = re.compile(r"[“\"「『]|(原因|措施|名称|标题).{0,6}[：:]")
_MONEY_WORDS = re.compile(r"预算|执行数|支出|执行|花|拨款|资金|到位")
_QUOTED = re.compile(r"[“\"「『](.+)[”\"」』]", re.DOTALL)
_WORDS = re.compile(
    r"(?:改成|改为|修改为|更正为|填成|填|写上|写成|换成|补上|更新为)\s*[：:]?\s*([^，,。；;\d][^，,。；;]*)"
)
_AFTER_COLON = re.compile(r"[：:]\s*(.+)", re.DOTALL)
#: Words for the columns of an indicator and of a funding row; the first that stands in the request counts.
_INDICATOR_COLUMNS = (
    ("deviation_reason", r"偏差原因|未完成原因|原因"),
    ("measures", r"改进措施|措施"),
    ("weight", r"权重|分值"),
    ("annual_target", r"目标值?|指标值|年度指标"),
    ("actual", r""),
)
_FUNDING_COLUMNS = (
    ("initial_budget", r"年初预算"),
    ("expenditure", r"执行数|支出|执行|花"),
    ("annual_budget", r"预算"),
    ("expenditure", r""),
)
_HEAD_FIELDS = (
    ("year", r"年度(?!指标|总体)"),
    ("unit_name", r"单位名称|单位名"),
    ("title", r"(报告|项目)?标题|报告名称"),
)
_LABELS = {
    "deviation_reason": "偏差原因",
    "measures": "改进措施",
    "weight": "分值",
    "annual_target": "年度指标值",
    "actual": "实际完成值",
    "initial_budget": "年初预算数",
    "expenditure": "全年执行数",
    "annual_budget": "全年预算数",
    "year": "年度",
    "unit_name": "单位名称",
    "title": "标题",
}
_TEXTS = {"deviation_reason", "measures", "unit_name", "title"}
_MONEY = {"initial_budget", "expenditure", "annual_budget", "weight"}
Step = str | int


class Change(Frozen):
    """One cell: where it is, how it is called, what it holds and what it is to hold."""

    path: tuple[Step, ...]
    label: str
    before: str
    after: str

    def reversed(self) -> Change:
        """Return the change that takes this one back."""
        return self.model_copy(update={"before": self.after, "after": self.before})


class Unclear(Frozen):
    """What a request for a change leaves open, in words; `choices` are the cells it may mean."""

    text: str
    choices: tuple[str, ...] = ()


def proposed(report: Report, words: str) -> Change | Unclear:
    """Return the change that a request asks for, or what it leaves open."""
    told = report.model_dump(mode="json")
    targets = _targets(told, words)
    if not targets:
        return Unclear(
            text="没有听出要改哪一格，请写出指标或资金来源的名称，例如：“把协商议事活动场次改成7场”。"
        )
    if len(targets) > 1:
        return Unclear(text="要改的是哪一个？", choices=tuple(f"{one.name} {words}" for one in targets))
    target = targets[0]
    path, label, before = target.path, target.label, _shown(_at(told, target.path))
    value = _value(str(path[-1]), masked(words, [target.name]), before)
    if not value:
        return Unclear(text=f"没有听出“{label}”要改成什么，请把新的值写在“改成”后面。")
    change = Change(path=path, label=label, before=before, after=value)
    try:
        applied(report, change)
    except InvalidReport as error:
        return Unclear(text=str(error))
    return change


def applied(report: Report, change: Change) -> Report:
    """Return the report with one cell changed.

    Raises InvalidReport where the cell no longer holds what was shown, or the value does not fit.
    """
    told = report.model_dump(mode="json")
    try:
        holder = _at(told, change.path[:-1])
        now = _shown(holder[change.path[-1]])
    except (KeyError, IndexError, TypeError):
        raise InvalidReport("报告", change.label, "这一格应当还在", "没有这一格") from None
    if now != change.before:
        raise InvalidReport("报告", change.label, f"应当仍是“{change.before}”", now)
    holder[change.path[-1]] = change.after or ("" if isinstance(change.path[-1], str) else None)
    if change.path == ("year",):
        holder["year"] = int(change.after) if change.after.isdigit() else change.after
    try:
        return Report.model_validate(told)
    except ValidationError as error:
        raise InvalidReport("报告", change.label, error.errors()[0]["msg"], change.after) from None


def _at(told: Any, path: tuple[Step, ...]) -> Any:
    for step in path:
        told = told[step]
    return told


def _shown(value: object) -> str:
    return "" if value is None else str(value)


class _Target(Frozen):
    path: tuple[Step, ...]
    name: str
    label: str


def _targets(told: dict[str, Any], words: str) -> list[_Target]:
    """Return the cells that may be meant: of funding rows, of indicators, or of the head."""
    opening = re.split(r"[：:“\"「]", words, maxsplit=1)[0] if _OPENED.search(words) else words
    rows = _funding(told)
    indicators = _indicators(told)
    projects = [str(project["name"]) for project in told["projects"]]
    names = meant([*(name for name, _ in rows), *(name for name, _ in indicators), *projects], opening)
    plain = masked(opening, names)
    money = [
        one
        for one in rows
        if one[0] in names or (_MONEY_WORDS.search(plain) and one[0].split("·")[0] in names)
    ]
    by_source = [
        one for one in rows if one[0].split("·")[1] in meant([n.split("·")[1] for n, _ in rows], opening)
    ]
    if by_source and (_MONEY_WORDS.search(opening) or not any(name in names for name, _ in indicators)):
        within = [one for one in by_source if one[0].split("·")[0] in meant(projects, opening)]
        money = within or by_source
    cells = [] if money else [one for one in indicators if one[0] in names]
    columns = _FUNDING_COLUMNS if money else _INDICATOR_COLUMNS
    column = _column(columns, plain)
    found = [_named(name, place, column, bool(money)) for name, place in (money or cells)]
    return (
        found
        or [
            _Target(path=(field,), name=_LABELS[field], label=_LABELS[field])
            for field, pattern in _HEAD_FIELDS
            if re.search(pattern, opening)
        ][:1]
    )


def _named(name: str, place: tuple[Step, ...], column: str, money: bool) -> _Target:
    shown = f"{name}的{_LABELS[column]}" if money else f"“{name}”的{_LABELS[column]}"
    return _Target(path=(*place, column), name=name, label=shown)


Place = tuple[str, tuple[Step, ...]]


def _funding(told: dict[str, Any]) -> list[Place]:
    """Return the funding rows, each called sub-project·source."""
    return [
        (f"{project['name']}·{row['source']}", ("projects", k, "funding", n))
        for k, project in enumerate(told["projects"])
        for n, row in enumerate(project["funding"])
    ]


def _indicators(told: dict[str, Any]) -> list[Place]:
    return [
        (str(row["name"]), ("projects", k, "indicators", n))
        for k, project in enumerate(told["projects"])
        for n, row in enumerate(project["indicators"])
        if row["name"]
    ]


def _column(columns: tuple[tuple[str, str], ...], words: str) -> str:
    return next(name for name, pattern in columns if re.search(pattern, words))


def _value(field: str, words: str, before: str) -> str:
    """Return the new value that the words give, "" where they give none; `before` lends unit and comparator."""
    if field in _TEXTS:
        found = _QUOTED.search(words) or _AFTER_COLON.search(words) or _WORDS.search(words)
        return found.group(1).strip() if found else ""
    if dated := _DATE.findall(words):
        return str(dated[-1])
    numbers = _NUMBERS.findall(_arabic(words))
    if not numbers and field in ("actual", "annual_target"):
        found = _QUOTED.search(words) or _AFTER_COLON.search(words) or _WORDS.search(words)
        return found.group(1).strip() if found else ""
    last = -2 if len(numbers) > 1 and _CORRECTED.search(words) else -1
    value = re.sub(r"\s", "", numbers[last]) if numbers else ""
    if field in _MONEY or field == "year":
        return re.sub(r"[^\d.\-]", "", value)
    return _like(value, before)


def _arabic(words: str) -> str:
    """Return the words with counted Chinese numerals as digits: 十五批 becomes 15批."""
    return _CHINESE.sub(lambda found: str(_counted(found.group())), words)


def _counted(told: str) -> int:
    tens, ten, ones = told.rpartition("十")
    return (_DIGITS.get(tens, 1) * 10 if ten else 0) + _DIGITS.get(ones, 0)


def _like(value: str, before: str) -> str:
    """A bare number takes unit and comparator of what stands there."""
    unit = re.sub(r"^[≥≤><=\s]*-?[\d,.]+", "", before)
    sign = re.match(r"[≥≤><=]*", before)
    if re.search(r"[\d.]$", value) and unit and len(unit) <= 4:
        value += unit
    return (sign.group() if sign and value[:1].isdigit() else "") + value
