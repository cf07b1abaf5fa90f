"""A second scoring engine over whole numbers and fractions, written from the clauses of the domain notes.

It knows nothing of the first: no import from the product, its own numbers of law, its own reading of the
roll-up. A case is plain data; `random_case` draws one.
"""

from __future__ import annotations

from fractions import Fraction
from math import floor
from random import Random
from typing import Any

F = Fraction

#: By hand from §1.3, §1.5, §1.6 and §2.13: 预算执行分值, its way, and the way of 满意度.
PACKS: dict[str, dict[str, Any]] = {
    "mof-2020": {"execution": 10},
    "mof-2021": {
        "execution": 10,
        "execution_bands": [(100, F(1)), (80, F(7, 10)), (60, F(1, 2)), (0, F(0))],
        "satisfaction_bands": [(90, F(1)), (80, F(8, 10)), (60, F(1, 2)), (0, F(0))],
    },
    "guangzhou": {"execution": 10},
    "guangxi": {"execution": 10},
    "anhui": {"execution": 10},
    "hubei": {"execution": 20},
    "sichuan": {"execution": 10},
    "department-general": {"execution": 10},
    "department-hunan": {"execution": 0, "points": True},
    "department-sichuan": {"execution": 0},
    "department-guangdong": {"execution": 10},
    "department-chongqing": {"execution": 10},
}
DEFAULT_SHARES = {"A": F(1), "B": F(7, 10), "C": F(3, 10)}


def cents(value: F) -> F:
    """四舍五入 to two places."""
    return F(floor(value * 100 + F(1, 2)), 100)


def capped(share: F) -> F:
    return min(F(1), max(F(0), share))


def step(percent: F, bands: list[tuple[int, F]]) -> F:
    return next((share for least, share in bands if percent >= least), F(0))


def share_of(row: dict[str, Any], pack: dict[str, Any]) -> F:
    """The part of the weight a row earns, before rounding (§2.3 to §2.6)."""
    kind, target, actual = row["kind"], row.get("target", F(0)), row.get("actual", F(0))
    if kind == "tier":
        return DEFAULT_SHARES[row["tier"]]
    if kind == "points":
        excess = max(F(0), actual - target)
        return max(F(0), 1 - excess / 10)
    if kind == "satisfaction" and "satisfaction_bands" in pack:
        return step(actual, pack["satisfaction_bands"])
    if kind == "range":
        return F(1) if actual >= row["target"] else capped(actual / row["target"])
    if kind == "composite":
        return sum((capped(a / t) for t, a in row["parts"]), F(0)) / len(row["parts"])
    if kind in ("le", "lt"):
        return reverse(target, actual, pack.get("reverse", "linear"))
    if kind == "eq" and target == 0:
        return F(1) if actual <= 0 else F(0)
    if actual >= target:
        return F(1)
    return capped(actual / target)


def reverse(target: F, actual: F, way: str) -> F:
    """反向指标: L or Q."""
    if actual <= target:
        return F(1)
    if target == 0:
        return F(0)
    return target / actual if way == "ratio" else capped(1 - (actual - target) / target)


def row_score(row: dict[str, Any], pack: dict[str, Any]) -> F:
    """The displayed score of a row; a filled-in one counts; 扣减分数 comes off, down to zero (§2.7)."""
    given = row.get("given")
    score = cents(given if given is not None else share_of(row, pack) * row["weight"])
    return max(F(0), score - row.get("deduction", F(0)))


def execution_score(budget: F, spent: F, pack: dict[str, Any]) -> tuple[F, F]:
    """Weight and score of 预算执行; without any money it does not apply (§2.2)."""
    weight = F(pack["execution"])
    if budget == 0:
        return (F(0), F(0)) if spent == 0 else (weight, F(0))
    if "execution_bands" in pack:
        return weight, cents(step(spent / budget * 100, pack["execution_bands"]) * weight)
    return weight, cents(capped(spent / budget) * weight)


def card_total(rows: list[dict[str, Any]], budget: F, spent: F, pack: dict[str, Any]) -> F:
    """Σ of the displayed rows; without what is 不适用 it is raised to the full marks (§2.8, §2.9)."""
    weight, score = execution_score(budget, spent, pack)
    applying = [row for row in rows if row["kind"] != "na"]
    total = score + sum((row_score(row, pack) for row in applying), F(0))
    marks = sum((row["weight"] for row in rows), F(0))
    full = marks + (pack["execution"] if marks + pack["execution"] <= 100 else weight)
    applicable = weight + sum((row["weight"] for row in applying), F(0))
    return total if applicable in (0, full) else cents(total / applicable * full)


