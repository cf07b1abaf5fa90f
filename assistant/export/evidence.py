"""The 佐证材料目录 as an annex: every file that proves a figure, where it is spoken of, its page and hash.

Reads a Report; confidential (保密) sub-projects have no lines. Knows nothing of Word.
"""

from __future__ import annotations

from collections.abc import Iterator

from assistant.domain.evidence import Evidence
from assistant.domain.report import Report
from assistant.export.tables import LEFT, Cell

TITLE = "佐证材料目录"
WIDTHS = (800, 3900, 4256, 1000, 2800)
COLUMNS = ("序号", "证明事项", "材料名称", "页码", "校验码（SHA-256 前16位）")
_HASH = 16


def evidence_rows(report: Report) -> list[list[Cell]]:
    """Return a heading line and one line a piece of evidence; nothing where there is none."""
    lines = [
        [Cell(text=str(number)), *_cells(subject, one)]
        for number, (subject, one) in enumerate(_evidence(report), 1)
    ]
    return [[Cell(text=name, head=True) for name in COLUMNS], *lines] if lines else []


def _evidence(report: Report) -> Iterator[tuple[str, Evidence]]:
    for one in report.evidence:
        yield report.title or "全部项目", one
    for project in report.projects:
        if project.confidential:
            continue
        for one in project.evidence:
            yield project.name, one
        for indicator in project.indicators:
            for one in indicator.evidence:
                yield f"{project.name}：{indicator.name}", one


def _cells(subject: str, one: Evidence) -> list[Cell]:
    texts = (one.page, one.sha256[:_HASH])
    return [Cell(text=subject, align=LEFT), Cell(text=one.file, align=LEFT), *(Cell(text=t) for t in texts)]
