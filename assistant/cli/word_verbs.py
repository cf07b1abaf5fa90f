"""The verbs of Word files: template (a unit's own), verify (ours again), review (anybody's, with comments)."""

from __future__ import annotations

import argparse
import csv
import io
import sys
from pathlib import Path
from typing import Any

from assistant import pipeline
from assistant.bootstrap import open_workbench
from assistant.cli.printing import finding_rows, print_findings, print_json, show_progress
from assistant.domain.finding import Severity
from assistant.errors import FileMissing, InputError, OutputError, ZhijiError
from assistant.export.review_files import check_target
from assistant.export.slots import SLOTS
from assistant.export.template import read_template
from assistant.export.template_check import check_template
from assistant.export.word import save_atomically
from assistant.library.readers import READABLE
from assistant.pipeline import Evaluation, Review
from assistant.settings import read_settings

_COLUMNS = ("文件", "结果", "红", "黄", "蓝", "批注", "审阅稿", "说明")
TABLE = "审阅汇总.csv"


def verify(options: argparse.Namespace) -> int:
    """Prove an exported file again with nothing but the file."""
    result = pipeline.verify_file(Path(options.file))
    if options.json:
        print_json(
            {
                "proven": result.proven,
                "findings": finding_rows(result.findings),
                "report_findings": finding_rows(result.report_findings),
                "provenance": result.provenance.value,
            }
        )
        return int(not result.proven)
    print(f"出处信息：{result.provenance.label}。")
    print("复核通过：与导出时一致，数字都有出处。" if result.proven else "复核未通过：")
    print_findings(result.findings)
    return int(not result.proven)


def template(options: argparse.Namespace) -> int:
    """Check a unit's template; without a file, list what its tags may name."""
    if options.file is None:
        return _slots(as_json=options.json)
    check = check_template(read_template(Path(options.file)))
    if options.json:
        fields = {"usable": check.usable, "tagged": check.tagged, "roles": check.roles, "tags": check.tags}
        print_json({**fields, "findings": finding_rows(check.findings)})
        return int(not check.usable)
    what = "带标签的模板，按标签填写" if check.tagged else "样式模板，只取样式、页面和页眉页脚"
    print(f"{what}。{'可以使用。' if check.usable else '改正后才能使用：'}")
    print_findings(check.findings)
    print("样式对应：")
    for role, style in check.roles.items():
        print(f"  {role}——{style or '（用知绩自带样式）'}")
    return int(not check.usable)


def _slots(*, as_json: bool) -> int:
    """List the names: Chinese, English, what each is, and the names within the pieces of a list."""
    if as_json:
        print_json([slot.model_dump(mode="json") for slot in SLOTS])
        return 0
    for slot in SLOTS:
        print(f"{slot.kind.value}  {slot.name} / {slot.english}")
        for field in slot.fields:
            print(f"        .{field.name} / .{field.english}")
    return 0


def review(options: argparse.Namespace) -> int:
    """Write a file back with comments; a folder gives a folder and a table."""
    path, out = Path(options.file), options.output
    if not path.exists():
        raise FileMissing(path)
    if not path.is_dir():
        check_target(out)
    elif options.report:
        raise InputError("审阅整个文件夹时不能对照同一份填报数据", "请去掉 --report，或逐份审阅")
    with open_workbench(read_settings()) as workbench:
        evaluation = None
        if options.report:
            read = pipeline.read_figures(options.report, sys.stdin.read)
            evaluation = workbench.evaluate(read.report, options.rules, read.findings)
    if path.is_dir():
        return _review_folder(path, out, as_json=options.json)
    return _review_one(path, evaluation, out, as_json=options.json)


def _review_one(path: Path, evaluation: Evaluation | None, out: Path, *, as_json: bool) -> int:
    if out.resolve() == path.resolve():
        raise OutputError(out, "这就是送审的原文件")
    result = pipeline.review_file(path, evaluation, out)
    if as_json:
        print_json(
            {
                "proven": result.proven,
                "comments": result.comments,
                "output": str(out),
                "findings": finding_rows(result.findings),
                "report_findings": finding_rows(result.report_findings),
            }
        )
    else:
        print(f"已批注 {result.comments} 处，写出 {out}。意见汇总和清单在同一文件夹。")
        print_findings(result.findings)
    return int(not result.proven)


def _review_folder(folder: Path, out: Path, *, as_json: bool) -> int:
    """Review every readable file below a folder into another one; refused files have a line of the table too."""
    if out.suffix or out.resolve() == folder.resolve():
        raise OutputError(out, "审阅文件夹时，-o 应是另一个文件夹")
    found = sorted(
        p for p in folder.rglob("*") if p.suffix.lower() in READABLE and not p.name.startswith("~$")
    )
    files = [path for path in found if out.resolve() not in path.resolve().parents]
    _make_folder(out)
    rows, failed = list[dict[str, Any]](), False
    for number, path in enumerate(files, 1):
        show_progress(number, len(files), path.name)
        target = _free_name(out, path, rows)
        try:
            result = pipeline.review_file(path, None, target)
        except ZhijiError as error:
            rows.append(
                dict.fromkeys(_COLUMNS, "")
                | {"文件": _within(path, folder), "结果": "未审", "说明": str(error)}
            )
            continue
        failed = failed or not result.proven
        rows.append(_row(_within(path, folder), target.name, result))
    _write_table(rows, out / TABLE)
    if as_json:
        print_json({"files": rows, "table": str(out / TABLE)})
    else:
        for row in rows:
            print(f"  {row['结果']}  {row['文件']}  {_counts(row)}")
        print(f"共 {len(rows)} 份，汇总表 {out / TABLE}。")
    return int(failed)


def _row(name: str, target: str, result: Review) -> dict[str, Any]:
    counts = {
        severity.lamp: sum(finding.severity is severity for finding in result.findings)
        for severity in Severity
    }
    verdict = "没有错误" if result.proven else "有错误"
    return {"文件": name, "结果": verdict, **counts, "批注": result.comments, "审阅稿": target, "说明": ""}


def _counts(row: dict[str, Any]) -> str:
    return row["说明"] or f"红 {row['红']}、黄 {row['黄']}、蓝 {row['蓝']}，批注 {row['批注']} 处"


def _within(path: Path, folder: Path) -> str:
    return path.relative_to(folder).as_posix()


def _free_name(out: Path, path: Path, rows: list[dict[str, Any]]) -> Path:
    """Return a name in the target folder that no earlier file of this run has."""
    taken = {row["审阅稿"] for row in rows}
    name, number = f"{path.stem}.docx", 2
    while name in taken:
        name, number = f"{path.stem}（{number}）.docx", number + 1
    return out / name


def _make_folder(out: Path) -> None:
    try:
        out.mkdir(exist_ok=True)
    except OSError as error:
        raise OutputError(out, error.strerror or str(error)) from None


def _write_table(rows: list[dict[str, Any]], path: Path) -> None:
    """Write the table as CSV that spreadsheet programs open as it is; text never becomes a formula."""
    text = io.StringIO()
    writer = csv.DictWriter(text, _COLUMNS)
    writer.writeheader()
    for row in rows:
        writer.writerow({key: f"'{v}" if str(v)[:1] in tuple("=+-@") else v for key, v in row.items()})
    save_atomically(text.getvalue().encode("utf-8-sig"), path)
