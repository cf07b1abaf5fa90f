"""How much of its money a past report says was spent (预算执行率): from its tables and its prose.

A total with its budget, its spending and its rate that agree with each other goes before one that is only
computed, and that before a rate that merely stands there; among equals the largest budget is the whole. What
does not agree is left out, never mended. It knows nothing about reports in progress.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import ROUND_HALF_UP, Decimal
from itertools import product

from assistant.domain.base import Frozen
from assistant.library.paragraphs import joined
from assistant.library.source import Block, BlockKind, SourceText

_NUMBER = r"(?P<number>[\d,，]+(?:\.\d+)?)\s*"
_UNIT = r"(?P<unit>万元|亿元|元)"
_SAID = r"(?:核定|调整|总额|合计|共计|数)?(?:数)?(?:为|达到|达|是|共)?\s*"
_BUDGET = re.compile(rf"(?:全年预算|调整后预算|年度(?:支出总)?预算|(?<![初府])预算){_SAID}{_NUMBER}{_UNIT}")
_SPENT = re.compile(
    rf"(?:全年执行|实际执行|全年支出|全年支付|实际支出|预算完成|(?:年末|日)支出|(?<=[，；。、])(?:支出|支付|执行)){_SAID}{_NUMBER}{_UNIT}"
)
_RATE = re.compile(r"(?<!采购)执行率(?:为|达到|达|是)?\s*(?P<number>\d{1,3}(?:\.\d+)?)\s*[%％]")
#: What speaks of a part of the money, up to the end of its sentence.
_PART = re.compile(
    r"(?:其中|该项|分项|子项|任务|来源|配套|县区|该子项目|基本支出|项目支出|人员经费|公用经费)[^。；]*[。；]?"
)
_BUDGET_HEAD = re.compile(r"(?:全年|调整后)?预算数|全年预算")
_SPENT_HEAD = re.compile(r"(?:全年|实际)?执行数|实际支出")
_RATE_HEAD = re.compile(r"(?:预算)?执行率")
_TOTAL = re.compile(r".{0,8}(?:合计|总计|总额)|项目资金|部门整体支出|部门支出")
_SCALES = {"万元": Decimal(1), "亿元": Decimal(10_000), "元": Decimal(1) / 10_000}
_HUNDREDTH = Decimal("0.01")


class Execution(Frozen):
    """What a report says of its money: rate in per cent, budget and spending in 万元 (None where unsaid), and the block."""

    rate: Decimal
    budget: Decimal | None = None
    spent: Decimal | None = None
    block: int = 0


class _Found(Frozen):
    """A candidate: 2 where all three agree, 1 where the rate is computed, 0 where it only stands there."""

    strength: int
    execution: Execution


def execution_of(source: SourceText) -> Execution | None:
    """Return what the source says of the execution of its whole budget, None where it does not say."""
    found = [*_of_tables(source.blocks), *_of_prose(source)]
    if not found:
        return None
    best = max(
        enumerate(found),
        key=lambda pair: (pair[1].strength, pair[1].execution.budget or Decimal(0), -pair[0]),
    )
    return best[1].execution


def rate_of(budget: Decimal, spent: Decimal) -> Decimal:
    """Return spending ÷ budget in per cent with two decimals."""
    return (spent / budget * 100).quantize(_HUNDREDTH, ROUND_HALF_UP)


def _of_prose(source: SourceText) -> Iterator[_Found]:
    for paragraph in joined(source):
        if paragraph.block.kind is BlockKind.TABLE_ROW:
            continue
        text = _PART.sub("", re.sub(r"\s+", "", paragraph.text))
        budgets = [_money(match) for match in _BUDGET.finditer(text)]
        spent = [_money(match) for match in _SPENT.finditer(text)]
        rates = [Decimal(match["number"]) for match in _RATE.finditer(text)]
        yield from _agreed(budgets, spent, rates, paragraph.first)
        if rates and not budgets and "预算执行率" in text:
            yield _Found(strength=0, execution=Execution(rate=rates[0], block=paragraph.first))


def _agreed(
    budgets: Sequence[Decimal], spent: Sequence[Decimal], rates: Sequence[Decimal], block: int
) -> Iterator[_Found]:
    """Yield the first budget, spending and rate of a paragraph that agree."""
    for rate, budget, paid in product(rates, budgets, spent):
        if budget and abs(rate_of(budget, paid) - rate) <= _HUNDREDTH:
            yield _Found(strength=2, execution=Execution(rate=rate, budget=budget, spent=paid, block=block))
            return


def _of_tables(blocks: Sequence[Block]) -> Iterator[_Found]:
    columns: dict[str, int] = {}
    scale, table = Decimal(1), None
    for block in blocks:
        if block.kind is not BlockKind.TABLE_ROW or block.table != table:
            columns, table = {}, block.table
        if block.kind is not BlockKind.TABLE_ROW:
            continue
        heads = _columns(block.cells)
        if "budget" in heads and "spent" in heads:
            columns, scale = heads, _SCALES["元"] if "（元）" in block.text else Decimal(1)
        elif columns and any(_TOTAL.fullmatch("".join(cell.split())) for cell in block.cells[:3]):
            yield from _of_total(block, columns, scale)


def _columns(cells: Sequence[str]) -> dict[str, int]:
    """Return which column holds what, by the names in the head of a table."""
    found: dict[str, int] = {}
    for place, cell in enumerate(cells):
        name = re.sub(r"\s|[（(].*?[)）]", "", cell)
        for key, pattern in (("budget", _BUDGET_HEAD), ("spent", _SPENT_HEAD), ("rate", _RATE_HEAD)):
            if pattern.fullmatch(name):
                found[key] = place
    return found


def _of_total(block: Block, columns: dict[str, int], scale: Decimal) -> Iterator[_Found]:
    values = {key: _plain(block.cells[place]) for key, place in columns.items() if place < len(block.cells)}
    budget, spent, stated = values.get("budget"), values.get("spent"), values.get("rate")
    if not budget or spent is None:
        return
    rate = rate_of(budget, spent)
    if stated is not None and abs(rate - stated) > _HUNDREDTH:
        return
    strength = 1 if stated is None else 2
    execution = Execution(rate=rate, budget=budget * scale, spent=spent * scale, block=block.index)
    yield _Found(strength=strength, execution=execution)


def _plain(cell: str) -> Decimal | None:
    """Return the number that a cell consists of, None for anything else."""
    text = re.sub(r"[\s,，%％]|万元", "", cell)
    return Decimal(text) if re.fullmatch(r"\d+(?:\.\d+)?", text) else None


def _money(match: re.Match[str]) -> Decimal:
    return Decimal(re.sub(r"[,，]", "", match["number"])) * _SCALES[match["unit"]]
