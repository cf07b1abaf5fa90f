"""The JSON contract: exact numbers, named places, nothing dropped without a word."""

from __future__ import annotations

import json
import re
from decimal import Decimal
from pathlib import Path

import pytest

from assistant.domain.report import Report
from assistant.errors import EmptyFile, InvalidReport
from assistant.intake.contract import report_from_json, report_to_json, schema
from assistant.intake.reading import read_report_text

SEED0 = (Path(__file__).parent / "cases" / "seed0.json").read_text("utf-8")


def test_a_report_survives_the_way_out_and_in() -> None:
    """What was written is read again as an equal report, digits as shown."""
    report, _ = report_from_json(SEED0)
    again, _ = report_from_json(report_to_json(report))
    assert again == report
    assert report_to_json(again) == report_to_json(report)


def test_numbers_are_exact_and_keep_their_digits() -> None:
    """186.50 as a JSON number is no float."""
    report, _ = report_from_json('{"projects": [{"funding": [{"annual_budget": 186.50}]}]}')
    assert str(report.projects[0].funding[0].annual_budget) == "186.50"


def test_thousands_separators_are_read() -> None:
    """16,325.83 is printed so in published forms."""
    report, _ = report_from_json('{"projects": [{"funding": [{"annual_budget": "16,325.83"}]}]}')
    assert report.projects[0].funding[0].annual_budget == Decimal("16325.83")


def test_what_is_absent_or_null_is_an_empty_value() -> None:
    """Nothing but a name is a report."""
    report, findings = report_from_json('{"unit_name": "甲单位", "title": null, "projects": null}')
    assert (report, findings) == (Report(unit_name="甲单位"), [])


def test_an_unknown_key_is_a_finding_that_names_it() -> None:
    """A misspelt key would otherwise be lost in silence."""
    _, findings = report_from_json('{"projects": [{"nmae": "甲"}], "author": 1}')
    assert [(found.rule, found.observed) for found in findings] == [
        ("I05", "projects[0].nmae"),
        ("I05", "author"),
    ]


def test_a_repeated_key_is_a_finding() -> None:
    """JSON readers drop the first of two without a word."""
    _, findings = report_from_json('{"year": 2023, "year": 2024}')
    assert [found.rule for found in findings] == ["I05"]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('{"projects": [{"funding": [{"annual_budget": "十"}]}]}',
         r"报告 的 projects\[0\]\.funding\[0\]\.annual_budget：应为数字，现为“十”"),
        ('{"projects": [{"indicators": [{"tier": "D"}]}]}', r"projects\[0\]\.indicators\[0\]\.tier：应为 'A'、'B'、'C' 之一"),
        ('{"year": "去年"}', "year：应为整数，现为“去年”"),
        ('{"projects": {}}', "projects：应为列表"),
        ('{"projects": ["甲"]}', r"projects\[0\]：应为对象"),
        ('{"projects": [{"confidential": "也许"}]}', r"projects\[0\]\.confidential：应为 true 或 false"),
        ('{"projects": [{"funding": [{"annual_budget": NaN}]}]}', "应为有限的数字"),
        ('{"projects": [{"funding": [{"annual_budget": 1e999999}]}]}', "应为不超过24位的数字"),
        ('{"last_year": {"projects": [{"name": 5}]}}', r"last_year\.projects\[0\]\.name：应为文字"),
        ("[]", "应为对象"),
        ('{"year": 2024', "第 1 行第 14 列：应为 JSON"),
        ("[" * 100_000, "应为 JSON"),
    ],
)  # fmt: skip
def test_a_wrong_value_is_refused_by_place_bound_and_what_came(text: str, message: str) -> None:
    """The message leads to the place."""
    with pytest.raises(InvalidReport, match=message):
        report_from_json(text)


def test_no_text_at_all_is_said_so() -> None:
    """Standard input that is empty."""
    with pytest.raises(EmptyFile):
        read_report_text("  \n")


def test_the_schema_names_every_field_of_a_report() -> None:
    """zhiji schema prints what the reader takes."""
    assert set(schema()["properties"]) == set(Report.model_fields)


@pytest.mark.parametrize(
    ("text", "admitted"), [("186.50", True), ("", True), ("-7.5", True), ("十万", False)]
)
def test_the_schema_admits_amounts_as_the_reader_does(text: str, admitted: bool) -> None:
    """The printed pattern and the reader agree on what an amount is."""
    pattern = schema()["$defs"]["Funding"]["properties"]["annual_budget"]["pattern"]
    assert bool(re.search(pattern, text)) is admitted
    try:
        report_from_json(json.dumps({"projects": [{"funding": [{"annual_budget": text}]}]}))
    except InvalidReport:
        assert not admitted
