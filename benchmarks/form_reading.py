"""How long reading a form takes, and how it grows: 10 to 10,000 indicator rows, written and read as .xlsx.

    python benchmarks/form_reading.py

Prints the median of three runs in milliseconds, and the time of opening the same file with openpyxl alone.
"""

from __future__ import annotations

import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from openpyxl import load_workbook

from assistant.domain.indicator import Indicator
from assistant.domain.report import Funding, Project, Report
from assistant.export.form import write_form
from assistant.intake.reading import read_report

SIZES = (10, 200, 1000, 10_000)


def form(rows: int) -> Report:
    """A report of one project with so many indicators."""
    indicators = tuple(
        Indicator(
            category="产出指标",
            dimension="数量指标",
            name=f"指标名称第{number}号",
            annual_target=f"≥{number + 1}项",
            actual=f"{number}项",
            weight="0.01",
            deviation_reason="个别事项顺延",
        )
        for number in range(rows)
    )
    funding = (Funding(initial_budget="100.00", annual_budget="100.00", expenditure="92.40"),)
    return Report(
        unit_name="甲单位",
        year=2024,
        projects=(Project(name="甲项目", funding=funding, indicators=indicators),),
    )


def median(work: Callable[[], object]) -> float:
    """Return the median of three runs in milliseconds."""
    taken = []
    for _ in range(3):
        begun = time.perf_counter()
        work()
        taken.append((time.perf_counter() - begun) * 1000)
    return statistics.median(taken)


def main() -> None:
    """Print one line a size."""
    with tempfile.TemporaryDirectory() as folder:
        for rows in SIZES:
            path = Path(folder) / f"{rows}.xlsx"
            write_form(form(rows), path)
            opened = median(lambda path=path: load_workbook(path))  # type: ignore[misc]
            read = median(lambda path=path: read_report(path))  # type: ignore[misc]
            print(
                f"{rows:>6} 行  读入 {read:9.1f} 毫秒  每行 {read / rows:6.3f} 毫秒  只打开 {opened:9.1f} 毫秒"
            )


if __name__ == "__main__":
    main()
