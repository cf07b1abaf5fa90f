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
PROVER = prover(REPORT.model_validate({**REPORT.model_dump(mode="json"), "last_year": LAST}))

TRUE = [
    "报修共416件，比上年多64件。",
    "报修量由上年的352件增加到416件，增长18.18%。",
    "受理报修416件，超目标96件。",
    "管网改造差3.6公里没有完成。",
]


def errors(text: str) -> list[str]:
    return [one.text for one in PROVER.check(text) if one.severity is Severity.ERROR]


@pytest.mark.parametrize("text", TRUE)
def test_what_follows_from_the_rows_spoken_of_is_true(text: str) -> None:
    """416 − 352 = 64, 64 / 352 = 18.18 %, 416 − 320 = 96, 30 − 26.4 = 3.6, by hand."""
    assert errors(text) == []


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("报修共416件，比上年多46件。", "46件"),
        ("报修量由上年的352件增加到416件，增长18.81%。", "18.81%"),
        ("受理报修416件，超目标69件。", "69件"),
        ("管网改造差6.3公里没有完成。", "6.3公里"),
    ],
)
def test_a_slip_in_it_is_not(text: str, wrong: str) -> None:
    assert errors(text) == [wrong]
