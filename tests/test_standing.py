"""Where do we stand: execution rates out of past reports, and one rate among them."""

from __future__ import annotations

import json
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import pytest
from conftest import CORPUS, SAMPLE, Result
from hypothesis import given
from hypothesis import strategies as st

from assistant.domain.report import Funding, Project, Report
from assistant.errors import InputError
from assistant.library.execution import Execution, execution_of
from assistant.library.readers import read_source
from assistant.library.standing import PastRate, stand, standing_of

D = Decimal
#: Read by eye in the sample reports: rate, budget and spending of the whole.
BY_EYE = {
    "东屿市生态环境局2022年": ("94.72", "712.00", "674.44"),
    "云溪市政务服务和数据管理局2021年": ("95.99", "2386.00", "2290.42"),
    "云溪市政务服务和数据管理局2023年": ("67.13", "3085.00", "2071.00"),
    "云溪市政协办公室2022年": ("88.20", "278.00", "245.19"),
    "云溪市政协办公室2023年协商": ("88.33", "300.50", "265.43"),
    "云溪市政协办公室2023年部门": ("95.76", "2091.20", "2002.46"),
    "云溪市教育局2021年": ("93.54", "31606.40", "29565.85"),
    "云溪市教育局2022年": ("74.90", "456.00", "341.54"),
    "云溪市教育局2023年": ("86.10", "2512.60", "2163.35"),
    "望川区卫生健康局2023年": ("79.07", "1012.40", "800.47"),
    "望川区民政局2022年": ("89.03", "1392.00", "1239.35"),
    "望川区民政局2023年": ("92.58", "18771.00", "17378.28"),
    "青岚县交通运输局2022年": ("81.60", "2815.60", "2297.53"),
    "青岚县交通运输局2023年": ("85.11", "4180.00", "3557.54"),
    "鹿鸣县农业农村局2021年": ("85.34", "3000.00", "2560.20"),
    "鹿鸣县农业农村局2022年": ("80.85", "7643.68", "6179.93"),
    "鹿鸣县文化广电和旅游局2022年": ("85.20", "421.10", "358.77"),
    "鹿鸣县文化广电和旅游局2023年": ("76.69", "1268.00", "972.43"),
}


def said(tmp_path: Path, text: str) -> Execution | None:
    (tmp_path / "a.txt").write_text(text, "utf-8")
    return execution_of(read_source(tmp_path / "a.txt"))


def past(*rates: str, kind: str = "project") -> list[PastRate]:
    return [
        PastRate(source=f"{n}.docx", kind=kind, year=2020 + n % 3, rate=D(rate))
        for n, rate in enumerate(rates)
    ]


@pytest.mark.parametrize("name", BY_EYE)
def test_the_execution_of_a_sample_report_is_read(name: str) -> None:
    (path,) = [path for path in CORPUS.iterdir() if path.name.startswith(name)]
    found = execution_of(read_source(path))
    assert found is not None
    assert (found.rate, found.budget, found.spent) == tuple(map(D, BY_EYE[name]))


def test_the_published_report_of_a_department_gives_the_rate_of_the_whole(seeds: Path) -> None:
    """Seed 1, (三): 98.12 % for the whole, 98.31 % and 97.45 % for its parts."""
    found = execution_of(read_source(next(seeds.glob("001*"))))
    assert found is not None and found.rate == D("98.12")


def test_figures_that_do_not_agree_are_left_out(tmp_path: Path) -> None:
    assert said(tmp_path, "全年预算数100.00万元，全年执行数80.00万元，预算执行率95.00%。") is None


def test_a_part_is_not_the_whole(tmp_path: Path) -> None:
    text = "全年预算数200万元，全年执行数190万元，预算执行率95%，其中全年预算数100万元，全年执行数50万元，执行率50%。"
    assert said(tmp_path, text) == Execution(rate=D(95), budget=D(200), spent=D(190))


