"""Triggers on what indicators are about (指标与内容): the largest expense, the scope, several faults at once.

Likeness is a shared run of two characters between names; knows nothing of scores.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal

from assistant.diagnosis.candidate import Candidate, Grounds
from assistant.diagnosis.taxonomy import taxonomy
from assistant.domain.indicator import Category, Indicator
from assistant.domain.report import Project

#: words of every name, which make no two names alike
_GENERIC = re.compile(
    r"项目|工作|经费|费用|资金|支出|完成|情况|数量|次数|人数|个数|比例|及时|达标|合格|服务|管理|其他|专项|年度"
)
#: below these a comparison says nothing: characters of scope, output indicators
_SCOPE, _OUTPUTS = 30, 3
_TARGET_TYPES = ("P14", "P15", "P16", "P17", "P18", "P19", "P20")


def unlinked_money(grounds: Grounds) -> Iterator[Candidate]:
    """Yield P18 where no indicator is about the largest of several line items (最大支出项)."""
    for path, project, _ in grounds.projects():
        items = [item for item in project.line_items if item.budget]
        if len(items) < 2 or not project.indicators:
            continue
        largest = max(items, key=lambda item: item.budget or Decimal(0))
        words = _pairs(largest.name)
        if words and not any(words & _pairs(_about(one)) for one in project.indicators):
            yield Candidate(
                type_id="P18",
                path=path,
                name=project.name,
                cause=f"主要支出内容“{largest.name}”没有对应的指标",
                confidential=project.confidential,
            )


def foreign_indicators(grounds: Grounds) -> Iterator[Candidate]:
    """Yield P19 where most output indicators share no word with what the sub-project says it does."""
    for path, project, _ in grounds.projects():
        scope = _scope(project)
        outputs = [one for one in project.indicators if Category.of(one.category) is Category.OUTPUT]
        if len(scope) < _SCOPE or len(outputs) < _OUTPUTS:
            continue
        known = _pairs(scope)
        foreign = [one for one in outputs if not known & _pairs(_about(one))]
        if len(foreign) * 2 > len(outputs):
            yield Candidate(type_id="P19", path=path, name=project.name, confidential=project.confidential)


def combined(hits: Sequence[Candidate]) -> Iterator[Candidate]:
    """Yield P21 for each sub-project with three or more different types of P14 to P20 (综合)."""
    by_project: dict[str, list[Candidate]] = {}
    for hit in hits:
        if hit.type_id in _TARGET_TYPES:
            by_project.setdefault(hit.path.split(".")[0], []).append(hit)
    for path, found in by_project.items():
        if len({hit.type_id for hit in found}) >= taxonomy().limits.combined_targets:
            first = next((hit for hit in found if hit.path == path), found[0])
            yield Candidate(
                type_id="P21",
                path=path,
                name=first.name,
                owner=first.owner,
                rules=tuple(dict.fromkeys(rule for hit in found for rule in hit.rules)),
                confidential=first.confidential,
            )


def without_combined(hits: Iterable[Candidate]) -> list[Candidate]:
    """Leave out the single matters of a sub-project that P21 sums up; they stay candidates of their own."""
    found = list(hits)
    summed = {hit.path for hit in found if hit.type_id == "P21"}
    return [hit for hit in found if hit.type_id not in _TARGET_TYPES or hit.path.split(".")[0] not in summed]


def _about(indicator: Indicator) -> str:
    return f"{indicator.name}，{indicator.annual_target}"


def _scope(project: Project) -> str:
    tasks = (text for task in project.tasks for text in (task.name, task.content))
    items = (item.name for item in project.line_items)
    return "，".join([project.name, project.goal.expected, *tasks, *items])


def _pairs(text: str) -> set[str]:
    """The runs of two Chinese characters, generic words left out."""
    runs = re.findall(r"[\u4e00-\u9fff]+", _GENERIC.sub("，", text))
    return {run[i : i + 2] for run in runs for i in range(len(run) - 1)}
