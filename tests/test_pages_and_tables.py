"""Tests of what is a paragraph and what a table row in PDF and .xlsx; compared with the sources of the samples."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest
from conftest import CORPUS

from assistant.domain.passage import SectionKind
from assistant.library.chunks import Chunk, chunks_of
from assistant.library.paragraphs import joined
from assistant.library.pdf_tables import PageListener, lines_of
from assistant.library.readers import read_source
from assistant.library.sections import pairs
from assistant.library.source import BlockKind, SourceText

BUS = "qinglan_jiaotong_2023_chengxiang_gongjiao"
TRAVEL = "luming_wenlv_2023_tourism_evaluation"
_IDENTITY = (1, 0, 0, 1, 0, 0)


def source(words: str) -> SourceText:
    (path,) = CORPUS.glob(f"*{words}*")
    return read_source(path)


def chunks(words: str) -> tuple[Chunk, ...]:
    return chunks_of(source(words), "x")


def written(name: str) -> list[str]:
    """Return the lines of the readable source that a sample was built from."""
    return (CORPUS / "sources" / f"{name}.md").read_text("utf-8").splitlines()


def squeezed(text: str) -> str:
    return "".join(text.split())


@pytest.mark.parametrize(("words", "name"), [("城乡公交*.pdf", BUS), ("全域旅游*.pdf", TRAVEL)])
def test_the_rows_of_a_pdf_are_those_of_its_source(words: str, name: str) -> None:
    """Every body row of the source's pipe tables (no header, no merged mark) is one row of the PDF."""
    wanted = {
        "".join(cell.strip() for cell in line.strip("| ").split("|"))
        for line in written(name)
        if line.startswith("|") and "^" not in line and "<" not in line and not set(line) <= set("|- ")
    }
    found = {squeezed(part.text) for part in joined(source(words)) if part.block.kind is BlockKind.TABLE_ROW}
    assert wanted and {squeezed(text) for text in wanted} <= found


@pytest.mark.parametrize(("words", "name"), [("城乡公交*.pdf", BUS), ("全域旅游*.pdf", TRAVEL)])
def test_nine_paragraphs_in_ten_of_a_pdf_are_whole(words: str, name: str) -> None:
    """Long paragraphs of the source stand in the PDF as one paragraph each."""
    prose = [squeezed(line) for line in written(name) if line and line[0] not in "|#+" and len(line) > 60]
    found = {squeezed(chunk.text) for chunk in chunks(words) if not chunk.is_row}
    whole = [text for text in prose if text in found]
    assert prose and len(whole) >= 0.9 * len(prose)


def test_a_pdf_has_no_blanks_between_chinese_characters() -> None:
    texts = [part.text for part in joined(source("城乡公交*.pdf"))]
    assert not any("项 目" in text or "万 元" in text for text in texts)


def test_a_sheet_of_one_column_is_a_page_of_paragraphs() -> None:
    """The report part of the sample .xlsx: six problems paired with six measures, three tables beside it."""
    read = source("基层医疗*.xlsx")
    assert (len(pairs(read)), read.tables) == (6, 3)
    sections = {chunk.first: chunk.section for chunk in chunks("基层医疗*.xlsx")}
    assert (sections[21], sections[28]) == (SectionKind.PROBLEMS, SectionKind.MEASURES)


def test_a_sheet_of_one_column_without_sentences_stays_a_table(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    for name in ("指标名称", "培训人次", "视察批次"):
        book.active.append([name])  # type: ignore[union-attr]
    book.save(tmp_path / "list.xlsx")
    kinds = {block.kind for block in read_source(tmp_path / "list.xlsx").blocks}
    assert kinds == {BlockKind.TABLE_ROW}


def drawn(
    rules: list[tuple[float, float, float, float]], words: list[tuple[str, float, float]]
) -> PageListener:
    page = PageListener()
    for x, y, other_x, other_y in rules:
        page.operand(b"m", [x, y], _IDENTITY, None)
        page.operand(b"l", [other_x, other_y], _IDENTITY, None)
    for text, x, y in words:
        page.text(text, _IDENTITY, (1, 0, 0, 1, x, y), None, 10)
        page.text("\n", _IDENTITY, (1, 0, 0, 1, 0, 0), None, 10)
    return page


def test_a_cell_over_two_rows_belongs_to_its_first() -> None:
    """A grid of 2×2, the rule between the rows drawn under the second column only."""
    rules = [(0, 100, 100, 100), (50, 80, 100, 80), (0, 60, 100, 60), (0, 60, 0, 100), (50, 60, 50, 100), (100, 60, 100, 100)]  # fmt: skip
    words = [("产出", 5, 78), ("数量", 55, 88), ("质量", 55, 68)]
    lines = lines_of(drawn(rules, words))
    assert [(line.row, line.cells) for line in lines] == [
        (0, ("产出", "")),
        (0, ("", "数量")),
        (1, ("", "质量")),
    ]


def test_words_outside_the_rules_are_plain_lines() -> None:
    rules = [(0, 100, 100, 100), (0, 60, 100, 60), (0, 60, 0, 100), (100, 60, 100, 100)]
    (line,) = lines_of(drawn(rules, [("正文", 5, 140)]))
    assert (line.text, line.table) == ("正文", None)
