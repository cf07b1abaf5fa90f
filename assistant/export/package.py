"""The package that is handed in: report, filled 自评表 as a workbook, and the provenance, in one zip.

The workbook holds the public sub-projects with the scores of the report. `open_package` reads a package
back and compares every cell of its workbook with what was exported (N23); the report proves itself.
"""

from __future__ import annotations

import io
import json
import re
from decimal import Decimal
from typing import Any, NamedTuple

from openpyxl import load_workbook
from openpyxl.utils.cell import coordinate_to_tuple
from openpyxl.utils.exceptions import InvalidFileException

from assistant.domain.finding import Finding
from assistant.domain.register import finding
from assistant.domain.report import Report
from assistant.domain.scorecard import Scorecard
from assistant.errors import DamagedFile
from assistant.export.form import build_form
from assistant.export.package_parts import read_parts, write_parts
from assistant.export.public import public_report

REPORT, FORM, PROVENANCE = "绩效自评报告.docx", "绩效自评表.xlsx", "出处信息.json"
_STAMP = re.compile(rb"(<dcterms:(?:created|modified)[^>]*>)[^<]*(<)")
_REMEDY = "请改回导出时的内容，或在填报数据中改正后重新导出"

#: The values of a workbook: sheet, cell (B7), text.
Cells = dict[str, dict[str, str]]


class Package(NamedTuple):
    """A package read back: the report, and what differs in the workbook."""

    word: bytes
    findings: list[Finding]


def package_bytes(word: bytes, report: Report, scorecard: Scorecard, provenance: str) -> bytes:
    """Return the zip of a finished report; the same input gives the same bytes."""
    form = form_bytes(scored(report, scorecard))
    own = {**json.loads(provenance or "{}"), "cells": cells_of(form, FORM)}
    text = json.dumps(own, ensure_ascii=False, sort_keys=True, indent=1)
    return write_parts({REPORT: word, FORM: form, PROVENANCE: text.encode()})


def scored(report: Report, scorecard: Scorecard) -> Report:
    """Return the public sub-projects with the scores that the report prints."""
    projects = []
    for project, card in zip(public_report(report).projects, scorecard.projects, strict=True):
        if not project.confidential:
            rows = zip(project.indicators, card.rows, strict=True)
            filled = tuple(one.model_copy(update={"score": row.score}) for one, row in rows)
            projects.append(project.model_copy(update={"indicators": filled}))
    return public_report(report).model_copy(update={"projects": tuple(projects), "last_year": None})


def form_bytes(report: Report) -> bytes:
    """Return the workbook without the moment it was made at."""
    buffer = io.BytesIO()
    build_form(report).save(buffer)
    parts = read_parts(buffer.getvalue(), FORM)
    core = parts["docProps/core.xml"]
    parts["docProps/core.xml"] = _STAMP.sub(rb"\g<1>2020-01-01T00:00:00Z\g<2>", core)
    return write_parts(parts)


def open_package(content: bytes, name: str) -> Package:
    """Return the report and what differs in the workbook; DamagedFile where this is no package of ours."""
    parts = read_parts(content, name)
    if REPORT not in parts:
        raise DamagedFile(name, f"里面没有“{REPORT}”，不是 zhiji draft 导出的报送包")
    then = _cells_then(parts.get(PROVENANCE, b""))
    if FORM not in parts or then is None:
        what = FORM if FORM not in parts else PROVENANCE
        return Package(parts[REPORT], [finding("N21", f"报送包中缺少完好的“{what}”", remedy=_REMEDY)])
    return Package(parts[REPORT], cell_changes(then, cells_of(parts[FORM], FORM)))


def cells_of(content: bytes, name: str) -> Cells:
    """Return every filled cell of a workbook as text, formulas as they are written."""
    try:
        workbook = load_workbook(io.BytesIO(content))
    except (InvalidFileException, KeyError, ValueError, OSError, SyntaxError):
        raise DamagedFile(name, "表格打不开") from None
    return {
        sheet.title: {
            cell.coordinate: _text(cell.value)
            for row in sheet.iter_rows()
            for cell in row
            if cell.value is not None
        }
        for sheet in workbook.worksheets
    }


def cell_changes(then: Cells, now: Cells) -> list[Finding]:
    """Return one finding (N23) for every cell that differs, and for every sheet that is gone or new."""
    found = [_sheet(name, "已不在填报表中") for name in then if name not in now]
    found += [_sheet(name, "是导出后加入的") for name in now if name not in then]
    for name in (sheet for sheet in then if sheet in now):
        places = {*then[name], *now[name]}
        for place in sorted(places, key=coordinate_to_tuple):
            was, is_now = then[name].get(place, ""), now[name].get(place, "")
            if was != is_now:
                message = (
                    f"填报表“{name}”{place} 单元格导出时为“{was}”，现为“{is_now}”，与报告正文和附表不一致"
                )
                found.append(finding("N23", message, remedy=_REMEDY, observed=is_now, expected=was))
    return found


def _sheet(name: str, what: str) -> Finding:
    return finding("N23", f"工作表“{name}”{what}", remedy=_REMEDY, observed=name)


def _cells_then(data: bytes) -> Cells | None:
    try:
        cells = json.loads(data)["cells"]
    except (ValueError, KeyError, TypeError):
        return None
    return cells if isinstance(cells, dict) else None


def _text(value: Any) -> str:
    if isinstance(value, int | float | Decimal) and not isinstance(value, bool):
        number = Decimal(str(value))
        return f"{number.normalize():f}" if number else "0"
    return str(value)
