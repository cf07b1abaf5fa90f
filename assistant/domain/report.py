"""The report as data (自评报告): what a unit filled in, frozen, in and out by the JSON contract.

Money is in 万元. Whatever is absent is an empty value. This module knows nothing about scores.
"""

from __future__ import annotations

from decimal import Decimal
from enum import StrEnum

from assistant.domain.base import Amount, Frozen, Score
from assistant.domain.evidence import Evidence
from assistant.domain.indicator import Indicator


class ReportKind(StrEnum):
    """Which report: 项目 / 部门整体 / 评价."""

    PROJECT = "project"
    DEPARTMENT = "department"
    EVALUATION = "evaluation"

    @property
    def label(self) -> str:
        """The words of the title."""
        return {
            "project": "项目绩效自评报告",
            "department": "部门整体支出绩效自评报告",
            "evaluation": "绩效评价报告",
        }[self.value]


class Stage(StrEnum):
    """自评 or 申报 (plan)."""

    SELF_EVALUATION = "self_evaluation"
    PLAN = "plan"


class Funding(Frozen):
    """One source of money (资金来源) with its three amounts in 万元; rate = expenditure / annual_budget."""

    source: str = "财政拨款"
    initial_budget: Amount = None
    annual_budget: Amount = None
    expenditure: Amount = None
    expenditure_type: str = ""
    level: str = ""


class LineItem(Frozen):
    """明细: quantity × unit_price (万元) = budget."""

    name: str = ""
    quantity: Amount = None
    unit: str = ""
    unit_price: Amount = None
    budget: Amount = None
    expenditure: Amount = None


class Goal(Frozen):
    """年度总体目标: 预期 and 实际."""

    expected: str = ""
    achieved: str = ""


class Task(Frozen):
    """年度重点工作任务 with its money in 万元."""

    name: str = ""
    content: str = ""
    budget: Amount = None
    expenditure: Amount = None
    completion: str = ""


class Milestone(Frozen):
    """A year's step of a multi-year project (里程碑)."""

    year: int | None = None
    content: str = ""
    budget: Amount = None


class Adjustment(Frozen):
    """年中预算调整: signed amount in 万元 and why."""

    amount: Amount = None
    reason: str = ""
    date: str = ""


class Project(Frozen):
    """A project or sub-project (项目、子项目); `self_score` is the 自评总分 that a document states, `self_grade` its 等级."""

    name: str = ""
    code: str = ""
    confidential: bool = False
    supervising_department: str = ""
    implementing_unit: str = ""
    funding: tuple[Funding, ...] = ()
    line_items: tuple[LineItem, ...] = ()
    goal: Goal = Goal()
    indicators: tuple[Indicator, ...] = ()
    tasks: tuple[Task, ...] = ()
    milestones: tuple[Milestone, ...] = ()
    adjustments: tuple[Adjustment, ...] = ()
    expenditure_type: str = ""
    level: str = ""
    evidence: tuple[Evidence, ...] = ()
    self_score: Score = None
    self_grade: str = ""
    notes: tuple[str, ...] = ()

    def total(self, column: str) -> Decimal:
        """Return Σ over the sources of `initial_budget`, `annual_budget` or `expenditure`, empty as zero."""
        return sum((getattr(row, column) or Decimal(0) for row in self.funding), Decimal(0))


class Unit(Frozen):
    """A unit (单位) with its subordinate units."""

    name: str = ""
    units: tuple[Unit, ...] = ()
    projects: tuple[Project, ...] = ()
    authorised_posts: Amount = None
    staff: Amount = None


class OtherFigure(Frozen):
    """A further number that the writer wants to use; counts as a figure."""

    name: str = ""
    value: Amount = None
    unit: str = ""
    year: int | None = None
    source: str = ""


class Report(Frozen):
    """The whole of what was filled in; `last_year` is a Report of the same shape or nothing.

    `self_score` is the 自评总分 that a document states for the whole, null where it states none; `self_grade`
    is its 等级. Neither is ever computed.
    """

    unit_name: str = ""
    title: str = ""
    year: int | None = None
    kind: ReportKind = ReportKind.PROJECT
    stage: Stage = Stage.SELF_EVALUATION
    rules: str = ""
    projects: tuple[Project, ...] = ()
    units: tuple[Unit, ...] = ()
    tasks: tuple[Task, ...] = ()
    other_figures: tuple[OtherFigure, ...] = ()
    last_year: Report | None = None
    evidence: tuple[Evidence, ...] = ()
    self_score: Score = None
    self_grade: str = ""
    notes: tuple[str, ...] = ()

    def total(self, column: str) -> Decimal:
        """Return Σ over all sub-projects of a funding column in 万元 (confidential ones included)."""
        return sum((project.total(column) for project in self.projects), Decimal(0))


def project_path(index: int) -> str:
    """Return the path of a sub-project by its position from 0."""
    return f"projects[{index}]"


def indicator_path(project: int, indicator: int) -> str:
    """Return the path of an indicator by its positions from 0."""
    return f"projects[{project}].indicators[{indicator}]"


def quoted(name: str) -> str:
    """Return a name in “” for running text; one that holds quotation marks itself stays as it is."""
    return name if "“" in name or "”" in name else f"“{name}”"
