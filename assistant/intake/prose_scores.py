"""The total scores that a past report states (自评总分), and whether they follow from its own figures (A07).

Knows the sentences of a conclusion, nothing of tables.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal

from assistant.domain.base import Frozen, Number
from assistant.domain.figures import percentage, places_of, round_half_up
from assistant.domain.finding import Finding
from assistant.domain.register import finding
from assistant.domain.report import Project
from assistant.intake.flow import Paragraph, speaks_of

_TOTAL = re.compile(
    r"(?P<subject>[^，。；;：:]{0,30}?)(?:自评|综合|评价|自我评价|项目)?(?:总分|评分|得分|得|自评)(?:共|共计)?(?:为|是)?"
    r"(?P<score>\d{1,3}(?:\.\d+)?)分"
)
_PART = re.compile(r"执行|产出|效益|满意|决策|过程|成本|管理|占|分值|扣|指标|等级|失")
_WHOLE = re.compile(r"自评|综合|项目|总分|本单位|部门|评分|经")
_COMPLETE = re.compile(
    r"完成了?既定的?绩效目标|绩效目标(?:均已|全部)?完成|全面完成|全部完成|指标均(?:已)?(?:完成|达成)"
)
_EXECUTION, _INDICATORS = Decimal(10), Decimal(90)


class Total(Frozen):
    """A stated total with the sub-project it belongs to (None for the whole) and its place."""

    score: Number
    scope: int | None = None
    place: str = ""


def totals_in(paragraphs: Sequence[Paragraph], names: Sequence[str]) -> tuple[Total, ...]:
    """Return the first total that the text states for the whole and for each sub-project."""
    found: dict[int | None, Total] = {}
    for paragraph in paragraphs:
        if re.search(r"问题|措施|建议|指标体系|评分标准|评价设计", paragraph.section):
            continue
        for match in _TOTAL.finditer(paragraph.text):
            before = paragraph.text[max(0, match.start("score") - 14) : match.start("score")]
            if _PART.search(_last_clause(before)) or not _WHOLE.search(match[0]):
                continue
            scope = paragraph.scope if paragraph.scope is not None else speaks_of(match["subject"], names)
            total = Total(score=Decimal(match["score"]), scope=scope, place=paragraph.place)
            found.setdefault(scope, total)
    return tuple(found.values())


def _last_clause(text: str) -> str:
    """Return what stands after the last comma or stop."""
    return re.split(r"[，。；;：:、]", text)[-1]


def total_findings(
    totals: Sequence[Total], projects: Sequence[Project], paragraphs: Sequence[Paragraph]
) -> list[Finding]:
    """Return A07 for stated totals that the scores, or the execution rate and a claim of completion, do not give."""
    found = []
    for total in totals:
        known = len(projects) == 1 if total.scope is None else total.scope < len(projects)
        if not known:  # a sub-project that is spoken of and has no figures
            continue
        project = projects[total.scope or 0]
        expected = _expected(project, paragraphs)
        if expected is None or _agree(total.score, expected):
            continue
        found.append(
            finding(
                "A07",
                f"{total.place}：“{project.name}”自评总分写为{total.score:f}分，{_why(project)}，应为{expected:f}分",
                remedy="请核对总分，或写明其余失分之处",
                observed=f"{total.score:f}分",
                expected=f"{expected:f}分",
                place=total.place,
            )
        )
    return found


def _agree(stated: Decimal, expected: Decimal) -> bool:
    """Return whether a total as printed can be the expected one."""
    return abs(stated - expected) <= max(Decimal("0.5").scaleb(-places_of(stated)), Decimal("0.01"))


def _execution(project: Project) -> Decimal | None:
    """Return the execution score out of 10 by the linear rule, None without money."""
    rate = percentage(project.total("expenditure"), project.total("annual_budget"))
    return None if rate is None else round_half_up(min(rate, Decimal(100)) * _EXECUTION / 100)


def _expected(project: Project, paragraphs: Sequence[Paragraph]) -> Decimal | None:
    """Return the total that the report's own figures give: 90 + 10, or the scores; None where they give none."""
    execution = _execution(project)
    if not project.indicators:
        claimed = any(_COMPLETE.search(item.text) for item in paragraphs)
        return _INDICATORS + execution if claimed and execution is not None else None
    weights = sum((row.weight or Decimal(0) for row in project.indicators), Decimal(0))
    scores = [row.score for row in project.indicators if row.score is not None]
    if len(scores) < len(project.indicators):
        return None
    if weights == _INDICATORS + _EXECUTION:
        return sum(scores, Decimal(0))
    return sum(scores, Decimal(0)) + execution if weights == _INDICATORS and execution is not None else None


def _why(project: Project) -> str:
    """Return in Chinese what the expected total rests on."""
    execution = _execution(project)
    if not project.indicators:
        return f"文中称绩效目标已完成（指标90分），预算执行率得{execution:f}分（满分10分）"
    scores = sum((row.score or Decimal(0) for row in project.indicators), Decimal(0))
    weights = sum((row.weight or Decimal(0) for row in project.indicators), Decimal(0))
    added = f"，预算执行得{execution:f}分" if weights == _INDICATORS else ""
    return f"指标得分合计{scores:f}分{added}"
