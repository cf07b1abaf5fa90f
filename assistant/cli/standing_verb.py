"""The verb `standing`: where the report's execution rate stands among the past reports of the library."""

from __future__ import annotations

import argparse
import sys

from assistant import pipeline
from assistant.bootstrap import open_workbench
from assistant.cli.printing import print_json
from assistant.library.standing import PastRate, Standing, standing_of
from assistant.settings import read_settings


def standing(options: argparse.Namespace) -> int:
    """Print the percentile and the list it was counted from; under five past reports it is refused."""
    report = pipeline.read_figures(options.report, sys.stdin.read).report
    with open_workbench(read_settings(), options.index) as workbench:
        found = standing_of(report, workbench.library.rates())
    if options.json:
        print_json(
            {
                **found.model_dump(mode="json", exclude={"others"}),
                "count": len(found.others),
                "years": found.years,
                "sentence": found.sentence,
                "others": [other.model_dump(mode="json") for other in found.others],
            }
        )
        return 0
    print(f"{found.sentence}。")
    _print_list(found)
    return 0


def _print_list(found: Standing) -> None:
    shown = False
    for other in found.others:
        if not shown and other.rate <= found.rate:
            print(f"  {found.rate:>7.2f}%  ◀ 本报告")
            shown = True
        print(f"  {other.rate:>7.2f}%  {_said(other)}")
    if not shown:
        print(f"  {found.rate:>7.2f}%  ◀ 本报告")


def _said(other: PastRate) -> str:
    year = f"{other.year}年 " if other.year else ""
    return f"{year}{other.unit_name or other.title}（{other.source} 第 {other.paragraph + 1} 段）"
