"""What no reading of a sentence explains may follow from the figures in sight; a slip of a digit never does."""

from __future__ import annotations

import pytest
from proof_cases import indicator, prover, small_report

from assistant.domain.finding import Severity

LAST = {
    "unit_name": "某县水利局",
    "year": 2023,
    "projects": [
        {
            "name": "供水工程",
            "indicators": [indicator(name="受理报修件数", annual_target="≥300件", actual="352件")],
        }
    ],
}
REPORT = small_report(
    indicator(name="受理报修件数", annual_target="≥320件", actual="416件", weight="45"),
    indicator(name="管网改造长度", annual_target="≥30公里", actual="26.4公里", weight="45"),
    name="供水工程",
).model_copy(update={"year": 2024})
STATION = {
    "name": "某县水质监测站",
    "projects": [
        {
            "name": "监测站整体支出",
            "funding": [
                {"source": "财政拨款", "initial_budget": "60", "annual_budget": "60", "expenditure": "57"}
            ],
            "indicators": [indicator(name="采样点次", annual_target="≥240点次", actual="264点次")],
        }
    ],
}
FURTHER = [
    {"name": "来信", "value": "614", "unit": "件", "year": 2024, "source": "台账"},
    {"name": "来信", "value": "702", "unit": "件", "year": 2023, "source": "台账"},
]
DATA = {"last_year": LAST, "units": [STATION], "other_figures": FURTHER}
PROVER = prover(REPORT.model_validate({**REPORT.model_dump(mode="json"), **DATA}))

TRUE = [
    "报修共416件，比上年多64件。",
    "报修量由上年的352件增加到416件，增长18.18%。",
    "受理报修416件，超目标96件。",
    "管网改造差3.6公里没有完成。",
    "受理报修416件，比320件的目标多出96件。",
    "群众来信614件，比上年少88件。",
    "监测站支出57万元，执行率95%；采样264点次，超计划24点次。",
]


def errors(text: str) -> list[str]:
    return [one.text for one in PROVER.check(text) if one.severity is Severity.ERROR]


@pytest.mark.parametrize("text", TRUE)
def test_what_follows_from_the_rows_spoken_of_is_true(text: str) -> None:
    """416 − 352 = 64, 64 / 352 = 18.18 %, 416 − 320 = 96, 30 − 26.4 = 3.6, 702 − 614 = 88, 57 / 60 = 95 %, by hand."""
    assert errors(text) == []


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("报修共416件，比上年多46件。", "46件"),
        ("报修量由上年的352件增加到416件，增长18.81%。", "18.81%"),
        ("受理报修416件，超目标69件。", "69件"),
        ("管网改造差6.3公里没有完成。", "6.3公里"),
        ("群众来信614件，比上年少86件。", "86件"),
        ("监测站支出59万元。", "59万元"),
    ],
)
def test_a_slip_in_it_is_not(text: str, wrong: str) -> None:
    assert errors(text) == [wrong]
