"""Plain cases of the second engine written out as reports, so that the first one has to read them."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import Any

from assistant.domain.indicator import Indicator
from assistant.domain.report import Funding, Project, Report
from assistant.scoring.rules import Rules, load_rules

SIGNS = {"ge": "≥", "gt": ">", "eq": "=", "le": "≤", "lt": "<"}


def written(value: Fraction) -> str:
    """A fraction of tenths or hundredths as a form shows it."""
    exact = Decimal(value.numerator) / Decimal(value.denominator)
    assert Fraction(exact) == value
    return f"{exact:f}"


def report_of(case: dict[str, Any]) -> Report:
    """The report that a plain case describes."""
    return Report(year=2024, projects=tuple(project_of(n, p) for n, p in enumerate(case["projects"])))


def project_of(number: int, project: dict[str, Any]) -> Project:
    money = Funding(annual_budget=written(project["budget"]), expenditure=written(project["spent"]))
    return Project(
        name=f"项目{number}", funding=(money,), indicators=tuple(indicator_of(row) for row in project["rows"])
    )


def indicator_of(row: dict[str, Any]) -> Indicator:
    fields: dict[str, Any] = {"name": "例", "category": "产出指标", "weight": written(row["weight"])}
    if row.get("given") is not None:
        fields["score"] = written(row["given"])
    if row.get("deduction"):
        fields["deduction"] = written(row["deduction"])
    return Indicator(**{**fields, **words_of(row)})


def words_of(row: dict[str, Any]) -> dict[str, Any]:
    """The target and the actual value in the words of a form."""
    kind, target, actual = row["kind"], row["target"], row["actual"]
    if kind == "na":
        return {"annual_target": f"≥{written(target)}件", "actual": "不适用"}
    if kind == "tier":
        return {"annual_target": "机制健全、运行规范", "tier": row["tier"]}
    if kind == "satisfaction":
        percent = {"annual_target": f"≥{written(target)}%", "actual": f"{written(actual)}%"}
        return {"category": "满意度指标", **percent}
    if kind == "points":
        name = "在职人员控制率" if target else "三公经费变动率"
        return {"name": name, "annual_target": f"≤{written(target)}%", "actual": f"{written(actual)}%"}
    if kind == "range":
        return {
            "annual_target": f"{written(target)}-{written(row['high'])}件",
            "actual": f"{written(actual)}件",
        }
    if kind == "composite":
        wanted, reached = zip(*row["parts"], strict=True)
        return {
            "annual_target": "、".join(f"第{n}类{written(value)}件" for n, value in enumerate(wanted, 1)),
            "actual": "、".join(f"第{n}类{written(value)}件" for n, value in enumerate(reached, 1)),
        }
    return {"annual_target": f"{SIGNS[kind]}{written(target)}件", "actual": f"{written(actual)}件"}


def rules_of(case: dict[str, Any]) -> Rules:
    """The pack of a case, with what the case changes in it."""
    rules = load_rules(case["pack"])
    if not case["own"]:
        return rules
    quantitative = rules.quantitative.model_copy(update=case["own"])
    return rules.model_copy(update={"quantitative": quantitative})
