"""The views of 看得分 and 两年对照: what they show is what the rooms below compute, counted again by hand."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

import pytest
from streamlit.testing.v1 import AppTest

from assistant.domain.indicator import Category, Indicator
from assistant.domain.passage import Citation, Passage, SectionKind
from assistant.domain.report import Funding, Project, Report
from assistant.ui.desk import desk
from assistant.ui.parts import as_csv
from assistant.ui.score_charts import money_bars
from assistant.ui.state import State
from assistant.ui.two_years import compared_html
from assistant.ui.year_on_year import pairs_of

from .conftest import view, words

Open = Callable[[str], AppTest]
VIEWS = ("逐项得分", "失分", "预算执行", "指标完成", "与上年比", "与同类比", "怎样提分", "表格问题")


def of_year(year: int, spent: str, visitors: str) -> Report:
    """200万元预算, the spending and the visitors of that year."""
    funds = (
        Funding(
            source="财政拨款",
            annual_budget=Decimal(200),
            initial_budget=Decimal(400),
            expenditure=Decimal(spent),
        ),
    )
    visited = Indicator(
        category=Category.OUTPUT,
        name="参观人次",
        annual_target="≥100人次",
        actual=visitors,
        weight=Decimal(90),
    )
    return Report(
        unit_name="某馆", year=year, projects=(Project(name="开放", funding=funds, indicators=(visited,)),)
    )


@pytest.mark.parametrize("name", VIEWS)
def test_every_view_opens_without_a_fault(page: Open, name: str) -> None:
    assert "zj-fault" not in words(view(page("scores"), name, "score-view"))


def test_the_rate_stands_where_counting_by_hand_puts_it(page: Open) -> None:
    """The library's rates, counted: so many above, so many below."""
    at = view(page("scores"), "与同类比", "score-view")
    state: State = at.session_state["state"]
    report = state.edited
    others = [
        one
        for one in desk().workbench.library.rates()
        if one.kind != "department" and not (one.unit_name == report.unit_name and one.year == report.year)
    ]
    own = report.total("expenditure") / report.total("annual_budget") * 100
    above = sum(one.rate > own for one in others)
    assert f"{above} 个更高" in words(at) and f"在 {len(others)} 个同类项目" in words(at)


def test_two_years_are_compared_figure_by_figure(home: object) -> None:
    """188 after 180 of 200: 8万元 more, 94 % after 90 %, 4个百分点; 120 after 110 visitors. The rate on the
    initial budget is another figure."""
    report = of_year(2024, "188", "120人次").model_copy(update={"last_year": of_year(2023, "180", "110人次")})
    found = {(p.scope, p.name): p.change for p in pairs_of(desk().evaluate(report).facts)}
    assert found["", "全年执行数"] in ("+8万元", "+8.00万元")
    assert found["", "预算执行率"] == "+4.00个百分点"
    assert next(change for (_, name), change in found.items() if "参观人次" in name) == "+10人次"


def test_last_years_figures_come_from_a_saved_report(page: Open) -> None:
    """Taken from another saved report, they are part of the open one, and saved with it."""
    saved = desk().workspace.add_report(of_year(2023, "180", "110人次"))
    mine = desk().workspace.add_report(of_year(2024, "188", "120人次"))
    at = page("scores")
    state: State = at.session_state["state"]
    state.open(desk(), mine)
    at = view(at, "与上年比", "score-view")
    at.selectbox(key="last-saved").set_value(saved).run()
    at.button(key="take-saved").click().run()
    assert "+4.00个百分点" in words(at.run())
    assert desk().workspace.report(mine)[0].last_year is not None


def test_without_last_year_the_page_says_how_to_get_it(page: Open) -> None:
    mine = desk().workspace.add_report(of_year(2024, "188", "120人次"))
    at = page("scores")
    at.session_state["state"].open(desk(), mine)
    assert "还没有上年数据" in words(view(at, "与上年比", "score-view"))


def test_the_bars_of_the_sources_add_up_to_those_of_the_subprojects(page: Open) -> None:
    bars = money_bars(page("scores").session_state["state"].saved)
    sums = {
        start: sum(bar.amount for bar in bars if bar.name.startswith(start) and bar.series == "全年执行数")
        for start in ("子项目", "来源")
    }
    assert sums["子项目"] == sums["来源"] == Decimal("297.53")


def test_a_table_taken_away_holds_no_formula() -> None:
    """A cell that a spreadsheet would run is quoted; a negative number stays a number."""
    told = as_csv(("甲",), [("=1+1",), ("-1.30",), ("+8万元",)]).decode("utf-8-sig").split()
    assert told == ["甲", "'=1+1", "-1.30", "'+8万元"]


def test_two_past_reports_of_one_unit_stand_side_by_side(page: Open) -> None:
    at = view(page("search"), "两年对照", "search-view")
    assert "存在问题" in words(at) and "预算执行率：" in words(at)


def test_a_sentence_taken_over_is_marked() -> None:
    def said(*lines: str) -> list[Passage]:
        place = Citation(source="甲", first_paragraph=0, last_paragraph=0)
        return [Passage(text=line, citation=place, section=SectionKind.PROBLEMS) for line in lines]

    html = compared_html(
        said("预算编制不够细化，测算依据不足。"),
        said("预算编制不够细化，测算依据不足。采购偏慢，合同签订较晚。"),
    )
    assert html.count("较早的一份里有相同的话") == 1 and "采购偏慢" in html
