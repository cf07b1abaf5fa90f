"""Live score cells of a form (得分公式): execution, quantitative rows by their comparator, 定性 by tier, grade.

The numbers that stand in words (≥6场) are written beside the form, so that a formula can use them. The program
computes anew from the words and never reads these cells.
"""

from __future__ import annotations

from decimal import Decimal

from openpyxl.worksheet.worksheet import Worksheet

from assistant.domain.figures import Quantity
from assistant.domain.indicator import Comparator, Indicator, TargetKind
from assistant.domain.measure_words import same_scale
from assistant.domain.targets import read_actual, read_target
from assistant.export.form_cells import lock, put_formula, put_header, put_number

#: Headers of the columns that hold the numbers of the words; a score formula stands only beside them.
TARGET_NUMBER, ACTUAL_NUMBER, COMPLETION = "目标数值", "完成数值", "完成率"
_GRADES = (("优", 90), ("良", 80), ("中", 60))


def numbers_of(indicator: Indicator) -> tuple[Decimal, Decimal, Comparator] | None:
    """Return bound, result in the unit of the bound, and comparator; None where a row is not plainly numeric."""
    target = read_target(
        indicator.annual_target,
        category=indicator.category,
        dimension=indicator.dimension,
        name=indicator.name,
        tier=indicator.tier,
    )
    actual = read_actual(indicator.actual)
    if (
        target.kind is not TargetKind.NUMBER
        or target.bound is None
        or target.comparator is None
        or actual is None
    ):
        return None
    if target.bound < 0 or not target.unit or not actual.unit:
        return (target.bound, actual.value, target.comparator) if actual.unit == target.unit else None
    scaled = same_scale(Quantity(value=actual.value, unit=actual.unit), target.unit)
    return None if scaled is None else (target.bound, scaled.value, target.comparator)


def put_numbers(sheet: Worksheet, row: int, column: int, indicator: Indicator) -> None:
    """Write bound, result and the live 完成率 from `column` on."""
    numbers = numbers_of(indicator)
    bound, actual = numbers[:2] if numbers else (None, None)
    lock(put_number(sheet, row, column, bound))
    lock(put_number(sheet, row, column + 1, actual))
    first, second = _name(sheet, row, column), _name(sheet, row, column + 1)
    put_formula(sheet, row, column + 2, f'=IF(OR({first}="",N({first})=0),"",{second}/{first})', "0.00%")


def put_number_headers(sheet: Worksheet, row: int, column: int) -> None:
    """Write the headers of the three columns."""
    for offset, words in enumerate((TARGET_NUMBER, ACTUAL_NUMBER, COMPLETION)):
        put_header(sheet, row, column + offset, words)


def score_formula(indicator: Indicator, row: int, *, numbers: str, tier: str, deduction: str) -> str:
    """Return the formula of a 得分 cell, "" where a person must judge.

    `numbers` are the letters of the two number columns ("P,Q"), `tier` and `deduction` those of their columns.
    """
    bound, actual = (f"{letter}{row}" for letter in numbers.split(","))
    weight = f"F{row}"
    found = numbers_of(indicator)
    if found is not None and indicator.weight is not None:
        raw = _numeric(found[2], found[0], bound, actual, weight)
    elif indicator.tier is not None and indicator.weight is not None:
        cell = f"{tier}{row}"
        raw = f'IF({cell}="A",{weight},IF({cell}="B",ROUND(0.7*{weight},2),ROUND(0.3*{weight},2)))'
    else:
        return ""
    return f"=MAX(0,{raw}-N({deduction}{row}))" if deduction else f"={raw}"


def _numeric(comparator: Comparator, value: Decimal, bound: str, actual: str, weight: str) -> str:
    """Return the formula of domain §2.3: positive by ratio, reverse by the linear rule, zero all or nothing."""
    if value == 0:
        reverse = comparator in (Comparator.LE, Comparator.LT, Comparator.EQ)
        return f"IF({actual}<=0,{weight},0)" if reverse else weight
    if comparator in (Comparator.LE, Comparator.LT):
        fallen = f"ROUND((1-({actual}-{bound})/{bound})*{weight},2)"
        return f"IF({actual}<={bound},{weight},IF({actual}>=2*{bound},0,{fallen}))"
    return f"IF({actual}>={bound},{weight},ROUND(MAX(0,{actual})/{bound}*{weight},2))"


def put_grade(sheet: Worksheet, row: int, total: int, column: int) -> None:
    """Write 评价等级 from the total score on row `total`."""
    formula = '"差"'
    for word, least in reversed(_GRADES):
        formula = f'IF(G{total}>={least},"{word}",{formula})'
    put_formula(sheet, row, column, f"={formula}", "General")


def _name(sheet: Worksheet, row: int, column: int) -> str:
    """Return the name of a cell."""
    return str(sheet.cell(row, column).coordinate)
