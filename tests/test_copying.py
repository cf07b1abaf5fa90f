"""Tests of 查重: planted copies are found with their share, their place, their unit and year."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from decimal import Decimal
from pathlib import Path

import pytest
from conftest import Result

from assistant.search.copying import Copying, Verdict, common_phrases, share_of
from assistant.search.index import Library

PAST = "监测站夜班只安排一名值守人员，报警电话经两次转接才到镇街，平均响应超过半小时。"
REPORT = f"""云溪市生态环境局2022年空气监测项目绩效自评报告
一、基本情况
全市新设微型站三十个，由大气科牵头实施并逐月通报。
二、存在的问题
（一）{PAST}
"""
NEW = "今后由属地渔政船统一回收航道浮标"


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    folder = tmp_path_factory.mktemp("past")
    (folder / "past.txt").write_text(REPORT, "utf-8")
    with Library(folder / "index") as opened:
        opened.update([folder / "past.txt"])
        yield opened


def planted(share: int) -> str:
    """Return the past sentence with its last part put in other words, `share` per cent of its letters kept."""
    letters = [char for char in PAST if char.isalpha()]
    keep = len(letters) * share // 100
    kept = ""
    for char in PAST:
        if sum(other.isalpha() for other in kept) == keep:
            break
        kept += char
    return kept + (NEW * 3)[: len(letters) - keep] + "。"


@pytest.mark.parametrize(
    ("share", "verdict"),
    [(100, Verdict.COPIED), (80, Verdict.COPIED), (60, Verdict.PARTLY), (0, Verdict.OWN)],
)
def test_a_planted_copy_is_found_with_its_share(library: Library, share: int, verdict: Verdict) -> None:
    """The share that was planted is the share that is said, within four points."""
    (judged,) = library.copying([planted(share)]).sentences
    assert abs(judged.share - share) <= 4 if share else judged.share < 50
    assert judged.verdict is (Verdict.PARTLY if judged.share < 80 <= share else verdict)


def test_a_copy_names_file_paragraph_unit_and_year(library: Library) -> None:
    place = library.copying([PAST]).sentences[0].places[0]
    cited = place.passage.citation
    assert (cited.source, cited.first_paragraph) == ("past.txt", 4)
    assert (place.passage.unit_name, place.passage.year) == ("云溪市生态环境局", 2022)


def test_new_figures_do_not_hide_a_copy(library: Library) -> None:
    """Seven stations in place of thirty: all letters but the figure are the same."""
    changed = "全市新设微型站57个，由大气科牵头实施并逐月通报。"
    assert library.copying([changed]).sentences[0].verdict is Verdict.COPIED


def test_common_phrases_are_boilerplate_and_not_copies(tmp_path: Path) -> None:
    text = "严格按照财务和采购制度规定执行，专款专用，资金使用合规。"
    (tmp_path / "a.txt").write_text(
        f"青岚县统计局2021年普查项目绩效自评报告\n一、管理情况\n{text}\n", "utf-8"
    )
    with Library(tmp_path / "index") as library:
        library.update([tmp_path / "a.txt"])
        found = library.copying([text])
    assert (found.sentences[0].verdict, found.share) == (Verdict.BOILERPLATE, Decimal("0.00"))


def test_what_three_units_say_alike_is_boilerplate(tmp_path: Path) -> None:
    for unit in ("云溪市财政局", "云溪市水务局", "云溪市交通局"):
        text = f"{unit}2022年项目绩效自评报告\n二、存在的问题\n{PAST}\n"
        (tmp_path / f"{unit}.txt").write_text(text, "utf-8")
    with Library(tmp_path / "index") as library:
        library.update(sorted(tmp_path.glob("*.txt")))
        assert library.copying([PAST]).sentences[0].verdict is Verdict.BOILERPLATE


def test_an_excluded_source_is_not_looked_at(library: Library) -> None:
    found: Copying = library.copying([PAST], exclude_sources=("past.txt",))
    assert (found.sentences[0].verdict, found.sentences[0].places) == (Verdict.OWN, ())


def test_the_share_of_the_whole_counts_letters(library: Library) -> None:
    """One copied sentence and one of one's own with as many letters: half of the text."""
    own = (NEW * 3)[: sum(char.isalpha() for char in PAST)] + "。"
    assert library.copying([PAST + own]).share == Decimal("50.00")


def test_chance_runs_are_no_copy() -> None:
    """Runs of three letters and fewer do not count."""
    assert share_of("预算安排合理可行", "预算编制、安排分工、合理避险") == 0


def test_the_phrases_are_long_enough_to_mean_something() -> None:
    assert len(common_phrases()) >= 70
    assert min(map(len, common_phrases())) >= 4


def test_the_verb_leaves_the_file_itself_out_and_speaks_json(
    zhiji: Callable[..., Result], tmp_path: Path
) -> None:
    """The indexed file is no copy of itself; one more file that repeats its sentence is."""
    past, draft = tmp_path / "past.txt", tmp_path / "draft.txt"
    past.write_text(REPORT, "utf-8")
    draft.write_text(f"本年情况说明\n{PAST}\n", "utf-8")
    zhiji("index", past, "--index", tmp_path / "index", "--json")
    itself = zhiji("similar", past, "--index", tmp_path / "index", "--json")
    done = zhiji("similar", draft, "--index", tmp_path / "index", "--json")
    assert json.loads(itself.out)["share"] == "0.00"
    (hit,) = (row for row in json.loads(done.out)["sentences"] if row["text"] == PAST)
    assert (done.status, hit["verdict"], hit["share"]) == (0, "copied", "100.00")
    assert (hit["found"][0]["unit_name"], hit["found"][0]["year"]) == ("云溪市生态环境局", 2022)
