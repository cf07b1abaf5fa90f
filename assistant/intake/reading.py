"""Reads a report from a file or text (读入): `read_report` chooses the reader by what the file is."""

from __future__ import annotations

import csv
import io
import tempfile
from decimal import Decimal
from pathlib import Path
from typing import Any

from assistant.domain.base import Frozen
from assistant.domain.figures import round_half_up
from assistant.domain.finding import Finding
from assistant.domain.register import finding
from assistant.domain.report import Report, Stage
from assistant.domain.workbook_layout import INFORMATION
from assistant.errors import DamagedFile, EmptyFile, FileMissing, UnsupportedFile
from assistant.intake.contract import report_from_json
from assistant.intake.forms import report_from_grids
from assistant.intake.grid import Grid
from assistant.intake.past_report import is_past_report, read_past_report
from assistant.intake.text_tables import grid_of_source, printed_grids, table_grids
from assistant.intake.workbook import open_docx, open_xlsx
from assistant.library.readers import read_source
from assistant.office import convert

#: Old formats that LibreOffice turns into one that is read here.
_CONVERTED = {".xls": "xlsx", ".et": "xlsx", ".ods": "xlsx", ".doc": "docx", ".wps": "docx", ".rtf": "docx"}
_WORKBOOKS = (".xlsx", ".xlsm", ".docx", ".docm")
_TABLES_IN_TEXT = (".txt", ".md", ".html", ".htm", ".pdf")
_SEPARATED = (".csv", ".tsv")
_READ = (".json", *_WORKBOOKS, *_CONVERTED, *_TABLES_IN_TEXT, *_SEPARATED)
ACCEPTED = "json、xlsx、docx、txt、csv、tsv、md、html、pdf；xls、et、doc、wps 须装有 LibreOffice"
#: A sentence of a report typed into a sheet has more characters than this.
_SENTENCE = 20
_OLE2 = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


class Intake(Frozen):
    """A report as read, the sums computed from its cells (strings with two decimals), and the findings."""

    report: Report
    computed: dict[str, Any] = {}
    findings: tuple[Finding, ...] = ()


def read_report(path: Path) -> Intake:
    """Return the report in a file: JSON by the contract, forms of other formats by their headers.

    A past report in prose gives what its tables and sentences state. A file with neither form nor report
    gives an empty report and finding I03. Raises FileMissing, UnsupportedFile, DamagedFile, EmptyFile, OfficeMissing or InvalidReport.
    """
    _check(path)
    if path.suffix.lower() == ".json":
        return _intake(*report_from_json(_text(path), path.name))
    if path.suffix.lower() in _SEPARATED:
        return _read_pasted(_text(path), path, "," if path.suffix.lower() == ".csv" else "")
    if path.suffix.lower() in _CONVERTED:
        with tempfile.TemporaryDirectory(prefix="zhiji-intake-") as folder:
            return _read(convert(path, _CONVERTED[path.suffix.lower()], Path(folder)), path)
    return _read(path, path)


def _read(path: Path, asked: Path) -> Intake:
    """Return the report in a file of a format that is read here; `asked` is the file as the user named it."""
    grids = _grids(path)
    read = report_from_grids(grids)
    if read is None or _may_be_prose(read[0], grids):
        source = read_source(path)
        if is_past_report(source):
            in_text = path.suffix.lower() in _TABLES_IN_TEXT
            report, found = read_past_report(
                source, table_grids(source) if in_text else grids, read[0] if read else None
            )
            return _intake(report, [*_still_true(read[1] if read else [], report), *found])
    return _nothing_found(asked) if read is None else _intake(*read)


def _still_true(findings: list[Finding], report: Report) -> list[Finding]:
    """Return the findings of the forms without those about money that stands elsewhere in the report."""
    funded = bool(report.projects) and all(project.funding for project in report.projects)
    return [
        found
        for found in findings
        if not (funded and found.rule == "I07" and "项目资金表头" in found.message)
    ]


def _may_be_prose(report: Report, grids: list[Grid]) -> bool:
    """Return whether sentences may say more than the forms: not in a plan, nor in a workbook of ours."""
    ours = any(grid.name.strip() == INFORMATION for grid in grids)
    sheets = all(grid.kind == "工作表" for grid in grids)
    wordy = not sheets or any(
        len(cell.text) > _SENTENCE and "。" in cell.text for grid in grids for cell in grid.cells
    )
    return report.stage is Stage.SELF_EVALUATION and not ours and wordy


