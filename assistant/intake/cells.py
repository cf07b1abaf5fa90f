"""Reads single cells as amounts, weights, tiers and whole numbers (单元格); what cannot be read is a finding.

Nothing is repaired silently: each supposition is an I04 finding with the cell.
"""

from __future__ import annotations

import re
import unicodedata
from decimal import Decimal

from assistant.domain.base import decimal_from
from assistant.domain.evidence import Evidence
from assistant.domain.finding import Finding
from assistant.domain.indicator import Tier
from assistant.domain.register import finding
from assistant.domain.target_words import read_tier
from assistant.intake.columns import is_blank
from assistant.intake.grid import Cell, Grid

_YUAN = Decimal(10_000)
_AMOUNT = re.compile(r"(?P<number>[-+]?[\d,.]+)\s*(?P<unit>万元|亿元|元)?")
_POINTS = re.compile(r"(?P<number>[-+]?[\d,.]+)\s*(?P<unit>分|%)?")


class Reader:
    """Reads the cells of one grid and gathers the findings; `in_yuan` says that money stands in 元."""

    def __init__(self, grid: Grid, in_yuan: bool = False) -> None:
        self.grid = grid
        self.in_yuan = in_yuan
        self.findings: list[Finding] = []
        self._supposed: dict[str, tuple[int, list[Cell]]] = {}

    def text(self, cell: Cell) -> str:
        """Return the words of a cell; a formula without a stored value is a finding (I06)."""
        self._note_uncached(cell)
        return "" if is_blank(cell.text) else cell.text.strip()

    def amount(self, cell: Cell, what: str) -> Decimal | None:
        """Return an amount in 万元; 元 and 亿元 are converted and said (I04)."""
        match = self._matched(cell, what, _AMOUNT)
        value = self._decimal(match, cell, what)
        if match is None or value is None:
            return None
        unit = match["unit"] or ("元" if self.in_yuan else "万元")
        if unit == "万元":
            return value
        converted = value / _YUAN if unit == "元" else value * _YUAN
        if match["unit"]:
            self.suppose(cell, f"{what}“{cell.text.strip()}”按{unit}换算为{converted:f}万元")
        else:
            self.suppose(cell, "表头写明金额以元为单位，已除以10000换算为万元")
        return converted

    def points(self, cell: Cell, what: str) -> Decimal | None:
        """Return a 分值 or 得分; a percent sign or 分 after it is dropped, the sign is said (I04)."""
        match = self._matched(cell, what, _POINTS)
        value = self._decimal(match, cell, what)
        if match is not None and value is not None and match["unit"] == "%":
            self.suppose(cell, f"{what}“{cell.text.strip()}”按{value:f}分读入")
        return value

    def whole(self, cell: Cell, what: str) -> int | None:
        """Return a whole number such as a year."""
        text = self.text(cell)
        digits = re.fullmatch(r"(\d{1,6})\s*年?度?", unicodedata.normalize("NFKC", text))
        if digits:
            return int(digits[1])
        if text:
            self._unreadable(cell, what, "整数")
        return None

    def tier(self, cell: Cell) -> Tier | None:
        """Return the 定性 tier that a cell names; other words are a finding (I01)."""
        text = self.text(cell)
        tier = read_tier(text) if text else None
        if text and tier is None:
            message = f"{self.grid.place(cell)}：定性档次“{text}”不能识别"
            self.findings.append(
                finding("I01", message, remedy="请填 A、B、C 或达成、部分达成、未达成", observed=text)
            )
        return tier

    def evidence(self, cell: Cell) -> tuple[Evidence, ...]:
        """Return the 佐证材料 of a cell, one a line: file|page|sha256."""
        found = []
        for line in self.text(cell).splitlines():
            file, page, digest = [*(part.strip() for part in line.split("|")), "", ""][:3]
            if file:
                found.append(Evidence(file=file, page=page, sha256=digest))
        return tuple(found)

    def suppose(self, cell: Cell, what: str) -> None:
        """Note a supposition that was made in reading (I04); the same one of several cells is said once."""
        position, cells = self._supposed.setdefault(what, (len(self.findings), []))
        if cells and cells[-1].reference == cell.reference:
            return
        cells.append(cell)
        said = finding(
            "I04",
            f"{self.grid.places(cells)}：{what}",
            remedy="如不是这个意思，请改正单元格后重新读入",
            place=self.grid.place(cells[0]),
        )
        self.findings[position : position + (len(cells) > 1)] = [said]

    def _matched(self, cell: Cell, what: str, pattern: re.Pattern[str]) -> re.Match[str] | None:
        """Return the number in a cell; words are a finding (I02)."""
        text = unicodedata.normalize("NFKC", self.text(cell)).replace("−", "-")
        if not text:
            return None
        match = pattern.fullmatch(text)
        if match is None:
            self._unreadable(cell, what, "数字")
        return match

    def _decimal(self, match: re.Match[str] | None, cell: Cell, what: str) -> Decimal | None:
        """Return the number that matched."""
        if match is None:
            return None
        try:
            return decimal_from(match["number"])
        except ValueError:
            self._unreadable(cell, what, "数字")
            return None

    def _unreadable(self, cell: Cell, what: str, bound: str) -> None:
        """Note a cell that is not what its column asks for (I02)."""
        place, came = self.grid.place(cell), cell.text.strip()
        message = f"{place}：{what}应为{bound}，现为“{came}”，按未填处理"
        self.findings.append(
            finding(
                "I02", message, remedy="请改正单元格后重新读入", observed=came, expected=bound, place=place
            )
        )

    def _note_uncached(self, cell: Cell) -> None:
        """Note a formula whose value the file does not hold (I06)."""
        if cell.formula and not cell.cached:
            place = self.grid.place(cell)
            message = f"{place}：公式没有保存计算结果，按未填处理"
            self.findings.append(
                finding("I06", message, remedy="请用办公软件打开、保存一次，或直接填写数值", place=place)
            )
