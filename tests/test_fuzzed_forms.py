"""Broken, hostile and endless forms end in a checked report or in one clear refusal, in bounded time."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest
from form_mutations import bomb, entities, far_cell, many_rows, mutated, with_sheet, written
from soak_notes import note, remaining

from assistant.domain.report import Report
from assistant.errors import DamagedFile, ZhijiError
from assistant.intake.reading import read_report
from assistant.pipeline import evaluate
from assistant.scoring.rules import load_rules

#: Seconds of processor time that one broken form may take; the clock on the wall would count other work too.
LONGEST = 20


def outcome(folder: Path, seed: int) -> str:
    """How reading, scoring and checking the broken form of that number ended: `report`, or the code of the refusal."""
    suffix, data = mutated(seed)
    begun = time.process_time()
    try:
        read = read_report(written(folder, f"form{suffix}", data))
    except ZhijiError as error:
        assert error.message
        assert "\n" not in str(error)
        ended = error.code
    else:
        assert isinstance(evaluate(read.report, load_rules(), read.findings).report, Report)
        ended = "report"
    assert time.process_time() - begun < LONGEST, f"seed {seed}"
    return ended


@pytest.mark.parametrize("seed", range(60))
def test_a_broken_form_is_read_or_refused(tmp_path: Path, seed: int) -> None:
    """Bytes flipped, ends cut, cells swapped and filled with errors, parts missing, spans without sense."""
    assert outcome(tmp_path, seed) in {"report", "damaged_file", "empty_file", "invalid_report"}


@pytest.mark.parametrize(
    ("make", "why"),
    [
        (bomb, "解压后过大"),
        (lambda: with_sheet(many_rows(1_000_000)), "单元格超过"),
        (lambda: with_sheet(far_cell()), "合并"),
        (lambda: with_sheet(entities()), "不是完整的"),
    ],
    ids=["bomb", "million-rows", "endless-merge", "entities"],
)
def test_a_hostile_workbook_is_refused_at_the_door(
    tmp_path: Path, make: Callable[[], bytes], why: str
) -> None:
    """A gigabyte of blanks, a million rows, a merge over the whole sheet, entities that multiply."""
    path = written(tmp_path, "form.xlsx", make())
    begun = time.process_time()
    with pytest.raises(DamagedFile, match=why):
        read_report(path)
    assert time.process_time() - begun < LONGEST


def test_formula_errors_in_a_form_are_findings(tmp_path: Path) -> None:
    """#REF! in an amount is named with its cell; the rest of the form is read."""
    from conftest import SAMPLE
    from openpyxl import load_workbook

    book = load_workbook(SAMPLE)
    book.worksheets[1]["D7"] = "#REF!"
    book.save(tmp_path / "form.xlsx")
    read = read_report(tmp_path / "form.xlsx")
    assert any(found.rule == "I02" and "D7" in found.message for found in read.findings)
    assert read.report.projects[0].indicators


@pytest.mark.soak
def test_five_thousand_broken_forms(tmp_path: Path) -> None:
    """As above, 5,000 of them; goes on where an earlier run stopped, and notes how they ended."""
    ended: Counter[str] = Counter()
    for seed in remaining("broken-forms", range(5000)):
        ended[outcome(tmp_path, seed)] += 1
    note(f"坏表：种子0—4999，5000份改坏或截断的表，续跑的最后一段{dict(ended)}，无一异常中断")
    assert set(ended) <= {"report", "damaged_file", "empty_file", "invalid_report"}
