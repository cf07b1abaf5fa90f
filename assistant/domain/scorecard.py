"""What the figures are worth: rows, execution, subtotals, total, grade, waterfall (评分表)."""

from __future__ import annotations

from enum import StrEnum

from pydantic import Field

from assistant.domain.base import Frozen, Number
from assistant.domain.figures import Quantity
from assistant.domain.finding import Finding
from assistant.domain.indicator import Target, Tier


class Grade(StrEnum):
    """评价等级 by the displayed total: 优 ≥ 90, 良 [80,90), 中 [60,80), 差 < 60."""

    EXCELLENT = "优"
    GOOD = "良"
    FAIR = "中"
    POOR = "差"


class PackBounds(Frozen):
    """What the rule pack allows (规则界限), for the checks that do not know packs.

    `tiers` are shares of the weight, low included; `category_weights` the default 分值 of the categories,
    then those under a condition (none: the pack leaves the split free); `grades` the least total of each.
    """

    tiers: dict[Tier, tuple[Number, Number]] = {}
    category_weights: tuple[dict[str, Number], ...] = ()
    grades: dict[Grade, Number] = {}

    def grade(self, total: Number) -> Grade | None:
        """Return the 评价等级 of a total out of 100, None where the pack has no grades."""
        reached = [(least, grade) for grade, least in self.grades.items() if total >= least]
        return max(reached)[1] if reached else None


class Row(Frozen):
    """The score of one indicator.

    `score` is what counts: the score given in the report, otherwise `formula_score`. `completion_rate`
    is in percent, None where it cannot be computed. `basis` says in Chinese how the score came about.
    `reason_required` says that 偏差原因 must be filled (domain §2.10). `exact_score` is `score` before it
    was rounded (for 等级临界), None where nothing was computed.
    """

    path: str
    project: str
    category: str
    dimension: str
    name: str
    weight: Number
    score: Number
    formula_score: Number | None = None
    exact_score: Number | None = None
    completion_rate: Number | None = None
    basis: str = ""
    clause: str = ""
    target: Target
    actual: Quantity | None = None
    met: bool = True
    over_completed: bool = False
    reason_required: bool = False
    not_applicable: bool = False

    @property
    def lost(self) -> Number:
        """The points lost: weight − score."""
        return self.weight - self.score


class ExecutionScore(Frozen):
    """预算执行: amounts in 万元, rate in percent (None where the budget is zero), weight and score.

    `exact_score` is `score` before it was rounded.
    """

    annual_budget: Number
    expenditure: Number
    rate: Number | None
    weight: Number
    score: Number
    exact_score: Number | None = None
    initial_budget: Number
    initial_rate: Number | None = None
    basis: str = ""
    clause: str = ""

    @property
    def lost(self) -> Number:
        """The points lost: weight − score."""
        return self.weight - self.score


class Subtotal(Frozen):
    """Σ of the displayed rows under a category or a dimension."""

    path: str
    name: str
    level: int
    weight: Number
    score: Number


class WaterfallStep(Frozen):
    """One lost part of the way from the full marks to the total (得分瀑布)."""

    path: str
    name: str
    change: Number
    running: Number
    basis: str = ""
    clause: str = ""


class ProjectScore(Frozen):
    """The card of one sub-project."""

    path: str
    name: str
    confidential: bool = False
    execution: ExecutionScore
    rows: tuple[Row, ...] = ()
    subtotals: tuple[Subtotal, ...] = ()
    total_score: Number
    full_score: Number
    grade: Grade


class Scorecard(Frozen):
    """All scores of a report under one named rule pack.

    `rollup` says how the total follows from the sub-projects: `single` (one project), `joint` (the
    weights of all sub-projects together fill the card) or `budget_weighted` (each sub-project has its
    own full card; the total is their mean weighted by annual budget, 相对值按资金额度加权).
    """

    rules: str
    rules_title: str
    legal_basis: str
    rollup: str
    projects: tuple[ProjectScore, ...]
    execution: ExecutionScore
    subtotals: tuple[Subtotal, ...] = ()
    total_score: Number
    full_score: Number
    grade: Grade
    waterfall: tuple[WaterfallStep, ...] = ()
    findings: tuple[Finding, ...] = Field(default=())
    bounds: PackBounds = PackBounds()

    @property
    def rows(self) -> tuple[Row, ...]:
        """Every indicator row of every sub-project, in the order of the form."""
        return tuple(row for project in self.projects for row in project.rows)

    def row(self, path: str) -> Row:
        """Return the row at `path`; KeyError where there is none."""
        for row in self.rows:
            if row.path == path:
                return row
        raise KeyError(path)
