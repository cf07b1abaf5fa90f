"""What is typed into the tables becomes frozen rows; a bad cell is named and stops nothing."""

from __future__ import annotations

from decimal import Decimal

from assistant.domain.indicator import Indicator, Tier
from assistant.domain.report import Funding
from assistant.ui.editing import FUNDING, INDICATORS, Edits, applied, cells

ROWS = (
    Funding(source="财政拨款", annual_budget=Decimal("200.00"), expenditure=Decimal("188.49")),
    Funding(source="上年结转", annual_budget=Decimal("12.00"), expenditure=Decimal("12.00")),
)


def edited(**state: object) -> Edits:
    return Edits.of({"edited_rows": {}, "added_rows": [], "deleted_rows": [], **state})


def test_numbers_stay_as_they_were_written() -> None:
    """188.490 is not 188.49: the digits shown are the writer's."""
    rows, _ = applied(ROWS, edited(edited_rows={0: {"expenditure": "188.490"}}), FUNDING)
    assert cells(rows[0], FUNDING)["expenditure"] == "188.490"


def test_the_second_edit_comes_on_top_of_the_first() -> None:
    """Edits are always against the base, so two of them are both there."""
    edits = edited(edited_rows={0: {"expenditure": "190"}, 1: {"expenditure": "11"}})
    rows, _ = applied(ROWS, edits, FUNDING)
    assert [row.expenditure for row in rows] == [Decimal(190), Decimal(11)]


def test_a_cell_that_is_no_number_is_named_and_the_others_are_taken() -> None:
    edits = edited(edited_rows={0: {"annual_budget": "二百", "expenditure": "190"}})
    rows, complaints = applied(ROWS, edits, FUNDING)
    assert complaints == ("资金第1行“全年预算数”不能是“二百”，这一格没有采用",)
    assert (rows[0].annual_budget, rows[0].expenditure) == (Decimal("200.00"), Decimal(190))


def test_rows_can_be_added_and_deleted() -> None:
    edits = edited(added_rows=[{"source": "其他资金", "annual_budget": "3"}, {}], deleted_rows=[1])
    rows, _ = applied(ROWS, edits, FUNDING)
    assert [row.source for row in rows] == ["财政拨款", "其他资金"]


def test_the_rows_that_were_given_are_left_alone() -> None:
    before = tuple(row.model_copy() for row in ROWS)
    applied(ROWS, edited(edited_rows={0: {"source": "别的"}}), FUNDING)
    assert before == ROWS


def test_an_emptied_cell_is_no_figure() -> None:
    rows, complaints = applied(ROWS, edited(edited_rows={0: {"expenditure": None}}), FUNDING)
    assert rows[0].expenditure is None and complaints == ()


def test_a_tier_can_be_chosen_and_taken_back() -> None:
    base = (Indicator(name="机制建立情况"),)
    chosen, _ = applied(base, edited(edited_rows={0: {"tier": "B"}}), INDICATORS)
    taken_back, _ = applied(chosen, edited(edited_rows={0: {"tier": ""}}), INDICATORS)
    assert (chosen[0].tier, taken_back[0].tier) == (Tier.B, None)
