"""Two versions as one: accepting all revisions gives the later text, refusing them the earlier one.

Accepting and refusing are done here by the rules of ISO/IEC 29500 (17.13.5), apart from the code under test.
"""

from __future__ import annotations

import io
import json
import random
from collections.abc import Callable
from copy import deepcopy
from pathlib import Path
from typing import Any

import docx
import pytest
from conftest import CORPUS, Result
from lxml import etree
from word_cases import export

from assistant.errors import InputError, UnsupportedFile
from assistant.export.package_parts import read_parts
from assistant.export.redline_files import compare_files
from assistant.library.readers import read_source

MAIN = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
TEXT = [
    "云溪市图书馆2023年度免费开放经费绩效自评报告",
    "一、基本情况",
    "项目全年预算数186.50万元，全年执行数182.77万元，预算执行率98.00%。",
    "全年组织阅读推广活动62场，参与12,600人次，形成建议34条。",
    "二、存在的主要问题",
    "阅读推广活动的选题调研不够深入，部分活动的针对性有待提高。",
]


def w(*names: str) -> set[str]:
    return {MAIN + name for name in names}


def settled(root: Any, taken_out: str) -> list[str]:
    """The lines left when the marks of one kind go with what they hold; those of the other hold what stays."""
    root = deepcopy(root)
    go = w("del", "moveFrom") if taken_out == "del" else w("ins", "moveTo")
    for row in list(root.iter(f"{MAIN}tr")):
        if any(child.tag in go for child in row.findall(f"{MAIN}trPr/*")):
            row.getparent().remove(row)
    for mark in list(root.iter(*go)):
        if mark.getparent().tag not in w("rPr", "trPr"):
            mark.getparent().remove(mark)
    for text in root.iter(f"{MAIN}delText"):
        text.tag = f"{MAIN}t"
    lines = []
    for element in root.iter(f"{MAIN}p", f"{MAIN}tr"):
        in_row = next(element.iterancestors(f"{MAIN}tr"), None)
        marks = {mark.tag for mark in element.findall(f"{MAIN}pPr/{MAIN}rPr/*")}
        if in_row is None and not (marks & go and not words_of(element)):
            lines.append(words_of(element))
    return lines


def words_of(element: Any) -> str:
    if element.tag == f"{MAIN}tr":
        cells = ["\n".join(words_of(p) for p in cell.iter(f"{MAIN}p")) for cell in element.iter(f"{MAIN}tc")]
        return "\t".join(cells)
    names = {"t": None, "tab": "\t", "br": "\n"}
    parts = [child for child in element.iter(*w(*names)) if child.getparent().tag == f"{MAIN}r"]
    return "".join(names[etree.QName(p).localname] or p.text or "" for p in parts)


def body_of(path: Path) -> Any:
    """The body without the page of changed figures, which ends in the first page break."""
    root = etree.fromstring(read_parts(path.read_bytes())["word/document.xml"])
    body = root.find(f"{MAIN}body")
    end = next(br for br in body.iter(f"{MAIN}br") if br.get(f"{MAIN}type") == "page")
    last = next(end.iterancestors(f"{MAIN}p"))
    for element in list(body)[: list(body).index(last) + 1]:
        body.remove(element)
    return root


def accepted(path: Path) -> list[str]:
    return settled(body_of(path), "del")


def refused(path: Path) -> list[str]:
    return settled(body_of(path), "ins")


def lines_of(path: Path) -> list[str]:
    return [block.text for block in read_source(path).blocks]


def written(lines: list[str], path: Path, rows: list[list[str]] | None = None) -> Path:
    word = docx.Document()
    for line in lines:
        word.add_paragraph(line)
    if rows:
        table = word.add_table(len(rows), len(rows[0]))
        for row, cells in zip(table.rows, rows, strict=True):
            for cell, text in zip(row.cells, cells, strict=True):
                cell.text = text
        word.add_paragraph("表后")
    word.save(str(path))
    return path


