"""Explains scores and figures (解释得分) in the words that scoring and the ledger already hold."""

from __future__ import annotations

import re

from assistant.chat.answer import Answer, asked_back
from assistant.chat.naming import meant
from assistant.domain.base import plain
from assistant.domain.facts import Fact, Facts
from assistant.domain.figures import trimmed
from assistant.domain.indicator import Indicator
from assistant.domain.report import Report
from assistant.domain.scorecard import ProjectScore, Row, Scorecard, Subtotal
from assistant.pipeline import Evaluation

#: Words about the whole report.
_WHOLE = re.compile(r"等级|等次|什么档|档次|总分|总得分|我们|咱们|全部|整体")


def explain(evaluation: Evaluation, words: str) -> Answer:
    """Return how the score came about of what `words` name: an indicator, a sub-project, or the whole."""
    card = evaluation.scorecard
    told: dict[str, str] = {row.name: _row(evaluation.report, row) for row in card.rows}
    told |= {one.name: _project(one) for one in card.projects if len(card.projects) > 1}
    told |= {one.name: _part(one) for one in card.subtotals if one.name}
    names = meant(told, words)
    if _WHOLE.search(words) and not any(_clear(name, words) for name in names):
        names = ()
    if not names and re.search(r"各(个)?(子)?项目|每个(子)?项目", words):
        return Answer(text="\n".join(_project(one) for one in card.projects))
    if not names:
        names = tuple(one for one in told if one.removesuffix("指标") in words)[:1]
    if not names and re.search(r"预算执行|执行率", words):
        return Answer(text="\n".join(_execution(one) for one in card.projects))
    if len(names) > 1:
        return asked_back("要解释的是哪一个？", (f"/得分 {name}" for name in names))
    return Answer(text=told[names[0]] if names else _whole(card))


def _clear(name: str, words: str) -> bool:
    """Return whether more than two neighbouring characters of a name stand in the words."""
    return any(name[n : n + 3] in words for n in range(len(name) - 2))


def _part(part: Subtotal) -> str:
    lost = part.weight - part.score
    return f"{part.name}共{plain(trimmed(part.weight))}分，得{part.score:.2f}分，失{lost:.2f}分。"


def _execution(card: ProjectScore) -> str:
    return f"“{card.name}”预算执行得{card.execution.score:.2f}分：{card.execution.basis}。"


def compared(facts: Facts) -> str:
    """Return this year beside last year, one figure a line; says where last year is not known."""
    ledger = facts.by_id()
    lines = []
    for name, label in (("budget", "全年预算"), ("spent", "全年执行"), ("rate", "预算执行率")):
        now, then = ledger.get(f"all.{name}"), ledger.get(f"ly.all.{name}")
        if now is None or then is None:
            continue
        change = ledger.get(f"all.change.{name}")
        moved = "持平" if now.value == then.value else ("增加" if now.value > then.value else "减少")
        much = (
            f"，{moved}{change.shown.lstrip('-')}"
            if change is not None and now.value != then.value
            else f"，{moved}"
        )
        lines.append(f"{label}：今年{now.shown}，上年{then.shown}{much}。")
    lines += [
        f"{fact.label}：今年{mine.shown}，上年{fact.shown}。"
        for fact in facts
        if fact.id.startswith("ly.p")
        and fact.id.endswith(".actual")
        and (mine := _same_now(facts, fact)) is not None
    ]
    return "\n".join(lines) if lines else "没有填上年数据，不能比较。请到“填数据”补上年数据。"


def _same_now(facts: Facts, fact: Fact) -> Fact | None:
    return next(
        (
            one
            for one in facts
            if one.role is fact.role and one.subject == fact.subject and not one.id.startswith("ly.")
        ),
        None,
    )


def _row(report: Report, row: Row) -> str:
    lines = [
        f"“{row.name}”（{row.project}）：分值{plain(row.weight)}分，得{row.score:.2f}分。",
        f"{row.basis}。",
    ]
    if row.lost > 0 and not row.not_applicable:
        lines.append(f"失{row.lost:.2f}分。{_reason(report, row.path)}")
    if row.clause:
        lines.append(f"依据：{row.clause}。")
    return "\n".join(lines)


def _reason(report: Report, path: str) -> str:
    indicator = indicator_at(report, path)
    if indicator is None or not indicator.deviation_reason:
        return "表里没有填偏差原因。"
    return f"填报的原因：{indicator.deviation_reason}。"


def indicator_at(report: Report, path: str) -> Indicator | None:
    """Return the indicator at a path of the report, None where there is none."""
    for k, project in enumerate(report.projects):
        for n, indicator in enumerate(project.indicators):
            if path == f"projects[{k}].indicators[{n}]":
                return indicator
    return None


def _project(card: ProjectScore) -> str:
    lines = [
        f"“{card.name}”得{card.total_score:.2f}分，满分{plain(trimmed(card.full_score))}分，等级{card.grade.value}。",
        f"预算执行：{card.execution.basis}。",
    ]
    lost = [row for row in card.rows if row.lost > 0 and not row.not_applicable]
    lines += [f"· {row.name}失{row.lost:.2f}分：{row.basis}" for row in lost]
    return "\n".join(lines if lost else [*lines, "指标都得了满分。"])


def _whole(card: Scorecard) -> str:
    lines = [
        f"总分{card.total_score:.2f}分，满分{plain(trimmed(card.full_score))}分，等级{card.grade.value}。"
    ]
    lines += [f"· {step.name}：{step.change:.2f}分。{step.basis}" for step in card.waterfall]
    return "\n".join(lines if card.waterfall else [*lines, "没有失分。"])
