"""What it would take: each option keeps its promise under the second engine, and none is dearer than need be."""

from __future__ import annotations

import copy
import re
from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction
from itertools import product
from typing import Any

import pytest
from scoring_cases import report_of, rules_of
from second_engine import PACKS, random_case, total_score

from assistant.domain.report import Report
from assistant.errors import InputError
from assistant.scoring.counterfactual import Change, Option, counterfactual
from assistant.scoring.rules import load_rules

ROW_PATH = re.compile(r"projects\[(\d+)\]\.indicators\[(\d+)\]")
EXECUTION_PATH = re.compile(r"projects\[(\d+)\]\.execution")
SEEDS = range(100)


def changed(case: dict[str, Any], changes: tuple[Change, ...]) -> dict[str, Any]:
    """The plain case with the changes of an option made by hand."""
    case = copy.deepcopy(case)
    for change in changes:
        if row := ROW_PATH.fullmatch(change.path):
            change_row(case["projects"][int(row[1])]["rows"][int(row[2])], change)
        else:
            place = EXECUTION_PATH.fullmatch(change.path)
            spend(case["projects"], int(place[1]) if place else None, number(change.after))
    return case


def number(words: str) -> Fraction:
    found = re.match(r"-?\d+(\.\d+)?", words)
    assert found, words
    return Fraction(found[0])


def change_row(row: dict[str, Any], change: Change) -> None:
    row.pop("given", None)
    if change.what == "定性档次":
        row["tier"] = change.after[0]
    elif row["kind"] == "composite":
        values = [number(part) for part in change.after.split("；")]
        row["parts"] = [(target, value) for (target, _), value in zip(row["parts"], values, strict=True)]
    else:
        row["actual"] = number(change.after)


def spend(projects: list[dict[str, Any]], place: int | None, amount: Fraction) -> None:
    """Set the expenditure of one project, or of all together."""
    if place is None:
        projects[0]["spent"] += amount - sum(project["spent"] for project in projects)
    else:
        projects[place]["spent"] = amount


def promised(case: dict[str, Any], goal: str) -> list[Option]:
    answer = counterfactual(report_of(case), rules_of(case), goal)
    return [*answer.singles, *answer.pairs]


@pytest.mark.parametrize("seed", SEEDS)
def test_every_option_gives_what_it_promises(seed: int) -> None:
    """The second engine, given the changed figures, comes to the same total, and it reaches the goal."""
    case = random_case(seed)
    for option in promised(case, "80"):
        assert total_score(changed(case, option.changes)) == Fraction(option.total_score)
        assert option.total_score >= 80


def plain(*rows: tuple[str, int, int, int], money: tuple[int, int] = (20, 10)) -> dict[str, Any]:
    """A case of whole numbers: rows of (sign, target, actual, weight) and the money."""
    made = [
        {"kind": kind, "target": Fraction(t), "actual": Fraction(a), "weight": Fraction(w)}
        for kind, t, a, w in rows
    ]
    projects = [{"budget": Fraction(money[0]), "spent": Fraction(money[1]), "rows": made}]
    return {"pack": "mof-2020", "own": {}, "projects": projects}


def positions(row: dict[str, Any]) -> Iterator[tuple[Fraction, Fraction]]:
    """Every better actual value of a row with what it costs in percent of the target."""
    way = 1 if row["kind"] == "ge" else -1
    for value in range(int(row["actual"]), int(row["target"]) + way, way):
        yield Fraction(value), abs(value - row["actual"]) * 100 / row["target"]


def cheapest_by_trying_all(case: dict[str, Any], goal: int, many: int) -> Fraction | None:
    """The least cost of changing exactly `many` rows, by trying every combination under the second engine."""
    rows = case["projects"][0]["rows"]
    costs = []
    for values in product(*(list(positions(row)) for row in rows)):
        if sum(cost > 0 for _, cost in values) != many:
            continue
        other = copy.deepcopy(case)
        for row, (value, _) in zip(other["projects"][0]["rows"], values, strict=True):
            row["actual"] = value
        if total_score(other) >= goal:
            costs.append(sum(cost for _, cost in values))
    return min(costs, default=None)


SMALL = [
    plain(("ge", 10, 6, 50), ("le", 8, 12, 40), money=(1, 1)),
    plain(("ge", 20, 5, 30), ("ge", 12, 9, 35), ("le", 5, 9, 25), money=(1, 1)),
    plain(("ge", 9, 1, 45), ("ge", 7, 3, 45), money=(1, 1)),
]


@pytest.mark.parametrize("case", SMALL)
@pytest.mark.parametrize("goal", [60, 75, 80, 90])
def test_the_cheapest_single_change_is_the_cheapest_of_all(case: dict[str, Any], goal: int) -> None:
    """Compared with trying every value of every row."""
    answer = counterfactual(report_of(case), rules_of(case), str(goal))
    wanted = None if answer.reached else cheapest_by_trying_all(case, goal, 1)
    assert [rounded(option.cost) for option in answer.singles[:1]] == [rounded(wanted)] * (wanted is not None)


