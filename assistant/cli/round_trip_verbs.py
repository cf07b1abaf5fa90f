"""The verbs of files that were edited: take (an edited export into the draft), compare (two versions)."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import Any

from assistant import pipeline
from assistant.bootstrap import Workbench, open_workbench
from assistant.cli.printing import finding_rows, print_findings, print_json
from assistant.domain.draft import Draft
from assistant.domain.handwork import HandChange
from assistant.export.redline_files import compare_files
from assistant.pipeline import Evaluation
from assistant.round_trip import Taken, TakenFigure, take_back
from assistant.settings import read_settings

_LONGEST = 60


def take(options: argparse.Namespace) -> int:
    """Take an edited Word file back into the draft, name what was changed, and write the draft of now."""
    if options.output:
        pipeline.check_output(options.output)
    with open_workbench(read_settings()) as workbench:
        evaluation = None
        if options.report:
            read = pipeline.read_figures(options.report, sys.stdin.read)
            evaluation = workbench.evaluate(read.report, options.rules, read.findings)
        taken = take_back(Path(options.file), evaluation, write=lambda now: _fresh(workbench, now))
    written = bool(options.output) and (taken.draft.proven or options.allow_unproven)
    if written:
        pipeline.export_draft(taken.draft, taken.evaluation, options.output, unproven=not taken.draft.proven)
    if options.json:
        print_json(_rows(taken, str(options.output) if written else None))
    else:
        _print(taken)
        if options.output:
            print(
                f"已写出 {options.output}。"
                if written
                else "校核未通过，没有写出；加 --allow-unproven 可写成未校核稿。"
            )
    return int(not taken.draft.proven)


def compare(options: argparse.Namespace) -> int:
    """Compare two versions: the changed figures first, and a Word file with every change marked."""
    found = compare_files(options.old, options.new, options.output)
    if options.json:
        print_json(
            {"output": str(options.output) if options.output else None, **found.model_dump(mode="json")}
        )
        return 0
    print(f"改动 {len(found.lines)} 处段落或表格行，其中数字 {len(found.figures)} 处。")
    for figure in found.figures:
        print(
            f"  数字 {figure.place}：“{figure.was or '（无）'}”改为“{figure.now or '（删去）'}”（{figure.around}）"
        )
    for line in found.lines:
        print(f"  {line.kind.value} {line.place}：{' '.join((line.new or line.old).split())[:_LONGEST]}")
    if options.output:
        print(f"已写出 {options.output}。")
    return 0


def _fresh(workbench: Workbench, evaluation: Evaluation) -> Draft:
    """A draft to hold a text against that carries no provenance."""
    writer = workbench.writer("offline", evaluation)
    return pipeline.write_draft(evaluation, writer, workbench.retriever(), workbench.prompts)


def _rows(taken: Taken, output: str | None) -> dict[str, Any]:
    return {
        "proven": taken.draft.proven,
        "provenance": taken.provenance.value,
        "output": output,
        "changes": [change.model_dump(mode="json", exclude={"figures"}) for change in taken.changes],
        "figures": [figure.model_dump(mode="json") for figure in taken.figures],
        "outside": finding_rows(taken.outside),
        "findings": finding_rows(taken.draft.findings),
    }


def _print(taken: Taken) -> None:
    print(
        f"出处信息：{taken.provenance.label}。手改 {len(taken.changes)} 段，其中改动数字 {len(taken.figures)} 处。"
    )
    for figure in taken.figures:
        print(f"  {_said(figure)}")
    for change in taken.changes:
        print(f"  {_named(change)}")
    if taken.outside:
        print("正文以外的改动（不进入文稿，请在填报数据中改）：")
        print_findings(taken.outside)
    print("校核通过：文中数字都有出处。" if taken.draft.proven else "校核未通过：")
    print_findings(taken.draft.findings)


def _said(figure: TakenFigure) -> str:
    moved = f"“{figure.was or '（无）'}”改为“{figure.now or '（删去）'}”"
    if figure.faults:
        return f"数字 {moved}：{'；'.join(figure.faults)}"
    return f"数字 {moved}" + (f"：与数据中的“{figure.shows}”一致" if figure.shows else "")


def _named(change: HandChange) -> str:
    words = (change.now or change.before)[:_LONGEST]
    both = "（程序里也改过，以手改为准）" if change.conflict else ""
    return f"{change.kind.value} {change.section}：{words}{both}"
