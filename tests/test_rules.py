"""Rule packs prove themselves by their own examples, and refuse what is wrong."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from assistant.domain.indicator import Indicator
from assistant.domain.report import Funding, Project, Report
from assistant.domain.scorecard import Grade
from assistant.errors import RulesError, UnknownRules
from assistant.scoring.cards import score_report
from assistant.scoring.rules import Example, Rules, list_rules, load_rules

EXAMPLES = [(rules, example) for rules in list_rules() for example in rules.examples]


def report_of(example: Example) -> Report:
    """The smallest report that holds an example: one indicator, or one amount."""
    if example.annual_budget is not None:
        money = Funding(annual_budget=example.annual_budget, expenditure=example.expenditure)
        return Report(projects=(Project(name="例", funding=(money,)),))
    row = Indicator(
        category=example.category,
        name="例",
        annual_target=example.target,
        actual=example.actual,
        weight=example.weight,
    )
    return Report(projects=(Project(name="例", indicators=(row,)),))


@pytest.mark.parametrize(("rules", "example"), EXAMPLES, ids=[f"{r.name}:{e.name}" for r, e in EXAMPLES])
def test_every_pack_reproduces_its_own_examples(rules: Rules, example: Example) -> None:
    """An example that a pack prints comes out of the formulas to the cent."""
    card = score_report(report_of(example), rules)
    if example.annual_budget is None:
        assert card.rows[0].score == example.score
    else:
        assert (card.execution.rate, card.execution.score) == (example.rate, example.score)


def test_an_empty_name_means_the_default_pack() -> None:
    """财预〔2020〕10号 is scored unless another pack is named."""
    assert load_rules("").legal_basis == "财预〔2020〕10号"


def test_an_unknown_pack_is_refused_and_the_known_ones_are_named() -> None:
    """A misspelt name is never replaced by a default."""
    with pytest.raises(UnknownRules, match="mof-2020"):
        load_rules("mof-2200")


def test_the_default_weights_and_the_execution_weight_fill_the_card() -> None:
    """10 + 50 + 30 + 10 = 100 (财预〔2020〕10号)."""
    rules = load_rules()
    assert rules.execution.weight + sum(rules.weights.values()) == 100


@pytest.mark.parametrize(
    ("total", "grade"),
    [
        ("100", "优"),
        ("90", "优"),
        ("89.99", "良"),
        ("80", "良"),
        ("79.99", "中"),
        ("60", "中"),
        ("59.99", "差"),
    ],
)
def test_a_bound_of_a_grade_belongs_to_the_better_grade(total: str, grade: str) -> None:
    """90（含）—100 优, 80（含）—90 良, 60（含）—80 中."""
    assert load_rules().grade(Decimal(total)) is Grade(grade)


def test_the_tiers_leave_no_gap() -> None:
    """A [80%, 100%], B [60%, 80%), C [0, 60%)."""
    tiers = load_rules().qualitative.tiers
    assert [(tiers[t].low, tiers[t].high) for t in "ABC"] == [
        (Decimal("0.8"), 1),
        (Decimal("0.6"), Decimal("0.8")),
        (0, Decimal("0.6")),
    ]


def own_pack(folder: Path, change: tuple[str, str]) -> Path:
    """A pack of the user's own: ours with one change."""
    shipped = Path(__file__).parent.parent / "assistant" / "scoring" / "rules" / "mof-2020.toml"
    text = shipped.read_text("utf-8")
    assert change[0] in text
    (folder / "own.toml").write_text(text.replace(*change), "utf-8")
    return folder


def test_a_pack_of_the_user_is_found_by_its_name(tmp_path: Path) -> None:
    """A folder of packs stands beside ours."""
    folder = own_pack(tmp_path, ('name = "mof-2020"', 'name = "own"'))
    assert load_rules("own", folder).name == "own"


def test_ratio_scoring_of_reverse_indicators_is_a_matter_of_the_pack(tmp_path: Path) -> None:
    """G5, G6 by Q: ≤10 with 12 is 8.33, with 20 is 5.00."""
    rules = load_rules("", own_pack(tmp_path, ('reverse = "linear"', 'reverse = "ratio"')))
    rows = [
        Indicator(name="例", annual_target="≤10件", actual=actual, weight="10") for actual in ("12件", "20件")
    ]
    card = score_report(Report(projects=(Project(indicators=tuple(rows)),)), rules)
    assert [row.score for row in card.rows] == [Decimal("8.33"), Decimal("5.00")]


def test_a_pack_with_a_wrong_number_is_refused_by_place(tmp_path: Path) -> None:
    """The message names the file and the key."""
    folder = own_pack(tmp_path, ('over_threshold = "1.3"', 'over_threshold = "一点三"'))
    with pytest.raises(RulesError, match=r"own\.toml.*quantitative\.over_threshold"):
        list_rules(folder)
