"""Two files on disk as one with the changes marked (修订对照): read, compared, written with the changed figures first.

Word files keep their look; other readable files become Word files of their paragraphs and tables.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from assistant.errors import OutputError, UnsupportedFile
from assistant.export.redline import Comparison, Redline
from assistant.export.review_files import check_target
from assistant.export.reviewing import as_word
from assistant.export.runs import element_of, text_of
from assistant.export.tables import LEFT, Cell, table_element
from assistant.export.word import save_atomically
from assistant.library.readers import read_source, word_content

#: More figures than this are counted on the first page and left to the list.
MOST = 500
_SHEETS = (".xlsx", ".xlsm", ".xls", ".et", ".csv")
_FIGURE_WIDTHS = (700, 1500, 1750, 1750, 3144)
_LINE_WIDTHS = (700, 1500, 1000, 5644)


def compare_files(old: Path, new: Path, out: Path | None = None) -> Comparison:
    """Compare two versions of a file; write the later one with the changes marked where `out` is given.

    Raises FileMissing, UnsupportedFile, EmptyFile, DamagedFile, OfficeMissing, OutputError, and InputError
    where the two have no paragraph in common.
    """
    if out is not None:
        check_target(out)
        if out.resolve() in (old.resolve(), new.resolve()):
            raise OutputError(out, "这是要比对的原文件")
    line = Redline(_word(old), _word(new), (old.name, new.name))
    comparison = line.comparison()
    if out is not None:
        save_atomically(line.word(list(_front(comparison, (old.name, new.name)))), out)
    return comparison


def _word(path: Path) -> bytes:
    if path.suffix.lower() in _SHEETS:
        raise UnsupportedFile(path, ".docx、.doc、.pdf、.txt 等", "工作簿请逐格核对，或用 zhiji verify 复核")
    source = read_source(path)
    content = word_content(path)
    return as_word([block.cells or (block.text,) for block in source.blocks]) if content is None else content


def _front(comparison: Comparison, names: tuple[str, str]) -> Iterator[Any]:
    """Yield the page before the text: changed figures, then whatever is new, gone or moved as a whole."""
    figures = comparison.figures
    lines = [
        change for change in comparison.lines if not (change.old and change.new and change.kind == "改写")
    ]
    yield _paragraph("修订对照", size=32)
    yield _paragraph(
        f"由《{names[0]}》到《{names[1]}》：改动 {len(comparison.lines)} 处段落或表格行，其中数字 {len(figures)} 处。"
    )
    rows = [
        (str(n), f.place, f.was or "（无）", f.now or "（删去）", f.around)
        for n, f in enumerate(figures[:MOST], 1)
    ]
    yield from _table("一、改动的数字", ("序号", "位置", "原为", "现为", "现文"), rows, _FIGURE_WIDTHS)
    if len(figures) > MOST:
        yield _paragraph(f"其余 {len(figures) - MOST} 处见正文。")
    rows_of_lines = [
        (str(n), change.place, change.kind.value, _short(change.new or change.old))
        for n, change in enumerate(lines[:MOST], 1)
    ]
    yield from _table(
        "二、整段（行）的增删和移动", ("序号", "位置", "变动", "内容"), rows_of_lines, _LINE_WIDTHS
    )
    yield _break()


def _table(
    title: str, head: Sequence[str], rows: Sequence[Sequence[str]], widths: Sequence[int]
) -> Iterator[Any]:
    yield _paragraph(title)
    if not rows:
        yield _paragraph("没有。")
        return
    cells = [[Cell(text=text, head=True) for text in head]]
    cells += [[Cell(text=" ".join(text.split()), align=LEFT) for text in row] for row in rows]
    yield table_element(cells, widths, repeat=1)


def _short(text: str) -> str:
    flat = " ".join(text.split())
    return flat if len(flat) <= 60 else f"{flat[:60]}…"


def _paragraph(words: str, size: int = 24) -> Any:
    paragraph, run = element_of("p"), element_of("r")
    dress = element_of("rPr")
    dress.append(element_of("rFonts", ascii="Times New Roman", hAnsi="Times New Roman", eastAsia="黑体"))
    dress.append(element_of("sz", val=str(size)))
    run.extend([dress, text_of(words)])
    paragraph.append(run)
    return paragraph


def _break() -> Any:
    paragraph, run = element_of("p"), element_of("r")
    run.append(element_of("br", type="page"))
    paragraph.append(run)
    return paragraph
