"""Broken, hostile and endless forms end in a report with findings or in one clear refusal, in bounded time."""

from __future__ import annotations

import json
import time
from collections import Counter
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from assistant.domain.report import Report
from assistant.errors import DamagedFile, ZhijiError
from assistant.intake.reading import read_report
from form_mutations import bomb, entities, far_cell, many_rows, mutated, with_sheet, written

ROOT = Path(__file__).resolve().parent.parent
#: Seconds one broken form may take.
LONGEST = 20


def outcome(folder: Path, seed: int) -> str:
    """How reading the broken form of that number ended: `report`, or the code of the refusal."""
    suffix, data = mutated(seed)
    begun = time.monotonic()
    try:
        read = read_report(written(folder, f"form{suffix}", data))
    except ZhijiError as error:
        assert error.message
        assert "\n" not in str(error)
        ended = error.code
    else:
        assert isinstance(read.report, Report)
        ended = "report"
    assert time.monotonic() - begun < LONGEST, f"seed {seed}"
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
    begun = time.monotonic()
    with pytest.raises(DamagedFile, match=why):
        read_report(path)
    assert time.monotonic() - begun < LONGEST


def test_formula_errors_in_a_form_are_findings(tmp_path: Path) -> None:
    """#REF! in an amount is named with its cell; the rest of the form is read."""
    from openpyxl import load_workbook

    from conftest import SAMPLE

    book = load_workbook(SAMPLE)
    book.worksheets[1]["D7"] = "#REF!"
    book.save(tmp_path / "form.xlsx")
    read = read_report(tmp_path / "form.xlsx")
    assert any(found.rule == "I02" and "D7" in found.message for found in read.findings)
    assert read.report.projects[0].indicators


@pytest.mark.soak
def test_five_thousand_broken_forms(tmp_path: Path) -> None:
    """As above, 5,000 of them; begins where an earlier run stopped, and writes down how it ended."""
    kept = ROOT / ".pytest_cache" / "broken_forms.json"
    state = json.loads(kept.read_text()) if kept.exists() else {"next": 0, "ended": {}}
    ended = Counter(state["ended"])
    for seed in range(state["next"], 5000):
        ended[outcome(tmp_path, seed)] += 1
        kept.parent.mkdir(exist_ok=True)
        kept.write_text(json.dumps({"next": seed + 1, "ended": ended}))
    line = f"| {date.today()} | 坏表 5000 份（种子 0–4999） | {dict(ended)}，无一异常中断 |\n"
    with (ROOT / "docs" / "measurements.md").open("a", encoding="utf-8") as file:
        file.write(line)
    kept.unlink(missing_ok=True)
    assert ended.total() == 5000
