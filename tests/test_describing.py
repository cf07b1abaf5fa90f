"""Tests of what the library says of a report, and of the user's own word for it."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from conftest import Result

from assistant.domain.passage import Query
from assistant.errors import InputError
from assistant.search.index import Library

NAME = "青岚县民政局2022年助餐服务项目绩效自评报告.txt"
TEXT = """青岚县民政局2022年助餐服务项目绩效自评报告
一、基本情况
助餐点建成十二个。
二、存在的问题
助餐点冬季客流不足，预算没有用完。
"""


@pytest.fixture
def reports(tmp_path: Path) -> Path:
    folder = tmp_path / "reports"
    folder.mkdir()
    (folder / NAME).write_text(TEXT, "utf-8")
    (folder / "通知.txt").write_text("各科室请按时报送材料，逾期不再受理。", "utf-8")
    return folder


@pytest.fixture
def library(tmp_path: Path, reports: Path) -> Iterator[Library]:
    with Library(tmp_path / "index") as opened:
        opened.update([reports])
        yield opened


def test_each_guess_says_what_it_was_taken_from(library: Library) -> None:
    found = library.describe(NAME)
    assert {field.name: field.value for field in found.fields} == {
        "unit_name": "青岚县民政局",
        "year": "2022",
        "kind": "project",
        "region": "青岚县",
        "project": "助餐服务",
        "title": NAME.removesuffix(".txt"),
    }
    assert found["year"].evidence == f"标题“{NAME.removesuffix('.txt')}”"
    assert found["region"].evidence == "单位“青岚县民政局”"


def test_nothing_is_guessed_without_evidence(library: Library) -> None:
    """A notice names no unit, year or kind: these are empty, and only the file's name stands for the title."""
    found = library.describe("通知.txt")
    assert {field.name for field in found.fields if field.value} == {"title"}
    assert found["title"].evidence == "文件名“通知”"


def test_the_word_of_the_user_counts_beside_the_guess(library: Library) -> None:
    found = library.describe(NAME, year=2023, kind="部门整体")
    assert (found["year"].value, found["year"].guess, found["year"].corrected) == ("2023", "2022", True)
    assert (found["kind"].value, found["unit_name"].corrected) == ("department", False)
    (hit,) = library.search(Query(text="客流不足", year=2023, kind="department", limit=1)).passages
    assert hit.citation.source == NAME


@pytest.mark.parametrize("value", ["", None])
def test_a_word_can_be_taken_back(library: Library, value: str | None) -> None:
    library.describe(NAME, unit_name="民政局")
    assert library.describe(NAME, unit_name=value)["unit_name"].value == "青岚县民政局"


def test_the_word_of_the_user_survives_a_changed_file_and_a_rebuild(library: Library, reports: Path) -> None:
    library.describe(NAME, region="青岚", project="长者食堂")
    (reports / NAME).write_text(TEXT + "三、改进措施\n加强宣传。\n", "utf-8")
    library.update([reports])
    library.update([reports], rebuild=True)
    found = library.describe(NAME)
    assert (found["region"].value, found["project"].value) == ("青岚", "长者食堂")


def test_the_word_of_the_user_goes_with_a_renamed_file(library: Library, reports: Path) -> None:
    library.describe(NAME, region="青岚")
    (reports / NAME).rename(reports / "新名.txt")
    library.update([reports])
    assert library.describe("新名.txt")["region"].corrected


def test_files_of_one_name_in_two_folders_are_described_apart(library: Library, tmp_path: Path) -> None:
    other = tmp_path / "other" / NAME
    other.parent.mkdir()
    other.write_text(TEXT.replace("十二", "二十"), "utf-8")
    library.update([other.parent])
    library.describe(other, year=2021)
    assert sorted(found["year"].value for found in library.descriptions()) == ["", "2021", "2022"]
    with pytest.raises(InputError, match="有 2 份"):
        library.describe(NAME)


def test_a_report_is_known_by_its_path_and_by_its_hash(library: Library, reports: Path) -> None:
    digest = next(item.sha256 for item in library.documents() if item.source == NAME)
    assert library.describe(reports / NAME) == library.describe(digest[:12]) == library.describe(NAME)


@pytest.mark.parametrize(
    ("place", "said", "message"),
    [
        ("没有.txt", {}, "没有“没有.txt”这份报告"),
        (NAME, {"year": "22"}, "1990 至 2099 .*现为“22”"),
        (NAME, {"kind": "其他"}, "没有“其他”这个类型"),
        (NAME, {"colour": "红"}, "没有“colour”这一项"),
        (NAME, {"title": "长" * 201}, "最多 200 个字，现为 201 个"),
    ],
)
def test_what_cannot_be_is_refused_with_its_bounds(
    library: Library, place: str, said: dict[str, str], message: str
) -> None:
    with pytest.raises(InputError, match=message):
        library.describe(place, **said)


def test_the_command_line_shows_and_keeps_it(library: Library, zhiji: Callable[..., Result]) -> None:
    where = ["--index", str(library.index_dir)]
    said = zhiji("describe", NAME, "--year", "2023", *where)
    assert "年度：2023　用户指定，原推定为“2022”" in said.out
    rows = json.loads(zhiji("describe", "--json", *where).out)
    assert [row["source"] for row in rows] == sorted([NAME, "通知.txt"])
    assert "有用户指定的内容" in zhiji("describe", *where).out


def test_a_region_and_a_project_narrow_a_search(library: Library) -> None:
    found = library.search(Query(text="预算没有用完", region="青岚", project="助餐"))
    assert {hit.citation.source for hit in found.passages} == {NAME}
    assert library.search(Query(text="预算没有用完", region="云溪")).passages == ()
