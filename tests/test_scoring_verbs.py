"""The verbs of scores on the command line: score with a goal, selfcheck, rules."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import SAMPLE, Result

Zhiji = Callable[..., Result]
CONTRACT = {
    "rules",
    "rows",
    "execution",
    "subtotals",
    "total_score",
    "grade",
    "waterfall",
    "rollup",
    "projects",
    "findings",
}


def test_the_contract_of_score_is_unchanged_without_a_goal(zhiji: Zhiji) -> None:
    """No further key at the top."""
    assert set(json.loads(zhiji("score", SAMPLE, "--json").out)) == CONTRACT


def test_a_goal_adds_the_counterfactual_and_nothing_else(zhiji: Zhiji) -> None:
    """The same scores, and what it would take."""
    card = json.loads(zhiji("score", SAMPLE, "--target", "98", "--json").out)
    assert set(card) == CONTRACT | {"counterfactual"}
    option = card["counterfactual"]["singles"][0]
    assert set(option) == {"changes", "cost", "total_score", "grade"}
    assert set(option["changes"][0]) == {"path", "name", "what", "before", "after", "cost"}
    assert float(option["total_score"]) >= 98


def test_the_way_to_a_goal_is_told_in_chinese(zhiji: Zhiji) -> None:
    """One change a line, with what it would give, and a word against bending figures."""
    out = zhiji("score", SAMPLE, "--target", "98").out
    assert "只改一处" in out
    assert "填报数据以实际为准" in out


def test_the_parts_of_the_sub_projects_and_the_residual_are_shown(zhiji: Zhiji) -> None:
    """汇总: rule, share, points, 舍入差额; in JSON beside each sub-project."""
    out = zhiji("score", SAMPLE).out
    assert "按全年预算数加权" in out
    assert "舍入差额" in out
    projects = json.loads(zhiji("score", SAMPLE, "--json").out)["projects"]
    assert {"share", "contribution"} <= set(projects[0])


def test_every_step_of_the_waterfall_has_basis_and_clause(zhiji: Zhiji) -> None:
    steps = json.loads(zhiji("score", SAMPLE, "--json").out)["waterfall"]
    assert steps
    assert all(step["basis"] and (step["clause"] or step["name"] == "舍入") for step in steps)


def test_selfcheck_prints_a_certificate(zhiji: Zhiji) -> None:
    """Fingerprint, pack, every relation with its verdict."""
    done = zhiji("selfcheck", SAMPLE)
    assert done.status == 0
    assert "自检通过" in done.out
    assert done.out.count("成立") >= 8


def test_selfcheck_as_json(zhiji: Zhiji) -> None:
    certificate = json.loads(zhiji("selfcheck", SAMPLE, "--json").out)
    assert certificate["passed"] is True
    assert [verdict["id"] for verdict in certificate["verdicts"]] == [f"M{n}" for n in range(1, 9)]


def test_selfcheck_exits_1_where_a_relation_fails(zhiji: Zhiji, monkeypatch: pytest.MonkeyPatch) -> None:
    """With a scorer that forgets a step of the waterfall behind the real verb."""
    from assistant.cli import scoring_verbs
    from assistant.scoring.cards import score_report
    from assistant.scoring.selfcheck import selfcheck

    def forgetful(report, rules):  # type: ignore[no-untyped-def]
        card = score_report(report, rules)
        return card.model_copy(update={"waterfall": card.waterfall[1:]})

    monkeypatch.setattr(scoring_verbs, "certify", lambda report, rules: selfcheck(report, rules, forgetful))
    done = zhiji("selfcheck", SAMPLE)
    assert done.status == 1
    assert "M8" in done.out and "不成立" in done.out


def test_rules_show_the_confidence_of_every_pack(zhiji: Zhiji) -> None:
    """One line a pack; low is said as low."""
    lines = {line.split()[0]: line for line in zhiji("rules").out.splitlines()}
    assert "可信程度：低" in lines["guangxi"]
    assert "默认" in lines["mof-2020"] and "可信程度：低" not in lines["mof-2020"]


def test_one_pack_shows_what_came_from_memory_and_what_was_left_out(zhiji: Zhiji) -> None:
    out = zhiji("rules", "mof-2021").out
    assert "凭了解填写、未对照原文的" in out
    assert "来源没有给出、本规则不含的" in out
    assert "✗" not in out


@pytest.mark.parametrize(
    "words",
    [
        ("score", SAMPLE, "--target", "优秀"),
        ("selfcheck", "没有.json"),
        ("selfcheck", SAMPLE, "--rules", "无"),
    ],
    ids=["goal", "file", "rules"],
)
def test_wrong_use_is_one_line_and_status_2(zhiji: Zhiji, words: tuple[object, ...]) -> None:
    done = zhiji(*words)
    assert (done.status, done.out, len(done.err.strip().splitlines())) == (2, "", 1)


def test_a_pack_that_is_not_yet_in_force_is_refused(zhiji: Zhiji, tmp_path: Path) -> None:
    """A report of 2018, due in 2019, under a rule of February 2020."""
    path = tmp_path / "r.json"
    path.write_text('{"year": 2018, "projects": [{"name": "甲"}]}', "utf-8")
    done = zhiji("score", path, "--json")
    assert (done.status, json.loads(done.out)["error"]["code"]) == (2, "rules_not_in_force")


@pytest.mark.parametrize("name", ["hubei", "department-sichuan", "department-hunan", "mof-2021"])
def test_a_draft_is_proven_under_other_packs_too(zhiji: Zhiji, name: str) -> None:
    """Other weights and other scores flow into the same proven text."""
    assert zhiji("draft", SAMPLE, "--rules", name, "--json").status == 0


def test_a_wrong_pack_of_the_user_is_one_line_that_names_file_and_line(
    zhiji: Zhiji, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """ZHIJI_RULES_DIR."""
    (tmp_path / "本市.toml").write_text('name = "本市"\ntitle = "本市"\nweight = 3\n', "utf-8")
    monkeypatch.setenv("ZHIJI_RULES_DIR", str(tmp_path))
    done = zhiji("score", SAMPLE, "--rules", "本市")
    assert done.status == 2
    assert "本市.toml" in done.err and "行" in done.err
