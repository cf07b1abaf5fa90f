"""Rule packs prove themselves by their own examples, say how far they are to be trusted, and refuse what is wrong."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from assistant.domain.indicator import Indicator
from assistant.domain.report import Funding, Project, Report
from assistant.domain.scorecard import Grade
from assistant.errors import RulesError, RulesNotInForce, UnknownRules
from assistant.pipeline import rules_for
from assistant.scoring.cards import score_report
from assistant.scoring.proving import failures, report_of
from assistant.scoring.rules import (
    DEFAULT,
    Confidence,
    Example,
    Rules,
    check_in_force,
    list_rules,
    load_rules,
)

PACKS = list_rules()
EXAMPLES = [(rules, example) for rules in PACKS for example in rules.examples]
SHIPPED = Path(__file__).parent.parent / "assistant" / "scoring" / "rules"


@pytest.mark.parametrize(("rules", "example"), EXAMPLES, ids=[f"{r.name}:{e.name}" for r, e in EXAMPLES])
def test_every_pack_reproduces_its_own_examples(rules: Rules, example: Example) -> None:
    """An example that a pack prints comes out of the formulas to the cent."""
    card = score_report(report_of(example), rules)
    if example.annual_budget is not None:
        assert (card.execution.rate, card.execution.score) == (example.rate, example.score)
    else:
        row = card.rows[0]
        assert (row.score, row.over_completed) == (
            example.score,
            row.over_completed if example.over is None else example.over,
        )


@pytest.mark.parametrize("rules", PACKS, ids=lambda pack: pack.name)
def test_every_pack_has_examples_with_a_source_and_a_dated_basis(rules: Rules) -> None:
    """published or derived, each with where it comes from."""
    assert rules.examples
    assert all(example.source for example in rules.examples)
    assert rules.legal_basis and rules.effective_source and rules.confidence_note


@pytest.mark.parametrize("rules", PACKS, ids=lambda pack: pack.name)
def test_a_pack_without_a_published_example_has_low_confidence_and_is_no_default(rules: Rules) -> None:
    """What nobody can check is shown as such."""
    if not rules.published:
        assert rules.confidence is Confidence.LOW
        assert rules.name != DEFAULT


def test_all_packs_of_the_domain_notes_are_there() -> None:
    """Two of the ministry, five regions, and the department families R1 to R5."""
    assert {pack.name for pack in PACKS} == {
        *("mof-2020", "mof-2021", "guangzhou", "guangxi", "anhui", "hubei", "sichuan"),
        *(f"department-{name}" for name in ("general", "hunan", "sichuan", "guangdong", "chongqing")),
    }


def test_a_pack_of_low_confidence_says_so_beside_every_score() -> None:
    """I14 on a report scored by a pack that no published example proves."""
    card = score_report(Report(projects=(Project(name="甲"),)), load_rules("guangxi"))
    assert [finding.rule for finding in card.findings if "可信程度为低" in finding.message] == ["I14"]


def test_the_sichuan_rubric_adds_up() -> None:
    """部门决策25 = 15+10, 综合管理30 = 2+2+5+2+6+2+6+5, 部门绩效45 = 20+15+10."""
    rubric = load_rules("department-sichuan").rubric
    groups = {row.group: sum(r.weight or 0 for r in rubric if r.group == row.group) for row in rubric}
    assert groups == {"部门决策": 25, "综合管理": 30, "部门绩效": 45}


def test_a_partial_percentage_point_counts_as_the_pack_says() -> None:
    """102.4% of 100%, 5分, 0.5 a point: exact 3.80, ceil 3.50, floor 4.00."""
    rules = load_rules("department-hunan")
    row = Indicator(name="在职人员控制率", annual_target="≤100%", actual="102.4%", weight="5")
    scores = []
    for way in ("exact", "ceil", "floor"):
        penalties = (rules.penalties[0].model_copy(update={"pp_rounding": way}),)
        card = score_report(
            Report(projects=(Project(indicators=(row,)),)), rules.model_copy(update={"penalties": penalties})
        )
        scores.append(card.rows[0].score)
    assert scores == [Decimal("3.80"), Decimal("3.50"), Decimal("4.00")]


def test_an_empty_name_means_the_default_pack() -> None:
    """财预〔2020〕10号 is scored unless another pack is named."""
    assert load_rules("").legal_basis == "财预〔2020〕10号"


def test_an_unknown_pack_is_refused_and_the_known_ones_are_named() -> None:
    """A misspelt name is never replaced by a default."""
    with pytest.raises(UnknownRules, match="mof-2020"):
        load_rules("mof-2200")


@pytest.mark.parametrize(("name", "year"), [("mof-2021", 2019), ("mof-2020", 2018), ("", 2018)])
def test_a_pack_is_refused_for_a_year_that_ended_before_it(name: str, year: int) -> None:
    """101号 of August 2021 does not hold for 2020, and the default is no way round."""
    with pytest.raises(RulesNotInForce, match=str(year)):
        rules_for(Report(year=year), name, None)


@pytest.mark.parametrize(("name", "year"), [("mof-2021", 2021), ("mof-2020", 2020), ("mof-2020", None)])
def test_a_pack_holds_from_the_year_it_took_effect_in(name: str, year: int | None) -> None:
    """It was in force at the end of that year; a report without a year cannot be checked."""
    assert check_in_force(load_rules(name), year).name == name


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


def own_pack(folder: Path, *changes: tuple[str, str], after: str = "") -> Path:
    """A pack of the user's own: ours with some changes."""
    text = (SHIPPED / "mof-2020.toml").read_text("utf-8")
    for old, fresh in changes:
        assert old in text
        text = text.replace(old, fresh)
    (folder / "own.toml").write_text(text + after, "utf-8")
    return folder


