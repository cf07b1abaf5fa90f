"""Versions and near-copies of one report: recognised, said in the verdict, and grouped."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.library.readers import read_source
from assistant.search.index import Library
from assistant.search.records import StoredDocument
from assistant.search.versions import Sketches, grouped, shared, shingles, sketch

BODY = [
    f"（{number}）第{number}项工作涉及{place}，{fault}，原因是{why}。"
    for number, (place, fault, why) in enumerate(
        (place, fault, why)
        for place in ("校舍维修", "营养餐", "教师培训", "校车运行", "图书采购")
        for fault, why in (
            ("验收滞后", "图纸晚到"),
            ("样本偏少", "问卷只发了一轮"),
            ("支付集中在年末", "合同未写节点"),
        )
    )
]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "reports").mkdir()
    return tmp_path / "reports"


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    with Library(tmp_path / "index") as opened:
        yield opened


def write(folder: Path, name: str, title: str, lines: list[str]) -> None:
    (folder / name).write_text("\n".join([title, "三、存在的问题", *lines]), "utf-8")


def alike(library: Library) -> dict[str, tuple[str, ...]]:
    return {document.source: document.alike for document in library.documents()}


def test_a_copy_with_small_changes_is_a_version(library: Library, folder: Path) -> None:
    write(folder, "a.txt", "工作总结", BODY)
    write(folder, "b.txt", "工作总结", [*BODY[:-1], "最后一条完全改写成了别的内容。"])
    verdicts = library.update([folder])
    assert alike(library) == {"a.txt": ("b.txt",), "b.txt": ("a.txt",)}
    assert all("同一份报告的不同版本" in verdict.why for verdict in verdicts)


def test_the_newest_of_a_group_is_said(library: Library, folder: Path) -> None:
    import os

    write(folder, "a.txt", "工作总结", BODY)
    write(folder, "b.txt", "工作总结", BODY[:-1])
    os.utime(folder / "b.txt", (1, 1))
    library.update([folder])
    assert [document.source for document in library.documents() if document.newest] == ["a.txt"]


def test_same_unit_year_and_subject_are_versions_whatever_they_say(library: Library, folder: Path) -> None:
    write(folder, "初稿.txt", "甲市教育局2022年校舍维修项目绩效自评报告（初稿）", ["采购启动晚。"])
    write(folder, "定稿.txt", "甲市教育局2022年校舍维修项目绩效自评报告", ["问卷样本偏少，家长不知情。"])
    library.update([folder])
    assert alike(library)["初稿.txt"] == ("定稿.txt",)


def test_two_projects_of_one_unit_and_year_are_two_reports(library: Library, folder: Path) -> None:
    write(folder, "a.txt", "甲市教育局2022年校舍维修项目绩效自评报告", ["采购启动晚。"])
    write(folder, "b.txt", "甲市教育局2022年营养餐项目绩效自评报告", ["问卷样本偏少。"])
    library.update([folder])
    assert set(alike(library).values()) == {()}


def test_last_years_text_taken_over_is_no_version(library: Library, folder: Path) -> None:
    write(folder, "a.txt", "甲市教育局2021年校舍维修项目绩效自评报告", BODY)
    write(folder, "b.txt", "甲市教育局2022年校舍维修项目绩效自评报告", BODY)
    library.update([folder])
    assert set(alike(library).values()) == {()}


def test_a_user_who_corrects_the_year_joins_or_parts_a_group(library: Library, folder: Path) -> None:
    write(folder, "a.txt", "甲市教育局2021年校舍维修项目绩效自评报告", BODY)
    write(folder, "b.txt", "甲市教育局2022年校舍维修项目绩效自评报告", BODY)
    library.update([folder])
    library.describe("a.txt", year="2022")
    assert alike(library)["a.txt"] == ("b.txt",)


def test_a_group_ends_when_the_other_version_is_deleted(library: Library, folder: Path) -> None:
    write(folder, "a.txt", "工作总结", BODY)
    write(folder, "b.txt", "工作总结", BODY[:-1])
    library.update([folder])
    library.delete("b.txt")
    assert alike(library) == {"a.txt": ()}


def test_a_version_that_comes_later_is_compared_with_what_is_there(library: Library, folder: Path) -> None:
    write(folder, "a.txt", "工作总结", BODY)
    library.update([folder])
    write(folder, "b.txt", "工作总结", BODY[1:])
    verdicts = {verdict.source: verdict for verdict in library.update([folder])}
    assert verdicts["b.txt"].alike == ("a.txt",)


def test_the_sample_reports_are_eighteen_different_ones(corpus_index: Path) -> None:
    with Library(corpus_index) as library:
        assert set(alike(library).values()) == {()}


def test_published_reports_are_near_copies_of_themselves_only(seeds: Path) -> None:
    """Every pair in full: the published texts share less than a fifth, each is all of itself."""
    texts = [
        shingles("\n".join(b.text for b in read_source(path).blocks)) for path in sorted(seeds.iterdir())
    ]
    shares = [shared(one, other) for place, one in enumerate(texts) for other in texts[place + 1 :]]
    assert max(shares) < 0.2
    assert [shared(one, one) for one in texts] == [1.0] * len(texts)


@given(st.text("甲乙丙丁戊己庚辛壬癸，。 ", min_size=60, max_size=300), st.integers(0, 280))
def test_the_share_is_that_of_the_sets_of_all_runs_of_eight(text: str, cut: int) -> None:
    """Against sets of strings; two runs with one number would be an accident of one in four billion."""

    def runs(words: str) -> set[str]:
        plain = "".join(char for char in words if char.isalnum())
        return {plain[start : start + 8] for start in range(len(plain) - 7)}

    one, other = runs(text), runs(text[:cut] + "子丑寅卯")
    fewest = min(len(one), len(other))
    expected = len(one & other) / fewest if fewest >= 20 else 0.0
    assert shared(shingles(text), shingles(text[:cut] + "子丑寅卯")) == pytest.approx(expected)


def test_a_sketch_names_every_document_that_shares_four_fifths() -> None:
    """Of 40 documents, the only likely one for a shortened copy is its original."""
    texts = ["".join(chr(0x4E00 + (number * 977 + place * place * 31) % 5000) for place in range(600)) for number in range(40)]  # fmt: skip
    known = Sketches({number: sketch(shingles(text)) for number, text in enumerate(texts)})
    assert known.likely(sketch(shingles(texts[7][:520]))) == [7]


def test_groups_are_joined_through_a_third_version() -> None:
    documents = [StoredDocument(id=n, root="/", source=str(n), sha256=str(n)) for n in range(4)]
    found = grouped(documents, [(0, 1), (1, 2)])
    assert [set(document.alike) for document in found] == [{"1", "2"}, {"0", "2"}, {"0", "1"}, set()]
