"""Metamorphic relations (变形关系): what must not change, and what must, when a report is changed in a known way.

Each relation makes another report from the user's own and says what is wrong with the two scorecards, or
None where the relation does not apply to this report. Knows nothing of formulas: the scorer is an argument.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from decimal import Decimal

from assistant.domain.base import Frozen
from assistant.domain.figures import trimmed
from assistant.domain.indicator import Category, Comparator, Indicator, TargetKind
from assistant.domain.report import Funding, Project, Report
from assistant.domain.scorecard import Row, Scorecard
from assistant.domain.targets import read_actual
from assistant.scoring.pack import Rules

#: A loss below this many points may vanish in rounding.
_VISIBLE = Decimal("0.01")

Scorer = Callable[[Report, Rules], Scorecard]
Judge = Callable[[Report, Rules, Scorer], list[str] | None]


class Relation(Frozen):
    """A relation with its id, what it says in Chinese, and its judge."""

    id: str
    title: str
    judge: Judge


def in_yuan(report: Report, rules: Rules, scorer: Scorer) -> list[str] | None:
    """M1: money written in 元 instead of 万元, in the funds and in the indicators, scores the same."""
    if not any(project.funding for project in report.projects):
        return None
    scaled = _with_rows(_with_money(report, Decimal(10_000)), _row_in_yuan)
    return _differences(scorer(report, rules), scorer(scaled, rules))


def reordered(report: Report, rules: Rules, scorer: Scorer) -> list[str] | None:
    """M2: sub-projects and indicators in reverse order score the same."""
    if len(report.projects) < 2 and all(len(project.indicators) < 2 for project in report.projects):
        return None
    turned = tuple(
        project.model_copy(update={"indicators": project.indicators[::-1]})
        for project in report.projects[::-1]
    )
    before, after = scorer(report, rules), scorer(report.model_copy(update={"projects": turned}), rules)
    wrong = _of_totals(before, after)
    pairs = zip(before.projects, after.projects[::-1], strict=True)
    rows = [(a, b) for one, other in pairs for a, b in zip(one.rows, other.rows[::-1], strict=True)]
    return wrong + _of_rows(rows)


def beside_an_empty_one(report: Report, rules: Rules, scorer: Scorer) -> list[str] | None:
    """M3: a further sub-project without money and indicators changes nothing."""
    if not report.projects:
        return None
    more = (*report.projects, Project(name="无关的子项目"))
    before, after = scorer(report, rules), scorer(report.model_copy(update={"projects": more}), rules)
    return _of_totals(before, after) + _of_rows(list(zip(before.rows, after.rows, strict=True)))


def scaled_together(report: Report, rules: Rules, scorer: Scorer) -> list[str] | None:
    """M4: three times the budget with three times the spending has the same rate and the same scores."""
    if report.total("annual_budget") == 0:
        return None
    return _differences(scorer(report, rules), scorer(_with_money(report, Decimal(3)), rules))


def renamed(report: Report, rules: Rules, scorer: Scorer) -> list[str] | None:
    """M5: another name of the unit, everywhere, scores the same."""
    name = "某某单位"
    projects = tuple(
        project.model_copy(update={"implementing_unit": name, "supervising_department": name})
        for project in report.projects
    )
    other = report.model_copy(update={"unit_name": name, "projects": projects})
    return _differences(scorer(report, rules), scorer(other, rules))


def direction_flipped(report: Report, rules: Rules, scorer: Scorer) -> list[str] | None:
    """M6: with ≥ and ≤ exchanged, a row that was missed has full marks, and one that was exceeded loses points."""
    before = scorer(report, rules)
    flips = [
        (row, flipped)
        for project, card in zip(report.projects, before.projects, strict=True)
        for indicator, row in zip(project.indicators, card.rows, strict=True)
        if (flipped := _flipped(indicator, row, rules)) is not None
    ]
    if not flips:
        return None
    return [wrong for row, flipped in flips if (wrong := _after_flip(row, flipped, report, rules, scorer))]


def _after_flip(row: Row, flipped: Indicator, report: Report, rules: Rules, scorer: Scorer) -> str:
    """Return what is wrong with a row after its direction was flipped, "" for nothing."""
    alone = report.model_copy(update={"projects": (Project(name="例", indicators=(flipped,)),)})
    after = scorer(alone, rules).rows[0]
    if row.met and after.score >= after.weight:
        return f"“{row.name}”已达标，改变方向后仍得满分{after.score:f}分"
    if not row.met and after.score != after.weight:
        return f"“{row.name}”未达标，改变方向后应得满分{after.weight:f}分，得{after.score:f}分"
    return ""


def met_in_full(report: Report, rules: Rules, scorer: Scorer) -> list[str] | None:
    """M7: with every 定量 row exactly at its target, each has full marks and the total does not fall."""
    rows = scorer(report, rules).rows
    plain = [row for row in rows if _is_plain(row) and not _has_bands_or_points(row, rules)]
    if not plain:
        return None
    paths = {row.path for row in plain}
    after = scorer(_at_target(report, {row.path: row for row in plain}), rules)
    return [
        f"“{row.name}”恰好达到目标，应得满分{row.weight:f}分，得{row.score:f}分"
        for row in after.rows
        if row.path in paths and row.score != row.weight
    ]


def adds_up(report: Report, rules: Rules, scorer: Scorer) -> list[str] | None:
    """M8: the steps from the full marks to the total add up, and no formula gives more than the weight."""
    card = scorer(report, rules)
    steps = sum((step.change for step in card.waterfall), card.full_score)
    wrong = [] if steps == card.total_score else [f"得分瀑布合计{steps:f}分，总分{card.total_score:f}分"]
    return wrong + [
        f"“{row.name}”公式得分{row.formula_score:f}分，应在0至{row.weight:f}分之间"
        for row in card.rows
        if row.formula_score is not None and not 0 <= row.formula_score <= row.weight
    ]


def _differences(before: Scorecard, after: Scorecard) -> list[str]:
    """Return how two scorecards of the same rows differ."""
    return _of_totals(before, after) + _of_rows(list(zip(before.rows, after.rows, strict=True)))


def _of_totals(before: Scorecard, after: Scorecard) -> list[str]:
    """Return how rates, totals and grades differ."""
    pairs = (
        ("执行率", before.execution.rate, after.execution.rate),
        ("预算执行得分", before.execution.score, after.execution.score),
        ("总分", before.total_score, after.total_score),
        ("等级", before.grade.value, after.grade.value),
    )
    return [f"{name}由{one}变为{other}" for name, one, other in pairs if one != other]


def _of_rows(rows: Sequence[tuple[Row, Row]]) -> list[str]:
    """Return the rows whose scores differ."""
    return [
        f"“{one.name}”得分由{one.score:f}变为{other.score:f}"
        for one, other in rows
        if one.score != other.score
    ]


def _with_money(report: Report, times: Decimal) -> Report:
    """Return the report with every amount of its funds multiplied."""
    projects = tuple(
        project.model_copy(update={"funding": tuple(_times(row, times) for row in project.funding)})
        for project in report.projects
    )
    return report.model_copy(update={"projects": projects})


def _times(row: Funding, times: Decimal) -> Funding:
    """Return a funding row multiplied."""
    columns = ("initial_budget", "annual_budget", "expenditure")
    amounts = {name: getattr(row, name) for name in columns}
    return row.model_copy(
        update={name: None if value is None else value * times for name, value in amounts.items()}
    )


def _with_rows(report: Report, change: Callable[[Indicator], Indicator]) -> Report:
    """Return the report with every indicator changed."""
    projects = tuple(
        project.model_copy(update={"indicators": tuple(change(row) for row in project.indicators)})
        for project in report.projects
    )
    return report.model_copy(update={"projects": projects})


def _row_in_yuan(indicator: Indicator) -> Indicator:
    """Return an indicator whose 万元 are written in 元; others as they are."""
    actual = read_actual(indicator.actual)
    if actual is None or actual.unit != "万元" or indicator.actual.strip() != actual.shown:
        return indicator
    return indicator.model_copy(update={"actual": f"{trimmed(actual.value * 10_000):f}元"})


def _is_plain(row: Row) -> bool:
    """Return whether a row is a number against a positive bound, so that its direction has a meaning."""
    return row.target.kind is TargetKind.NUMBER and (row.target.bound or 0) > 0 and not row.not_applicable


def _has_bands_or_points(row: Row, rules: Rules) -> bool:
    """Return whether a row is scored by bands of 满意度 or by 百分点, not by its own target."""
    banded = rules.satisfaction.method == "banded" and Category.of(row.category) is Category.SATISFACTION
    return banded or rules.penalty_of(row.name) is not None


def _flipped(indicator: Indicator, row: Row, rules: Rules) -> Indicator | None:
    """Return the indicator with ≥ and ≤ exchanged and scored by formula; None where that says nothing."""
    if not _is_plain(row) or row.actual is None or row.target.bound is None:
        return None
    near = abs(row.actual.value - row.target.bound) * row.weight < row.target.bound * _VISIBLE
    if near or row.actual.unit != row.target.unit or _has_bands_or_points(row, rules):
        return None
    sign = Comparator.GE if row.target.reverse else Comparator.LE
    target = f"{sign}{row.target.bound:f}{row.target.unit}"
    fields = {"annual_target": target, "score": None, "tier": None, "deduction": None, "deviation_reason": ""}
    return indicator.model_copy(update=fields)


def _at_target(report: Report, rows: dict[str, Row]) -> Report:
    """Return the report with those rows exactly at their targets and scored by formula."""
    projects = []
    for number, project in enumerate(report.projects):
        changed = []
        for place, indicator in enumerate(project.indicators):
            row = rows.get(f"projects[{number}].indicators[{place}]")
            fields = {} if row is None else _fields_at_target(row)
            changed.append(indicator.model_copy(update=fields))
        projects.append(project.model_copy(update={"indicators": tuple(changed)}))
    return report.model_copy(update={"projects": tuple(projects)})


def _fields_at_target(row: Row) -> dict[str, object]:
    """Return the fields of a row exactly at its target."""
    return {
        "actual": f"{row.target.bound:f}{row.target.unit}",
        "score": None,
        "tier": None,
        "deduction": None,
    }


RELATIONS = (
    Relation(id="M1", title="金额由万元改写为元，执行率和得分不变", judge=in_yuan),
    Relation(id="M2", title="子项目和指标倒序排列，得分不变", judge=reordered),
    Relation(id="M3", title="加入一个无资金、无指标的子项目，总分不变", judge=beside_an_empty_one),
    Relation(id="M4", title="预算和支出同乘以三，执行率和得分不变", judge=scaled_together),
    Relation(id="M5", title="单位改名，得分不变", judge=renamed),
    Relation(id="M6", title="≥与≤互换，未达标的应得满分，超过的应失分", judge=direction_flipped),
    Relation(id="M7", title="定量指标恰好达到目标，得满分", judge=met_in_full),
    Relation(id="M8", title="得分瀑布合计等于总分，公式得分不超过分值", judge=adds_up),
)