def line_of(folder: Path, words: str) -> int:
    """The line of the own pack in which the words stand first."""
    lines = (folder / "own.toml").read_text("utf-8").splitlines()
    return 1 + next(n for n, line in enumerate(lines) if words in line)


def test_a_pack_of_the_user_is_found_by_its_name(tmp_path: Path) -> None:
    """A folder of packs stands beside ours."""
    folder = own_pack(tmp_path, ('name = "mof-2020"', 'name = "own"'))
    assert load_rules("own", folder).name == "own"


def test_ratio_scoring_of_reverse_indicators_is_a_matter_of_the_pack(tmp_path: Path) -> None:
    """G5, G6 by Q: ≤10 with 12 is 8.33, with 20 is 5.00, once its own examples say so too."""
    ratio = ('reverse = "linear"', 'reverse = "ratio"')
    examples = tuple(
        (
            f'score = "{linear}"\n\n[[example]]\nname = "{after}',
            f'score = "{q}"\n\n[[example]]\nname = "{after}',
        )
        for linear, q, after in (("8.00", "8.33", "反向指标达到上限"), ("0.00", "5.00", "目标为零，实际为零"))
    )
    rules = load_rules("", own_pack(tmp_path, ratio, *examples))
    rows = [
        Indicator(name="例", annual_target="≤10件", actual=actual, weight="10") for actual in ("12件", "20件")
    ]
    card = score_report(Report(projects=(Project(indicators=tuple(rows)),)), rules)
    assert [row.score for row in card.rows] == [Decimal("8.33"), Decimal("5.00")]


