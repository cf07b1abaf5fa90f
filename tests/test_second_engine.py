"""Two engines, written apart, agree to the cent on random reports under every pack."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from pathlib import Path

import pytest
from scoring_cases import report_of, rules_of
from second_engine import PACKS, grade, random_case, total_score

from assistant.scoring.cards import score_report
from assistant.scoring.rules import list_rules

DEFAULT, SOAK = 100, 5_000
MEASUREMENTS = Path(__file__).resolve().parent.parent / "docs" / "measurements.md"


def disagreement(seed: int) -> str:
    """What the two engines say differently of one random report, "" for nothing."""
    case = random_case(seed)
    card = score_report(report_of(case), rules_of(case))
    wanted = total_score(case)
    if Fraction(card.total_score) == wanted and card.grade.value == grade(wanted):
        return ""
    return (
        f"seed {seed}, {case['pack']}: {card.total_score} {card.grade} ≠ {float(wanted)}: {case['projects']}"
    )


def note(line: str) -> None:
    """Append a line to the measurements."""
    fresh = not MEASUREMENTS.exists()
    with MEASUREMENTS.open("a", encoding="utf-8") as notes:
        notes.write(f"# 实测记录\n\n{line}" if fresh else line)


@pytest.mark.parametrize("seed", range(DEFAULT))
def test_both_engines_agree_to_the_cent(seed: int) -> None:
    """Rows, tiers, bands, 不适用, deductions, execution, roll-up, rounding, grade."""
    assert disagreement(seed) == ""


@pytest.mark.parametrize("seed", range(DEFAULT))
def test_the_waterfall_of_every_report_adds_up(seed: int) -> None:
    """From the full marks to the total, step by step, with a reason for each."""
    case = random_case(seed)
    card = score_report(report_of(case), rules_of(case))
    running = card.full_score
    for step in card.waterfall:
        running += step.change
        assert (step.running, bool(step.basis)) == (running, True)
    assert running == card.total_score


@pytest.mark.parametrize("seed", range(DEFAULT))
def test_no_formula_gives_more_than_the_weight(seed: int) -> None:
    """得分不得突破权重, and never less than nothing."""
    case = random_case(seed)
    for row in score_report(report_of(case), rules_of(case)).rows:
        assert row.formula_score is None or 0 <= row.formula_score <= row.weight


def test_the_second_engine_knows_every_pack() -> None:
    """A new pack has to be written a second time, from its clauses."""
    assert {pack.name for pack in list_rules()} == set(PACKS)


@pytest.mark.soak
def test_both_engines_agree_on_thousands_of_reports() -> None:
    """The same on seeds 0 to 4,999; the result is noted."""
    found = [wrong for seed in range(SOAK) if (wrong := disagreement(seed))]
    line = f"- 评分双引擎对照：种子0—{SOAK - 1}，{SOAK}份随机报告，{date.today()}，不一致{len(found)}份\n"
    note(line)
    assert found == []