def _grids(path: Path) -> list[Grid]:
    """Return the tables of a file."""
    suffix = path.suffix.lower()
    if suffix in _TABLES_IN_TEXT:
        source = read_source(path)
        return printed_grids(source) or [grid_of_source(path.name, source)]
    return open_xlsx(path) if suffix in (".xlsx", ".xlsm") else open_docx(path)


def read_report_text(text: str, name: str = "标准输入") -> Intake:
    """Return the report in JSON text, or in a table pasted as lines with tabs.

    Raises InvalidReport for what is neither, EmptyFile for no text at all.
    """
    if not text.strip():
        raise EmptyFile(name)
    if "\t" in text and text.lstrip("\ufeff \n\r\t")[:1] not in ("{", "["):
        return _read_pasted(text, Path(name), "")
    return _intake(*report_from_json(text, name))


def _read_pasted(text: str, asked: Path, separator: str) -> Intake:
    """Return the report in lines with tabs, or with another separator between their cells."""
    if not text.strip():
        raise EmptyFile(asked)
    lines = text if not separator else "\n".join(_tabbed(text, separator))
    with tempfile.TemporaryDirectory(prefix="zhiji-intake-") as folder:
        path = Path(folder) / f"{asked.stem}.txt"
        path.write_text(lines, "utf-8")
        return _read(path, asked)


def _tabbed(text: str, separator: str) -> list[str]:
    """Return the rows of a separated text with tabs between their cells, each on one line."""
    rows = csv.reader(io.StringIO(text.replace("\x00", "")), delimiter=separator)
    return ["\t".join(" ".join(cell.split()) for cell in row) for row in rows]


def _check(path: Path) -> None:
    """Refuse what is not there, not a file, of another kind, or empty."""
    if not path.exists():
        raise FileMissing(path)
    suffix = path.suffix.lower()
    if path.is_dir() or suffix not in _READ:
        raise UnsupportedFile(path, ACCEPTED)
    if path.stat().st_size == 0:
        raise EmptyFile(path)
    with path.open("rb") as file:
        old = file.read(8) == _OLE2
    if old and suffix in _WORKBOOKS:
        raise DamagedFile(path, "是旧版（.xls/.doc）或加密的文件，只改了扩展名")


def _text(path: Path) -> str:
    """Return the text of a JSON file, in UTF-8 or GB18030."""
    data = path.read_bytes()
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise DamagedFile(path, "不是 UTF-8 或 GB18030 编码的文字")


def _nothing_found(path: Path) -> Intake:
    """Return an empty report with the finding that no form was recognised (I03)."""
    message = f"文件“{path.name}”里没有可识别的自评表"
    remedy = "表内应有项目资金和绩效指标的表头，可用 zhiji form --blank 取得空表"
    return Intake(
        report=Report(), computed=computed(Report()), findings=(finding("I03", message, remedy=remedy),)
    )


def _intake(report: Report, findings: list[Finding]) -> Intake:
    """Return the intake of a report."""
    return Intake(report=report, computed=computed(report), findings=tuple(findings))


def computed(report: Report) -> dict[str, Any]:
    """Return the sums that a form leaves to the program: funds, tasks, and how many indicators there are."""
    tasks = [*report.tasks, *(task for project in report.projects for task in project.tasks)]
    rows = [row for project in report.projects for row in project.indicators]
    return {
        "funding_total": {
            column: _two(report.total(column))
            for column in ("initial_budget", "annual_budget", "expenditure")
        },
        "tasks_total": _two(sum((task.budget or Decimal(0) for task in tasks), Decimal(0))),
        "tasks_expenditure": _two(sum((task.expenditure or Decimal(0) for task in tasks), Decimal(0))),
        "projects": len(report.projects),
        "indicators": len(rows),
        "weights_total": _two(sum((row.weight or Decimal(0) for row in rows), Decimal(0))),
    }


def _two(value: Decimal) -> str:
    """Return an amount with two decimals."""
    return f"{round_half_up(value):f}"
