"""What a template may name (标签名称): texts, lists with the fields of their pieces, and whole blocks.

Every name stands in Chinese and in English. `values_of` gives texts and lists their values from the report;
nothing confidential is among them. Knows nothing of Word.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from enum import StrEnum
from typing import Any

from assistant.domain.base import Frozen, plain
from assistant.domain.draft import Draft, Paragraph
from assistant.domain.report import Project, Report
from assistant.domain.scorecard import ExecutionScore, ProjectScore, Row, Scorecard
from assistant.export.annex import money_text, public_projects, rate_text
from assistant.export.body import ROLES
from assistant.export.public import public_report


class SlotKind(StrEnum):
    """What a name stands for."""

    TEXT = "文字"
    LIST = "清单"
    BLOCK = "整块"


class Slot(Frozen):
    """One name: Chinese, English, and for a list the names within each of its pieces."""

    name: str
    english: str
    kind: SlotKind = SlotKind.TEXT
    fields: tuple[Slot, ...] = ()


def _texts(*pairs: str) -> tuple[Slot, ...]:
    return tuple(Slot(name=name, english=english) for name, english in (pair.split("/") for pair in pairs))


def _list(pair: str, *fields: Slot) -> Slot:
    name, english = pair.split("/")
    return Slot(name=name, english=english, kind=SlotKind.LIST, fields=fields)


_MONEY = _texts(
    "年初预算数/initial_budget", "全年预算数/annual_budget", "全年执行数/expenditure", "执行率/execution_rate"
)
_SCORE = _texts("总分/total_score", "满分/full_score", "等级/grade", "预算得分/execution_score")
_INDICATORS = _list(
    "指标/indicators",
    *_texts("序号/number", "子项目/project", "一级指标/category", "二级指标/dimension", "三级指标/name"),
    *_texts("年度指标值/annual_target", "实际完成值/actual", "分值/weight", "得分/score"),
    *_texts("完成率/completion_rate", "偏差原因/deviation_reason", "改进措施/measures"),
)
_PARAGRAPHS = _list("段落/paragraphs", *_texts("文字/text", "级别/level"))
_PROJECTS = _list(
    "子项目/projects",
    *_texts("序号/number", "名称/name", "主管部门/supervising_department", "实施单位/implementing_unit"),
    *_texts("预期目标/expected", "实际完成情况/achieved"),
    *_MONEY,
    *_SCORE,
    _INDICATORS,
)
TEXT_BLOCK, CONTENTS, ANNEX_NOTE, SIGNATURE, ANNEXES = "正文", "目录", "附件说明", "落款", "附表"
BLOCKS = (
    f"{TEXT_BLOCK}/body",
    f"{CONTENTS}/contents",
    f"{ANNEX_NOTE}/annex_note",
    f"{SIGNATURE}/signature_block",
    f"{ANNEXES}/annexes",
)
SLOTS = (
    *_texts("标题/title", "单位/unit_name", "年度/year", "署名/signature", "日期/date"),
    *_texts("项目名称/project_title", "评分规则/rules"),
    *_MONEY,
    *_SCORE,
    _PROJECTS,
    _INDICATORS,
    _PARAGRAPHS,
    _list("部分/sections", *_texts("标题/title"), _PARAGRAPHS),
    *(slot.model_copy(update={"kind": SlotKind.BLOCK}) for slot in _texts(*BLOCKS)),
)
#: Lists through which the words of the draft can come in, instead of the block.
TEXT_LISTS = ("段落", "部分")


def slot_named(name: str, slots: tuple[Slot, ...] = SLOTS) -> Slot | None:
    """Return the slot of that Chinese or English name, None where there is none."""
    return next((slot for slot in slots if name in (slot.name, slot.english)), None)


def values_of(draft: Draft, report: Report, scorecard: Scorecard) -> dict[str, Any]:
    """Return the value of every text and list under both its names; numbers as the annexes print them."""
    public = public_report(report)
    pairs = list(public_projects(public, scorecard))
    signature = draft.signature
    values: dict[str, Any] = {
        "标题": draft.title,
        "单位": draft.unit_name,
        "年度": str(draft.year or ""),
        "署名": signature[0] if signature else draft.unit_name,
        "日期": signature[1] if len(signature) > 1 else "",
        "项目名称": public.title,
        "评分规则": scorecard.rules_title,
        **_money(scorecard.execution),
        **_score(scorecard, scorecard.execution),
        "子项目": [_project(number, *pair) for number, pair in enumerate(pairs, 1)],
        "指标": _numbered(row for pair in pairs for row in _rows(*pair)),
        "段落": [_paragraph(one) for one in draft.paragraphs],
        "部分": [
            {"标题": section.title, "段落": [_paragraph(one) for one in section.paragraphs]}
            for section in draft.sections
        ],
    }
    return _in_both_languages(values, SLOTS)


def _money(money: ExecutionScore) -> dict[str, str]:
    amounts = (money.initial_budget, money.annual_budget, money.expenditure)
    names = ("年初预算数", "全年预算数", "全年执行数")
    return {**dict(zip(names, map(money_text, amounts), strict=True)), "执行率": rate_text(money.rate)}


def _score(card: Scorecard | ProjectScore, money: ExecutionScore) -> dict[str, str]:
    return {
        "总分": money_text(card.total_score),
        "满分": plain(card.full_score),
        "等级": card.grade.value,
        "预算得分": money_text(money.score),
    }


def _project(number: int, project: Project, card: ProjectScore) -> dict[str, Any]:
    return {
        "序号": str(number),
        "名称": project.name,
        "主管部门": project.supervising_department,
        "实施单位": project.implementing_unit,
        "预期目标": project.goal.expected,
        "实际完成情况": project.goal.achieved,
        **_money(card.execution),
        **_score(card, card.execution),
        "指标": _numbered(_rows(project, card)),
    }


def _rows(project: Project, card: ProjectScore) -> Iterator[dict[str, str]]:
    for indicator, row in zip(project.indicators, card.rows, strict=True):
        yield {
            "子项目": project.name,
            "一级指标": row.category,
            "二级指标": row.dimension,
            "三级指标": row.name,
            "年度指标值": indicator.annual_target,
            "实际完成值": _actual(indicator.actual, row),
            "分值": plain(row.weight),
            "得分": money_text(row.score),
            "完成率": rate_text(row.completion_rate),
            "偏差原因": indicator.deviation_reason,
            "改进措施": indicator.measures,
        }


def _actual(written: str, row: Row) -> str:
    return written or (row.actual.shown if row.actual else "")


def _numbered(rows: Iterator[dict[str, str]]) -> list[dict[str, str]]:
    return [{"序号": str(number), **row} for number, row in enumerate(rows, 1)]


def _paragraph(one: Paragraph) -> dict[str, str]:
    level = ROLES[one.style].level
    return {"文字": one.text, "级别": "" if level is None else str(level + 1)}


def _in_both_languages(values: Mapping[str, Any], slots: tuple[Slot, ...]) -> dict[str, Any]:
    both: dict[str, Any] = {}
    for slot in slots:
        if slot.name not in values:
            continue
        value = values[slot.name]
        if slot.kind is SlotKind.LIST:
            value = [_in_both_languages(piece, slot.fields) for piece in value]
        both[slot.name] = both[slot.english] = value
    return both


def named_both_ways(name: str, value: Any) -> dict[str, Any]:
    """Return a value under the Chinese and the English name of its slot."""
    slot = slot_named(name)
    return {name: value} if slot is None else {slot.name: value, slot.english: value}