def redline(old: list[str], new: list[str], folder: Path, *rows: list[list[str]]) -> Path:
    before, after = ([*rows, None, None])[:2]
    compare_files(
        written(old, folder / "旧.docx", before),
        written(new, folder / "新.docx", after),
        folder / "对照.docx",
    )
    return folder / "对照.docx"


def marked(path: Path, name: str) -> list[str]:
    root = body_of(path)
    found = [m for m in root.iter(f"{MAIN}{name}") if m.getparent().tag not in w("rPr", "trPr")]
    return ["".join(t.text or "" for t in mark.iter(*w("t", "delText"))) for mark in found]


def test_a_changed_number_is_one_deletion_and_one_insertion(tmp_path: Path) -> None:
    path = redline(TEXT, [line.replace("182.77", "180.27") for line in TEXT], tmp_path)
    assert (marked(path, "del"), marked(path, "ins")) == (["182.77万元"], ["180.27万元"])


def test_a_moved_paragraph_is_marked_as_moved(tmp_path: Path) -> None:
    path = redline(TEXT, [*TEXT[:2], TEXT[5], *TEXT[2:5]], tmp_path)
    assert (marked(path, "moveFrom"), marked(path, "moveTo")) == ([TEXT[5]], [TEXT[5]])
    assert (marked(path, "del"), marked(path, "ins")) == ([], [])


def test_the_author_is_the_program(tmp_path: Path) -> None:
    path = redline(TEXT, [*TEXT, "新增一段。"], tmp_path)
    assert {mark.get(f"{MAIN}author") for mark in body_of(path).iter(f"{MAIN}ins")} == {"知绩"}


ROWS = [["指标", "目标值", "完成值"], ["活动场次", "≥60场", "62场"], ["满意度", "≥90%", "95%"]]


@pytest.mark.parametrize(
    "rows",
    [
        [ROWS[0], ["活动场次", "≥60场", "58场"], ROWS[2]],
        [ROWS[0], ROWS[2]],
        [ROWS[0], ROWS[1], ["新书", "≥9册", "9册"], ROWS[2]],
        [[*row, "10"] for row in ROWS],
        [ROWS[0], ROWS[2], ROWS[1]],
        [ROWS[0], ["活动场次\n（不含线上）", "≥60场", "62场"], ROWS[2]],
        None,
    ],
    ids=["cell", "row gone", "row new", "column new", "rows swapped", "paragraph in a cell", "table gone"],
)
def test_tables_come_back_both_ways(rows: list[list[str]] | None, tmp_path: Path) -> None:
    old, new = written(TEXT, tmp_path / "旧.docx", ROWS), written(TEXT, tmp_path / "新.docx", rows)
    compare_files(old, new, tmp_path / "对照.docx")
    assert accepted(tmp_path / "对照.docx") == lines_of(new)
    assert refused(tmp_path / "对照.docx") == lines_of(old)


def shaken(lines: list[str], dice: random.Random) -> list[str]:
    """Lines deleted, put in, moved and changed by chance."""
    lines = list(lines)
    for _ in range(dice.randrange(1, 6)):
        at = dice.randrange(len(lines))
        match dice.randrange(4):
            case 0:
                del lines[at]
            case 1:
                lines.insert(at, "另起一段" + "".join(dice.choices("预算执行绩效12", k=12)))
            case 2:
                lines.insert(dice.randrange(len(lines)), lines.pop(at))
            case _:
                cut = dice.randrange(len(lines[at]) + 1)
                lines[at] = lines[at][:cut] + dice.choice(["7", "很", "，其中"]) + lines[at][cut + 1 :]
    return [*lines, "完"]


@pytest.mark.parametrize("seed", range(25))
def test_any_two_versions_come_back_both_ways(seed: int, tmp_path: Path) -> None:
    dice = random.Random(seed)
    new = shaken(TEXT, dice)
    path = redline(TEXT, new, tmp_path)
    assert (accepted(path), refused(path)) == (new, TEXT)


