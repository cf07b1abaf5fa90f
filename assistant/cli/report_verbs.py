"""The verbs of a report: intake, draft, check, form."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from assistant import pipeline
from assistant.bootstrap import Workbench, open_workbench
from assistant.cli.printing import finding_rows, print_findings, print_json, show_progress
from assistant.domain.draft import Draft
from assistant.domain.finding import has_error
from assistant.domain.report import ReportKind
from assistant.errors import InputError, UnsupportedFile
from assistant.export.edition import edition_of
from assistant.export.form import write_form
from assistant.export.markdown import draft_markdown
from assistant.export.pdf import Pdf, require_pdf, write_pdf
from assistant.intake.contract import report_to_json
from assistant.pipeline import Evaluation
from assistant.settings import read_settings


def _stdin() -> str:
    return sys.stdin.read()


def intake(options: argparse.Namespace) -> int:
    """Print what a filled form says."""
    read = pipeline.read_figures(options.file, _stdin)
    if options.json:
        report = read.report.model_dump(mode="json")
        print_json({"report": report, "computed": read.computed, "findings": finding_rows(read.findings)})
    else:
        print(report_to_json(read.report))
        print_findings(read.findings)
    return int(has_error(read.findings))


def draft(options: argparse.Namespace) -> int:
    """Draft, prove and export; an unproven draft is written only with --allow-unproven."""
    settings = read_settings()
    if options.output:
        pipeline.check_output(options.output)
    if options.pdf:
        _check_pdf(options.output)
    edition = edition_of(
        cover=options.cover,
        contents=options.contents,
        figures=options.figures,
        template=options.template,
        layout=options.layout or settings.layout,
    )
    with open_workbench(settings, options.index) as workbench:
        evaluation = _evaluate(options.report, options.rules, workbench)
        _check_sections(options.section, workbench, evaluation)
        result = pipeline.write_draft(
            evaluation,
            workbench.writer(options.writer, evaluation),
            workbench.retriever(),
            workbench.prompts,
            length=options.length,
            sections=options.section,
            on_progress=show_progress,
        )
    written = result.proven or options.allow_unproven
    if options.output and written:
        pipeline.export_draft(
            result,
            evaluation,
            options.output,
            unproven=not result.proven,
            provenance=not options.no_provenance,
            edition=edition,
        )
    pdf = write_pdf(options.output, edition.layout) if options.pdf and written else None
    _print_draft(result, options, pdf, written=written)
    return int(not result.proven)


def check(options: argparse.Namespace) -> int:
    """Prove a text against a report, or against itself."""
    if options.file == "-" and options.report == "-":
        raise InputError("文稿和填报数据不能都来自标准输入", "请把其中一个存成文件")
    text = pipeline.read_text(options.file, _stdin)
    with open_workbench(read_settings()) as workbench:
        evaluation = _evaluate(options.report, options.rules, workbench) if options.report else None
    proof = pipeline.prove_text(text, evaluation)
    if options.json:
        print_json(
            {
                "proven": proof.proven,
                "findings": finding_rows(proof.findings),
                "report_findings": finding_rows(proof.report_findings),
            }
        )
    else:
        print("校核通过：文中数字都有出处。" if proof.proven else "校核未通过：")
        print_findings(proof.findings)
        if proof.report_findings:
            print("填报数据本身的问题：")
            print_findings(proof.report_findings)
    return int(not proof.proven)


def form(options: argparse.Namespace) -> int:
    """Write a blank or filled 自评表."""
    if options.output.suffix.lower() != ".xlsx":
        raise UnsupportedFile(options.output, ".xlsx", "请把输出文件名改为 .xlsx 结尾")
    report = None if options.blank else pipeline.read_figures(options.report, _stdin).report
    write_form(report, options.output, ReportKind.DEPARTMENT if options.department else ReportKind.PROJECT)
    print(f"已写出 {options.output}。")
    return 0


def _evaluate(path: str, rules: str, workbench: Workbench) -> Evaluation:
    read = pipeline.read_figures(path, _stdin)
    return workbench.evaluate(read.report, rules, read.findings)


def _check_sections(wanted: list[str], workbench: Workbench, evaluation: Evaluation) -> None:
    known = pipeline.section_ids(workbench.prompts, evaluation.report)
    for section in wanted:
        if section not in known:
            raise InputError(f"没有名为“{section}”的部分", f"可用的有 {'、'.join(known)}")


def _check_pdf(target: Path | None) -> None:
    if target is None:
        raise InputError("--pdf 需要写明输出文件", "请加 -o 报告.docx")
    require_pdf(target)


def _print_draft(result: Draft, options: argparse.Namespace, pdf: Pdf | None, *, written: bool) -> None:
    target: Path | None = options.output
    if options.json:
        print_json(
            {
                "proven": result.proven,
                "output": str(target) if target and written else None,
                **({"pdf": str(pdf.path)} if pdf else {}),
                "writer": result.writer,
                "pending": [pending.model_dump(mode="json") for pending in result.pending],
                "findings": finding_rows(result.findings),
            }
        )
        return
    if not target:
        print(draft_markdown(result, unproven=not result.proven))
    print(
        "校核通过：文中数字都有出处。"
        if result.proven
        else "校核未通过，没有导出："
        if not written
        else "校核未通过，已按未校核稿导出："
    )
    print_findings(result.findings)
    for pending in result.pending:
        print(f"  待补充：{pending.place}——{pending.what}")
    if result.sources_note:
        print(result.sources_note)
    if target and written:
        print(f"已写出 {target}。")
    if pdf:
        print(f"已写出 {pdf.path}。")
        if pdf.substituted:
            print(f"本机没有{'、'.join(pdf.substituted)}，PDF 里以相近字体代替；Word 文件不受影响。")
