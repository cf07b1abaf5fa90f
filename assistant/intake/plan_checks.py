"""What the cells of a plan form show beside its data (申报表、目标表): the year it prints, words printed twice (C20).

The indicators and amounts that were read are checked with every other report's.
"""

from __future__ import annotations

import re

from assistant.domain.finding import Finding
from assistant.domain.register import finding
from assistant.intake.grid import Grid

_YEAR = re.compile(r"(?<!\d)(20\d\d)\s*年(?!.*20\d\d)")
_DOUBLED = re.compile(r"([\u4e00-\u9fff]{2,4})\1")
_LABELS = 20
_TITLE = 60


def printed_year(grid: Grid) -> int | None:
    """Return the year in the title of a plan, None where it prints none; names of projects say nothing."""
    for cell in grid.cells:
        match = _YEAR.search(cell.text) if "表" in cell.text and len(cell.text) <= _TITLE else None
        if match:
            return int(match[1])
        if re.fullmatch(r"\D{0,8}20\d\d\s*年度?\D{0,2}", cell.text.strip()):
            return int(re.sub(r"\D", "", cell.text))
    return None


def check_labels(grid: Grid) -> list[Finding]:
    """Return C20 for labels with a word printed twice (事业事业发展性支出)."""
    found = []
    for cell in grid.cells:
        match = _DOUBLED.search(cell.plain) if len(cell.plain) <= _LABELS else None
        if match:
            place = grid.place(cell)
            found.append(
                finding(
                    "C20",
                    f"{place}：“{cell.plain}”中“{match[1]}”重复",
                    remedy="请删去重复的字",
                    observed=match[0],
                    expected=match[1],
                    place=place,
                )
            )
    return found
