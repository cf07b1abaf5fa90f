"""How long do scoring and findings take, and do they grow linearly? Beside a plain openpyxl and pandas loop.

    python benchmarks/scoring_speed.py [--repeat 3] [--sizes 10 100 1000 10000]

Each size is one report of one project whose indicators are ≥, ≤, 满意度 and 定性 rows in turn. Ours scores every
row with its basis and clause, sums, grades, builds the waterfall and checks the form (A and C rules). The peers do
what a clerk's script does: a workbook in memory read cell by cell with openpyxl, or a pandas frame row by row, the
bare formulas in float, a total, and nothing explained or checked. They are a floor, not an equal.
"""

from __future__ import annotations

import argparse
import io
import platform
import statistics
import time
from collections.abc import Callable
from typing import Any

import openpyxl
import pandas as pd

from assistant.domain.indicator import Indicator, Tier
from assistant.domain.report import Funding, Project, Report
from assistant.proof.report_checks import check_report
from assistant.scoring.cards import score_report
from assistant.scoring.rules import load_rules

Row = tuple[str, float, float, float]
KINDS = ("≥", "≤", "满意度", "定性")


def rows(size: int) -> list[Row]:
    """(kind, target, actual, weight) of every indicator; the weights fill 90."""
    return [
        (KINDS[n % 4], float(100 + n % 37), float(90 + n * 7 % 61), round(90 / size, 4)) for n in range(size)
    ]


def indicator(number: int, row: Row) -> Indicator:
    kind, target, actual, weight = row
    fields: dict[str, Any] = {"name": f"指标{number}", "weight": f"{weight}", "deviation_reason": "计划调整"}
    if kind == "定性":
        return Indicator(category="效益指标", annual_target="机制健全", tier=Tier.B, **fields)
    if kind == "满意度":
        return Indicator(category="满意度指标", annual_target=f"≥{target}%", actual=f"{actual}%", **fields)
    target_cell, actual_cell = f"{kind}{target}件", f"{actual}件"
    return Indicator(category="产出指标", annual_target=target_cell, actual=actual_cell, **fields)


def report_of(size: int) -> Report:
    money = (Funding(initial_budget="100", annual_budget="100", expenditure="92.4"),)
    indicators = tuple(indicator(n, row) for n, row in enumerate(rows(size)))
    return Report(
        unit_name="云溪市政协",
        year=2024,
        projects=(Project(name="甲", funding=money, indicators=indicators),),
    )


def workbook_of(size: int) -> bytes:
    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet()
    for row in rows(size):
        sheet.append(row)
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def plain_score(kind: str, target: float, actual: float, weight: float) -> float:
    if kind == "定性":
        return round(0.7 * weight, 2)
    if kind == "≤":
        return weight if actual <= target else round(max(0.0, 1 - (actual - target) / target) * weight, 2)
    return weight if actual >= target else round(actual / target * weight, 2)


def with_openpyxl(data: bytes) -> float:
    sheet = openpyxl.load_workbook(io.BytesIO(data), read_only=True).active
    assert sheet is not None
    return 9.24 + sum(plain_score(*row) for row in sheet.iter_rows(values_only=True))  # type: ignore[arg-type]


def with_pandas(frame: pd.DataFrame) -> float:
    return 9.24 + sum(plain_score(*row) for _, row in frame.iterrows())


def measured(work: Callable[[], object], repeat: int) -> float:
    """The median of some runs, in milliseconds."""
    times = []
    for _ in range(repeat):
        start = time.perf_counter()
        work()
        times.append((time.perf_counter() - start) * 1000)
    return statistics.median(times)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--repeat", type=int, default=3)
    parser.add_argument("--sizes", type=int, nargs="+", default=[10, 100, 1_000, 10_000])
    options = parser.parse_args()
    rules = load_rules()
    print(
        f"{platform.machine()}, Python {platform.python_version()}, median of {options.repeat}, milliseconds"
    )
    print(
        f"{'indicators':>10} {'scoring':>10} {'findings':>10} {'each row':>10} {'openpyxl':>10} {'pandas':>10}"
    )
    for size in options.sizes:
        report, data = report_of(size), workbook_of(size)
        frame = pd.DataFrame(rows(size), columns=["kind", "target", "actual", "weight"])
        card = score_report(report, rules)
        scoring = measured(lambda report=report: score_report(report, rules), options.repeat)
        finding = measured(lambda report=report, card=card: list(check_report(report, card)), options.repeat)
        book = measured(lambda data=data: with_openpyxl(data), options.repeat)
        pandas = measured(lambda frame=frame: with_pandas(frame), options.repeat)
        each = (scoring + finding) / size
        print(f"{size:>10} {scoring:>10.1f} {finding:>10.1f} {each:>10.4f} {book:>10.1f} {pandas:>10.1f}")


if __name__ == "__main__":
    main()
