"""The indicator block of a form (绩效指标): rows under their header, merged or blank categories resolved."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from assistant.domain.base import Frozen, Number
from assistant.domain.indicator import Indicator, weighed
from assistant.intake.cells import Reader
from assistant.intake.columns import field_of, header_columns, words
from assistant.intake.funding_block import PrintedRow
from assistant.intake.grid import Cell, Grid
from assistant.intake.subtotals import Headings, Printed

_MEASURES = re.compile(r"\s*改进措施[:：]\s*")
_SUM = re.compile("[小合]计$|[小合]计[(（]")
_NUMBERED = re.compile(r"指标\s*\d+\s*[:：]\s*")


class IndicatorBlock(Frozen):
    """The indicators, the printed total (总分) with its place, the sums between, the row 预算执行 if it is here."""

    indicators: tuple[Indicator, ...] = ()
    printed_total: Number | None = None
    total_place: str = ""
    subtotals: tuple[Printed, ...] = ()
    execution: PrintedRow | None = None


def find_indicators(grid: Grid) -> int | None:
    """Return the header row of the block: one with the name column and a target or actual column."""
    for row in grid.rows():
        found = set(header_columns("indicators", grid, row))
        if "name" in found and found & {"annual_target", "actual", "weight"} and "category" in found:
            return row
    return None


def read_indicators(reader: Reader, header: int) -> IndicatorBlock:
    """Return the block below its header row, down to the total row or the end of the grid."""
    columns = _columns(reader.grid, header)
    indicators: list[Indicator] = []
    headings, sums = Headings(), list[Printed]()
    execution: PrintedRow | None = None
    above: dict[str, Cell] = {}
    total, place, since = None, "", 0
    for row in reader.grid.rows(header + 1):
        cells = {field: reader.grid.at(row, cell.column) for field, cell in columns.items()}
        if _is_total(reader.grid.row(row)):
            total, place = _total(reader, columns, row)
            break
        if _summary(cells):
            sums += _subtotal(reader, cells, indicators, since)
            since = len(indicators)
        elif _is_execution(reader, cells):
            execution = _execution(reader, cells)
        elif not _blank_row(reader, cells):
            above = _headings(reader, cells, above)
            indicators.append(_indicator(reader, row, cells, *(weighed(at.text)[0] for at in above.values())))
            path: tuple[str, ...] = ()
            for at in above.values():
                path = (*path, at.text)
                headings.add(path, reader.grid.place(at), len(indicators) - 1)
    if "weight" not in columns:
        indicators = _weighed_by_headings(reader, columns["name"], indicators, headings)
    return IndicatorBlock(
        indicators=tuple(indicators),
        printed_total=total,
        total_place=place,
        subtotals=(*headings.printed(indicators), *sums),
        execution=execution,
    )


def _weighed_by_headings(
    reader: Reader, header: Cell, rows: list[Indicator], headings: Headings
) -> list[Indicator]:
    """Return the rows with the 分值 that stand behind their categories or dimensions (I04)."""
    parts = headings.shared_out(rows)
    if parts:
        shown = "、".join(f"“{rows[at].name}”{part:f}分" for at, part in sorted(parts.items()))
        reader.suppose(header, f"没有分值栏，按一级、二级指标后所写的分值平均分给所属各行：{shown}")
    return [row.model_copy(update={"weight": parts.get(at, row.weight)}) for at, row in enumerate(rows)]


def _columns(grid: Grid, header: int) -> dict[str, Cell]:
    """Return the header cells by field; a header of two lines may name the rest on its second.

    A plan with the rows of the whole period beside those of the year (指标值 twice) gives the latter.
    """
    columns = header_columns("indicators", grid, header)
    fields = [(field_of("indicators", cell), cell) for cell in grid.row(header)]
    twice = [cell for field, cell in fields if field == "annual_target"]
    if len(twice) > 1 and "cycle_target" not in columns:
        columns |= {field: cell for field, cell in fields if field in ("dimension", "name")}
        columns |= {"cycle_target": twice[0], "annual_target": twice[-1]}
    if "annual_target" not in columns and field_of("indicators", grid.at(header + 1, 1)) is None:
        below = header_columns("indicators", grid, header + 1)
        columns = {**below, **columns}
    return columns


def _is_total(cells: list[Cell]) -> bool:
    """Return whether a row is the 总分 row."""
    first = next((cell for cell in cells if cell.text.strip()), None)
    return first is not None and first.plain.partition("(")[0] in words("total", "labels")


def _summary(cells: dict[str, Cell]) -> bool:
    """Return whether a row is a sum between the indicators: one cell from category to name, or 小计 and no name."""
    named = cells["name"].text.strip()
    headed = (cells[field].plain for field in ("category", "dimension") if field in cells)
    spans = cells["category"].last_column >= cells["name"].column
    return spans or (not named and any(_SUM.search(words) for words in headed))


def _total(reader: Reader, columns: dict[str, Cell], row: int) -> tuple[Decimal | None, str]:
    """Return the printed total and its place; a formula is computed anew, never read."""
    if "score" not in columns:
        return None, ""
    cell = reader.grid.at(row, columns["score"].column)
    return (None if cell.formula else reader.points(cell, "总分")), reader.grid.place(cell)


def _blank_row(reader: Reader, cells: dict[str, Cell]) -> bool:
    """Return whether nothing was filled in: an empty row, or one of the blank form (指标1：, ……)."""
    name = cells["name"].text.strip()
    stub = not _NUMBERED.sub("", name) or re.fullmatch(r"指标\s*\d+[:：]?|[….]+", name) is not None
    others = (cell for field, cell in cells.items() if field not in ("category", "dimension", "name"))
    return stub and not any(reader.grid.at(cell.row, cell.column).text.strip() for cell in others)


def _is_execution(reader: Reader, cells: dict[str, Cell]) -> bool:
    """Return whether a row is 预算执行 put among the indicators; it is scored from the money (I04)."""
    category = cells["category"]
    found = category.plain.partition("(")[0] in words("execution", "labels")
    if found:
        reader.suppose(category, "预算执行行不作指标读入，按资金计分")
    return found


def _subtotal(reader: Reader, cells: dict[str, Cell], rows: list[Indicator], since: int) -> Iterator[Printed]:
    """Yield a row of 小计 or 合计 between the indicators; it sums the rows since the last one, or all so far."""
    headed = (cells[field] for field in ("category", "dimension") if field in cells)
    label = next((cell for cell in headed if _SUM.search(cell.plain)), None)
    if label is not None and rows:
        printed = {
            field: _points(reader, cells, field, label.plain)
            for field in ("weight", "score")
            if field in cells and not cells[field].formula
        }
        last = tuple(row for row in rows if row.category == rows[-1].category)
        choices = (tuple(rows[since:]), last, tuple(rows))
        yield Printed(label=label.plain, place=reader.grid.place(label), choices=choices, **printed)


def _execution(reader: Reader, cells: dict[str, Cell]) -> PrintedRow:
    """Return what the row 预算执行 prints of its 分值 and 得分."""
    printed = {
        field: _points(reader, cells, field, "预算执行")
        for field in ("weight", "score")
        if field in cells and not cells[field].formula
    }
    return PrintedRow(label="预算执行", place=reader.grid.place(cells["category"]), **printed)


def _headings(reader: Reader, cells: dict[str, Cell], above: dict[str, Cell]) -> dict[str, Cell]:
    """Return the cells that name the category and the dimension of a row.

    An unmerged blank takes the one above (I04), a dimension only within the same category; — is none.
    """
    blank = Cell(row=0, column=0, last_row=0, last_column=0)
    category = _heading(reader, cells.get("category", blank), above.get("category", blank))
    same = category.text == above.get("category", blank).text
    inherited = above.get("dimension", blank) if same else blank
    return {
        "category": category,
        "dimension": _heading(reader, cells.get("dimension", blank), inherited),
    }


def _heading(reader: Reader, cell: Cell, above: Cell) -> Cell:
    """Return the cell itself, or the one above where it is blank; a 分值 behind the words is taken off (I04)."""
    name, weight = weighed(cell.text.strip())
    if weight is not None:
        reader.suppose(cell, "类别后所写的分值（……分）不作名称读入")
        return cell.model_copy(update={"text": cell.text.strip()})
    if name:
        return cell.model_copy(update={"text": reader.text(cell)})
    if above.text and cell.row:
        reader.suppose(cell, f"空白，按上一行的“{weighed(above.text)[0]}”读入")
        return above
    return cell


def _indicator(reader: Reader, row: int, cells: dict[str, Cell], category: str, dimension: str) -> Indicator:
    """Return the indicator of a row."""
    name = _name(reader, cells["name"])
    weight, group = _weight(reader, row, cells.get("weight"), name)
    reason, measures = _reason(reader, cells)
    computed = "score" in cells and cells["score"].formula and _has_numbers(reader.grid)
    return Indicator(
        category=category,
        dimension=dimension,
        name=name,
        cycle_target=_text(reader, cells, "cycle_target"),
        annual_target=_text(reader, cells, "annual_target"),
        actual=_text(reader, cells, "actual"),
        tier=reader.tier(cells["tier"]) if "tier" in cells else None,
        weight=weight,
        score=None if computed else _points(reader, cells, "score", f"指标“{name}”的得分"),
        deviation_reason=reason,
        measures=measures,
        code=_text(reader, cells, "code"),
        weight_group=_text(reader, cells, "weight_group") or group,
        review_score=_points(reader, cells, "review_score", f"指标“{name}”的复核得分"),
        deduction=_points(reader, cells, "deduction", f"指标“{name}”的扣减分数"),
        evidence=reader.evidence(cells["evidence"]) if "evidence" in cells else (),
    )


def _has_numbers(grid: Grid) -> bool:
    """Return whether a form is ours, with the numbers of the words beside it: its score formulas are not read."""
    return any(cell.plain == "完成数值" for cell in grid.cells)


def _text(reader: Reader, cells: dict[str, Cell], field: str) -> str:
    """Return the words of a column, "" where the form has no such column."""
    return reader.text(cells[field]) if field in cells else ""


def _points(reader: Reader, cells: dict[str, Cell], field: str, what: str) -> Decimal | None:
    """Return the points of a column, None where the form has no such column."""
    return reader.points(cells[field], what) if field in cells else None


def _name(reader: Reader, cell: Cell) -> str:
    """Return the name of an indicator without the 指标1： of the printed form."""
    written = reader.text(cell)
    name = _NUMBERED.sub("", written, count=1) if _NUMBERED.match(written) else written
    if name != written:
        reader.suppose(cell, f"三级指标名称“{written}”去掉编号，按“{name}”读入")
    return name


def _weight(reader: Reader, row: int, cell: Cell | None, name: str) -> tuple[Decimal | None, str]:
    """Return weight and weight group; a cell merged over several rows is shared by them (I04)."""
    if cell is None:
        return None, ""
    if cell.row == cell.last_row:
        return reader.points(cell, f"指标“{name}”的分值"), ""
    if row == cell.row:
        reader.suppose(cell, f"分值由第{cell.row}至{cell.last_row}行共用，计在首行")
        return reader.points(cell, f"指标“{name}”的分值"), cell.reference
    return None, cell.reference


def _reason(reader: Reader, cells: dict[str, Cell]) -> tuple[str, str]:
    """Return 偏差原因 and 改进措施; one cell for both is parted at the words 改进措施：."""
    reason, measures = _text(reader, cells, "deviation_reason"), _text(reader, cells, "measures")
    if not measures and (match := _MEASURES.search(reason)):
        return reason[: match.start()], reason[match.end() :]
    return reason, measures