def total_score(case: dict[str, Any]) -> F:
    """The total of a report: one card, a shared one, or cards weighted by 全年预算数."""
    pack = {**PACKS[case["pack"]], **case.get("own", {})}
    projects = case["projects"]
    budget, spent = (sum((p[key] for p in projects), F(0)) for key in ("budget", "spent"))
    rows = [row for project in projects for row in project["rows"]]
    marks = sum((row["weight"] for row in rows), F(0))
    if len(projects) == 1 or abs(marks - (100 - pack["execution"])) <= 1:
        return card_total(rows, budget, spent, pack)
    carded = [p for p in projects if any(row["kind"] != "na" for row in p["rows"])]
    if not carded:
        return execution_score(budget, spent, pack)[1]
    shares = [p["budget"] for p in carded]
    shares = shares if any(shares) else [F(1)] * len(carded)
    totals = [card_total(p["rows"], p["budget"], p["spent"], pack) for p in carded]
    return cents(sum((t * s for t, s in zip(totals, shares, strict=True)), F(0)) / sum(shares))


def grade(total: F) -> str:
    """90（含）优, 80（含）良, 60（含）中."""
    return "优" if total >= 90 else "良" if total >= 80 else "中" if total >= 60 else "差"


def random_case(seed: int) -> dict[str, Any]:
    """A random report as plain data."""
    draw = Random(seed)
    name = draw.choice(list(PACKS))
    own = {"reverse": "ratio"} if draw.random() < 0.3 else {}
    many = draw.choice([1, 1, 1, 2, 3])
    whole = 100 - PACKS[name]["execution"]
    shares = [whole] * many if draw.random() < 0.6 else _parts(draw, whole, many)
    projects = [_project(draw, PACKS[name], marks) for marks in shares]
    return {"pack": name, "own": own, "projects": projects}


def _parts(draw: Random, whole: int, many: int) -> list[int]:
    cuts = sorted(draw.sample(range(5, whole - 4), many - 1))
    return [b - a for a, b in zip([0, *cuts], [*cuts, whole], strict=True)]


def _project(draw: Random, pack: dict[str, Any], marks: int) -> dict[str, Any]:
    budget = F(draw.choice([0, draw.randint(1, 10**4), draw.randint(1, 10**7)]), 100)
    spent = F(0) if budget == 0 else budget * F(draw.randint(0, 105), 100)
    spent = F(floor(spent * 100), 100)
    count = draw.randint(1, min(8, marks))
    weights = _parts(draw, marks, count) if count > 1 and marks > 5 * count + 5 else [marks]
    if draw.random() < 0.1:
        weights[0] += draw.randint(-2, 3)
    return {"budget": budget, "spent": spent, "rows": [_row(draw, pack, F(max(w, 1))) for w in weights]}


def _row(draw: Random, pack: dict[str, Any], weight: F) -> dict[str, Any]:
    kinds = ["ge", "ge", "gt", "eq", "le", "lt", "range", "tier", "satisfaction", "composite", "na"]
    row: dict[str, Any] = {"kind": draw.choice(kinds + ["points"] * (2 if "points" in pack else 0))}
    row["weight"] = weight + (F(1, 2) if draw.random() < 0.1 else 0)
    places = draw.choice([1, 1, 10, 100])
    row["target"] = F(draw.randint(1, 400 * places), places)
    row["actual"] = F(floor(row["target"] * F(draw.randint(0, 250), 100) * places), places)
    if row["kind"] in ("eq", "le") and draw.random() < 0.15:
        row["target"], row["actual"] = F(0), F(draw.choice([0, 0, 1, 3]))
    if row["kind"] == "satisfaction":
        row["target"], row["actual"] = F(draw.randint(80, 95)), F(draw.randint(5000, 10000), 100)
    if row["kind"] == "points":
        row["target"], row["actual"] = F(draw.choice([0, 100])), F(draw.randint(-500, 11500), 100)
    if row["kind"] == "range":
        row["high"] = row["target"] + draw.randint(1, 50)
    row["tier"] = draw.choice("ABC")
    row["parts"] = [(F(draw.randint(1, 30)), F(draw.randint(0, 40))) for _ in range(draw.randint(2, 3))]
    if draw.random() < 0.1:
        row["given"] = F(draw.randint(0, int(weight) * 100), 100)
    if draw.random() < 0.1:
        row["deduction"] = F(draw.randint(1, 300), 100)
    return row