WRONG = {
    "a number in words": (
        'over_threshold = "1.3"',
        'over_threshold = "一点三"',
        "over_threshold = ",
        "应为数字",
    ),
    "an unknown way": ('reverse = "linear" ', 'reverse = "cubic" ', "reverse = ", "只能是"),
    "an unknown key": ('reason_below = "90"', 'raeson_below = "90"', "raeson_below", "没有这一项"),
    "a missing key": ("effective = 2020-02-25\n", "", "# 项目支出", "缺少这一项"),
    "weights off a hundred": ('"产出指标" = "50"', '"产出指标" = "55"', "[weights]", "应为100"),
    "grades out of order": ('"优" = "90"', '"优" = "70"', "[grades]", "递减"),
    "a gap between tiers": ('high = "0.8"', 'high = "0.75"', "[qualitative.tiers", "首尾相接"),
    "a share above one": ('default = "0.7"', 'default = "7"', 'default = "7"', "应不大于 1"),
    "an unknown confidence": ('confidence = "high"', 'confidence = "sure"', "confidence = ", "只能是"),
}


@pytest.mark.parametrize(("old", "fresh", "mark", "bound"), WRONG.values(), ids=WRONG)
def test_a_wrong_pack_is_refused_by_file_line_and_bound(
    tmp_path: Path, old: str, fresh: str, mark: str, bound: str
) -> None:
    """The message names the file, the line and what must hold."""
    folder = own_pack(tmp_path, (old, fresh))
    with pytest.raises(RulesError, match=rf"own\.toml”第{line_of(folder, mark)}行.*{bound}"):
        list_rules(folder)


def test_a_pack_that_is_no_toml_is_refused_by_line(tmp_path: Path) -> None:
    """A forgotten quotation mark."""
    (tmp_path / "own.toml").write_text('name = "own"\ntitle = 没有引号\n', "utf-8")
    with pytest.raises(RulesError, match=r"own\.toml”第2行"):
        list_rules(tmp_path)


def test_a_pack_whose_examples_do_not_come_out_is_refused_by_the_line_of_the_example(tmp_path: Path) -> None:
    """Numbers and proof contradict each other: one of them is a slip."""
    extra = '\n[[example]]\nname = "算错的"\nkind = "derived"\nsource = "手工"\ntarget = "≥10场"\nactual = "5场"\nweight = "10"\nscore = "6.00"\n'
    folder = own_pack(tmp_path, after=extra)
    line = line_of(folder, 'name = "算错的"') - 1
    with pytest.raises(RulesError, match=rf"own\.toml”第{line}行.*应得6\.00分，按本规则算得5\.00分"):
        list_rules(folder)


def test_a_pack_without_published_examples_may_not_call_itself_trusted(tmp_path: Path) -> None:
    """confidence can only be low then."""
    folder = own_pack(tmp_path, ('kind = "published"', 'kind = "derived"'))
    with pytest.raises(RulesError, match=r"confidence：没有公开实例"):
        list_rules(folder)


def test_two_packs_of_one_name_are_refused(tmp_path: Path) -> None:
    """Which of them was meant cannot be known."""
    own_pack(tmp_path, ('name = "mof-2020"', 'name = "own"'))
    (tmp_path / "second.toml").write_text((tmp_path / "own.toml").read_text("utf-8"), "utf-8")
    with pytest.raises(RulesError, match=r"second\.toml.*重名"):
        list_rules(tmp_path)


def test_a_folder_of_packs_that_is_not_there_is_an_error(tmp_path: Path) -> None:
    """Ours are not scored in its stead."""
    with pytest.raises(RulesError, match="不存在"):
        list_rules(tmp_path / "没有")


def test_proving_finds_the_example_that_does_not_come_out() -> None:
    """A pack with another execution weight fails its own 9.81."""
    rules = load_rules()
    changed = rules.model_copy(
        update={"execution": rules.execution.model_copy(update={"weight": Decimal(20)})}
    )
    assert any("9.81" in what for _, what in failures(changed))


def test_a_report_is_scored_by_the_pack_it_names() -> None:
    """Hubei: 76% of 20 is 15.20."""
    money = (Funding(annual_budget="100", expenditure="76"),)
    report = Report(year=2023, rules="hubei", projects=(Project(name="甲", funding=money),))
    assert score_report(report, rules_for(report, "", None)).execution.score == Decimal("15.20")