@pytest.mark.parametrize(("number", "goal"), [(0, 90), (0, 95), (1, 80), (1, 90), (2, 80), (2, 90), (2, 95)])
def test_the_cheapest_pair_is_the_cheapest_of_all(number: int, goal: int) -> None:
    """Compared with trying every two values, for goals that no cheaper single change reaches."""
    case = SMALL[number]
    wanted, alone = (cheapest_by_trying_all(case, goal, many) for many in (2, 1))
    assert wanted is not None and (alone is None or wanted < alone)
    answer = counterfactual(report_of(case), rules_of(case), str(goal))
    assert rounded(answer.pairs[0].cost) == rounded(wanted)


def rounded(value: Any) -> float | None:
    """A cost to nine places, None for none."""
    return None if value is None else round(float(value), 9)


def test_one_step_less_would_not_do() -> None:
    """≥1000 with 700 of weight 60: 80 points need 834, and 833 are not enough."""
    case = plain(("ge", 1000, 700, 60), ("ge", 10, 7, 30), money=(100, 90))
    change = counterfactual(report_of(case), load_rules(), "80").singles[0].changes[0]
    assert (change.before, change.after) == ("700件", "834件")
    case["projects"][0]["rows"][0]["actual"] = Fraction(833)
    assert total_score(case) < 80


def test_a_goal_that_is_reached_needs_nothing() -> None:
    """Full marks and more than asked for."""
    answer = counterfactual(report_of(plain(("ge", 10, 10, 90), money=(1, 1))), load_rules(), "优")
    assert (answer.reached, answer.singles, answer.pairs) == (True, (), ())


def test_a_goal_out_of_reach_is_said_with_the_best_there_is() -> None:
    """A row without a readable value keeps its zero: 60 of 100 at best."""
    case = plain(("ge", 10, 5, 50), money=(10, 5))
    report = report_of(case)
    lost = (
        report.projects[0]
        .indicators[0]
        .model_copy(update={"annual_target": "全会1次、常委会2次", "actual": "若干", "weight": Decimal(40)})
    )
    project = report.projects[0].model_copy(update={"indicators": (*report.projects[0].indicators, lost)})
    answer = counterfactual(report.model_copy(update={"projects": (project,)}), load_rules(), "优")
    assert (answer.best_score, answer.singles, answer.pairs) == (60, (), ())


@pytest.mark.parametrize("goal", ["优秀", "101", "-1", "NaN", ""])
def test_a_goal_that_is_none_is_refused(goal: str) -> None:
    """Neither a grade nor points out of 100."""
    with pytest.raises(InputError, match="优"):
        counterfactual(report_of(plain(("ge", 10, 5, 90))), load_rules(), goal)


def test_every_pack_has_its_way_to_excellence() -> None:
    """Half of everything done, under each pack."""
    for name in PACKS:
        case = {**plain(("ge", 10, 9, 50), ("ge", 10, 5, 40)), "pack": name}
        assert counterfactual(report_of(case), rules_of(case), "优").best_score >= 90


def moved(target: str, actual: str, goal: str) -> tuple[str, Decimal, Decimal]:
    """The one option of a report of one row of 90 points and a fully spent budget: the new value, cost, total."""
    row = {"category": "产出指标", "dimension": "数量指标", "name": "办理情况", "annual_target": target}
    money = [{"source": "财政拨款", "annual_budget": "10", "initial_budget": "10", "expenditure": "10"}]
    project = {"name": "甲", "funding": money, "indicators": [{**row, "actual": actual, "weight": "90"}]}
    report = Report.model_validate({"unit_name": "某局", "year": 2024, "projects": [project]})
    option = counterfactual(report, load_rules("mof-2020"), goal).singles[0]
    return option.changes[0].after, round(option.cost, 2), option.total_score


def test_a_stepped_row_moves_to_the_nearest_value_of_a_better_step() -> None:
    """≥95% 100 points, 90–95 80, below 50: from 86% one reaches 82.00 at 90% and 100.00 at 95%, by hand."""
    steps = "≥95%得100分；≥90%得80分；<90%得50分"
    assert moved(steps, "86%", "80") == ("90%", Decimal("4.21"), Decimal("82.00"))
    assert moved(steps, "86%", "95") == ("95%", Decimal("9.47"), Decimal("100.00"))


def test_a_composite_row_is_met_part_by_part_the_nearest_first() -> None:
    """10场 of which 9, 500人 of which 250: 90 × (0.9 + 0.5) / 2 + 10 = 73.00; then 77.50 and 100.00."""
    target = "举办10场、培训500人"
    assert moved(target, "举办9场、培训250人", "75") == ("10场；250人", Decimal("5.00"), Decimal("77.50"))
    assert moved(target, "举办9场、培训250人", "90") == ("10场；500人", Decimal("30.00"), Decimal("100.00"))
