"""From a request to one change of the report (填数): which cell, what stands there, what will stand there.

Nothing is changed here; a proposal is shown and waits for a yes. Applied or taken back, it changes one
cell, and only where the cell still holds what was shown.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from pydantic import ValidationError

from assistant.chat.naming import covered
from assistant.domain.base import Frozen
from assistant.domain.report import Report
from assistant.errors import InvalidReport

_NUMBER = r"[≥≤><=＞＜]?\s*-?\d[\d,]*(?:\.\d+)?"
_UNIT = r"(?:%|％|万元|个百分点|[一-鿿]{1,2}(?=$|[，,。；;！吧了]))?"
_VALUE = re.compile(rf"(?:成|为|到|是|填|录入|成了|[：:]|改|\s)\s*({_NUMBER}{_UNIT})(?=$|[，,。；;！吧了\s])")
_LAST_NUMBER = re.compile(rf"({_NUMBER}(?:%|％|[一-鿿]{{1,2}})?)")
_QUOTED = re.compile(r"[“\"「『](.+)[”\"」』]", re.DOTALL)
_WORDS = re.compile(r"(?:改成|改为|修改为|更正为|填|写上|换成)\s*[：:]?\s*([^，,。；;\d][^，,。；;]*)")
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
_NOISE = re.compile(
    r"实际完成值|实际值|完成值|目标值|指标值|偏差原因|改进措施|未完成原因|权重|分值|指标|数据|实际完成"
)
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


def proposed(report: Report, words: str) -> Change | str:
    """Return the change that a request asks for, or what it leaves open, in words."""
    told = report.model_dump(mode="json")
    target = _target(told, words)
    if target is None:
        return "没有听出要改哪一格，请写出指标或资金来源的名称，例如：“把协商议事活动场次改成7场”。"
    path, label = target
    value = _value(str(path[-1]), words)
    if not value:
        return f"没有听出“{label}”要改成什么，请把新的值写在“改成”后面。"
    before = _shown(_at(told, path))
    if str(path[-1]) == "actual":
        value = _with_unit(value, before)
    change = Change(path=path, label=label, before=before, after=value)
    try:
        applied(report, change)
    except InvalidReport as error:
        return str(error)
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


def _target(told: dict[str, Any], words: str) -> tuple[tuple[Step, ...], str] | None:
    """Return the cell that is meant: of a funding row, of an indicator, or of the head."""
    opening = re.split(r"[：:“\"「]", words, maxsplit=1)[0] if _QUOTED.search(words) else words
    for place, name in _funding(told):
        if name in opening:
            column = _column(_FUNDING_COLUMNS, opening.replace(name, ""))
            return (*place, column), f"{name}的{_LABELS[column]}"
    indicator = _indicator(told, opening)
    if indicator is not None:
        column = _column(_INDICATOR_COLUMNS, opening.replace(indicator[1], ""))
        return (*indicator[0], column), f"“{indicator[1]}”的{_LABELS[column]}"
    for field, pattern in _HEAD_FIELDS:
        if re.search(pattern, opening):
            return (field,), _LABELS[field]
    return None


def _funding(told: dict[str, Any]) -> Iterator[tuple[tuple[Step, ...], str]]:
    for k, project in enumerate(told["projects"]):
        for n, row in enumerate(project["funding"]):
            yield ("projects", k, "funding", n), str(row["source"])


def _indicator(told: dict[str, Any], words: str) -> tuple[tuple[Step, ...], str] | None:
    """Return the indicator whose name shares most with the request."""
    plain = _NOISE.sub("　", words)
    ranked = [
        (
            max(covered(name, plain), covered(name, words) if name in words else 0),
            ("projects", k, "indicators", n),
            name,
        )
        for k, project in enumerate(told["projects"])
        for n, row in enumerate(project["indicators"])
        if (name := str(row["name"]))
    ]
    best = max(ranked, key=lambda one: (one[0], one[0] / len(one[2])), default=None)
    return (best[1], best[2]) if best and best[0] >= 2 else None


def _column(columns: tuple[tuple[str, str], ...], words: str) -> str:
    return next(name for name, pattern in columns if re.search(pattern, words))


def _value(field: str, words: str) -> str:
    if field in _TEXTS:
        found = _QUOTED.search(words) or _AFTER_COLON.search(words) or _WORDS.search(words)
        return found.group(1).strip() if found else ""
    matches = _VALUE.findall(words) or _LAST_NUMBER.findall(words)
    value = matches[-1].replace(" ", "") if matches else ""
    if field in _MONEY or field == "year":
        return re.sub(r"[^\d.\-]", "", value)
    return str(value)


def _with_unit(value: str, before: str) -> str:
    """A bare number takes the unit of what stands there."""
    unit = re.sub(r"^[≥≤><=\s]*-?[\d,.]+", "", before)
    return value + unit if re.fullmatch(r"-?[\d,.]+", value) and unit and len(unit) <= 4 else value
