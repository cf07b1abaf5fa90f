"""The line items that numbered sentences of a past report list (明细句): name, quantity × unit price, amount.

“（1）委托某台制作电视节目70万元。…制作5期…，每期14万元，合计70万元。” Amounts in 万元. Knows nothing of tables.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal

from assistant.domain.measure_words import UNIT
from assistant.domain.report import LineItem
from assistant.intake.flow import Paragraph

_ITEM = re.compile(r"[（(]\d{1,2}[)）](?P<name>[^，。；\d]{4,60}?)(?P<amount>\d[\d,]*(?:\.\d+)?)万元[。；]")
_PRICE = re.compile(rf"每(?:个|一)?(?P<unit>{UNIT}|专版)(?P<price>\d+(?:\.\d+)?)万元")
_LEVEL = 4


def items_stated(paragraphs: Sequence[Paragraph]) -> dict[int, tuple[LineItem, ...]]:
    """Return the line items of the sections on money, by position of the sub-project."""
    found: dict[int, tuple[LineItem, ...]] = {}
    for paragraph in paragraphs:
        match = _ITEM.match(paragraph.text)
        if paragraph.level != _LEVEL or match is None or not re.search(r"支出|资金|经费", paragraph.section):
            continue
        owner = paragraph.scope or 0
        found[owner] = (*found.get(owner, ()), _item(paragraph.text, match))
    return found


def _item(text: str, match: re.Match[str]) -> LineItem:
    """Return one line item; quantity and unit price only where their product is the amount."""
    amount = Decimal(match["amount"].replace(",", ""))
    made = LineItem(name=match["name"], budget=amount, expenditure=amount)
    for price in _PRICE.finditer(text):
        for counted in re.finditer(rf"(\d+)个?{re.escape(price['unit'])}", text[: price.start()]):
            quantity, unit_price = Decimal(counted[1]), Decimal(price["price"])
            if quantity * unit_price == amount:
                update = {"quantity": quantity, "unit": price["unit"], "unit_price": unit_price}
                return made.model_copy(update=update)
    return made