def test_amounts_in_yuan_are_turned_into_wan(tmp_path: Path) -> None:
    found = said(tmp_path, "全年预算数1,000,000元，全年执行数900,000元，预算执行率90%。")
    assert found is not None and (found.budget, found.spent) == (D(100), D(90))


def test_a_report_that_says_nothing_of_money_has_no_rate(tmp_path: Path) -> None:
    assert said(tmp_path, "存在的问题：调研不够深入。") is None


@given(
    st.lists(st.decimals(0, 100, places=2), min_size=5, max_size=60),
    st.decimals(0, 100, places=2),
)
def test_the_percentile_is_that_of_counting_one_by_one(rates: list[Decimal], own: Decimal) -> None:
    """Below counts one, equal counts one half, of all; by pairs and without sorting."""
    found = stand(D(100), own, "project", past(*map(str, rates)))
    halves = 0
    for rate in rates:
        halves += 2 if own > rate else 1 if own == rate else 0
    expected = (D(halves) / D(2 * len(rates)) * 100).quantize(D("0.1"), "ROUND_HALF_UP")
    assert found.percentile == expected
    assert found.below + found.equal + found.above == len(rates)


def test_the_sentence_says_rate_number_years_and_place() -> None:
    found = stand(D(250), D(231), "project", past("80", "85", "90", "95", "92.40"))
    assert found.sentence == (
        "您的执行率 92.40% 在 5 个同类项目（2020–2022年）中排第 70 百分位：1 个更高、1 个持平、3 个更低"
    )


def test_under_five_reports_are_no_comparison() -> None:
    with pytest.raises(InputError, match="只有 4 份，少于 5 份，不作比较"):
        stand(D(1), D(1), "project", past("1", "2", "3", "4"))


def test_departments_are_not_compared_with_projects() -> None:
    with pytest.raises(InputError, match="只有 0 份"):
        stand(D(1), D(1), "department", past("1", "2", "3", "4", "5"))


def test_without_a_budget_there_is_no_rate() -> None:
    with pytest.raises(InputError, match="没有全年预算数"):
        stand(D(0), D(0), "project", past("1", "2", "3", "4", "5"))


def test_an_earlier_version_of_the_report_itself_does_not_count() -> None:
    funding = Funding(annual_budget=D(100), expenditure=D(90))
    report = Report(unit_name="甲局", year=2021, title="校舍项目", projects=(Project(funding=(funding,)),))
    own = PastRate(
        source="own.docx", unit_name="甲局", year=2021, title="甲局2021年校舍项目自评报告", rate=D(90)
    )
    found = standing_of(report, [own, *past("80", "85", "95", "96", "97")])
    assert (len(found.others), found.equal) == (5, 0)


def test_the_command_tells_place_and_list(zhiji: Callable[..., Result], corpus_index: Path) -> None:
    """182.77… of the sample are 92.40 %; fourteen project reports, two of them higher."""
    result = zhiji("standing", SAMPLE, "--index", corpus_index)
    assert result.status == 0
    assert (
        "您的执行率 92.40% 在 14 个同类项目（2021–2023年）中排第 86 百分位：2 个更高、12 个更低" in result.out
    )
    assert result.out.count("%") == 1 + 14 + 1


def test_the_command_as_json_can_be_counted_again(zhiji: Callable[..., Result], corpus_index: Path) -> None:
    found = json.loads(zhiji("standing", SAMPLE, "--index", corpus_index, "--json").out)
    rates = [D(other["rate"]) for other in found["others"]]
    assert found["count"] == len(rates) == 14
    assert found["below"] == sum(rate < D(found["rate"]) for rate in rates)


def test_the_command_refuses_an_index_of_too_few(zhiji: Callable[..., Result], tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("2022年项目绩效自评报告\n预算执行率为90%。", "utf-8")
    zhiji("index", tmp_path / "a.txt", "--index", tmp_path / "index")
    result = zhiji("standing", SAMPLE, "--index", tmp_path / "index")
    assert (result.status, "少于 5 份" in result.err) == (2, True)