def edited_export(folder: Path) -> tuple[Path, Path]:
    """Our own export, and the same after a person has edited text and annex in Word."""
    made = export(folder)
    word = docx.Document(str(made.path))
    body = [p for p in word.paragraphs if "万元" in p.text]
    body[0].runs[0].text = body[0].text.replace("万元", "元", 1)
    body[1]._p.getparent().remove(body[1]._p)
    body[2].insert_paragraph_before("新加的一段，说明部门协作。")
    word.tables[-1].rows[2].cells[3].paragraphs[0].runs[0].text = "99"
    word.save(str(folder / "改.docx"))
    return made.path, folder / "改.docx"


def test_our_own_export_comes_back_both_ways(tmp_path: Path) -> None:
    old, new = edited_export(tmp_path)
    said = compare_files(old, new, tmp_path / "对照.docx")
    assert accepted(tmp_path / "对照.docx") == lines_of(new)
    assert refused(tmp_path / "对照.docx") == lines_of(old)
    assert len(said.lines) == 4


def test_changed_figures_stand_on_the_first_page(tmp_path: Path) -> None:
    path = redline(TEXT, [line.replace("62场", "26场") for line in TEXT], tmp_path)
    table = docx.Document(str(path)).tables[0]
    assert [cell.text for cell in table.rows[1].cells][1:4] == ["第4段", "62场", "26场"]


def test_revisions_of_others_are_accepted_first(tmp_path: Path) -> None:
    old = written(TEXT, tmp_path / "旧.docx")
    redline(TEXT, [*TEXT, "加一段。"], tmp_path)
    said = compare_files(old, tmp_path / "对照.docx")
    assert "加一段。" in [change.new for change in said.lines]


def test_the_same_input_gives_the_same_bytes(tmp_path: Path) -> None:
    one = redline(TEXT, TEXT[1:], tmp_path).read_bytes()
    assert redline(TEXT, TEXT[1:], tmp_path).read_bytes() == one


def test_two_years_of_one_report_are_compared(tmp_path: Path) -> None:
    """A real pair: the same unit's reports of two years; both texts come back."""
    old, new = (next(CORPUS.glob(f"云溪市政协办公室{year}年协商*.docx")) for year in (2022, 2023))
    compare_files(old, new, tmp_path / "对照.docx")
    assert accepted(tmp_path / "对照.docx") == lines_of(new)
    assert refused(tmp_path / "对照.docx") == lines_of(old)


def test_text_files_are_compared_as_word(tmp_path: Path) -> None:
    for name, lines in (("旧.txt", TEXT), ("新.txt", TEXT[:-1])):
        (tmp_path / name).write_text("\n".join(lines), "utf-8")
    compare_files(tmp_path / "旧.txt", tmp_path / "新.txt", tmp_path / "对照.docx")
    assert marked(tmp_path / "对照.docx", "del") == [TEXT[5]]


def test_what_is_no_version_is_refused(tmp_path: Path) -> None:
    written(["会议通知", "请各科室负责同志参加。"], tmp_path / "通知.docx")
    with pytest.raises(InputError, match="没有一段相近"):
        compare_files(written(TEXT, tmp_path / "旧.docx"), tmp_path / "通知.docx")


def test_a_workbook_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UnsupportedFile):
        compare_files(CORPUS / "sample" / "self_evaluation.xlsx", tmp_path / "新.docx")


def test_the_verb_says_the_figures_first(tmp_path: Path, zhiji: Callable[..., Result]) -> None:
    old = written(TEXT, tmp_path / "旧.docx")
    new = written([line.replace("34条", "43条") for line in TEXT], tmp_path / "新.docx")
    said = json.loads(zhiji("compare", old, new, "-o", tmp_path / "对照.docx", "--json").out)
    assert [(f["was"], f["now"]) for f in said["figures"]] == [("34条", "43条")]
    assert io.BytesIO((tmp_path / "对照.docx").read_bytes()).read(2) == b"PK"
